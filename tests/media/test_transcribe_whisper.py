"""The Whisper engine through Whisper's own loading and decoding code, with a checkpoint made here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import jiwer
import pytest
from whisper.tokenizer import get_tokenizer  # noqa: TID251  says what a prompt should be

from ebrochure.errors import Interrupted, MaterialError
from ebrochure.media.process import started
from ebrochure.model.timing import TimeRange
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe import whisper_model
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.engine import SpeechRequest
from ebrochure.transcribe.recognise import recognise
from ebrochure.transcribe.whisper import WhisperEngine
from tests.fixtures.micro import one_thread
from tests.fixtures.speech import SAYING, noise, parrot_checkpoint, write_wav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whisper.decoding import DecodingOptions  # noqa: TID251  a type

SPEECH = (TimeRange(1000, 3500), TimeRange(40_000, 43_000))


@pytest.fixture(scope="module", autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return parrot_checkpoint(tmp_path_factory.mktemp("whisper") / "parrot.pt")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """45 s of noise; the tests say where its speech is."""
    return write_wav(tmp_path_factory.mktemp("sound") / "speech.wav", noise(45))


def test_words_come_back_in_source_time_and_only_where_there_is_speech(model: Path, recording: Path) -> None:
    heard = WhisperEngine(str(model)).transcribe(recording, SpeechRequest(SPEECH, "en-GB"))
    language, segments = heard.language, heard.segments

    assert language == "en"
    assert [segment.text for segment in segments] == [SAYING.strip()] * 2
    for segment, span in zip(segments, SPEECH, strict=True):
        assert all(word.time.overlaps(span) for word in segment.words)
        assert all(0 <= word.confidence <= 1 for word in segment.words)
    starts = [word.time.start_ms for segment in segments for word in segment.words]
    assert starts == sorted(starts)


def test_language_is_found_out_where_nobody_says_it(model: Path, recording: Path) -> None:
    assert WhisperEngine(str(model)).transcribe(recording, SpeechRequest(SPEECH)).language == "en"


def test_nothing_is_heard_where_there_is_no_speech(model: Path, recording: Path) -> None:
    assert WhisperEngine(str(model)).transcribe(recording, SpeechRequest(())).segments == ()


def test_weights_are_loaded_once_a_process_and_only_as_weights(
    model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    loads: list[object] = []
    true_load = torch.load

    def watched(*args: object, **kwargs: object) -> object:
        loads.append(kwargs.get("weights_only"))
        return true_load(*args, **kwargs)

    monkeypatch.setattr(torch, "load", watched)
    whisper_model._loaded.clear()
    for _ in range(2):
        WhisperEngine(str(model)).transcribe(recording, SpeechRequest(SPEECH, "en"))

    assert loads == [True]


def test_every_window_is_prompted_with_the_glossary(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at where the decoder is given its tokens: two pieces, each of which takes several windows."""
    path = parrot_checkpoint(tmp_path / "restless.pt", goes_on=True)
    loaded = whisper_model.load_whisper(str(path), download=False)
    prompts: list[object] = []
    true_decode = loaded.decode

    def watched(mel: object, options: DecodingOptions) -> object:
        prompts.append(options.prompt)
        return true_decode(mel, options)

    monkeypatch.setattr(loaded, "decode", watched, raising=False)
    speech = (TimeRange(1000, 9000), TimeRange(30_000, 33_000))
    WhisperEngine(str(path)).transcribe(recording, SpeechRequest(speech, "en", ("Thermalux", "EPC")))
    names = get_tokenizer(multilingual=True)

    assert len(prompts) > 4
    assert all(prompt == names.encode(" Thermalux, EPC.") for prompt in prompts)


def test_a_glossary_too_long_for_a_prompt_keeps_its_beginning_and_says_so(
    model: Path, recording: Path
) -> None:
    terms = tuple(f"Lindermere pumping station number {n}" for n in range(60))

    heard = WhisperEngine(str(model)).transcribe(recording, SpeechRequest(SPEECH[:1], "en", terms))

    told = [item for item in heard.findings if item.code == "WHISPER_GLOSSARY"]
    assert len(told) == 1
    assert "of 60 glossary terms the first" in told[0].message


def test_a_loop_is_decoded_again_then_kept_and_reported(recording: Path, tmp_path: Path) -> None:
    path = parrot_checkpoint(tmp_path / "looping.pt", loops=True)

    heard = WhisperEngine(str(path)).transcribe(recording, SpeechRequest((TimeRange(1000, 2500),), "en"))

    assert len(heard.segments[0].words) > 8
    loops = [item for item in heard.findings if item.code == "WHISPER_REPEATS"]
    assert len(loops) == 1
    assert "at 0:0" in loops[0].message
    assert "Go forward ten metres." in loops[0].message


def test_progress_rises_to_one_and_may_stop_the_work_inside_a_piece(model: Path, recording: Path) -> None:
    shares: list[float] = []
    engine = WhisperEngine(str(model))
    engine.transcribe(recording, SpeechRequest(SPEECH, "en", (), shares.append))

    def stop(share: float) -> None:
        if share > 0.1:
            raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        engine.transcribe(recording, SpeechRequest(SPEECH, "en", (), stop))

    assert shares == sorted(shares)
    assert len(shares) > 10
    assert shares[-1] == 1
    assert engine.transcribe(recording, SpeechRequest(SPEECH, "en")).segments


def test_no_process_is_started(model: Path, recording: Path) -> None:
    before = started()

    WhisperEngine(str(model)).transcribe(recording, SpeechRequest(SPEECH, "en"))

    assert started() == before


def test_a_checkpoint_by_path_is_chosen_by_auto_and_named(model: Path, tmp_path: Path) -> None:
    choice = choose_engine(SpeechSettings(whisper_model=str(model)))
    quiet = write_wav(tmp_path / "noise.wav", noise(3))

    transcript, findings = recognise(quiet, script=None, language="en", glossary=(), choice=choice)

    assert choice.name == choice.make().name == transcript.engine == "whisper:parrot"
    assert transcript.segments == ()
    assert [item.code for item in findings] == ["NO_SPEECH"]


def test_an_archive_that_is_no_whisper_model_is_refused_in_a_sentence(
    tmp_path: Path, recording: Path
) -> None:
    import torch

    path = tmp_path / "other.pt"
    torch.save({"weights": torch.zeros(3)}, path)

    with pytest.raises(MaterialError, match="cannot be used as a Whisper model"):
        WhisperEngine(str(path)).transcribe(recording, SpeechRequest(SPEECH, "en"))


def test_a_damaged_named_model_is_not_fetched_anew_without_leave(
    tmp_path: Path, recording: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "whisper").mkdir()
    (tmp_path / "whisper" / "base.pt").write_bytes(model.read_bytes())

    with pytest.raises(MaterialError, match="is damaged"):
        WhisperEngine("base").transcribe(recording, SpeechRequest(SPEECH, "en"))


@pytest.mark.parametrize("name", ["base.pt", "legacy_tiny.pt"])
def test_weights_that_carry_code_are_refused_before_anything_reads_them(
    name: str, samples: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    path = samples / "corpus" / "security" / "model" / name
    if not path.is_file():
        pytest.skip(f"no {path}")
    monkeypatch.setattr(torch, "load", lambda *_args, **_kwargs: pytest.fail("torch.load was called"))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(MaterialError) as refused:
        WhisperEngine(str(path)).transcribe(recording, SpeechRequest(SPEECH, "en"))

    assert refused.value.findings[0].code == "MODEL_UNTRUSTED"
    assert list(tmp_path.iterdir()) == []


def test_a_true_model_hears_a_real_recording(samples: Path) -> None:
    """With weights that `EBROCHURE_WHISPER_MODEL` names: a model, or the path of a checkpoint."""
    named = os.environ.get("EBROCHURE_WHISPER_MODEL")
    if not named:
        pytest.skip("no weights: name a Whisper model or checkpoint in EBROCHURE_WHISPER_MODEL")
    path = samples / "speech" / "jfk.wav"
    wanted = (samples / "speech" / "jfk.txt").read_text(encoding="utf-8")

    heard = WhisperEngine(named).transcribe(path, SpeechRequest(find_speech(path)))

    assert heard.language == "en"
    text = " ".join(segment.text for segment in heard.segments)
    plain = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.Strip(), jiwer.ReduceToListOfListOfWords()]
    )
    assert jiwer.wer(wanted, text, reference_transform=plain, hypothesis_transform=plain) <= 0.1
