"""A talk to measure with: somebody in front of a room, filmed at 12 Mb/s, and the workspace around it.

The picture holds what an encoder meets in such footage: a still room with fine texture, a person who sways,
and a camera's grain on everything. It flashes white for two frames at each of `FLASHES_S`, when it beeps too.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ebrochure import build
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.encode import BT709_FILTER, audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import picture_args, source_args
from ebrochure.settings import DeliverySettings

RATE = Fraction(30)
HD, UHD = (1920, 1080), (3840, 2160)
FLASHES_S = (2.4, 5.1, 27.3)
"""No distance occurs twice; all are seen full size, before the first slide and after the last."""
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:{end:02}.500\n{text}\n"
_KIT = Path(__file__).parents[2] / "assets" / "brand"
_BIT_RATE = 12_000_000
_BROCHURE = """---
title: Remote access
videos:
  - file: talk.mp4
    title: Remote access in two minutes
    speaker: {name: Priya Shah, role: Business liaison}
---
## Goals
To be measured.
"""
_SETTINGS = "services: services\nbrand: brand\nrenders: renders\nengine: offline\nlimits: {settle_s: 0}\n"
_BUZZ = "+".join(f"sin({140 * number}*2*PI*t)/{number}" for number in range(1, 12))


@dataclass(frozen=True, slots=True)
class Bench:
    """One workspace with one talk in it."""

    root: Path
    seconds: int

    @property
    def service(self) -> Path:
        """The drop folder."""
        return self.root / "services" / "remote-access"

    @property
    def footage(self) -> Path:
        """The recording."""
        return self.service / "talk.mp4"

    def write_captions(self, text: str) -> None:
        """Write captions of one cue, so that nothing is listened to and nothing cut away."""
        captions = CAPTIONS.format(end=self.seconds - 1, text=text)
        self.footage.with_suffix(".en.vtt").write_text(captions, encoding="utf-8")

    def forget(self, *stages: str) -> None:
        """Take the artifacts of `stages` out of the store."""
        for stage in stages:
            shutil.rmtree(self.root / "renders" / ".store" / stage, ignore_errors=True)

    def build(self) -> None:
        """Do what `ebrochure build` does."""
        result = build.build_catalogue(read_settings(self.root))
        if result.site is None:
            message = "; ".join(str(finding) for service in result.services for finding in service.findings)
            raise SystemExit(f"the footage of the bench could not be built: {message}")

    def build_without(self, *stages: str) -> None:
        """Build with these stages to be made again."""
        self.forget(*stages)
        self.build()

    def finished(self) -> Path:
        """Return the video that was rendered last."""
        found = (self.root / "renders" / ".store" / "render").glob("*/video.mp4")
        return max(found, key=lambda path: path.stat().st_mtime)


def make_bench(
    root: Path, *, seconds: int, size: tuple[int, int] = HD, slides: int = 2, bit_rate: int = _BIT_RATE
) -> Bench:
    """Make a workspace with a talk and, for some of it, slides."""
    bench = Bench(root, seconds)
    bench.service.mkdir(parents=True)
    shutil.copytree(_KIT, root / "brand")
    (root / "ebrochure.yaml").write_text(_SETTINGS, encoding="utf-8")
    (bench.service / "brochure.md").write_text(_BROCHURE, encoding="utf-8")
    bench.write_captions("A talk to measure with.")
    _film(bench.footage, root, seconds=seconds, size=size, bit_rate=bit_rate)
    (bench.service / "slides").mkdir()
    for number in range(1, slides + 1):
        _draw_slide(bench.service / "slides" / f"{number}.png", number)
    return bench


def transcode(footage: Path, folder: Path) -> None:
    """Do what is the least: encode the footage once, as it is, with our own settings."""
    delivery, out = DeliverySettings(), folder / "plain.mp4"
    settings = (*video_args(delivery, RATE, HD), *audio_args(delivery), *mp4_args(out))
    run_ffmpeg((*input_args(footage, "mov"), *settings))


def _film(out: Path, room_for_stills: Path, *, seconds: int, size: tuple[int, int], bit_rate: int) -> None:
    room, person = room_for_stills / "room.png", room_for_stills / "person.png"
    _draw_room(HD).save(room)
    _draw_person().save(person)
    cap = ("-b:v", str(bit_rate), "-maxrate", str(bit_rate), "-bufsize", str(2 * bit_rate))
    run_ffmpeg(
        (
            *(*picture_args(room), *picture_args(person), *source_args(_sound(seconds))),
            *("-filter_complex", _picture(seconds, size), "-map", "[picture]", "-map", "2:a"),
            *("-r", str(RATE), "-c:v", "libx264", "-preset", "veryfast", "-g", "60", *cap),
            *("-c:a", "aac", str(out)),
        )
    )


def _picture(seconds: int, size: tuple[int, int]) -> str:
    """Return the graph that lays the second input, swaying, over the first."""
    still = f"loop={round(seconds * RATE) - 1}:1,settb=1/{RATE},setpts=N"
    sway = "x='520+16*sin(2.1*t)+6*sin(7.3*t)':y='130+10*sin(3.7*t)+5*sin(9*t)'"
    firsts = [round(start * RATE) for start in FLASHES_S]
    flash = "+".join(f"between(n,{first},{first + 1})" for first in firsts)
    ends = f"noise=alls=7:allf=t,scale={size[0]}:{size[1]},format=yuv420p,{BT709_FILTER}[picture]"
    return (
        f"[0]format=yuv420p,{still}[room];[1]format=yuva420p,{still}[person];"
        f"[room][person]overlay={sway},drawbox=c=white:t=fill:enable='{flash}',{ends}"
    )


def _sound(seconds: int) -> str:
    """Return the source of a buzz with pauses, and a beep of 80 ms at each flash."""
    beep = "+".join(f"between(t,{start},{start + 0.08})" for start in FLASHES_S)
    sound = f"0.1*({_BUZZ})*lt(mod(t,2.2),1.7)*not({beep})+0.5*sin(4000*PI*t)*({beep})"
    return f"aevalsrc={_escaped(sound)}:s=48000:d={seconds}"


def _escaped(expression: str) -> str:
    """Return an expression that stands without quotes in a filter's option."""
    return expression.replace(",", "\\,")


def _draw_room(size: tuple[int, int]) -> Image.Image:
    width, height = size
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:height, 0:width]
    shade = np.stack([150 - 40 * x / width, 158 - 35 * x / width, 165 - 30 * y / height], axis=-1)
    texture = rng.normal(0, 14, (height // 4, width // 4, 1)).repeat(4, 0).repeat(4, 1)
    room = Image.fromarray((shade + texture).clip(0, 255).astype("uint8"))
    pen = ImageDraw.Draw(room)
    for book in range(14):
        colour = tuple(int(value) for value in rng.integers(40, 190, 3))
        pen.rectangle((120 + book * 34, 200, 146 + book * 34, 430), fill=colour)
    pen.rectangle((1350, 120, 1800, 620), fill=(205, 215, 225))
    return room.filter(ImageFilter.GaussianBlur(2))


def _draw_person() -> Image.Image:
    person = Image.new("RGBA", (900, 960))
    pen = ImageDraw.Draw(person)
    pen.rounded_rectangle((40, 560, 860, 1200), 160, fill=(52, 70, 104, 255))
    pen.ellipse((270, 60, 630, 600), fill=(214, 170, 140, 255))
    pen.pieslice((250, 30, 650, 520), 180, 360, fill=(70, 48, 36, 255))
    for left in (350, 500):
        pen.ellipse((left, 290, left + 50, 320), fill=(40, 30, 30, 255))
    pen.ellipse((400, 450, 500, 490), fill=(140, 60, 60, 255))
    return person.filter(ImageFilter.GaussianBlur(1.2))


def _draw_slide(path: Path, number: int) -> None:
    slide = Image.new("RGB", (1600, 900), "#f4f4f0")
    pen = ImageDraw.Draw(slide)
    for row in range(6):
        length = 300 + (row * 7 + number * 3) % 9 * 100
        pen.rectangle((120, 150 + row * 110, 120 + length, 200 + row * 110), fill="#20506a")
    slide.save(path)
