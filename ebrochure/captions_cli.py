"""The arguments of `ebrochure captions …`; what they do is in `captions_verbs`, loaded when it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  argparse has no public name for it

_MAKE = """Caption one recording. With a script its words are the captions and the sound gives the times;
without one the words are what an engine heard: a draft that somebody should read."""
_CHECK = """Hold caption files to the rules, line by line. With the recording, silence and coverage are
checked too; with the captions that they translate, whether anything is missing."""
_RETIME = """Move captions to a re-recorded or re-cut video by laying their text over its sound. Text, line
breaks and speakers stay to the letter; what is no longer said is left out and listed."""
_IMPORT = "Turn captions of any kind into WebVTT; text and speakers are kept."
_EXPORT = "Turn captions into SubRip, TTML, WebVTT or JSON."
_CODES = "Exit codes: 0 done, 1 `check` found errors, 2 nothing made or a file unreadable, 130 interrupted."


def add_captions(commands: Verbs) -> None:
    """Add `captions` and its verbs to the command line."""
    about = "make, check, move and convert captions; no workspace needed"
    captions = commands.add_parser(
        "captions", help=about, description=f"{about.capitalize()}.", epilog=_CODES
    )
    verbs = captions.add_subparsers(title="verbs", required=True, metavar="VERB")
    _add_make(verbs)
    _add_check(verbs)
    _add_retime(verbs)
    _add_import(verbs)
    _add_export(verbs)


def _add_make(verbs: Verbs) -> None:
    make = verbs.add_parser("make", help="caption one recording", description=_MAKE, epilog=_CODES)
    make.add_argument("recording", type=Path, metavar="RECORDING", help="any video or sound file")
    said = "the approved words: Markdown, text, or a .pptx whose notes were spoken"
    make.add_argument("--script", type=Path, metavar="FILE", help=said)
    _add_listening(make)
    said = "who speaks on the left and on the right channel: `Priya Shah,Tom Low`"
    make.add_argument("--speakers", default="", metavar="LEFT,RIGHT", help=said)
    said = "write the sentences, and every word with its time, here too"
    make.add_argument("--words", type=Path, metavar="OUT.json", help=said)
    _add_out(make, "RECORDING.LANGUAGE.vtt beside it, ending in .draft.vtt where nobody approved the words")
    make.set_defaults(command=_make)


def _add_check(verbs: Verbs) -> None:
    check = verbs.add_parser("check", help="hold captions to the rules", description=_CHECK, epilog=_CODES)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="WebVTT, SRT, TTML, …")
    said = "listen where somebody speaks, and check silence and coverage too"
    check.add_argument("--recording", type=Path, metavar="R", help=said)
    check.add_argument("--source", type=Path, metavar="SOURCE.vtt", help="the captions that FILE translates")
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.set_defaults(command=_check)


def _add_retime(verbs: Verbs) -> None:
    retime = verbs.add_parser(
        "retime", help="move captions to a re-recorded or re-cut video", description=_RETIME, epilog=_CODES
    )
    retime.add_argument("file", type=Path, metavar="FILE", help="the captions")
    retime.add_argument("recording", type=Path, metavar="RECORDING", help="the new recording")
    _add_listening(retime)
    _add_out(retime, "beside FILE and in its format, with .retimed in its name")
    retime.set_defaults(command=_retime)


def _add_import(verbs: Verbs) -> None:
    bring = verbs.add_parser("import", help="any captions to WebVTT", description=_IMPORT, epilog=_CODES)
    said = "WebVTT, SRT, TTML, JSON, or a transcript from Teams or Zoom"
    bring.add_argument("file", type=Path, metavar="FILE", help=said)
    bring.add_argument("--language", metavar="TAG", help="language of the words, where the file says none")
    _add_out(bring, "FILE, ending in .vtt")
    bring.set_defaults(command=_convert, to="vtt")


def _add_export(verbs: Verbs) -> None:
    export = verbs.add_parser("export", help="captions to another format", description=_EXPORT, epilog=_CODES)
    export.add_argument("file", type=Path, metavar="FILE", help="the captions")
    export.add_argument("--to", required=True, choices=("srt", "ttml", "vtt", "json"), help="the format")
    export.add_argument("--language", metavar="TAG", help="language of the words, where the file says none")
    _add_out(export, "FILE, ending as the format does")
    export.set_defaults(command=_convert)


def _add_listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine", default="auto", metavar="E", help="auto, whisper, offline, … (default: auto)"
    )
    said = "a Whisper model by its name, or the path of a checkpoint"
    parser.add_argument("--model", metavar="NAME_OR_PATH", help=said)
    said = "language of the words: en, de-CH (default: find out)"
    parser.add_argument("--language", metavar="TAG", help=said)
    said = "terms that are said; a file gives one a line"
    parser.add_argument("--glossary", nargs="+", action="extend", default=[], metavar="FILE|TERM", help=said)


def _add_out(parser: argparse.ArgumentParser, usual: str) -> None:
    said = f"where the captions go; its end says the format, - is stdout (default: {usual})"
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", help=said)
    parser.add_argument("--force", action="store_true", help="write over a file that is there already")
    parser.add_argument("--json", action="store_true", help="print what was found as one JSON object")


def _make(options: argparse.Namespace) -> int:
    from ebrochure import captions_verbs  # noqa: PLC0415  all that listens, not for --help

    return captions_verbs.make(options)


def _check(options: argparse.Namespace) -> int:
    from ebrochure import captions_verbs  # noqa: PLC0415

    return captions_verbs.check(options)


def _retime(options: argparse.Namespace) -> int:
    from ebrochure import captions_verbs  # noqa: PLC0415

    return captions_verbs.retime(options)


def _convert(options: argparse.Namespace) -> int:
    from ebrochure import captions_verbs  # noqa: PLC0415

    return captions_verbs.convert(options)
