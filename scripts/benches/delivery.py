"""What is offered beside a video costs, and what a quick look costs, each against what it spares.

The footage is 20 s of 1080p30 at the bit rate of a camera: the grain of a sensor over slow movement.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Row, medians_of

from ebrochure import build
from ebrochure.deliver.rungs import encode_rung
from ebrochure.deliver.sprite import draw_sprite
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.encode import BT709_FILTER, audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.verify import verify_rendition
from ebrochure.settings import DeliverySettings, OfferSettings, preview_of

if TYPE_CHECKING:
    from ebrochure.model.media import Rendition
    from ebrochure.settings import Settings

ROUNDS = 3
SECONDS = 20
RATE = Fraction(30)
SIZE, RUNG = (1920, 1080), (1280, 720)
CAMERA_BPS = 12_000_000
LADDER_TARGET, FAST_TARGET, SPRITE_TARGET = 0.55, 0.25, 0.20
DELIVERY = DeliverySettings()
NOTHING_BESIDE = OfferSettings(ladder=False, listen=False, thumbnails=False, av1=False)
CAPTIONS = f"WEBVTT\n\n00:00:00.500 --> 00:00:{SECONDS - 1}.000\nGrain and a tone.\n"


def rows() -> tuple[Row, ...]:
    """Take all figures in one run."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as name:
        folder = Path(name)
        return (ladder_row(folder), _thumbnails(folder), _fast(folder / "workspace"))


def ladder_row(folder: Path) -> Row:
    """Measure what the smaller size costs, made from the finished video, against making both at once."""
    footage = _make_footage(folder / "footage.mp4")
    top = _transcode(footage, folder / "top.mp4")
    both, rung = medians_of(
        ROUNDS,
        partial(_both_at_once, footage, folder),
        partial(encode_rung, top, RUNG, DELIVERY, folder / "rung.mp4"),
    )
    return _row(
        f"smaller size / both in one invocation ({rung:.1f} s / {both:.1f} s)", rung / both, LADDER_TARGET
    )


def _thumbnails(folder: Path) -> Row:
    top = _transcode(_make_footage(folder / "footage.mp4"), folder / "top.mp4")
    decoded, sprite = medians_of(
        ROUNDS, partial(_decode, top.path), partial(draw_sprite, top, folder / "sprite.jpg")
    )
    return _row(
        f"thumbnails / decoding all ({sprite:.2f} s / {decoded:.2f} s)", sprite / decoded, SPRITE_TARGET
    )


def _fast(workspace: Path) -> Row:
    _make_footage(workspace / "services" / "bench" / "footage.mp4")
    (workspace / "services" / "bench" / "footage.en.vtt").write_text(CAPTIONS, encoding="utf-8")
    text = "services: services\nrenders: renders\nengine: offline\nlimits: {settle_s: 0}\n"
    (workspace / "ebrochure.yaml").write_text(text, encoding="utf-8")
    full = replace(read_settings(workspace), offers=NOTHING_BESIDE)
    fast = preview_of(full)
    for settings in (full, fast):  # both find speech, cards and pictures in the store from now on
        _build(settings)
    slow, quick = medians_of(ROUNDS, partial(_again, full), partial(_again, fast))
    return _row(f"quick look / full render ({quick:.1f} s / {slow:.1f} s)", quick / slow, FAST_TARGET)


def _row(check: str, ratio: float, target: float) -> Row:
    return Row(check, f"<= {target}", f"{ratio:.2f}", ratio <= target)


def _make_footage(out: Path) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    picture = f"gradients=size=1920x1080:rate={RATE}:duration={SECONDS}:speed=0.01,noise=alls=4:allf=t"
    run_ffmpeg(
        (
            *("-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", f"sine=frequency=220:duration={SECONDS}"),
            *("-c:v", "libx264", "-preset", "veryfast", "-b:v", str(CAMERA_BPS), "-pix_fmt", "yuv420p"),
            *("-c:a", "aac", str(out)),
        )
    )
    return out


def _transcode(footage: Path, out: Path) -> Rendition:
    run_ffmpeg(
        (
            *input_args(footage, "mov"),
            *("-vf", f"format=yuv420p,{BT709_FILTER}"),
            *(*video_args(DELIVERY, RATE, SIZE), *audio_args(DELIVERY), *mp4_args(out)),
        )
    )
    return verify_rendition(
        out, frame_count=round(SECONDS * RATE), frame_rate=RATE, width=SIZE[0], height=SIZE[1]
    )


def _both_at_once(footage: Path, folder: Path) -> None:
    """Encode both sizes from the footage in one invocation, as a ladder is usually made."""
    tagged = f"format=yuv420p,{BT709_FILTER}"
    low = f"scale={RUNG[0]}:{RUNG[1]}:flags=bicubic,setsar=1"
    outputs = (("[high]", SIZE, folder / "both-high.mp4"), ("[low]", RUNG, folder / "both-low.mp4"))
    args = [*input_args(footage, "mov"), "-filter_complex", f"{tagged},split[high][b];[b]{low},{tagged}[low]"]
    for label, size, out in outputs:
        args += ["-map", label, "-map", "0:a"]
        args += [*video_args(DELIVERY, RATE, size), *audio_args(DELIVERY), *mp4_args(out)]
    run_ffmpeg(args)


def _decode(video: Path) -> None:
    run_ffmpeg((*input_args(video, "mov"), "-map", "0:v:0", "-f", "null", "-"))


def _again(settings: Settings) -> None:
    for stage in ("render", "poster"):
        shutil.rmtree(settings.places.renders / ".store" / stage, ignore_errors=True)
    _build(settings)


def _build(settings: Settings) -> None:
    if build.build_catalogue(settings).site is None:
        raise SystemExit("the footage of the bench could not be built")
