"""The animated cards, composed by moviepy and encoded at our own door.

moviepy only ever composes stills of ours: it never opens footage and never writes a file, because
its own writer turns 24000/1001 into 1199/50 and leaves the colours untagged. It composes only the
frames, and of these only the pieces, in which something moves; ffmpeg repeats the last frame.
"""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from ebrochure.assemble.cardparts import Part, card_code, card_ground, card_panel, card_text
from ebrochure.media.encode import encode_frames
from ebrochure.media.tools import ffmpeg_path
from ebrochure.settings import DeliverySettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from PIL import Image

    from ebrochure.assemble.cardspec import CardSpec

MOTION_S = 0.9
"""How long anything moves at the start of a card."""
_ENTRANCE_S = 0.55
"""How long one part takes to come to rest."""
_FADE_S = 0.35
"""How long it takes to be wholly there: sooner, so that the eye follows something that it can see."""
_QUICKLY = DeliverySettings(preset="ultrafast")
"""A card is encoded once more with the rest of the video: at the same quality, size is no matter."""


def draw_card(spec: CardSpec, out: Path) -> None:
    """Write the card as a silent MP4 of exactly ``spec.frames`` frames."""
    encode_frames(
        moving_frames(spec),
        size=(spec.width, spec.height),
        rate=spec.frame_rate,
        out=out,
        delivery=_QUICKLY,
        still_frames=spec.frames - moving_count(spec),
    )


def moving_count(spec: CardSpec) -> int:
    """Return how many frames of a card differ; the last of them is the card at rest."""
    return min(spec.frames, math.ceil(MOTION_S * spec.frame_rate) + 1)


def moving_frames(spec: CardSpec) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames in which something moves, height x width x 3."""
    ground = card_ground(spec)
    canvas = np.array(ground)
    text = _piece(spec, ground, card_text(spec))
    panel = _piece(spec, ground, (card_panel(spec), *card_code(spec)))
    for frames in zip(text.frames, panel.frames, strict=True):
        for place, frame in zip((text.place, panel.place), frames, strict=True):
            canvas[place] = frame
        yield canvas.copy()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the frame in which something moves."""

    place: tuple[slice, slice]
    """Its rows and columns."""
    frames: Iterator[NDArray[np.uint8]]


def _piece(spec: CardSpec, ground: Image.Image, parts: tuple[Part, ...]) -> _Piece:
    """Return the piece of the frame that `parts` cross, as moviepy composes it over the ground."""
    moviepy = _moviepy()
    rate, count = float(spec.frame_rate), moving_count(spec)
    # Half a frame more: moviepy counts frames in floating point and must not come out one short.
    duration_s = (count + 0.5) / rate
    box = _crossed(parts, ground.size)
    layers = [moviepy.ImageClip(np.asarray(ground.crop(box)), duration=duration_s)]
    for part in parts:
        clip = _clip(moviepy, part, duration_s).with_start(part.delay_s)
        layers.append(clip.with_position(_path(part, box[0], box[1])))
    composed = moviepy.CompositeVideoClip(layers, use_bgclip=True).with_duration(duration_s)
    left, top, right, bottom = box
    frames = islice(composed.iter_frames(fps=rate, dtype="uint8"), count)
    return _Piece((slice(top, bottom), slice(left, right)), frames)


def _clip(moviepy: Any, part: Part, duration_s: float) -> Any:  # noqa: ANN401  moviepy has no types
    """Return a part as a clip: whatever can be seen through comes in softly."""
    if part.picture.mode == "RGB":
        return moviepy.ImageClip(np.asarray(part.picture), duration=duration_s)
    pictures = [np.asarray(picture) for picture in (part.picture, *part.between)]
    colours = [picture[:, :, :3] for picture in pictures]
    masks = [picture[:, :, 3] / 255 for picture in pictures]

    def shown(moment_s: float) -> int:
        return _offset(part, moment_s)[2]

    clip = moviepy.VideoClip(lambda moment_s: colours[shown(moment_s)], duration=duration_s)
    mask = moviepy.VideoClip(lambda moment_s: masks[shown(moment_s)], is_mask=True, duration=duration_s)
    return clip.with_mask(mask).with_effects([moviepy.vfx.CrossFadeIn(_FADE_S)])


def _path(part: Part, left: int, top: int) -> Callable[[float], tuple[int, int]]:
    """Return where a part is within a piece that lies at `left` and `top`, seconds after it started."""

    def position(moment_s: float) -> tuple[int, int]:
        right, down, _ = _offset(part, moment_s)
        return part.x + right - left, part.y + down - top

    return position


def _offset(part: Part, moment_s: float) -> tuple[int, int, int]:
    """Return how far a part still is from its place, to the right and down, and which picture is shown.

    It is quick at first and comes to rest softly; the pictures between whole pixels keep its slow
    end from trembling.
    """
    ahead = (1 - min(max(moment_s, 0) / _ENTRANCE_S, 1)) ** 3
    finely = len(part.between) + 1
    down, between = divmod(round(part.from_y * ahead * finely), finely)
    return round(part.from_x * ahead), down, between


def _crossed(parts: tuple[Part, ...], frame: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the smallest box within the frame that all parts stay in on their ways."""
    return (
        max(0, min(part.x + min(0, part.from_x) for part in parts)),
        max(0, min(part.y for part in parts)),
        min(frame[0], max(part.x + part.picture.width + max(0, part.from_x) for part in parts)),
        min(frame[1], max(part.y + part.picture.height + part.from_y for part in parts)),
    )


def _moviepy() -> Any:  # noqa: ANN401  moviepy has no types
    """Import moviepy, which takes a third of a second and looks for an ffmpeg of its own."""
    os.environ.setdefault("IMAGEIO_FFMPEG_EXE", str(ffmpeg_path()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its modules hold escapes that newer Pythons warn about
        import moviepy  # noqa: PLC0415, TID251  heavy, and this is the module that adapts it
    return moviepy
