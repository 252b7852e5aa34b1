"""Frozen settings, one group a stage: what `ebrochure.yaml` may say, and what holds where it is silent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

MOST_JOBS = 64
"""More services at once than this is a slip of the pen."""


class Gate(StrEnum):
    """What becomes of captions that a machine wrote and nobody has read."""

    WARN = "warn"
    """Published, and the page says so."""
    REFUSE = "refuse"
    """The service fails until somebody signs."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is; absolute paths."""

    root: Path
    services: Path
    brand: Path
    templates: Path | None
    """A folder whose files replace ours one by one; None: ours."""
    renders: Path


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Who listens."""

    engine: str = "auto"
    """``auto``, or a key of `ebrochure.transcribe.engine.ENGINES`."""
    whisper_model: str = "base"
    """Name of a Whisper model or path of a checkpoint."""
    whisper_download: bool = False
    """Whether weights may be fetched when they are not on disk."""


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How a finished video is encoded."""

    max_height: int = 1080
    """Pixels; smaller footage is delivered at 720 lines, never blown up to 1080."""
    preset: str = "veryfast"
    """x264 preset."""
    crf: int = 23
    audio_bps: int = 160_000
    integrated_lufs: float = -16.0
    true_peak_dbtp: float = -1.5
    threads: int = 2
    """Encoder threads of what is encoded with no cap on its bit rate (joined footage, AV1); pinned, because
    the output depends on it. Under a cap it is always one."""
    smart: bool = False
    """Copy footage that fits the delivery where nothing lies over it, instead of encoding it again."""


@dataclass(frozen=True, slots=True)
class OfferSettings:
    """What is offered beside the one finished video.

    Apart from `DeliverySettings`, so that wanting one more of these never renders the video again.
    """

    ladder: bool = True
    """A rung of 720 lines below a video of 1080. It costs a third of the render, once; everyone on a phone
    fetches half of the bytes, every time."""
    listen: bool = True
    """The sound alone."""
    thumbnails: bool = True
    """Small pictures along the timeline."""
    av1: bool = False
    """A second source in AV1, offered where it is the smaller one (slides; seldom grainy footage). Off: it
    costs as much as the render."""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """How much one file may ask of the machine."""

    footage_bytes: int = 4_000_000_000
    footage_s: int = 3600
    min_footage_ms: int = 500
    picture_side: int = 8192
    """Pixels."""
    picture_pixels: int = 36_000_000
    document_bytes: int = 200_000_000
    slides: int = 300
    settle_s: float = 10.0
    """A file must have been left alone this long before it is read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a build reads besides the services themselves."""

    places: Places
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    delivery: DeliverySettings = field(default_factory=DeliverySettings)
    offers: OfferSettings = field(default_factory=OfferSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    gate: Gate = Gate.WARN
    noindex: bool = False
    """Ask search engines to stay away."""
    address: str | None = None
    """Where the site will be, ``https://brochures.example.org/``; None: not known."""
    pdf: bool = False
    """Draw each page as a PDF, too, where it is not drawn already."""
    jobs: int = 1
    """Services that are built at once, from 1; what comes out does not depend on it."""
    is_preview: bool = False
    """A quick look, which is published apart from the site."""

    @property
    def published(self) -> Path:
        """Folder that holds `site` and `releases`.

        A preview has one of its own: nobody who looks at the site may be given 360 lines because somebody
        wanted to see something quickly, and a preview that is there does not go when the site is published.
        """
        return self.places.renders / "preview" if self.is_preview else self.places.renders


_PROCESSORS_OF_A_BUILD = 2
"""One service's build keeps this many busy for most of its time: on two, a second one at once spares 7 %."""


def usual_jobs(processors: int) -> int:
    """Return how many services are built at once where nobody says: as many as find processors free."""
    return min(max(1, processors // _PROCESSORS_OF_A_BUILD), MOST_JOBS)


PREVIEW_LINES = 360
"""A quarter of the full render's cost at most; fewer save little, for reading the footage remains."""
_PREVIEW_CRF = 28


def preview_of(settings: Settings) -> Settings:
    """Return the settings of a quick look at the same workspace: a small picture and nothing beside it.

    Whatever has nothing to do with the picture (probing, listening) is made once for both. Captions that
    nobody has read are shown: reading them is what a preview is for.
    """
    lines = min(settings.delivery.max_height, PREVIEW_LINES)
    return replace(
        settings,
        delivery=replace(settings.delivery, max_height=lines, preset="ultrafast", crf=_PREVIEW_CRF),
        offers=OfferSettings(ladder=False, listen=False, thumbnails=False, av1=False),
        gate=Gate.WARN,
        noindex=True,
        pdf=False,
        address=None,  # a preview lies elsewhere, or nowhere
        is_preview=True,
    )
