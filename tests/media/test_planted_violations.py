"""The guards can fail: a violation planted in a copy of the house is found by the tool meant for it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from ebrochure.errors import ProcessError
from ebrochure.media import process

REPOSITORY = Path(__file__).parents[2]

BANNED = {
    "subprocess": "import subprocess",
    "os.system": "import os\n\nos.system",
    "prefect": "from prefect import flow",
    "whisper": "import whisper",
    "pocketsphinx": "from pocketsphinx import Decoder",
    "moviepy": "from moviepy import VideoClip",
    "pydub": "from pydub import AudioSegment",
    "ffmpeg": "import ffmpeg",
    "opentimelineio": "import opentimelineio",
    "pickle": "import pickle",
}

TRESPASSES = {
    "a stage that imports its sibling": ("ebrochure/ingest/planted.py", "import ebrochure.publish"),
    "a model that imports the store": ("ebrochure/model/planted.py", "import ebrochure.store"),
    "a door that imports the room behind it": ("ebrochure/media/planted.py", "import ebrochure.caption"),
    "a door that imports the pipeline": ("ebrochure/media/planted.py", "import ebrochure.build"),
    "a stage that imports the flows": ("ebrochure/publish/planted.py", "import flows"),
    "a core that imports Prefect": ("ebrochure/transcribe/planted.py", "import prefect"),
}


def run_python(*arguments: str, folder: Path) -> tuple[bool, str]:
    """Run a Python tool in `folder`; return whether it was content, and what it printed."""
    lines: list[str] = []
    try:
        process.run([sys.executable, *arguments], timeout_s=120, on_line=lines.append, cwd=folder)
    except ProcessError as error:
        return False, "\n".join([*lines, error.stderr])
    return True, "\n".join(lines)


def ruff(folder: Path) -> tuple[bool, str]:
    """Run ruff with the project's own rules."""
    return run_python("-m", "ruff", "check", "--no-cache", "--output-format=concise", ".", folder=folder)


def lint_imports(folder: Path) -> tuple[bool, str]:
    """Run import-linter over the house that lies in `folder`, not over the installed one."""
    code = (
        "import sys; sys.path.insert(0, '.'); "
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    return run_python("-c", code, folder=folder)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a copy of the packages and of the rules they live by."""
    for package in ("ebrochure", "flows"):
        shutil.copytree(
            REPOSITORY / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "_shipped")
        )
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", BANNED)
def test_ruff_finds_a_planted_import_outside_its_door(module: str, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    room = tmp_path / "ebrochure" / "ingest"
    room.mkdir(parents=True)
    (room / "planted.py").write_text(f"{BANNED[module]}\n", encoding="utf-8")
    is_content, said = ruff(tmp_path)
    assert not is_content
    assert f"TID251 `{module}`" in said


def test_the_house_as_it_is_keeps_its_floors(house: Path) -> None:
    is_content, said = lint_imports(house)
    assert is_content, said


@pytest.mark.parametrize("trespass", TRESPASSES)
def test_import_linter_finds(trespass: str, house: Path) -> None:
    name, line = TRESPASSES[trespass]
    planted = house / name
    planted.write_text(f"{line}\n", encoding="utf-8")
    is_content, said = lint_imports(house)
    assert not is_content, said
    assert "BROKEN" in said
    assert planted.stem in said
