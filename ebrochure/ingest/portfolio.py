"""The recordings of one service, each with its words, captions, slides and speaker."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.facts import NO_SLIDES, CutFacts, VideoFacts
from ebrochure.ingest.folders import MAX_ID, slug
from ebrochure.ingest.kinds import PICTURE_SUFFIXES
from ebrochure.ingest.lineup import Lineup
from ebrochure.ingest.matching import BROCHURE, EDIT_SUFFIX
from ebrochure.ingest.schema import line_of
from ebrochure.ingest.shots import shot_findings
from ebrochure.ingest.slides import read_picture_slides, read_slides
from ebrochure.ingest.text import read_text
from ebrochure.model.findings import Level
from ebrochure.model.service import CaptionFile, Cut, Person, Slide, SourceFile, VideoSource
from ebrochure.model.storyboard import RecordingView, Shot, Storyboard

if TYPE_CHECKING:
    from ebrochure.ingest.brochure import Brochure
    from ebrochure.ingest.desk import Desk
    from ebrochure.ingest.listing import Listed
    from ebrochure.ingest.matching import Material, Recording

MAX_RECORDINGS = 50
MAX_EDIT_BYTES = 16_000_000


class Portfolio:
    """Reads a service's recordings; what is wrong with one is noted, and the next is read."""

    def __init__(self, desk: Desk, material: Material, brochure: Brochure) -> None:
        """Put the recordings that the facts list first, in their order, then the others."""
        self.desk = desk
        self.material = material
        self.brochure = brochure
        self.facts: dict[str, tuple[int, VideoFacts]] = {}
        lineup = Lineup(desk, material, brochure.document)
        for number, facts in enumerate(brochure.facts.videos):
            with desk.going_on():
                self.facts[lineup.add(number, facts).name] = (number, facts)
        self.recordings = lineup.recordings()

    def videos(self, title: str, language: str) -> tuple[VideoSource, ...]:
        """Read all recordings.

        Args:
            title: The service's; also of its only recording.
            language: Of captions whose name gives none.

        Raises:
            MaterialError: There are too many.
        """
        if len(self.recordings) > MAX_RECORDINGS:
            message = f"there are {len(self.recordings)} recordings here; at most {MAX_RECORDINGS} are taken"
            raise MaterialError.one("TOO_MANY_FILES", message, hint="make several services of them")
        shows_shared = self._shows_shared()
        ids: list[str] = []
        videos: list[VideoSource] = []
        for recording in self.recordings:
            with self.desk.going_on():
                ids.append(_unique(slug(recording.stem, "video"), ids))
                name = title if len(self.recordings) == 1 else humanised(recording.stem)
                shared = recording is shows_shared
                video = self._video(recording, ids[-1], name, language, shows_shared=shared)
                versions = self._versions(video, recording, ids, language)
                videos.append(replace(video, versions=versions))
        self._name_unused_edits()
        return tuple(videos)

    def _video(
        self, recording: Recording, id_: str, title: str, language: str, *, shows_shared: bool
    ) -> VideoSource:
        number, facts = self.facts.get(recording.name, (0, None))
        most = self.desk.limits.footage_bytes
        footage = tuple(self.desk.take(item, max_bytes=most) for item in recording.footage)
        slides: tuple[Slide, ...] = ()
        shots: tuple[Shot, ...] = ()
        with self.desk.going_on():
            slides = self._slides(recording, number, facts, shows_shared=shows_shared)
            shots = self._shots(number, facts, slides)
        return VideoSource(
            id=id_,
            title=(facts and facts.title) or title,
            footage=footage,
            script=None if recording.script is None else self._words(recording.script),
            captions=self._captions(recording, language),
            slides=slides,
            speaker=None if facts is None or facts.speaker is None else _speaker(facts),
            storyboard=facts.storyboard if facts and isinstance(facts.storyboard, Storyboard) else None,
            shots=shots,
            slides_as=None if facts is None else facts.slides_as,
            cut=Cut() if facts is None else Cut(facts.cut.head, facts.cut.tail, facts.cut.pauses),
            is_cleaned=facts is not None and facts.clean,
            edit=self._edit(recording, number, facts, shots),
        )

    def _versions(
        self, film: VideoSource, recording: Recording, ids: list[str], language: str
    ) -> tuple[VideoSource, ...]:
        """Read the versions of a film; what carries none of their own names they share with it."""
        versions: list[VideoSource] = []
        for kind, told in recording.versions:
            ids.append(_unique(slug(f"{recording.stem}-{kind}", "video"), ids))
            most = self.desk.limits.footage_bytes
            version = replace(
                film,
                id=ids[-1],
                version=kind,
                footage=tuple(self.desk.take(item, max_bytes=most) for item in told.footage),
                script=film.script if told.script is None else self._words(told.script),
                captions=self._captions(told, language),
                # What was decided in the film's times holds for the version only where they are the same.
                shots=(),
                edit=None,
            )
            versions.append(version)
        return tuple(versions)

    def _captions(self, recording: Recording, language: str) -> tuple[CaptionFile, ...]:
        """Take in the captions of a recording; `language` is that of those whose names give none."""
        captions: list[CaptionFile] = []
        for tag, item in recording.captions:
            with self.desk.going_on():
                captions.append(CaptionFile(tag or language, self.desk.take_document(item)))
        return tuple(captions)

    def _edit(
        self, recording: Recording, number: int, facts: VideoFacts | None, shots: tuple[Shot, ...]
    ) -> SourceFile | None:
        """Take in what an editor made of a recording: what is said of it, else what carries its name."""
        item = recording.edit
        if facts is not None and facts.edit is not None:
            line = line_of(self.brochure.document, ("videos", number, "edit"))
            item = self.desk.named(facts.edit, by=f"videos.{number + 1}.edit", line=line)
            if item.suffix != EDIT_SUFFIX:
                message = f"`videos.{number + 1}.edit` names `{item.name}`, which is no OpenTimelineIO file"
                hint = "export the edit as OpenTimelineIO, which ends in `.otio`"
                raise MaterialError.one("META_PATH", message, file=BROCHURE, line=line, hint=hint)
            if recording.edit not in {None, item}:
                message = f"`{recording.edit.name}` is left out: `{item.name}` is named as the edit"
                hint = "take it away, or name it instead"
                self.desk.say("FILE_UNUSED", Level.INFO, message, file=recording.edit.name, hint=hint)
        if item is None:
            return None
        if facts is not None and facts.cut != CutFacts():
            message = f"`cut` is not used for `{recording.name}`: `{item.name}` says where it is cut"
            line = line_of(self.brochure.document, ("videos", number, "cut"))
            hint = "leave `cut` out, or take the edit away"
            self.desk.say("CUT_UNUSED", Level.INFO, message, file=BROCHURE, line=line, hint=hint)
        for shot in shots:
            if shot.view is RecordingView.CUT:
                message = f"a `cut` is not made in `{recording.name}`: `{item.name}` says where it is cut"
                hint = "leave that entry out, or take the edit away"
                self.desk.say("CUT_UNUSED", Level.WARN, message, file=BROCHURE, line=shot.line, hint=hint)
        return self.desk.take(item, max_bytes=MAX_EDIT_BYTES)

    def _name_unused_edits(self) -> None:
        """Say of each edit that is nobody's how it is made somebody's."""
        for item in self.material.edits:
            if item.name not in self.desk.used:
                stem = self.recordings[0].stem if self.recordings else "explainer"
                message = f"`{item.name}` is left out: it carries the name of no recording here"
                hint = f"call it `{stem}{EDIT_SUFFIX}`, or write `edit: {item.name}` under `videos:`"
                self.desk.say("EDIT_UNMATCHED", Level.WARN, message, file=item.name, hint=hint)

    def _shots(self, number: int, facts: VideoFacts | None, slides: tuple[Slide, ...]) -> tuple[Shot, ...]:
        """Return the storyboard by hand; say which slides there are not, and which times are out of order."""
        if facts is None or facts.storyboard is None or isinstance(facts.storyboard, Storyboard):
            return ()
        shots = tuple(
            Shot(shot.at, shot.show, line_of(self.brochure.document, ("videos", number, "storyboard", at)))
            for at, shot in enumerate(facts.storyboard)
        )
        self.desk.findings += shot_findings(shots, [slide.number for slide in slides], file=BROCHURE)
        return shots

    def _words(self, item: Listed) -> SourceFile | None:
        """Take a script in, if it is text."""
        with self.desk.going_on():
            source = self.desk.take_document(item)
            read_text(source.path, file=item.name)
            return source
        return None

    def _slides(
        self, recording: Recording, number: int, facts: VideoFacts | None, *, shows_shared: bool
    ) -> tuple[Slide, ...]:
        if facts is not None and facts.slides is not None:
            if facts.slides.casefold() == NO_SLIDES:
                return ()
            line = line_of(self.brochure.document, ("videos", number, "slides"))
            item = self.desk.named(facts.slides, by=f"videos.{number + 1}.slides", line=line)
            partner = self.material.decks[1:] if item in self.material.decks[:1] else ()
            return self._deck(item, *partner[:1])
        if recording.deck is not None:
            return self._deck(recording.deck)
        return self._shared() if shows_shared else ()

    def _shared(self) -> tuple[Slide, ...]:
        """Read the slides that belong to the service as a whole."""
        if self.material.decks:
            return self._deck(*self.material.decks[:2])
        sources = tuple(self.desk.take_document(item) for item in self.material.pictures)
        if not sources:
            return ()
        slides, findings = read_picture_slides(sources, limits=self.desk.limits)
        self.desk.findings += findings
        return slides

    def _deck(self, deck: Listed, partner: Listed | None = None) -> tuple[Slide, ...]:
        """Read a deck; `partner` is the PowerPoint file that a PDF was made of."""
        source = self.desk.take_document(deck)
        if deck.suffix in PICTURE_SUFFIXES:
            slides, findings = read_picture_slides((source,), limits=self.desk.limits)
        else:
            notes = None
            if partner is not None and (deck.suffix, partner.suffix) == (".pdf", ".pptx"):
                notes = self.desk.take_document(partner)
            slides, findings = read_slides(source, limits=self.desk.limits, notes_from=notes)
        self.desk.findings += findings
        return slides

    def _shows_shared(self) -> Recording | None:
        """Return the recording that the service's own slides are shown with: the first without others."""
        if not self.material.decks and not self.material.pictures:
            return None
        free = [item for item in self.recordings if item.deck is None and not self._names_slides(item)]
        if len(free) > 1:
            name = (*self.material.decks, *self.material.pictures)[0].name
            message = f"`{name}` is shown with `{free[0].name}` only"
            hint = "name it under `videos:` for the recordings that it belongs to"
            self.desk.say("SLIDES_SHARED", Level.INFO, message, file=name, hint=hint)
        return free[0] if free else None

    def _names_slides(self, recording: Recording) -> bool:
        _, facts = self.facts.get(recording.name, (0, None))
        return facts is not None and facts.slides is not None


def humanised(name: str) -> str:
    """Return a file's or folder's name as a title: ``remote-access`` becomes ``Remote access``."""
    words = re.sub(r"[-_.\s]+", " ", name).strip()
    return (words[:1].upper() + words[1:])[:120] or name


def _speaker(facts: VideoFacts) -> Person | None:
    return None if facts.speaker is None else Person(facts.speaker.name, facts.speaker.role)


def _unique(name: str, taken: list[str]) -> str:
    number = 1
    unique = name
    while unique in taken:
        number += 1
        unique = f"{name[: MAX_ID - 4]}-{number}"
    return unique
