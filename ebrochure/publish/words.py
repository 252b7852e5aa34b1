"""Every word that the page says by itself, in one place; the author's words come in the service's language.

English stands here, the other languages in the catalogues of `ebrochure.wording`. A name in braces is where
something is put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from ebrochure.model.captions import TextOrigin
from ebrochure.model.service import MilestoneState, NoticeKind, ServiceStatus, VersionKind
from ebrochure.publish.dates import day_as_read
from ebrochure.wording.phrases import Counted, Phrases

if TYPE_CHECKING:
    from ebrochure.model.captions import Provenance


@dataclass(frozen=True, slots=True)
class Words(Phrases):
    """The interface in one language; the defaults are English."""

    part: ClassVar[str] = "page"
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
    preview: str = "Preview:"
    preview_notice: str = "a quick build with a small picture, for a first look. It is not for publishing."
    # facts about a service
    planned: str = "Planned"
    live: str = "Live"
    retiring: str = "Retiring"
    audience: str = "For"
    owner: str = "Looked after by"
    confirmed: str = "Last confirmed on {day}."
    confirmed_by: str = "Last confirmed by {owner} on {day}."
    review_by: str = "Next review by {day}."
    overdue: str = "Overdue for review"
    review_overdue: str = "A review was due by {day}, so some of this may be out of date."
    notice: str = "Please note"
    outage: str = "Outage"
    maintenance: str = "Maintenance"
    ways: str = "Shortcuts"
    # the player
    length: str = "Length:"
    with_speaker: str = "With {name}"
    with_speaker_role: str = "With {name}, {role}"
    cannot_play: str = "This browser cannot play the film here: download it instead"
    captions: str = "Captions"
    captions_off: str = "Off"
    descriptions: str = "Descriptions of slides"
    describe: str = "Describe slides aloud"
    version: str = "Version"
    version_usual: str = "Standard"
    version_described: str = "Audio description"
    version_sign: str = "Sign language"
    described_title: str = "{title}, with audio description"
    sign_title: str = "{title}, in sign language"
    chapter_before: str = "Previous chapter"
    chapter_after: str = "Next chapter"
    keys: str = "What the keys do"
    key_space: str = "Space"
    key_space_does: str = "plays and pauses, when the film has the focus; presses the button that has it"
    key_arrows: str = "Arrow keys"
    key_arrows_do: str = "in the film: back and forward, louder and quieter"
    key_tab: str = "Tab"
    key_tab_does: str = "goes to the next control; with Shift to the one before"
    key_enter: str = "Enter"
    key_enter_does: str = "in the search: goes to the next find; with Shift to the one before"
    speed: str = "Speed"
    copy_link: str = "Copy link at this second"
    link_copied: str = "Link copied"
    silent: str = "Nobody speaks in this film."
    draft: str = "Captions not yet checked"
    from_person: str = "Captions written by a person."
    from_script: str = "Captions from the approved script, timed by {engine}."
    from_machine: str = "Captions made by a machine ({engine})."
    from_machine_unchecked: str = "Captions made by a machine ({engine}), not yet checked by a person."
    checked_by: str = "Checked by {person}."
    checked_by_on: str = "Checked by {person} on {day}."
    offline_engine: str = "the offline recogniser"
    some_engine: str = "a machine"
    engine_model: str = "{engine}, model {model}"
    chapters: str = "Chapters"
    transcript: str = "Transcript"
    search_transcript: str = "Search the transcript"
    search_none: str = "Not found"
    search_found: Counted = Counted(one="{count} found", other="{count} found")
    search_at: str = "{at} of {all}"
    """Which of how many finds is looked at; both names stay as they are."""
    search_before: str = "Previous find"
    search_after: str = "Next find"
    skip_transcript: str = "Skip the transcript"
    transcript_page: str = "Transcript to read or print"
    to_film: str = "Back to the film"
    follow: str = "Follow the film"
    slides: str = "Slides"
    slide: str = "Slide {number}"
    slide_titled: str = "Slide {number}: {title}"
    slide_words: str = "Words on this slide"
    watch_from: str = "Watch from {moment}"
    # the rest of the page
    contents: str = "On this page"
    measures: str = "How we are doing"
    measure: str = "Measure"
    now: str = "Now"
    target: str = "Target"
    milestones: str = "Milestones"
    so_far: str = "So far"
    ahead: str = "Still to come"
    done: str = "Done"
    in_progress: str = "In progress"
    glossary: str = "Words explained"
    liaison: str = "Your contact"
    help: str = "Get help"
    help_online: str = "Help online"
    help_phone: str = "Call {number}"
    survey: str = "Tell us how it is going"
    survey_ask: str = "Your answers decide what we mend first."
    survey_link: str = "Rate this service"
    downloads: str = "Downloads"
    descriptions_file: str = "{title}, descriptions of slides"
    captions_file: str = "{title}, captions ({language})"
    file_facts: str = "{kind}, {size}"
    smaller_file: str = "{title}, smaller file"
    listen: str = "{title}, to listen to"
    table: str = "Table"
    # for other programs and other sites
    follow_us: str = "Stay up to date"
    feed: str = "What is new (Atom)"
    podcast: str = "To listen to (podcast)"
    on_paper: str = "This page as a document"
    page_address: str = "This page on the web:"
    whole_page: str = "The whole page:"

    def status(self, status: ServiceStatus) -> str:
        """Name where a service is in its life."""
        return {
            ServiceStatus.PLANNED: self.planned,
            ServiceStatus.LIVE: self.live,
            ServiceStatus.RETIRING: self.retiring,
        }[status]

    def notice_kind(self, kind: NoticeKind | None) -> str:
        """Name what a notice is about."""
        return {NoticeKind.OUTAGE: self.outage, NoticeKind.MAINTENANCE: self.maintenance, None: self.notice}[
            kind
        ]

    def version_name(self, kind: VersionKind) -> str:
        """Name a version of a film beside the film."""
        return {
            VersionKind.DESCRIBED: self.version_described,
            VersionKind.SIGN: self.version_sign,
        }[kind]

    def version_title(self, kind: VersionKind) -> str:
        """Name a version of a film by itself; ``{title}`` is the film's."""
        return {VersionKind.DESCRIBED: self.described_title, VersionKind.SIGN: self.sign_title}[kind]

    def milestone(self, state: MilestoneState) -> str:
        """Name how far a milestone is."""
        return {
            MilestoneState.DONE: self.done,
            MilestoneState.IN_PROGRESS: self.in_progress,
            MilestoneState.PLANNED: self.planned,
        }[state]


@lru_cache
def words_for(language: str) -> Words:
    """Return the interface's words for a page in `language`: its own, or English if there are none."""
    return Words.in_language(language)


def provenance_sentence(provenance: Provenance, words: Words) -> str:
    """Say where captions come from and who has read them."""
    origin = _origin(provenance, words)
    if provenance.reviewed_by is None:
        return origin
    day = day_as_read(provenance.reviewed_on, words.language)
    if day is None:
        return f"{origin} {words.checked_by.format(person=provenance.reviewed_by)}"
    return f"{origin} {words.checked_by_on.format(person=provenance.reviewed_by, day=day)}"


def _origin(provenance: Provenance, words: Words) -> str:
    if provenance.origin is TextOrigin.PERSON:
        return words.from_person
    if provenance.origin is TextOrigin.SCRIPT:
        sentence = words.from_script
    else:
        sentence = words.from_machine_unchecked if provenance.is_draft else words.from_machine
    return sentence.format(engine=_engine_name(provenance.engine, words))


def _engine_name(engine: str | None, words: Words) -> str:
    if engine is None:
        return words.some_engine
    name, _, model = engine.partition(":")
    known = {"offline": words.offline_engine, "whisper": "Whisper"}.get(name, name)
    return words.engine_model.format(engine=known, model=model) if model else known
