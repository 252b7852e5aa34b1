"""What every test lives by: a quiet log, one Hypothesis profile, real recordings where there are any."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from xdist.remote import Producer

from tests.fixtures.turns import Groups, turn

pytest_plugins = ["tests.fixtures.sample_site"]

REPOSITORY = Path(__file__).parents[1]

# No deadline: a shared machine is slow at any moment. Derandomised on the build server, so that a red
# build is red for everybody; on a desk every run looks somewhere new.
settings.register_profile(
    "ebrochure",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("ebrochure")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """Say which tests go to one worker."""
    return Groups(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test, with the fixtures it makes, wait for its turn where several workers run tests."""
    if not hasattr(item.config, "workerinput"):
        return (yield)
    # A worker's own folder for files lies in that of the whole run.
    factory: pytest.TempPathFactory = item.config._tmp_path_factory  # type: ignore[attr-defined]  # no public name
    with turn(item, factory.getbasetemp().parent):
        return (yield)


class _Complaints(logging.Handler):
    """Collects what the product logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which ebrochure logs a warning or worse; one that asks for `caplog` reads it itself."""
    if "caplog" in request.fixturenames:
        yield
        return
    complaints = _Complaints()
    logger = logging.getLogger("ebrochure")
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
    if complaints.lines:
        pytest.fail("logged, and no test asked for it:\n" + "\n".join(complaints.lines), pytrace=False)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real recordings and damaged files; skip the test where there is none."""
    folder = Path(os.environ.get("EBROCHURE_SAMPLES", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no sample material at {folder}: name its folder in EBROCHURE_SAMPLES")
    return folder
