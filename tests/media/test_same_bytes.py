"""The same material gives the same site, byte for byte: whenever, wherever and in whichever order."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from ebrochure.media import process
from ebrochure.store import digests
from tests.fixtures.tiny_workspace import make_footage, make_workspace
from tests.fixtures.workspace import make_old, pdf_bytes, picture_bytes

if TYPE_CHECKING:
    from pathlib import Path


def build(root: Path, seed: str, *, jobs: int) -> Path:
    """Build a workspace in a process of its own, whose sets and dictionaries have another order."""
    command = (sys.executable, "-m", "ebrochure", "build", "--workspace", str(root), "--jobs", str(jobs))
    process.run(command, timeout_s=200, env={**os.environ, "PYTHONHASHSEED": seed})
    return (root / "renders/site").resolve()


def test_two_builds_in_two_folders_publish_the_same_bytes(tmp_path: Path) -> None:
    """One service after another, and both at once: with slides, a logo, joined footage and AV1.

    A picture among them is so restless that its bit rate is capped.
    """
    first = make_workspace(tmp_path / "first", good=("one",), seconds=6)
    service = first / "services/one"
    (service / "slides.pdf").write_bytes(pdf_bytes(["Work anywhere", "Two rules"]))
    (service / "brochure.md").write_text(
        "---\ntitle: Remote access\n---\n\n## Goals\n\nWork.\n", encoding="utf-8"
    )
    parts = first / "services/parts"
    for name in ("part-1", "part-2"):
        make_footage(parts / f"{name}.mp4", seconds=2)
    facts = "---\nvideos:\n  - file: [part-1.mp4, part-2.mp4]\n    cut: none\n---\n"
    (parts / "brochure.md").write_text(facts, encoding="utf-8")
    (parts / "part-1.en.vtt").write_bytes((service / "explainer.en.vtt").read_bytes())
    (first / "brand").mkdir()
    (first / "brand/brand.yaml").write_text(
        'organisation: Example Water\npalette: {primary: "#0b5c5e"}\nlogo: logo.png\n', encoding="utf-8"
    )
    (first / "brand/logo.png").write_bytes(picture_bytes((64, 32)))
    with (first / "ebrochure.yaml").open("a", encoding="utf-8") as settings:
        settings.write("delivery: {preset: ultrafast, max_height: 360, av1: true}\n")
    second = shutil.copytree(first, tmp_path / "elsewhere/and deeper/second")
    for path in second.rglob("*"):
        make_old(path, age_s=86_400 * 40)

    ours, theirs = digests(build(first, "1", jobs=1)), digests(build(second, "77", jobs=2))

    assert {name.rpartition(".")[2] for name in ours} >= {"html", "mp4", "m4a", "vtt", "jpg"}
    assert [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)] == []
