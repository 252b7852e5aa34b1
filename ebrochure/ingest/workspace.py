"""`ebrochure.yaml`: where everything is and how it is made."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

from pydantic import Field

from ebrochure.errors import MaterialError, SettingsError
from ebrochure.ingest.fields import LongText, SiteAddress, choice, one_of
from ebrochure.ingest.intake import open_beneath
from ebrochure.ingest.schema import Document, validate
from ebrochure.ingest.text import clean, decode
from ebrochure.ingest.yaml import read_yaml
from ebrochure.media.process import processors
from ebrochure.settings import (
    MOST_JOBS,
    DeliverySettings,
    Gate,
    LimitSettings,
    OfferSettings,
    Places,
    Settings,
    SpeechSettings,
    usual_jobs,
)

FILE = "ebrochure.yaml"
MAX_BYTES = 1_000_000

log = logging.getLogger(__name__)

_SPEECH = SpeechSettings()
# The keys of `ebrochure.transcribe.engine.ENGINES`, a room beside ours; a test holds them together.
ENGINES = ("auto", "whisper", "faster-whisper", "offline")
_PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")

_DELIVERY = DeliverySettings()
_OFFERS = OfferSettings()
_LIMITS = LimitSettings()


class DeliveryFacts(Document):
    """How finished videos are encoded, field by field as in `DeliverySettings`."""

    max_height: Annotated[int, Field(ge=360, le=2160)] = _DELIVERY.max_height
    preset: Annotated[str, one_of({name: name for name in _PRESETS})] = _DELIVERY.preset
    crf: Annotated[int, Field(ge=10, le=40)] = _DELIVERY.crf
    audio_bps: Annotated[int, Field(ge=48_000, le=512_000)] = _DELIVERY.audio_bps
    integrated_lufs: Annotated[float, Field(ge=-31, le=-10)] = _DELIVERY.integrated_lufs
    true_peak_dbtp: Annotated[float, Field(ge=-9, le=-0.5)] = _DELIVERY.true_peak_dbtp
    threads: Annotated[int, Field(ge=1, le=64)] = _DELIVERY.threads
    smart: bool = _DELIVERY.smart


class OfferFacts(Document):
    """What is offered beside finished videos, field by field as in `OfferSettings`."""

    ladder: bool = _OFFERS.ladder
    listen: bool = _OFFERS.listen
    thumbnails: bool = _OFFERS.thumbnails
    av1: bool = _OFFERS.av1


class DeliveredFacts(DeliveryFacts, OfferFacts):
    """The group `delivery`: to whoever writes it, the video and what lies beside it are one thing."""


class LimitFacts(Document):
    """How much one file may ask of the machine, field by field as in `LimitSettings`."""

    footage_bytes: Annotated[int, Field(ge=1_000_000)] = _LIMITS.footage_bytes
    footage_s: Annotated[int, Field(ge=1, le=86_400)] = _LIMITS.footage_s
    min_footage_ms: Annotated[int, Field(ge=100)] = _LIMITS.min_footage_ms
    picture_side: Annotated[int, Field(ge=320, le=32_768)] = _LIMITS.picture_side
    picture_pixels: Annotated[int, Field(ge=100_000, le=200_000_000)] = _LIMITS.picture_pixels
    document_bytes: Annotated[int, Field(ge=100_000)] = _LIMITS.document_bytes
    slides: Annotated[int, Field(ge=1, le=2000)] = _LIMITS.slides
    settle_s: Annotated[float, Field(ge=0, le=300)] = _LIMITS.settle_s


class WhisperFacts(Document):
    """Whisper's own settings."""

    model: LongText = _SPEECH.whisper_model
    download: bool = _SPEECH.whisper_download


class WorkspaceFacts(Document):
    """Everything `ebrochure.yaml` may say."""

    services: LongText | None = None
    brand: LongText | None = None
    templates: LongText | None = None
    renders: LongText | None = None
    engine: Annotated[str, one_of({name: name for name in ENGINES})] = _SPEECH.engine
    whisper: WhisperFacts = WhisperFacts()
    delivery: DeliveredFacts = DeliveredFacts()
    limits: LimitFacts = LimitFacts()
    gate: Annotated[Gate, choice(Gate)] = Gate.WARN
    noindex: bool = False
    address: SiteAddress | None = None
    pdf: bool = False
    jobs: Annotated[int, Field(ge=1, le=MOST_JOBS)] | None = None


def read_settings(root: Path, *, services: Path | None = None, renders: Path | None = None) -> Settings:
    """Read the settings of a workspace; what holds anyway where it has no `ebrochure.yaml`.

    Args:
        root: The workspace.
        services: Drop folder instead of the workspace's own, relative to where we are.
        renders: The same for where the site goes.

    Raises:
        SettingsError: Everything that is wrong with the file.
    """
    root = root.absolute()
    if not root.is_dir():
        hint = "`ebrochure init DIR` makes a workspace"
        raise SettingsError.one("NO_WORKSPACE", f"there is no folder `{root}`", hint=hint)
    facts = _read_facts(root)
    return Settings(
        places=_places(root, facts, services, renders),
        speech=SpeechSettings(facts.engine, facts.whisper.model, facts.whisper.download),
        delivery=DeliverySettings(**facts.delivery.model_dump(include=set(DeliveryFacts.model_fields))),
        offers=OfferSettings(**facts.delivery.model_dump(include=set(OfferFacts.model_fields))),
        limits=LimitSettings(**facts.limits.model_dump()),
        gate=facts.gate,
        noindex=facts.noindex,
        address=facts.address,
        pdf=facts.pdf,
        jobs=facts.jobs or usual_jobs(processors()),
    )


def _read_facts(root: Path) -> WorkspaceFacts:
    if not (root / FILE).exists():
        return WorkspaceFacts()
    try:
        with open_beneath(root / FILE, FILE) as descriptor, open(descriptor, "rb", closefd=False) as file:
            text, findings = clean(decode(file.read(MAX_BYTES), file=FILE), file=FILE)
        document, remarks = read_yaml(text, file=FILE)
    except MaterialError as error:
        raise SettingsError(error.findings) from error
    remarks = (*findings, *remarks)
    facts = validate(WorkspaceFacts, document, file=FILE, error=SettingsError, remarks=remarks)
    for finding in remarks:
        log.warning("%s", finding)
    return facts


def _places(root: Path, facts: WorkspaceFacts, services: Path | None, renders: Path | None) -> Places:
    return Places(
        root=root,
        services=services.absolute() if services else _place(root, facts.services, "services"),
        brand=_place(root, facts.brand, "brand"),
        templates=_templates(root, facts.templates),
        renders=renders.absolute() if renders else _renders(root, facts.renders),
    )


def _place(root: Path, named: str | None, usual: str) -> Path:
    """Return the folder that was named, else ``x`` where that is there, else ``assets/x``."""
    if named is not None:
        return root / Path(named).expanduser()
    return root / usual if (root / usual).is_dir() else root / "assets" / usual


def _renders(root: Path, named: str | None) -> Path:
    return root / Path(named or "renders").expanduser()


def _templates(root: Path, named: str | None) -> Path | None:
    folder = root / Path(named or "templates").expanduser()
    if folder.is_dir():
        return folder
    if named is None:
        return None
    message = f"`templates` names `{named}`, and there is no such folder"
    raise SettingsError.one("META_PATH", message, file=FILE, hint="make it, or leave the key out")
