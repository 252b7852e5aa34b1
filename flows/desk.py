"""A flow at somebody's desk, without a server that runs already: a report at the end and an exit code."""

import sys
from collections.abc import Callable
from typing import Any

from prefect.client.schemas.objects import State
from prefect.exceptions import TerminationSignal

from ebrochure import report
from ebrochure.build import Result
from ebrochure.cli import INTERRUPTED, LOCKED, NOTHING_PUBLISHED
from ebrochure.errors import EbrochureError, Interrupted, LockedError


def run_here(start: Callable[[], State[Any]]) -> int:
    """Run a flow and return the exit code that `ebrochure build` would have given."""
    try:
        outcome = start().result(raise_on_failure=False)
    except (KeyboardInterrupt, TerminationSignal):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  whatever Prefect could not do is said in one sentence
        outcome = EbrochureError(
            f"Prefect could not run the flow: {error}", "`ebrochure build` needs no Prefect"
        )
    if isinstance(outcome, Result):
        print(report.to_text(outcome.services, outcome.findings))  # noqa: T201  the result of a command
        return report.exit_code(outcome.services, published=outcome.site is not None)
    print(f"ebrochure: {outcome}", file=sys.stderr)  # noqa: T201
    if isinstance(outcome, Interrupted):
        return INTERRUPTED
    return LOCKED if isinstance(outcome, LockedError) else NOTHING_PUBLISHED
