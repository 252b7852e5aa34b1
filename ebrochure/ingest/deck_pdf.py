"""Slides of a PDF: asked of a child process, judged here."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure.errors import MaterialError, ProcessError
from ebrochure.ingest.deck import SlideWords, tidy, tidy_title
from ebrochure.media.process import Limits, run
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebrochure.model.service import SourceFile

_MIN_PAGE_PT, _MAX_PAGE_PT = 20.0, 15_000.0
_TAIL_BYTES = 4096
_WORDS_TIMEOUT_S = 60.0
_DRAW_TIMEOUT_S = 300.0
_LIMITS = Limits(memory_bytes=2_000_000_000, cpu_s=240)
_WORDS_VERSION = 2
_AS_PDF = "export the slides as PDF again"


def read_pdf(deck: SourceFile) -> tuple[tuple[SlideWords, ...], tuple[Finding, ...]]:
    """Read the words of every page.

    Raises:
        MaterialError: FILE_INCOMPLETE, SLIDES_EMPTY, SLIDES_PASSWORD, SLIDES_UNREADABLE or SLIDES_PAGE_SIZE.
    """
    _check_whole(deck)
    answer = _answer(deck)
    if problem := answer.get("error"):
        raise _refused(deck.name, str(problem))
    for page in answer["pages"]:
        sides = (page["width"], page["height"])
        if not _MIN_PAGE_PT <= min(sides) <= max(sides) <= _MAX_PAGE_PT:
            message = (
                f"`{deck.name}` has a page of {sides[0]:.0f} x {sides[1]:.0f} points, which no slide has"
            )
            raise MaterialError.one("SLIDES_PAGE_SIZE", message, file=deck.name, hint=_AS_PDF)
    words = tuple(_words(page) for page in answer["pages"])
    return words, (_restricted(deck.name),) if answer["is_restricted"] else ()


def draw_pdf(pdf: Path, pages: Mapping[str, int], out_dir: Path, *, name: str) -> None:
    """Draw pages of a PDF as PNG files.

    Args:
        pdf: The file.
        pages: Number of the page, from 0, by the name of its PNG file.
        out_dir: Folder of the PNG files.
        name: How the author knows the deck.

    Raises:
        MaterialError: SLIDES_UNREADABLE.
    """
    wanted = [f"{page}:{file}" for file, page in pages.items()]
    try:
        _ask("draw", str(pdf), str(out_dir.absolute()), *wanted, timeout_s=_DRAW_TIMEOUT_S)
    except ProcessError as error:
        raise _refused(name, "damaged") from error
    if missing := [page + 1 for file, page in pages.items() if not (out_dir / file).is_file()]:
        message = f"slide {missing[0]} of `{name}` could not be drawn"
        raise MaterialError.one("SLIDES_UNREADABLE", message, file=name, hint=_AS_PDF)


def _check_whole(deck: SourceFile) -> None:
    with deck.path.open("rb") as file:
        file.seek(max(0, deck.size_bytes - _TAIL_BYTES))
        tail = file.read()
    if b"%%EOF" not in tail:
        message = f"`{deck.name}` breaks off: its end is missing"
        raise MaterialError.one("FILE_INCOMPLETE", message, file=deck.name, hint="copy or export it again")


def _answer(deck: SourceFile) -> dict[str, Any]:
    """Return what the child says; asked once for each content: an unchanged rebuild starts nothing."""
    noted = deck.path.with_name(f"{deck.digest}.words-{_WORDS_VERSION}.json")
    try:
        known = json.loads(noted.read_text(encoding="utf-8"))
        if known["digest"] == deck.digest:
            return dict(known)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        answer = _ask("words", str(deck.path), timeout_s=_WORDS_TIMEOUT_S)
    except ProcessError as error:
        raise _refused(deck.name, "damaged") from error
    answer["digest"] = deck.digest
    folder = noted.parent
    with tempfile.NamedTemporaryFile(
        "w", dir=folder, prefix=".noting-", delete=False, encoding="utf-8"
    ) as out:
        json.dump(answer, out)
    Path(out.name).replace(noted)
    return answer


def _ask(*arguments: str, timeout_s: float) -> dict[str, Any]:
    argv = (sys.executable, "-P", "-m", "ebrochure.ingest.pdf_child", *arguments)
    return dict(json.loads(run(argv, timeout_s=timeout_s, limits=_LIMITS).stdout))


def _words(page: dict[str, Any]) -> SlideWords:
    text = tidy(page["text"])
    return SlideWords(tidy_title(page["title"] or "") or tidy_title(text.partition("\n")[0]), text)


def _refused(name: str, problem: str) -> MaterialError:
    if problem == "password":
        message = f"`{name}` is locked with a password"
        return MaterialError.one("SLIDES_PASSWORD", message, file=name, hint="export it without one")
    if problem == "empty":
        message = f"`{name}` has no pages"
        return MaterialError.one("SLIDES_EMPTY", message, file=name, hint=_AS_PDF)
    message = f"`{name}` is damaged and cannot be read"
    return MaterialError.one("SLIDES_UNREADABLE", message, file=name, hint=_AS_PDF)


def _restricted(name: str) -> Finding:
    message = f"`{name}` says that it must not be copied or printed; it is shown all the same"
    return Finding("SLIDES_RESTRICTED", Level.WARN, message, name, None, "make sure that its author agrees")
