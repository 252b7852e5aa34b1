"""A storyboard by hand as its author writes it: understood, or refused with line and nearest guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from ebrochure.errors import MaterialError
from ebrochure.ingest.folders import ServiceFolder
from ebrochure.ingest.service import read_service
from ebrochure.ingest.shots import parse_moment, parse_view
from ebrochure.model.findings import Level
from ebrochure.model.storyboard import Framing, RecordingView, Shot, SlideView, View
from tests.fixtures.workspace import MP4_HEAD, keeper, make_folder, pdf_bytes, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding
    from ebrochure.model.service import VideoSource

HEAD = "---\nvideos:\n  - file: explainer.mp4\n    storyboard:\n"
"""The entry below it is on line 5."""


def read(root: Path, *entries: str, more: str = "") -> VideoSource:
    text = HEAD + "".join(f"      - {{{entry}}}\n" for entry in entries) + f"{more}---\n"
    files = {"explainer.mp4": MP4_HEAD, "slides.pdf": pdf_bytes(["One", "Two", "Three"]), "brochure.md": text}
    folder = make_folder(root / "services" / "vpn", files)
    service, _ = read_service(ServiceFolder("vpn", folder), settings=settings_for(root), keep=keeper(root))
    return service.videos[0]


def refusals(root: Path, *entries: str) -> list[Finding]:
    with pytest.raises(MaterialError) as caught:
        read(root, *entries)
    return [item for item in caught.value.findings if item.level is Level.ERROR]


def test_every_kind_of_entry_is_understood_and_keeps_its_line(tmp_path: Path) -> None:
    video = read(
        tmp_path,
        'at: "0:00", show: presenter',
        "at: 0:12.5, show: slide 3",
        "at: press Connect, show: Slide 3 FULL",
        'at: "1:02", show: cut',
        "at: 1:00:10, show: slide 2 wide",
        "at: 1:01:10.250, show: audiogram",
        more="    slides_as: full\n",
    )

    assert video.shots == (
        Shot(0, RecordingView.FOOTAGE, 5),
        Shot(12_500, SlideView(3), 6),
        Shot("press Connect", SlideView(3, Framing.FULL), 7),
        Shot(62_000, RecordingView.CUT, 8),
        Shot(3_610_000, SlideView(2, Framing.WIDE), 9),
        Shot(3_670_250, RecordingView.AUDIOGRAM, 10),
    )
    assert (video.storyboard, video.slides_as) == (None, Framing.FULL)


@given(ms=st.integers(0, 10 * 3_600_000 - 1))
def test_a_moment_is_read_as_every_clock_writes_it(ms: int) -> None:
    minutes, rest = divmod(ms, 60_000)
    seconds = f"{rest // 1000:02d}.{rest % 1000:03d}"

    assert parse_moment(f"{minutes // 60}:{minutes % 60:02d}:{seconds}") == ms
    assert parse_moment(f"{minutes}:{seconds}") == ms


@pytest.mark.parametrize(
    "text", ["12", "0:5", "1:75", "1:2:03", "1:75:00", "0:12,5", "0:12.5000", "-0:12", "…"]
)
def test_what_is_neither_time_nor_words_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="expected a time such as `0:12`"):
        parse_moment(text)


@given(text=st.text(max_size=30))
def test_whatever_is_to_be_seen_is_known_or_refused(text: str) -> None:
    try:
        view = parse_view(text)
    except PydanticCustomError:
        return
    assert isinstance(view, RecordingView | SlideView)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("footage", RecordingView.FOOTAGE),
        ("slide 2 window", SlideView(2, Framing.WINDOW)),
        ("slide 2 side-by-side", SlideView(2, Framing.WIDE)),
        ("slide 2 full-screen", SlideView(2, Framing.FULL)),
        ("slide  12", SlideView(12)),
    ],
)
def test_views_have_the_names_that_people_give_them(text: str, view: View) -> None:
    assert parse_view(text) == view


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("silde 3", "`slide 3`"),
        ("slide 3 ful", "`slide 3 full`"),
        ("presentr", "`presenter`"),
        ("cutt", "`cut`"),
        ("slide", "`slide 1`"),
    ],
)
def test_an_unknown_view_is_told_with_the_nearest(tmp_path: Path, text: str, guess: str) -> None:
    (finding,) = refusals(tmp_path, "at: 0:00, show: presenter", f"at: 0:12, show: {text}")

    assert (finding.code, finding.file, finding.line) == ("META_TYPE", "vpn/brochure.md", 6)
    assert "`videos.1.storyboard.2.show`" in finding.message
    assert guess in str(finding.hint)


def test_keys_of_entries_are_checked_like_any_other(tmp_path: Path) -> None:
    unknown, missing = refusals(tmp_path, "at: 0:00, shwo: presenter, show: cut", "show: presenter")

    assert (unknown.code, unknown.line, unknown.hint) == ("META_UNKNOWN", 5, "did you mean `show`?")
    assert (missing.code, missing.line) == ("META_MISSING", 6)
    assert "`videos.1.storyboard.2.at` is missing" in missing.message


def test_a_slide_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    (finding,) = refusals(tmp_path, "at: 0:00, show: presenter", "at: 0:12, show: slide 9 full")

    assert (finding.code, finding.file, finding.line) == ("BOARD_SLIDE", "vpn/brochure.md", 6)
    assert (finding.message, finding.hint) == (
        "there is no slide 9",
        "slides 1 to 3 belong to this recording",
    )


def test_times_out_of_order_are_refused_whatever_is_between(tmp_path: Path) -> None:
    (finding,) = refusals(
        tmp_path, "at: 0:20, show: presenter", "at: press Connect, show: slide 1", "at: 0:12, show: slide 2"
    )

    assert (finding.code, finding.line) == ("BOARD_TIME", 7)
    assert finding.message == "`0:12` does not come after `0:20` above it"


def test_a_name_is_still_a_name_and_told_as_one(tmp_path: Path) -> None:
    text = "---\nvideos:\n  - file: explainer.mp4\n    storyboard: presentr\n    slides_as: ful\n---\n"
    folder = make_folder(tmp_path / "services" / "vpn", {"explainer.mp4": MP4_HEAD, "brochure.md": text})
    with pytest.raises(MaterialError) as caught:
        read_service(ServiceFolder("vpn", folder), settings=settings_for(tmp_path), keep=keeper(tmp_path))

    name, framing = caught.value.findings
    assert (name.line, name.hint) == (4, "did you mean `presenter`?")
    assert "`videos.1.storyboard`: expected one of `presenter`, `slides`" in name.message
    assert (framing.line, framing.hint) == (5, "did you mean `full`?")
