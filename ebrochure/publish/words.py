"""Every word that the page says by itself, in one place, and figures as they are read.

The author's words come in the service's language; the interface speaks English only for now. A second
language is a second `Words`, chosen in `words_for`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.captions import TextOrigin
from ebrochure.model.service import ServiceStatus

if TYPE_CHECKING:
    from ebrochure.model.captions import Provenance

_KILO = 1000


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language; the defaults are English."""

    language: str = "en"
    # the site
    skip: str = "Skip to main content"
    all_services: str = "All services"
    index_title: str = "IT services, explained"
    index_lede: str = (
        "What each service is for, what you get, and who to ask: in short films and in plain words."
    )
    index_empty: str = "No services have been published yet."
    search: str = "Search"
    search_services: str = "Search every service: words spoken, written or shown"
    search_hint: str = "A word or two. Spelling need not be perfect."
    search_services_none: str = "Nothing found. Try another word, or fewer."
    search_services_found: str = "Services found:"
    search_failed: str = "The search could not be loaded. The list below is complete."
    search_on_slide: str = "On a slide"
    search_more: str = "Show more"
    letters: str = "By first letter"
    filter_audience: str = "For whom"
    filter_status: str = "Status"
    filter_any: str = "All"
    filter_shown: str = "Services shown:"
    preview: str = "Preview"
    preview_notice: str = "a quick build with a small picture, for a first look. It is not for publishing."
    # facts about a service
    planned: str = "Planned"
    live: str = "Live"
    retiring: str = "Retiring"
    audience: str = "For"
    owner: str = "Looked after by"
    reviewed: str = "Last confirmed"
    review_by: str = "Next review"
    review_overdue: str = "This page is overdue for review, so some of it may be out of date. It was due by"
    # the player
    length: str = "Length"
    with_speaker: str = "With"
    cannot_play: str = "This browser cannot play the film here: download it instead"
    captions: str = "Captions"
    captions_off: str = "Off"
    speed: str = "Speed"
    copy_link: str = "Copy link at this second"
    link_copied: str = "Link copied"
    silent: str = "Nobody speaks in this film."
    draft: str = "Captions not yet checked"
    chapters: str = "Chapters"
    transcript: str = "Transcript"
    transcript_language: str = "Transcript of"
    search_transcript: str = "Search the transcript"
    search_none: str = "Not found"
    search_found: str = "found"
    follow: str = "Follow the film"
    slides: str = "Slides"
    slide: str = "Slide"
    slide_words: str = "Words on this slide"
    watch_from: str = "Watch from"
    # the rest of the page
    contents: str = "On this page"
    measures: str = "How we are doing"
    target: str = "Target"
    milestones: str = "Milestones"
    glossary: str = "Words explained"
    liaison: str = "Your contact"
    help: str = "Get help"
    help_online: str = "Help online"
    help_phone: str = "Call"
    survey: str = "Tell us how it is going"
    survey_ask: str = "Your answers decide what we mend first."
    survey_link: str = "Rate this service"
    downloads: str = "Downloads"
    captions_file: str = "captions"
    smaller_file: str = "smaller file"
    listen: str = "to listen to"
    table: str = "Table"

    def status(self, status: ServiceStatus) -> str:
        """Name where a service is in its life."""
        return {
            ServiceStatus.PLANNED: self.planned,
            ServiceStatus.LIVE: self.live,
            ServiceStatus.RETIRING: self.retiring,
        }[status]


ENGLISH = Words()


def words_for(_language: str) -> Words:
    """Return the interface's words for a page in `language`: English, the only one there is so far."""
    return ENGLISH


def provenance_sentence(provenance: Provenance, reviewed_on: str | None) -> str:
    """Say where captions come from and who has read them.

    Args:
        provenance: What is known of them.
        reviewed_on: Day of the review as it is read, ``1 October 2026``.
    """
    engine = _engine_name(provenance.engine)
    match provenance.origin:
        case TextOrigin.PERSON:
            sentence = "Captions written by a person."
        case TextOrigin.SCRIPT:
            sentence = f"Captions from the approved script, timed by {engine}."
        case _ if provenance.is_draft:
            sentence = f"Captions made by a machine ({engine}), not yet checked by a person."
        case _:
            sentence = f"Captions made by a machine ({engine})."
    if provenance.reviewed_by is None:
        return sentence
    when = "" if reviewed_on is None else f" on {reviewed_on}"
    return f"{sentence} Checked by {provenance.reviewed_by}{when}."


def _engine_name(engine: str | None) -> str:
    name, _, model = (engine or "a machine").partition(":")
    known = {"offline": "the offline recogniser", "whisper": "Whisper"}.get(name, name)
    return f"{known}, model {model}" if model else known


def length_text(duration_ms: int) -> str:
    """Return a length in words: ``2 minutes``, ``45 seconds``."""
    seconds = max(1, duration_ms // 1000)  # as the clock has it
    amount, unit = (seconds, "second") if seconds < 60 else (round(seconds / 60), "minute")  # noqa: PLR2004
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def size_text(size_bytes: int) -> str:
    """Return a file's size: ``640 kB``, ``12.3 MB``."""
    if size_bytes < _KILO**2:
        return f"{max(1, round(size_bytes / _KILO))} kB"
    if size_bytes < _KILO**3:
        return f"{size_bytes / _KILO**2:.1f} MB"
    return f"{size_bytes / _KILO**3:.1f} GB"
