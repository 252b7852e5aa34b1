"""PDFium in a process of its own, whose memory and time are bounded by `deck_pdf`.

    python -m ebrochure.ingest.pdf_child words FILE
    python -m ebrochure.ingest.pdf_child draw FILE FOLDER PAGE:NAME ...

The child answers in JSON. A file that crashes or hangs it costs one deck and nothing else.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

MAX_SIDE = 1920
MIN_PAGE_PT = 20.0
MAX_TEXT = 20_000
_MAX_RECTS = 400
_TITLE_LINES = 3
_REASONS = {0: "empty", 4: "password"}
"""By PDFium's error code, fpdfview.h: a file without pages fails with FPDF_ERR_SUCCESS."""


def main(arguments: list[str]) -> None:
    """Read or draw one file, as the arguments say."""
    task, file, *rest = arguments
    answer = _words(file) if task == "words" else _draw(file, Path(rest[0]), rest[1:])
    sys.stdout.write(json.dumps(answer))


def _open(file: str) -> Any:  # noqa: ANN401  pypdfium2 has no types
    import pypdfium2  # noqa: PLC0415  only in the child

    return pypdfium2.PdfDocument(file)


def _words(file: str) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415  only in the child

    try:
        document = _open(file)
    except pypdfium2.PdfiumError as error:
        return {"error": _REASONS.get(error.err_code, "damaged")}
    is_restricted = pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document.raw) >= 0
    return {"pages": [_page_words(page) for page in document], "is_restricted": is_restricted}


def _page_words(page: Any) -> dict[str, Any]:  # noqa: ANN401
    width, height = page.get_size()
    text_page = page.get_textpage()
    text = text_page.get_text_range()[:MAX_TEXT]
    return {"width": width, "height": height, "text": text, "title": _largest_line(text_page)}


def _largest_line(text_page: Any) -> str | None:  # noqa: ANN401
    """Return the words in the largest letters: what everybody takes for the title."""
    lines = []
    for number in range(min(text_page.count_rects(), _MAX_RECTS)):
        left, bottom, right, top = text_page.get_rect(number)
        text = " ".join(text_page.get_text_bounded(left, bottom, right, top).split())
        if any(character.isalnum() for character in text):
            lines.append((top - bottom, text))
    if not lines:
        return None
    # A line without ascenders or descenders is lower than its neighbour of the same size.
    large = 0.7 * max(size for size, _ in lines)
    at = next(number for number, (size, _) in enumerate(lines) if size >= large)
    title = itertools.takewhile(lambda line: line[0] >= large, lines[at : at + _TITLE_LINES])
    return " ".join(words for _, words in title)


def _draw(file: str, folder: Path, wanted: list[str]) -> dict[str, Any]:
    document = _open(file)
    for item in wanted:
        number, _, name = item.partition(":")
        page = document[int(number)]
        width, height = page.get_size()
        scale = MAX_SIDE / max(width, height, MIN_PAGE_PT)
        image = page.render(scale=scale, draw_annots=False).to_pil().convert("RGB")
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        image.save(folder / name, "PNG")
        page.close()
    return {"pages": len(document)}


if __name__ == "__main__":
    main(sys.argv[1:])
