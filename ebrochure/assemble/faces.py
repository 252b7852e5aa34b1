"""Which typeface has which letters: the brand's, and those of this machine that help it out.

A brand's typeface is cut for the brand's own script. What it lacks is taken from the fonts that the
machine has, found in the folders where systems keep them: a font for every script of the world would
weigh more than everything else that is installed, and each system comes with those of its readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from fontTools import unicodedata as scripts
from fontTools.ttLib import TTCollection, TTFont, TTLibError
from PIL import ImageFont

from ebrochure.errors import ProcessError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
"""Source: Freedesktop fontconfig's defaults, and Apple's "Where fonts are kept"."""
_COLLECTIONS = frozenset({".ttc", ".otc"})
_KINDS = frozenset({".ttf", ".otf"}) | _COLLECTIONS
_HAN = frozenset({"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"})
_PLAIN_STYLES = {True: frozenset({"bold", "w6"}), False: frozenset({"", "regular", "w3"})}
_UNWANTED = (
    "Serif",
    "Mono",
    "Italic",
    "Oblique",
    "Condensed",
    "Display",
    "Kufi",
    "Naskh",
    "Nastaliq",
    "Rashi",
)
"""In a font's name: kinds that do not go with a plain text face."""
_GENERAL = frozenset({"NotoSans", "DejaVuSans", "Arial Unicode", "LucidaGrande"})
"""Families that hold Latin, Greek and Cyrillic, and much else."""
_MOST_TRIED = 400
"""Fonts that are looked into for one text, the likeliest first."""
_REGIONS = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh": "SC"}
"""What the parts of a pan-Chinese font are called, by BCP 47 tag."""

_IGNORED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\s]")
"""Signs that steer others and are not seen themselves: joiners, variation selectors."""
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\uFE0F")
_CLUSTER = regex.compile(r"\X")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL = regex.compile(r"\p{Hangul}")


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file."""

    path: Path
    index: int = 0
    """Which face of a collection."""


Letters = tuple[Face, ...]
"""A brand's face, and after it those that stand in where it has no letter; never empty."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a face can draw."""

    signs: frozenset[int]
    """Unicode scalar values."""
    is_colour: bool
    strike_px: int | None = None
    """The one size that a font of pictures has; None: it is drawn at any."""


def clusters(text: str) -> list[str]:
    """Return what a reader takes for one letter each. Source: Unicode Annex 29, grapheme clusters."""
    return [match.group() for match in _CLUSTER.finditer(text)]


def wants_colour(cluster: str) -> bool:
    """Tell whether a cluster is an emoji rather than a letter."""
    return _EMOJI.search(cluster) is not None


def face_for(cluster: str, letters: Letters) -> Face | None:
    """Return the first face that draws all of a cluster; None where none does."""
    signs = {ord(sign) for sign in _IGNORED.sub("", cluster)}
    able = [face for face in letters if signs <= coverage(face).signs]
    if wants_colour(cluster):
        able.sort(key=lambda face: not coverage(face).is_colour)
    return able[0] if able else None


def lacking(text: str, letters: Letters) -> tuple[str, ...]:
    """Return what of `text` no face of `letters` draws as it should be, each cluster once."""
    return tuple(cluster for cluster in dict.fromkeys(clusters(text)) if not _is_drawn(cluster, letters))


def helped(letters: Letters, text: str, *, bold: bool, language: str) -> Letters:
    """Return `letters` with the faces of this machine that have what `text` needs beyond them.

    Args:
        letters: The brand's face.
        text: All that will be written.
        bold: Whether the letters are meant to be strong.
        language: BCP 47 tag; decides how Chinese characters that differ by country are drawn.

    """
    country = _country_of(text, language)
    found = letters
    for cluster in lacking(text, letters):
        if not _is_drawn(cluster, found):
            helper = _helper(cluster, bold=bold, language=country)
            found = found if helper is None or helper in found else (*found, helper)
    return found


@lru_cache(maxsize=64)
def open_face(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return a face at a size in pixels."""
    return ImageFont.truetype(face.path, size, index=face.index)


@cache
def coverage(face: Face) -> Coverage:
    """Return what a face can draw.

    Raises:
        ProcessError: It is no font that can be read.
    """
    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            signs = frozenset(font.getBestCmap() or ())
            if "CBLC" in font:
                strikes = [strike.bitmapSizeTable.ppemY for strike in font["CBLC"].strikes]
                return Coverage(signs, is_colour=True, strike_px=max(strikes))
            if "sbix" in font:
                return Coverage(signs, is_colour=True, strike_px=max(font["sbix"].strikes))
            if "COLR" in font and font["COLR"].version > 0:
                return Coverage(frozenset(), is_colour=True)  # paint graphs, which FreeType does not follow
            return Coverage(signs, is_colour="COLR" in font)
    except (TTLibError, OSError, ValueError, AssertionError) as error:
        raise ProcessError(
            f"the font `{face.path.name}` cannot be read", "use a whole .woff2, .ttf or .otf file"
        ) from error


def _is_drawn(cluster: str, letters: Letters) -> bool:
    """Tell whether `letters` draw a cluster, an emoji in colour."""
    face = face_for(cluster, letters)
    return face is not None and (not wants_colour(cluster) or coverage(face).is_colour)


@cache
def _helper(cluster: str, *, bold: bool, language: str) -> Face | None:
    """Return the face of this machine that suits a cluster best; in want of colours, one without."""
    for colour in (True, False) if wants_colour(cluster) else (False,):
        for face in _likeliest(cluster, bold=bold, language=language):
            found = _coverage_if_any(face)
            if found is not None and found.is_colour is colour and face_for(cluster, (face,)):
                return face
    return None


def _likeliest(cluster: str, *, bold: bool, language: str) -> Iterator[Face]:
    """Yield faces of this machine, by how well their names go with what is wanted."""
    script = scripts.script_name(scripts.script(cluster[0]))
    hint = "Emoji" if wants_colour(cluster) else "CJK" if script in _HAN else script.replace("_", "")

    def unlikely(path: Path) -> tuple[bool, ...]:
        family, _, style = path.stem.partition("-")
        return (
            hint not in path.stem and family not in _GENERAL,
            hint not in path.stem,
            any(word in path.stem for word in _UNWANTED),
            style.casefold() not in _PLAIN_STYLES[bold],
            not family.startswith("Noto"),
        )

    for path in sorted(_installed(), key=unlikely)[:_MOST_TRIED]:
        yield from _faces(path, region=_region(language))


def _coverage_if_any(face: Face) -> Coverage | None:
    """Return what a face can draw; None where it cannot be read: a machine's fonts are not the author's."""
    try:
        return coverage(face)
    except ProcessError:
        return None


@cache
def _faces(path: Path, *, region: str) -> tuple[Face, ...]:
    """Return the faces of a font file; of a collection, those for `region` first."""
    if path.suffix.lower() not in _COLLECTIONS:
        return (Face(path),)
    try:
        with TTCollection(path, lazy=True) as collection:
            names = [font["name"].getBestFamilyName() or "" for font in collection]
    except (TTLibError, OSError, ValueError):
        return ()
    order = sorted(range(len(names)), key=lambda index: region not in names[index].split())
    return tuple(Face(path, index) for index in order)


def _country_of(text: str, language: str) -> str:
    """Return the language that says how Chinese characters in `text` are drawn."""
    if _KANA.search(text):
        return "ja"
    return "ko" if _HANGUL.search(text) else language.casefold()


def _region(language: str) -> str:
    """Return what the part of a pan-Chinese font for `language` is called."""
    return next((region for tag, region in _REGIONS.items() if language.startswith(tag)), "SC")


@cache
def _installed() -> tuple[Path, ...]:
    """Return the font files of this machine, sorted."""
    folders = [Path(folder).expanduser() for folder in _FOLDERS]
    return tuple(
        sorted(
            path
            for folder in folders
            if folder.is_dir()
            for path in folder.rglob("*")
            if path.suffix.lower() in _KINDS and path.is_file()
        )
    )
