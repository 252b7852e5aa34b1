"""Ctrl-C stops a build within a second and leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess  # noqa: TID251  the test presses Ctrl-C from outside
import sys
import time
from pathlib import Path

import psutil
import pytest

from ebrochure.cli import INTERRUPTED
from tests.fixtures.tiny_workspace import make_workspace


@pytest.mark.alone
@pytest.mark.faults
@pytest.mark.parametrize("stage", ["Drawing a card", "Rendering"])
def test_ctrl_c_stops_within_a_second_and_leaves_no_child(tmp_path: Path, stage: str) -> None:
    workspace = make_workspace(tmp_path, seconds=60)
    command = [sys.executable, "-m", "ebrochure", "build", "--workspace", str(workspace)]
    build = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert build.stderr is not None
    with build.stderr as said:
        next(line for line in said if stage in line)
        time.sleep(0.3)
        children = psutil.Process(build.pid).children(recursive=True)
        pressed_s = time.monotonic()
        os.kill(build.pid, signal.SIGINT)
        rest = said.read()
        assert build.wait(timeout=10) == INTERRUPTED
    assert time.monotonic() - pressed_s <= 1.0 + 0.5  # half a second for a busy machine's clock
    assert "stopped" in rest
    assert "Traceback" not in rest
    _gone, alive = psutil.wait_procs(children, timeout=2)
    assert not alive
