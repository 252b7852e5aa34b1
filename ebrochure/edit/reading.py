"""An edit that a person made, read as what it shows of a recording's files: its first picture track. Pure.

Media are never opened where an edit says they are: they are the recording's own files, found by name.
What cannot be shown as it is meant is refused; what only looks or sounds different (effects, dissolves,
further tracks) is left out and said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ebrochure.edit.gate import checked, refused
from ebrochure.edit.names import folded, names_of, plain_name
from ebrochure.edit.remarks import is_exported, remarks_on
from ebrochure.edit.sheet import Dissolve, LaneKind, Shot, Span
from ebrochure.errors import MaterialError
from ebrochure.model.edit import Excerpt
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.edit.sheet import Item, Sheet

MAX_ITEMS = 5000
"""Clips, gaps and dissolves of one track."""
_SLACK_S = Fraction(1, 10)
"""How far a clip may reach beyond its file: programs count a last frame that others do not."""
_ZERO_S = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a recording."""

    name: str
    """As its author knows it."""
    duration_ms: int

    @property
    def file_name(self) -> str:
        """Its name without the folder."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor made of a recording."""

    excerpts: tuple[Excerpt, ...]
    """In the order in which they are shown; at least one."""
    findings: tuple[Finding, ...]
    """What was left out."""


class _UnfitError(Exception):
    """A clip cannot be shown as it is meant: what it does, and what to do about it."""


def read_edit(data: bytes, *, file: str, parts: Sequence[Part]) -> Edit:
    """Read an edit.

    Args:
        data: An OpenTimelineIO file as it was dropped in.
        file: Its name, for findings.
        parts: The recording's files.

    Raises:
        MaterialError: EDIT_FORMAT: it is no edit. EDIT_CLIP: a clip cannot be shown as it is meant.
    """
    from ebrochure.edit.otio import parse  # noqa: PLC0415  a library that most builds do not need

    try:
        sheet = parse(checked(data, file=file))
    except ValueError as error:
        raise refused(f"`{file}` is no edit that OpenTimelineIO can read", file) from error
    return edit_of(sheet, file=file, parts=parts)


def edit_of(sheet: Sheet, *, file: str, parts: Sequence[Part]) -> Edit:
    """Return what a sheet shows of a recording; see `read_edit`."""
    filled = [lane for lane in sheet.lanes if any(map(_is_material, lane.items))]
    filled.sort(key=lambda lane: lane.kind is LaneKind.AUDIO)
    if not filled or len(filled[0].items) > MAX_ITEMS:
        raise refused(f"`{file}` has no track with clips, or one with more than {MAX_ITEMS}", file)
    lane = filled[0]  # the first picture track; of a recording of sound alone, the first of sound
    others = [other for other in sheet.lanes if other is not lane]
    items = _with_handles(lane.items)
    shown: list[tuple[int, Span]] = []
    unfit: list[Finding] = []
    for item in items:
        if not isinstance(item, Shot) or is_exported(item):
            continue
        try:
            shown.append(_shown(item, parts))
        except _UnfitError as error:
            said, hint = error.args
            message = f"`{file}`: the clip `{plain_name(item.name)}` {said}"
            unfit.append(Finding("EDIT_CLIP", Level.ERROR, message, file, hint=hint))
    if unfit:
        raise MaterialError(tuple(unfit))
    excerpts = tuple(_excerpts(shown))
    if not excerpts:
        raise refused(f"`{file}` shows nothing of `{parts[0].name}`", file, "cut the recording itself")
    own = frozenset(folded(part.file_name) for part in parts)
    return Edit(excerpts, tuple(remarks_on(replace(lane, items=items), others, own, file=file)))


def _with_handles(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return items in which a shot has what it shows of itself while a card of ours fades in or out."""
    found = list(items)
    for at, item in enumerate(items):
        if not isinstance(item, Dissolve) or not 0 < at < len(items) - 1:
            continue
        if is_exported(items[at - 1]):
            found[at + 1] = _extended(found[at + 1], item.before_s, _ZERO_S)
        elif is_exported(items[at + 1]):
            found[at - 1] = _extended(found[at - 1], _ZERO_S, item.after_s)
    return tuple(found)


def _extended(item: Item, early_s: Fraction, late_s: Fraction) -> Item:
    if not isinstance(item, Shot) or item.span is None:
        return item
    span = Span(item.span.start_s - early_s, item.span.duration_s + early_s + late_s)
    return replace(item, span=span)


def _is_material(item: Item) -> bool:
    """Tell whether an item is a shot, and none of what an export put there: a build lays its own anew."""
    return isinstance(item, Shot) and not is_exported(item)


def _shown(shot: Shot, parts: Sequence[Part]) -> tuple[int, Span]:
    """Return which file a shot shows, and what of it in the file's own time, which begins at 0.

    Raises:
        _UnfitError: It cannot be told, or shown.
    """
    if shot.faults:
        raise _UnfitError(shot.faults[0], "render that clip as a file, or take it out")
    number = _part_of(shot, parts)
    part = parts[number]
    available = None if shot.medium is None else shot.medium.available
    span = shot.span or available
    if span is None:
        hint = "export the edit again as OpenTimelineIO (.otio)"
        raise _UnfitError(f"does not say which part of `{part.name}` it shows", hint)
    own = Span(span.start_s - (available.start_s if available else 0), span.duration_s)
    length_s = Fraction(part.duration_ms, 1000)
    if own.duration_s < 0 or own.start_s < -_SLACK_S or own.end_s > length_s + _SLACK_S:
        said = (
            f"shows {_seconds(own.start_s)} to {_seconds(own.end_s)} of `{part.name}`, "
            f"which lasts {_seconds(length_s)}"
        )
        raise _UnfitError(said, "put the very file that was edited into the folder")
    return number, own


def _part_of(shot: Shot, parts: Sequence[Part]) -> int:
    """Return the file that a shot shows, by name: its target's, its medium's, its own."""
    medium = shot.medium
    names = (shot.name,) if medium is None else (*names_of(medium.target), medium.name)
    own = [folded(part.file_name) for part in parts]
    for name in map(folded, names):
        if own.count(name) == 1:
            return own.index(name)
    listed = ", ".join(f"`{part.name}`" for part in parts)
    hint = f"only {listed} can be cut here; list further files under `file:` in `brochure.md`"
    raise _UnfitError("shows no file of this recording", hint)


def _excerpts(shown: Sequence[tuple[int, Span]]) -> Iterator[Excerpt]:
    """Yield what is shown in milliseconds; lengths are rounded so that their sum stays right."""
    end_s = _ZERO_S
    for part, span in shown:
        begin_s, end_s = end_s, end_s + span.duration_s
        start_ms = max(0, round(span.start_s * 1000))
        duration_ms = round(end_s * 1000) - round(begin_s * 1000)
        if duration_ms:
            yield Excerpt(part, TimeRange(start_ms, start_ms + duration_ms))


def _seconds(moment_s: Fraction) -> str:
    return f"{float(moment_s):.2f} s"
