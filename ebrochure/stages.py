"""One function a stage: what it reads goes into its `Step`, what it makes comes from the store.

Each takes the `Workbench` of one recording and what the stages before it gave; a stage whose
answer is cheap and pure (captions, the timeline) is no step and is simply computed.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.assemble.bed import Bed, plan_bed
from ebrochure.assemble.cards import draw_card
from ebrochure.assemble.cardspec import CardSpec, card_specs
from ebrochure.assemble.cutting import chapter_marks
from ebrochure.assemble.edited import MOST_PASSES, plan_body, reading_passes
from ebrochure.assemble.join import JOIN_VERSION, Joined, join_footage, plan_join
from ebrochure.assemble.look import brand_look
from ebrochure.assemble.pictures import draw_pictures, plan_pictures
from ebrochure.assemble.plan import plan_timeline
from ebrochure.assemble.poster import choose_poster
from ebrochure.assemble.render import RENDER_VERSION, render
from ebrochure.assemble.unwritable import letter_findings
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import MAX_BYTES, read_caption_file
from ebrochure.caption.languages import label_of, same_language
from ebrochure.edit.reading import Part
from ebrochure.edit.reading import read_edit as read_otio
from ebrochure.errors import MaterialError
from ebrochure.ingest.scriptfile import script_of_notes
from ebrochure.ingest.text import read_text
from ebrochure.media.judge import refuse_sum
from ebrochure.media.probe import probe
from ebrochure.media.sound import extract_speech
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.media import Footage, MediaInfo, Poster, Rendition, SpeechAudio
from ebrochure.model.service import SourceFile
from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timeline import Timeline
from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Transcript
from ebrochure.store import Kept, Step
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.recognise import recognise
from ebrochure.workbench import Captioned, Drawn, Edited, Filmed, Heard, Probed, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebrochure.model.service import CaptionFile, Slide, VideoSource
    from ebrochure.workbench import Workbench


NOTES_SPOKEN = 0.7
"""Share of the speaker notes that must have been heard for them to be the captions' words: what else is in
notes are headings and reminders, and captions hold what was said."""

_listening = threading.Lock()
"""One recogniser at a time: a second model takes as much memory again, and each keeps all processors busy."""

ORDER = (
    *("probe", "join", "slides", "speech", "transcript", "screen", "card", "pictures", "render", "poster"),
    *("rungs", "av1", "audio", "sprite"),
)
"""The stages that make something, in their order; those of the second line are in `ebrochure.offering`."""


def probe_footage(bench: Workbench) -> tuple[Probed, ...]:
    """Find out what each file of the footage is."""
    return tuple(_probe(bench, number, file) for number, file in enumerate(bench.video.footage, start=1))


def _probe(bench: Workbench, number: int, file: SourceFile) -> Probed:
    limits = bench.settings.limits

    def make(_folder: Path) -> Probed:
        return Probed(*probe(file.path, name=file.name, limits=limits))

    step = Step.of("probe", 1, inputs={file.name: file}, limits=limits)
    return bench.store.once(step, Probed, make, slot=f"{bench.slot}/part-{number}").value


def read_edit(bench: Workbench, probed: tuple[Probed, ...]) -> Edited:
    """Find out what an editor chose of the footage, where somebody edited it.

    Raises:
        MaterialError: It cannot be shown as it is meant.
    """
    edit, footage = bench.video.edit, bench.video.footage
    if edit is None:
        return Edited((), ())
    parts = [Part(file.name, part.info.duration_ms) for file, part in zip(footage, probed, strict=True)]
    found = read_otio(edit.path.read_bytes(), file=edit.name, parts=parts)
    body = plan_body(found.excerpts, plan_join([part.info for part in probed]))
    turns = len(reading_passes(body))
    if turns > MOST_PASSES:
        message = f"`{edit.name}` turns the footage round too often ({turns} times; {MOST_PASSES} at most)"
        hint = "render the edit as a file, and put that into the folder instead"
        raise MaterialError.one("EDIT_ORDER", message, file=edit.name, hint=hint)
    return Edited(body, found.findings)


def join(bench: Workbench, probed: tuple[Probed, ...]) -> Footage:
    """Return the footage as one file: the only one as it is, several joined. Its time is source time."""
    parts = tuple(map(Footage, bench.video.footage, (part.info for part in probed)))
    return parts[0] if len(parts) == 1 else _joined(bench, parts)


def _joined(bench: Workbench, parts: tuple[Footage, ...]) -> Footage:
    delivery, ground = bench.settings.delivery, brand_look(bench.brand).ground
    refuse_sum([part.info.duration_ms for part in parts], bench.video.name, bench.settings.limits)

    def make(folder: Path) -> Joined:
        told = bench.narrator.part(0, 1)
        return join_footage(parts, ground=ground, delivery=delivery, out_dir=folder, on_progress=told)

    step = Step.of(
        "join",
        JOIN_VERSION,
        inputs={part.file.name: part.file for part in parts},
        order=tuple(part.file.name for part in parts),
        infos=tuple(part.info for part in parts),
        ground=ground,
        preset=delivery.preset,
        threads=delivery.threads,
        ffmpeg=ffmpeg_version(),
    )
    kept = bench.store.once(step, Joined, make, slot=bench.slot)
    path, info = kept.value.path, kept.value.info
    return Footage(SourceFile("the joined footage", path, kept.digest, path.stat().st_size), info)


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
        return Heard(transcript, tuple(_placed(item, script) for item in findings))

    step = Step.of(
        "transcript",
        3,
        notes=notes,
        inputs={"sound": speech, **({} if script is None else {script.name: script})},
        captioned_by_a_person=captioned,
        engine=bench.engine.identity,
        language=language,
        glossary=glossary,
    )
    return bench.store.once(step, Heard, make, slot=bench.slot).value


def _notes(slides: tuple[Slide, ...]) -> str | None:
    """Return the speaker notes as a script, None where there are none."""
    notes = [slide.notes for slide in slides]
    return script_of_notes(notes) if any(notes) else None


def caption(bench: Workbench, heard: Heard) -> Captioned:
    """Return the text tracks in source time, those in the page's language first."""
    transcript, page_language = heard.transcript, bench.service.language
    read = [read_track(item, page_language=page_language) for item in bench.video.captions]
    tracks = [track for track, _findings in read]
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
    return Captioned(tuple(tracks), tuple(item for _track, findings in read for item in findings))


def plan(
    bench: Workbench,
    info: MediaInfo,
    heard: Heard,
    captions: Captioned,
    *,
    edit: Edited,
    slides: Drawn,
    shown: Shown,
) -> Timeline:
    """Decide what is seen when. What is said or captioned by a person only its author or editor cuts away.

    Slides that the footage shows are laid over it only where the author asks for them.
    """
    asked = bench.video.storyboard in {Storyboard.SLIDES, Storyboard.SIDE_BY_SIDE}
    return plan_timeline(
        info,
        speech=_spoken(info, heard, captions),
        slides=() if shown.in_footage and not asked else slides.pictured(bench.video.slides),
        slide_marks=shown.marks,
        chapters=chapter_marks(heard.transcript.segments),
        board=shown.board,
        video=bench.video,
        brand=bench.brand,
        delivery=bench.settings.delivery,
        has_liaison=bench.service.liaison is not None,
        has_survey=bench.service.survey is not None,
        language=bench.service.language,
        body=edit.body,
    )


def plan_music(
    bench: Workbench, info: MediaInfo, heard: Heard, captions: Captioned, timeline: Timeline
) -> Bed | None:
    """Decide when the brand's music is down: wherever somebody speaks; None where there is none."""
    music = bench.brand.music
    return None if music is None else plan_bed(music, timeline, _spoken(info, heard, captions))


def _spoken(info: MediaInfo, heard: Heard, captions: Captioned) -> tuple[TimeRange, ...]:
    """Return when something is said, in source time: by what was heard, and by what a person wrote."""
    said = (word.time for word in heard.transcript.words)
    written = (
        cue.time
        for track in captions.tracks
        if track.provenance.origin is TextOrigin.PERSON
        for cue in track.cues
    )
    whole = TimeRange(0, info.duration_ms)
    spoken = (item.intersection(whole) for item in (*heard.transcript.speech, *said, *written))
    return merged(item for item in spoken if item is not None)


def check_letters(bench: Workbench, heard: Heard) -> tuple[Finding, ...]:
    """Say which letters of the words on screen no font of this machine has."""
    service, video = bench.service, bench.video
    people = [person for person in (service.liaison, video.speaker) if person is not None]
    named = [text for person in people for text in (person.name, person.role)]
    return letter_findings(
        bench.brand,
        (service.title, video.title, *named, bench.brand.organisation, *_headings(heard)),
        language=service.language,
        file=bench.brochure,
    )


def draw_cards(bench: Workbench, heard: Heard, timeline: Timeline) -> dict[str, Kept[Filmed]]:
    """Film the cards; a card with the same words and brand is filmed once for all videos."""
    service, video = bench.service, bench.video
    specs = card_specs(
        timeline,
        brand=bench.brand,
        title=service.title,
        video_title=video.title,
        speaker=video.speaker,
        liaison=service.liaison,
        support=service.support,
        language=service.language,
        survey=service.survey,
        chapters=_headings(heard),
    )
    return {name: _film(bench, name, spec) for name, spec in specs.items()}


def _headings(heard: Heard) -> tuple[str, ...]:
    """Return the headings of all chapters, in their order."""
    return tuple(item.heading for item in heard.transcript.segments if item.heading is not None)


def _film(bench: Workbench, name: str, spec: CardSpec) -> Kept[Filmed]:
    def make(folder: Path) -> Filmed:
        draw_card(spec, folder / "card.mp4")
        return Filmed(folder / "card.mp4")

    step = Step.of("card", 1, card=spec, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Filmed, make, slot=f"{bench.slot}/{name}")


def draw_overlays(bench: Workbench, info: MediaInfo, timeline: Timeline, slides: Drawn) -> Kept[Drawn]:
    """Draw the stills that lie over the body."""
    video, drawn = bench.video, slides.paths()
    spec = plan_pictures(
        timeline,
        info,
        brand=bench.brand,
        title=video.title,
        speaker=video.speaker,
        language=bench.service.language,
    )

    def make(folder: Path) -> Drawn:
        return Drawn.of(draw_pictures(spec, drawn, folder))

    shown = {name: path for name, path in drawn.items() if name in spec.images}
    step = Step.of("pictures", 1, pictures=spec, inputs=shown)
    return bench.store.once(step, Drawn, make, slot=bench.slot)


def render_video(
    bench: Workbench,
    *,
    footage: Footage,
    speech: Kept[SpeechAudio] | None,
    timeline: Timeline,
    cards: Mapping[str, Kept[Filmed]],
    overlays: Kept[Drawn],
    bed: Bed | None = None,
) -> Kept[Rendition]:
    """Render the video: sound first, then one graph, then a look at what came out."""
    file, info = footage.file, footage.info
    delivery, look = bench.settings.delivery, brand_look(bench.brand)

    def make(folder: Path) -> Rendition:
        return render(
            timeline,
            file.path,
            info,
            {name: card.value.path for name, card in cards.items()},
            overlays.value.paths(),
            look=look,
            heard=None if speech is None else speech.value,
            is_cleaned=bench.video.is_cleaned,
            bed=bed,
            delivery=delivery,
            out_dir=folder,
            on_progress=bench.narrator.part(0, 1),
        )

    step = Step.of(
        "render",
        RENDER_VERSION,
        inputs={file.name: file, "sound": speech, "pictures": overlays, **_named("card", cards)},
        timeline=timeline,
        info=info,
        delivery=delivery,
        look=look,
        clean=bench.video.is_cleaned,
        music=bed,
        ffmpeg=ffmpeg_version(),
    )
    return bench.store.once(step, Rendition, make, slot=bench.slot)


def choose_still(bench: Workbench, rendition: Kept[Rendition], timeline: Timeline) -> Poster:
    """Choose the still that is shown before the video plays."""

    def make(folder: Path) -> Poster:
        return choose_poster(rendition.value, timeline, folder / "poster.jpg")

    step = Step.of("poster", 2, rendition=rendition, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Poster, make, slot=bench.slot).value


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


def _placed(finding: Finding, script: SourceFile | None) -> Finding:
    """Add the script's name to a finding about one of its lines."""
    if script is None or not finding.code.startswith("SCRIPT_"):
        return finding
    return replace(finding, file=script.name)


def _no_sound(video: VideoSource) -> Finding:
    message = f"`{video.name}` has no sound, so it gets no captions"
    return Finding("NO_SOUND", Level.INFO, message, video.name)


def _named(prefix: str, kept: Mapping[str, Kept[Filmed]]) -> dict[str, Kept[Filmed]]:
    return {f"{prefix} {name}": item for name, item in kept.items()}
