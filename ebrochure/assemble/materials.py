"""Everything one video is rendered from, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.layout import Layout, plan_layout
from ebrochure.assemble.neutral import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.look import Look
    from ebrochure.media.loudness import Leveling
    from ebrochure.model.media import MediaInfo
    from ebrochure.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Materials:
    """Everything one video is rendered from."""

    timeline: Timeline
    footage: Path
    info: MediaInfo
    cards: Mapping[str, Path]
    """MP4 of each card by its clip's name: ``intro``, ``outro``."""
    pictures: Mapping[str, Path]
    """PNG of each still by its name (see `assemble.pictures`)."""
    look: Look
    programme: Path
    """The whole sound as WAV (see `assemble.audio`)."""
    leveling: Leveling
    """What takes the sound to its loudness."""

    @property
    def rate(self) -> Fraction:
        """Frames per second."""
        return self.timeline.frame_rate

    @property
    def layout(self) -> Layout:
        """Where things lie in the frame."""
        footage = None if self.info.video is None else self.info.video.displayed_size
        return plan_layout(self.size, footage, is_mirrored=self.timeline.is_mirrored)

    @property
    def frame(self) -> Frame:
        """What the footage is brought to."""
        return Frame(self.size, self.rate, self.look.ground)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the finished video."""
        return self.timeline.width, self.timeline.height
