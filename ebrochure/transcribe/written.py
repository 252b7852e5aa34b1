"""A token as it is written, made plain: ASCII letters and figures, no punctuation around."""

from __future__ import annotations

import re
import unicodedata

FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
SYMBOLS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "delta", "λ": "lambda", "μ": "mu", "π": "pie",
    "σ": "sigma", "Ω": "ohms", "ω": "omega", "√": "root", "∞": "infinity",
}  # fmt: skip
FOLDED = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l",
        "Ł": "L", "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th", "ı": "i",
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2011": "-", "\u2010": "-",
        "\u00ad": "", "\u200b": "", "\ufeff": "",
        "™": "", "®": "", "©": "", "…": " ", "\u2044": "/", "\u2015": "—",
    }
    | {letter: f" {name} " for letter, name in SYMBOLS.items()}
)  # fmt: skip
KEPT = frozenset("\u00b2\u00b3\u00b5") | FRACTIONS.keys()
"""Characters that Unicode would take apart into plain letters and figures of another meaning."""


EDGES = "\"'\u201c\u201d\u201e\u00ab\u00bb()[]{}.,;:!?…*"


def folded(text: str) -> str:
    """Take accents off and straighten apostrophes and dashes: the dictionary is plain ASCII."""
    kept = "".join(
        char if char in KEPT else unicodedata.normalize("NFKD", char.translate(FOLDED)) for char in text
    )
    figures = (str(unicodedata.decimal(char, char)) for char in kept)
    return "".join(char for char in figures if not unicodedata.combining(char))


def bare(text: str) -> str:
    """Take punctuation off a token; brackets that belong to it stay: ``file(s)``."""
    core = text.strip().strip(EDGES)
    if re.match(r"[\"'(]*\.[A-Za-z0-9]", text):
        core = f".{core}"
    if core.count("(") > core.count(")"):
        return f"{core})"
    return core[1:] if core[:1] in "<>" and not core[1:2].isdecimal() else core
