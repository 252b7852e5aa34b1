"""What every entry of `ENGINES` promises, held by each of them over the same recording."""

from __future__ import annotations

import importlib.util
import threading
import time
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import Interrupted, MaterialError
from ebrochure.model.timing import TimeRange
from ebrochure.transcribe import faster_whisper
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.engine import ENGINES, SpeechRequest, load_engine_class
from ebrochure.transcribe.listening import Progress
from tests.fixtures.converted import converted_checkpoint
from tests.fixtures.micro import joined, known_sentences, micro_checkpoint, one_thread
from tests.fixtures.speech import silence, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ebrochure.transcribe.engine import Recognition, SpeechEngine

NEEDS = {"whisper": "whisper", "faster-whisper": "faster_whisper", "offline": "pocketsphinx"}


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="module", params=list(ENGINES))
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], SpeechEngine]:
    """Return what makes one of the engines, with a model that hears."""
    name: str = request.param
    if importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"`{name}` is not installed: pip install 'ebrochure[faster]'")
    folder = tmp_path_factory.mktemp(name)
    if name == "whisper":
        path = micro_checkpoint(folder)
        return lambda: load_engine_class(name)(str(path))
    if name == "faster-whisper":
        converted = converted_checkpoint(micro_checkpoint(folder), folder / "micro-converted")
        return lambda: load_engine_class(name)(str(converted))
    return load_engine_class(name)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five sentences, the third and fourth close together, 25 s."""
    sound = joined(known_sentences()[:5], (1.0, 2.0, 3.0, 0.3, 2.0, 1.0)).samples
    return write_wav(tmp_path_factory.mktemp("sound") / "speech.wav", sound)


@pytest.fixture(scope="module")
def heard(make: Callable[[], SpeechEngine], recording: Path) -> tuple[Recognition, list[float]]:
    shares: list[float] = []
    request = SpeechRequest(find_speech(recording), "en-GB", ("help desk", "portal"), shares.append)
    return make().transcribe(recording, request), shares


def test_words_come_in_order_whole_inside_the_sound_and_with_speech_under_them(
    heard: tuple[Recognition, list[float]], recording: Path
) -> None:
    speech = find_speech(recording)
    words = [word for segment in heard[0].segments for word in segment.words]
    starts = [word.time.start_ms for word in words]

    assert len(words) > 20
    assert starts == sorted(starts)
    for word in words:
        assert word.text
        assert word.text == "".join(word.text.split())
        assert 0 <= word.confidence <= 1
        assert speech[0].start_ms <= word.time.start_ms < word.time.end_ms <= speech[-1].end_ms
        assert any(word.time.overlaps(span) for span in speech)
    assert heard[0].language == "en"


def test_progress_starts_rises_and_ends_at_one(heard: tuple[Recognition, list[float]]) -> None:
    shares = heard[1]

    assert len(shares) > 4
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.5
    assert shares[-1] == 1


def test_the_same_sound_gives_the_same_words(
    heard: tuple[Recognition, list[float]], make: Callable[[], SpeechEngine], recording: Path
) -> None:
    request = SpeechRequest(find_speech(recording), "en-GB", ("help desk", "portal"))

    assert make().transcribe(recording, request) == heard[0]


def test_an_engine_that_was_stopped_can_be_asked_again(
    make: Callable[[], SpeechEngine], heard: tuple[Recognition, list[float]], recording: Path
) -> None:
    engine = make()
    speech = find_speech(recording)

    def stop(share: float) -> None:
        if share > 0.3:
            raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        engine.transcribe(recording, SpeechRequest(speech, "en", (), stop))

    again = engine.transcribe(recording, SpeechRequest(speech, "en-GB", ("help desk", "portal")))
    assert again == heard[0]


def test_nothing_is_heard_outside_the_speech_that_was_asked_for(
    make: Callable[[], SpeechEngine], recording: Path
) -> None:
    only = find_speech(recording)[-1:]

    found = make().transcribe(recording, SpeechRequest(only, "en"))

    words = [word for segment in found.segments for word in segment.words]
    assert words
    assert all(only[0].start_ms <= word.time.start_ms < word.time.end_ms <= only[0].end_ms for word in words)


def test_no_speech_gives_no_words_and_costs_no_model(
    make: Callable[[], SpeechEngine], tmp_path: Path
) -> None:
    sound = write_wav(tmp_path / "speech.wav", silence(3))
    shares: list[float] = []

    assert make().transcribe(sound, SpeechRequest((), "en", (), shares.append)).segments == ()
    assert shares[-1] == 1


def test_speech_claimed_beyond_the_end_of_the_sound_harms_nothing(
    make: Callable[[], SpeechEngine], tmp_path: Path
) -> None:
    sentence = known_sentences()[0]
    sound = write_wav(tmp_path / "speech.wav", sentence.samples)
    claimed = (TimeRange(0, 3600), TimeRange(9000, 12_000))

    words = [
        word
        for segment in make().transcribe(sound, SpeechRequest(claimed, "en")).segments
        for word in segment.words
    ]

    assert words
    assert all(word.time.end_ms <= 3700 for word in words)


def test_both_makes_of_whisper_hear_the_same_text(
    heard: tuple[Recognition, list[float]], make: Callable[[], SpeechEngine]
) -> None:
    if make().name == "offline":
        pytest.skip("the offline engine is no Whisper")
    text = " ".join(segment.text for segment in heard[0].segments)

    assert text == " ".join(sentence.text for sentence in known_sentences()[:5])


@pytest.mark.alone
def test_a_stop_does_not_wait_for_a_window_that_cannot_be_interrupted() -> None:
    finish = threading.Event()
    piece = TimeRange(0, 5000)

    def stop(_share: float) -> None:
        raise Interrupted("stopped")

    begun = time.perf_counter()
    with pytest.raises(Interrupted):
        faster_whisper._patiently(lambda: finish.wait(20), Progress((piece,), stop))
    took_s = time.perf_counter() - begun
    finish.set()

    assert took_s < 1


def test_a_converted_model_that_is_damaged_or_missing_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("faster_whisper") is None:
        pytest.skip("faster-whisper is not installed: pip install 'ebrochure[faster]'")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "empty"))
    folder = tmp_path / "torn"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_text("{}")

    for model, said in (
        (folder, "cannot be used"),
        (tmp_path / "none", "is no folder"),
        ("tiny", "not on this machine"),
    ):
        with pytest.raises(MaterialError, match=said):
            faster_whisper.load_converted(str(model), download=False)
