"""The stages of a film that is told for others: described, or signed.

A person made it of the footage or of the finished video. Where its times are the film's, it gets the film's
edit, and so has its captions, chapters and transcript; where they are its own, it is a film of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure import hearing, stages
from ebrochure.assemble.bed import plan_bed
from ebrochure.assemble.versions import MadeOf, made_of, plan_version
from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import VersionKind
from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timing import TimeRange
from ebrochure.publish.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.assemble.bed import Bed
    from ebrochure.model.media import Footage, Rendition
    from ebrochure.model.service import VideoSource
    from ebrochure.model.timeline import Timeline
    from ebrochure.store import Kept
    from ebrochure.workbench import Laid, Workbench


@dataclass(frozen=True, slots=True)
class Version:
    """What came of one version."""

    rendition: Kept[Rendition] | None
    """None: its times are not the film's."""
    findings: tuple[Finding, ...]


def make_version(bench: Workbench, laid: Laid) -> Version:
    """Make a version of a film.

    Args:
        bench: The version's own workbench.
        laid: The film.

    Raises:
        MaterialError: It lacks the very thing that it is there for.
    """
    probed = stages.probe_footage(bench)
    footage = stages.join(bench, probed)
    findings = tuple(item for part in probed for item in part.findings)
    _refuse_useless(bench.video, footage, laid)
    lengths = {"footage_ms": laid.footage.info.duration_ms, "film_ms": laid.timeline.duration_ms}
    made = made_of(footage.info.duration_ms, **lengths)
    if made is None:
        return Version(None, (*findings, _own_times(bench.video, footage, laid)))
    timeline = plan_version(laid.timeline, bench.video.told_for, made)
    rendition = stages.render_video(
        bench,
        footage=footage,
        speech=hearing.hear(bench, footage),
        timeline=timeline,
        cards=laid.cards if made is MadeOf.FOOTAGE else {},
        overlays=stages.draw_overlays(bench, footage.info, timeline, laid.slides),
        bed=_music(bench, laid, footage, timeline) if made is MadeOf.FOOTAGE else None,
    )
    return Version(rendition, (*findings, *_left_out(bench.video, laid, made)))


def shown_apart(version: VideoSource, language: str) -> VideoSource:
    """Return a version as a film of its own, told as its maker told it."""
    words = words_for(language)
    title = words.version_title(version.told_for).format(title=version.title)
    if version.told_for is VersionKind.SIGN:
        return replace(version, title=title, version=None, storyboard=Storyboard.NONE)
    return replace(version, title=title, version=None)


def _music(bench: Workbench, laid: Laid, footage: Footage, timeline: Timeline) -> Bed | None:
    """Decide when the brand's music is down: all along where somebody describes, for they do in pauses."""
    music, info = bench.brand.music, footage.info
    if music is None or not info.audio:
        return None
    if bench.video.told_for is VersionKind.DESCRIBED:
        return plan_bed(music, timeline, (TimeRange(0, info.duration_ms),))
    return stages.plan_music(bench, info, laid.heard, laid.captions, timeline)


def _refuse_useless(version: VideoSource, footage: Footage, laid: Laid) -> None:
    """Refuse a description that is not heard and signs that are not seen.

    Raises:
        MaterialError: VERSION_SILENT, VERSION_UNSEEN.
    """
    name, info = version.name, footage.info
    if version.told_for is VersionKind.DESCRIBED and not info.audio:
        message = f"`{name}` has no sound, so nothing is described in it"
        raise MaterialError.one("VERSION_SILENT", message, file=name, hint="export it again with its sound")
    if not info.has_picture and (laid.footage.info.has_picture or version.told_for is VersionKind.SIGN):
        message = f"`{name}` has no picture, so there is nothing to show beside what is heard"
        raise MaterialError.one("VERSION_UNSEEN", message, file=name, hint="export it again with its picture")


def _own_times(version: VideoSource, footage: Footage, laid: Laid) -> Finding:
    off_s = (footage.info.duration_ms - laid.footage.info.duration_ms) / 1000
    of = laid.footage.file.name
    message = (
        f"`{version.name}` is {abs(off_s):.1f} s {'longer' if off_s > 0 else 'shorter'} than `{of}`,"
        " so it is shown as a film of its own, with captions of its own"
    )
    hint = "make it as long as that, or as the finished video, and it is offered in the same player"
    return Finding("VERSION_LENGTH", Level.INFO, message, version.name, hint=hint)


def _left_out(version: VideoSource, laid: Laid, made: MadeOf) -> Iterator[Finding]:
    """Say what of the film, and of the version's own files, is not used in it."""
    has_slides = any(item.framing is not None for item in laid.timeline.overlays)
    if has_slides and made is MadeOf.FOOTAGE and version.told_for is VersionKind.SIGN:
        message = f"no slides are laid over `{version.name}`, because they would cover the signs"
        hint = "make it of the finished video, which shows them"
        yield Finding("VERSION_BARE", Level.INFO, message, version.name, hint=hint)
    for item in version.captions:
        message = f"`{item.source.name}` is left out: `{version.name}` has the captions of the film itself"
        yield Finding("FILE_UNUSED", Level.INFO, message, item.source.name, hint="take it away")
