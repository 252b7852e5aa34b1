"""What the front matter of `brochure.md` may say."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, Tag

from ebrochure.ingest.fields import (
    Date,
    DayOrMonth,
    Email,
    Figure,
    FileName,
    FileNames,
    Language,
    LongText,
    Phone,
    ShortText,
    Summary,
    Survey,
    Title,
    WebAddress,
    choice,
    one_of,
)
from ebrochure.ingest.schema import BY_HAND, BY_NAME, Document
from ebrochure.ingest.shots import ShotFacts
from ebrochure.model.service import NoticeKind, ServiceStatus
from ebrochure.model.storyboard import Framing, Storyboard

NO_SLIDES = "none"


def _name_only(value: object) -> object:
    """Take ``liaison: Priya Shah`` for a person of that name."""
    return {"name": value} if isinstance(value, str) else value


def _text_only(value: object) -> object:
    """Take ``notice: Sign-in is slow`` for a notice of these words."""
    return {"text": value} if isinstance(value, str) else value


def _file_only(value: object) -> object:
    """Take ``- explainer.mp4`` for a recording of which nothing else is said."""
    return {"file": value} if isinstance(value, str) else value


def _uncut(value: object) -> object:
    """Take ``cut: none`` for footage that is left as it is."""
    if isinstance(value, str) and value.strip().casefold() in {"none", "no", "off", "false"}:
        return {"head": "off", "tail": "off"}
    return value


class PersonFacts(Document):
    """Somebody with a name."""

    name: ShortText
    role: ShortText | None = None
    email: Email | None = None
    photo: FileName | None = None


class SpeakerFacts(Document):
    """Who is seen and heard."""

    name: ShortText
    role: ShortText | None = None


class SupportFacts(Document):
    """Where help is to be had."""

    url: WebAddress | None = None
    phone: Phone | None = None


class MeasureFacts(Document):
    """A figure the service is held to."""

    label: Title
    value: Figure
    unit: ShortText | None = None
    target: Figure | None = None


class MilestoneFacts(Document):
    """Something planned or done."""

    date: DayOrMonth
    title: Title
    status: ShortText | None = None


class NoticeFacts(Document):
    """What everybody should know at once."""

    text: Summary
    kind: Annotated[NoticeKind, choice(NoticeKind)] | None = None
    until: Date | None = None
    """The last day on which it is shown."""


_SWITCH = one_of(
    {
        "auto": True,
        "on": True,
        "yes": True,
        "true": True,
        "off": False,
        "no": False,
        "none": False,
        "false": False,
    }
)


class CutFacts(Document):
    """How footage is trimmed."""

    head: Annotated[bool, _SWITCH] = True
    tail: Annotated[bool, _SWITCH] = True
    pauses: Annotated[float, Field(ge=0.3, le=60)] | None = None


def _way_of_telling(value: object) -> str:
    """Tell a list of shots from a name."""
    return BY_HAND if isinstance(value, list) else BY_NAME


StoryboardFacts = Annotated[
    Annotated[Storyboard, choice(Storyboard), Tag(BY_NAME)]
    | Annotated[tuple[ShotFacts, ...], Field(max_length=200), Tag(BY_HAND)],
    Discriminator(_way_of_telling),
]
"""A storyboard's name, or its shots in the order of the footage."""


class VideoFacts(Document):
    """What is said about one recording, where the defaults do not fit."""

    file: FileNames
    """Several are joined in this order."""
    title: Title | None = None
    speaker: Annotated[SpeakerFacts, BeforeValidator(_name_only)] | None = None
    slides: FileName | None = None
    storyboard: StoryboardFacts | None = None
    slides_as: Annotated[Framing, choice(Framing)] | None = None
    """How slides lie in the frame."""
    cut: Annotated[CutFacts, BeforeValidator(_uncut)] = CutFacts()
    edit: FileName | None = None
    """An OpenTimelineIO file that says what is shown of the footage, and in which order."""
    clean: Annotated[bool, _SWITCH] = False
    """Whether rumble, steady noise and sharp s sounds are taken down."""


class Facts(Document):
    """The front matter; every key is optional."""

    title: Title | None = None
    summary: Summary | None = None
    language: Language | None = None
    audience: ShortText | None = None
    status: Annotated[ServiceStatus, choice(ServiceStatus)] | None = None
    notice: Annotated[NoticeFacts, BeforeValidator(_text_only)] | None = None
    owner: ShortText | None = None
    reviewed: Date | None = None
    review_by: Date | None = None
    liaison: Annotated[PersonFacts, BeforeValidator(_name_only)] | None = None
    support: SupportFacts | None = None
    survey: Survey | None = None
    glossary: Annotated[dict[ShortText, LongText], Field(max_length=200)] | None = None
    measures: Annotated[tuple[MeasureFacts, ...], Field(max_length=20)] = ()
    milestones: Annotated[tuple[MilestoneFacts, ...], Field(max_length=50)] = ()
    videos: Annotated[
        tuple[Annotated[VideoFacts, BeforeValidator(_file_only)], ...], Field(max_length=20)
    ] = ()
