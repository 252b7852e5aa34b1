"""The one continuous sound of a finished video, as long as its picture to the sample.

ffmpeg decodes the footage once, in source time; what is heard of it, the room under the cards, and
the brand's music are then laid into the programme by counting samples.
"""

from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.assemble.bed import lay_bed, plan_curve
from ebrochure.assemble.cleaning import cleaning_filters, noise_print
from ebrochure.assemble.decode import decode_music, decode_speech, filter_decoded
from ebrochure.assemble.mix import FRAME_BYTES, FULL_SCALE, Layer, mix, read_samples
from ebrochure.assemble.room import BLOCK, block_levels, find_room
from ebrochure.assemble.tracklay import fill, gaps, lay_footage, programme_samples
from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.media.loudness import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ebrochure.assemble.bed import Bed
    from ebrochure.assemble.tracklay import Piece, Take
    from ebrochure.model.media import MediaInfo, SpeechAudio
    from ebrochure.model.timeline import Timeline

_MINUTE = 60 * AUDIO_RATE_HZ // BLOCK * BLOCK
"""How much is looked at at once."""


def make_programme(
    timeline: Timeline,
    footage: Path,
    info: MediaInfo,
    *,
    heard: SpeechAudio | None,
    out: Path,
    is_cleaned: bool = False,
    bed: Bed | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> bool:
    """Write the whole sound as 48 kHz stereo WAV, as long as the picture to the sample.

    Args:
        timeline: The edit.
        footage: The recording.
        info: What it is.
        heard: Which stream and channel carry the speech; None: the first stream as it is.
        out: The WAV to write; working files are kept in a folder beside it while this runs.
        is_cleaned: Whether rumble, steady noise and sharp s sounds are taken down.
        bed: Music; None: there is none.
        on_progress: Hears the share done, 0 to 1.

    Returns:
        Whether there is any sound: False for footage without a sound track, and no music.

    """
    count = programme_samples(timeline)
    layers: list[Layer] = []
    with tempfile.TemporaryDirectory(prefix="sound-", dir=out.parent) as folder:
        if info.audio:
            runs, speech = lay_footage(timeline), Path(folder) / "speech.raw"
            used = max(piece.start + piece.count for run in runs for piece in run)
            decode_speech(footage, info, heard, speech, count=used, on_progress=on_progress)
            if is_cleaned:
                speech = _cleaned(speech)
            layers.append(_with_room(runs, speech))
        mix(layers, count, out)
        if bed is not None:
            music = _music(bed, Path(folder) / "music.raw", out, count)
            if music is not None:
                layers.append(music)
                mix(layers, count, out)
    return bool(layers)


def _cleaned(recording: Path) -> Path:
    """Return a recording without the noise of its room."""
    room, noise = _room(recording), None
    if room is not None:
        with recording.open("rb") as file:
            noise = noise_print(read_samples(file, room.start, room.count) / FULL_SCALE)
    out = recording.with_name("cleaned.raw")
    filter_decoded(recording, cleaning_filters(noise), out)
    return out


def _with_room(runs: Sequence[Sequence[Piece]], recording: Path) -> Layer:
    """Return the footage where it is heard, and its room between the runs."""
    between = gaps(runs)
    room = _room(recording) if between else None
    under_cards = [] if room is None else [piece for gap in between for piece in fill(gap, room)]
    return Layer(recording, (*chain.from_iterable(runs), *under_cards))


def _room(recording: Path) -> Take | None:
    return find_room(block_levels(_minutes(recording)))


def _minutes(recording: Path) -> Iterator[NDArray[np.int32]]:
    with recording.open("rb") as file:
        for start in range(0, recording.stat().st_size // FRAME_BYTES, _MINUTE):
            yield read_samples(file, start, _MINUTE)


def _music(bed: Bed, recording: Path, speech: Path, count: int) -> Layer | None:
    """Return the music under the speech that is laid already; None where it is silent."""
    loudest_lufs = decode_music(bed.music.source.path, bed.music.info, recording, count=count)
    if loudest_lufs is None:
        return None
    spoken = measure(speech, demuxer="wav")
    to_speech_db = 0.0 if spoken is None else spoken.integrated_lufs - loudest_lufs
    curve = tuple((moment, gain_db + to_speech_db) for moment, gain_db in plan_curve(bed))
    return Layer(recording, lay_bed(recording.stat().st_size // FRAME_BYTES, count), curve)
