"""What `ebrochure captions …` does: arguments in, files and a report out.

Captions go to a file, never over one that is there unless `--force` is said, or to stdout with `-o -`.
What there is to say goes to stderr (of `check`, whose report is the result, to stdout); with `--json` it
goes to stdout as one object.

Exit codes: 0 done; 1 `check` found errors; 2 nothing was made, or a file could not be read.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure import captioning, report
from ebrochure.caption.report import figures_text, moved_to_json
from ebrochure.caption.formats import CaptionFormat, write_captions
from ebrochure.captionfile import (
    FORMATS,
    fitting_name,
    format_of,
    lines_in,
    read_captions_file,
    require_free,
    write_text,
)
from ebrochure.captioning import Wish
from ebrochure.console import Console, printable
from ebrochure.errors import EbrochureError, MaterialError
from ebrochure.ingest.text import read_text
from ebrochure.model.findings import Finding, Level
from ebrochure.transcribe.wordlist import word_list

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from ebrochure.captionfile import CaptionsRead
    from ebrochure.captioning import Looked, Made, Retimed
    from ebrochure.model.captions import Track

OK, FOUND_ERRORS, NOTHING_MADE = 0, 1, 2

STDOUT = Path("-")


def make(options: argparse.Namespace) -> int:
    """Caption one recording."""
    wish, console = _wish(options), _console(options)
    has_script = options.script is not None
    # Before anybody listens for minutes: may the files be written? The language is mostly right.
    expected = options.out or out_beside(options.recording, wish.language or "en", is_draft=not has_script)
    _require_free(options, expected, options.words)
    made = captioning.caption_recording(options.recording, options.script, wish, console)
    if made.transcript.speech and not made.track.cues:
        raise _no_words(options.recording.name, made)
    is_draft = made.track.provenance.is_draft
    out = options.out or out_beside(options.recording, made.track.language, is_draft=is_draft)
    if out != expected:
        _require_free(options, out)
    if options.words is not None:
        write_text(options.words, _json(word_list(made.transcript)))
    _deliver(made.track, out, _format(out))
    lines = lines_in(made.track, _format(out))
    findings = (*made.findings, *captioning.checked(made, file=out.name, lines=lines))
    said = {
        "captions": _place(out),
        "words": _place(options.words),
        "language": made.track.language,
        "engine": made.transcript.engine,
        "origin": made.track.provenance.origin.value,
        "is_draft": is_draft,
        "script_match": made.transcript.script_match,
        "figures": dataclasses.asdict(made.figures),
    }
    _tell(options, console, said, findings, (figures_text(made.figures),), out)
    return OK


def check(options: argparse.Namespace) -> int:
    """Hold caption files to the rules; one that cannot be read does not keep the others from it."""
    speech = None
    if options.recording is not None:
        speech = captioning.speech_of(options.recording, _console(options))
    source = None if options.source is None else read_captions_file(options.source)
    reports = [_checked(path, speech, source) for path in options.files]
    if options.json:
        _print(_json({"files": [_checked_json(item) for item in reports], "findings": []}))
    else:
        _print(printable("\n\n".join(map(_checked_text, reports))))
    if any(item.looked is None for item in reports):
        return NOTHING_MADE
    errors = any(found.level is Level.ERROR for item in reports for found in item.findings)
    return FOUND_ERRORS if errors else OK


def retime(options: argparse.Namespace) -> int:
    """Move captions to another recording of the same words."""
    console = _console(options)
    captions = read_captions_file(options.file, language=options.language)
    suffix = options.file.suffix if options.file.suffix.lower() in FORMATS else ".vtt"
    out = options.out or _renamed(options.file, f".retimed{suffix}")
    _require_free(options, out)
    moved = captioning.retime(captions, options.recording, _wish(options), console)
    _deliver(moved.track, out, _format(out))
    said = {
        "captions": _place(out),
        "match": round(moved.match, 4),
        "sureness": round(moved.sureness, 4),
        "cues": moved_to_json(moved.moved, captions.lines),
        "figures": dataclasses.asdict(moved.figures),
    }
    _tell(options, console, said, moved.findings, _retimed_lines(moved, out.name), out)
    return OK


def convert(options: argparse.Namespace) -> int:
    """Write captions of one format as another."""
    console = _console(options)
    to = CaptionFormat(options.to)
    out = options.out or _renamed(options.file, f".{to}")
    if out.resolve() == options.file.resolve() and not options.force:
        hint = "name the new file with `-o`, or say `--force` to write over it"
        raise EbrochureError(f"`{out}` would be written over itself", hint)
    _require_free(options, out)
    captions = read_captions_file(options.file, language=options.language)
    _deliver(captions.track, out, to)
    looked = captioning.look_at(captions, None)
    said = {
        "captions": _place(out),
        "format": captions.format,
        "language": captions.language,
        "figures": dataclasses.asdict(looked.figures),
    }
    lines = (figures_text(looked.figures), *lint_text(looked.lint, out.name))
    _tell(options, console, said, captions.findings, lines, out)
    return OK


# --- where files go ---------------------------------------------------------------------------


def out_beside(recording: Path, language: str, *, is_draft: bool) -> Path:
    """Return where captions go that were given no place: beside the recording, named as a build expects.

    A draft is named so that no build takes it for captions by a person: whoever has read it takes
    ``.draft`` out of its name.
    """
    end = ("" if language == "und" else f".{language}") + (".draft.vtt" if is_draft else ".vtt")
    return recording.with_name(fitting_name(recording.stem, end))


def _renamed(file: Path, end: str) -> Path:
    return file.with_name(fitting_name(file.stem, end))


def _require_free(options: argparse.Namespace, out: Path, *others: Path | None) -> None:
    """Make sure that captions may go to `out`, and other files to `others`."""
    if out == STDOUT and options.json:
        raise EbrochureError("`-o -` and `--json` both want stdout", "give the captions a file with `-o`")
    _format(out)
    for place in (out, *others):
        if place is not None and place != STDOUT:
            require_free(place, force=options.force)


def _format(out: Path) -> CaptionFormat:
    return CaptionFormat.WEBVTT if out == STDOUT else format_of(out)


def _deliver(track: Track, out: Path, to: CaptionFormat) -> None:
    text = write_captions(track, to)
    if out == STDOUT:
        _print(text)
    else:
        write_text(out, text)


def _place(out: Path | None) -> str | None:
    return None if out is None or out == STDOUT else str(out.absolute())


# --- what was asked ---------------------------------------------------------------------------


def _wish(options: argparse.Namespace) -> Wish:
    return Wish(options.engine, options.model, options.language, tuple(_terms(options.glossary)))


def _terms(given: Iterable[str]) -> Iterable[str]:
    """Yield the terms that were given, those of a file one by one; what stands after a colon explains."""
    for item in given:
        path = Path(item)
        if not path.is_file():
            yield item
            continue
        for line in read_text(path, file=path.name).splitlines():
            term = line.partition(":")[0].strip()
            if term and not term.startswith("#"):
                yield term


def _console(options: argparse.Namespace) -> Console:
    return Console(stop=options.stop)


# --- what is said -----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Checked:
    name: str
    findings: tuple[Finding, ...]
    looked: Looked | None = None
    """None: the file could not be read."""
    captions: CaptionsRead | None = None


def _checked(path: Path, speech: Any, source: CaptionsRead | None) -> _Checked:
    try:
        captions = read_captions_file(path)
    except MaterialError as error:
        return _Checked(path.name, error.findings)
    looked = captioning.look_at(captions, speech)
    return _Checked(path.name, (*captions.findings, *looked.lint), looked, captions)


def _checked_json(item: _Checked) -> dict[str, Any]:
    return {
        "file": item.name,
        "format": None if item.captions is None else item.captions.format,
        "language": None if item.captions is None else item.captions.language,
        "figures": None if item.looked is None else dataclasses.asdict(item.looked.figures),
        "errors": sum(found.level is Level.ERROR for found in item.findings),
        "warnings": sum(found.level is Level.WARN for found in item.findings),
        "findings": [dataclasses.asdict(found) for found in item.findings],
    }


def _checked_text(item: _Checked) -> str:
    said = "unreadable" if item.looked is None else figures_text(item.looked.figures)
    lines = report.to_text((), _gravest_first(item.findings)).splitlines()
    return "\n".join([f"{item.name}: {said}", *(f"  {line}" for line in lines)])


def _retimed_lines(moved: Retimed, name: str) -> tuple[str, ...]:
    kept = sum(item.cue is not None for item in moved.moved)
    return (
        f"{kept} of {len(moved.moved)} captions moved, sureness {moved.sureness:.2f} "
        f"({moved.match:.0%} of their words were heard)",
        figures_text(moved.figures),
        *lint_text(moved.lint, name),
    )


def _tell(
    options: argparse.Namespace,
    console: Console,
    said: dict[str, Any],
    findings: tuple[Finding, ...],
    lines: tuple[str, ...],
    out: Path,
) -> None:
    """Say what was done and found: to people on stderr, to programs on stdout."""
    found = report.to_text((), _gravest_first(findings))
    for text in (*filter(None, (found,)), *lines):
        console.said(text)
    if options.json:
        _print(_json({**said, "findings": [dataclasses.asdict(item) for item in findings]}))
    elif out != STDOUT:
        _print(printable(str(out)))


def lint_text(lint: Iterable[Finding], name: str) -> tuple[str, ...]:
    """Say in one line how many faults `check` would list; nothing where there are none."""
    levels = [item.level for item in lint]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARN)
    if not errors and not warnings:
        return ()
    return (
        f"by the rules there are {errors} errors and {warnings} warnings: `captions check {name}` lists them",
    )


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = tuple(Level)
    return tuple(sorted(dict.fromkeys(findings), key=lambda item: order.index(item.level)))


def _no_words(name: str, made: Made) -> MaterialError:
    message = f"somebody speaks in `{name}`, but no words were heard, so no captions were made"
    hint = "give the script with `--script`, or have Whisper listen"
    return MaterialError((*made.findings, Finding("NO_WORDS", Level.ERROR, message, name, hint=hint)))


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _print(text: str) -> None:
    """Write a result to stdout as UTF-8, whatever the terminal says; odd bytes of a file's name as escapes."""
    data = (text.removesuffix("\n") + "\n").encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
