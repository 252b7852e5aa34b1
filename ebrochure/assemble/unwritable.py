"""What a machine's fonts cannot write: said in a finding, instead of showing empty boxes without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools import unicodedata as scripts

from ebrochure.assemble.faces import lacking, wants_colour
from ebrochure.assemble.look import look_for
from ebrochure.assemble.wrapping import tidy
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.brand import Brand

CODE = "LETTERS_MISSING"
_MOST_SHOWN = 8
_CJK = frozenset({"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"})


def letter_findings(
    brand: Brand, texts: Iterable[str | None], *, language: str, file: str
) -> tuple[Finding, ...]:
    """Return a finding where `texts` have letters that neither brand nor machine can draw.

    Args:
        brand: Its typeface comes first.
        texts: All that is written on cards and pictures of one recording.
        language: BCP 47 tag of the words.
        file: Where the texts come from, for the report.

    """
    text = tidy(" ".join(part for part in texts if part))
    missing = lacking(text, look_for(brand, (text,), language).regular)
    if not missing:
        return ()
    shown = " ".join(missing[:_MOST_SHOWN]) + (" …" if len(missing) > _MOST_SHOWN else "")
    packages = " ".join(sorted({_package(cluster) for cluster in missing}))
    return (
        Finding(
            CODE,
            Level.WARN,
            f"no font on this machine has `{shown}`, so the video shows empty boxes or plain signs for them",
            file,
            hint=f"install fonts that have them (Debian, Ubuntu: `apt install {packages}`) and build again",
        ),
    )


def _package(cluster: str) -> str:
    """Return the Debian package whose fonts have a cluster."""
    if wants_colour(cluster):
        return "fonts-noto-color-emoji"
    is_cjk = scripts.script_name(scripts.script(cluster[0])) in _CJK
    return "fonts-noto-cjk" if is_cjk else "fonts-noto-core"
