"""What is said where something else is written: £7,500, 25 %, EPC, v2.1, www.example.org/apply."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from ebrochure.transcribe.numerals import Spoken, cardinal, digits, ordinal, whole

MAX_FORMS = 8
"""Ways of saying one token that are worth trying."""

CURRENCIES = {
    "£": ("pound", "pounds", "pence"), "$": ("dollar", "dollars", "cents"), "€": ("euro", "euros", "cents"),
}  # fmt: skip
SYMBOLS: dict[str, tuple[Spoken, ...]] = {
    "&": (("and",),), "%": (("percent",),), "+": (("plus",),), "=": (("equals",),), "@": (("at",),),
    "#": (("hash",), ("number",)), "/": ((), ("slash",), ("or",)), "°": (("degrees",),),
    "\u00d7": (("times",), ("by",)), "-": ((), ("dash",)), "\u2013": ((), ("to",)), "—": ((),),
    "_": ((), ("underscore",)), ".": (("dot",),), ":": ((), ("colon",)), "~": (("about",), ("tilde",)),
}  # fmt: skip
SAID_ALONE = frozenset("&%+=@#")
"""Signs that are said where they stand between spaces; a dash there is a pause."""

UNITS = {
    "km": "kilometres", "m": "metres", "cm": "centimetres", "mm": "millimetres", "kg": "kilos", "g": "grams",
    "kwh": "kilowatt hours", "kw": "kilowatts", "mb": "megabytes", "gb": "gigabytes", "kb": "kilobytes",
    "tb": "terabytes", "ms": "milliseconds", "s": "seconds", "h": "hours", "min": "minutes", "am": "a m",
    "pm": "p m", "mph": "miles an hour", "hz": "hertz", "khz": "kilohertz", "x": "times", "p": "pence",
    "°c": "degrees", "st": "", "k": "thousand", "bn": "billion", "l": "litres", "ml": "millilitres",
}  # fmt: skip
MAGNITUDES = {"k": "thousand", "m": "million", "bn": "billion", "million": "million", "billion": "billion"}
WORDS = {
    "mr": "mister", "mrs": "missus", "dr": "doctor", "st": "saint", "vs": "versus", "etc": "etcetera",
    "eg": "for example", "ie": "that is", "approx": "approximately", "dept": "department",
}  # fmt: skip

ADDRESS = re.compile(
    r"^(?:https?://|mailto:|www\.)|^[\w.+-]+@[\w-]+\.|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}(?:/|$)", re.IGNORECASE
)
NUMBER = re.compile(
    r"^(?P<sign>[-\u2212+])?(?P<money>[£$€])?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<unit>[^\d.,]*)$"
)
TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(am|pm)?$", re.IGNORECASE)
VERSION = re.compile(r"^[vV]?(\d+(?:\.\d+)+)$")
ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$", re.IGNORECASE)
PIECES = re.compile(r"[A-Za-z']+|\d[\d,]*(?:\.\d+)?|[^\sA-Za-z\d]")
CAMEL = re.compile(r"[A-Z]?[a-z']+|[A-Z]+(?![a-z])")


def spoken_forms(token: str) -> tuple[Spoken, ...]:
    """Return the ways in which a written token may be said, likeliest first; empty where nothing is said.

    Words come out in lower case, ASCII letters and apostrophes only. A single letter is its name.
    """
    core = _folded(token).strip("\"'\u201c\u201d\u2018\u2019()[]{}<>.,;:!?…*")
    if not any(char.isalnum() for char in core):
        return SYMBOLS[token] if token in SAID_ALONE else ()
    return tuple(dict.fromkeys(form for form in _forms(core) if form))[:MAX_FORMS]


def _forms(core: str) -> tuple[Spoken, ...]:
    """Decide what kind of token this is."""
    if core.replace(".", "").lower() in WORDS:
        core = core.replace(".", "")
    if core.replace("'", "").isalpha():
        return _word(core)
    if ADDRESS.match(core) and not NUMBER.match(core):
        return _address(core)
    return _figures(core) or _mixed(core)


def _figures(core: str) -> tuple[Spoken, ...]:
    """Say a time, a place in an order, a version or a number; nothing where it is none of them."""
    if found := TIME.match(core):
        return _time(*found.groups())
    if found := ORDINAL.match(core):
        return (ordinal(int(found.group(1))),)
    if (found := VERSION.match(core)) and (core[0] in "vV" or core.count(".") > 1):
        return _version(core, found.group(1))
    found = NUMBER.match(core)
    return _number(found) if found else ()


def _word(core: str) -> tuple[Spoken, ...]:
    """Say letters: a word, an acronym, or several words run together."""
    low = core.lower()
    forms: list[Spoken] = []
    if low in WORDS:
        forms.append(tuple(WORDS[low].split()))
    letters = core[:-1] if core.endswith("s") and core[:-1].isupper() else core.replace("'", "")
    if letters.isupper() and 1 < len(letters) <= 6:  # noqa: PLR2004  longer capitals are shouted words
        names = tuple(letters.lower())
        forms.append(names if letters == core else (*names[:-1], f"{names[-1]}'s"))
    parts = CAMEL.findall(core)
    if len(parts) > 1 and any(part[0].isupper() for part in parts[1:]):
        forms.append(tuple(word for part in parts for word in _word(part)[0]))
    forms.append((low,))
    return tuple(forms)


def _number(found: re.Match[str]) -> tuple[Spoken, ...]:
    """Say a number with its sign, currency, decimals and unit."""
    unit = found["unit"].lower()
    if unit and unit not in {*UNITS, *MAGNITUDES, "%", "°", "+", "s"}:
        return _mixed(found.string)
    sign: tuple[Spoken, ...] = {"-": (("minus",), ()), "\u2212": (("minus",),), "+": (("plus",),)}.get(
        found["sign"] or "", ((),)
    )
    if found["money"]:
        return _flat([sign, _money(found["money"], found["whole"], found["part"], unit)])
    amounts = whole(found["whole"])
    if found["part"]:
        amounts = _flat([amounts, (("point",),), digits(found["part"])])
    return _flat([sign, amounts, _unit(unit)])


def _unit(unit: str) -> tuple[Spoken, ...]:
    """Say what follows a number without a space."""
    if not unit:
        return ((),)
    if unit in SYMBOLS:
        return SYMBOLS[unit]
    said = UNITS.get(unit) or MAGNITUDES.get(unit, "")
    forms: list[Spoken] = [tuple(said.split())]
    if said.endswith("s"):
        forms.append(tuple(said[:-1].split()))
    if unit in MAGNITUDES:
        forms.insert(0, (MAGNITUDES[unit],))
    return tuple(forms)


def _money(sign: str, whole_part: str, part: str | None, unit: str) -> tuple[Spoken, ...]:
    """Say an amount of money: "one pound fifty", "three million pounds"."""
    one, many, small = CURRENCIES[sign]
    amounts = whole(whole_part)
    if unit in MAGNITUDES:
        decimals: tuple[Spoken, ...] = ((),) if part is None else _flat([(("point",),), digits(part)])
        return _flat([amounts, decimals, ((MAGNITUDES[unit],),), ((many,), ())])
    named: tuple[Spoken, ...] = ((one,),) if whole_part == "1" else ((many,),)
    if part is None or not int(part):
        return _flat([amounts, named])
    pence = cardinal(int(part.ljust(2, "0")[:2]))
    return (
        *_flat([amounts[:2], named, (pence, (*pence, small))]),
        *_flat([amounts[:1], (("point",),), digits(part), named]),
    )


def _time(hour: str, minute: str, half: str | None) -> tuple[Spoken, ...]:
    """Say a time of day."""
    low = int(minute)
    late: tuple[Spoken, ...] = (cardinal(low),)
    if low == 0:
        late = ((), ("hundred",), ("o'clock",))
    elif low < 10:  # noqa: PLR2004
        late = (("oh", *cardinal(low)), ("point", "zero", *cardinal(low)))
    else:
        late = (cardinal(low), ("point", *(word for char in minute for word in cardinal(int(char)))))
    return _flat([(cardinal(int(hour)),), late, _unit((half or "").lower())])


def _version(core: str, figures: str) -> tuple[Spoken, ...]:
    """Say a version: its figures with "point" or "dot" between them, "version" before where v is written."""
    front: tuple[Spoken, ...] = (("version",), ("v",)) if core[0] in "vV" else ((),)
    groups = [whole(figure)[0] for figure in figures.split(".")]
    spoken = [
        tuple(word for index, group in enumerate(groups) for word in ((mark, *group) if index else group))
        for mark in ("point", "dot")
    ]
    return _flat(
        [
            front,
            tuple(spoken),
        ]
    )


def _address(core: str) -> tuple[Spoken, ...]:
    """Say a web or mail address; the protocol is left out."""
    core = re.sub(r"^(?:https?://|mailto:)", "", core).rstrip("/")
    marks = {".": ("dot",), "/": ("slash",), "@": ("at",), "-": ("dash",), "_": ("underscore",)}
    full: list[str] = []
    for piece in PIECES.findall(core):
        if piece.lower() == "www":
            full += ["w", "w", "w"]
        elif piece in marks:
            full += marks[piece]
        elif piece[0].isalnum():
            full += _forms(piece)[0]
    hyphenated = tuple("hyphen" if word == "dash" else word for word in full)
    without = tuple(full[4:]) if full[:4] == ["w", "w", "w", "dot"] else tuple(full)
    return (tuple(full), without, hyphenated)


def _mixed(core: str) -> tuple[Spoken, ...]:
    """Say letters, figures and signs that are written without a space: draught-proofing, 24/7, B2B."""
    choices: list[tuple[Spoken, ...]] = []
    pieces = PIECES.findall(core)
    for index, piece in enumerate(pieces):
        if piece[0].isalpha() and piece.isupper() and len(piece) == 1:
            choices.append(((piece.lower(),),))
        elif piece[0].isalnum():
            choices.append(_forms(piece)[:3] if piece != core else ((piece.lower(),),))
        elif piece in "-\u2013" and 0 < index < len(pieces) - 1 and pieces[index - 1][0].isdigit():
            choices.append((("to",), (), ("dash",)))
        else:
            choices.append(SYMBOLS.get(piece, ((),))[:2])
    return _flat(choices)


def _flat(choices: list[tuple[Spoken, ...]]) -> tuple[Spoken, ...]:
    """Combine the choices for each part to ways of saying the whole, likeliest first, at most `MAX_FORMS`."""
    ways: list[tuple[Spoken, int]] = [((), 0)]
    for options in choices:
        joined = [
            ((*said, *option), rank + place)
            for (said, rank), (place, option) in product(ways, enumerate(options or ((),)))
        ]
        ways = sorted(joined, key=lambda way: way[1])[:MAX_FORMS]
    return tuple(said for said, _rank in ways)


def _folded(text: str) -> str:
    """Take accents off and straighten apostrophes and dashes: the dictionary is plain ASCII."""
    text = text.replace("\u2019", "'").replace("\u2018", "'").replace("\u2011", "-").replace("\u00ad", "")
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))
