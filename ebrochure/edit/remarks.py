"""What of an edit is left out because a build shows its cuts and nothing else of it. Pure."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.edit.names import folded, is_ours, names_of, plain_name
from ebrochure.edit.sheet import Dissolve, Gap, LaneKind, Shot
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.edit.sheet import Item, Lane

_APART_S = Fraction(1, 10)
"""How far sound and picture may be cut from each other before it is said: a frame or two is no intention."""
_MOST_NAMED = 4


def remarks_on(lane: Lane, others: Sequence[Lane], own: frozenset[str], *, file: str) -> Iterator[Finding]:
    """Yield what is left out.

    Args:
        lane: The track that becomes the body, its shots whole where cards fade.
        others: The other tracks.
        own: Folded names of the recording's files.
        file: Name of the edit.
    """
    shots = [item for item in lane.items if isinstance(item, Shot)]
    gaps = sum(isinstance(item, Gap) for item in lane.items[:-1])
    effects = [name for shot in shots for name in shot.ignored]
    foreign = [name for name in _names_in(others) if folded(name) not in own]
    for code, is_so, said, hint in (
        ("EDIT_GAP", gaps, f"has gaps ({gaps}) between clips; they are closed", None),
        ("EDIT_DISSOLVE", _fades(lane), "has dissolves between clips; they become cuts", None),
        (
            "EDIT_EFFECT",
            effects,
            f"uses effects that are left out: {_listed(effects)}",
            "render what needs them into a file of its own",
        ),
        (
            "EDIT_TRACK",
            foreign,
            f"has further tracks that are left out, with {_listed(foreign)}",
            "the first picture track makes the video; render what belongs to it into its files",
        ),
        (
            "EDIT_SOUND",
            _is_cut_apart(lane, others),
            "cuts sound and picture in different places; the sound is cut with the picture",
            "render clips whose sound runs on as files of their own",
        ),
    ):
        if is_so:
            # Some programs note effects with every clip, though they change nothing.
            level = Level.INFO if code == "EDIT_EFFECT" else Level.WARN
            yield Finding(code, level, f"`{file}` {said}", file, hint=hint)


def _fades(lane: Lane) -> bool:
    """Tell whether a shot fades into another; what fades into a card does so again."""
    return any(
        isinstance(item, Dissolve) and not any(map(is_exported, lane.items[max(0, at - 1) : at + 2]))
        for at, item in enumerate(lane.items)
    )


def _names_in(lanes: Sequence[Lane]) -> Iterator[str]:
    """Yield what further tracks show, but for what an export put there."""
    for item in (item for lane in lanes for item in lane.items):
        if isinstance(item, Shot) and not is_exported(item):
            names = () if item.medium is None else names_of(item.medium.target)
            yield names[-1] if names else item.name


def _is_cut_apart(lane: Lane, others: Sequence[Lane]) -> bool:
    """Tell whether the first sound track cuts where the picture does not."""
    sound = next((other for other in others if other.kind is LaneKind.AUDIO and other.items), None)
    if sound is None or lane.kind is LaneKind.AUDIO:
        return False
    seen = _cuts(lane.items)
    return any(all(abs(cut - other) > _APART_S for other in seen) for cut in _cuts(sound.items))


def _cuts(items: Sequence[Item]) -> tuple[Fraction, ...]:
    """Return in which places of their media neighbouring shots are cut."""
    spans = [item.span for item in items if isinstance(item, Shot) and item.span and not is_exported(item)]
    return tuple(moment for before, after in pairwise(spans) for moment in (before.end_s, after.start_s))


def is_exported(item: Item) -> bool:
    """Tell whether an item is a card or a still that an export put there."""
    return isinstance(item, Shot) and item.medium is not None and is_ours(item.medium.target)


def _listed(names: Sequence[str]) -> str:
    each = tuple(dict.fromkeys(names))
    more = f" and {len(each) - _MOST_NAMED} more" if len(each) > _MOST_NAMED else ""
    return ", ".join(f"`{plain_name(name)}`" for name in each[:_MOST_NAMED]) + more
