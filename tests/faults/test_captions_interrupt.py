"""Ctrl-C while captions are made: it ends at once, with nothing half-written and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess  # noqa: TID251  the test presses Ctrl-C from outside
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.cli import INTERRUPTED
from tests.fixtures.speech import read_flac, write_wav

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.alone
@pytest.mark.faults
@pytest.mark.parametrize("stage", ["Taking out the sound", "Listening"])
def test_ctrl_c_leaves_no_captions_and_no_sound_behind(samples: Path, tmp_path: Path, stage: str) -> None:
    voice = read_flac(samples / "speech" / "synthetic" / "grants_slt.flac")
    talk = write_wav(tmp_path / "talk.wav", np.tile(voice, 8))
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    out.mkdir()
    scratch.mkdir()
    command = [sys.executable, "-m", "ebrochure", "captions", "make", str(talk), "--engine", "offline"]
    command += ["-o", str(out / "talk.vtt"), "--words", str(out / "talk.json")]
    make = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(scratch)}
    )
    assert make.stderr is not None
    with make.stderr as said:
        next(line for line in said if stage in line)
        time.sleep(0.3 if stage == "Listening" else 0.05)
        pressed_s = time.monotonic()
        os.kill(make.pid, signal.SIGINT)
        rest = said.read()
        assert make.wait(timeout=10) == INTERRUPTED
    assert time.monotonic() - pressed_s <= 1.5
    assert "stopped" in rest
    assert "Traceback" not in rest
    assert list(out.iterdir()) == []
    assert list(scratch.iterdir()) == []
