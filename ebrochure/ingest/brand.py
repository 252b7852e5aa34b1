"""`brand.yaml`: who publishes, in which colours and letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from ebrochure.errors import MaterialError, SettingsError
from ebrochure.ingest.fields import (
    FileName,
    Language,
    LongText,
    ShortText,
    as_typed,
    choice,
    one_of,
    shown,
    wrong,
)
from ebrochure.ingest.intake import open_beneath
from ebrochure.ingest.kinds import read_head
from ebrochure.ingest.music import read_music
from ebrochure.ingest.palette import Change, dark_roles, light_roles
from ebrochure.ingest.pictures import redraw
from ebrochure.ingest.schema import Document, validate
from ebrochure.ingest.text import clean, decode
from ebrochure.ingest.yaml import read_yaml
from ebrochure.model.brand import LEAST_UNDER_SPEECH_DB, USUAL_UNDER_SPEECH_DB, Brand, Music, Typeface
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.findings import Finding, Level
from ebrochure.model.storyboard import Framing
from ebrochure.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.model.service import SourceFile
    from ebrochure.settings import LimitSettings

FILE = "brand.yaml"
LOGO_FIT = (1600, 800)
MAX_BYTES = 1_000_000

_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LETTERS = (b"wOF2", b"\0\1\0\0", b"OTTO", b"true")


def _colour(value: object) -> str:
    text = as_typed(value).strip()
    if not _COLOUR.fullmatch(text):
        message = f"expected a colour such as `#0b5c5e`, got {shown(text)}"
        raise wrong("BRAND_COLOUR", message, "write `#` and six of 0-9 and a-f, in straight quotes")
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))  # noqa: PLR2004  rrggbb


def _seconds_only(value: object) -> object:
    """Take ``intro: 3`` for a card of three seconds."""
    return {"seconds": value} if isinstance(value, str) else value


def _file_only(value: object) -> object:
    """Take ``music: bed.mp3`` for a file that is played as usual."""
    return {"file": value} if isinstance(value, str) else value


Colour = Annotated[str, PlainValidator(_colour)]
Share = Annotated[float, Field(ge=0, le=1)]
_USUAL = CaptionProfile()


class PaletteFacts(Document):
    """The brand's colours."""

    primary: Colour
    accent: Colour | None = None


class TypefaceFacts(Document):
    """The brand's letters."""

    family: ShortText
    regular: FileName
    bold: FileName


class CardFacts(Document):
    """How long something is shown."""

    seconds: Annotated[float, Field(ge=0, le=20)]


class NameFacts(CardFacts):
    """How long a name is shown, and how often."""

    again: bool = False
    """After each chapter's card, too."""


class MusicFacts(Document):
    """What is played under every video."""

    file: FileName
    under_speech_db: Annotated[float, Field(ge=LEAST_UNDER_SPEECH_DB, le=60)] = USUAL_UNDER_SPEECH_DB


class CaptionFacts(Document):
    """The rules captions are held to, field by field as in `CaptionProfile`."""

    line_chars: Annotated[int, Field(ge=20, le=60)] = _USUAL.line_chars
    cue_lines: Annotated[int, Field(ge=1, le=3)] = _USUAL.cue_lines
    min_duration_ms: Annotated[int, Field(ge=300, le=5000)] = _USUAL.min_duration_ms
    short_duration_ms: Annotated[int, Field(ge=300, le=5000)] = _USUAL.short_duration_ms
    max_duration_ms: Annotated[int, Field(ge=3000, le=15_000)] = _USUAL.max_duration_ms
    min_word_ms: Annotated[int, Field(ge=0, le=1000)] = _USUAL.min_word_ms
    max_chars_per_s: Annotated[float, Field(ge=8, le=40)] = _USUAL.max_chars_per_s
    target_chars_per_s: Annotated[float, Field(ge=8, le=40)] = _USUAL.target_chars_per_s
    target_words_per_min: Annotated[float, Field(ge=60, le=400)] = _USUAL.target_words_per_min
    min_gap_frames: Annotated[int, Field(ge=0, le=12)] = _USUAL.min_gap_frames
    frame_ms: Annotated[int, Field(ge=16, le=100)] = _USUAL.frame_ms
    max_short_gap_ms: Annotated[int, Field(ge=0, le=3000)] = _USUAL.max_short_gap_ms
    max_linger_ms: Annotated[int, Field(ge=0, le=5000)] = _USUAL.max_linger_ms
    max_onset_error_ms: Annotated[int, Field(ge=40, le=3000)] = _USUAL.max_onset_error_ms
    min_coverage: Share = _USUAL.min_coverage
    max_silent_share: Share = _USUAL.max_silent_share


class BrandFacts(Document):
    """Everything `brand.yaml` may say."""

    organisation: ShortText
    language: Language = "en"
    palette: PaletteFacts
    logo: FileName | None = None
    logo_dark: FileName | None = None
    logo_on: Annotated[str, one_of({"video": "video", "cards": "cards"})] = "video"
    typeface: TypefaceFacts | None = None
    intro: Annotated[CardFacts, BeforeValidator(_seconds_only)] = CardFacts(seconds=3)
    chapter: Annotated[CardFacts, BeforeValidator(_seconds_only)] = CardFacts(seconds=2)
    outro: Annotated[CardFacts, BeforeValidator(_seconds_only)] = CardFacts(seconds=5)
    lower_third: Annotated[NameFacts, BeforeValidator(_seconds_only)] = NameFacts(seconds=5)
    slides_as: Annotated[Framing, choice(Framing)] = Framing.WINDOW
    music: Annotated[MusicFacts | None, BeforeValidator(_file_only)] = None
    captions: CaptionFacts = CaptionFacts()
    legal: LongText | None = None


def read_brand(
    folder: Path, limits: LimitSettings, keep: Callable[[Path, str], SourceFile]
) -> tuple[Brand, tuple[Finding, ...]]:
    """Read a brand kit; the shipped one where `folder` has none.

    Args:
        folder: Where `brand.yaml` and the files it names are.
        limits: Bounds of a picture.
        keep: Takes a file in.

    Returns:
        The brand, and what was adjusted for the sake of being read.

    Raises:
        SettingsError: Everything that is wrong with it.
    """
    findings: tuple[Finding, ...] = ()
    if not (folder / FILE).exists():
        folder, findings = shipped("assets/brand"), (_no_kit(),)
    try:
        facts, remarks = _read_facts(folder)
        brand, more = _brand(facts, folder, limits, keep)
    except SettingsError:
        raise
    except MaterialError as error:
        raise SettingsError(error.findings) from error
    return brand, (*findings, *remarks, *more)


def _no_kit() -> Finding:
    message = "there is no brand kit yet, so the sample organisation's name, logo and colours are used"
    hint = f"`ebrochure init` makes a kit to start from; change its `{FILE}`"
    return Finding("BRAND_MISSING", Level.WARN, message, FILE, None, hint)


def _read_facts(folder: Path) -> tuple[BrandFacts, tuple[Finding, ...]]:
    with open_beneath(folder / FILE, FILE) as descriptor, open(descriptor, "rb", closefd=False) as file:
        text, findings = clean(decode(file.read(MAX_BYTES), file=FILE), file=FILE)
    document, remarks = read_yaml(text, file=FILE)
    remarks = (*findings, *remarks)
    return validate(BrandFacts, document, file=FILE, error=SettingsError, remarks=remarks), remarks


def _brand(
    facts: BrandFacts, folder: Path, limits: LimitSettings, keep: Callable[[Path, str], SourceFile]
) -> tuple[Brand, tuple[Finding, ...]]:
    logo, findings = _logo(facts.logo, folder, limits, keep)
    logo_dark, more = _logo(facts.logo_dark, folder, limits, keep)
    music, heard = _music(facts.music, folder, limits, keep)
    light, changes = light_roles(facts.palette.primary, facts.palette.accent)
    brand = Brand(
        organisation=facts.organisation,
        language=facts.language,
        primary=facts.palette.primary,
        light=light,
        dark=dark_roles(facts.palette.primary, facts.palette.accent),
        typeface=_typeface(facts, folder),
        logo=logo,
        logo_dark=logo_dark,
        logo_over_footage=facts.logo_on == "video",
        intro_ms=round(facts.intro.seconds * 1000),
        chapter_ms=round(facts.chapter.seconds * 1000),
        outro_ms=round(facts.outro.seconds * 1000),
        lower_third_ms=round(facts.lower_third.seconds * 1000),
        names_again=facts.lower_third.again,
        legal=facts.legal,
        captions=CaptionProfile(**facts.captions.model_dump()),
        slides_as=facts.slides_as,
        music=music,
    )
    return brand, (*findings, *more, *heard, *(_adjusted(change) for change in changes))


def _logo(
    name: str | None, folder: Path, limits: LimitSettings, keep: Callable[[Path, str], SourceFile]
) -> tuple[SourceFile | None, tuple[Finding, ...]]:
    if name is None:
        return None, ()
    source = keep(folder / name, name)
    return redraw(source, limits=limits, fit=LOGO_FIT, keep=keep, keep_alpha=True)


def _music(
    facts: MusicFacts | None, folder: Path, limits: LimitSettings, keep: Callable[[Path, str], SourceFile]
) -> tuple[Music | None, tuple[Finding, ...]]:
    if facts is None:
        return None, ()
    return read_music(facts.file, facts.under_speech_db, folder, limits, keep)


def _typeface(facts: BrandFacts, folder: Path) -> Typeface:
    if facts.typeface is None:
        folder = shipped("assets/brand")
        facts, _ = _read_facts(folder)
        if facts.typeface is None:
            message = "the shipped brand kit names no typeface"
            raise SettingsError.one("BRAND_TYPEFACE", message, file=FILE, hint="install ebrochure again")
    letters = facts.typeface
    for name in (letters.regular, letters.bold):
        if not read_head(folder / name, name).startswith(_LETTERS):
            message = f"`{name}` is no typeface that browsers read"
            raise SettingsError.one(
                "BRAND_TYPEFACE", message, file=FILE, hint="use a .woff2, .ttf or .otf file"
            )
    return Typeface(letters.family, folder / letters.regular, folder / letters.bold)


def _adjusted(change: Change) -> Finding:
    what = {"link": "links", "focus": "the focus ring"}[change.role]
    message = (
        f"`{change.given}` has a contrast of {change.ratio:.1f}:1 on the page, "
        f"so {what} take `{change.used}` ({change.wanted:.1f}:1 is aimed at)"
    )
    hint = "nothing to do; the colour itself is kept for fills"
    return Finding("BRAND_ADJUSTED", Level.INFO, message, FILE, None, hint)
