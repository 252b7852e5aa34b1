"""One Prefect server for a file of flow tests, in a folder of its own."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator

import pytest

from ebrochure.media import process

# Before Prefect is imported for the first time: it reads them once.
os.environ.update(PREFECT_SERVER_ANALYTICS_ENABLED="false", DO_NOT_TRACK="1")


@pytest.fixture(scope="module")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run a temporary server with a database of its own; results and profiles stay out of the home folder."""
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Prefect and what it imports warn of their own future
        from prefect.testing.utilities import prefect_test_harness  # noqa: TID251  the flows' own tests

        # A server needs 10 to 30 s to start, far more on a loaded machine.
        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture(autouse=True)
def _stopped_runs_stay_their_own() -> Iterator[None]:
    """Let the next test start children again, after one in which a run was stopped."""
    yield
    process.allow_starts()
