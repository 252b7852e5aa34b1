"""The one verb of this room: a recording in, words with times out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level
from ebrochure.model.transcript import Insertion, Sentence, Transcript
from ebrochure.model.writing import fine_clock
from ebrochure.transcribe.activity import speech_in
from ebrochure.transcribe.align import align, align_words
from ebrochure.transcribe.engine import OnProgress, Recognition, SpeechRequest, load_engine_class
from ebrochure.transcribe.samples import read_samples
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.spread import spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Word
    from ebrochure.transcribe.choose import EngineChoice
    from ebrochure.transcribe.laid import Alignment
    from ebrochure.transcribe.samples import Samples
    from ebrochure.transcribe.script import Script

FOUND_SHARE, ENGINE_SHARE, ALIGNED_SHARE = 0.02, 0.7, 0.9
"""Share of the work that is done once speech is found, once an engine has heard all of it, and once the
script is laid over it."""

PARTLY_HEARD = 0.8
"""A sentence of which less was said is worth a look."""

ENGLISH_SHARE = 0.5
"""A script with fewer of its words in the English dictionary is in another language."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One recording and how to listen to it."""

    speech: Path
    spans: tuple[TimeRange, ...]
    language: str | None
    glossary: tuple[str, ...]
    choice: EngineChoice


def recognise(
    speech: Path,
    *,
    script: Script | str | None,
    language: str | None,
    glossary: tuple[str, ...],
    choice: EngineChoice,
    on_progress: OnProgress = lambda _share: None,
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Return the words of a 16 kHz mono WAV with their times, and what the report should say.

    With a script, its words are laid over the sound; the engine is asked only where the script is another
    recording's, or for what was said beside it. Without one, the engine gives the words.

    Args:
        speech: The sound, in source time.
        script: The approved script, as text or read already, or None.
        language: BCP 47 tag of the words, None: find out (without an engine that can: English).
        glossary: Terms that the engine should expect.
        choice: The engine, as `choose_engine` returned it.
        on_progress: Called with the share done, never falling; may raise to stop the work.

    Raises:
        MaterialError: the sound or the engine's model cannot be used.
    """
    report = _rising(on_progress)
    samples = read_samples(speech)
    spans = speech_in(samples)
    report(FOUND_SHARE)
    job = _Job(speech, spans, language, glossary, choice)
    written = parse_script(script) if isinstance(script, str) else script
    if not spans:
        report(1.0)
        transcript = Transcript(language or "und", choice.name, (), ())
        message, hint = "no speech was found in the sound", "if somebody speaks in it, check its volume"
        return transcript, (Finding("NO_SPEECH", Level.WARN, message, hint=hint),)
    if written is None or not written.sentences:
        return _by_engine(job, (), _part(report, FOUND_SHARE, 1.0))
    if choice.name != "offline":
        return _by_engine_and_script(job, written, samples, report)
    if not is_english(written, language):
        return _by_guess(job, written, report)
    aligned = align(written, samples, spans, on_progress=_part(report, FOUND_SHARE, ALIGNED_SHARE))
    if aligned.is_wrong_script:
        return _by_engine(job, (_wrong_script(aligned),), _part(report, ALIGNED_SHARE, 1.0))
    inserted = _drafts(job, aligned.inserted, _part(report, ALIGNED_SHARE, 1.0))
    return _by_script(job, replace(aligned, inserted=inserted), language or "en", report)


def is_english(script: Script, language: str | None) -> bool:
    """Tell whether a script can be heard with the English model: by its tag, and by its words."""
    from ebrochure.transcribe.pronounce import is_known  # noqa: PLC0415  reads the dictionary

    if language is not None and language.lower().split("-")[0] != "en":
        return False
    words = [token.strip(".,;:!?\"'()").lower() for line in script.sentences for token in line.text.split()]
    plain = [word for word in words if word.isalpha()]
    return not plain or sum(map(is_known, plain)) >= ENGLISH_SHARE * len(plain)


def _by_engine(
    job: _Job, findings: tuple[Finding, ...], on_progress: OnProgress
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Let the chosen engine give words and times."""
    language = job.language
    if job.choice.name == "offline" and language is not None and language.lower().split("-")[0] != "en":
        message = f"the offline engine hears English only; the words are in `{language}`, so there are none"
        hint = "add a script or captions beside the recording, or use Whisper"
        findings = (*findings, Finding("LANGUAGE_OFFLINE", Level.WARN, message, hint=hint))
        return Transcript(language, job.choice.name, (), job.spans), findings
    heard = _listen(job, on_progress)
    return _engine_transcript(job, heard), (*findings, *heard.findings)


def _listen(job: _Job, on_progress: OnProgress) -> Recognition:
    """Let the chosen engine hear the whole recording."""
    request = SpeechRequest(job.spans, job.language, job.glossary, on_progress)
    return job.choice.make().transcribe(job.speech, request)


def _engine_transcript(job: _Job, heard: Recognition) -> Transcript:
    """Return what the engine wrote down; the language as it was tagged, where that is the one heard."""
    is_as_tagged = job.language is not None and job.language.lower().split("-")[0] == heard.language
    shown = job.language if job.language is not None and is_as_tagged else heard.language
    return Transcript(shown, job.choice.name, heard.segments, job.spans)


def _by_engine_and_script(
    job: _Job, script: Script, samples: Samples, report: OnProgress
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Lay the script over what the chosen engine heard; its doubts do not matter where the script speaks."""
    heard = _listen(job, _part(report, FOUND_SHARE, ENGINE_SHARE))
    plain = _engine_transcript(job, heard)
    aligned = align_words(
        script,
        plain.words,
        samples,
        job.spans,
        is_english=heard.language == "en" and is_english(script, job.language),
        on_progress=_part(report, ENGINE_SHARE, 1.0),
    )
    if aligned.is_wrong_script:
        return plain, (_wrong_script(aligned), *heard.findings)
    inserted = tuple(_with_words(item, plain.words) for item in aligned.inserted)
    return _by_script(job, replace(aligned, inserted=inserted), plain.language, report)


def _with_words(item: Insertion, words: Sequence[Word]) -> Insertion:
    """Return an insertion with the engine's words in its time as the draft."""
    said = [word.text for word in words if item.time.contains((word.time.start_ms + word.time.end_ms) // 2)]
    return replace(item, text=" ".join(said))


def _by_guess(job: _Job, script: Script, report: OnProgress) -> tuple[Transcript, tuple[Finding, ...]]:
    """Share a script that cannot be heard out over the speech: rough times are better than no captions."""
    aligned = spread(script, job.spans)
    named = "another language than English" if job.language is None else f"`{job.language}`"
    message = (
        f"the script is in {named}, which the offline engine cannot hear: "
        "its words were shared out over the speech and their times are rough"
    )
    finding = Finding("LANGUAGE_OFFLINE", Level.WARN, message, hint="check the captions against the sound")
    report(1.0)
    return _transcript(job, aligned, job.language or "und"), (finding,)


def _by_script(
    job: _Job, aligned: Alignment, language: str, report: OnProgress
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Keep the script's words, and say where the speaker left them."""
    report(1.0)
    added = (_inserted(item, aligned.sentences) for item in aligned.inserted)
    return _transcript(job, aligned, language), (*_skips(aligned), *added)


def _transcript(job: _Job, aligned: Alignment, language: str) -> Transcript:
    """Return the transcript of a script."""
    return Transcript(
        language=language,
        engine=job.choice.name,
        segments=aligned.segments,
        speech=job.spans,
        sentences=aligned.sentences,
        inserted=aligned.inserted,
        script_match=round(aligned.match, 4),
        slide_marks=aligned.slide_marks,
        sounds=aligned.sounds,
    )


def _drafts(job: _Job, inserted: tuple[Insertion, ...], on_progress: OnProgress) -> tuple[Insertion, ...]:
    """Have the draft engine write down the stretches that are not in the script."""
    if not inserted:
        return ()
    engine = load_engine_class("offline")()
    out = []
    for number, item in enumerate(inserted):
        base = number / len(inserted)
        steps = _part(on_progress, base, base + 1 / len(inserted))
        heard = engine.transcribe(job.speech, SpeechRequest((item.time,), "en", (), steps))
        out.append(replace(item, text=" ".join(segment.text for segment in heard.segments)))
    return tuple(out)


def _skips(aligned: Alignment) -> tuple[Finding, ...]:
    """Say which sentences of the script were not heard, or only in part."""
    return tuple(
        _skip(sentence, line)
        for sentence, line in zip(aligned.sentences, aligned.lines, strict=True)
        if sentence.heard < PARTLY_HEARD
    )


def _skip(sentence: Sentence, line: int) -> Finding:
    """Say what became of one sentence."""
    if sentence.start_ms is None:
        message = f"the script's sentence “{sentence.text}” was not heard; it is left out of the captions"
        return Finding(
            "SCRIPT_SKIPPED", Level.WARN, message, line=line, hint="listen, or take it out of the script"
        )
    message = (
        f"of the script's sentence “{sentence.text}” at {fine_clock(sentence.start_ms)} only "
        f"{sentence.heard:.0%} was heard"
    )
    return Finding(
        "SCRIPT_PARTLY_HEARD", Level.WARN, message, line=line, hint="listen, and correct the script"
    )


def _inserted(item: Insertion, sentences: Sequence[Sentence]) -> Finding:
    """Say what was heard that is not in the script, or is in it but was said twice."""
    start, seconds = fine_clock(item.time.start_ms), item.time.duration_ms / 1000
    if item.repeats is not None:
        message = (
            f"at {start} there are {seconds:.1f} s of an earlier take of "
            f"“{sentences[item.repeats].text}”; the captions keep the last one"
        )
        return Finding(
            "SCRIPT_REPEATED", Level.WARN, message, hint="cut the earlier take out of the recording"
        )
    message = f"at {start} there are {seconds:.1f} s of speech that the script does not have"
    draft = f"; it sounds like “{item.text}”" if item.text else ""
    return Finding(
        "SCRIPT_INSERTED", Level.WARN, message + draft, hint="add to the script what was said there"
    )


def _wrong_script(aligned: Alignment) -> Finding:
    """Say that the script is not this recording's."""
    message = (
        f"only {aligned.match:.0%} of the script was heard, so it seems to be another recording's; "
        "the captions were made from the sound alone"
    )
    return Finding("SCRIPT_MISMATCH", Level.WARN, message, hint="put the script of this recording beside it")


def _rising(on_progress: OnProgress) -> OnProgress:
    """Return a report that never falls and never leaves 0 to 1."""
    best = 0.0

    def report(share: float) -> None:
        nonlocal best
        best = max(best, min(1.0, share))
        on_progress(best)

    return report


def _part(on_progress: OnProgress, start: float, end: float) -> OnProgress:
    """Return a report for the stretch of work from `start` to `end`."""
    return lambda share: on_progress(start + (end - start) * share)
