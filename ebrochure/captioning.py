"""One recording and its captions, with no workspace around them: made, moved, looked at.

Each verb takes files by their paths and gives values back; what is printed and written is the
command's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.check import check_track
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.languages import label_of
from ebrochure.caption.measure import metrics
from ebrochure.caption.realign import realign, sureness_of, texts_to_hear, without_scraps
from ebrochure.caption.report import assumed_speech, doubts, figures_of
from ebrochure.caption.translation import check_translation
from ebrochure.errors import MaterialError
from ebrochure.hearing import provenance
from ebrochure.ingest.scriptfile import read_script_file
from ebrochure.media.sound import channel_levels
from ebrochure.model.captions import CaptionProfile, Track, TrackKind
from ebrochure.recording import WHY, rules_for, sound_of
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.channels import with_speakers
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from ebrochure.transcribe.script import Script, ScriptSentence, parse_script
from ebrochure.transcribe.wordlist import by_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.caption.realign import Moved
    from ebrochure.caption.report import Figures
    from ebrochure.captionfile import CaptionsRead
    from ebrochure.model.findings import Finding
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Transcript, Word
    from ebrochure.progress import Watcher
    from ebrochure.recording import Sound
    from ebrochure.transcribe.choose import EngineChoice

MIN_SURENESS = 0.2
"""Below this the times of a whole track are guesses: captions stay better where they are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to listen, and for what."""

    engine: str = "auto"
    model: str | None = None
    """Name of a Whisper model or path of a checkpoint; None: the usual one."""
    language: str | None = None
    """BCP 47 tag of the words; None: find out."""
    glossary: tuple[str, ...] = ()
    speakers: tuple[str, str] | None = None
    """Who speaks on the left and on the right channel; None: that is not known."""

    @property
    def settings(self) -> SpeechSettings:
        """Who listens; whoever names a model means Whisper."""
        engine = "whisper" if self.model is not None and self.engine == "auto" else self.engine
        return SpeechSettings(engine, self.model or SpeechSettings().whisper_model)


@dataclass(frozen=True, slots=True)
class Made:
    """Captions of one recording."""

    track: Track
    transcript: Transcript
    profile: CaptionProfile
    figures: Figures
    findings: tuple[Finding, ...]
    """About the recording, the script and who listened; the track's own come from `checked`."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Captions held to the rules."""

    figures: Figures
    lint: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Retimed:
    """Captions on another recording."""

    track: Track
    moved: tuple[Moved, ...]
    match: float
    """Share of the captions' words that were heard, 0 to 1."""
    sureness: float
    """0 to 1: how far the times can be trusted, over all captions that are left."""
    figures: Figures
    lint: tuple[Finding, ...]
    """What the rules say of the new times."""
    findings: tuple[Finding, ...]


def caption_recording(recording: Path, script: Path | None, wish: Wish, watcher: Watcher) -> Made:
    """Caption a recording: with the words of the script where there is one, else with an engine's.

    Raises:
        MaterialError: The recording or the script cannot be used.
        SettingsError: The engine is unknown or cannot work.
        Interrupted: Somebody asked to stop.
    """
    written, about_script = (None, ()) if script is None else read_script(script)
    choice = choose_engine(wish.settings)
    # Two people on two channels: neither may be taken for spill and left out.
    with sound_of(recording, watcher, mix="mean" if wish.speakers else None) as sound:
        levels = None
        if wish.speakers is not None:
            levels = channel_levels(sound.footage, sound.info, sound.speech.stream_index)
        transcript, heard = listen(sound, written, wish, choice)
        if wish.speakers is not None and levels is not None:
            transcript, doubt = with_speakers(transcript, levels, wish.speakers)
            heard = (*heard, *doubt)
    profile = rules_for(sound.info)
    track = track_of(transcript, profile, wish.glossary)
    measured = metrics(track, profile=profile, speech=transcript.speech, words=transcript.words)
    placed = tuple(_placed(item, script) for item in heard)
    return Made(
        track=track,
        transcript=transcript,
        profile=profile,
        figures=figures_of(track, measured, is_heard=True, transcript=transcript),
        findings=(*sound.findings, *about_script, *placed),
    )


def checked(made: Made, *, file: str, lines: tuple[int, ...] | None = None) -> tuple[Finding, ...]:
    """Return what the rules say of captions that were made, as they stand in `file`."""
    heard = made.transcript
    return check_track(
        made.track,
        profile=made.profile,
        speech=heard.speech,
        words=heard.words,
        file=file,
        lines=lines,
        sounds=heard.sounds,
    )


def look_at(captions: CaptionsRead, speech: tuple[TimeRange, ...] | None, source: Track | None) -> Looked:
    """Hold captions to the rules.

    Args:
        captions: The captions.
        speech: Where somebody speaks in their recording; None: not known, and nothing is said about it.
        source: The captions that they translate; None: they are no translation.
    """
    track, profile = captions.track, CaptionProfile()
    known = assumed_speech(track.cues) if speech is None else speech
    name, lines = captions.name, captions.lines
    lint = check_track(track, profile=profile, speech=known, file=name, lines=lines)
    if source is not None:
        lint = (*check_translation(track, source, profile=profile, file=name, lines=lines), *lint)
    measured = metrics(track, profile=profile, speech=known)
    return Looked(figures_of(track, measured, is_heard=speech is not None), lint)


def retime(captions: CaptionsRead, recording: Path, wish: Wish, watcher: Watcher) -> Retimed:
    """Move captions to another recording of the same words.

    Raises:
        MaterialError: The recording cannot be used, says something else (RETIME_MISMATCH), or cannot be
            heard well enough (RETIME_UNSURE).
        Interrupted: Somebody asked to stop.
    """
    wish = replace(wish, language=captions.language)
    texts = texts_to_hear(captions.track.cues)
    script, choice = script_of(captions, texts), choose_engine(wish.settings)
    with sound_of(recording, watcher) as sound:
        transcript, _heard = listen(sound, script, wish, choice)
        if not transcript.from_script:
            raise _refused(captions, recording, transcript)
        match, rows = transcript.script_match or 0.0, rows_of(texts, transcript)
        if any(left := without_scraps(texts, rows)) and left != texts:
            transcript, _heard = listen(sound, script_of(captions, left), wish, choice)
            rows = rows_of(left, transcript) if transcript.from_script else rows
    profile = rules_for(sound.info)
    moved = realign(captions.track.cues, rows, profile)
    sureness = sureness_of(moved)
    if sureness < MIN_SURENESS:
        raise _not_heard(captions, recording, sureness)
    kept = sorted((item.cue for item in moved if item.cue is not None), key=lambda cue: cue.time)
    track = replace(captions.track, cues=tuple(kept))
    measured = metrics(track, profile=profile, speech=transcript.speech)
    doubtful = doubts(moved, transcript.inserted, captions.lines, file=captions.name)
    return Retimed(
        track=track,
        moved=moved,
        match=match,
        sureness=sureness,
        figures=figures_of(track, measured, is_heard=True),
        lint=check_track(track, profile=profile, speech=transcript.speech, file=captions.name),
        findings=(*sound.findings, *captions.findings, *doubtful),
    )


def speech_of(recording: Path, watcher: Watcher) -> tuple[TimeRange, ...]:
    """Return where somebody speaks in a recording."""
    with sound_of(recording, watcher) as sound:
        sound.narrator.begin("transcript", WHY)
        return find_speech(sound.speech.path)


# --- the parts --------------------------------------------------------------------------------


def listen(
    sound: Sound, script: Script | None, wish: Wish, choice: EngineChoice
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Return the words of a sound with their times, and what there is to say about who listened and how."""
    sound.narrator.begin("transcript", WHY)
    transcript, findings = recognise(
        sound.speech.path,
        script=script,
        language=wish.language,
        glossary=wish.glossary,
        choice=choice,
        on_progress=sound.narrator.part(0, 1),
    )
    return transcript, (*choice.findings, *findings)


def read_script(path: Path) -> tuple[Script, tuple[Finding, ...]]:
    """Read an approved script, or the speaker notes of a presentation.

    Raises:
        MaterialError: It cannot be read, or nothing in it is to be said (SCRIPT_EMPTY).
    """
    text, findings = read_script_file(path)
    script = parse_script(text)
    if not script.sentences:
        message = f"`{path.name}` holds no words that could be said"
        hint = "headings and brackets are not spoken: write what is said as plain sentences"
        raise MaterialError.one("SCRIPT_EMPTY", message, file=path.name, hint=hint)
    return script, findings


def script_of(captions: CaptionsRead, texts: tuple[str, ...]) -> Script:
    """Return what is said in captions as a script: a sentence for each of `texts` that is not empty.

    Raises:
        MaterialError: All are (CAPTIONS_WORDLESS).
    """
    rows = zip(texts, captions.lines, strict=True)
    sentences = tuple(ScriptSentence(text, line) for text, line in rows if text)
    if not sentences:
        message = f"`{captions.name}` holds no words that could be heard"
        raise MaterialError.one("CAPTIONS_WORDLESS", message, file=captions.name, hint="check the file")
    return Script(sentences)


def rows_of(texts: tuple[str, ...], transcript: Transcript) -> tuple[tuple[Word, ...], ...]:
    """Return the words of each text as they were heard; empty where none was, or where it has none."""
    heard = iter(by_sentence(transcript))
    found = (next(heard)[1] if text else None for text in texts)
    return tuple(() if segment is None else segment.words for segment in found)


def track_of(transcript: Transcript, profile: CaptionProfile, glossary: tuple[str, ...]) -> Track:
    """Return the captions of a transcript."""
    language = transcript.language
    cues = cues_from_segments(
        transcript.segments, profile, language=language, sounds=transcript.sounds, glossary=glossary
    )
    return Track(TrackKind.CAPTIONS, language, label_of(language), cues, provenance(transcript))


def _placed(finding: Finding, script: Path | None) -> Finding:
    """Add the script's name to a finding about one of its lines."""
    if script is None or not finding.code.startswith("SCRIPT_"):
        return finding
    return replace(finding, file=script.name)


def _refused(captions: CaptionsRead, recording: Path, transcript: Transcript) -> MaterialError:
    if not transcript.speech:
        message = f"no speech was found in `{recording.name}`, so there is nothing to move captions to"
        return MaterialError.one("NO_SPEECH", message, file=recording.name, hint="check the recording")
    message = (
        f"too little of what `{captions.name}` says was heard in `{recording.name}`, so they do not belong "
        "together and nothing was moved"
    )
    hint = "name the recording of these captions, or make new ones with `ebrochure captions make`"
    return MaterialError.one("RETIME_MISMATCH", message, file=captions.name, hint=hint)


def _not_heard(captions: CaptionsRead, recording: Path, sureness: float) -> MaterialError:
    message = (
        f"the words of `{captions.name}` could not be heard well enough in `{recording.name}` (sureness "
        f"{sureness:.2f}): their times would be guesses, so nothing was moved"
    )
    hint = "without a Whisper model only English is heard; `ebrochure doctor` says what is missing"
    return MaterialError.one("RETIME_UNSURE", message, file=captions.name, hint=hint)
