"""Flite's word times are those of its sound; noise is as loud as it says; nothing shifts speech in time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ebrochure.errors import MissingToolError
from scripts.benches.explainers import flite, mix
from scripts.benches.explainers.deviate import as_written
from scripts.benches.explainers.speak import FREELY, READING, Speaker, resized, say, speak
from scripts.benches.explainers.texts import read_line

RATE_HZ = flite.RATE_HZ

VOWELS = read_line("Apples, every, open, eagles, all, under, any, ask, easy, early.")
"""Words that begin with a vowel, each after a pause: there the sound itself shows when it starts."""

FIVE_MS = 80
"""In samples."""


@pytest.fixture(scope="module", autouse=True)
def _flite() -> None:
    try:
        flite.synthesise("yes", voice="slt")
    except MissingToolError as error:
        pytest.skip(str(error))


def rise_ms(sound: np.ndarray, start_s: float) -> float:
    """Return how long after `start_s` the sound exceeds a tenth of the loudness that it reaches."""
    first = round((start_s - 0.06) * RATE_HZ)
    part = sound[first : first + 40 * FIVE_MS].reshape(-1, FIVE_MS)
    loud = np.sqrt((part**2).mean(axis=1))
    return float(np.argmax(loud > 0.1 * loud.max()) * 5 - 60)


@pytest.mark.parametrize(
    "speaker",
    [
        Speaker("slt"),
        Speaker("rms"),
        Speaker("awb"),
        Speaker("kal16"),
        Speaker("slt", stretch=1.2, pitch=0.9, size=1.07),
    ],
    ids=lambda speaker: f"{speaker.voice}-{speaker.size}",
)
def test_sound_begins_where_the_word_is_said_to_begin(speaker: Speaker) -> None:
    """Measured: median 5 ms late, one in twelve more than 30 ms."""
    sound, words = say(VOWELS, speaker)

    late = np.array([rise_ms(sound, word.start_s) for word in words[1:]])

    assert [word.token for word in words] == list(range(10))
    assert -5 <= np.median(late) <= 10
    assert np.percentile(np.abs(late), 75) <= 20


def test_words_of_a_reading_belong_to_the_token_that_is_written() -> None:
    line = read_line("The well-known fee (for AB{a b} only) is £7.50{seven pounds fifty}, isn't it?")

    _, words = say(line, Speaker("slt"))

    by_token = [" ".join(word.text for word in words if word.token == n) for n in range(len(line.tokens))]
    assert by_token == [
        "the", "well known", "fee", "for", "a b", "only", "is", "seven pounds fifty", "isnt", "it",
    ]  # fmt: skip
    assert all(a.end_s <= b.start_s for a, b in pairwise(words))


def test_the_same_words_sound_the_same_whatever_was_said_before() -> None:
    once = flite.synthesise("Hello there.", voice="rms").samples
    flite.synthesise("Something else.", voice="rms", stretch=1.3, pitch=1.2)

    assert np.array_equal(flite.synthesise("Hello there.", voice="rms").samples, once)


def test_a_voice_that_is_not_installed_is_named() -> None:
    with pytest.raises(MissingToolError, match="libflite_cmu_us_nobody") as caught:
        flite.synthesise("Hello.", voice="nobody")
    assert "apt install flite" in str(caught.value)


def test_truth_follows_the_takes_and_each_named_speaker_has_a_voice() -> None:
    lines = (read_line("Good morning, all.", "ANN"), read_line("Good evening, all.", "BEN"))

    spoken = speak(as_written(lines), (Speaker("slt"), Speaker("rms")), seed=1)
    same = speak(as_written(lines), (Speaker("slt"), Speaker("slt")), seed=1)

    assert [take["idx"] for take in spoken.truth] == [0, 1]
    assert spoken.truth[0]["words"] == same.truth[0]["words"]
    assert spoken.truth[1]["words"] != same.truth[1]["words"]
    assert [row[2:] for row in spoken.truth[0]["words"]] == [["good", 0], ["morning", 1], ["all", 2]]
    assert spoken.truth[0]["end"] + 0.4 < spoken.truth[1]["start"]
    voiced = mix.spoken_samples(spoken.truth, len(spoken.samples))
    assert (spoken.samples[voiced] ** 2).mean() > 1000 * (spoken.samples[~voiced][: RATE_HZ // 2] ** 2).mean()


def test_somebody_who_talks_freely_hurries_over_some_sentences() -> None:
    same = as_written((read_line("We made a list of all the things that annoyed us."),) * 6)

    paces = [
        [take["end"] - take["start"] for take in speak(same, [Speaker("slt")], 1, manner).truth]
        for manner in (READING, FREELY)
    ]

    assert max(paces[0]) - min(paces[0]) < 0.01
    assert max(paces[1]) / min(paces[1]) > 1.2


@pytest.mark.parametrize("kind", ["white", "pink", "babble"])
@pytest.mark.parametrize("snr_db", [15.0, 5.0])
def test_noise_is_as_far_below_the_spoken_parts_as_it_says(kind: mix.Noise, snr_db: float) -> None:
    speech = np.zeros(2 * RATE_HZ)
    speech[:RATE_HZ] = 0.1 * np.sin(np.arange(RATE_HZ))
    spoken = np.arange(2 * RATE_HZ) < RATE_HZ

    mixed = mix.under(speech, mix.noise(kind, 3.0, seed=4), snr_db, spoken)

    bed = mixed - speech
    measured = 10 * np.log10((speech[spoken] ** 2).mean() / (bed**2).mean())
    assert measured == pytest.approx(snr_db, abs=1.5)
    assert np.array_equal(mix.noise(kind, 1.0, seed=4), mix.noise(kind, 1.0, seed=4))


def test_each_noise_has_its_colour() -> None:
    def share_below_1_khz(sound: np.ndarray) -> float:
        power = np.abs(np.fft.rfft(sound)) ** 2
        return float(power[: len(power) // 8].sum() / power.sum())

    white, pink, babble = (share_below_1_khz(mix.noise(kind, 2.0, 1)) for kind in ("white", "pink", "babble"))

    assert white == pytest.approx(1 / 8, abs=0.02)
    assert white < pink < babble


def test_music_has_chords_and_a_beat() -> None:
    bed = mix.music(8.8, seed=2)
    power = np.abs(np.fft.rfft(bed * np.hanning(len(bed)))) ** 2
    loud = np.abs(bed).reshape(-1, FIVE_MS).max(axis=1)
    rises = np.maximum(np.diff(loud), 0)
    beat = round(mix.BEAT_S * 200)
    on, off = (np.corrcoef(rises[:-lag], rises[lag:])[0, 1] for lag in (2 * beat, round(1.7 * beat)))

    assert np.sort(power)[-len(power) // 100 :].sum() > 0.8 * power.sum(), "few frequencies hold the energy"
    assert on > 0.4 > off + 0.3


def test_neither_a_room_nor_a_telephone_moves_speech() -> None:
    click = np.zeros(RATE_HZ)
    click[4000] = 1.0

    room, telephone = mix.in_room(click, seed=3), mix.by_telephone(click)

    assert np.argmax(np.abs(room)) == np.argmax(np.abs(telephone)) == 4000
    assert np.abs(room[:4000]).max() < 1e-9
    assert 10 * np.log10((room[4001:] ** 2).sum()) == pytest.approx(-12, abs=0.5)
    power = np.abs(np.fft.rfft(telephone)) ** 2
    assert power[3500:].sum() < 1e-12 * power.sum()


def test_a_longer_throat_lowers_the_sound_and_keeps_its_loudness() -> None:
    moments = np.arange(RATE_HZ) / RATE_HZ
    longer = resized(np.sin(2 * np.pi * 1000 * moments), round(RATE_HZ * 1.1))

    spectrum = np.abs(np.fft.rfft(longer))
    assert np.argmax(spectrum) * RATE_HZ / len(longer) == pytest.approx(1000 / 1.1, abs=1)
    assert np.abs(longer).max() == pytest.approx(1, abs=0.02)
