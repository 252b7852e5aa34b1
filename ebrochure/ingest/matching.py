"""Which file belongs to which: recordings with their scripts, captions and slides, by name and by content."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.fields import is_language
from ebrochure.ingest.kinds import (
    DECK_SUFFIXES,
    FOOTAGE_SUFFIXES,
    PICTURE_SUFFIXES,
    Kind,
    kind_of,
    read_head,
)
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import VersionKind

if TYPE_CHECKING:
    from ebrochure.ingest.listing import Listed

BROCHURE = "brochure.md"
CAPTION_SUFFIXES = (".vtt", ".srt")
SCRIPT_ENDS = (".script.md", ".script.txt")
_WORD_PROCESSED = frozenset({".docx", ".doc", ".odt", ".rtf", ".pages"})
EDIT_SUFFIX = ".otio"

_OTHER_CAPTIONS = (".ass", ".ssa", ".sub", ".sbv", ".ttml", ".dfxp", ".stl", ".scc", ".smi")
_WORDS = (".txt", ".md", ".rtf", ".doc", ".docx", ".csv", ".json", ".yaml", ".yml", ".html", ".nfo", ".log")


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording with what belongs to it by name."""

    footage: tuple[Listed, ...]
    """Its files in their order: one by itself, several where `brochure.md` says so."""
    script: Listed | None = None
    captions: tuple[tuple[str | None, Listed], ...] = ()
    """Language and file; None: the service's own language."""
    deck: Listed | None = None
    """Slides that carry the recording's name."""
    edit: Listed | None = None
    """What an editor made of it."""
    versions: tuple[tuple[VersionKind, Recording], ...] = ()
    """The same film told for others, as recordings with what carries their own names."""

    @property
    def name(self) -> str:
        """How its author knows it: the name of its first file."""
        return self.footage[0].name

    @property
    def stem(self) -> str:
        """Name that the files belonging to it begin with."""
        return self.footage[0].base

    @property
    def belongings(self) -> tuple[Listed, ...]:
        """Every file that is there by its name alone."""
        named = (self.script, *(item for _, item in self.captions), self.deck, self.edit)
        return tuple(item for item in named if item is not None)


@dataclass(frozen=True, slots=True)
class Material:
    """A service's files by what they are for."""

    recordings: tuple[Recording, ...] = ()
    brochure: Listed | None = None
    decks: tuple[Listed, ...] = ()
    """``slides.pdf`` and ``slides.pptx``, the PDF first."""
    pictures: tuple[Listed, ...] = ()
    """Pictures in ``slides/``."""
    documents: tuple[Listed, ...] = ()
    edits: tuple[Listed, ...] = ()
    """Edits that carry no recording's name: `brochure.md` may say whose they are."""
    rest: tuple[Listed, ...] = ()
    """Files that something may still name: a portrait, another deck."""


@dataclass(slots=True)
class _Piles:
    """What is being sorted."""

    footage: list[Listed] = field(default_factory=list)
    scripts: list[Listed] = field(default_factory=list)
    captions: list[Listed] = field(default_factory=list)
    brochures: list[Listed] = field(default_factory=list)
    decks: list[Listed] = field(default_factory=list)
    edits: list[Listed] = field(default_factory=list)
    pictures: list[Listed] = field(default_factory=list)
    documents: list[Listed] = field(default_factory=list)
    rest: list[Listed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, level: Level, item: Listed, said: str, hint: str) -> None:
        self.findings.append(Finding(code, level, f"`{item.name}` {said}", item.name, None, hint))


def match_files(files: tuple[Listed, ...]) -> tuple[Material, tuple[Finding, ...]]:
    """Sort a service's files; errors are among the findings, so that all are told at once."""
    piles = _Piles()
    for item in files:
        try:
            _sort(item, piles)
        except MaterialError as error:
            piles.findings += error.findings
    recordings = _recordings(piles)
    recordings = _with_scripts(recordings, piles)
    _tell_unread(recordings, piles)
    recordings = _with_captions(recordings, piles)
    recordings, decks = _with_decks(recordings, piles)
    recordings, edits = _with_edits(recordings, piles)
    material = Material(
        recordings=recordings,
        brochure=_brochure(piles),
        decks=tuple(sorted(decks, key=lambda item: item.suffix != ".pdf")),
        pictures=tuple(piles.pictures),
        documents=tuple(piles.documents),
        edits=edits,
        rest=tuple(piles.rest),
    )
    return material, tuple(piles.findings)


def _sort(item: Listed, piles: _Piles) -> None:
    name = item.name.casefold()
    if not item.folder and name in {BROCHURE, f"{BROCHURE}.txt", "brochure.txt", "brochure.markdown"}:
        piles.brochures.append(item)
    elif item.suffix in CAPTION_SUFFIXES:
        piles.captions.append(item)
    elif item.suffix in _OTHER_CAPTIONS:
        said = f"holds captions in a form that is not read (`{item.suffix}`)"
        piles.say("CAPTION_FORMAT", Level.ERROR, item, said, "export them as WebVTT (.vtt) or SubRip (.srt)")
    elif name.endswith(SCRIPT_ENDS):
        piles.scripts.append(item)
    elif item.suffix == EDIT_SUFFIX and item.folder in {"", "footage"}:
        piles.edits.append(item)
    elif item.folder in {"slides", "documents"}:
        _sort_inner(item, piles)
    else:
        _sort_by_content(item, piles)


def _sort_inner(item: Listed, piles: _Piles) -> None:
    if item.folder == "slides" and item.suffix in PICTURE_SUFFIXES:
        _refuse_footage(item, piles)
        piles.pictures.append(item)
    elif item.folder == "slides" and item.suffix in DECK_SUFFIXES:
        piles.decks.append(item)
    elif item.folder == "documents" and kind_of(read_head(item.path, item.name)) is Kind.PDF:
        piles.documents.append(item)
    else:
        what = "pictures, PDF and PowerPoint files" if item.folder == "slides" else "PDF files"
        said = f"is left out: `{item.folder}/` is for {what}"
        piles.say("FILE_UNUSED", Level.WARN, item, said, "export it as PDF, or take it away")


def _sort_by_content(item: Listed, piles: _Piles) -> None:
    if item.suffix in FOOTAGE_SUFFIXES:
        piles.footage.append(item)  # the probe says what is wrong with one that is none
    elif item.suffix in DECK_SUFFIXES:
        _refuse_footage(item, piles)
        piles.decks.append(item)
    elif item.suffix in PICTURE_SUFFIXES:
        _refuse_footage(item, piles)
        piles.rest.append(item)
    elif not _is_footage(item):
        piles.rest.append(item)
    elif item.suffix in _WORDS:
        said = "is a recording in truth, though its name says text, so it is left out"
        piles.say("TYPE_MISMATCH", Level.WARN, item, said, "give it the ending of its kind, such as .mp4")
    else:
        said = "is a recording, though its name does not say so; it is used"
        piles.say("TYPE_MISMATCH", Level.WARN, item, said, "give it the ending of its kind, such as .mp4")
        piles.footage.append(item)


def _is_footage(item: Listed) -> bool:
    return kind_of(read_head(item.path, item.name)) is Kind.FOOTAGE


def _refuse_footage(item: Listed, piles: _Piles) -> None:
    if _is_footage(item):
        said = f"is a recording in truth, though its name ends in `{item.suffix}`"
        hint = "give it the ending of its kind, such as .mp4, or take it away"
        piles.say("TYPE_MISMATCH", Level.ERROR, item, said, hint)


def same(one: str, other: str) -> bool:
    """Tell whether two names mean the same file to a person: capitals and accents' spelling aside."""
    return _folded(one) == _folded(other)


def with_versions(recordings: tuple[Recording, ...], listed: frozenset[str]) -> tuple[Recording, ...]:
    """Give each recording those versions that carry its name; a version of nothing is a film of its own.

    Args:
        recordings: In their order.
        listed: Names of those that an author listed as films of their own.
    """
    owners: dict[int, list[tuple[VersionKind, Recording]]] = {}
    films: list[int] = []
    for number, recording in enumerate(recordings):
        stem, _, end = recording.stem.rpartition(".")
        kind = next((kind for kind in VersionKind if same(kind, end)), None)
        of = None if kind is None or recording.name in listed else _at(recordings, stem)
        if kind is None or of is None:
            films.append(number)
        else:
            owners.setdefault(of, []).append((kind, recording))
    return tuple(replace(recordings[number], versions=tuple(owners.get(number, ()))) for number in films)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _recordings(piles: _Piles) -> tuple[Recording, ...]:
    found: list[Recording] = []
    for item in piles.footage:
        if twin := next((other for other in found if same(other.stem, item.base)), None):
            said = f"and `{twin.name}` share a name, so what belongs to which cannot be told"
            piles.say("DUPLICATE_RECORDING", Level.ERROR, item, said, "rename one of them")
        else:
            found.append(Recording((item,)))
    return tuple(found)


def _with_scripts(recordings: tuple[Recording, ...], piles: _Piles) -> tuple[Recording, ...]:
    for item in piles.scripts:
        at = _at(recordings, item.base[: -len(".script")])
        if at is None:
            _orphan(item, ".script" + item.suffix, recordings, piles)
        elif recordings[at].script is not None:
            said = "is a second script for the same recording, so it is left out"
            piles.say("FILE_UNUSED", Level.WARN, item, said, "keep one of them")
        else:
            recordings = _replaced(recordings, at, replace(recordings[at], script=item))
    return recordings


def _tell_unread(recordings: tuple[Recording, ...], piles: _Piles) -> None:
    """Name the scripts and brochures that somebody left in his word processor's own form."""
    for item in [item for item in piles.rest if item.suffix in _WORD_PROCESSED and not item.folder]:
        stem = item.base.removesuffix(".script")
        is_brochure = same(stem, "brochure")
        if is_brochure or stem != item.base or _at(recordings, stem) is not None:
            piles.rest.remove(item)
            wanted = BROCHURE if is_brochure else f"{stem}.script.txt"
            said = "is a word processor's document, which is not read"
            hint = f"save it as plain text, `{wanted}`; what is to be downloaded, as PDF in `documents/`"
            piles.say("SCRIPT_FORMAT", Level.WARN, item, said, hint)


def _with_captions(recordings: tuple[Recording, ...], piles: _Piles) -> tuple[Recording, ...]:
    # WebVTT first: where both are there, it is the one that was meant for the web.
    for item in sorted(piles.captions, key=lambda item: item.suffix != ".vtt"):
        stem, _, tag = item.base.rpartition(".")
        at, language = _at(recordings, item.base), None
        if at is None and (at := _at(recordings, stem)) is not None:
            language = tag
        if at is None:
            _orphan(item, f".en{item.suffix}", recordings, piles)
        elif language is not None and not is_language(language):
            said = f"is left out: `{tag}` is no language code"
            piles.say("CAPTION_LANGUAGE", Level.WARN, item, said, "write `en`, `de`, `fr-CA` there")
        elif any(known == language for known, _ in recordings[at].captions):
            said = "is a second caption file for the same recording and language, so it is left out"
            piles.say("FILE_UNUSED", Level.WARN, item, said, "keep one of them")
        else:
            captions = (*recordings[at].captions, (language, item))
            recordings = _replaced(recordings, at, replace(recordings[at], captions=captions))
    return recordings


def _with_decks(
    recordings: tuple[Recording, ...], piles: _Piles
) -> tuple[tuple[Recording, ...], tuple[Listed, ...]]:
    """Give each recording the deck of its name; return the decks of the whole service too."""
    shared = []
    for item in sorted(piles.decks, key=lambda item: item.suffix != ".pdf"):
        at = _at(recordings, item.base.removesuffix(".slides"))
        if same(item.base, "slides") or item.folder == "slides":
            shared.append(item)
        elif at is not None and recordings[at].deck is None:
            recordings = _replaced(recordings, at, replace(recordings[at], deck=item))
        else:
            piles.rest.append(item)
    return recordings, tuple(shared)


def _with_edits(
    recordings: tuple[Recording, ...], piles: _Piles
) -> tuple[tuple[Recording, ...], tuple[Listed, ...]]:
    """Give each recording the edit of its name; return the others too."""
    others = []
    for item in piles.edits:
        at = _at(recordings, item.base)
        if at is None:
            others.append(item)
        elif (first := recordings[at].edit) is not None:
            said = f"and `{first.name}` both edit `{recordings[at].name}`, so which one holds cannot be told"
            piles.say("DUPLICATE_EDIT", Level.ERROR, item, said, "take one of them away")
        else:
            recordings = _replaced(recordings, at, replace(recordings[at], edit=item))
    return recordings, tuple(others)


def _at(recordings: tuple[Recording, ...], stem: str) -> int | None:
    return next((at for at, recording in enumerate(recordings) if same(recording.stem, stem)), None)


def _replaced(recordings: tuple[Recording, ...], at: int, new: Recording) -> tuple[Recording, ...]:
    return (*recordings[:at], new, *recordings[at + 1 :])


def _orphan(item: Listed, end: str, recordings: tuple[Recording, ...], piles: _Piles) -> None:
    stems = [recording.stem for recording in recordings]
    close = difflib.get_close_matches(item.base, stems, n=1, cutoff=0.3) or stems[:1]
    hint = f"call it `{close[0]}{end}`" if close else "add the recording, or take it away"
    piles.say("FILE_UNMATCHED", Level.WARN, item, "belongs to no recording here, so it is left out", hint)


def _brochure(piles: _Piles) -> Listed | None:
    exact = next((item for item in piles.brochures if item.name == BROCHURE), None)
    others = [item for item in piles.brochures if item is not exact]
    for item in others:
        used = exact is None and item is others[0]
        said = f"is taken for `{BROCHURE}`" if used else f"is left out, because there is a `{BROCHURE}`"
        piles.say("BROCHURE_NAME", Level.WARN, item, said, f"call it `{BROCHURE}`")
    return exact or next(iter(others), None)
