"""What can be found on a page, and where each piece of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

from ebrochure.model.writing import clock, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ebrochure.model.captions import Cue
    from ebrochure.model.page import Page, PageVideo

_LONGEST_CHARS = 160
"""Where a machine's captions have no full stops, a passage ends after the phrase that passes this."""
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟۔][\"'”’»)]*\s*$")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…؟۔])\s+|(?<=[。！？])")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "pre", "blockquote", "br", "div"})
_CELLS = frozenset({"td", "th"})


class PassageKind(StrEnum):
    """Where a passage comes from."""

    TITLE = "title"
    SUMMARY = "summary"
    HEADING = "heading"
    SECTION = "section"
    GLOSSARY = "glossary"
    SPOKEN = "spoken"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or so that can be found, with the place it is at."""

    kind: PassageKind
    link: str
    """From the service's page: ``?t=83#video-explainer``, ``#goals``, or empty for its top."""
    text: str
    moment: str = ""
    """Where it is in its video, as it is read: ``1:23``; empty where it is in none."""


def passages_of(page: Page) -> tuple[Passage, ...]:
    """Return all that can be found on `page`, in its order."""
    return tuple(passage for passage in _found_on(page) if passage.text.strip())


def _found_on(page: Page) -> Iterator[Passage]:
    yield Passage(PassageKind.TITLE, "", page.title)
    yield Passage(PassageKind.SUMMARY, "", page.summary or "")
    for video in page.videos:
        yield from _of_video(video)
    for section in page.sections:
        link = f"#{quote(section.anchor)}"
        yield Passage(PassageKind.HEADING, link, section.heading)
        for text in _sentences(_blocks(section.body_html)):
            yield Passage(PassageKind.SECTION, link, text)
    for item in page.glossary:
        yield Passage(PassageKind.GLOSSARY, "#glossary", f"{item.term}: {item.meaning}")


def _of_video(video: PageVideo) -> Iterator[Passage]:
    anchor = f"#video-{quote(video.id)}"
    yield Passage(PassageKind.HEADING, anchor, video.title)
    for paragraph in video.transcript:
        for cues in _spoken_sentences(paragraph):
            start_ms = cues[0].time.start_ms
            text = joined(tuple(cue.text for cue in cues))
            yield Passage(PassageKind.SPOKEN, f"?t={start_ms // 1000}{anchor}", text, clock(start_ms))
    for slide in video.slides:
        at_ms = slide.shown_at_ms
        link = f"{anchor}_slides" if at_ms is None else f"?t={at_ms // 1000}{anchor}"
        for line in slide.text.splitlines() or [slide.alt]:
            yield Passage(PassageKind.SLIDE, link, line, "" if at_ms is None else clock(at_ms))


def _spoken_sentences(cues: Iterable[Cue]) -> Iterator[Sequence[Cue]]:
    """Join captions to sentences, each beginning with a caption and so with a moment that is known."""
    sentence: list[Cue] = []
    for cue in cues:
        sentence.append(cue)
        length_chars = sum(len(part.text) for part in sentence)
        if _ENDS_SENTENCE.search(cue.text) or length_chars > _LONGEST_CHARS:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _sentences(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        yield from (text for text in _BETWEEN_SENTENCES.split(" ".join(block.split())) if text)


def _blocks(html: str) -> list[str]:
    reader = _BlockReader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).split("\n\n")


class _BlockReader(HTMLParser):
    """Reads the words of HTML that we made, a blank line between its blocks.

    The meanings of terms are left out: they stand in the middle of sentences, and the glossary has them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside_meaning = 0
        """Elements that are open from a meaning on, itself included."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside_meaning or any(name == "popover" for name, _value in attrs):
            self._inside_meaning += 1
        else:
            self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside_meaning:
            self._inside_meaning -= 1
        else:
            self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside_meaning:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _CELLS:
            self.parts.append(" ")
