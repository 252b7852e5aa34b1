"""The stages of what is said: taken out of the footage, listened to, and written as captions."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.caption.check import after_the_end
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import MAX_BYTES, read_caption_file
from ebrochure.caption.languages import label_of, same_language
from ebrochure.ingest.scriptfile import script_of_notes
from ebrochure.ingest.text import read_text
from ebrochure.media.sound import extract_speech
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.media import SpeechAudio
from ebrochure.model.transcript import Transcript
from ebrochure.store import Kept, Step
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.recognise import recognise
from ebrochure.workbench import Captioned, Heard

if TYPE_CHECKING:
    from ebrochure.model.media import Footage, MediaInfo
    from ebrochure.model.service import CaptionFile, Slide, VideoSource
    from ebrochure.workbench import Workbench

NOTES_SPOKEN = 0.7
"""Share of the speaker notes that must have been heard for them to be the captions' words: what else is in
notes are headings and reminders, and captions hold what was said."""

_listening = threading.Lock()
"""One recogniser at a time: a second model takes as much memory again, and each keeps all processors busy."""


def hear(bench: Workbench, footage: Footage) -> Kept[SpeechAudio] | None:
    """Take out the sound that is listened to; None where the footage has none."""
    file, info = footage.file, footage.info
    if not info.audio:
        return None

    def make(folder: Path) -> SpeechAudio:
        advance = bench.narrator.part(0, 1)
        return extract_speech(file.path, info, folder / "speech.wav", on_progress=advance)

    step = Step.of("speech", 1, inputs={file.name: file}, ffmpeg=ffmpeg_version())
    return bench.store.once(step, SpeechAudio, make, slot=bench.slot)


def transcribe(bench: Workbench, speech: Kept[SpeechAudio] | None) -> Heard:
    """Write down what is said and when; words that a person has captioned already are not written again.

    Without a script the speaker notes of the slides are tried as one.
    """
    script, language = bench.video.script, bench.service.language
    notes = None if script is not None else _notes(bench.video.slides)
    glossary = tuple(item.term for item in bench.service.glossary)
    captioned = any(same_language(item.language, language) for item in bench.video.captions)
    if speech is None:
        return Heard(Transcript(language, "none", (), ()), (_no_sound(bench.video),))

    def make(_folder: Path) -> Heard:
        path = speech.value.path
        if captioned:
            return Heard(Transcript(language, "none", (), find_speech(path)), ())
        with _listening:
            return listen_to(path)

    def listen_to(path: Path) -> Heard:
        listen = partial(recognise, path, language=language, glossary=glossary, choice=bench.engine)
        if notes is not None:
            transcript, findings = listen(script=notes, on_progress=bench.narrator.part(0, 0.6))
            if (transcript.script_match or 0) >= NOTES_SPOKEN:
                return Heard(transcript, findings)
        text = None if script is None else read_text(script.path, file=script.name)
        rest = bench.narrator.part(0 if notes is None else 0.6, 1)
        transcript, findings = listen(script=text, on_progress=rest)
        return Heard(transcript, findings)

    step = Step.of(
        "transcript",
        4,
        notes=notes,
        inputs={"sound": speech, **({} if script is None else {script.name: script})},
        captioned_by_a_person=captioned,
        engine=bench.engine.identity,
        language=language,
        glossary=glossary,
    )
    heard = bench.store.once(step, Heard, make, slot=bench.slot).value
    return replace(heard, findings=tuple(_placed(item, bench.video) for item in heard.findings))


def _notes(slides: tuple[Slide, ...]) -> str | None:
    """Return the speaker notes as a script, None where there are none."""
    notes = [slide.notes for slide in slides]
    return script_of_notes(notes) if any(notes) else None


def caption(bench: Workbench, info: MediaInfo, heard: Heard) -> Captioned:
    """Return the text tracks in source time, those in the page's language first."""
    transcript, page_language = heard.transcript, bench.service.language
    files = bench.video.captions
    read = [read_track(item, page_language=page_language) for item in files]
    tracks = [track for track, _findings in read]
    findings = [item for _track, found in read for item in found]
    for file, track in zip(files, tracks, strict=True):
        findings += after_the_end(track.cues, info.duration_ms, file=file.source.name)
    if transcript.segments:
        cues = cues_from_segments(
            transcript.segments,
            bench.brand.captions,
            language=transcript.language,
            sounds=transcript.sounds,
            glossary=tuple(item.term for item in bench.service.glossary),
        )
        label = label_of(transcript.language)
        tracks.append(Track(TrackKind.CAPTIONS, transcript.language, label, cues, provenance(transcript)))
    tracks.sort(key=lambda item: not same_language(item.language, page_language))
    return Captioned(tuple(tracks), tuple(findings))


def read_track(item: CaptionFile, *, page_language: str) -> tuple[Track, tuple[Finding, ...]]:
    """Read captions by a person; in another language than the page's they are subtitles."""
    with item.source.path.open("rb") as stream:
        found = read_caption_file(stream.read(MAX_BYTES + 1), name=item.source.name)
    kind = TrackKind.CAPTIONS if same_language(item.language, page_language) else TrackKind.SUBTITLES
    origin = Provenance(TextOrigin.PERSON)
    return Track(kind, item.language, label_of(item.language), found.cues, origin), found.findings


def provenance(transcript: Transcript) -> Provenance:
    """Say where the words of a transcript come from: the approved script, or the engine that listened."""
    engine = transcript.engine
    family = engine.partition(":")[0].removeprefix("faster-")  # two makes of one recogniser
    origin = TextOrigin.SCRIPT if transcript.from_script else TextOrigin(family)
    return Provenance(origin, engine)


def _placed(finding: Finding, video: VideoSource) -> Finding:
    """Return `finding` with the file that it is about: the script of its lines, else the recording."""
    if video.script is not None and finding.code.startswith("SCRIPT_"):
        return replace(finding, file=video.script.name)
    return replace(finding, file=finding.file or video.name)


def _no_sound(video: VideoSource) -> Finding:
    message = f"`{video.name}` has no sound, so it gets no captions"
    return Finding("NO_SOUND", Level.INFO, message, video.name)
