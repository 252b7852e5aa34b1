"""Real and synthetic recordings: the words are the script's, the times are the sound's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jiwer
import numpy as np
import pytest

from ebrochure.errors import Interrupted
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from tests.fixtures.speech import noise, silence, synthetic, write_wav

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.findings import Finding
    from ebrochure.model.transcript import Transcript

OFFLINE = choose_engine(SpeechSettings(engine="offline"))


def hear(
    speech: Path, script: str | None, language: str | None = "en"
) -> tuple[Transcript, tuple[Finding, ...]]:
    return recognise(speech, script=script, language=language, glossary=(), choice=OFFLINE)


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z' ]", " ", text.lower().replace("\u2019", "'")).split())


def text_of(transcript: Transcript) -> str:
    return " ".join(word.text for word in transcript.words)


@pytest.fixture
def spoken(samples: Path) -> Path:
    folder = samples / "speech"
    if not folder.is_dir():
        pytest.skip(f"no recordings in {folder}")
    return folder


@pytest.mark.parametrize("name", ["jfk", "sense_0870", "libri_61-70968-0000", "goforward", "cards_005"])
def test_a_script_is_kept_to_the_letter_whoever_reads_it(name: str, spoken: Path) -> None:
    script = (spoken / f"{name}.txt").read_text(encoding="utf-8")

    transcript, findings = hear(spoken / f"{name}.wav", script)

    assert text_of(transcript).split() == script.split()
    assert findings == ()
    assert transcript.script_match is not None
    assert transcript.script_match > 0.8
    assert all(any(word.time.overlaps(span) for span in transcript.speech) for word in transcript.words)


@pytest.mark.usefixtures("spoken")
def test_words_of_a_clean_recording_are_timed_to_a_few_milliseconds(samples: Path, tmp_path: Path) -> None:
    """Against the synthesiser's own times; measured over the whole recordings: median 8-9, p95 32-36 ms."""
    sound, sentences, truth = synthetic(samples, "grants_slt", until_s=30)
    script = "\n".join(sentences[: len(truth)])

    transcript, findings = hear(write_wav(tmp_path / "speech.wav", sound), script)

    off = np.array(list(onset_errors(transcript, truth)))
    assert text_of(transcript) == " ".join(script.split())
    assert findings == ()
    assert np.median(off) <= 12
    assert np.percentile(off, 95) <= 50


def onset_errors(transcript: Transcript, truth: list[dict[str, list[list[float]]]]) -> NDArray[np.float64]:
    """Return how far each token starts from the truth, in ms; one of two words starts with the first."""
    out = []
    for segment, item in zip(transcript.segments, truth, strict=True):
        first: dict[int, float] = {}
        for start_s, _end_s, _text, index in item["words"]:
            first.setdefault(int(index), start_s)
        out += [abs(segment.words[index].time.start_ms - 1000 * start) for index, start in first.items()]
    return np.array(out)


@pytest.mark.usefixtures("spoken")
def test_skipped_sentences_and_additions_are_found_and_the_rest_keeps_its_time(
    samples: Path, tmp_path: Path
) -> None:
    sound, sentences, truth = synthetic(samples, "grants_slt_dev", until_s=38)
    last = max(item["idx"] for item in truth if item["idx"] is not None)

    transcript, findings = hear(write_wav(tmp_path / "speech.wav", sound), "\n".join(sentences[: last + 1]))

    said = {item["idx"] for item in truth if item["idx"] is not None}
    assert {n for n, item in enumerate(transcript.sentences) if item.start_ms is not None} == said
    added = [item for item in truth if item["idx"] is None]
    assert len(transcript.inserted) == len(added) == 1
    assert abs(transcript.inserted[0].time.start_ms - 1000 * added[0]["start"]) < 250
    assert transcript.inserted[0].text
    assert {item.code for item in findings} == {"SCRIPT_SKIPPED", "SCRIPT_INSERTED"}
    kept = [item for item in truth if item["idx"] is not None]
    assert np.percentile(onset_errors(transcript, kept), 95) <= 50


def test_another_recordings_script_is_refused_and_the_sound_is_heard_instead(spoken: Path) -> None:
    wrong = (spoken / "sonnet1.txt").read_text(encoding="utf-8")

    transcript, findings = hear(spoken / "goforward.wav", wrong)

    assert plain(text_of(transcript)) == "go forward ten meters"
    assert not transcript.from_script
    assert [item.code for item in findings] == ["SCRIPT_MISMATCH"]


def test_without_a_script_the_draft_says_what_was_said_roughly(spoken: Path) -> None:
    script = (spoken / "libri_61-70968-0000.txt").read_text(encoding="utf-8")

    transcript, _ = hear(spoken / "libri_61-70968-0000.wav", None)

    assert jiwer.wer(plain(script), plain(text_of(transcript))) <= 0.3
    assert max(word.confidence for word in transcript.words) <= 0.35
    assert (transcript.language, transcript.engine) == ("en", "offline")


def test_a_script_in_a_language_nobody_hears_still_gives_captions(spoken: Path) -> None:
    script = "Und so, liebe Landsleute: Fragt nicht, was euer Land für euch tun kann."

    transcript, findings = hear(spoken / "jfk.wav", script, "de")

    assert text_of(transcript) == script
    assert [item.code for item in findings] == ["LANGUAGE_OFFLINE"]
    assert {word.confidence for word in transcript.words} == {0.1}


def test_nobody_speaking_gives_no_words_even_with_a_script(tmp_path: Path) -> None:
    speech = write_wav(tmp_path / "speech.wav", np.concatenate([silence(2), noise(2)]))

    transcript, findings = hear(speech, "Hello there.")

    assert transcript.words == ()
    assert [item.code for item in findings] == ["NO_SPEECH"]


@pytest.mark.parametrize(
    "script", [None, "And so my fellow Americans, ask not what your country can do for you."]
)
def test_progress_never_falls_and_may_stop_the_work(script: str | None, spoken: Path) -> None:
    shares: list[float] = []

    def note(share: float) -> None:
        shares.append(share)
        if share > 0.3:
            raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        recognise(
            spoken / "jfk.wav", script=script, language="en", glossary=(), choice=OFFLINE, on_progress=note
        )

    assert shares == sorted(shares)
    assert 0.3 < shares[-1] < 0.6


def test_the_same_recording_is_heard_the_same_way_every_time(spoken: Path) -> None:
    script = (spoken / "sense_0880.txt").read_text(encoding="utf-8")

    assert hear(spoken / "sense_0880.wav", script) == hear(spoken / "sense_0880.wav", script)
    assert hear(spoken / "sense_0880.wav", None) == hear(spoken / "sense_0880.wav", None)
