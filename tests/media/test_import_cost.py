"""Starting is cheap: no command pays for libraries that it does not use."""

from __future__ import annotations

import sys

import pytest

from ebrochure.media import process

pytestmark = pytest.mark.alone

HEAVY = ("torch", "whisper", "moviepy", "prefect", "pocketsphinx", "av", "numpy", "PIL", "pydantic")
_RUN = "from ebrochure.cli import main\ntry: main({})\nexcept SystemExit: pass"
STARTS = {
    "import ebrochure": "import ebrochure",
    "ebrochure --help": _RUN.format(["--help"]),
    "ebrochure captions make --help": _RUN.format(["captions", "make", "--help"]),
}
# To the last line of stdout: what was imported, and the CPU seconds since the interpreter began.
_TELL = f"\nimport sys, time\nprint([name for name in {HEAVY!r} if name in sys.modules], time.process_time())"


def start(code: str) -> tuple[str, float]:
    """Run `code` in a fresh interpreter; return the heavy modules it loaded and its CPU seconds."""
    done = process.run([sys.executable, "-c", code + _TELL], timeout_s=60)
    loaded, _, seconds = done.stdout.decode().splitlines()[-1].rpartition(" ")
    return loaded, float(seconds)


@pytest.mark.parametrize("name", STARTS)
def test_start_loads_nothing_heavy(name: str) -> None:
    loaded, _ = start(STARTS[name])
    assert loaded == "[]"


@pytest.mark.parametrize("name", STARTS)
def test_start_takes_at_most_three_tenths_of_a_second(name: str) -> None:
    # CPU time of the best of five: what the code costs, not how busy the machine is.
    assert min(start(STARTS[name])[1] for _ in range(5)) <= 0.3
