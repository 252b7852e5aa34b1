"""One function a stage: what it reads goes into its `Step`, what it makes comes from the store.

Each takes the `Workbench` of one recording and what the stages before it gave; a stage whose
answer is cheap and pure (captions, the timeline) is no step and is simply computed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.assemble.bed import Bed, plan_bed
from ebrochure.assemble.cards import draw_card
from ebrochure.assemble.cardspec import CardSpec, card_specs
from ebrochure.assemble.cutting import chapter_marks
from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.report import follow_findings
from ebrochure.assemble.follow.screen import keep_look, kept_look, watch
from ebrochure.assemble.follow.utterances import segments_of_cues, utterances_of
from ebrochure.assemble.look import brand_look
from ebrochure.assemble.pictures import draw_pictures, plan_pictures
from ebrochure.assemble.plan import plan_timeline
from ebrochure.assemble.poster import choose_poster
from ebrochure.assemble.render import RENDER_VERSION, render
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import MAX_BYTES, read_caption_file
from ebrochure.caption.languages import label_of, same_language
from ebrochure.ingest.scriptfile import script_of_notes
from ebrochure.ingest.slides import draw_slides
from ebrochure.ingest.text import read_text
from ebrochure.media.probe import probe
from ebrochure.media.sound import extract_speech
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.media import MediaInfo, Poster, Rendition, SpeechAudio
from ebrochure.model.timeline import Storyboard, Timeline
from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Transcript
from ebrochure.store import Kept, Step
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.recognise import recognise
from ebrochure.workbench import Captioned, Drawn, Filmed, Heard, Probed, Shown, Still, Watched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebrochure.model.service import CaptionFile, Slide, SourceFile
    from ebrochure.workbench import Workbench


NOTES_SPOKEN = 0.7
"""Share of the speaker notes that must have been heard for them to be the captions' words: what else is in
notes are headings and reminders, and captions hold what was said."""

ORDER = ("probe", "slides", "speech", "transcript", "screen", "card", "pictures", "render", "poster")
"""The stages that make something, in their order."""


def probe_footage(bench: Workbench) -> Probed:
    """Find out what the footage is."""
    footage, limits = bench.video.footage, bench.settings.limits

    def make(_folder: Path) -> Probed:
        return Probed(*probe(footage.path, name=footage.name, limits=limits))

    step = Step.of("probe", 1, inputs={footage.name: footage}, limits=limits)
    return bench.store.once(step, Probed, make, slot=bench.slot).value


def hear(bench: Workbench, info: MediaInfo) -> Kept[SpeechAudio] | None:
    """Take out the sound that is listened to; None where the footage has none."""
    footage = bench.video.footage
    if not info.audio:
        return None

    def make(folder: Path) -> SpeechAudio:
        advance = bench.narrator.part(0, 1)
        return extract_speech(footage.path, info, folder / "speech.wav", on_progress=advance)

    step = Step.of("speech", 1, inputs={footage.name: footage}, ffmpeg=ffmpeg_version())
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
        return Heard(Transcript(language, "none", (), ()), (_no_sound(bench.video.footage),))

    def make(_folder: Path) -> Heard:
        path = speech.value.path
        if captioned:
            return Heard(Transcript(language, "none", (), find_speech(path)), ())
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


def draw_slide_pictures(bench: Workbench) -> Drawn:
    """Draw the slides that belong to the recording; none where they cannot be drawn on this machine."""
    slides = bench.video.slides
    if not slides:
        return Drawn(())

    def make(folder: Path) -> Drawn:
        paths = draw_slides(slides, folder, limits=bench.settings.limits)
        return _drawn({f"slide-{slide.number}": path for slide, path in zip(slides, paths, strict=False)})

    step = Step.of("slides", 1, slides=slides, limits=bench.settings.limits)
    return bench.store.once(step, Drawn, make, slot=bench.slot).value


def watch_screen(bench: Workbench, info: MediaInfo, slides: Drawn) -> Watched:
    """Look whether the footage itself shows the slides, as a recorded screen does."""
    footage = bench.video.footage
    if not (slides.stills and info.has_picture) or bench.video.storyboard is Storyboard.AUDIOGRAM:
        return Watched(None, 0)

    def make(folder: Path) -> Watched:
        look = watch(footage.path, info, tuple(slides.paths().values()))
        return Watched(None, 0) if look is None else Watched(keep_look(look, folder), look.step_ms)

    inputs = {footage.name: footage, **slides.paths()}
    step = Step.of("screen", 1, inputs=inputs, info=info, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Watched, make, slot=bench.slot).value


def follow_slides(
    bench: Workbench, heard: Heard, captions: Captioned, slides: Drawn, watched: Watched
) -> Shown:
    """Find out when each slide's turn comes: from footage that shows them, else from what is said."""
    video, transcript = bench.video, heard.transcript
    deck = _drawn_of(video.slides, slides)
    look = None if watched.likeness is None else kept_look(watched.likeness, watched.step_ms)
    is_bare = video.storyboard in {Storyboard.AUDIOGRAM, Storyboard.NONE}
    if not deck or (is_bare and look is None):
        return Shown((), ())
    written = next((track for track in captions.tracks if track.provenance.origin is TextOrigin.PERSON), None)
    segments = transcript.segments or (() if written is None else segments_of_cues(written.cues))
    language = transcript.language if transcript.segments or written is None else written.language
    followed = follow(deck, utterances_of(segments), transcript.slide_marks, language=language, look=look)
    if is_bare and not followed.is_seen:
        return Shown((), ())
    findings = follow_findings(followed, deck, footage=video.footage.name)
    return Shown(followed.marks, findings, in_footage=followed.is_seen)


def plan(
    bench: Workbench, info: MediaInfo, heard: Heard, captions: Captioned, *, slides: Drawn, shown: Shown
) -> Timeline:
    """Decide what is seen when. Whatever is spoken or captioned by a person is never cut away.

    Slides that the footage shows are laid over it only where the author asks for them.
    """
    asked = bench.video.storyboard in {Storyboard.SLIDES, Storyboard.SIDE_BY_SIDE}
    return plan_timeline(
        info,
        speech=_spoken(info, heard, captions),
        slides=() if shown.in_footage and not asked else _drawn_of(bench.video.slides, slides),
        slide_marks=shown.marks,
        chapters=chapter_marks(heard.transcript.segments),
        video=bench.video,
        brand=bench.brand,
        delivery=bench.settings.delivery,
        has_liaison=bench.service.liaison is not None,
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
        chapters=tuple(item.heading for item in heard.transcript.segments if item.heading is not None),
    )
    return {name: _film(bench, name, spec) for name, spec in specs.items()}


def _film(bench: Workbench, name: str, spec: CardSpec) -> Kept[Filmed]:
    def make(folder: Path) -> Filmed:
        draw_card(spec, folder / "card.mp4")
        return Filmed(folder / "card.mp4")

    step = Step.of("card", 1, card=spec, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Filmed, make, slot=f"{bench.slot}/{name}")


def draw_overlays(bench: Workbench, info: MediaInfo, timeline: Timeline, slides: Drawn) -> Kept[Drawn]:
    """Draw the stills that lie over the body."""
    video, drawn = bench.video, slides.paths()
    spec = plan_pictures(timeline, info, brand=bench.brand, title=video.title, speaker=video.speaker)

    def make(folder: Path) -> Drawn:
        return _drawn(draw_pictures(spec, drawn, folder))

    shown = {name: path for name, path in drawn.items() if name in spec.names}
    step = Step.of("pictures", 1, pictures=spec, inputs=shown)
    return bench.store.once(step, Drawn, make, slot=bench.slot)


def render_video(
    bench: Workbench,
    *,
    info: MediaInfo,
    speech: Kept[SpeechAudio] | None,
    timeline: Timeline,
    cards: Mapping[str, Kept[Filmed]],
    overlays: Kept[Drawn],
    bed: Bed | None = None,
) -> Kept[Rendition]:
    """Render the video: sound first, then one graph, then a look at what came out."""
    footage, delivery, look = bench.video.footage, bench.settings.delivery, brand_look(bench.brand)

    def make(folder: Path) -> Rendition:
        return render(
            timeline,
            footage.path,
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
        inputs={footage.name: footage, "sound": speech, "pictures": overlays, **_named("card", cards)},
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

    step = Step.of("poster", 1, rendition=rendition, ffmpeg=ffmpeg_version())
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


def _no_sound(footage: SourceFile) -> Finding:
    message = f"`{footage.name}` has no sound, so it gets no captions"
    return Finding("NO_SOUND", Level.INFO, message, footage.name)


def _drawn_of(slides: tuple[Slide, ...], drawn: Drawn) -> tuple[Slide, ...]:
    """Return those slides that there is a picture of."""
    pictures = drawn.paths()
    return tuple(slide for slide in slides if f"slide-{slide.number}" in pictures)


def _named(prefix: str, kept: Mapping[str, Kept[Filmed]]) -> dict[str, Kept[Filmed]]:
    return {f"{prefix} {name}": item for name, item in kept.items()}


def _drawn(paths: Mapping[str, Path]) -> Drawn:
    from PIL import Image  # noqa: PLC0415  only where something was drawn

    stills: list[Still] = []
    for name, path in paths.items():
        with Image.open(path) as picture:
            stills.append(Still(name, path, *picture.size))
    return Drawn(tuple(stills))
