"""What `templates/README.md` says to people who write templates of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ebrochure.publish.html import render_page
from tests.fixtures.pages import empty_media, rich

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "templates" / "README.md").read_text(encoding="utf-8")


def test_the_reference_says_what_the_code_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "scripts" / "reference"))
    from readme import with_reference

    assert with_reference(README) == README, "run scripts/template_reference"


def test_every_file_of_the_folder_is_told() -> None:
    folder = REPOSITORY / "templates"
    names = {path.name.removesuffix(".html.j2") for path in folder.iterdir() if path.is_file()}
    assert {name for name in names - {"README.md"} if name not in README} == set()


def test_the_example_adds_to_the_page_and_loses_nothing(tmp_path: Path) -> None:
    example = re.search(r"```jinja\n(.*?)```", README, re.DOTALL)
    assert example is not None
    (tmp_path / "_contact.html.j2").write_text(example[1], encoding="utf-8")
    html = render_page(rich(empty_media(tmp_path / "media")).page, tmp_path)
    assert html.index("Ask for Network Services.") < html.index("priya.shah@example.org")


def test_a_rule_is_added_to_the_looks_as_told(tmp_path: Path) -> None:
    from ebrochure.publish.html import render_stylesheet
    from ebrochure.publish.page import site_frame
    from tests.fixtures.pages import brand

    (first_line,) = re.findall(r"begins with `(\{% include [^`]*%\})`", README)
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "side.css.j2").write_text(
        f"{first_line}\n.panel {{ color: red }}\n", encoding="utf-8"
    )
    css = render_stylesheet(site_frame(brand(), root_href=""), tmp_path)
    assert ".person{" in css
    assert css.index(".panel{color:red}") > css.index(".person{")
