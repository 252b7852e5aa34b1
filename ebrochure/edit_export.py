"""A built video as an edit that somebody can carry on with: a sheet, and beside it what is not footage.

Nothing is made but files of the export: what a build has in its store is copied, and footage is only
pointed at, where it lies.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ebrochure.assemble.framed import frame_picture
from ebrochure.assemble.join import plan_join
from ebrochure.assemble.layout import plan_layout
from ebrochure.build import chosen, open_build, read_folder
from ebrochure.caption.formats import CaptionFormat, write_captions
from ebrochure.edit.laying import Reel, sheet_of
from ebrochure.edit.names import card_name, still_name, target_of
from ebrochure.edit.otio import seconds_of_timecode, to_text
from ebrochure.edit.sheet import Medium, Span
from ebrochure.errors import EbrochureError
from ebrochure.films import lay_out
from ebrochure.finish import chapters_of, retimed_tracks
from ebrochure.media.timecode import read_timecode
from ebrochure.progress import Silence
from ebrochure.store import NotMade, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.service import Service, SourceFile, VideoSource
    from ebrochure.settings import Settings
    from ebrochure.workbench import Build, Laid, Probed, Workbench

_SIDECARS = {".vtt": CaptionFormat.WEBVTT, ".srt": CaptionFormat.SRT}


@dataclass(frozen=True, slots=True)
class Exported:
    """One video's edit, written."""

    video: str
    """``remote-access/explainer``."""
    edit: Path
    """The OpenTimelineIO file."""
    beside: tuple[Path, ...]
    """Cards, stills and captions."""


def export_edits(
    settings: Settings, service: str, video: str | None = None, *, to: Path | None = None, force: bool = False
) -> tuple[Exported, ...]:
    """Write the edits of a service's videos.

    Args:
        settings: The workspace's.
        service: Its id.
        video: Id of the only video that is wanted; None: all.
        to: Folder to write into; None: ``edits/SERVICE`` beside the site.
        force: Whether files that are there may be replaced.

    Raises:
        EbrochureError: It has to be built first, there is no such video, or a file may not be written.
    """
    build = open_build(settings, Silence(), may_make=lambda stage: stage == "probe")
    (folder,) = chosen(settings, (service,))
    found = read_folder(build, folder, [])
    wanted = [item for item in found.videos if video in {None, item.id}]
    if not wanted:
        known = ", ".join(item.id for item in found.videos) or "none"
        raise EbrochureError(f"there is no video `{video}` in `{service}`", f"there are: {known}")
    out = (to or settings.places.renders / "edits" / service).resolve()
    if out.is_relative_to(settings.places.services.resolve()):
        hint = "name a folder elsewhere: a build would take the files in it for material"
        raise EbrochureError(f"`{out}` lies in the folder of the services", hint)
    return tuple(_export(build, found, item, folder.path, out, force=force) for item in wanted)


def _export(
    build: Build, service: Service, video: VideoSource, folder: Path, out: Path, *, force: bool
) -> Exported:
    bench = build.bench(service, video)
    try:
        laid = lay_out(build, bench)
    except NotMade as error:
        hint = f"run `ebrochure build {service.id}` first"
        raise EbrochureError(f"`{service.id}/{video.id}` is not built as it is now", hint) from error
    with tempfile.TemporaryDirectory(prefix="edit-") as name:
        made = {path.name: path for path in _files(bench, laid, folder.absolute(), Path(name))}
        edit = out / f"{video.id}.otio"
        there = [file for file in made if (out / file).exists()]
        if there and not force:
            message = f"`{out / there[0]}` is there already and was left as it is"
            raise EbrochureError(
                message, "name another folder with `--to`, or say `--force` to write over it"
            )
        try:
            for file, path in made.items():
                write_whole(out / file, path.read_bytes())
                (out / file).chmod(0o644)  # a file in the making is its maker's alone
        except OSError as error:
            message = f"`{out}` cannot be written into: {error.strerror}"
            raise EbrochureError(message, "make room, or name another folder with `--to`") from error
    beside = tuple(out / file for file in made if file != edit.name)
    return Exported(f"{service.id}/{video.id}", edit, beside)


def _files(bench: Workbench, laid: Laid, folder: Path, making: Path) -> Iterator[Path]:
    """Yield the files of an export, those that are drawn or written for it made in `making`."""
    video, timeline = bench.video, laid.timeline
    media: dict[str, Medium] = {}
    for name, path in (*_cards(video, laid, making), *_stills(video, laid, making)):
        media[name] = _copied(path, laid, name)
        yield path
    for track in retimed_tracks(bench, laid):
        for suffix, form in _SIDECARS.items():
            path = making / f"{video.id}.{track.language.lower()}{suffix}"
            path.write_text(write_captions(track, form), encoding="utf-8")
            yield path
    sheet = sheet_of(
        timeline,
        title=video.title,
        reels=_reels(video.footage, laid.probed, folder),
        files=media,
        chapters=chapters_of(bench, laid),
    )
    edit = making / f"{video.id}.otio"
    edit.write_text(to_text(sheet), encoding="utf-8")
    yield edit


def _cards(video: VideoSource, laid: Laid, making: Path) -> Iterator[tuple[str, Path]]:
    for name, card in laid.cards.items():
        copy = making / card_name(video.id, name)
        copy.write_bytes(card.value.path.read_bytes())
        yield name, copy


def _stills(video: VideoSource, laid: Laid, making: Path) -> Iterator[tuple[str, Path]]:
    """Yield what lies over the body, each picture on a frame of its own."""
    timeline, picture = laid.timeline, laid.footage.info.video
    layout = plan_layout(
        (timeline.width, timeline.height),
        None if picture is None else picture.displayed_size,
        is_mirrored=timeline.is_mirrored,
    )
    drawn = laid.pictures.value.paths()
    for name, kind in {item.still: item.kind for item in timeline.overlays}.items():
        copy = making / still_name(video.id, name)
        frame_picture(drawn[name], kind, layout, copy)
        yield name, copy


def _copied(path: Path, laid: Laid, name: str) -> Medium:
    """Return a file that lies beside the edit: its name alone says where, wherever the folder goes."""
    timeline = laid.timeline
    cards = {clip.source: clip.frames for clip in timeline.clips if clip.is_card}
    frames = cards.get(name, timeline.frame_count)
    available = Span(Fraction(0), frames / timeline.frame_rate)
    return Medium(path.name, target_of(PurePosixPath(path.name)), available)


def _reels(files: tuple[SourceFile, ...], probed: tuple[Probed, ...], folder: Path) -> tuple[Reel, ...]:
    """Return the files of the footage, where they lie."""
    joint = plan_join([part.info for part in probed])
    found: list[Reel] = []
    for file, part, frames in zip(files, probed, joint.frames, strict=True):
        rate = part.info.video.frame_rate if part.info.video else joint.rate
        code = read_timecode(file.path, part.info.demuxer)
        start_s = Fraction(0) if code is None else seconds_of_timecode(code, rate)
        length = Span(start_s, round(part.info.duration_ms * rate / 1000) / rate)
        path = PurePosixPath(folder) / file.name
        medium = Medium(path.name, target_of(path), length, rate)
        found.append(Reel(medium, frames, part.info.has_picture))
    return tuple(found)
