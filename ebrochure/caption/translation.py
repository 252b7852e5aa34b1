"""A translated track against the track it translates: is all of it there, and is it translated.

Cues may be cut otherwise than in the source, and come and go a quarter of a second apart from it
(`measure.EDGE_MS`): that is a translator's freedom. What is looked for is speech that readers of
the translation never get, and text that is still the source's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.caption.formats import timing_lines
from ebrochure.caption.formats.clock import clock
from ebrochure.caption.formats.model import listed
from ebrochure.caption.languages import same_language
from ebrochure.caption.measure import widened
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import merged
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import CaptionProfile, Cue, Track
    from ebrochure.model.timing import TimeRange

ERROR_COVERAGE = 0.95
"""Below this share of the source's cue time a translation is no translation of it; above, somebody looks."""

_TRANSLATED_SHARE = 0.5
"""A cue of the source with less of its time under the translation has lost its words."""
_EXTRA_SHARE = 0.1
"""A translated cue with less of its time beside the source's cues says what the source does not."""
_SAME_SHARE = 0.5
"""From this share of equal cues on it is the source's own text that was handed in."""
_MIN_WORDS = 3
"""Fewer words may well be equal: names, addresses, `OK`."""
_MIN_WIDE = 4
"""Chinese and Japanese have no spaces; this many wide signs are no name any more."""
_SHOWN_CHARS = 60


class _Covered:
    """Stretches of time that answer how much of another stretch lies under them, however many there are."""

    def __init__(self, times: Iterable[TimeRange]) -> None:
        self._times = merged(times)
        self._starts = [time.start_ms for time in self._times]
        self._before = [0, *accumulate(time.duration_ms for time in self._times)]

    def ms(self, time: TimeRange) -> int:
        """Return how many milliseconds of `time` lie under the stretches."""
        return self._until(time.end_ms) - self._until(time.start_ms)

    def _until(self, moment_ms: int) -> int:
        at = bisect_right(self._starts, moment_ms)
        if at == 0:
            return 0
        last = self._times[at - 1]
        return self._before[at - 1] + min(moment_ms, last.end_ms) - last.start_ms


@dataclass(frozen=True, slots=True)
class _Gap:
    """Cues of the source, one after another, that are not translated."""

    cues: tuple[Cue, ...]

    @property
    def start_ms(self) -> int:
        """When the first one starts."""
        return self.cues[0].time.start_ms

    @property
    def end_ms(self) -> int:
        """When the last one ends."""
        return max(cue.time.end_ms for cue in self.cues)


def check_translation(
    track: Track,
    source: Track,
    *,
    profile: CaptionProfile,
    file: str,
    lines: tuple[int, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with `track` as a translation of `source`: the whole first, then line by line.

    Args:
        track: The translation, in the time of `source`.
        source: The captions that it translates.
        profile: The rules; the least coverage is the one asked of captions.
        file: What the findings call the translation's file.
        lines: Line of each cue's times in that file; None: as `to_webvtt` writes them.
    """
    rows = timing_lines(track.cues) if lines is None else lines
    found = [*_language(track, source, file), *_coverage(track, source, profile, file)]
    of_lines = [*_gaps(track, source, rows, file), *_extra(track, source, rows, file)]
    if not same_language(track.language, source.language):
        whole, single = _untranslated(track, source, rows, file)
        found += whole
        of_lines += single
    return (*found, *listed(sorted(of_lines, key=lambda finding: finding.line or 0)))


def translated_share(track: Track, source: Track) -> float | None:
    """Return the share of the source's cue time that has a translation, 0 to 1; None: no cues."""
    exact, near = _Covered(cue.time for cue in track.cues), _Covered(widened(cue.time for cue in track.cues))
    total_ms = sum(cue.time.duration_ms for cue in source.cues)
    covered_ms = sum((near if _has_words(cue, exact) else exact).ms(cue.time) for cue in source.cues)
    return covered_ms / total_ms if total_ms else None


def _has_words(cue: Cue, covered: _Covered) -> bool:
    """Tell whether a cue of the source is translated."""
    return covered.ms(cue.time) >= _TRANSLATED_SHARE * cue.time.duration_ms


def _language(track: Track, source: Track, file: str) -> Iterator[Finding]:
    tag, other = track.language.casefold(), source.language.casefold()
    hint = "name the language in the file's name, `explainer.de.vtt`"
    if tag == other:
        message = f"`{file}` is in `{track.language}`, as the captions that it is to translate"
        yield Finding("TRANSLATION_LANGUAGE", Level.ERROR, message, file, None, hint)
    elif tag.startswith(f"{other}-") or other.startswith(f"{tag}-"):
        message = f"`{file}` is in `{track.language}`, the captions in `{source.language}`: one language"
        yield Finding("TRANSLATION_LANGUAGE", Level.WARN, message, file, None, hint)


def _coverage(track: Track, source: Track, profile: CaptionProfile, file: str) -> Iterator[Finding]:
    share = translated_share(track, source)
    if share is None or share >= profile.min_coverage:
        return
    level = Level.ERROR if share < ERROR_COVERAGE else Level.WARN
    # Cut off and not rounded, so that 98.996 % never reads as the 99 % that it is not.
    message = (
        f"`{file}` translates {int(share * 1000) / 10:g} % of the captions' time, "
        f"at least {profile.min_coverage * 100:g} % is the aim"
    )
    hint = f"translate what is missing, or re-time it to the captions in `{source.language}`"
    yield Finding("TRANSLATION_COVERAGE", level, message, file, None, hint)


def _gaps(track: Track, source: Track, rows: tuple[int, ...], file: str) -> Iterator[Finding]:
    covered = _Covered(cue.time for cue in track.cues)
    starts = [cue.time.start_ms for cue in track.cues]
    for gap in _missing(source.cues, covered):
        after = bisect_left(starts, gap.start_ms)
        line = rows[min(after, len(rows) - 1)] if rows else None
        text = _shown(" ".join(cue.text for cue in gap.cues))
        message = f"{_span(gap.start_ms, gap.end_ms)} has no translation: `{text}`"
        yield Finding("TRANSLATION_GAP", Level.WARN, message, file, line, "add a cue for it before this line")


def _missing(cues: tuple[Cue, ...], covered: _Covered) -> Iterator[_Gap]:
    waiting: list[Cue] = []
    for cue in cues:
        if not _has_words(cue, covered):
            waiting.append(cue)
        elif waiting:
            yield _Gap(tuple(waiting))
            waiting = []
    if waiting:
        yield _Gap(tuple(waiting))


def _extra(track: Track, source: Track, rows: tuple[int, ...], file: str) -> Iterator[Finding]:
    covered = _Covered(widened(cue.time for cue in source.cues))
    for cue, line in zip(track.cues, rows, strict=True):
        if covered.ms(cue.time) < _EXTRA_SHARE * cue.time.duration_ms:
            span = _span(cue.time.start_ms, cue.time.end_ms)
            message = f"`{_shown(cue.text)}` is shown at {span}, where the source says nothing"
            hint = "move it to what it translates, or take it out"
            yield Finding("TRANSLATION_EXTRA", Level.WARN, message, file, line, hint)


def _untranslated(
    track: Track, source: Track, rows: tuple[int, ...], file: str
) -> tuple[list[Finding], list[Finding]]:
    """Return what to say of text that is the source's own: of the whole track, and of single cues."""
    times: dict[str, list[TimeRange]] = {}
    for cue in source.cues:
        times.setdefault(_key(cue), []).append(cue.time)
    near = {key: _Covered(spans) for key, spans in times.items()}
    worded = [(cue, row) for cue, row in zip(track.cues, rows, strict=True) if _is_telling(cue)]
    same = [(cue, row) for cue, row in worded if (spans := near.get(_key(cue))) and spans.ms(cue.time)]
    if same and len(same) >= _SAME_SHARE * len(worded):
        message = (
            f"{len(same)} of {len(worded)} cues in `{file}` are word for word the captions "
            f"in `{source.language}`"
        )
        hint = "was the right file put in?"
        return [Finding("TRANSLATION_SAME", Level.ERROR, message, file, same[0][1], hint)], []
    return [], [
        Finding(
            "TRANSLATION_SAME",
            Level.WARN,
            f"`{_shown(cue.text)}` is word for word the source's",
            file,
            row,
            "translate it, or leave it if it is a name",
        )
        for cue, row in same
    ]


def _is_telling(cue: Cue) -> bool:
    """Tell whether a text is long enough that it would not be the same in two languages."""
    words = sum(any(char.isalpha() for char in word) for word in cue.text.split())
    return words >= _MIN_WORDS or text_width(cue.text) - len(cue.text) >= _MIN_WIDE


def _key(cue: Cue) -> str:
    return " ".join(cue.text.casefold().split())


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _span(start_ms: int, end_ms: int) -> str:
    return f"{clock(start_ms)} to {clock(end_ms)}"
