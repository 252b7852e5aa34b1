"""Where text that is written without spaces may be broken: between phrases, by the rules of its script.

A small model that comes with `budoux` knows the phrases of Japanese, Chinese and Thai; in Lao, Khmer
and Myanmar a line may end after any whole sign. Everywhere kinsoku has the last word: no line starts
with a closing mark or a small kana, none ends with an opening bracket.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ebrochure.model.writing import is_unspaced, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budoux.parser import Parser

MAX_COLUMNS = 24
"""A longer phrase may be broken inside, so that a line can always be filled."""

_NEVER_FIRST = frozenset(
    "、。，．,.・：；:;？！?!）)」』】〉》〕］]｝}〙〗”’»ー…‥〜～％%℃°々ゝゞヽヾ〻ぁぃぅぇぉっゃゅょゎゕゖ"
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ。｡､｣ๆฯ។៕៖ໆຯ၊။"
)
"""Source: JIS X 4051 and W3C *Requirements for Japanese Text Layout*, line-start prohibition."""
_NEVER_LAST = frozenset("（(「『【〈《〔［[｛{〘〖“‘«￥＄£€$№＃#｢เแโใไເແໂໃໄ\u17d2\u1039")
"""Line-end prohibition; the vowels of Thai and Lao are written before the consonant they follow, and
Khmer and Myanmar have a sign that puts the next consonant under the last."""

_THAI, _HAN = range(0x0E00, 0x0E80), "CJK UNIFIED"


def phrases(text: str, *, language: str) -> tuple[str, ...]:
    """Return `text`, which has no spaces, cut wherever a line may end; joined it is `text` again.

    Args:
        text: One run of signs without white space.
        language: BCP 47 tag; decides between Simplified and Traditional, and reads Han without kana.
    """
    if not any(map(is_unspaced, text)):
        return (text,)
    found: list[str] = []
    for phrase in _modelled(text, language):
        for piece in _pieces(phrase):
            if found and not _may_part(found[-1], piece):
                found[-1] += piece
            else:
                found.append(piece)
    return tuple(found)


def _modelled(text: str, language: str) -> list[str]:
    name = _model_of(text, language)
    return list(_parser(name).parse(text)) if name else [text]


def _model_of(text: str, language: str) -> str | None:
    tag = language.casefold()
    if any(ord(char) in _THAI for char in text):
        return "th"
    if tag.startswith("ja") or any(
        unicodedata.name(char, "").startswith(("HIRAGANA", "KATAKANA")) for char in text
    ):
        return "ja"
    if any(unicodedata.name(char, "").startswith(_HAN) for char in text):
        is_traditional = any(part in {"hant", "tw", "hk", "mo"} for part in tag.split("-"))
        return "zh-hant" if is_traditional else "zh-hans"
    return None


@lru_cache
def _parser(name: str) -> Parser:
    import budoux  # noqa: PLC0415  reads its model; only text without spaces needs it

    return {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }[name]()


def _pieces(phrase: str) -> Iterator[str]:
    """Yield `phrase`, or where it is too long, its signs with the marks on them."""
    if text_width(phrase) <= MAX_COLUMNS:
        yield phrase
        return
    sign = ""
    for char in phrase:
        if sign and not unicodedata.category(char).startswith("M"):
            yield sign
            sign = ""
        sign += char
    yield sign


def _may_part(left: str, right: str) -> bool:
    """Tell whether a line may end between two neighbours."""
    a, b = left[-1], right[0]
    if b in _NEVER_FIRST or a in _NEVER_LAST or unicodedata.category(b).startswith("M"):
        return False
    return is_unspaced(a) or is_unspaced(b)
