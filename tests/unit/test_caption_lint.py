"""No error in built captions that their words do not force, and each forced one explained."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.check import check_track
from ebrochure.caption.columns import Columns, columns_of
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.cutting import least_faults
from ebrochure.caption.measure import onset_errors
from ebrochure.caption.timing import Spoken, faults, latest_start_ms
from ebrochure.caption.words import tokens_from_segments
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Segment, Word, WordSource

PROFILE = CaptionProfile()
EXPLAINED = (
    "no other way to cut or time it helps",
    "one word is wider",
    "the times say that one word",
    "no words are known for the speech",
)
VOCABULARY = (
    "a of the and because Dr. Priya Shah 7 2026 40 % kg — No. so, well; done. Why? stop! insulation",
    "thermostat electrification dämmung x y you have been measuring rooms; lofts, walls and passwords.",
    "We will not.",
)


class Pace(NamedTuple):
    """How words follow one another, in ms."""

    least_gap_ms: int
    most_gap_ms: int
    most_length_ms: int
    letter_ms: int
    silence_share: float
    speakers: int


PACES = (
    Pace(0, 200, 200, 60, 0.05, 1),  # a speaker
    Pace(-300, 400, 1500, 0, 0.1, 1),  # words that lie on one another
    Pace(0, 0, 0, 0, 0.02, 1),  # words of no length, all at once
    Pace(0, 100, 100, 0, 0.05, 1),  # forty words in two seconds
    Pace(0, 40, 60, 42, 0.03, 1),  # a little too fast
    Pace(0, 3000, 1500, 0, 0.3, 1),  # hardly anything
    Pace(0, 400, 400, 30, 0.05, 3),  # everybody at once
    Pace(0, 9000, 9000, 0, 0.1, 1),  # words of nine seconds
)


def spoken(seed: int) -> tuple[Segment, ...]:
    """Return a text of up to 70 words with times in steps of 10 ms, at one of the paces."""
    dice = Random(seed)  # noqa: S311  Hypothesis draws the seed; one draw a text keeps a thousand of them fast
    words_to_say = " ".join(VOCABULARY).split()
    pace = dice.choice(PACES)
    speaker = "Ann Lee" if pace.speakers > 1 else None
    segments: list[Segment] = []
    now_ms = dice.randrange(0, 2000, 10)
    for _ in range(dice.choice((1, 1, 2, 5))):
        words: list[Word] = []
        for _ in range(dice.choice((1, 2, 7, 14, 40))):
            text = "".join(dice.choices("abcde", k=60)) if dice.random() < 0.01 else dice.choice(words_to_say)
            now_ms += 10 * dice.randint(pace.least_gap_ms // 10, pace.most_gap_ms // 10)
            now_ms += dice.randrange(1500, 20_000, 10) if dice.random() < pace.silence_share else 0
            start_ms = max(
                now_ms,
                words[-1].time.start_ms if words else segments[-1].words[-1].time.start_ms if segments else 0,
            )
            length_ms = 10 * dice.randint(0, pace.most_length_ms // 10) + pace.letter_ms * len(text)
            if pace.speakers > 1 and dice.random() < 0.3:
                speaker = dice.choice(("Ann Lee", "Bo Li", "Dr. Chen"))
            words.append(
                Word(text, TimeRange(start_ms, start_ms + length_ms), 1.0, WordSource.SCRIPT, speaker)
            )
            now_ms = start_ms + length_ms
        segments.append(Segment(tuple(words), "Part" if dice.random() < 0.2 else None))
    return tuple(segments)


def linted(segments: tuple[Segment, ...], language: str = "en") -> tuple[Finding, ...]:
    """Return the errors of the captions of `segments`, somebody speaking wherever a word is."""
    words = tuple(word for segment in segments for word in segment.words)
    cues = cues_from_segments(segments, PROFILE, language=language)
    track = Track(TrackKind.CAPTIONS, language, "English", cues, Provenance(TextOrigin.SCRIPT))
    found = check_track(
        track, profile=PROFILE, speech=merged(word.time for word in words), words=words, file="a.vtt"
    )
    return tuple(item for item in found if item.level is Level.ERROR)


def unexplained(segments: tuple[Segment, ...]) -> list[str]:
    return [str(item) for item in linted(segments) if not (item.hint or "").startswith(EXPLAINED)]


@settings(max_examples=25, derandomize=True)
@given(st.integers(0, 2**32))
def test_no_error_that_the_words_do_not_force_and_each_forced_one_explained(seed: int) -> None:
    assert unexplained(spoken(seed)) == []


# --- the proof -------------------------------------------------------------------------------

NARROW = CaptionProfile(line_chars=8)


@st.composite
def few_words(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Up to five words that hardly ever leave each caption the time it needs."""
    words: list[Word] = []
    now_ms = draw(st.integers(0, 900))
    for _ in range(draw(st.integers(1, 5))):
        length_ms = draw(st.integers(0, 900))
        text = "x" * draw(st.integers(1, 9))
        words.append(Word(text, TimeRange(now_ms, now_ms + length_ms), 1.0, WordSource.SCRIPT))
        now_ms += length_ms + draw(st.sampled_from((0, 0, 40, 300, 1600)))
    return (Segment(tuple(words)),)


def fewest_faults(segments: tuple[Segment, ...], profile: CaptionProfile) -> int:
    """Return the fewest faults of any captions of `segments`, by trying every cut and every time."""
    text = columns_of(tokens_from_segments(segments), language="en")
    count = len(text.tokens)
    found = 10**9
    for cuts in (cuts for size in range(count) for cuts in combinations(range(1, count), size)):
        edges = (0, *cuts, count)
        cues = [(text.spoken(first, stop - 1), first, stop) for first, stop in pairwise(edges)]
        if any(stop - first > 1 and not fits(text, first, stop, profile) for _cue, first, stop in cues):
            continue
        for shown in product(*(times_of(cue) for cue, _first, _stop in cues)):
            found = min(found, faults_of([cue for cue, _first, _stop in cues], shown, profile))
    return found


def fits(text: Columns, first: int, stop: int, profile: CaptionProfile) -> bool:
    """Tell whether some words fit two lines, and one of them the seven seconds."""
    lines = any(
        (text.width(first, split - 1) <= profile.line_chars or split - first == 1)
        and (text.width(split, stop - 1) <= profile.line_chars or stop - split == 1)
        for split in range(first + 1, stop)
    )
    cue = text.spoken(first, stop - 1)
    return (lines or text.width(first, stop - 1) <= profile.line_chars) and (
        cue.end_ms - cue.start_ms <= profile.max_duration_ms
    )


def times_of(cue: Spoken) -> tuple[int, ...]:
    """Return the times at which one fault more or less is made, and the shortest there is."""
    to_see, to_read = max(1000, 300 * cue.words), 50 * cue.width
    return to_see, to_read, -(-3 * max(to_see, to_read) // 4), 200


def faults_of(cues: list[Spoken], shown: tuple[int, ...], profile: CaptionProfile) -> int:
    """Return the faults of cues that each come as early as they may and are shown for `shown`."""
    count = free_ms = 0
    for cue, shown_ms in zip(cues, shown, strict=True):
        start_ms = max(free_ms, cue.start_ms - 500, 0)
        count += faults(cue, shown_ms, profile) + 5 * (start_ms > latest_start_ms(cue, profile))
        free_ms = start_ms + shown_ms + 80
    return count


@settings(max_examples=40, derandomize=True)
@given(few_words())
def test_the_programme_finds_the_fewest_faults_there_are(segments: tuple[Segment, ...]) -> None:
    fewest = fewest_faults(segments, NARROW)
    text = columns_of(tokens_from_segments(segments), language="en")
    assert least_faults(text, NARROW, is_start=True) == fewest
    assert least_faults(text, NARROW, is_start=False) <= fewest
    cues = cues_from_segments(segments, NARROW, language="en")
    words = segments[0].words
    late = [0 if ms is None else ms for ms in onset_errors(cues, words)]
    built = sum(
        faults(Spoken(0, 0, len(cue.text.split()), len(cue.text)), cue.time.duration_ms, NARROW)
        + 5 * (late_ms > 500)
        for cue, late_ms in zip(cues, late, strict=True)
    )
    assert built <= fewest


# --- what the finding says -------------------------------------------------------------------


def words_at(*rows: tuple[str, int, int], speakers: tuple[str, ...] = ()) -> tuple[Segment, ...]:
    names = speakers or (None,) * len(rows)
    return (
        Segment(
            tuple(
                Word(text, TimeRange(start_ms, end_ms), 1.0, WordSource.SCRIPT, name)
                for (text, start_ms, end_ms), name in zip(rows, names, strict=True)
            )
        ),
    )


def hints(segments: tuple[Segment, ...], code: str) -> str:
    return " ".join(item.hint or "" for item in linted(segments) if item.code == code)


def in_a_row(text: str, word_ms: int) -> tuple[tuple[str, int, int], ...]:
    return tuple((word, at * word_ms, (at + 1) * word_ms) for at, word in enumerate(text.split()))


def test_hurried_words_are_the_reason() -> None:
    fast = words_at(*in_a_row("insulation thermostat " * 8, 300))
    assert "characters/s and there is no silence around them to borrow" in hints(fast, "CAPTION_FAST")
    many = words_at(*in_a_row("a be " * 30, 200))
    assert "faster than 0.3 s each and there is no silence" in hints(many, "CAPTION_SHORT")


def test_words_that_lie_on_one_another_are_the_reason() -> None:
    piled = words_at(*(("insulation", 5000, 5000) for _ in range(40)))
    assert "the times of its words lie on one another" in hints(piled, "CAPTION_FAST")


def test_words_of_others_before_and_after_are_the_reason() -> None:
    names = ("Ann Lee", "Bo Li") * 6
    talk = words_at(*in_a_row("yes no " * 6, 500), speakers=names)
    assert "between the words of others" in hints(talk, "CAPTION_SHORT")


def test_a_word_nobody_could_read_is_the_reason() -> None:
    (_, fast) = linted(words_at(("x" * 150, 0, 9000)))[-2:]
    assert "cannot be read in 7 s" in (fast.hint or "")


def test_a_word_too_long_for_any_caption_is_the_reason_that_speech_is_not_covered() -> None:
    assert "one word is spoken for more than 7 s" in hints(words_at(("Ohm", 0, 20_000)), "CAPTION_COVERAGE")


def test_speech_of_which_no_words_are_known_is_named() -> None:
    words = words_at(("Yes.", 500, 1000))[0].words
    cues = cues_from_segments((Segment(words),), PROFILE, language="en")
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.SCRIPT))
    speech = (TimeRange(500, 1000), TimeRange(62_000, 75_000))
    (found,) = check_track(track, profile=PROFILE, speech=speech, words=words, file="a.vtt")
    assert "no words are known for the speech at 1:02.0-1:15.0" in (found.hint or "")


def test_an_error_that_could_have_been_avoided_is_not_called_forced() -> None:
    words = words_at(*in_a_row("We measure every room.", 400))[0].words
    hasty = Cue("1", TimeRange(0, 700), ("We measure every room.",))
    track = Track(TrackKind.CAPTIONS, "en", "English", (hasty,), Provenance(TextOrigin.SCRIPT))
    speech = (TimeRange(0, 700),)
    found = check_track(track, profile=PROFILE, speech=speech, words=words, file="a.vtt")
    assert [item.hint for item in found if item.code == "CAPTION_SHORT"] == [
        "let it stay longer, or join it with a neighbour"
    ]
