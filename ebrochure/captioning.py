"""One recording and its captions, with no workspace around them: made, moved, looked at.

Each verb takes files by their paths and gives values back; what is printed and written is the
command's business.
"""

from __future__ import annotations

import math
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.caption.check import check_track
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.languages import label_of
from ebrochure.caption.measure import metrics
from ebrochure.caption.realign import realign, sureness_of, texts_to_hear
from ebrochure.caption.report import assumed_speech, doubts, figures_of
from ebrochure.errors import MaterialError
from ebrochure.ingest.intake import open_beneath
from ebrochure.ingest.scriptfile import read_script_file
from ebrochure.media.probe import probe
from ebrochure.media.sound import extract_speech
from ebrochure.model.captions import CaptionProfile, Track, TrackKind
from ebrochure.progress import Narrator
from ebrochure.settings import LimitSettings, SpeechSettings
from ebrochure.stages import provenance
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from ebrochure.transcribe.script import Script, ScriptSentence, parse_script
from ebrochure.transcribe.wordlist import by_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.caption.realign import Moved
    from ebrochure.caption.report import Figures
    from ebrochure.captionfile import CaptionsRead
    from ebrochure.model.findings import Finding
    from ebrochure.model.media import MediaInfo
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Transcript, Word
    from ebrochure.progress import Watcher

LIMITS = LimitSettings(footage_s=2 * 3600)
"""A talk may be longer than a brochure's video."""

WHY = "for its captions"

MIN_SURENESS = 0.2
"""Below this the times of a whole track are guesses: captions stay better where they are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to listen, and to what."""

    engine: str = "auto"
    model: str | None = None
    """Name of a Whisper model or path of a checkpoint; None: the usual one."""
    language: str | None = None
    """BCP 47 tag of the words; None: find out."""
    glossary: tuple[str, ...] = ()

    @property
    def speech(self) -> SpeechSettings:
        """Who listens, as settings; whoever names a model means Whisper."""
        usual = SpeechSettings()
        engine = "whisper" if self.model is not None and self.engine == "auto" else self.engine
        return SpeechSettings(engine, self.model or usual.whisper_model)


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a recording, taken out."""

    path: Path
    """16 kHz mono WAV, there as long as the context it comes from."""
    info: MediaInfo
    findings: tuple[Finding, ...]


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
    """A caption file that was looked at."""

    figures: Figures
    findings: tuple[Finding, ...]


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
    findings: tuple[Finding, ...]


def caption_recording(recording: Path, script: Path | None, wish: Wish, watcher: Watcher) -> Made:
    """Caption a recording: words of the script where there is one, else of the engine.

    Raises:
        MaterialError: The recording or the script cannot be used.
        SettingsError: The engine is unknown or cannot work.
        Interrupted: Somebody asked to stop.
    """
    written, about_script = (None, ()) if script is None else read_script(script)
    choice = choose_engine(wish.speech)
    with sound_of(recording, watcher) as (sound, narrator):
        narrator.begin("transcript", WHY)
        transcript, heard = recognise(
            sound.path,
            script=written,
            language=wish.language,
            glossary=wish.glossary,
            choice=choice,
            on_progress=narrator.part(0, 1),
        )
    profile = rules_for(sound.info)
    track = track_of(transcript, profile)
    measured = metrics(track, profile=profile, speech=transcript.speech, words=transcript.words)
    placed = tuple(_placed(item, script) for item in heard)
    return Made(
        track=track,
        transcript=transcript,
        profile=profile,
        figures=figures_of(track, measured, is_heard=True, transcript=transcript),
        findings=(*sound.findings, *about_script, *choice.findings, *placed),
    )


def checked(made: Made, *, file: str, lines: tuple[int, ...] | None = None) -> tuple[Finding, ...]:
    """Return what the rules say of captions that were made, as they stand in `file`."""
    heard = made.transcript
    return check_track(
        made.track, profile=made.profile, speech=heard.speech, words=heard.words, file=file, lines=lines
    )


def look_at(captions: CaptionsRead, speech: tuple[TimeRange, ...] | None) -> Looked:
    """Hold captions to the rules; without the `speech` of their recording nothing is claimed about sound."""
    track, profile = captions.track, CaptionProfile()
    known = assumed_speech(track.cues) if speech is None else speech
    found = check_track(track, profile=profile, speech=known, file=captions.name, lines=captions.lines)
    measured = metrics(track, profile=profile, speech=known)
    figures = figures_of(track, measured, is_heard=speech is not None)
    return Looked(figures, (*captions.findings, *found))


def retime(captions: CaptionsRead, recording: Path, wish: Wish, watcher: Watcher) -> Retimed:
    """Move captions to another recording of the same words.

    Raises:
        MaterialError: The recording cannot be used (its own codes), says something else (RETIME_MISMATCH),
            or cannot be heard well enough (RETIME_UNSURE).
        Interrupted: Somebody asked to stop.
    """
    script = script_of(captions)
    choice = choose_engine(wish.speech)
    with sound_of(recording, watcher) as (sound, narrator):
        narrator.begin("transcript", WHY)
        transcript, _heard = recognise(
            sound.path,
            script=script,
            language=wish.language or captions.language,
            glossary=wish.glossary,
            choice=choice,
            on_progress=narrator.part(0, 1),
        )
    if not transcript.from_script:
        raise _refused(captions, recording, transcript)
    profile = rules_for(sound.info)
    moved = realign(captions.track.cues, rows_of(captions, transcript), profile)
    sureness = sureness_of(moved)
    if sureness < MIN_SURENESS:
        raise _not_heard(captions, recording, sureness)
    kept = sorted((item.cue for item in moved if item.cue is not None), key=lambda cue: cue.time)
    track = replace(captions.track, cues=tuple(kept))
    measured = metrics(track, profile=profile, speech=transcript.speech)
    return Retimed(
        track=track,
        moved=moved,
        match=transcript.script_match or 0.0,
        sureness=sureness,
        figures=figures_of(track, measured, is_heard=True),
        findings=(
            *sound.findings,
            *captions.findings,
            *doubts(moved, transcript.inserted, captions.lines, file=captions.name),
        ),
    )


def speech_of(recording: Path, watcher: Watcher) -> tuple[TimeRange, ...]:
    """Return where somebody speaks in a recording."""
    with sound_of(recording, watcher) as (sound, narrator):
        narrator.begin("transcript", WHY)
        return find_speech(sound.path)


# --- the parts --------------------------------------------------------------------------------


@contextmanager
def sound_of(recording: Path, watcher: Watcher) -> Iterator[tuple[Sound, Narrator]]:
    """Take out the sound of a recording for as long as the context lasts.

    Raises:
        MaterialError: It cannot be used; NO_SOUND where it has none.
    """
    path = recording.resolve()  # named by hand, so a link may be followed
    name = recording.name or path.name
    narrator = Narrator(watcher, name, None)
    try:
        narrator.begin("probe", WHY)
        with open_beneath(path, name):
            pass  # a pipe or a device would be waited for for ever
        info, findings = probe(path, name=name, limits=LIMITS)
        if not info.audio:
            message = f"`{name}` has no sound, so there is nothing to caption"
            raise MaterialError.one("NO_SOUND", message, file=name, hint="export it again with its sound")
        with tempfile.TemporaryDirectory(prefix="ebrochure-") as folder:
            narrator.begin("speech", WHY)
            out = Path(folder) / "speech.wav"
            extract_speech(path, info, out, on_progress=narrator.part(0, 1))
            yield Sound(out, info, findings), narrator
    finally:
        narrator.end()


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


def script_of(captions: CaptionsRead) -> Script:
    """Return what is said in captions as a script: a sentence for each cue that has words.

    Raises:
        MaterialError: None has (CAPTIONS_SILENT).
    """
    texts = texts_to_hear(captions.track.cues)
    lines = captions.lines
    sentences = tuple(ScriptSentence(text, line) for text, line in zip(texts, lines, strict=True) if text)
    if not sentences:
        message = f"`{captions.name}` holds no words that could be heard"
        raise MaterialError.one("CAPTIONS_SILENT", message, file=captions.name, hint="check the file")
    return Script(sentences)


def rows_of(captions: CaptionsRead, transcript: Transcript) -> tuple[tuple[Word, ...], ...]:
    """Return the words of each cue as they were heard; empty where none was, or where it has none."""
    heard = iter(by_sentence(transcript))
    rows = []
    for text in texts_to_hear(captions.track.cues):
        segment = next(heard)[1] if text else None
        rows.append(() if segment is None else segment.words)
    return tuple(rows)


def track_of(transcript: Transcript, profile: CaptionProfile) -> Track:
    """Return the captions of a transcript."""
    language = transcript.language
    cues = cues_from_segments(transcript.segments, profile, language=language)
    return Track(TrackKind.CAPTIONS, language, label_of(language), cues, provenance(transcript))


def rules_for(info: MediaInfo) -> CaptionProfile:
    """Return the rules for a recording: the shortest gap is counted in its own frames."""
    usual = CaptionProfile()
    if info.video is None or info.video.frame_rate * usual.frame_ms < 1000:  # noqa: PLR2004  a second
        return usual  # a slide show has frames of seconds; its captions do not
    return replace(usual, frame_ms=math.ceil(1000 / info.video.frame_rate))


def _placed(finding: Finding, script: Path | None) -> Finding:
    """Add the script's name to a finding about one of its lines."""
    if script is None or not finding.code.startswith("SCRIPT_"):
        return finding
    return replace(finding, file=script.name)


def _refused(captions: CaptionsRead, recording: Path, transcript: Transcript) -> MaterialError:
    if not transcript.speech:
        message = f"no speech was found in `{recording.name}`, so there is nothing to move the captions to"
        return MaterialError.one("NO_SPEECH", message, file=recording.name, hint="check the recording")
    message = f"too little of what `{captions.name}` says was heard in `{recording.name}`: they do not belong"
    hint = "name the recording of these captions, or make new ones with `ebrochure captions make`"
    return MaterialError.one("RETIME_MISMATCH", f"{message} together", file=captions.name, hint=hint)


def _not_heard(captions: CaptionsRead, recording: Path, sureness: float) -> MaterialError:
    message = (
        f"the words of `{captions.name}` could not be heard well enough in `{recording.name}` "
        f"(sureness {sureness:.2f}): their times would be guesses"
    )
    hint = "without a Whisper model only English is heard; `ebrochure doctor` says what is missing"
    return MaterialError.one("RETIME_UNSURE", message, file=captions.name, hint=hint)
