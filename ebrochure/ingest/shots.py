"""The words in which a storyboard is written by hand: from when on, and what is seen.

at:    0:12 | 0:12.500 | 1:02:03 | words as they are spoken there
show:  presenter | slide 3 | slide 3 window | slide 3 wide | slide 3 full | audiogram | cut
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import PlainValidator

from ebrochure.ingest.fields import as_typed, shown, wrong
from ebrochure.ingest.schema import Document, nearest
from ebrochure.ingest.text import one_line
from ebrochure.model.findings import Finding, Level
from ebrochure.model.storyboard import Framing, RecordingView, SlideView, View
from ebrochure.model.writing import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.model.storyboard import Shot

_TIME = re.compile(r"(?:(\d{1,2}):(?=\d\d:))?(\d{1,3}):([0-5]\d)(?:\.(\d{1,3}))?")
_SLIDE = re.compile(r"slide\s*(\d{1,4})(?:\s+(\S.*))?")
_MOST_WORDS = 200
"""Characters of a quotation: a sentence is enough to find a place."""
_MINUTES = 60

_VIEWS: dict[str, View] = {
    "presenter": RecordingView.FOOTAGE,
    "footage": RecordingView.FOOTAGE,
    "audiogram": RecordingView.AUDIOGRAM,
    "cut": RecordingView.CUT,
}
_FRAMINGS = {
    **{str(framing): framing for framing in Framing},
    "side-by-side": Framing.WIDE,
    "full-screen": Framing.FULL,
    "fullscreen": Framing.FULL,
    "full screen": Framing.FULL,
}


def parse_moment(value: object) -> int | str:
    """Return a time in milliseconds, or the words that are spoken there.

    Raises:
        PydanticCustomError: It is neither.
    """
    text = one_line(as_typed(value))
    if found := _TIME.fullmatch(text):
        hours, minutes, seconds, fraction = found.groups()
        if hours is None or int(minutes) < _MINUTES:
            whole_s = (int(hours or 0) * _MINUTES + int(minutes)) * 60 + int(seconds)
            return whole_s * 1000 + int((fraction or "").ljust(3, "0"))
    if not any(sign.isalpha() for sign in text):
        hint = "minutes, a colon and two digits of seconds, with `.5` behind them where it must be exact"
        message = f"expected a time such as `0:12` or the words spoken there, got {shown(text)}"
        raise wrong("META_TYPE", message, hint)
    if len(text) > _MOST_WORDS:
        message = f"{len(text)} characters are too many; at most {_MOST_WORDS} fit"
        raise wrong("META_TOO_LONG", message, "the first words are enough to find the place")
    return text


def parse_view(value: object) -> View:
    """Return what is to be seen.

    Raises:
        PydanticCustomError: Nobody knows what is meant.
    """
    text = one_line(as_typed(value)).casefold()
    view = _view_of(text)
    if view is None:
        guess = _guess(text)
        expected = "`presenter`, `slide 3`, `slide 3 full`, `slide 3 wide`, `audiogram` or `cut`"
        hint = None if guess is None else f"did you mean `{guess}`?"
        raise wrong("META_TYPE", f"expected {expected}, got {shown(text)}", hint)
    return view


def _view_of(text: str) -> View | None:
    """Return the view that `text` names; None: it names none."""
    found = _SLIDE.fullmatch(text)
    if found is None:
        return _VIEWS.get(text)
    number, framing = found.groups()
    if framing is not None and framing not in _FRAMINGS:
        return None
    return SlideView(int(number), None if framing is None else _FRAMINGS[framing])


def _guess(text: str) -> str | None:
    """Return what `text` was probably meant to be, word by word."""
    known = ("slide", *_VIEWS, *Framing)
    words = [word if word.isdigit() else nearest(word, known) or word for word in text.split()]
    meant = " ".join(words)
    if _view_of(meant) is not None:
        return meant
    return f"{meant} 1" if words == ["slide"] else None


class ShotFacts(Document):
    """One entry of a storyboard by hand."""

    at: Annotated[int | str, PlainValidator(parse_moment)]
    show: Annotated[View, PlainValidator(parse_view)]


def shot_findings(shots: Sequence[Shot], slides: Sequence[int], *, file: str) -> Iterator[Finding]:
    """Say what is wrong with a storyboard by hand, as far as it is known before anybody listens.

    Args:
        shots: The storyboard.
        slides: Numbers of the slides there are.
        file: Where it is written.
    """
    before_ms = -1
    for shot in shots:
        if isinstance(shot.view, SlideView) and shot.view.number not in slides:
            message = f"there is no slide {shot.view.number}"
            hint = (
                f"slides {slides[0]} to {slides[-1]} belong to this recording"
                if slides
                else "put `slides.pdf` into the folder, or name a deck under `slides:`"
            )
            yield Finding("BOARD_SLIDE", Level.ERROR, message, file, shot.line, hint)
        if isinstance(shot.at, int):
            if shot.at <= before_ms:
                message = f"`{clock(shot.at)}` does not come after `{clock(before_ms)}` above it"
                hint = "entries stand in the order of the footage"
                yield Finding("BOARD_TIME", Level.ERROR, message, file, shot.line, hint)
            before_ms = max(before_ms, shot.at)
