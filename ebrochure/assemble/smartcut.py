"""Copy what nobody touched: the smart render, from what `smartplan` decided to a video that is looked at.

Every part begins with a frame that depends on nothing before it. The parts that are encoded have parameter
sets of another number than the footage's, and the finished file tells both before its first frame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av

from ebrochure.assemble.audio import lay_under
from ebrochure.assemble.compose import compose
from ebrochure.assemble.joints import look_at_joints
from ebrochure.assemble.pieces import Piece, all_sets, write_pieces
from ebrochure.assemble.smartplan import (
    LEAST_COPIED_SHARE,
    copied_frames,
    drawn_from,
    excerpt,
    free_set_id,
    plan_parts,
    why_not,
    why_not_track,
)
from ebrochure.errors import ProcessError
from ebrochure.media.coded import read_track
from ebrochure.media.encode import mp4_args, video_args
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.smartplan import Extract, Part
    from ebrochure.media.coded import CodedTrack
    from ebrochure.settings import DeliverySettings


class CannotCopyError(Exception):
    """Footage cannot be copied; the message says why, to be read after "because"."""


def copy_untouched(
    materials: Materials, delivery: DeliverySettings, out: Path, on_progress: Callable[[float], None]
) -> int:
    """Write the finished video, footage that nothing lies over copied; return how many frames were.

    Raises:
        CannotCopyError: This footage or this edit has to be rendered in full, or there is any doubt.
    """
    track, parts = _planned(materials)
    silent = out.with_name("silent.mp4")
    made: list[Path] = []
    pieces: list[Piece] = []
    try:
        for part in parts:
            if part.source is not None:
                span = (part.source, part.source + part.frames.count)
                pieces.append(Piece(materials.footage, _index(materials), track, span, part.frames.start))
                continue
            path = out.with_name(f"part-{len(made)}.mp4")
            made.append(path)
            _encode_part(materials, track, part, delivery, path)
            on_progress(part.frames.end / materials.timeline.frame_count)
            pieces.append(_encoded_piece(path, part, materials.rate))
        sets = all_sets(pieces)
        write_pieces(pieces, sets, materials.rate, silent)
        lay_under(silent, materials.programme, materials.leveling, delivery, out)
        look_at_joints(out, pieces, sets, materials.rate)
    except (ValueError, ProcessError, av.error.FFmpegError) as error:
        raise CannotCopyError(f"what came out could not be trusted ({error})") from error
    finally:
        for path in (silent, *made):
            path.unlink(missing_ok=True)
    return copied_frames(parts)


def _index(materials: Materials) -> int:
    if materials.info.video is None:
        raise CannotCopyError("there is no picture to copy")
    return materials.info.video.index


def _planned(materials: Materials) -> tuple[CodedTrack, tuple[Part, ...]]:
    """Return the footage and the parts of the video.

    Raises:
        CannotCopyError: There is nothing to copy, or it is not safe.
    """
    timeline = materials.timeline
    reason = why_not(timeline, materials.info)
    if reason is not None:
        raise CannotCopyError(reason)
    try:
        track = read_track(materials.footage, _index(materials), timeline.frame_rate)
    except (ValueError, av.error.FFmpegError) as error:
        raise CannotCopyError("its pictures are not coded as MP4 keeps them") from error
    reason = why_not_track(timeline, track)
    if reason is not None:
        raise CannotCopyError(reason)
    parts = plan_parts(timeline, track.starts())
    if copied_frames(parts) < LEAST_COPIED_SHARE * timeline.frame_count:
        raise CannotCopyError("hardly any of it is shown with nothing over it between two key frames")
    return track, parts


def _encode_part(
    materials: Materials,
    track: CodedTrack,
    part: Part,
    delivery: DeliverySettings,
    out: Path,
) -> None:
    """Encode one part from no more of the footage than it shows."""
    timeline, extracts = drawn_from(excerpt(materials.timeline, part.frames), track)
    source = out.with_name(f"{out.stem}-source.mp4")
    try:
        if extracts:
            write_pieces(_pieces_of(extracts, materials, track), track.configuration, materials.rate, source)
        video = materials.info.video
        info = replace(materials.info, video=None if video is None else replace(video, index=0))
        graph = Graph()
        picture = compose(graph, replace(materials, timeline=timeline, footage=source, info=info))
        options = (
            *video_args(delivery, materials.rate, materials.size),
            *("-x264-params", f"sps-id={free_set_id(track)}:open-gop=0"),
        )
        graph.add_output((picture,), (*options, *mp4_args(out)))
        run_ffmpeg(graph.compile())
    finally:
        source.unlink(missing_ok=True)


def _pieces_of(extracts: Sequence[Extract], materials: Materials, track: CodedTrack) -> list[Piece]:
    spans = [((item.packets.start, item.packets.end), item.at) for item in extracts]
    return [Piece(materials.footage, _index(materials), track, span, at) for span, at in spans]


def _encoded_piece(path: Path, part: Part, rate: Fraction) -> Piece:
    track = read_track(path, 0, rate)
    if len(track.frames) != part.frames.count or not track.is_even or not track.frames[0].is_idr:
        raise ValueError(f"expected {part.frames.count} even frames, got {len(track.frames)}")
    return Piece(path, 0, track, (0, len(track.frames)), part.frames.start)
