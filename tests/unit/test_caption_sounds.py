"""Sounds of the script: in a cue of their own, before the next words, or named as missing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.check import check_track
from ebrochure.caption.columns import columns_of
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.cutting import best_cut
from ebrochure.caption.measure import metrics, onset_errors
from ebrochure.caption.words import spoken_words, tokens_from_segments
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Level
from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Segment, Sound, Word, WordSource

PROFILE = CaptionProfile()
FIRST, SECOND = "We measure every room of the house.", "Somebody is at the door, I think."


def said(
    *sentences: str, pause_ms: int, letter_ms: int = 70, speaker: str | None = None
) -> tuple[Segment, ...]:
    segments, now_ms = [], 3000
    for sentence in sentences:
        words = []
        for text in sentence.split():
            words.append(
                Word(
                    text,
                    TimeRange(now_ms, now_ms + letter_ms * (len(text) + 1)),
                    1.0,
                    WordSource.SCRIPT,
                    speaker,
                )
            )
            now_ms = words[-1].time.end_ms
        segments.append(Segment(tuple(words)))
        now_ms += pause_ms
    return tuple(segments)


def between(segments: tuple[Segment, ...], text: str = "phone rings") -> Sound:
    return Sound(text, TimeRange(segments[0].time.end_ms, segments[1].time.start_ms))


def captions(segments: tuple[Segment, ...], *sounds: Sound) -> tuple[Cue, ...]:
    return cues_from_segments(segments, PROFILE, language="en", sounds=sounds)


def track_of(segments: tuple[Segment, ...], *sounds: Sound) -> Track:
    return Track(
        TrackKind.CAPTIONS, "en", "English", captions(segments, *sounds), Provenance(TextOrigin.SCRIPT)
    )


def words_of(segments: tuple[Segment, ...]) -> tuple[Word, ...]:
    return tuple(word for segment in segments for word in segment.words)


def test_a_sound_has_a_caption_of_its_own_where_there_is_a_second_for_it() -> None:
    segments = said(FIRST, SECOND, pause_ms=1160)
    first, sound, second = captions(segments, between(segments))
    assert (first.text, sound.lines, second.text) == (FIRST, ("[phone rings]",), SECOND)
    assert sound.time.duration_ms >= PROFILE.min_duration_ms
    assert second.time.start_ms == segments[1].time.start_ms


def test_a_sound_without_room_stands_before_the_next_words() -> None:
    segments = said(FIRST, SECOND, pause_ms=1150)
    first, second = captions(segments, between(segments))
    assert (first.text, second.lines) == (FIRST, ("[phone rings]", SECOND))


def test_a_sound_stands_before_the_label_of_who_speaks_next() -> None:
    segments = (
        *said(FIRST, pause_ms=0, speaker="Ann Lee"),
        *said(FIRST, SECOND, pause_ms=600, speaker="Bo Li")[1:],
    )
    sound = Sound("phone rings", TimeRange(segments[0].time.end_ms, segments[1].time.start_ms))
    cues = captions(segments, sound)
    after = next(cue for cue in cues if "[" in cue.text)
    assert after.text.startswith("[phone rings] BO: Somebody")
    assert (after.speaker, cues[0].speaker) == ("Bo Li", "Ann Lee")
    assert [word for row in spoken_words(cues) for word in row] == [*FIRST.split(), *SECOND.split()]


def test_sounds_before_and_after_all_words_are_shown() -> None:
    segments = said(FIRST, pause_ms=0)
    cues = captions(
        segments,
        Sound("music", TimeRange(0, 3000)),
        Sound("applause", TimeRange(segments[0].time.end_ms, 20_000)),
    )
    assert [cue.text for cue in cues] == ["[music]", FIRST, "[applause]"]
    assert cues[-1].time.duration_ms <= 3000
    assert [cue.text for cue in captions((), Sound("music", TimeRange(0, 3000)))] == ["[music]"]


def test_a_sound_is_left_out_where_a_rule_would_be_broken_for_it_and_named() -> None:
    segments = said(FIRST, SECOND, FIRST, SECOND, pause_ms=0, letter_ms=52)  # 19 characters a second
    long, short = between(segments, "a loud knock on the old wooden door"), between(segments, "music " * 15)
    track = track_of(segments, long, short)
    assert "[" not in " ".join(cue.text for cue in track.cues)
    found = check_track(
        track,
        profile=PROFILE,
        speech=merged(word.time for word in words_of(segments)),
        words=words_of(segments),
        file="a.vtt",
        sounds=(long, short),
    )
    assert [item.code for item in found if item.level is Level.ERROR] == []
    named = [item.message for item in found if item.code == "CAPTION_SOUND"]
    assert len(named) == 2
    assert "`[a loud knock on the old wooden door]`" in named[0]


def test_onsets_and_words_are_counted_without_the_sounds() -> None:
    segments = said(FIRST, SECOND, pause_ms=600)
    words = words_of(segments)
    track = track_of(segments, between(segments))
    assert onset_errors(track.cues, words) == (0, 0)
    assert metrics(track, profile=PROFILE, speech=(), words=words).words == len(words)


@settings(max_examples=20, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(40, 90), st.booleans()), min_size=2, max_size=4),
    st.sampled_from(("music", "phone rings", "a loud knock on the old wooden door")),
)
def test_no_sound_ever_breaks_a_rule(rows: list[tuple[int, int, bool]], text: str) -> None:
    segments: list[Segment] = []
    sounds: list[Sound] = []
    for pause_ms, letter_ms, sounds_here in rows:
        after_ms = segments[-1].time.end_ms if segments else 0
        (segment,) = said(FIRST, pause_ms=0, letter_ms=letter_ms)
        by_ms = after_ms + pause_ms - segment.time.start_ms
        moved = tuple(
            Word(word.text, word.time.shifted(by_ms), 1.0, WordSource.SCRIPT) for word in segment.words
        )
        segments.append(Segment(moved))
        if sounds_here:
            sounds.append(Sound(text, TimeRange(after_ms, after_ms + pause_ms)))
    shown = tuple(segments)
    least = best_cut(columns_of(tokens_from_segments(shown), language="en"), PROFILE).faults
    speech = merged(word.time for word in words_of(shown))
    found = check_track(
        track_of(shown, *sounds), profile=PROFILE, speech=speech, words=words_of(shown), file="a.vtt"
    )
    errors = [item for item in found if item.level is Level.ERROR]
    assert len(errors) <= least
    assert [word for row in spoken_words(captions(shown, *sounds)) for word in row] == [
        word.text for word in words_of(shown)
    ]
