"""From a timeline to a finished video: sound first, then one ffmpeg graph, then a look at what came out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.assemble.audio import lay_under, make_programme
from ebrochure.assemble.compose import compose
from ebrochure.assemble.materials import Materials
from ebrochure.assemble.smartcut import CannotCopyError, copy_untouched
from ebrochure.media.encode import audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import Graph
from ebrochure.media.loudness import NO_LEVELING, Leveling, level
from ebrochure.media.verify import LOUDNESS_TOLERANCE_LU, verify_rendition
from ebrochure.progress import span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ebrochure.assemble.bed import Bed
    from ebrochure.assemble.look import Look
    from ebrochure.model.media import Loudness, MediaInfo, Rendition, SpeechAudio
    from ebrochure.model.timeline import Timeline
    from ebrochure.settings import DeliverySettings

RENDITION_NAME = "video.mp4"
RENDER_VERSION = 3
"""Raised when the same materials are rendered differently."""

_SOUND_SHARE, _LEVEL_SHARE, _PICTURE_SHARE = 0.05, 0.10, 0.97
"""How far along the work is when each part is done."""
_MOST_CORRECTIONS = 2
_PEAK_SPARE_DB = 0.2


def render(
    timeline: Timeline,
    footage: Path,
    info: MediaInfo,
    cards: Mapping[str, Path],
    pictures: Mapping[str, Path],
    *,
    look: Look,
    heard: SpeechAudio | None,
    is_cleaned: bool = False,
    bed: Bed | None = None,
    delivery: DeliverySettings,
    out_dir: Path,
    on_progress: Callable[[float], None] | None = None,
) -> Rendition:
    """Render the finished video into `out_dir`.

    It is written under another name and only gets its own when it has been looked at: a killed
    ffmpeg leaves a file that plays.

    Args:
        timeline: The edit.
        footage: The recording.
        info: What it is.
        cards: MP4 of each card by the name of its clip.
        pictures: PNG of each still by its name, as `draw_pictures` returns them.
        look: The brand's colours.
        heard: Which stream and channel of the footage carry the speech; None: the first as it is.
        is_cleaned: Whether noise is taken out of the speech.
        bed: Music; None: there is none.
        delivery: Quality and loudness.
        out_dir: An existing folder.
        on_progress: Hears the share done, 0 to 1; may raise `Interrupted`.

    Raises:
        ProcessError: ffmpeg failed, or the result is not what was planned.

    """
    tell = on_progress or _nobody
    programme, partial = out_dir / "programme.wav", out_dir / "video.partial.mp4"
    try:
        has_sound = make_programme(
            timeline,
            footage,
            info,
            heard=heard,
            out=programme,
            is_cleaned=is_cleaned,
            bed=bed,
            on_progress=span(tell, 0, _SOUND_SHARE),
        )
        tell(_SOUND_SHARE)
        leveling = NO_LEVELING
        if has_sound:
            peak, target = delivery.true_peak_dbtp, delivery.integrated_lufs
            leveling = level(programme, target_lufs=target, true_peak_dbtp=peak)
        tell(_LEVEL_SHARE)
        materials = Materials(timeline, footage, info, cards, pictures, look, programme, leveling)
        making = span(tell, _LEVEL_SHARE, _PICTURE_SHARE)
        copied, reason = _copy(materials, delivery, partial, making) if delivery.smart else (0, None)
        if not copied:
            _encode(materials, delivery, partial, making)
        rendition = _settle_loudness(materials, delivery, partial)
        partial.replace(out_dir / RENDITION_NAME)
    finally:
        programme.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    tell(1.0)
    made = out_dir / RENDITION_NAME
    return replace(rendition, path=made, copied_frames=copied, why_not_copied=reason)


def correct_leveling(
    leveling: Leveling, reached: Loudness | None, delivery: DeliverySettings
) -> Leveling | None:
    """Return what would bring the finished sound into its bounds; None where it is within them.

    AAC moves peaks by a few tenths of a decibel, which nobody can know beforehand. Pure.
    """
    if reached is None:
        return None
    missing_lu = delivery.integrated_lufs - reached.integrated_lufs
    excess_db = reached.true_peak_dbtp - delivery.true_peak_dbtp
    if abs(missing_lu) <= LOUDNESS_TOLERANCE_LU and excess_db <= 0:
        return None
    gain_db = leveling.gain_db + (missing_lu if abs(missing_lu) > LOUDNESS_TOLERANCE_LU else 0)
    if excess_db <= 0:
        return Leveling(gain_db, leveling.limit_dbtp)
    limit = leveling.limit_dbtp if leveling.limit_dbtp is not None else reached.true_peak_dbtp
    return Leveling(gain_db, limit - excess_db - _PEAK_SPARE_DB)


def _copy(
    materials: Materials, delivery: DeliverySettings, out: Path, on_progress: Callable[[float], None]
) -> tuple[int, str | None]:
    """Return how many frames could be copied; none: why not."""
    try:
        return copy_untouched(materials, delivery, out, on_progress), None
    except CannotCopyError as error:
        return 0, str(error)


def _encode(
    materials: Materials,
    delivery: DeliverySettings,
    out: Path,
    on_progress: Callable[[float], None],
) -> None:
    """Run the one graph that makes picture and sound."""
    timeline = materials.timeline
    graph = Graph()
    picture = compose(graph, materials)
    sound = materials.leveling.apply(graph.add_input(input_args(materials.programme, "wav")).audio())
    graph.add_output(
        (picture, sound),
        (*video_args(delivery, timeline.frame_rate, materials.size), *audio_args(delivery), *mp4_args(out)),
    )
    run_ffmpeg(graph.compile(), duration_ms=timeline.duration_ms, on_progress=on_progress)


def _settle_loudness(materials: Materials, delivery: DeliverySettings, video: Path) -> Rendition:
    """Look at the video, and make its sound again, the picture copied, while it is out of bounds."""
    leveling = materials.leveling
    rendition = _verified(video, materials.timeline)
    for _ in range(_MOST_CORRECTIONS):
        better = correct_leveling(leveling, rendition.loudness, delivery)
        if better is None:
            break
        leveling = better
        _sound_again(materials.programme, leveling, delivery, video)
        rendition = _verified(video, materials.timeline)
    return rendition


def _sound_again(programme: Path, leveling: Leveling, delivery: DeliverySettings, video: Path) -> None:
    """Replace the sound of `video`, its picture copied."""
    out = video.with_name("video.again.mp4")
    try:
        lay_under(video, programme, leveling, delivery, out)
        out.replace(video)
    finally:
        out.unlink(missing_ok=True)


def _verified(video: Path, timeline: Timeline) -> Rendition:
    """Return the description of a video that is what the timeline says."""
    return verify_rendition(
        video,
        frame_count=timeline.frame_count,
        frame_rate=timeline.frame_rate,
        width=timeline.width,
        height=timeline.height,
    )


def _nobody(_share: float) -> None:
    """Hear nothing."""
