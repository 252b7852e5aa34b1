"""The animated cards: as long as planned, in the brand's colours, everything on them inside the safe area."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zxingcpp

from ebrochure.assemble.cardparts import card_code, card_ground, card_layout, card_panel, card_text
from ebrochure.assemble.cards import draw_card, moving_frames
from ebrochure.assemble.cardspec import card_specs
from ebrochure.assemble.plan import plan_timeline
from ebrochure.media.probe import probe
from ebrochure.model.service import Support
from ebrochure.model.timeline import Clip, Timeline
from ebrochure.model.timing import TimeRange
from ebrochure.settings import DeliverySettings, LimitSettings
from tests.fixtures.assembly import (
    LONG_TITLE,
    LONG_WORD,
    SPEAKER,
    brand,
    media_info,
    read_frames,
    recording,
    video_stream,
)

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.assemble.cardspec import CardSpec

RATE = Fraction(30000, 1001)
SURVEY = "https://forms.example.org/remote-access?from=video"


def cards(
    *,
    title: str = "Remote access",
    has_liaison: bool = True,
    has_logo: bool = True,
    primary: str = "#0b4f5c",
    survey: str | None = None,
    height: int = 360,
) -> dict[str, CardSpec]:
    kit = brand(has_logo=has_logo, primary=primary, intro_ms=1500, outro_ms=1500)
    timeline = plan_timeline(
        media_info(video_stream(rate=RATE)),
        speech=(),
        slides=(),
        slide_marks=(),
        video=recording(title=title),
        brand=kit,
        delivery=DeliverySettings(max_height=height),
        has_liaison=has_liaison,
    )
    return card_specs(
        timeline,
        brand=kit,
        title="Remote access for everybody",
        video_title=title,
        speaker=SPEAKER,
        liaison=SPEAKER if has_liaison else None,
        support=Support("https://help.example.org/vpn", "1234"),
        language="en-GB",
        survey=survey,
    )


def test_card_file_has_exactly_the_planned_frames_at_the_exact_rate(tmp_path: Path) -> None:
    spec = cards()["intro"]

    draw_card(spec, tmp_path / "intro.mp4")

    info, _ = probe(tmp_path / "intro.mp4", name="intro.mp4", limits=LimitSettings())
    assert len(read_frames(tmp_path / "intro.mp4", (spec.width, spec.height))) == spec.frames == 45
    assert info.video is not None
    assert info.video.frame_rate == RATE
    assert info.video.displayed_size == (640, 360)
    assert not info.audio


def test_brand_colour_survives_the_codec(tmp_path: Path) -> None:
    spec = replace(cards()["intro"], frames=2)

    draw_card(spec, tmp_path / "intro.mp4")

    corner = read_frames(tmp_path / "intro.mp4", (spec.width, spec.height))[0, -20:, :20].mean(axis=(0, 1))
    assert np.abs(corner - np.array((0x0B, 0x4F, 0x5C))).max() <= 3


@pytest.mark.parametrize("title", ["VPN", LONG_TITLE, LONG_WORD])
@pytest.mark.parametrize("name", ["intro", "outro"])
@pytest.mark.parametrize("has_logo", [True, False])
def test_nothing_written_leaves_the_safe_area_or_meets_anything_else(
    title: str, name: str, *, has_logo: bool
) -> None:
    spec = cards(title=title, has_logo=has_logo)[name]
    if name == "outro":
        spec = replace(spec, title=title)
    layout = card_layout(spec)
    room = layout.text

    parts = card_text(spec)

    boxes = []
    for part in parts:
        ink = part.picture.getbbox()
        assert ink is not None
        boxes.append((part.x + ink[0], part.y + ink[1], part.x + ink[2], part.y + ink[3]))
    assert all(room.x <= left and right <= room.right for left, _, right, _ in boxes)
    assert all(room.y <= top and bottom <= room.bottom for _, top, _, bottom in boxes)
    for index, (_, _, _, bottom) in enumerate(boxes[:-1]):
        assert bottom <= boxes[index + 1][1]
    ground = np.asarray(card_ground(spec))
    rows, columns = np.nonzero((ground != ground[-1, -1]).any(axis=2))
    assert layout.logo.y <= rows.min() < rows.max() < layout.logo.bottom <= room.y
    assert layout.logo.x <= columns.min() < columns.max() < layout.panel.x


def test_a_card_comes_to_rest_within_a_second_and_stays() -> None:
    spec = cards(survey=SURVEY)["outro"]

    frames = list(moving_frames(spec))

    assert len(frames) == 28  # 0.9 s, and the one that stays
    assert not np.array_equal(frames[5], frames[-1])
    at_rest = card_ground(spec)
    for part in (*card_text(spec), card_panel(spec), *card_code(spec)):
        at_rest.paste(part.picture, (part.x, part.y), part.picture if part.picture.mode == "RGBA" else None)
    assert np.abs(frames[-1].astype(int) - np.asarray(at_rest).astype(int)).max() <= 3


def test_text_comes_in_softly() -> None:
    frames = list(moving_frames(cards()["intro"]))

    left = [frame[:, :480].astype(int) for frame in frames]
    changes = [np.abs(after - before).mean() for before, after in pairwise(left)]
    assert changes[-1] < max(changes) / 10
    assert max(changes) < 6  # nothing jumps


def test_outro_names_the_liaison_and_where_to_write() -> None:
    spec = cards()["outro"]

    assert spec.title == "Priya Shah"
    assert [line.text for line in spec.lines] == [
        "Business liaison, Network Services",
        "priya.shah@example.org",
        "help.example.org/vpn · 1234",
    ]


def test_outro_without_a_liaison_still_says_goodbye() -> None:
    spec = cards(has_liaison=False)["outro"]

    assert spec.title == "Thank you for watching"
    assert spec.eyebrow == "Remote access for everybody"


def test_card_does_not_say_the_same_twice() -> None:
    assert cards(title="remote access FOR everybody")["intro"].eyebrow == "Lindermere Water"


def test_cards_that_say_the_same_are_the_same_spec() -> None:
    assert cards()["outro"] == cards(title="Another recording")["outro"]
    assert hash(cards()["intro"]) != hash(cards(primary="#7a1f1f")["intro"])


@pytest.mark.parametrize("height", [720, 1080])
@pytest.mark.parametrize("primary", ["#0b4f5c", "#f4efe6", "#7a7a7a"])
@pytest.mark.parametrize("survey", [SURVEY, f"{SURVEY}&{'x' * 100}"])
def test_code_can_be_read_from_the_finished_card(
    tmp_path: Path, height: int, primary: str, survey: str
) -> None:
    spec = cards(survey=survey, primary=primary, height=height)["outro"]

    draw_card(spec, tmp_path / "outro.mp4")

    frame = read_frames(tmp_path / "outro.mp4", (spec.width, spec.height))[-1]
    assert [found.text for found in zxingcpp.read_barcodes(frame)] == [survey]


def test_code_says_in_words_what_it_is_for_and_keeps_its_quiet_zone() -> None:
    spec = cards(survey="https://forms.example.org/vpn", height=720)["outro"]
    room = card_layout(spec).code

    caption, code, address = card_code(spec)

    assert spec.code is not None
    assert spec.code.caption == "Tell us what you think"
    for part in (caption, code, address):
        assert room.x <= part.x
        assert part.x + part.picture.width <= room.right
        assert room.y <= part.y
        assert part.y + part.picture.height <= room.bottom
    dark = np.asarray(code.picture.convert("L")) < 128
    module = int(np.nonzero(dark.any(axis=0))[0][0]) / 4  # ISO/IEC 18004: four modules of white
    assert module == round(module) >= 3
    assert not dark[: round(4 * module)].any()
    assert not dark[-round(4 * module) :].any()


def test_code_too_fine_for_a_screen_is_not_shown_but_its_address_is() -> None:
    spec = cards(survey=f"https://forms.example.org/{'x' * 900}", height=720)["outro"]

    assert len(card_code(spec)) == 2


def test_chapter_cards_are_made_for_the_chapters_in_the_timeline_alone() -> None:
    specs = chapter_cards()

    assert set(specs) == {"chapter-1", "chapter-3"}
    assert specs["chapter-3"].title == "What comes next"
    assert specs["chapter-3"].footer == "Remote access in two minutes"
    assert specs["chapter-3"].step is not None
    assert (specs["chapter-3"].step.number, specs["chapter-3"].step.count) == (3, 3)
    assert specs["chapter-3"].frames == 60


def test_chapter_card_shows_how_far_one_is() -> None:
    first, third = chapter_cards().values()
    accent = np.array(first.look.accent)

    def accented(spec: CardSpec) -> int:
        bars = np.asarray(card_text(spec)[-2].picture)
        return int((np.abs(bars[:, :, :3].astype(int) - accent).max(axis=2) < 8).sum())

    assert accented(third) == pytest.approx(3 * accented(first), rel=0.02)


def test_chapter_without_a_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="chapter-3"):
        chapter_cards(chapters=("What it is for",))


def chapter_cards(
    chapters: tuple[str, ...] = ("What it is for", "Sign in", "What comes next"),
) -> dict[str, CardSpec]:
    kit = brand()
    whole = TimeRange(0, 2000)
    clips = tuple(Clip(name, whole, 60) for name in ("chapter-1", "footage", "chapter-3"))
    return card_specs(
        Timeline(1280, 720, Fraction(30), clips),
        brand=kit,
        title="Remote access",
        video_title="Remote access in two minutes",
        speaker=None,
        liaison=None,
        support=None,
        language="en",
        chapters=chapters,
    )
