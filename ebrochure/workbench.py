"""What the stages of one recording work with, and what they hand on to one another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.model.captions import Track
from ebrochure.model.findings import Finding
from ebrochure.model.media import MediaInfo
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.transcript import Transcript

if TYPE_CHECKING:
    from ebrochure.model.brand import Brand
    from ebrochure.model.service import Service, VideoSource
    from ebrochure.progress import Narrator
    from ebrochure.settings import Settings
    from ebrochure.store import Store
    from ebrochure.transcribe.choose import EngineChoice


@dataclass(frozen=True, slots=True)
class Workbench:
    """What every stage of one recording works with."""

    service: Service
    video: VideoSource
    settings: Settings
    brand: Brand
    engine: EngineChoice
    store: Store
    narrator: Narrator

    @property
    def slot(self) -> str:
        """Whose artifacts these are: ``remote-access/explainer``."""
        return f"{self.service.id}/{self.video.id}"


@dataclass(frozen=True, slots=True)
class Probed:
    """Footage, known."""

    info: MediaInfo
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """Speech, written down."""

    transcript: Transcript
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Captioned:
    """Text tracks in source time, and what there is to say about those that a person wrote."""

    tracks: tuple[Track, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Still:
    """One picture that was drawn."""

    name: str
    """``slide-3``, ``lower-third``."""
    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pictures, in the order they were asked for."""

    stills: tuple[Still, ...]

    def paths(self) -> dict[str, Path]:
        """Return where each picture is, by its name."""
        return {still.name: still.path for still in self.stills}


@dataclass(frozen=True, slots=True)
class Watched:
    """Footage, held against the pictures of the slides."""

    likeness: Path | None
    """NumPy file of how like each slide it looks, frames by slides; None: it shows nothing like them."""
    step_ms: int
    """From one frame to the following."""


@dataclass(frozen=True, slots=True)
class Shown:
    """When each slide's turn comes, and what there is to say about it."""

    marks: tuple[SlideMark, ...]
    """In order of time; empty: the slides are spread evenly."""
    findings: tuple[Finding, ...]
    in_footage: bool = False
    """The footage itself shows the slides."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """One animated card."""

    path: Path
