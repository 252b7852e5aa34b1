"""From one or two brand colours to the colours of everything, each light or dark enough to be read.

The brand's own colour is used untouched for fills. Where it would be text and is too faint, its
lightness is moved, in OKLCH, to the nearest value that passes; where that would be a visibly
different colour, the text takes the neutral one instead.
Source: WCAG 2.2, 1.4.3 (4.5:1), 1.4.6 (7:1) and 1.4.11 (3:1).
"""

from __future__ import annotations

from dataclasses import dataclass

from coloraide import Color

from ebrochure.model.brand import Roles

TEXT_AIM = 7.0
TEXT_MIN = 4.5
UI_MIN = 3.0
VISIBLE_SHIFT = 0.12
"""OKLab distance from which a moved colour is no longer the brand's."""

_WHITE, _BLACK, _NEAR_BLACK = "#ffffff", "#000000", "#111111"


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the brand's colour could not be used as it is."""

    role: str
    given: str
    used: str
    ratio: float
    """Contrast of `given` on its ground."""
    wanted: float


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    return float(Color(one).contrast(other, method="wcag21"))


def light_roles(primary: str, second: str | None) -> tuple[Roles, tuple[Change, ...]]:
    """Return the colours for light grounds, and what was changed to reach them."""
    grounds = (_WHITE, _tint(primary, 0.97, 0.012))
    text = _tint(primary, 0.23, 0.02)
    link = _readable(primary, grounds, instead=text)
    roles = Roles(
        background=grounds[0],
        surface=grounds[1],
        text=text,
        text_muted=_moved(_tint(primary, 0.42, 0.02), grounds, TEXT_AIM) or text,
        link=link,
        border=_moved(_tint(primary, 0.62, 0.02), grounds, UI_MIN) or text,
        focus=_moved(primary, grounds, UI_MIN) or text,
        accent=primary,
        on_accent=_text_on(primary),
        highlight=second or primary,
    )
    return roles, _changes(primary, roles, grounds)


def dark_roles(primary: str, second: str | None) -> Roles:
    """Return the colours for dark grounds: the same hue, lifted until it can be read."""
    grounds = (_tint(primary, 0.18, 0.014), _tint(primary, 0.235, 0.018))
    text = _tint(primary, 0.95, 0.008)
    accent = _moved(primary, grounds, UI_MIN) or text
    return Roles(
        background=grounds[0],
        surface=grounds[1],
        text=text,
        text_muted=_moved(_tint(primary, 0.8, 0.015), grounds, TEXT_AIM) or text,
        link=_moved(primary, grounds, TEXT_AIM) or text,
        border=_moved(_tint(primary, 0.52, 0.02), grounds, UI_MIN) or text,
        focus=_moved(primary, grounds, TEXT_MIN) or text,
        accent=accent,
        on_accent=_text_on(accent),
        highlight=_moved(second or primary, grounds, UI_MIN) or text,
    )


def _readable(colour: str, grounds: tuple[str, ...], *, instead: str) -> str:
    """Return `colour` as text: exact, moved a little, or `instead`."""
    worst = _worst(colour, grounds)
    if worst >= TEXT_AIM:
        return colour
    for wanted in (TEXT_AIM, TEXT_MIN):
        moved = _moved(colour, grounds, wanted)
        if moved is not None and _shift(colour, moved) <= VISIBLE_SHIFT:
            return moved
    return colour if worst >= TEXT_MIN else instead


def _changes(primary: str, roles: Roles, grounds: tuple[str, ...]) -> tuple[Change, ...]:
    worst = _worst(primary, grounds)
    asked = (("link", roles.link, TEXT_AIM), ("focus", roles.focus, UI_MIN))
    return tuple(
        Change(role, primary, used, worst, wanted) for role, used, wanted in asked if used != primary
    )


def _text_on(fill: str) -> str:
    """Return white or near-black, whichever is read better on `fill`; one of them reaches 4.5:1 on any."""
    best = max((_WHITE, _NEAR_BLACK), key=lambda text: contrast(text, fill))
    return best if contrast(best, fill) >= TEXT_MIN else _BLACK


def _tint(colour: str, lightness: float, chroma: float) -> str:
    """Return a near-grey of the hue of `colour`; a grey where it has none."""
    base = Color(colour).convert("oklch")
    grey = base["chroma"] < 0.01  # noqa: PLR2004  below it a hue is an accident of rounding
    tint = Color("oklch", [lightness, 0 if grey else chroma, 0 if grey else base["hue"]])
    return _hex(tint)


def _moved(colour: str, grounds: tuple[str, ...], wanted: float) -> str | None:
    """Return `colour` with the lightness nearest to its own that reaches `wanted` on all `grounds`."""
    if _worst(colour, grounds) >= wanted:
        return colour
    base = Color(colour).convert("oklch")
    darker = Color(grounds[0]).luminance() > 0.18  # noqa: PLR2004  where black and white contrast alike
    end = 0.0 if darker else 1.0
    near, far = base["lightness"], end
    if _worst(_at(base, far), grounds) < wanted:
        return None
    for _ in range(16):
        middle = (near + far) / 2
        near, far = (near, middle) if _worst(_at(base, middle), grounds) >= wanted else (middle, far)
    return _at(base, far)


def _at(base: Color, lightness: float) -> str:
    return _hex(Color("oklch", [lightness, base["chroma"], base["hue"]]))


def _hex(colour: Color) -> str:
    return str(colour.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True))


def _worst(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _shift(one: str, other: str) -> float:
    return float(Color(one).delta_e(other, method="ok"))
