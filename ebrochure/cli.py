"""The command `ebrochure`: arguments in, results to stdout, talk to stderr, an exit code.

Exit codes: 0 all well; 1 some services failed, or captions that were checked have errors; 2 nothing
was published or made, or the command or its settings are wrong; 75 another build holds the workspace;
130 interrupted.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure import __version__
from ebrochure.captions_cli import add_captions
from ebrochure.console import Console, printable
from ebrochure.edit_cli import add_edit
from ebrochure.errors import EbrochureError, Interrupted, LockedError
from ebrochure.settings import MOST_JOBS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from ebrochure.settings import Settings

OK, SOME_FAILED, NOTHING_PUBLISHED, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130
_GRACE_S = 0.7
"""How long work that was asked to stop may tidy up; what is on disk is whole at any moment."""
_STOPPED = "ebrochure: stopped; what was there is as it was, a build carries on where it was"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    command: Callable[[argparse.Namespace], int] = options.command
    options.stop = threading.Event()
    try:
        return interruptible(lambda: command(options), options.stop)
    except LockedError as error:
        print(printable(f"ebrochure: {error}"), file=sys.stderr)
        return LOCKED
    except Interrupted:
        print(_STOPPED, file=sys.stderr)
        return INTERRUPTED
    except EbrochureError as error:
        print(printable(f"ebrochure: {error}"), file=sys.stderr)
        if getattr(options, "json", False):
            from ebrochure import report  # noqa: PLC0415  most runs end well

            print(report.to_json((), findings=report.findings_of(error)))
        return NOTHING_PUBLISHED
    except Exception as error:
        if "EBROCHURE_DEBUG" in os.environ:
            raise
        said = f"ebrochure: a mistake of ours: {type(error).__name__}: {error}"
        print(printable(said), file=sys.stderr)
        print("  hint: EBROCHURE_DEBUG=1 shows where; please report it", file=sys.stderr)
        return NOTHING_PUBLISHED


def interruptible(work: Callable[[], int], asked_to_stop: threading.Event) -> int:
    """Run `work` in a thread, so that Ctrl-C and SIGTERM are heard at once, whatever it is doing.

    Args:
        work: What is to be done.
        asked_to_stop: Set when a signal comes, for whoever can stop by himself.

    Raises:
        Interrupted: A signal came and the work has stopped by itself.
    """
    outcome: list[int | BaseException] = []

    def carry_out() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001  handed to the main thread, nothing is swallowed
            outcome.append(error)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    worker = threading.Thread(target=carry_out, name="work", daemon=True)
    worker.start()
    try:
        while worker.is_alive() and not asked_to_stop.is_set():
            worker.join(0.05)
        if asked_to_stop.is_set():
            _stop(worker)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked_to_stop.is_set():
        raise Interrupted("stopped")
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result


def _stop(worker: threading.Thread) -> None:
    """End all children; leave within a second even where the worker is deep in foreign code."""
    if "ebrochure.media.process" in sys.modules:
        sys.modules["ebrochure.media.process"].end_all()
    worker.join(_GRACE_S)
    if worker.is_alive():
        if "ebrochure.recording" in sys.modules:
            sys.modules["ebrochure.recording"].sweep()
        sys.stderr.write(f"\n{_STOPPED}\n")
        sys.stderr.flush()
        os._exit(INTERRUPTED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ebrochure",
        description="Turn a folder of recorded explainers and slides into accessible brochure pages.",
        epilog="Exit codes: 0 all well, 1 some services failed, 2 nothing published, "
        "75 another build is running, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"ebrochure {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    init = commands.add_parser("init", help="make a new workspace")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.set_defaults(command=_init)

    build = commands.add_parser("build", help="footage in, site out; only what changed is made again")
    _add_places(build)
    build.add_argument("services", nargs="*", metavar="SERVICE", help="only these services (default: all)")
    build.add_argument(
        "--fast", action="store_true", help="a quick look with a small picture, published apart from the site"
    )
    build.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="services built at once (default: as in ebrochure.yaml, else one for every two processors)",
    )
    build.add_argument("--pdf", action="store_true", help="draw each page that changed as a PDF, too")
    build.add_argument("--plan", action="store_true", help="say what would be made and why; make nothing")
    build.add_argument("--json", action="store_true", help="print the report as one JSON object")
    build.set_defaults(command=_build)

    check = commands.add_parser("check", help="everything that would stop or weaken a brochure; no rendering")
    _add_places(check)
    check.add_argument("services", nargs="*", metavar="SERVICE", help="only these services (default: all)")
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.set_defaults(command=_check)

    add_captions(commands)
    add_edit(commands, _add_places)

    preview = commands.add_parser("preview", help="serve the site on this machine only")
    _add_places(preview)
    preview.add_argument(
        "--fast", action="store_true", help="what `build --fast` has made instead of the site"
    )
    preview.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    preview.set_defaults(command=_preview)

    doctor = commands.add_parser("doctor", help="what is installed, what is missing, what to do about it")
    _add_places(doctor)
    doctor.add_argument("--json", action="store_true", help="print the findings as one JSON object")
    doctor.set_defaults(command=_doctor)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workspace",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of ebrochure.yaml (default: here)",
    )
    parser.add_argument(
        "--services",
        type=Path,
        dest="services_folder",
        metavar="PATH",
        help="the drop folder (default: as in ebrochure.yaml)",
    )
    parser.add_argument("--renders", type=Path, metavar="PATH", help="where the site and the store go")


def _jobs(text: str) -> int:
    """Read a number of services that are built at once; argparse says what is wrong with another."""
    number = int(text)
    if not 1 <= number <= MOST_JOBS:
        message = f"expected 1 to {MOST_JOBS}, got `{text}`"
        raise argparse.ArgumentTypeError(message)
    return number


def _settings(options: argparse.Namespace) -> Settings:
    from ebrochure.ingest.workspace import read_settings  # noqa: PLC0415  pydantic and YAML, not for --help
    from ebrochure.settings import preview_of  # noqa: PLC0415

    settings = read_settings(options.workspace, services=options.services_folder, renders=options.renders)
    return preview_of(settings) if getattr(options, "fast", False) else settings


def _init(options: argparse.Namespace) -> int:
    from ebrochure.workspace import make_workspace  # noqa: PLC0415

    for sentence in make_workspace(options.folder):
        print(sentence)
    return OK


def _build(options: argparse.Namespace) -> int:
    from ebrochure import build, plan_report, report  # noqa: PLC0415  the whole pipeline

    settings = _settings(options)
    settings = settings if options.jobs is None else replace(settings, jobs=options.jobs)
    settings = replace(settings, pdf=True) if options.pdf else settings
    only = tuple(options.services)
    if options.plan:
        steps = build.plan_catalogue(settings, only)
        print(plan_report.plan_to_json(steps) if options.json else plan_report.plan_to_text(steps))
        return OK
    console = Console(stop=options.stop)
    result = build.build_catalogue(settings, only, console)
    if options.json:
        print(report.to_json(result.services, findings=result.findings, site=result.site))
    else:
        print(report.to_text(result.services, result.findings))
    if result.site is not None:
        made, serve = ("preview", "preview --fast") if options.fast else ("site", "preview")
        console.said(f"The {made} is at {result.site / 'index.html'}; `ebrochure {serve}` serves it.")
    return report.exit_code(result.services, published=result.site is not None)


def _check(options: argparse.Namespace) -> int:
    from ebrochure import build, report  # noqa: PLC0415

    result = build.check_catalogue(_settings(options), tuple(options.services), Console(stop=options.stop))
    print(
        report.to_json(result.services, findings=result.findings, site=result.site)
        if options.json
        else report.to_text(result.services, result.findings)
    )
    return report.exit_code(result.services, published=True)


def _preview(options: argparse.Namespace) -> int:
    from ebrochure.review.server import serve  # noqa: PLC0415

    settings = _settings(options)
    site = settings.published / "site"
    if not (site / "index.html").is_file():
        command = "ebrochure build --fast" if options.fast else "ebrochure build"
        raise EbrochureError(f"there is no site at `{site}` yet", f"run `{command}` first")
    serve(site, port=options.port, on_ready=lambda url: print(f"{url}  (Ctrl-C stops it)", flush=True))
    return OK


def _doctor(options: argparse.Namespace) -> int:
    from ebrochure import doctor  # noqa: PLC0415

    findings = doctor.examine(_settings(options))
    print(doctor.to_json(findings) if options.json else doctor.to_text(findings))
    return SOME_FAILED if doctor.is_ill(findings) else OK
