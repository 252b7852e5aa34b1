"""What the author should know about the moments of the slides. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level
from ebrochure.model.writing import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.assemble.follow.deck import Followed
    from ebrochure.model.service import Slide
    from ebrochure.model.slidemark import SlideMark


def follow_findings(followed: Followed, slides: Sequence[Slide], *, footage: str) -> tuple[Finding, ...]:
    """Say which moments are guesses, which slides nobody speaks of, and that the footage shows them itself.

    Args:
        followed: What came of holding the deck against the talk.
        slides: The deck.
        footage: The recording as its author knows it.

    """
    if followed.is_foreign:
        return (_spread(footage),)
    names = {slide.number: _name(slide) for slide in slides}
    guessed = (_guessed(mark, names[mark.number], footage) for mark in followed.marks if not mark.is_sure)
    if followed.is_seen:
        return (_seen(footage), *guessed, *(_unseen(names[number], footage) for number in followed.unspoken))
    return (*guessed, *(_unspoken(number, names[number], footage) for number in followed.unspoken))


def _name(slide: Slide) -> str:
    title = " ".join((slide.title or "").split())
    return f"slide {slide.number} (`{title}`)" if title else f"slide {slide.number}"


def _guessed(mark: SlideMark, name: str, footage: str) -> Finding:
    message = f"{name} is shown from {clock(mark.start_ms)} of `{footage}`, which is a guess"
    return Finding("SLIDE_GUESSED", Level.INFO, message, footage, hint=_hint(mark.number))


def _unspoken(number: int, name: str, footage: str) -> Finding:
    message = f"{name} is never spoken of in `{footage}`, so it is on the page and not in the video"
    return Finding("SLIDE_UNSPOKEN", Level.INFO, message, footage, hint=_hint(number))


def _seen(footage: str) -> Finding:
    message = f"`{footage}` shows its slides itself, so they are not laid over it"
    hint = "write `storyboard: slides` if they should be"
    return Finding("SLIDES_SEEN", Level.INFO, message, footage, hint=hint)


def _unseen(name: str, footage: str) -> Finding:
    message = f"{name} is never seen in `{footage}`, so the page does not say when it comes"
    return Finding("SLIDE_UNSEEN", Level.INFO, message, footage)


def _spread(footage: str) -> Finding:
    message = (
        f"what is said in `{footage}` has too little in common with its slides, so they are spread evenly"
    )
    return Finding("SLIDES_SPREAD", Level.WARN, message, footage, hint=_hint(1))


def _hint(number: int) -> str:
    return f"write `[slide {number}]` into the script where it belongs"
