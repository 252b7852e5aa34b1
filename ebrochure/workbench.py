"""What a build and the stages of one recording work with, and what they hand on to one another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ebrochure.ledger import read_ledger
from ebrochure.model.captions import Track
from ebrochure.model.findings import Finding
from ebrochure.model.media import MediaInfo
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.storyboard import Board
from ebrochure.model.timing import FrameRange
from ebrochure.model.transcript import Transcript
from ebrochure.progress import Narrator
from ebrochure.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ebrochure.ledger import Ledger
    from ebrochure.model.brand import Brand
    from ebrochure.model.media import Footage, SpeechAudio
    from ebrochure.model.service import Service, Slide, VideoSource
    from ebrochure.model.timeline import Timeline
    from ebrochure.progress import Watcher
    from ebrochure.settings import Settings
    from ebrochure.store import Kept
    from ebrochure.transcribe.choose import EngineChoice


@dataclass(frozen=True, slots=True)
class Build:
    """What every service of one build shares."""

    settings: Settings
    brand: Brand
    engine: EngineChoice
    watcher: Watcher
    findings: tuple[Finding, ...]
    """About the brand, the drop folder, the engine: no one service's."""
    may_make: Callable[[str], bool] = lambda _stage: True
    """Which stages may make what is missing: all of them, but for a plan or a check."""

    @property
    def store_root(self) -> Path:
        """Folder of the store."""
        return self.settings.places.renders / ".store"

    @property
    def ledger(self) -> Ledger:
        """What was done up to now and how long it took, the recordings before in this build among it."""
        return read_ledger(self.store_root)

    def bench(self, service: Service, video: VideoSource) -> Workbench:
        """Return the workbench of one recording."""
        narrator = Narrator(self.watcher, service.id, video.id)
        store = Store(self.store_root, may_make=self.may_make, on_make=narrator.begin)
        return Workbench(service, video, self.settings, self.brand, self.engine, store, narrator)


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
        """Whose artifacts these are: ``remote-access/explainer``; a preview remembers its own."""
        name = f"{self.service.id}/{self.video.id}"
        return f".preview/{name}" if self.settings.is_preview else name

    @property
    def brochure(self) -> str:
        """The file in which its author says what is wanted, as a report names it."""
        return f"{self.service.id}/brochure.md"


@dataclass(frozen=True, slots=True)
class Probed:
    """What one file of footage is, and what there is to say about it."""

    info: MediaInfo
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """What an editor chose of the footage, and what there is to say about it."""

    body: tuple[FrameRange, ...]
    """Frames of the footage, its files joined, in his order; empty: nobody edited it."""
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

    @classmethod
    def of(cls, paths: Mapping[str, Path]) -> Self:
        """Return the pictures in files, by their names."""
        from PIL import Image  # noqa: PLC0415  only where something was drawn

        stills: list[Still] = []
        for name, path in paths.items():
            with Image.open(path) as picture:
                stills.append(Still(name, path, *picture.size))
        return cls(tuple(stills))

    def pictured(self, slides: tuple[Slide, ...]) -> tuple[Slide, ...]:
        """Return those of `slides` that there is a picture of."""
        names = {still.name for still in self.stills}
        return tuple(slide for slide in slides if f"slide-{slide.number}" in names)

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
    board: Board | None = None
    """The storyboard by hand; None: it is told by a name."""
    in_footage: bool = False
    """The footage itself shows the slides."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """One animated card."""

    path: Path


@dataclass(frozen=True, slots=True)
class Laid:
    """One recording, decided and drawn: all but the video itself."""

    probed: tuple[Probed, ...]
    edit: Edited
    footage: Footage
    slides: Drawn
    speech: Kept[SpeechAudio] | None
    heard: Heard
    captions: Captioned
    shown: Shown
    timeline: Timeline
    cards: dict[str, Kept[Filmed]]
    """By the names of their clips."""
    pictures: Kept[Drawn]
