"""Picture, sound and captions of a finished video stay together: over ten minutes, and over every cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.join import plan_join
from ebrochure.build import build_catalogue
from ebrochure.caption.formats import read_caption_file
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.probe import probe
from ebrochure.model.manifest import Outcome
from ebrochure.settings import DeliverySettings, LimitSettings, OfferSettings
from tests.fixtures import counted
from tests.fixtures.assembly import read_sound
from tests.fixtures.seen import beep_starts_s
from tests.fixtures.tiny_workspace import make_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.settings import Settings

NTSC = Fraction(30000, 1001)
TEN_MINUTES_S = 600
MARKS_S = [1.137 + 9.973 * number for number in range(60)]
"""Where captions begin, 589.5 s apart from first to last."""
RATES = (Fraction(24000, 1001), Fraction(25), NTSC, Fraction(60000, 1001), None)
"""None: no constant rate."""


@dataclass(frozen=True, slots=True)
class Published:
    """A video as it is published, measured."""

    rate: Fraction
    counters: NDArray[np.int64]
    """What each frame shows."""
    beeps_s: list[float]
    cues_s: list[float]
    """When each caption begins."""

    @property
    def frame_s(self) -> float:
        """How long a frame is seen."""
        return float(1 / self.rate)


def small(root: Path) -> Settings:
    """Return a workspace's settings, with a picture that costs next to nothing."""
    settings = read_settings(root)
    delivery = DeliverySettings(max_height=counted.SHOWN[1], preset="ultrafast")
    return replace(
        settings, delivery=delivery, offers=OfferSettings(ladder=False, listen=False, thumbnails=False)
    )


def publish(root: Path) -> Published:
    """Build the one service of a workspace and measure what was published."""
    (report,) = build_catalogue(small(root)).services
    assert report.status is not Outcome.FAILED, [item.message for item in report.findings]
    (video,) = report.videos
    assert video.captions is not None
    path = root / video.rendition
    info, _ = probe(path, name=path.name, limits=LimitSettings())
    assert info.video is not None
    cues = read_caption_file((root / video.captions).read_bytes(), name="captions").cues
    return Published(
        info.video.frame_rate,
        counted.read_counters(path),
        beep_starts_s(read_sound(path)),
        [cue.time.start_ms / 1000 for cue in cues],
    )


@pytest.fixture(scope="module")
def long_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten minutes of sound, the same for every rate."""
    return counted.make_sound(tmp_path_factory.mktemp("sound") / "sound.m4a", MARKS_S, TEN_MINUTES_S)


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: f"{float(rate):.5g}" if rate else "variable")
def test_picture_sound_and_captions_stay_together_for_ten_minutes(
    tmp_path: Path, long_sound: Path, rate: Fraction | None
) -> None:
    times = counted.uneven_times(TEN_MINUTES_S) if rate is None else counted.even_times(rate, TEN_MINUTES_S)
    root = make_workspace(tmp_path, good=())
    service = root / "services" / "long"
    service.mkdir(parents=True)
    pictures = counted.make_pictures(tmp_path / "pictures.mp4", times)
    counted.lay_together(pictures, long_sound, service / "talk.mp4")
    (service / "talk.en.vtt").write_text(counted.captions_at(MARKS_S), encoding="utf-8")

    video = publish(root)

    assert video.rate == (rate or 30)
    assert len(video.beeps_s) == len(video.cues_s) == len(MARKS_S)
    assert np.abs(np.array(video.cues_s) - video.beeps_s).max() <= video.frame_s
    # Nothing is cut between the marks, so that sound moved all of them by as much.
    moved_s = np.array(video.beeps_s) - MARKS_S
    assert np.ptp(moved_s) <= 0.005
    first, last = (round(video.beeps_s[at] * video.rate) for at in (0, -1))
    moments_s = np.arange(first, last) / float(video.rate) - np.median(moved_s)
    frames_apart(video.counters[first:last], moments_s, [float(time) for time in times], video.frame_s)


def frames_apart(
    shown: NDArray[np.int64], moments_s: NDArray[np.float64], times_s: Sequence[float], frame_s: float
) -> None:
    """Hold each frame that is shown to what the camera saw at that moment, give or take one frame."""
    earliest, latest = (
        np.searchsorted(times_s, moments_s + off, side="right") - 1 for off in (-frame_s, frame_s)
    )
    wrong = np.nonzero((shown < earliest) | (shown > latest))[0]
    assert not len(wrong), f"{len(wrong)} frames, the first at {moments_s[wrong[0]]:.3f} s"


def test_captions_stay_on_their_words_over_joints_trims_cut_pauses_and_cards(tmp_path: Path) -> None:
    """Three files at rates of their own; long silence at head and tail, and pauses that are cut."""
    part_s = 14
    marks_s = ([3.217, 5.103, 11.346], [2.409, 9.871], [2.031, 3.55, 9.013])
    kinds = (
        counted.even_times(Fraction(25), part_s),
        counted.even_times(NTSC, part_s),
        counted.uneven_times(part_s),
    )
    root = make_workspace(tmp_path, good=())
    service = root / "services" / "parts"
    service.mkdir(parents=True)
    parts: list[Path] = []
    for number, (times, marks) in enumerate(zip(kinds, marks_s, strict=True)):
        pictures = counted.make_pictures(tmp_path / "pictures.mp4", times, first=1000 * number)
        sound = counted.make_sound(tmp_path / "sound.m4a", marks, part_s)
        parts.append(counted.lay_together(pictures, sound, service / f"part-{number + 1}.mp4"))
    joint = plan_join([probe(part, name=part.name, limits=LimitSettings())[0] for part in parts])
    starts_s = [start / 25 for start in accumulate(joint.frames, initial=0)]
    whole = [start + mark for start, marks in zip(starts_s, marks_s, strict=False) for mark in marks]
    (service / "part-1.en.vtt").write_text(counted.captions_at(whole), encoding="utf-8")
    facts = "---\nvideos:\n  - file: [part-1.mp4, part-2.mp4, part-3.mp4]\n    cut: {pauses: 1}\n---\n"
    (service / "brochure.md").write_text(facts, encoding="utf-8")

    video = publish(root)

    assert video.rate == 25
    assert len(video.beeps_s) == len(video.cues_s) == len(whole)
    assert np.abs(np.array(video.cues_s) - video.beeps_s).max() <= video.frame_s
    assert video.beeps_s[-1] - video.beeps_s[0] < whole[-1] - whole[0] - 10  # the pauses are gone
    seen = [int(video.counters[int(beep * video.rate)]) for beep in video.beeps_s]
    places = [(number, mark) for number, marks in enumerate(marks_s) for mark in marks]
    for shown, (number, mark) in zip(seen, places, strict=True):
        part = [float(time) for time in kinds[number]]
        frames_apart(np.array([shown - 1000 * number]), np.array([mark]), part, video.frame_s)
