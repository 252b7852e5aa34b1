"""What an intro or outro card says and looks like: all that its drawing depends on. Pure.

A card is kept by its `CardSpec`: two videos whose cards say the same share one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.look import Look, brand_look

if TYPE_CHECKING:
    from fractions import Fraction

    from ebrochure.model.brand import Brand
    from ebrochure.model.service import Person, Support
    from ebrochure.model.timeline import Timeline

CARD_VERSION = 1
"""Raised when the same spec is drawn differently."""

_WORDS = {
    "en": ("Any questions?", "Read more on this page", "Thank you for watching"),
    "de": ("Noch Fragen?", "Mehr dazu auf dieser Seite", "Danke fürs Zuschauen"),
    "fr": ("Des questions ?", "Plus d'informations sur cette page", "Merci de votre attention"),
    "es": ("¿Preguntas?", "Más información en esta página", "Gracias por su atención"),
}
"""By language: above the liaison's name, at the foot of the outro, and instead of a name."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line below a card's title."""

    text: str
    is_strong: bool = False


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
    version: int = CARD_VERSION


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
        chapters: Headings of all chapters, in order: ``chapter-2`` announces the second.

    """
    look = brand_look(brand)
    frames = {clip.source: clip.frames for clip in timeline.clips}
    question, hint, thanks = _WORDS.get(language.split("-", maxsplit=1)[0].lower(), _WORDS["en"])

    def card(
        name: str, eyebrow: str | None, heading: str, lines: tuple[CardLine, ...], foot: str | None
    ) -> CardSpec:
        size = (timeline.width, timeline.height)
        return CardSpec(
            *size, timeline.frame_rate, frames[name], eyebrow, heading, lines, foot, brand.organisation, look
        )

    found: dict[str, CardSpec] = {}
    if "intro" in frames:
        is_same = title.casefold().strip() == video_title.casefold().strip()
        eyebrow = brand.organisation if is_same else title
        found["intro"] = card("intro", eyebrow, video_title, _person_lines(speaker), None)
    for number, heading in enumerate(chapters, start=1):
        if (name := f"chapter-{number}") in frames:
            found[name] = card(name, f"{number} / {len(chapters)}", heading, (), None)
    if "outro" in frames:
        asked = liaison is not None
        heading = liaison.name if liaison is not None else thanks
        found["outro"] = card(
            "outro", question if asked else title, heading, _contact(liaison, support), hint
        )
    return found


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
    places = () if support is None else (_bare(support.url), support.phone)
    wishes = (
        (role, False),
        (email, True),
        (" · ".join(place for place in places if place), False),
    )
    return tuple(CardLine(text, is_strong) for text, is_strong in wishes if text)


def _bare(url: str | None) -> str | None:
    """Return an address as it is written on paper: nobody reads ``https://`` aloud."""
    return None if url is None else url.split("://", 1)[-1].rstrip("/")
