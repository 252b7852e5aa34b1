"""The approved script: what is to be said, by whom, under which heading, with which slide."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ebrochure.transcribe.markup import without_emphasis, without_markup
from ebrochure.transcribe.sentences import split_sentences
from ebrochure.transcribe.tables import SPOKEN_COLUMN, TABLE_RULE, table_cells

HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$")
RULE = re.compile(r"^ {0,3}(?:[-*_=][ \t]*){3,}$")
ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+|^[ \t]*>[ \t]?")
SPEAKER = re.compile(
    r"^(?:\*\*([^*:]{1,40}):\*\*|\*\*([^*:]{1,40})\*\*:|([A-Z][A-Z.'\u2019\- ]{1,38}[A-Z.]):)(?=\s|$)"
)
VOICE_OVER = re.compile(r"^(?:\*\*)?(?:V/?O|V\.O\.)(?:\*\*:|:\*\*|:)(?=\s)")
NOT_SPEAKERS = frozenset({"NOTE", "NB", "TIP", "WARNING", "IMPORTANT", "FAQ", "Q", "A", "PS"})
CALLED = re.compile(r"^([A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,2}):(?=\s)")
"""A name in ordinary letters before a colon; a speaker only where two such names take turns."""

NUMERAL = re.compile(r"^(?:[IVXLC]{1,7}|\d{1,3})[.)]?$")
"""A line that numbers what follows, as over a stanza: words of their own, not of the next sentence."""

ASIDE_LINE = re.compile(r"^\([^()]*\)$")
"""A line that is nothing but a bracket, ``(smiles)``: for the speaker, as square brackets are."""
ASIDE_FIRST = re.compile(r"^\s*\([^()]*\)(?=\s)")
"""The same right after the speaker's name, as in a screenplay: ``PRIYA: (smiles) Hello``."""

VERSE_LINES, VERSE_CHARS = 3, 64
"""Lines from which on short lines are taken for verse or a list without marks, and how short."""

BRACKETS = re.compile(r"(?:(?<=\s)|^)\[([^\[\]]*)\]|(?<=\S)\[([^\[\]]*[^\[\]a-z][^\[\]]*)\]")
"""A stage direction; small letters in brackets at the end of a word are part of it: ``file[s]``."""

ASIDE = "\ue000"
"""Stands for a bracket while sentences are found; from Unicode's private area, so no script has it."""

SLIDE = re.compile(r"^slides?\s*[:#]?\s*(\d{1,4})\b", re.IGNORECASE)
SOUNDS = re.compile(
    r"\b(?:music|applau\w+|laugh\w*|rings?|ringing|beeps?|beeping|bell|chimes?|buzz\w*|knock\w*|clap\w*"
    r"|siren|alarm|cheer\w*|phone|click\w*|typing|door)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ScriptSentence:
    """One sentence as it will be shown."""

    text: str
    """To the letter, white space as single spaces, Markdown's own marks taken off."""
    line: int
    """Line of the script that its paragraph starts on, from 1."""
    heading: str | None = None
    """Heading that this sentence is the first under, or None."""
    speaker: str | None = None
    """Who says it, once somebody was named."""


@dataclass(frozen=True, slots=True)
class Script:
    """An approved script, read."""

    sentences: tuple[ScriptSentence, ...]
    slide_marks: tuple[tuple[int, int], ...] = ()
    """``(slide number from 1, index of the sentence that it comes with)``."""
    sounds: tuple[tuple[int, str], ...] = ()
    """``(index of the sentence that it precedes, text)`` of each sound: ``phone rings``."""


@dataclass(slots=True)
class _Reader:
    """What is known half-way through a script."""

    sentences: list[ScriptSentence]
    slide_marks: list[tuple[int, int]]
    sounds: list[tuple[int, str]]
    paragraph: list[str]
    line: int = 1
    heading: str | None = None
    speaker: str | None = None
    names: frozenset[str] = frozenset()
    """Who speaks, of those whose names stand in ordinary letters."""
    column: int | None = None
    """Which cell of the table that is being read is spoken; None: all, or no table."""
    in_table: bool = False

    def close(self) -> None:
        """Turn the paragraph read so far into sentences."""
        lines, self.paragraph = self.paragraph, []
        for text in lines if _is_verse(lines) else [" ".join(lines)]:
            self._read(text)

    def _read(self, text: str) -> None:
        """Turn running text into sentences."""
        directions: list[str] = []

        def set_aside(match: re.Match[str]) -> str:
            directions.append((match.group(1) or match.group(2) or "").strip())
            return f" {ASIDE}{len(directions) - 1} "

        for sentence in split_sentences(without_emphasis(BRACKETS.sub(set_aside, text))):
            words = [token for token in sentence.split() if not token.startswith(ASIDE)]
            for token in sentence.split():
                if token.startswith(ASIDE):
                    self._mark(directions[int(token[len(ASIDE) :])])
            self._add(" ".join(words))

    def _mark(self, direction: str) -> None:
        """Note what a bracket asks for: a slide, a sound, or something only the speaker needs."""
        if slide := SLIDE.match(direction):
            self.slide_marks.append((int(slide.group(1)), len(self.sentences)))
        elif SOUNDS.search(direction):
            self.sounds.append((len(self.sentences), direction))

    def _add(self, text: str) -> None:
        """Add one sentence; signs without any word belong to the sentence before."""
        if any(char.isalnum() for char in text):
            self.sentences.append(ScriptSentence(text, self.line, self.heading, self.speaker))
            self.heading = None
        elif text and self.sentences:
            last = self.sentences.pop()
            self.sentences.append(replace(last, text=f"{last.text} {text}"))


def parse_script(text: str) -> Script:
    """Read a script in Markdown or plain text.

    Headings name chapters and are not spoken. ``[slide 3]`` marks where a slide comes on, ``[phone rings]``
    a sound; every other bracket is a stage direction and dropped; so are round ones on a line of their own
    or right after a name. ``PRIYA:`` at the start of a line names the speaker from there on, as do ``VO:``
    and, where two such names take turns, ``Priya:``. Lines of verse are sentences. Of a table with a column
    for the words (``| Picture | Narration |``) that column is spoken, of any other every cell. What else
    Markdown and HTML put around words is taken off.
    """
    text = without_markup(text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff").replace(ASIDE, "")
    reader = _Reader([], [], [], [], names=_names_in(text))
    for number, line in enumerate(text.split("\n"), start=1):
        _read_line(reader, line, number)
    reader.close()
    return Script(tuple(reader.sentences), _in_range(reader), tuple(reader.sounds))


def _read_line(reader: _Reader, line: str, number: int) -> None:
    """Take in one line."""
    if cells := table_cells(line):
        _read_row(reader, cells, number)
        return
    reader.in_table = False
    heading = HEADING.match(line)
    if heading or RULE.match(line) or not line.strip() or ASIDE_LINE.match(line.strip()):
        reader.close()
        if heading:
            reader.heading = without_emphasis(BRACKETS.sub("", heading.group(1))).strip() or None
        return
    named = _named(line, reader.names)
    is_numeral = NUMERAL.match(line.strip()) is not None
    if ITEM.match(line) or named or is_numeral:
        reader.close()
        line = line if is_numeral else ITEM.sub("", line)
    if named:
        reader.speaker, length = named
        line = ASIDE_FIRST.sub("", line[length:])
    if not reader.paragraph:
        reader.line = number
    reader.paragraph.append(line.strip())
    if is_numeral:
        reader.close()


def _named(line: str, names: frozenset[str]) -> tuple[str, int] | None:
    """Return whom a line names as its speaker, and how much of the line that takes."""
    if found := VOICE_OVER.match(line):
        return "Voice-over", found.end()
    if found := SPEAKER.match(line):
        name = next((part for part in found.groups() if part), "")
        if name and name not in NOT_SPEAKERS:
            return name.title() if name.isupper() else name, found.end()
    if (found := CALLED.match(line)) and found.group(1) in names:
        return found.group(1), found.end()
    return None


def _names_in(text: str) -> frozenset[str]:
    """Return the names in ordinary letters that open lines at least twice, if there are at least two.

    One alone is a label: ``Note:``, ``Remember:``.
    """
    counts = Counter(found.group(1) for line in text.split("\n") if (found := CALLED.match(line)))
    names = {name for name, count in counts.items() if count > 1 and name.upper() not in NOT_SPEAKERS}
    return frozenset(names) if len(names) > 1 else frozenset()


def _is_verse(lines: list[str]) -> bool:
    """Tell whether each line stands for itself: short ones, each with a capital, most without a full stop."""
    if len(lines) < VERSE_LINES or max(map(len, lines)) > VERSE_CHARS:
        return False
    opens = all(line.lstrip("\"'\u201c\u2018([*_")[:1].isupper() for line in lines)
    ends = sum(line.rstrip("\"'\u201d\u2019)]*_").endswith((".", "!", "?")) for line in lines)
    return opens and 2 * ends < len(lines)


def _read_row(reader: _Reader, cells: tuple[str, ...], number: int) -> None:
    """Take in a row of a table; the first row names its columns if one of them is for the words."""
    if not reader.in_table:
        reader.close()
        reader.in_table = True
        reader.column = next((at for at, cell in enumerate(cells) if SPOKEN_COLUMN.match(cell)), None)
        if reader.column is not None:
            return
    if all(TABLE_RULE.match(cell) for cell in cells):
        return
    spoken = cells if reader.column is None else cells[reader.column : reader.column + 1]
    for cell in spoken:
        reader.line = number
        reader.paragraph.append(cell)
        reader.close()


def _in_range(reader: _Reader) -> tuple[tuple[int, int], ...]:
    """Return the slide marks that precede a sentence; one after the last comes with the last."""
    last = len(reader.sentences) - 1
    return tuple((number, min(index, last)) for number, index in reader.slide_marks) if last >= 0 else ()
