"""What is offered beside a video: its files get their names, its thumbnails their WebVTT."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.model.page import PageFile, PageThumbnails

if TYPE_CHECKING:
    from ebrochure.model.media import Offers, Rendition, Sprite
    from ebrochure.publish.places import Places


@dataclass(frozen=True, slots=True)
class Beside:
    """The offers as a page sees them."""

    smaller: PageFile | None
    av1: PageFile | None
    sound: PageFile | None
    thumbnails: PageThumbnails | None


def place_offers(offers: Offers, video: str, places: Places) -> Beside:
    """Give the files beside `video` their places."""
    sound = offers.sound
    return Beside(
        smaller=None if offers.smaller is None else place_smaller(offers.smaller, video, places),
        av1=None if offers.av1 is None else _file(offers.av1, f"media/{video}.av1.mp4", places),
        sound=None
        if sound is None
        else PageFile(places.put(sound.path, f"media/{video}.m4a"), sound.mime_type, sound.size_bytes),
        thumbnails=None if offers.sprite is None else _thumbnails(offers.sprite, video, places),
    )


def place_smaller(smaller: Rendition, video: str, places: Places) -> PageFile:
    """Give the rung below `video` its place."""
    return _file(smaller, f"media/{video}.{smaller.height}p.mp4", places)


def thumbnails_vtt(sprite: Sprite, sheet: str) -> str:
    """Return the WebVTT file that says which piece of the sheet is when.

    Each cue holds an address with a spatial fragment. Source: W3C Media Fragments URI 1.0, section 4.2.2.

    Args:
        sprite: The sheet.
        sheet: Its address, seen from the WebVTT file.
    """
    # What is before the first picture looks most like it.
    edges = (0, *sprite.starts_ms[1:], sprite.duration_ms)
    width, height = sprite.tile_width, sprite.tile_height
    cues = []
    for number, (start, end) in enumerate(pairwise(edges)):
        row, column = divmod(number, sprite.columns)
        piece = f"{column * width},{row * height},{width},{height}"
        cues.append(f"{_clock(start)} --> {_clock(end)}\n{sheet}#xywh={piece}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _file(rendition: Rendition, href: str, places: Places) -> PageFile:
    return PageFile(places.put(rendition.path, href), rendition.mime_type, rendition.size_bytes)


def _thumbnails(sprite: Sprite, video: str, places: Places) -> PageThumbnails:
    sheet = places.put(sprite.path, f"media/{video}.sprite.jpg")
    href = places.free(f"media/{video}.sprite.vtt")
    return PageThumbnails(href, thumbnails_vtt(sprite, sheet.rpartition("/")[2]), sheet)


def _clock(moment_ms: int) -> str:
    """Return a time as WebVTT writes it, ``00:01:02.500``. Source: WebVTT, section 4.1."""
    seconds, milliseconds = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{milliseconds:03d}"
