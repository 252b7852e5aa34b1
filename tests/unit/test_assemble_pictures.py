"""Layout, colours and letters: nothing lies where captions go, everything can be read, nothing is cut off."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ebrochure.assemble.layout import Box, cover, fit, place_footage, plan_layout
from ebrochure.assemble.lettering import line_width, set_text
from ebrochure.assemble.look import READABLE, VISIBLE, brand_look, contrast, parse_colour
from ebrochure.assemble.pictures import draw_pictures, lower_third, plan_pictures, slide_canvas
from ebrochure.assemble.plan import plan_timeline
from ebrochure.model.storyboard import Framing, Storyboard
from ebrochure.model.timing import TimeRange
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import (
    LONG_TITLE,
    LONG_WORD,
    SPEAKER,
    brand,
    draw_slide,
    media_info,
    recording,
    slides,
    video_stream,
)

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.assemble.pictures import PictureSpec
    from ebrochure.model.service import Person

BOLD = brand_look(brand()).bold
SIZES = st.tuples(st.integers(2, 8192), st.integers(2, 8192)).map(lambda size: (size[0] * 2, size[1] * 2))
COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def spec(
    *, storyboard: Storyboard | None = None, speaker: Person | None = SPEAKER, has_picture: bool = True
) -> PictureSpec:
    info = media_info(video_stream() if has_picture else None)
    timeline = plan_timeline(
        info,
        speech=(TimeRange(1000, 28_000),),
        slides=slides(2) if storyboard is not Storyboard.AUDIOGRAM else (),
        slide_marks=(),
        video=recording(storyboard=storyboard, speaker=speaker),
        brand=brand(),
        delivery=DeliverySettings(max_height=1080),
        has_liaison=True,
    )
    return plan_pictures(timeline, info, brand=brand(), title=LONG_TITLE, speaker=speaker)


@given(
    footage=st.none() | SIZES,
    height=st.integers(90, 540),
    framing=st.sampled_from(Framing),
    mirrored=st.booleans(),
)
def test_nothing_lies_under_captions_or_under_the_logo(
    footage: tuple[int, int] | None, height: int, framing: Framing, *, mirrored: bool
) -> None:
    size = (round(height * 16 / 9) * 2, height * 2)

    layout = plan_layout(size, footage, is_mirrored=mirrored)

    frame, rooms = Box(0, 0, *size), layout.framed(framing)
    shown = [box for box in (rooms.slide, rooms.name, rooms.presenter) if box is not None]
    for box in (layout.logo, layout.lower_third, layout.safe, *shown):
        assert not box.overlaps(layout.band)
        assert frame.x <= box.x < box.right <= frame.right
        assert frame.y <= box.y < box.bottom <= frame.bottom
    apart = shown if framing is Framing.FULL else [layout.logo, *shown]
    for index, box in enumerate(apart):
        assert not any(box.overlaps(other) for other in apart[index + 1 :])


def test_framings_differ_visibly_in_what_they_give_to_slide_and_presenter() -> None:
    layout = plan_layout((1920, 1080), (1920, 1080))
    sizes = {framing: fit((1600, 900), layout.framed(framing).slide).width for framing in Framing}
    window, wide = layout.window.presenter, layout.wide.presenter

    assert sizes[Framing.FULL] > 1.1 * sizes[Framing.WINDOW] > 1.2 * sizes[Framing.WIDE]
    assert window is not None
    assert wide is not None
    assert wide.width * wide.height > 2.5 * window.width * window.height


def test_a_slide_alone_reaches_from_the_top_of_the_frame_to_the_captions() -> None:
    layout = plan_layout((1920, 1080), (1920, 1080))

    place = fit((1600, 900), layout.full.slide)

    assert (place.y, place.bottom) == (0, layout.band.y)


def test_a_mirrored_frame_is_the_other_way_round() -> None:
    plain = plan_layout((1920, 1080), (1920, 1080))
    mirrored = plan_layout((1920, 1080), (1920, 1080), is_mirrored=True)

    for one, other in (
        (plain.lower_third, mirrored.lower_third),
        (plain.logo, mirrored.logo),
        (plain.wide.slide, mirrored.wide.slide),
    ):
        assert (other.x, other.right) == (1920 - one.right, 1920 - one.x)


def test_a_sixth_of_the_frame_is_left_to_captions() -> None:
    layout = plan_layout((1920, 1080), None)

    assert layout.band.height / 1080 == pytest.approx(0.16, abs=0.002)


@given(size=SIZES)
def test_fitted_footage_stays_inside_and_keeps_its_shape(size: tuple[int, int]) -> None:
    room = Box(10, 20, 1920, 1080)

    box = fit(size, room)

    assert room.x <= box.x
    assert box.right <= room.right
    assert room.y <= box.y
    assert box.bottom <= room.bottom
    assert abs(box.width * size[1] - box.height * size[0]) <= 2 * max(size) + 4 * max(box.size)


@given(size=SIZES)
def test_covering_footage_leaves_no_edge_free(size: tuple[int, int]) -> None:
    width, height = cover(size, (352, 264))

    assert width >= 352
    assert height >= 264
    assert min(width - 352, height - 264) <= 2


def test_bars_too_thin_to_look_meant_are_avoided() -> None:
    assert place_footage((1366, 768), (1920, 1080)) == Box(0, 0, 1920, 1080)
    assert place_footage((1440, 1080), (1920, 1080)) == Box(240, 0, 1440, 1080)


@given(primary=COLOURS)
def test_text_can_be_read_on_any_brand_colour(primary: str) -> None:
    look = brand_look(brand(primary=primary))

    assert contrast(look.text, look.ground) >= READABLE
    assert contrast(look.text_muted, look.ground) >= READABLE
    assert contrast(look.accent, look.ground) >= VISIBLE


def test_contrast_is_the_standards() -> None:
    assert contrast(parse_colour("#000000"), parse_colour("#ffffff")) == pytest.approx(21)
    assert contrast(parse_colour("#767676"), parse_colour("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", [LONG_TITLE, LONG_WORD, "VPN", "Ünïcödé Žluťoučký kůň"])
@pytest.mark.parametrize("width", [400, 900, 1400])
def test_text_never_leaves_its_room(text: str, width: int) -> None:
    block = set_text(text, BOLD, size=Fraction(92), width=width, lines=3)

    picture = block.draw((255, 255, 255))
    ink = picture.getbbox()
    assert len(block.lines) <= 3
    assert ink is not None
    assert ink[2] <= width
    assert ink[1] > 0
    assert ink[3] < picture.height


@pytest.mark.parametrize("text", [LONG_TITLE, LONG_WORD])
def test_long_titles_keep_every_letter(text: str) -> None:
    block = set_text(text, BOLD, size=Fraction(92), width=1428, lines=3)

    assert "".join("".join(block.lines).split()).replace("-", "") == "".join(text.split())


def test_text_that_cannot_fit_says_so_with_an_ellipsis() -> None:
    block = set_text(LONG_TITLE * 3, BOLD, size=Fraction(92), width=500, lines=2)

    assert len(block.lines) == 2
    assert block.lines[-1].endswith("…")
    assert line_width(block.lines[-1], BOLD, block.size, is_rtl=False) <= 500


def test_lines_are_about_equally_long() -> None:
    block = set_text(
        "How to work safely from anywhere you like", BOLD, size=Fraction(92), width=1428, lines=3
    )

    shortest, longest = sorted(len(line) for line in block.lines)
    assert shortest >= longest * 0.6


def test_address_is_broken_without_a_hyphen_that_is_not_part_of_it() -> None:
    address = "a.very.long.name.of.somebody@a.very.long.name.of.an.organisation.example.org"

    block = set_text(address, BOLD, size=Fraction(60), width=600, lines=4)

    assert "".join(block.lines) == address


def test_lower_third_fits_its_room_however_long_the_name() -> None:
    long = SPEAKER.__class__(LONG_WORD, LONG_TITLE)

    picture = lower_third(spec(speaker=long))

    room = spec().layout.lower_third
    assert picture.width <= room.width
    assert picture.height == room.height
    assert picture.getchannel("A").getpixel((0, 0)) == 255  # it grows out of the frame's edge


def test_slide_on_its_canvas_is_whole_and_not_stretched(tmp_path: Path) -> None:
    room = spec().layout.window.slide
    with Image.open(draw_slide(tmp_path / "slide.png", "#cc0000", (1200, 900))) as slide:
        canvas = slide_canvas(spec(), slide, Framing.WINDOW)

    reds = Image.eval(canvas.getchannel("R"), lambda value: 255 if value >= 204 else 0)
    box = reds.crop((room.x, room.y, room.right, room.bottom)).getbbox()
    assert box is not None
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(4 / 3, rel=0.01)


def test_every_picture_that_the_timeline_names_is_drawn(tmp_path: Path) -> None:
    wanted = spec()

    drawn = draw_pictures(
        wanted, {f"slide-{n}": draw_slide(tmp_path / f"{n}.png", "#00cc00") for n in (1, 2)}, tmp_path
    )

    assert set(drawn) == {"slide-1-window", "slide-2-window", "logo", "lower-third"}
    assert all(path.is_file() for path in drawn.values())


def test_audiogram_leaves_room_for_the_wave_whatever_the_title(tmp_path: Path) -> None:
    wanted = spec(storyboard=Storyboard.AUDIOGRAM, has_picture=False)

    drawn = draw_pictures(wanted, {}, tmp_path)

    with Image.open(drawn["audiogram"]) as canvas:
        wave = wanted.layout.wave
        colours = canvas.crop((wave.x, wave.y, wave.right, wave.bottom)).getcolors()
    assert colours == [(wave.width * wave.height, wanted.look.ground)]
