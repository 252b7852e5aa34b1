"""Six scripts about IT services and one talk without a script: what is written, and how each token is said.

A file in `texts/` or `talks/` has one sentence a line. `£7,500{seven thousand five hundred pounds}` is
written `£7,500` and said as in the braces; a token without braces is said as it stands. Headings,
`[stage directions]`, `- items` and `PRIYA:` are as in a script that somebody drops into a folder, and no part
of the sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent

READING = re.compile(r"(\S+?)\{([^{}]+)\}(\S*)")
LABEL = re.compile(r"^(?:([A-Z]{3,}): |- |\d\. )")
"""A speaker's name, or the mark of a list's item."""
NOT_SAID = ("#", "[")
"""First characters of a heading and of a stage direction."""

PLAIN = str.maketrans({"’": "'", "“": '"', "”": '"', "—": ",", "–": ","})
"""Signs that Flite knows only in ASCII."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence."""

    tokens: tuple[str, ...]
    """What is written, as whitespace divides it."""
    said: tuple[str, ...]
    """How each token is said: ASCII words in small letters, with the token's own punctuation."""
    speaker: str = ""
    """Who says it, where the script names somebody."""

    @property
    def text(self) -> str:
        """The sentence as written."""
        return " ".join(self.tokens)

    def first(self, count: int) -> Line:
        """Return the beginning of the sentence, as if the speaker had stopped there."""
        tokens, said = self.tokens[:count], self.said[:count]
        return replace(
            self,
            tokens=(*tokens[:-1], tokens[-1].rstrip(",;")),
            said=(*said[:-1], said[-1].rstrip(",;")),
        )


@dataclass(frozen=True, slots=True)
class Text:
    """One approved script."""

    name: str
    lines: tuple[Line, ...]
    """Its sentences, in order."""
    markdown: str
    """The script as a file would hold it: headings, slides, speakers, sentences running on."""


@lru_cache(maxsize=2)
def texts(folder: str = "texts") -> tuple[Text, ...]:
    """Return all scripts, or the `talks`: what people say who have none, with every um and false start."""
    paths = sorted((FOLDER / folder).glob("*.txt"))
    return tuple(read_text(path.stem, path.read_text("utf-8")) for path in paths)


def read_text(name: str, source: str) -> Text:
    """Read the format that the module's docstring describes."""
    rows = source.splitlines()
    lines: list[Line] = []
    speaker = ""
    for row in rows:
        if row.strip() and not row.startswith(NOT_SAID):
            label = LABEL.match(row)
            speaker = (label and label[1]) or speaker
            lines.append(read_line(LABEL.sub("", row), speaker))
    return Text(name, tuple(lines), _markdown(rows))


def read_line(source: str, speaker: str = "") -> Line:
    """Read one sentence with its readings in braces.

    Flite is given small letters only: it takes "Me" for Maine and the I of "Hello, I am" for "the first".

    Raises:
        ValueError: a token cannot be said in ASCII and has no reading.
    """
    bare = READING.sub(lambda found: f"{found[1]}{found[3]}", source)
    spoken = READING.sub(lambda found: f"{found[2].replace(' ', '_')}{found[3]}", source)
    said = tuple(token.replace("_", " ").translate(PLAIN).lower() for token in spoken.split())
    strange = [token for token in said if not token.isascii()]
    if strange:
        raise ValueError(f"`{strange[0]}` needs a reading in braces")
    return Line(tuple(bare.split()), said, speaker)


def _markdown(rows: list[str]) -> str:
    """Write the script as a file holds it; sentences of a paragraph run on, a label begins a new line."""
    out: list[str] = [""]
    for row in rows:
        bare = READING.sub(r"\1\3", row)
        if not bare or bare.startswith("#") or LABEL.match(bare) or not out[-1] or out[-1].startswith("#"):
            out.append(bare)
        else:
            out[-1] += f" {bare}"
    return "\n".join(out).strip() + "\n"
