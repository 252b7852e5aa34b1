"""OpenTimelineIO and our own values: the only module that knows the library."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import opentimelineio as library  # noqa: TID251  this is the module that adapts it

from ebrochure.edit.sheet import Dissolve, Gap, Lane, LaneKind, Medium, Sheet, Shot, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.edit.sheet import Item

_KINDS = {
    LaneKind.VIDEO: library.schema.TrackKind.Video,
    LaneKind.AUDIO: library.schema.TrackKind.Audio,
}
_NTSC = Fraction(1000, 1001)
_RATE_SLACK = 0.005
"""How far a rate may be from the one that is meant: programs write 29.97 and 23.976."""
_HIGHEST_RATE = 200_000
"""Per second: sound is counted in samples."""
_LONGEST_S = 100 * 3600
"""Time codes end after a day; no time is longer than four of them."""
_UNREADABLE = (ValueError, TypeError, KeyError, RuntimeError, library.exceptions.OTIOError)


def parse(text: str) -> Sheet:
    """Return the edit that OpenTimelineIO describes.

    Args:
        text: JSON that went through the gate.

    Raises:
        ValueError: It describes no edit.
    """
    try:
        root = library.core.deserialize_json_from_string(text)
        if not isinstance(root, library.schema.Timeline):
            raise ValueError("expected a timeline")  # noqa: TRY004  what the library raises, too
        return Sheet(root.name, Fraction(1), tuple(map(_lane, root.tracks)))
    except _UNREADABLE as error:
        raise ValueError(f"expected an edit in OpenTimelineIO, got something else ({error})") from error


def to_text(sheet: Sheet) -> str:
    """Return an edit as OpenTimelineIO."""
    schema = library.schema
    timeline = schema.Timeline(sheet.name, global_start_time=_time(Fraction(0), sheet.rate))
    for lane in sheet.lanes:
        track = schema.Track(lane.name, kind=_KINDS[lane.kind])
        track.extend([_item(item, sheet.rate) for item in lane.items])
        timeline.tracks.append(track)
    for marker in sheet.markers:
        told = {"name": marker.title, "comment": marker.title, "color": schema.MarkerColor.GREEN}
        timeline.tracks.markers.append(schema.Marker(marked_range=_range(marker.span, sheet.rate), **told))
    return str(library.core.serialize_json_to_string(timeline, {}, 2)) + "\n"


def seconds_of_timecode(text: str, rate: Fraction) -> Fraction:
    """Return where a time code is, counted in frames at `rate`; 0 for one that is none."""
    try:
        frames = library.opentime.from_timecode(text, float(rate)).value
    except ValueError:
        return Fraction(0)
    return Fraction(frames) / rate


# --- in -----------------------------------------------------------------------------------------


def _lane(track: Any) -> Lane:  # noqa: ANN401  the library has no types
    if not isinstance(track, library.schema.Track):
        return Lane(track.name, LaneKind.VIDEO, (Shot(track.name, None, None, ("is a nested sequence",)),))
    kind = LaneKind.AUDIO if track.kind == library.schema.TrackKind.Audio else LaneKind.VIDEO
    items = tuple(_read_items(track))
    if track.source_range is not None or track.effects:
        items = (Shot(track.name, None, None, ("is a track that is trimmed, or played as a whole",)), *items)
    return Lane(track.name, kind, items)


def _read_items(track: Any) -> Iterator[Item]:  # noqa: ANN401
    schema = library.schema
    for child in track:
        if isinstance(child, schema.Transition):
            yield Dissolve(_seconds(child.in_offset), _seconds(child.out_offset))
        elif isinstance(child, schema.Gap) or not child.enabled:
            yield Gap(_seconds(child.duration()))
        elif isinstance(child, schema.Clip):
            yield _shot(child)
        else:
            yield Shot(child.name, None, None, ("is a nested sequence",))


def _shot(clip: Any) -> Shot:  # noqa: ANN401
    effects = [item for item in clip.effects if getattr(item, "enabled", True)]
    timed = [item for item in effects if isinstance(item, library.schema.TimeEffect)]
    is_warped = any(getattr(item, "time_scalar", None) != 1 for item in timed)
    faults = ("plays at another speed, backwards or as a still",) if is_warped else ()
    ignored = tuple(item.effect_name or item.name for item in effects if item not in timed)
    medium = _medium(clip.media_reference)
    try:
        span = None if clip.source_range is None else _span(clip.source_range)
    except ValueError:
        return Shot(clip.name, medium, None, (*faults, "has a time that is none"), ignored)
    return Shot(clip.name, medium, span, faults, ignored)


def _medium(reference: Any) -> Medium | None:  # noqa: ANN401
    if not isinstance(reference, library.schema.ExternalReference):
        return None
    available = None if reference.available_range is None else _span(reference.available_range)
    return Medium(reference.name, reference.target_url, available)


def _span(found: Any) -> Span:  # noqa: ANN401
    return Span(_seconds(found.start_time), _seconds(found.duration))


def _seconds(time: Any) -> Fraction:  # noqa: ANN401
    """Return a time exactly.

    Raises:
        ValueError: It is none: no number, a rate of 0, or beyond anything that is recorded.
    """
    value, rate = float(time.value), float(time.rate)
    if not (math.isfinite(value) and 0 < rate <= _HIGHEST_RATE and abs(value) <= _LONGEST_S * rate):
        raise ValueError(f"expected a time, got {value} at {rate} per second")
    return Fraction(value) / _exact(rate)


def _exact(rate: float) -> Fraction:
    """Return the rate that is meant: 29.97 per second are 30000/1001."""
    whole = Fraction(max(1, round(rate)))
    slow = max(1, round(rate / float(_NTSC))) * _NTSC
    nearest = min(whole, slow, key=lambda item: abs(float(item) - rate))
    return nearest if abs(float(nearest) - rate) <= _RATE_SLACK else Fraction(rate)


# --- out ----------------------------------------------------------------------------------------


def _item(item: Item, rate: Fraction) -> Any:  # noqa: ANN401
    schema = library.schema
    if isinstance(item, Gap):
        return schema.Gap(source_range=_range(Span(Fraction(0), item.duration_s), rate))
    if isinstance(item, Dissolve):
        offsets = {"in_offset": _time(item.before_s, rate), "out_offset": _time(item.after_s, rate)}
        return schema.Transition("fade", schema.TransitionTypes.SMPTE_Dissolve, **offsets)
    reference = schema.MissingReference() if item.medium is None else _reference(item.medium, rate)
    source_range = None if item.span is None else _range(item.span, rate)
    return schema.Clip(item.name, media_reference=reference, source_range=source_range)


def _reference(medium: Medium, rate: Fraction) -> Any:  # noqa: ANN401
    available = None if medium.available is None else _range(medium.available, medium.rate or rate)
    reference = library.schema.ExternalReference(medium.target, available)
    reference.name = medium.name
    return reference


def _range(span: Span, rate: Fraction) -> Any:  # noqa: ANN401
    return library.opentime.TimeRange(_time(span.start_s, rate), _time(span.duration_s, rate))


def _time(seconds: Fraction, rate: Fraction) -> Any:  # noqa: ANN401
    return library.opentime.RationalTime(float(seconds * rate), float(rate))
