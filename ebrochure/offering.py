"""The stages after the render: one function each for what is offered beside the finished video."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.deliver.listen import copy_sound
from ebrochure.deliver.rungs import encode_rung, rung_size
from ebrochure.deliver.second import encode_av1
from ebrochure.deliver.sprite import draw_sprite
from ebrochure.media.encode import AV1_ENCODER
from ebrochure.media.ffmpeg import can_encode
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.findings import Finding, Level
from ebrochure.model.media import Offers, Rendition, SoundRendition, Sprite
from ebrochure.store import Step

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.settings import OfferSettings
    from ebrochure.store import Kept
    from ebrochure.workbench import Workbench


def possible_offers(wanted: OfferSettings) -> tuple[OfferSettings, tuple[Finding, ...]]:
    """Return what of `wanted` this machine can make, and what there is to say about the rest."""
    if not wanted.av1 or can_encode(AV1_ENCODER):
        return wanted, ()
    message = f"the ffmpeg of this machine has no `{AV1_ENCODER}`, so videos get no second source in AV1"
    hint = "install an ffmpeg that has it, or take `av1: true` out of ebrochure.yaml"
    return replace(wanted, av1=False), (Finding("AV1_UNAVAILABLE", Level.WARN, message, hint=hint),)


def offer(bench: Workbench, rendition: Kept[Rendition]) -> Offers:
    """Make whatever the workspace wants to offer beside a finished video."""
    wanted = bench.settings.offers
    return Offers(
        smaller=offer_smaller(bench, rendition),
        av1=add_av1(bench, rendition) if wanted.av1 else None,
        sound=add_sound(bench, rendition) if wanted.listen else None,
        sprite=add_sprite(bench, rendition) if wanted.thumbnails else None,
    )


def offer_smaller(bench: Workbench, rendition: Kept[Rendition]) -> Rendition | None:
    """Make the rung below where the workspace wants one."""
    return add_rung(bench, rendition) if bench.settings.offers.ladder else None


def add_rung(bench: Workbench, rendition: Kept[Rendition]) -> Rendition | None:
    """Make the rung below; None where the video is small itself."""
    top, delivery = rendition.value, bench.settings.delivery
    size = rung_size(top.width, top.height)
    if size is None:
        return None

    def make(folder: Path) -> Rendition:
        return encode_rung(top, size, delivery, folder / "smaller.mp4", bench.narrator.part(0, 1))

    step = Step.of("rungs", 2, rendition=rendition, delivery=delivery, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Rendition, make, slot=bench.slot).value


def add_av1(bench: Workbench, rendition: Kept[Rendition]) -> Rendition | None:
    """Make the second source, in AV1; None where it came out no smaller, as with grainy footage."""
    delivery = bench.settings.delivery

    def make(folder: Path) -> Rendition:
        return encode_av1(rendition.value, delivery, folder / "av1.mp4", bench.narrator.part(0, 1))

    step = Step.of("av1", 1, rendition=rendition, threads=delivery.threads, ffmpeg=ffmpeg_version())
    second = bench.store.once(step, Rendition, make, slot=bench.slot).value
    return second if second.bit_rate_bps < rendition.value.bit_rate_bps else None


def add_sound(bench: Workbench, rendition: Kept[Rendition]) -> SoundRendition:
    """Copy the sound out, for whoever only listens."""

    def make(folder: Path) -> SoundRendition:
        return copy_sound(rendition.value, folder / "audio.m4a")

    step = Step.of("audio", 1, rendition=rendition, ffmpeg=ffmpeg_version())
    return bench.store.once(step, SoundRendition, make, slot=bench.slot).value


def add_sprite(bench: Workbench, rendition: Kept[Rendition]) -> Sprite:
    """Draw small pictures along the timeline."""

    def make(folder: Path) -> Sprite:
        return draw_sprite(rendition.value, folder / "sprite.jpg")

    step = Step.of("sprite", 1, rendition=rendition)
    return bench.store.once(step, Sprite, make, slot=bench.slot).value
