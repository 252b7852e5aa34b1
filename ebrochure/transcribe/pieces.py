"""Speech in pieces that an engine can take at once, cut at pauses wherever there is one."""

from __future__ import annotations

from itertools import pairwise

from ebrochure.model.timing import TimeRange


def group_speech(
    speech: tuple[TimeRange, ...], *, longest_ms: int, pad_ms: int, end_ms: int, join_ms: int = 1000
) -> tuple[TimeRange, ...]:
    """Join neighbouring speech into pieces of at most `longest_ms`, with up to `pad_ms` around each.

    Speech is joined across pauses of at most `join_ms`. Where no pause is short enough to cut at, a
    piece is cut at its limit. Pieces are in order and never share any time.
    """
    groups: list[TimeRange] = []
    for span in _halved(speech, longest_ms):
        last = groups[-1] if groups else None
        near = last is not None and span.start_ms - last.end_ms <= join_ms
        if last is not None and near and span.end_ms - last.start_ms <= longest_ms:
            groups[-1] = TimeRange(last.start_ms, span.end_ms)
        else:
            groups.append(span)
    return _padded(groups, pad_ms, end_ms)


def _halved(speech: tuple[TimeRange, ...], longest_ms: int) -> list[TimeRange]:
    """Cut speech without any pause into equal parts of at most `longest_ms`."""
    out: list[TimeRange] = []
    for span in speech:
        parts = max(1, -(-span.duration_ms // longest_ms))
        edges = [span.start_ms + span.duration_ms * part // parts for part in range(parts + 1)]
        out += [TimeRange(start, end) for start, end in pairwise(edges)]
    return out


def _padded(groups: list[TimeRange], pad_ms: int, end_ms: int) -> tuple[TimeRange, ...]:
    """Widen each piece by `pad_ms`, but never into more than half of the pause to its neighbour."""
    out = []
    for index, group in enumerate(groups):
        floor = (groups[index - 1].end_ms + group.start_ms) // 2 if index else 0
        ceiling = (group.end_ms + groups[index + 1].start_ms) // 2 if index + 1 < len(groups) else end_ms
        start, end = max(floor, group.start_ms - pad_ms), min(ceiling, group.end_ms + pad_ms)
        out.append(TimeRange(start, max(start, end)))
    return tuple(out)
