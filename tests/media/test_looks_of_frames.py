"""What is written in frames: whole, inside its room, clear of captions, easy to read, in every script."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from ebrochure.assemble import faces
from ebrochure.assemble.bidi import visual_runs
from ebrochure.assemble.cardparts import Part, card_code, card_ground, card_layout, card_panel, card_text
from ebrochure.assemble.cards import moving_frames
from ebrochure.assemble.cardspec import card_specs
from ebrochure.assemble.faces import face_for, helped, lacking, open_face
from ebrochure.assemble.lettering import set_text
from ebrochure.assemble.look import READABLE, brand_look, contrast
from ebrochure.assemble.pictures import draw_pictures, lower_third, plan_pictures
from ebrochure.assemble.unwritable import letter_findings
from ebrochure.model.service import Person, Support
from ebrochure.model.storyboard import Framing
from ebrochure.model.timeline import Clip, Overlay, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange
from tests.fixtures.assembly import LONG_TITLE, LONG_WORD, brand, draw_slide, media_info, video_stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.assemble.cardspec import CardSpec
    from ebrochure.assemble.pictures import PictureSpec

WORLDS = {
    "plain": ("en", "Remote access in two minutes", "Priya Shah", "Business liaison"),
    "long": ("de", LONG_TITLE, LONG_WORD, LONG_TITLE),
    "arabic": ("ar", "الوصول عن بُعد (VPN) في دقيقتين", "ليلى عبد الرحمن", "خدمات الشبكة"),
    "hebrew": ("he", "גישה מרחוק בשתי דקות", "נועה כהן", "שירותי רשת"),
    "japanese": ("ja", "どこからでも安全に働くための説明です", "山田 花子", "ネットワークサービス担当"),
    "korean": ("ko", "원격 접속 안내", "김민지", "네트워크 서비스"),
    "emoji": ("en", "Ready 🚀 in two 👩‍💻 minutes 🇩🇪", "Ana ☎️", "Team 💡"),
    "marks": ("vi", "Truy cập từ xa x̱ Đặng e\u0301", "Žofie Đặng-Łukasiewicz", "Bộ phận mạng"),
}
COLOURS = ("#0b4f5c", "#f4efe6", "#7a7a7a", "#ffd400", "#c8102e")
SIZES = ((1280, 720), (1920, 1080))
WHOLE = TimeRange(0, 4000)
LETTERS = brand_look(brand()).bold


def cards(world: str, size: tuple[int, int] = (1280, 720), primary: str = "#0b4f5c") -> dict[str, CardSpec]:
    language, title, name, role = WORLDS[world]
    person = Person(name, role, "somebody@example.org")
    clips = tuple(Clip(source, WHOLE, 120) for source in ("intro", "chapter-1", "outro"))
    return card_specs(
        Timeline(*size, Fraction(30), clips),
        brand=brand(primary=primary),
        title=title,
        video_title=f"{title}!",
        speaker=person,
        liaison=person,
        support=Support("https://help.example.org", "1234"),
        language=language,
        survey="https://forms.example.org/vpn",
        chapters=(title, title),
    )


def pictures(world: str, size: tuple[int, int] = (1280, 720), primary: str = "#0b4f5c") -> PictureSpec:
    """Return every still there is: a slide in each framing, the lower third, the audiogram."""
    language, title, name, role = WORLDS[world]
    shown = (
        *(Overlay(OverlayKind.SLIDE, "slide-1", WHOLE, framing) for framing in Framing),
        Overlay(OverlayKind.AUDIOGRAM, "audiogram", WHOLE),
        Overlay(OverlayKind.LOWER_THIRD, "lower-third", WHOLE),
    )
    clips = (Clip("footage", WHOLE, 120),)
    return plan_pictures(
        Timeline(*size, Fraction(30), clips, shown, is_mirrored=language in {"ar", "he"}),
        media_info(video_stream()),
        brand=brand(primary=primary),
        title=title,
        speaker=Person(name, role),
        language=language,
    )


def ink_box(part: Part) -> tuple[int, int, int, int]:
    box = part.picture.getbbox()
    assert box is not None
    return part.x + box[0], part.y + box[1], part.x + box[2], part.y + box[3]


def needs_fonts_of(world: str) -> None:
    _, title, name, role = WORLDS[world]
    text = f"{title} {name} {role}"
    missing = lacking(text, helped(LETTERS, text, bold=True, language="en"))
    if missing:
        pytest.skip(f"no font on this machine has {' '.join(missing)}")


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("size", SIZES)
def test_words_on_cards_are_whole_in_their_rooms_and_clear_of_each_other(
    world: str, size: tuple[int, int]
) -> None:
    needs_fonts_of(world)
    for spec in cards(world, size).values():
        layout = card_layout(spec)
        rows, code = card_text(spec), card_code(spec)

        boxes = [ink_box(part) for part in rows]
        for parts, room in ((boxes, layout.text), ([ink_box(part) for part in code], layout.code)):
            for left, top, right, bottom in parts:
                assert room.x <= left < right <= room.right
                assert room.y <= top < bottom <= room.bottom
            for above, below in pairwise(parts):
                assert above[3] <= below[1]
        assert not layout.text.overlaps(layout.panel)


@pytest.mark.parametrize("world", WORLDS)
def test_the_captions_band_is_free_of_words(world: str, tmp_path: Path) -> None:
    needs_fonts_of(world)
    for spec in cards(world).values():
        last = list(moving_frames(spec))[-1]
        bare = np.array(card_ground(spec))
        panel = card_panel(spec)
        bare[:, panel.x : panel.x + panel.picture.width] = np.asarray(panel.picture)
        assert np.array_equal(last[-round(0.16 * spec.height) :], bare[-round(0.16 * spec.height) :])
    spec = pictures(world)
    drawn = draw_pictures(spec, {"slide-1": draw_slide(tmp_path / "1.png", "#00aa00")}, tmp_path)
    for name in ("slide-1-window", "slide-1-wide", "slide-1-full", "audiogram"):
        canvas = np.asarray(Image.open(drawn[name]).convert("RGB"))
        assert (canvas[spec.layout.band.y :] == np.array(spec.look.ground)).all()


@pytest.mark.parametrize("world", WORLDS)
def test_names_beside_slides_and_over_the_presenter_stay_in_their_rooms(world: str, tmp_path: Path) -> None:
    needs_fonts_of(world)
    spec = pictures(world)
    assert lower_third(spec).width <= spec.layout.lower_third.width
    drawn = draw_pictures(spec, {"slide-1": draw_slide(tmp_path / "1.png", "#00aa00")}, tmp_path)
    for framing in (Framing.WINDOW, Framing.WIDE):
        rooms = spec.layout.framed(framing)
        canvas = np.asarray(Image.open(drawn[f"slide-1-{framing}"]).convert("RGB")).copy()
        for box in (rooms.slide, rooms.presenter):
            assert box is not None
            canvas[box.y : box.bottom, box.x : box.right] = spec.look.ground
        rows, columns = np.nonzero((canvas != np.array(spec.look.ground)).any(axis=2))
        assert rooms.name is not None
        assert rooms.name.y <= rows.min() < rows.max() < rooms.name.bottom
        assert rooms.name.x <= columns.min() < columns.max() < rooms.name.right


@pytest.mark.parametrize("world", ["long", "japanese"])
def test_an_audiograms_words_end_above_its_wave(world: str, tmp_path: Path) -> None:
    needs_fonts_of(world)
    spec = pictures(world)

    drawn = draw_pictures(spec, {"slide-1": draw_slide(tmp_path / "1.png", "#00aa00")}, tmp_path)

    wave = spec.layout.wave
    canvas = np.asarray(Image.open(drawn["audiogram"]).convert("RGB"))
    assert (canvas[wave.y :] == np.array(spec.look.ground)).all()


@pytest.mark.parametrize("primary", COLOURS)
def test_words_stand_out_from_what_is_under_them(primary: str) -> None:
    for spec in cards("plain", primary=primary).values():
        last = list(moving_frames(spec))[-1]
        for part in (*card_text(spec), *(part for part in card_code(spec) if part.picture.height < 150)):
            ink = np.asarray(part.picture)[:, :, 3]
            if part.picture.height < 20 and len(np.unique(ink)) < 20:
                continue  # the steps of a chapter, which are a picture of what the eyebrow says
            under = last[part.y : part.y + ink.shape[0], part.x : part.x + ink.shape[1]]
            assert _contrast_on_pixels(under, ink) >= READABLE


def _contrast_on_pixels(frame: NDArray[np.uint8], ink: NDArray[np.uint8]) -> float:
    """Return the contrast of the middle of letters with what lies where no letter is."""
    letters, ground = (np.median(frame[chosen], axis=0) for chosen in (ink == 255, ink == 0))
    return contrast(tuple(map(int, letters)), tuple(map(int, ground)))  # type: ignore[arg-type]


@pytest.mark.parametrize("world", WORLDS)
def test_no_letter_is_an_empty_box(world: str) -> None:
    needs_fonts_of(world)
    for spec in cards(world).values():
        for text in spec.texts():
            for run in visual_runs(text, spec.look.bold, is_rtl=False):
                font = open_face(run.face, 109)
                box = font.getmask("\U000f0000").getbbox()
                for letter in run.text.replace(" ", ""):
                    covering = face_for(letter, (run.face,))
                    assert covering is not None or letter in "\u200d\ufe0f"
                assert (
                    font.getmask(run.text, direction=run.direction).getbbox() != box or not run.text.strip()
                )


def test_arabic_letters_join_and_run_from_the_right() -> None:
    text = "بيت"
    needs_fonts_of("arabic")
    letters = helped(LETTERS, text, bold=True, language="ar")

    joined = set_text(text, letters, size=Fraction(80), width=900, lines=1).draw((255, 255, 255))
    apart = sum(
        set_text(letter, letters, size=Fraction(80), width=900, lines=1).draw((255, 255, 255)).width
        for letter in text
    )

    assert joined.width < apart * 0.9
    columns = np.nonzero(np.asarray(joined)[:, :, 3].max(axis=0) > 128)[0]
    assert len(columns) == joined.width or np.diff(columns).max() == 1  # one stroke, no gaps
    below = np.asarray(joined)[joined.height * 2 // 3 :, :, 3].astype(int)
    assert (
        below[:, joined.width // 2 :].sum() > below[:, : joined.width // 2].sum()
    )  # beh's dot, at the right


def test_a_latin_word_in_hebrew_keeps_its_own_direction() -> None:
    needs_fonts_of("hebrew")
    letters = helped(LETTERS, "שלום", bold=True, language="he")

    runs = visual_runs("גישה VPN 24 מרחוק", letters, is_rtl=True)

    assert [run.text.strip() for run in runs if run.text.strip()] == ["מרחוק", "VPN 24", "גישה"]


def test_emoji_are_in_colour_and_a_family_is_one_picture() -> None:
    needs_fonts_of("emoji")
    text = "👩‍👩‍👧"
    letters = helped(LETTERS, text, bold=True, language="en")

    block = set_text(text, letters, size=Fraction(80), width=900, lines=1)
    flag = set_text(
        "🇩🇪", helped(LETTERS, "🇩🇪", bold=True, language="en"), size=Fraction(80), width=900, lines=1
    )

    assert block.draw((255, 255, 255)).width < 2 * block.size
    pixels = np.asarray(flag.draw((255, 255, 255)))
    reds = (pixels[:, :, 0] > 180) & (pixels[:, :, 1] < 80) & (pixels[:, :, 3] > 200)
    assert reds.sum() > 200


def test_letters_are_as_far_apart_as_the_font_says_at_every_size() -> None:
    def width(size: int) -> float:
        return (
            set_text("minimum illimited", LETTERS, size=Fraction(size), width=4000, lines=1)
            .draw((0, 0, 0))
            .width
        )

    as_drawn = width(200)
    for size in range(18, 60, 3):
        assert width(size) == pytest.approx(as_drawn * size / 200, abs=1.5)


def test_kerning_and_ligatures_are_on() -> None:
    def width(text: str) -> int:
        return set_text(text, LETTERS, size=Fraction(400), width=9000, lines=1).draw((0, 0, 0)).width

    assert width("AV") < width("AH") - width("HH") + width("HV")


def test_a_slow_movement_has_pictures_between_whole_pixels() -> None:
    pictures = set_text("iii", LETTERS, size=Fraction(40), width=900, lines=1).draw_lowered((255, 255, 255))
    alphas = [np.asarray(picture)[:, :, 3].astype(float) for picture in pictures]
    middles = [(alpha.sum(axis=1) * np.arange(alpha.shape[0])).sum() / alpha.sum() for alpha in alphas]

    assert np.diff(middles) == pytest.approx([0.25, 0.25, 0.25], abs=0.02)


@pytest.mark.usefixtures("bare_machine")
def test_letters_that_no_font_has_are_told_by_name() -> None:
    findings = letter_findings(
        brand(), ("Plain 漢 🚀", None), language="ja", file="remote-access/brochure.md"
    )

    assert [item.code for item in findings] == ["LETTERS_MISSING"]
    assert "`漢 🚀`" in findings[0].message
    assert "apt install fonts-noto-cjk fonts-noto-color-emoji" in (findings[0].hint or "")


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no font but the brand's."""
    monkeypatch.setattr(faces, "_installed", tuple)
    faces._helper.cache_clear()
    yield
    faces._helper.cache_clear()


def test_letters_that_the_brand_has_are_not_worth_a_word() -> None:
    assert letter_findings(brand(), ("Plain", None), language="en", file="x") == ()


def test_marks_that_turn_text_round_do_not_reach_the_picture() -> None:
    block = set_text("abc\u202edef\u2066\u0007", LETTERS, size=Fraction(40), width=900, lines=1)

    assert block.lines == ("abcdef",)


def test_a_hostile_title_is_set_in_reasonable_time_and_room() -> None:
    spec = replace(cards("plain")["intro"], title="x" * 4000)

    assert all(part.picture.width <= card_layout(spec).text.width for part in card_text(spec))
