"""A Whisper that really hears, loaded and decoded by Whisper's own code: text, times, language, guards."""

from __future__ import annotations

import hashlib
import threading
import time
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pytest
import whisper  # noqa: TID251  the named path is driven with an address of ours

from ebrochure.errors import Interrupted, MaterialError
from ebrochure.model.timing import TimeRange
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe import whisper_model
from ebrochure.transcribe.activity import find_speech, speech_in
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.engine import SpeechRequest
from ebrochure.transcribe.recognise import recognise
from ebrochure.transcribe.whisper import WhisperEngine
from tests.fixtures.micro import (
    HALLUCINATION,
    Recording,
    joined,
    known_sentences,
    micro_checkpoint,
    one_thread,
)
from tests.fixtures.speech import noise, silence, tone, write_wav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.transcript import Segment

PAUSES_S = (0.8, 0.3, 2.5, 1.4, 6.0, 0.5, 1.2, 3.0, 0.7, 9.0, 1.6, 0.4, 2.0)
"""Short ones keep sentences together in one piece, long ones part them."""


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return micro_checkpoint(tmp_path_factory.mktemp("micro"))


@pytest.fixture(scope="module")
def long_recording() -> Recording:
    """Twelve sentences in three voices, 65 s."""
    return joined(known_sentences()[:12], PAUSES_S)


@pytest.fixture(scope="module")
def long_file(long_recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wav(tmp_path_factory.mktemp("long") / "speech.wav", long_recording.samples)


@pytest.fixture(scope="module")
def short_recording() -> Recording:
    """Five sentences, 23 s."""
    return joined(known_sentences()[:5], (*PAUSES_S[:4], 1.2, 0.8))


@pytest.fixture(scope="module")
def short_file(short_recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wav(tmp_path_factory.mktemp("short") / "speech.wav", short_recording.samples)


def texts(segments: tuple[Segment, ...]) -> str:
    return " ".join(segment.text for segment in segments)


def test_twelve_sentences_in_one_long_file_are_heard_to_the_letter_and_on_time(
    model: Path, long_recording: Recording, long_file: Path
) -> None:
    spans = find_speech(long_file)
    heard = WhisperEngine(str(model)).transcribe(long_file, SpeechRequest(spans, "en"))
    words = [word for segment in heard.segments for word in segment.words]
    errors = [
        abs(word.time.start_ms - onset) for word, onset in zip(words, long_recording.onsets_ms, strict=True)
    ]

    assert texts(heard.segments) == " ".join(long_recording.text)
    assert median(errors) <= 120
    assert sorted(errors)[round(0.95 * len(errors))] <= 300
    assert heard.findings == ()


def test_the_named_path_downloads_once_and_mends_a_corrupt_cache_only_with_leave(
    model: Path, long_recording: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    server = tmp_path / "server" / digest
    server.mkdir(parents=True)
    source = server / "tiny.pt"
    source.write_bytes(model.read_bytes())
    monkeypatch.setitem(whisper._MODELS, "tiny", source.as_uri())
    # The micro model's heads are its own; the named path would set those of the true `tiny`.
    monkeypatch.setitem(whisper._ALIGNMENT_HEADS, "tiny", None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept = tmp_path / "cache" / "whisper" / "tiny.pt"
    end = long_recording.spoken[0].end_ms
    sound = write_wav(tmp_path / "speech.wav", long_recording.samples[: 16 * (end + 200)])
    request = SpeechRequest(find_speech(sound), "en")

    with pytest.raises(MaterialError, match="is missing"):
        WhisperEngine("tiny").transcribe(sound, request)
    assert not kept.exists()

    fetched = WhisperEngine("tiny", download=True).transcribe(sound, request)
    assert texts(fetched.segments) == long_recording.text[0]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest

    whisper_model._loaded.clear()
    source.unlink()  # a hit needs no server
    assert WhisperEngine("tiny").transcribe(sound, request) == fetched

    whisper_model._loaded.clear()
    kept.write_bytes(kept.read_bytes()[:-1000])
    with pytest.raises(MaterialError, match="is damaged"):
        WhisperEngine("tiny").transcribe(sound, request)
    with pytest.raises(MaterialError, match="could not be read or fetched"):
        WhisperEngine("tiny", download=True).transcribe(sound, request)

    source.write_bytes(model.read_bytes())
    assert WhisperEngine("tiny", download=True).transcribe(sound, request) == fetched
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    "sound",
    [
        silence(20),
        noise(20),
        noise(20, level=0.003),
        np.concatenate([tone(7), tone(6, hz=660), tone(7, hz=990)]),
    ],
    ids=["silence", "noise", "hiss", "tones"],
)
def test_nothing_is_written_where_nobody_speaks_though_the_model_would(
    sound: NDArray[np.int16], model: Path, tmp_path: Path
) -> None:
    path = write_wav(tmp_path / "speech.wav", sound)
    choice = choose_engine(SpeechSettings(engine="whisper", whisper_model=str(model)))

    transcript, findings = recognise(path, script=None, language="en", glossary=(), choice=choice)
    unguarded = whisper_model.load_whisper(str(model), download=False).transcribe(
        sound[:96_000].astype(np.float32) / 32768, language="en", fp16=False, temperature=0
    )

    assert HALLUCINATION in unguarded["text"]
    assert transcript.segments == ()
    assert [item.code for item in findings] == ["NO_SPEECH"]


def test_words_over_the_silence_inside_a_piece_are_reported_not_captioned(
    model: Path, tmp_path: Path
) -> None:
    """Two coughs were taken for speech; of what the model writes over them most lies on the pause between."""
    path = write_wav(tmp_path / "speech.wav", silence(6))
    coughs = (TimeRange(2000, 2210), TimeRange(3100, 3310))

    heard = WhisperEngine(str(model)).transcribe(path, SpeechRequest(coughs, "en"))
    kept = [word for segment in heard.segments for word in segment.words]

    assert all(any(word.time.overlaps(cough) for cough in coughs) for word in kept)
    assert [item.code for item in heard.findings] == ["WHISPER_OVER_SILENCE"]
    assert "listening." in heard.findings[0].message
    assert "listening." not in texts(heard.segments)


def test_the_language_is_that_of_most_of_the_speech_not_of_its_beginning(model: Path, tmp_path: Path) -> None:
    *_, first, second = known_sentences()
    english = known_sentences()[:4]
    mostly_english = joined((first, *english), (0.5, 2.0, 2.0, 2.0, 2.0, 0.5))
    mostly_german = joined((english[0], *(first, second) * 3), (0.5, *[2.0] * 7))
    engine = WhisperEngine(str(model))

    heard = []
    for number, recording in enumerate((mostly_english, mostly_german)):
        path = write_wav(tmp_path / f"{number}.wav", recording.samples)
        heard.append(engine.transcribe(path, SpeechRequest(speech_in(recording.samples))))

    assert [item.language for item in heard] == ["en", "de"]
    assert second.text in texts(heard[1].segments)


def test_a_glossary_before_every_window_changes_nothing_that_was_heard_right(
    model: Path, short_recording: Recording, short_file: Path
) -> None:
    glossary = ("Thermalux", "help desk", "VPN")
    request = SpeechRequest(find_speech(short_file), "en", glossary)

    heard = WhisperEngine(str(model)).transcribe(short_file, request)

    assert texts(heard.segments) == " ".join(short_recording.text)


@pytest.mark.alone
def test_progress_follows_the_speech_and_a_stop_is_heard_within_a_second(
    model: Path, short_recording: Recording, short_file: Path
) -> None:
    engine = WhisperEngine(str(model))
    spans = find_speech(short_file)
    shares: list[float] = []
    engine.transcribe(short_file, SpeechRequest(spans, "en", (), shares.append))
    asked = threading.Event()
    late: list[float] = []

    def ask() -> None:
        late.append(time.perf_counter())
        asked.set()

    def stop(_share: float) -> None:
        if asked.is_set():
            raise Interrupted("stopped")

    timer = threading.Timer(0.15, ask)
    timer.start()
    with pytest.raises(Interrupted):
        engine.transcribe(short_file, SpeechRequest(spans, "en", (), stop))
    timer.join()

    assert time.perf_counter() - late[0] < 1
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert max(b - a for a, b in pairwise(shares)) < 0.15
    assert texts(engine.transcribe(short_file, SpeechRequest(spans, "en")).segments).startswith(
        short_recording.text[0]
    )


def test_two_threads_share_one_model_and_hear_what_each_hears_alone(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whisper_model._loaded.clear()
    loads: list[str] = []
    true_load = whisper.load_model
    monkeypatch.setattr(
        whisper, "load_model", lambda name, **options: loads.append(name) or true_load(name, **options)
    )
    said = [known_sentences()[place : place + 3] for place in (0, 3)]
    paths = [
        write_wav(tmp_path / f"{number}.wav", joined(part, (0.5, 1.5, 1.5, 0.5)).samples)
        for number, part in enumerate(said)
    ]
    heard: dict[int, str] = {}

    def listen(number: int) -> None:
        request = SpeechRequest(find_speech(paths[number]), "en")
        heard[number] = texts(WhisperEngine(str(model)).transcribe(paths[number], request).segments)

    threads = [threading.Thread(target=listen, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert loads == [str(model)]
    assert [heard[n] for n in range(2)] == [" ".join(item.text for item in part) for part in said]


def test_the_model_in_memory_gives_way_to_another_and_to_its_own_successor(
    model: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pt"
    other.write_bytes(model.read_bytes())
    first = whisper_model.load_whisper(str(model), download=False)

    assert whisper_model.load_whisper(str(model), download=False) is first
    second = whisper_model.load_whisper(str(other), download=False)
    assert len(whisper_model._loaded) == 1
    other.write_bytes(other.read_bytes() + b" ")  # what lies behind an archive is not read
    assert whisper_model.load_whisper(str(other), download=False) is not second
