"""What a card says and looks like: all that its drawing depends on.

A card is kept by its `CardSpec`: two videos whose cards say the same share one file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from ebrochure.assemble.bidi import is_rtl_language, runs_right_to_left
from ebrochure.assemble.look import Look, brand_look, look_for
from ebrochure.model.timeline import chapter_card
from ebrochure.wording.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from ebrochure.model.brand import Brand
    from ebrochure.model.service import Person, Support
    from ebrochure.model.timeline import Timeline

CARD_VERSION = 2
"""Raised when the same spec is drawn differently."""


@dataclass(frozen=True, slots=True)
class CardWords(Phrases):
    """What the cards say by themselves; the defaults are English."""

    part: ClassVar[str] = "card"
    question: str = "Any questions?"
    """Above the liaison's name."""
    hint: str = "Read more on this page"
    """At the foot of the outro."""
    thanks: str = "Thank you for watching"
    """Instead of a name."""
    survey: str = "Tell us what you think"
    """Beside the code that leads to the survey."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line below a card's title."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class CardCode:
    """A code to be read by a phone."""

    address: str
    caption: str
    """In plain words, what it leads to."""


@dataclass(frozen=True, slots=True)
class CardStep:
    """Which of how many chapters begins."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class CardSpec:
    """One card, decided."""

    width: int
    height: int
    frame_rate: Fraction
    frames: int
    """How long it runs."""
    eyebrow: str | None
    """Small, above the title."""
    title: str
    lines: tuple[CardLine, ...]
    footer: str | None
    organisation: str
    """Written where the logo would be, when there is none."""
    look: Look
    code: CardCode | None = None
    step: CardStep | None = None
    is_mirrored: bool = False
    """Everything starts at the right: the language or the title runs from there."""
    version: int = CARD_VERSION

    def texts(self) -> Iterator[str]:
        """Yield all that is written on the card."""
        written = (self.eyebrow, self.title, self.footer, self.organisation)
        yield from (text for text in written if text)
        yield from (line.text for line in self.lines)
        if self.code is not None:
            yield from (self.code.caption, bare_address(self.code.address))


def card_specs(
    timeline: Timeline,
    *,
    brand: Brand,
    title: str,
    video_title: str,
    speaker: Person | None,
    liaison: Person | None,
    support: Support | None,
    language: str,
    survey: str | None = None,
    chapters: tuple[str, ...] = (),
) -> dict[str, CardSpec]:
    """Return the cards that `timeline` shows, by the name of their clip: ``intro``, ``chapter-2``, ``outro``.

    Args:
        timeline: Says which cards there are, how large and how long.
        brand: Colours, letters and logo.
        title: The service's title.
        video_title: The recording's title.
        speaker: Who is seen or heard.
        liaison: Whom to ask.
        support: Where help is to be had.
        language: BCP 47 tag of the service's words.
        survey: https address at which the service is rated.
        chapters: Headings by their order; the first is that of ``chapter-1``.

    Raises:
        ValueError: The timeline shows a chapter that has no heading.

    """
    frames = {clip.source: clip.frames for clip in timeline.clips if clip.source != "footage"}
    words = CardWords.in_language(language)
    is_same = title.casefold().strip() == video_title.casefold().strip()
    bare = CardSpec(
        timeline.width,
        timeline.height,
        timeline.frame_rate,
        frames=0,
        eyebrow=title,
        title=video_title,
        lines=(),
        footer=None,
        organisation=brand.organisation,
        look=brand_look(brand),
    )
    known = {
        "intro": replace(
            bare, eyebrow=brand.organisation if is_same else title, lines=_person_lines(speaker)
        ),
        "outro": replace(
            bare,
            eyebrow=title if liaison is None else words.question,
            title=words.thanks if liaison is None else liaison.name,
            lines=_contact(liaison, support),
            footer=words.hint,
            code=None if survey is None else CardCode(survey, words.survey),
        ),
        **_chapter_cards(bare, chapters),
    }
    if not frames.keys() <= known.keys():
        unknown = ", ".join(sorted(frames.keys() - known.keys()))
        raise ValueError(f"expected cards of {sorted(known)}, got a timeline with {unknown}")
    shown = {name: replace(known[name], frames=frames[name]) for name in frames}
    return {name: _lettered(spec, brand, language) for name, spec in shown.items()}


def _chapter_cards(bare: CardSpec, chapters: tuple[str, ...]) -> dict[str, CardSpec]:
    """Return a card for each heading: what comes, under it in what, and how far one is."""
    return {
        chapter_card(number): replace(
            bare, eyebrow=None, title=heading, footer=bare.title, step=CardStep(number, len(chapters))
        )
        for number, heading in enumerate(chapters, start=1)
    }


def bare_address(url: str) -> str:
    """Return an address as it is written on paper: nobody reads ``https://`` aloud."""
    return url.split("://", 1)[-1].rstrip("/")


def _lettered(spec: CardSpec, brand: Brand, language: str) -> CardSpec:
    """Return a card with faces for all that is written on it, running the way that its words do."""
    return replace(
        spec,
        look=look_for(brand, spec.texts(), language),
        is_mirrored=is_rtl_language(language) or runs_right_to_left(spec.title),
    )


def _person_lines(person: Person | None) -> tuple[CardLine, ...]:
    """Return name and role."""
    if person is None:
        return ()
    name = CardLine(person.name, is_strong=True)
    return (name,) if person.role is None else (name, CardLine(person.role))


def _contact(liaison: Person | None, support: Support | None) -> tuple[CardLine, ...]:
    """Return role, e-mail and where help is to be had, as far as they are known."""
    role = None if liaison is None else liaison.role
    email = None if liaison is None else liaison.email
    places = () if support is None else (support.url and bare_address(support.url), support.phone)
    wishes = (
        (role, False),
        (email, True),
        (" · ".join(place for place in places if place), False),
    )
    return tuple(CardLine(text, is_strong) for text, is_strong in wishes if text)
