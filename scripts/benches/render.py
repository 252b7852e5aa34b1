"""What a full render costs: against one plain ffmpeg transcode of the same footage to the same settings.

The footage is 30 s of 1080p30 with the grain of a camera and a tone. The render is what `ebrochure build`
does once the cards are filmed and the speech is known: the sound is mixed and brought to its loudness; intro
card, body with logo and lower third, and outro card go through one graph; the result is verified and a poster
chosen. Its video is longer than the footage by the two cards; the comparison makes no allowance for that.
"""

from __future__ import annotations

import shutil
import tempfile
from fractions import Fraction
from functools import partial
from pathlib import Path

from measure import Row, medians_of

from ebrochure import build
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.encode import audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.settings import DeliverySettings

ROUNDS = 3
SECONDS = 30
SIZE = (1920, 1080)
RATE = Fraction(30)
TARGET = 1.6
RENDERED_STAGES = ("programme", "render", "poster")
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:29.500\nThirty seconds of grain and a tone.\n"


def rows() -> tuple[Row, ...]:
    """Render and transcode in turns, in one run."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        workspace = Path(folder)
        footage = _make_workspace(workspace)
        _build(workspace)  # fills the store: cards, speech, pictures
        full, plain = medians_of(
            ROUNDS, partial(_render_again, workspace), partial(_transcode, footage, workspace / "plain.mp4")
        )
    ratio = full / plain
    name = f"full render against a plain transcode ({full:.1f} s and {plain:.1f} s of CPU)"
    return (Row(name, f"<= {TARGET} x", f"{ratio:.2f} x", ratio <= TARGET),)


def _make_workspace(workspace: Path) -> Path:
    footage = workspace / "services" / "bench" / "footage.mp4"
    footage.parent.mkdir(parents=True)
    picture = f"testsrc2=size={SIZE[0]}x{SIZE[1]}:rate={RATE}:duration={SECONDS},noise=alls=6:allf=t"
    run_ffmpeg(
        (
            *("-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", f"sine=frequency=220:duration={SECONDS}"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", "-c:a", "aac"),
            str(footage),
        )
    )
    footage.with_suffix(".en.vtt").write_text(CAPTIONS, encoding="utf-8")
    settings = "services: services\nrenders: renders\nengine: offline\nlimits: {settle_s: 0}\n"
    (workspace / "ebrochure.yaml").write_text(settings, encoding="utf-8")
    return footage


def _build(workspace: Path) -> None:
    result = build.build_catalogue(read_settings(workspace))
    if result.site is None:
        message = "; ".join(str(finding) for service in result.services for finding in service.findings)
        raise SystemExit(f"the footage of the bench could not be built: {message}")


def _render_again(workspace: Path) -> None:
    for stage in RENDERED_STAGES:
        shutil.rmtree(workspace / "renders" / ".store" / stage, ignore_errors=True)
    _build(workspace)


def _transcode(footage: Path, out: Path) -> None:
    delivery = DeliverySettings()
    run_ffmpeg(
        (
            *input_args(footage, "mov"),
            *video_args(delivery, RATE, SIZE),
            *audio_args(delivery),
            *mp4_args(out),
        )
    )
