"""How the files of an export are named, so that an edit that comes back is read without its cards."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_OURS = re.compile(r".+\.(card-[a-z0-9-]+\.mp4|still-[a-z0-9-]+\.png)", re.IGNORECASE)
_LONGEST_NAME = 60


def card_name(video: str, card: str) -> str:
    """Return the name of a card's copy: ``explainer.card-intro.mp4``."""
    return f"{video}.card-{card}.mp4"


def still_name(video: str, still: str) -> str:
    """Return the name of a slide's, logo's or lower third's copy."""
    return f"{video}.still-{still}.png"


def is_ours(target: str) -> bool:
    """Tell whether a target is a file that an export made."""
    return any(_OURS.fullmatch(name) for name in names_of(target))


def target_of(path: PurePosixPath) -> str:
    """Return how an edit says where a file is, so that readers of paths and readers of addresses find it.

    Resolve takes it for a path and does not know ``file://``; Kdenlive takes it for an address. They
    mean the same but for three characters, which are written as in addresses.
    """
    return str(path).replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def names_of(target: str) -> tuple[str, ...]:
    """Return the file names that a target may mean, the likeliest first: as it stands, and as an address."""
    as_path = PurePosixPath(target.replace("\\", "/")).name
    try:
        as_address = PurePosixPath(unquote(urlsplit(target).path).replace("\\", "/")).name
    except ValueError:  # what looks like an address of a broken host
        as_address = unquote(as_path)
    return tuple(dict.fromkeys(name for name in (as_path, unquote(as_path), as_address) if name))


def plain_name(name: str) -> str:
    """Return a name that anybody may have written, fit for a report."""
    plain = "".join(letter if letter.isprintable() and letter != "`" else "?" for letter in name)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"


def folded(name: str) -> str:
    """Return a name as a person compares it: capitals and accents' spelling aside."""
    return unicodedata.normalize("NFC", name).casefold()
