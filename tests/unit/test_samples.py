"""The brand kit and the sample services: small, complete, and with a source for every file."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFont
from ruamel.yaml import YAML

ASSETS = Path(__file__).resolve().parents[2] / "assets"
BRAND = ASSETS / "brand"
SERVICES = ASSETS / "services"
FRONT_MATTER_KEYS = {
    *("title", "summary", "language", "audience", "status", "owner", "reviewed", "review_by"),
    *("liaison", "support", "survey", "glossary", "measures", "milestones", "videos"),
}
SECTIONS = ["Goals", "What you get", "Policies", "Plans", "Questions and answers"]


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def read_brochure(service: str) -> tuple[dict[str, object], str]:
    text = (SERVICES / service / "brochure.md").read_text("utf-8")
    _, front_matter, body = re.split(r"^---$", text, maxsplit=2, flags=re.MULTILINE)
    facts = YAML(typ="safe", pure=True).load(front_matter)
    assert isinstance(facts, dict)
    return facts, body


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_everything_together_is_at_most_four_megabytes() -> None:
    assert sum(path.stat().st_size for path in files_of(ASSETS)) <= 4_000_000


def test_every_file_has_a_source_and_every_source_a_file() -> None:
    table = (ASSETS / "SOURCES.md").read_text("utf-8")
    listed = re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE)
    assert sorted(listed) == sorted(path.relative_to(ASSETS).as_posix() for path in files_of(ASSETS))


def test_remote_access_says_everything_a_brochure_can_say() -> None:
    facts, body = read_brochure("remote-access")
    assert set(facts) == FRONT_MATTER_KEYS
    assert re.findall(r"^## (.+)$", body, flags=re.MULTILINE) == SECTIONS


def test_files_named_in_front_matter_are_there() -> None:
    for service in ("remote-access", "backup"):
        facts, _ = read_brochure(service)
        folder = SERVICES / service
        for video in facts["videos"]:  # type: ignore[attr-defined]
            assert (folder / video["file"]).is_file()
            assert (folder / video["slides"]).is_file()
        photo = facts["liaison"].get("photo")  # type: ignore[attr-defined]
        assert photo is None or (folder / photo).is_file()


def test_meeting_rooms_is_a_video_and_nothing_else() -> None:
    assert [path.name for path in files_of(SERVICES / "meeting-rooms")] == ["meeting-rooms.mp4"]


@pytest.mark.parametrize(
    ("service", "script"), [("remote-access", "explainer.script.md"), ("backup", "narration.script.md")]
)
def test_the_script_calls_every_slide_once_and_in_order(service: str, script: str) -> None:
    marks = re.findall(
        r"^\[slide (\d+)\]$", (SERVICES / service / script).read_text("utf-8"), flags=re.MULTILINE
    )
    with pypdfium2.PdfDocument(SERVICES / service / "slides.pdf") as slides:
        assert [int(mark) for mark in marks] == list(range(1, len(slides) + 1))


@pytest.mark.parametrize("pdf", sorted(SERVICES.rglob("*.pdf")), ids=lambda path: path.name)
def test_every_page_has_words_that_can_be_read_aloud(pdf: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            assert len(page.get_textpage().get_text_range().split()) >= 6


def test_every_address_is_an_example() -> None:
    for path in files_of(SERVICES):
        if path.suffix == ".md":
            hosts = re.findall(r"(?:https?://|@)([\w.-]*\w)", path.read_text("utf-8"))
            assert all(host == "example.org" or host.endswith(".example.org") for host in hosts), path.name


def test_primary_colour_carries_white_text_at_seven_to_one() -> None:
    kit = YAML(typ="safe", pure=True).load(BRAND / "brand.yaml")
    assert 1.05 / (luminance(kit["palette"]["primary"]) + 0.05) >= 7


def test_logos_are_small_and_see_through() -> None:
    for name in ("logo.png", "logo-dark.png"):
        assert (BRAND / name).stat().st_size < 20_000
        with Image.open(BRAND / name) as logo:
            assert logo.convert("RGBA").getchannel("A").getextrema() == (0, 255)


def look(font: ImageFont.FreeTypeFont, character: str) -> tuple[float, bytes]:
    return font.getlength(character), bytes(font.getmask(character))


def test_fonts_open_in_pillow_and_have_the_characters_of_our_pages() -> None:
    fonts = sorted(BRAND.glob("fonts/*.woff2"))
    assert len(fonts) == 2
    assert sum(path.stat().st_size for path in fonts) <= 120_000
    for path in fonts:
        font = ImageFont.truetype(path, 40)
        box_for_missing = look(font, "\ue000")
        for character in "€£–—“”‘’…·•−≥éßąřŵ":
            assert look(font, character) != box_for_missing, character
