"""What `ebrochure captions …` does: arguments in, files and a report out.

Captions go to a file, never over one that is there unless `--force` is said, or to stdout with `-o -`.
What there is to say goes to stderr (of `check`, whose report is the result, to stdout); with `--json` it
goes to stdout as one object.

Exit codes: 0 done; 1 `check` found errors; 2 nothing was made, or a file could not be read.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure import captioning
from ebrochure.caption.formats import CaptionFormat, write_captions
from ebrochure.caption.report import figures_text
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
from ebrochure.captions_report import (
    Checked,
    checked_json,
    checked_text,
    findings_text,
    lint_lines,
    made_object,
    retimed_lines,
    retimed_object,
    to_json,
)
from ebrochure.console import Console, printable
from ebrochure.errors import EbrochureError, MaterialError
from ebrochure.ingest.text import read_text
from ebrochure.model.findings import Finding, Level
from ebrochure.transcribe.wordlist import word_list

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from ebrochure.captionfile import CaptionsRead
    from ebrochure.captioning import Made
    from ebrochure.model.captions import Track
    from ebrochure.model.timing import TimeRange

OK, FOUND_ERRORS, NOTHING_MADE = 0, 1, 2

STDOUT = Path("-")


def make(options: argparse.Namespace) -> int:
    """Caption one recording."""
    wish, console = replace(_wish(options), speakers=_speakers(options.speakers)), _console(options)
    # Whether files may be written is asked before anybody listens for minutes; the language is mostly right.
    is_draft, language = options.script is None, options.language or "en"
    expected = options.out or out_beside(options.recording, language, is_draft=is_draft)
    _format(expected)
    _require_free(options, expected, options.words)
    made = captioning.caption_recording(options.recording, options.script, wish, console)
    if made.transcript.speech and not made.track.cues:
        raise _no_words(options.recording.name, made)
    is_draft, language = made.track.provenance.is_draft, made.track.language
    out = options.out or out_beside(options.recording, language, is_draft=is_draft)
    if out != expected:
        _require_free(options, out)
    if options.words is not None:
        write_text(options.words, to_json(word_list(made.transcript)) + "\n")
    _deliver(made.track, out, _format(out))
    name = "stdout" if out == STDOUT else out.name
    lint = captioning.checked(made, file=name, lines=lines_in(made.track, _format(out)))
    console.said("\n".join([*findings_text((*made.findings, *lint)), figures_text(made.figures)]))
    said = {"captions": _place(out), "words": _place(options.words), **made_object(made)}
    _tell(options, out, said, (*made.findings, *lint))
    return OK


def check(options: argparse.Namespace) -> int:
    """Hold caption files to the rules; one that cannot be read does not keep the others from it."""
    source = None if options.source is None else read_captions_file(options.source)
    speech = None
    if options.recording is not None:
        speech = captioning.speech_of(options.recording, _console(options))
    files = [_checked(path, speech, source) for path in options.files]
    _print(checked_json(files) if options.json else checked_text(files))
    if any(item.is_unreadable for item in files):
        return NOTHING_MADE
    return FOUND_ERRORS if any(item.count(Level.ERROR) for item in files) else OK


def retime(options: argparse.Namespace) -> int:
    """Move captions to another recording of the same words."""
    console = _console(options)
    captions = read_captions_file(options.file, language=options.language)
    suffix = options.file.suffix if options.file.suffix.lower() in FORMATS else ".vtt"
    out = options.out or _renamed(options.file, f".retimed{suffix}")
    _format(out)
    _require_free(options, out)
    moved = captioning.retime(captions, options.recording, _wish(options), console)
    _deliver(moved.track, out, _format(out))
    console.said("\n".join([*findings_text(moved.findings), *retimed_lines(moved, out.name)]))
    said = {"captions": _place(out), **retimed_object(moved, captions.lines)}
    _tell(options, out, said, moved.findings)
    return OK


def convert(options: argparse.Namespace) -> int:
    """Write captions of one format as another."""
    to = CaptionFormat(options.to)
    out = options.out or _renamed(options.file, f".{to}")
    _require_free(options, out)
    captions = read_captions_file(options.file, language=options.language)
    _deliver(captions.track, out, to)
    looked = captioning.look_at(captions, None, None)
    lines = (figures_text(looked.figures), *lint_lines(looked.lint, options.file.name))
    _console(options).said("\n".join([*findings_text(captions.findings), *lines]))
    said = {"captions": _place(out), "format": captions.format.value, "language": captions.language}
    _tell(options, out, {**said, "figures": asdict(looked.figures)}, captions.findings)
    return OK


# --- where captions go ------------------------------------------------------------------------


def out_beside(recording: Path, language: str, *, is_draft: bool) -> Path:
    """Return where captions go that were given no place: beside the recording, named as a build expects.

    A draft is named so that no build takes it for captions by a person: whoever has read it takes
    ``.draft`` out of its name.
    """
    end = ("" if language == "und" else f".{language}") + (".draft.vtt" if is_draft else ".vtt")
    return recording.with_name(fitting_name(recording.stem, end))


def _renamed(file: Path, end: str) -> Path:
    return file.with_name(fitting_name(file.stem, end))


def _require_free(options: argparse.Namespace, out: Path, words: Path | None = None) -> None:
    """Make sure that captions may go to `out` and the words to `words`."""
    if out == STDOUT and options.json:
        raise EbrochureError("`-o -` and `--json` both want stdout", "give the captions a file with `-o`")
    for place in (out, words):
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


def _terms(given: Iterable[str]) -> Iterator[str]:
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


def _speakers(given: str) -> tuple[str, str] | None:
    """Return who is on the left and who on the right channel."""
    if not given:
        return None
    names = [" ".join(name.split()) for name in given.split(",")]
    if len(names) != 2 or not all(names) or names[0] == names[1]:  # noqa: PLR2004  left and right
        message = f"`--speakers {given}` should name two people, left and right"
        raise EbrochureError(message, 'write `--speakers "Priya Shah,Tom Low"`')
    return names[0], names[1]


def _console(options: argparse.Namespace) -> Console:
    return Console(stop=options.stop)


# --- what is said -----------------------------------------------------------------------------


def _checked(path: Path, speech: tuple[TimeRange, ...] | None, source: CaptionsRead | None) -> Checked:
    try:
        captions = read_captions_file(path)
    except MaterialError as error:
        return Checked(path.name, error.findings)
    looked = captioning.look_at(captions, speech, None if source is None else source.track)
    return Checked(path.name, (*captions.findings, *looked.lint), captions, looked)


def _no_words(name: str, made: Made) -> MaterialError:
    message = f"somebody speaks in `{name}`, but no words were heard, so no captions were made"
    hint = "give the script with `--script`, or have Whisper listen"
    return MaterialError((*made.findings, Finding("NO_WORDS", Level.ERROR, message, name, hint=hint)))


def _tell(
    options: argparse.Namespace, out: Path, said: dict[str, Any], findings: tuple[Finding, ...]
) -> None:
    """Give the result: what was said and found as JSON, or just where the captions are."""
    if options.json:
        _print(to_json({**said, "findings": [asdict(item) for item in findings]}))
    elif out != STDOUT:
        _print(printable(str(out)))


def _print(text: str) -> None:
    """Write a result to stdout as UTF-8, whatever the terminal's own; odd bytes of a name as escapes."""
    sys.stdout.flush()
    sys.stdout.buffer.write((text.removesuffix("\n") + "\n").encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
