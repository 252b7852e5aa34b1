"""The flows: thin over the pipeline, one bad service never stops the others, no child survives a stop."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from ebrochure import build
from ebrochure.errors import EbrochureError, LockedError, SettingsError
from ebrochure.lock import building
from ebrochure.media import process
from ebrochure.model.manifest import Outcome
from tests.fixtures.tiny_workspace import make_workspace

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State  # noqa: TID251  the flows' own tests

pytestmark = [
    pytest.mark.usefixtures("prefect_server"),
    # Prefect 3.8.8, its server and what they import warn of their own future, not of ours.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.timeout(600),
]


def run(start: Callable[[], State[Any]]) -> tuple[object, State[Any]]:
    """Run a flow; return what it gave, an error where it failed, and the state it ended in.

    In a thread of its own: the browser of other tests leaves an event loop in the main one, and there
    Prefect's functions return coroutines, which an ordinary flow cannot await.
    """

    def carry_out() -> tuple[object, State[Any]]:
        state = start()
        return state.result(raise_on_failure=False), state

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(copy_context().run, carry_out).result()


def run_catalogue(workspace: Path, **parameters: object) -> tuple[object, State[Any]]:
    """Run the flow `catalogue`."""
    from flows.catalogue import CatalogueParameters, catalogue

    given = CatalogueParameters.model_validate({"workspace": str(workspace), "wait_s": 0, **parameters})
    return run(lambda: catalogue(given, return_state=True))


def run_brochure(workspace: Path, service: str) -> tuple[object, State[Any]]:
    """Run the flow `brochure`."""
    from flows.brochure import BrochureParameters, brochure

    given = BrochureParameters(service=service, workspace=str(workspace), wait_s=0)
    return run(lambda: brochure(given, return_state=True))


def test_one_bad_service_never_stops_the_others(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, good=("alpha", "omega"), bad=("middle",))
    result, state = run_catalogue(workspace, at_once=2)
    assert isinstance(result, build.Result)
    assert {item.id: item.status is Outcome.FAILED for item in result.services} == {
        "alpha": False,
        "middle": True,
        "omega": False,
    }
    assert state.name == "SomeNotBuilt"
    site = workspace / "renders" / "site"
    assert (site / "alpha" / "index.html").is_file()
    assert (site / "omega" / "index.html").is_file()
    assert not (site / "middle").exists()


def test_second_run_finds_everything_made(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    run_catalogue(workspace)
    before = process.started()
    result, state = run_catalogue(workspace)
    assert isinstance(result, build.Result)
    assert state.name == "Completed"
    assert process.started() == before


def test_brochure_publishes_one_service_and_leaves_the_others(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, good=("alpha", "omega"))
    run_catalogue(workspace)
    page = workspace / "renders" / "site" / "alpha" / "index.html"
    before = page.read_bytes()
    _, state = run_brochure(workspace, "omega")
    assert state.name == "Completed"
    assert page.read_bytes() == before
    assert (workspace / "renders" / "site" / "omega" / "index.html").is_file()


def test_unknown_service_ends_the_run_with_its_sentence(tmp_path: Path) -> None:
    error, state = run_brochure(make_workspace(tmp_path, good=("alpha",)), "beta")
    assert state.is_failed()
    assert isinstance(error, SettingsError)
    assert "there is no service `beta`" in (state.message or "")


def test_nothing_published_is_a_failed_run(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, good=(), bad=("only",))
    error, state = run_catalogue(workspace)
    assert isinstance(error, EbrochureError)
    assert "only: FAILED" in error.message
    assert state.name == "Failed"


def test_run_that_finds_the_workspace_locked_says_so(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with building(workspace / "renders"):
        error, state = run_catalogue(workspace)
    assert isinstance(error, LockedError)
    assert state.name == "Failed"


def test_children_end_when_a_run_is_stopped() -> None:
    sleeper = threading.Thread(target=_sleep_for_ever, daemon=True)
    with pytest.raises(KeyboardInterrupt):
        _work_until_stopped(sleeper)
    sleeper.join(5)
    assert not sleeper.is_alive()
    assert _sleeping() == []


def _work_until_stopped(sleeper: threading.Thread) -> None:
    from flows.work import ending_children

    with ending_children():
        sleeper.start()
        _wait_for_children()
        raise KeyboardInterrupt


def _sleep_for_ever() -> None:
    with contextlib.suppress(EbrochureError):
        process.run(["sleep", "600"], timeout_s=700)


def _sleeping() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "sleep" in child.name()]


def _wait_for_children() -> None:
    until_s = time.monotonic() + 20
    while not _sleeping() and time.monotonic() < until_s:
        time.sleep(0.05)
    assert _sleeping()
