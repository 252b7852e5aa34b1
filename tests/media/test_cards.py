"""The animated cards: as long as planned, in the brand's colours, everything on them inside the safe area."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.cards import card_band, card_frames, card_ground, card_text, draw_card
from ebrochure.assemble.cardspec import card_specs
from ebrochure.assemble.layout import plan_layout
from ebrochure.assemble.plan import plan_timeline
from ebrochure.media.probe import probe
from ebrochure.model.service import Support
from ebrochure.model.timeline import Storyboard
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


def cards(
    *, title: str = "Remote access", has_liaison: bool = True, has_logo: bool = True, primary: str = "#0b4f5c"
) -> dict[str, CardSpec]:
    kit = brand(has_logo=has_logo, primary=primary, intro_ms=1500, outro_ms=1500)
    timeline = plan_timeline(
        media_info(video_stream(rate=RATE)),
        speech=(),
        slides=(),
        slide_marks=(),
        video=recording(title=title),
        brand=kit,
        delivery=DeliverySettings(max_height=360),
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
    safe = plan_layout((spec.width, spec.height), Storyboard.PRESENTER, None).safe

    parts = card_text(spec)

    boxes = []
    for part in parts:
        ink = part.picture.getbbox()
        assert ink is not None
        boxes.append((part.x + ink[0], part.y + ink[1], part.x + ink[2], part.y + ink[3]))
    assert all(safe.x <= left and right <= safe.right - 90 for left, _, right, _ in boxes)  # the band's width
    assert all(safe.y <= top and bottom <= safe.bottom for _, top, _, bottom in boxes)
    for index, (_, _, _, bottom) in enumerate(boxes[:-1]):
        assert bottom <= boxes[index + 1][1]
    ground = np.asarray(card_ground(spec).crop((safe.x, safe.y, safe.right, safe.bottom)))
    logo_bottom = safe.y + int(np.nonzero((ground != ground[-1, -1]).any(axis=(1, 2)))[0][-1])
    assert logo_bottom < boxes[0][1]


def test_last_moving_frame_is_at_rest_and_all_that_follow_are_the_same_object() -> None:
    frames = list(card_frames(cards()["outro"]))

    moving = len({id(frame) for frame in frames})
    assert len(frames) == 45
    assert moving <= 26  # 0.8 s
    assert not np.array_equal(frames[5], frames[-1])
    at_rest = card_ground(cards()["outro"])
    for part in (*card_text(cards()["outro"]), card_band(cards()["outro"])):
        at_rest.paste(part.picture, (part.x, part.y), part.picture if part.picture.mode == "RGBA" else None)
    assert np.abs(frames[-1].astype(int) - np.asarray(at_rest).astype(int)).max() <= 3


def test_text_comes_in_softly() -> None:
    frames = list(card_frames(cards()["intro"]))

    left = [frame[:, :480].astype(int) for frame in frames[:26]]
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
