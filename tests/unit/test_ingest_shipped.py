"""What comes with the product is found in a checkout and in a wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure import shipped as module
from ebrochure.errors import MissingToolError
from ebrochure.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["templates", "assets/brand", "assets/services"])
def test_what_is_shipped_is_there(name: str) -> None:
    assert shipped(name).is_dir()


def test_a_wheel_looks_inside_itself_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_shipped" / "assets").mkdir(parents=True)
    (tmp_path / "assets").mkdir()
    monkeypatch.setattr(module, "_HOMES", (tmp_path / "_shipped", tmp_path))
    assert shipped("assets") == tmp_path / "_shipped" / "assets"


def test_a_broken_installation_says_so() -> None:
    with pytest.raises(MissingToolError, match="install ebrochure again"):
        shipped("nothing-of-the-kind")
