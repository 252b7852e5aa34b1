"""The arguments of `ebrochure edit …`; what they do is in `edit_verbs`, loaded when it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  argparse has no public name for it

_EXPORT = """Write what a build decided as OpenTimelineIO, for DaVinci Resolve, Premiere Pro, Kdenlive and
others: footage where it lies, cards, slides and captions as copies beside it, chapters as markers. An edit
that comes back is put beside the recording under its name, or named there as `edit:`."""
_CODES = "Exit codes: 0 done, 2 nothing written, 130 interrupted."


def add_edit(commands: Verbs, add_places: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `edit` and its verbs to the command line.

    Args:
        commands: Where to.
        add_places: Adds the arguments that say where a workspace is.
    """
    about = "carry a video's edit to an editing program"
    edit = commands.add_parser("edit", help=about, description=f"{about.capitalize()}.", epilog=_CODES)
    verbs = edit.add_subparsers(title="verbs", required=True, metavar="VERB")
    export = verbs.add_parser("export", help="a built video as .otio", description=_EXPORT, epilog=_CODES)
    add_places(export)
    said = "a service, or one of its videos"
    export.add_argument("video", metavar="SERVICE[/VIDEO]", help=said)
    said = "where the files go (default: edits/SERVICE beside the site)"
    export.add_argument("--to", type=Path, metavar="FOLDER", help=said)
    export.add_argument("--force", action="store_true", help="write over files that are there already")
    export.add_argument("--json", action="store_true", help="print what was written as one JSON object")
    export.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    from ebrochure import edit_verbs  # noqa: PLC0415  the whole pipeline, not for --help

    return edit_verbs.export(options)
