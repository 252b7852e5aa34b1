"""How much work each stage of a recording is, before it is done: for the plan and for the time left. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.plan import delivery_size
from ebrochure.caption.languages import same_language
from ebrochure.deliver.rungs import rung_size
from ebrochure.media.boxes import length_ms_from_header
from ebrochure.pace import Load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ebrochure.model.brand import Brand
    from ebrochure.model.media import MediaInfo
    from ebrochure.model.timeline import Timeline
    from ebrochure.workbench import Workbench

_FULL_LINES = 1080
_ALWAYS = 0.2
"""Share of a full-size picture's cost that even the smallest one has: its footage is read all the same."""
_PROBED_BYTES = 200_000_000
"""What probing reads in the time that starting it takes."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a forecast must know of footage, all files of it together."""

    length_s: float
    lines: int
    """Height of its picture; 0: it has none."""
    delivered_lines: int
    """Height of the finished video's."""
    has_sound: bool


def known_footage(infos: Sequence[MediaInfo], max_height: int) -> Extent:
    """Return probed footage as a forecast sees it."""
    picture = next((info.video for info in infos if info.video is not None), None)
    return Extent(
        length_s=sum(info.duration_ms for info in infos) / 1000,
        lines=0 if picture is None else picture.displayed_size[1],
        delivered_lines=delivery_size(picture, max_height)[1],
        has_sound=any(info.audio for info in infos),
    )


def guessed_footage(paths: Iterable[Path], max_height: int) -> Extent | None:
    """Return footage that was not probed yet by the length its headers state; None where one states none.

    The picture is taken for one of 1080 lines: it may be smaller, and then takes less.
    """
    total_ms = 0
    for path in paths:
        with path.open("rb") as file:
            length_ms = length_ms_from_header(file)
        if length_ms is None:
            return None
        total_ms += length_ms
    return footage_of_length(total_ms / 1000, max_height)


def footage_of_length(length_s: float, max_height: int) -> Extent:
    """Return footage of which no more is known than its length."""
    return Extent(length_s, _FULL_LINES, min(_FULL_LINES, max_height), has_sound=True)


def loads_of(bench: Workbench, footage: Extent, timeline: Timeline | None = None) -> tuple[Load, ...]:
    """Return the pieces of work on one recording in the order of `stages.ORDER`.

    Args:
        bench: The recording's workbench.
        footage: What is known of the footage.
        timeline: The edit, from which on cards of chapters and what was cut are known; None: not decided yet.
    """
    return tuple(_loads(bench, footage, timeline))


def _loads(bench: Workbench, footage: Extent, timeline: Timeline | None) -> Iterator[Load]:
    video, lines = bench.video, footage.delivered_lines if timeline is None else timeline.height
    length_s, picture = footage.length_s, _share(lines)
    cards_s = _usual_cards_s(bench.brand) if timeline is None else _cards_s(timeline)
    shown_s = length_s + sum(cards_s) if timeline is None else timeline.duration_ms / 1000
    for file in video.footage:
        yield Load("probe", "", 1 + file.size_bytes / _PROBED_BYTES)
    if video.version is not None:
        yield Load("speech", "", length_s)
        yield Load("pictures", "", 1)
        yield Load("render", _renderer(bench, footage.lines, lines), shown_s * picture)
        yield from _rungs(bench, shown_s, lines)
        return
    if len(video.footage) > 1:
        yield Load("join", str(footage.lines), length_s * _share(footage.lines))
    if video.slides:
        yield Load("slides", "", len(video.slides))
    if footage.has_sound:
        yield Load("speech", "", length_s)
        yield Load("transcript", _listener(bench), length_s)
    if video.slides and footage.lines and not video.shots:
        yield Load("screen", "", length_s * _share(footage.lines))
    for card_s in cards_s:
        yield Load("card", str(lines), card_s * picture)
    yield Load("pictures", "", 1)
    yield Load("render", _renderer(bench, footage.lines, lines), shown_s * picture)
    yield Load("poster", str(lines), 1)
    yield from _loads_beside(bench, shown_s, lines, picture)


def _loads_beside(bench: Workbench, shown_s: float, lines: int, picture: float) -> Iterator[Load]:
    wanted = bench.settings.offers
    yield from _rungs(bench, shown_s, lines)
    if wanted.av1:
        yield Load("av1", str(lines), shown_s * picture)
    if wanted.listen:
        yield Load("audio", "", 1)
    if wanted.thumbnails:
        yield Load("sprite", str(lines), shown_s)


def _rungs(bench: Workbench, shown_s: float, lines: int) -> Iterator[Load]:
    if bench.settings.offers.ladder and rung_size(lines * 16 // 9, lines) is not None:
        yield Load("rungs", bench.settings.delivery.preset, shown_s)


def _share(lines: int) -> float:
    """Return what a picture of so many lines costs, as a share of one in full size."""
    return _ALWAYS + (1 - _ALWAYS) * (lines / _FULL_LINES) ** 2


def _usual_cards_s(brand: Brand) -> tuple[float, ...]:
    """Return how long each card should be before the edit is decided; chapters may have more."""
    return tuple(card_ms / 1000 for card_ms in (brand.intro_ms, brand.outro_ms) if card_ms)


def _cards_s(timeline: Timeline) -> tuple[float, ...]:
    """Return how long each card of an edit is."""
    return tuple(float(clip.frames / timeline.frame_rate) for clip in timeline.clips if clip.is_card)


def _renderer(bench: Workbench, lines: int, delivered_lines: int) -> str:
    """Name how the picture is made: what is copied costs another sum than what is encoded."""
    delivery = bench.settings.delivery
    copied = ", copied where it can be" if delivery.smart else ""
    return f"{delivery.preset}, {lines} to {delivered_lines}{copied}"


def _listener(bench: Workbench) -> str:
    """Name who listens, and whether there is a script to hold on to: either changes what a second costs."""
    language = bench.service.language
    if any(same_language(item.language, language) for item in bench.video.captions):
        return "captioned"
    scripted = " with a script" if bench.video.script is not None else ""
    return f"{bench.engine.name}{scripted}"
