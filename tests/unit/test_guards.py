"""The doors that a comment opens: each `noqa` of the banned-api rule stands where the house allows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]

DOORS = {
    "subprocess": {"ebrochure/media/process.py"},
    "whisper": {"ebrochure/transcribe/whisper.py", "ebrochure/transcribe/whisper_model.py"},
    "faster_whisper": {"ebrochure/transcribe/faster_whisper.py"},
    "pocketsphinx": {"ebrochure/transcribe/*"},
    "moviepy": {"ebrochure/assemble/cards.py"},
    "pydub": {"ebrochure/assemble/mix.py"},
    "ffmpeg": {"ebrochure/media/graph.py"},
    "opentimelineio": {"ebrochure/edit/otio.py"},
    "prefect": {"flows/*"},
    "pickle": set[str](),
}
_IMPORT = re.compile(r"^\s*(?:import|from)\s+(?P<module>\w+)\b", re.MULTILINE)


def sources() -> list[Path]:
    """Return every Python file of the product and its flows."""
    return sorted([*(REPOSITORY / "ebrochure").rglob("*.py"), *(REPOSITORY / "flows").rglob("*.py")])


@pytest.mark.parametrize("module", DOORS)
def test_module_is_imported_only_behind_its_own_door(module: str) -> None:
    strays = [
        name
        for path in sources()
        if module in {found["module"] for found in _IMPORT.finditer(path.read_text(encoding="utf-8"))}
        for name in [path.relative_to(REPOSITORY).as_posix()]
        if not any(Path(name).match(door) for door in DOORS[module])
    ]
    assert strays == []


def test_no_file_switches_a_whole_rule_off() -> None:
    blanket = re.compile(r"#\s*(?:ruff:\s*noqa|flake8:\s*noqa|type:\s*ignore\s*$|noqa\s*$)", re.MULTILINE)
    found = [
        path.relative_to(REPOSITORY).as_posix()
        for path in sources()
        if blanket.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_flow_files_keep_their_annotations() -> None:
    # Prefect and pydantic read them at run time; the future import turns them into text.
    found = [
        path.name
        for path in (REPOSITORY / "flows").glob("*.py")
        if "from __future__ import annotations" in path.read_text(encoding="utf-8")
    ]
    assert found == []
