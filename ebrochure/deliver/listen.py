"""The sound alone, for whoever listens on the way: copied out of the finished video, packet by packet."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ebrochure.errors import ProcessError
from ebrochure.media.encode import mp4_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.model.media import SoundRendition

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.media import Rendition

MIME_TYPE = "audio/mp4"


def copy_sound(video: Rendition, out: Path) -> SoundRendition:
    """Copy the sound out of a finished video.

    Args:
        video: The finished video; its sound is AAC.
        out: The M4A to write.

    Raises:
        ProcessError: ffmpeg failed, or the copy is not the sound of the video.
    """
    args = (*input_args(video.path, "mov"), "-map", "0:a:0", "-vn", "-c:a", "copy", *mp4_args(out))
    run_ffmpeg(args)
    if sound_digest(out) != sound_digest(video.path):
        raise ProcessError(f"`{out.name}` is not the sound of `{video.path.name}`", "build again")
    return SoundRendition(out, MIME_TYPE, video.duration_ms, out.stat().st_size)


def sound_digest(path: Path) -> str:
    """Return a digest of a file's sound, every packet with its time; nothing is decoded."""
    import av  # noqa: PLC0415  only where something was made

    digest = hashlib.blake2b(digest_size=20)
    with av.open(f"file:{path.absolute()}", format="mov") as container:
        for packet in container.demux(container.streams.audio[0]):
            if packet.size and packet.pts is not None:
                digest.update(f"{packet.pts * packet.time_base} ".encode())
                digest.update(bytes(packet))
    return digest.hexdigest()
