"""Read a file packet by packet in a child process: `python -m ebrochure.media.scan PATH DEMUXER SIDE PIXELS`.

Run by `probe` under bounds on memory, time and processor, because a few kilobytes can ask a demuxer
for gigabytes. Headers are not believed: times come from packets, pictures from decoded frames. Only
a part is decoded, enough to know what the frames are and whether the file is damaged all over.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import av

from ebrochure.media.boxes import is_cut_short
from ebrochure.media.scanned import Refusal, Scan, to_json
from ebrochure.media.tracks import AudioTrack, AvStream, Bounds, TooLargeError, Track, VideoTrack

if TYPE_CHECKING:
    from av.container import InputContainer

_MOST_STREAMS = 32
_MOST_PACKETS = 3_000_000
"""More than four hours of picture and sound."""
_MICROSECONDS = 1_000_000


def scan(path: Path, demuxer: str, bounds: Bounds) -> Scan:
    """Read all packets of a file and return what they say; what refuses it is in the result."""
    fences = {"protocol_whitelist": "file", "format_whitelist": demuxer}
    try:
        with av.open(f"file:{path}", format=demuxer, container_options=fences) as container:
            return _scan(container, bounds, cut_short=demuxer == "mov" and _is_cut_short(path))
    except TooLargeError as error:
        return Scan(refusal=Refusal.TOO_LARGE, detail=str(error))
    except (av.error.FFmpegError, ValueError, OverflowError) as error:
        return Scan(refusal=Refusal.UNREADABLE, detail=str(error))


def _scan(container: InputContainer, bounds: Bounds, *, cut_short: bool) -> Scan:
    if len(container.streams) > _MOST_STREAMS:
        return Scan(refusal=Refusal.TOO_MANY, detail=f"{len(container.streams)} streams")
    tracks = {stream.index: track for stream in container.streams if (track := _track(stream, bounds))}
    for number, packet in enumerate(container.demux([track.stream for track in tracks.values()])):
        tracks[packet.stream.index].see(packet)
        if number > _MOST_PACKETS:
            return Scan(refusal=Refusal.TOO_MANY, detail=f"more than {number} packets")
    start, header = container.start_time, container.duration
    return Scan(
        start_s=min((track.start_s for track in tracks.values()), default=0.0)
        if start is None
        else start / _MICROSECONDS,
        header_duration_s=None if header is None else header / _MICROSECONDS,
        is_cut_short=cut_short,
        videos=tuple(track.facts() for track in tracks.values() if isinstance(track, VideoTrack)),
        audios=tuple(track.facts() for track in tracks.values() if isinstance(track, AudioTrack)),
        other_streams=tuple(stream.type for stream in container.streams if stream.index not in tracks),
    )


def _track(stream: AvStream, bounds: Bounds) -> Track | None:
    """Return what listens to a stream, None for one we do not use: subtitles, data, cover art."""
    if stream.type not in {"video", "audio"} or stream.codec_context is None:
        return None
    stream.codec_context.thread_count = 1  # a thread costs a picture's memory each
    if stream.type == "audio":
        return AudioTrack(stream)
    if stream.disposition & av.stream.Disposition.attached_pic:
        return None
    return VideoTrack(stream, bounds=bounds)


def _is_cut_short(path: Path) -> bool:
    with path.open("rb") as file:
        return is_cut_short(file)


def main(arguments: list[str]) -> None:
    """Scan what the arguments name and write the result as JSON."""
    path, demuxer, side, pixels = arguments
    av.logging.set_level(av.logging.PANIC)
    sys.stdout.write(to_json(scan(Path(path), demuxer, Bounds(int(side), int(pixels)))))


if __name__ == "__main__":
    main(sys.argv[1:])
