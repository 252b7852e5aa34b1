"""One function a stage: what it reads goes into its `Step`, what it makes comes from the store.

Each takes the `Workbench` of one recording and what the stages before it gave; a stage whose
answer is cheap and pure (captions, the timeline) is no step and is simply computed.
"""

from __future__ import annotations

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
from ebrochure.edit.reading import Part
from ebrochure.edit.reading import read_edit as read_otio
from ebrochure.errors import MaterialError
from ebrochure.media.judge import refuse_sum
from ebrochure.media.probe import probe
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.captions import TextOrigin
from ebrochure.model.findings import Finding
from ebrochure.model.media import Footage, MediaInfo, Poster, Rendition, SpeechAudio
from ebrochure.model.service import SourceFile
from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timeline import Timeline
from ebrochure.model.timing import TimeRange, merged
from ebrochure.store import Kept, Step
from ebrochure.workbench import Captioned, Drawn, Edited, Filmed, Heard, Probed, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebrochure.workbench import Workbench


ORDER = (
    *("probe", "join", "slides", "speech", "transcript", "screen", "card", "pictures", "render", "poster"),
    *("rungs", "av1", "audio", "sprite"),
)
"""The stages that make something, in their order. Those of what is said are in `ebrochure.hearing`, those of
the slides in `ebrochure.decks`, those of the second line in `ebrochure.offering`."""


def probe_footage(bench: Workbench) -> tuple[Probed, ...]:
    """Find out what each file of the footage is."""
    return tuple(_probe(bench, number, file) for number, file in enumerate(bench.video.footage, start=1))


def _probe(bench: Workbench, number: int, file: SourceFile) -> Probed:
    limits = bench.settings.limits

    def make(_folder: Path) -> Probed:
        return Probed(*probe(file.path, name=file.name, limits=limits))

    step = Step.of("probe", 2, inputs={file.name: file}, limits=limits)
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

    step = Step.of("poster", 3, rendition=rendition, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Poster, make, slot=bench.slot).value


def _named(prefix: str, kept: Mapping[str, Kept[Filmed]]) -> dict[str, Kept[Filmed]]:
    return {f"{prefix} {name}": item for name, item in kept.items()}
