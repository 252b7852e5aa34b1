"""A script laid over what Whisper heard: the words are the script's, the times come from both."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from tests.fixtures.micro import joined, known_sentences, micro_checkpoint
from tests.fixtures.speech import write_wav

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding
    from ebrochure.model.transcript import Transcript
    from tests.fixtures.micro import Known, Recording


def hear(
    recording: Recording, script: str, folder: Path, language: str
) -> tuple[Transcript, tuple[Finding, ...]]:
    choice = choose_engine(SpeechSettings(engine="whisper", whisper_model=str(micro_checkpoint(folder))))
    speech = write_wav(folder / "speech.wav", recording.samples)
    return recognise(speech, script=script, language=language, glossary=(), choice=choice)


def said_in_turn(sentences: list[Known]) -> Recording:
    return joined(tuple(sentences), (1.6,) * (len(sentences) + 1))


@pytest.fixture(scope="module")
def english() -> Recording:
    return said_in_turn([item for item in known_sentences() if item.language == "en"][:6])


def test_a_script_over_whispers_words_keeps_its_spelling_and_finds_its_times(
    english: Recording, tmp_path: Path
) -> None:
    script = "\n\n".join(text.replace("eight until six", "8 until 6") for text in english.text)

    transcript, findings = hear(english, script, tmp_path, "en")

    assert " ".join(word.text for word in transcript.words) == " ".join(script.split())
    assert (transcript.engine, transcript.script_match, findings) == ("whisper:micro", 1.0, ())
    off = [abs(w.time.start_ms - onset) for w, onset in zip(transcript.words, english.onsets_ms, strict=True)]
    assert np.median(off) <= 20  # its own are 23 to 60 ms off: strict alignment knows better
    assert all(a.time.end_ms <= b.time.start_ms for a, b in pairwise(transcript.words))


def test_what_whisper_heard_beside_the_script_is_offered_as_a_draft(
    english: Recording, tmp_path: Path
) -> None:
    skipped, added = "The old fax line is switched off in May.", english.text[2]
    script = "\n\n".join([*english.text[:2], skipped, *english.text[3:]])

    transcript, findings = hear(english, script, tmp_path, "en")

    assert [item.text for item in transcript.inserted] == [added]
    assert [item.text for item in transcript.sentences if item.start_ms is None] == [skipped]
    assert {item.code for item in findings} == {"SCRIPT_SKIPPED", "SCRIPT_INSERTED"}


def test_a_script_in_a_language_that_only_whisper_hears_gets_whispers_times(tmp_path: Path) -> None:
    german = said_in_turn([item for item in known_sentences() if item.language == "de"])
    script = "\n".join(german.text)

    transcript, findings = hear(german, script, tmp_path, "de")

    assert " ".join(word.text for word in transcript.words) == " ".join(script.split())
    assert findings == ()
    off = [abs(w.time.start_ms - onset) for w, onset in zip(transcript.words, german.onsets_ms, strict=True)]
    assert np.median(off) <= 120
