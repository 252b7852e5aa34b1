"""The gate before a PowerPoint file: a zip package looked through before anything parses it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level

MAX_ENTRIES = 10_000
MAX_INFLATED_BYTES = 500_000_000
MAX_XML_BYTES = 50_000_000
"""All XML parts together."""
MAX_RATIO = 200
"""Inflated to packed, for parts of more than a megabyte."""

_RATIO_FLOOR = 1_000_000
_PIECE = 1 << 16
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>", re.IGNORECASE)
_LINK_TYPE = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_SAFE_TARGET = re.compile(rb"Target\s*=\s*[\"'](https?://|mailto:|#)", re.IGNORECASE)
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def check_package(path: Path, *, name: str) -> tuple[Finding, ...]:
    """Refuse a package that is broken, hostile, or no presentation.

    Returns:
        What it holds that is left out: links to elsewhere.

    Raises:
        MaterialError: FILE_INCOMPLETE, ZIP_PATH, ZIP_BOMB, BAD_ZIP, NOT_SLIDES, SLIDES_MACRO, SLIDES_XML_DTD.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_entries(package.infolist(), name)
            _check_contents({entry.filename for entry in package.infolist()}, name)
            return _check_parts(package, name)
    except zipfile.BadZipFile as error:
        if "central directory" in str(error) or "not a zip" in str(error):
            raise _refused(
                "FILE_INCOMPLETE", name, "breaks off: its end is missing", "copy it again"
            ) from error
        raise _refused("BAD_ZIP", name, "is damaged or not what it claims to be", _SAVE_AGAIN) from error
    except (NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        raise _refused("BAD_ZIP", name, "cannot be unpacked", _SAVE_AGAIN) from error


def without_external(path: Path) -> bytes:
    """Return the package at `path`, checked before, with every relationship that leads out of it removed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            data = _inflated(package, entry)
            if entry.filename.endswith(".rels"):
                data = _EXTERNAL.sub(b"", data)
            copy.writestr(entry.filename, data)
    return out.getvalue()


_SAVE_AGAIN = "open it in PowerPoint and save it again as .pptx"


def _refused(code: str, name: str, said: str, hint: str) -> MaterialError:
    return MaterialError.one(code, f"`{name}` {said}", file=name, hint=hint)


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _refused(
            "ZIP_BOMB", name, f"holds {len(entries)} parts; at most {MAX_ENTRIES} are taken", _SAVE_AGAIN
        )
    if sum(entry.file_size for entry in entries) > MAX_INFLATED_BYTES:
        raise _refused("ZIP_BOMB", name, "would unpack to more than 500 MB", _SAVE_AGAIN)
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if (
            entry.filename.startswith("/")
            or ".." in parts
            or re.search(r"\\|^[A-Za-z]:|\0", entry.orig_filename)
        ):
            raise _refused("ZIP_PATH", name, "holds a part whose name leads out of it", _SAVE_AGAIN)
        if entry.file_size > _RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _refused("ZIP_BOMB", name, "holds a part that unpacks to far more than it is", _SAVE_AGAIN)


def _check_contents(names: set[str], name: str) -> None:
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        hint = "save it as .pptx, without macros"
        raise _refused("SLIDES_MACRO", name, "holds macros, which are programs", hint)
    if "ppt/presentation.xml" in names:
        return
    others = (
        ("word/", "a Word document"),
        ("xl/", "an Excel workbook"),
        ("content.xml", "an OpenDocument file"),
    )
    for start, kind in others:
        if any(part.startswith(start) for part in names):
            raise _refused("NOT_SLIDES", name, f"is {kind}, not a presentation", "export the slides as PDF")
    raise _refused("NOT_SLIDES", name, "is a zip file, not a presentation", "export the slides as PDF")


def _check_parts(package: zipfile.ZipFile, name: str) -> tuple[Finding, ...]:
    """Inflate every part once, so that later readers meet no part that is larger than it claims."""
    left = MAX_XML_BYTES
    outside = 0
    for entry in package.infolist():
        is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        left -= entry.file_size if is_xml else 0
        if left < 0:
            raise _refused("ZIP_BOMB", name, "holds more than 50 MB of XML", _SAVE_AGAIN)
        data = _inflated(package, entry, wanted=is_xml)
        # Without its NULs, UTF-16 reads like ASCII.
        if _DTD.search(data.replace(b"\0", b"")):
            raise _refused(
                "SLIDES_XML_DTD", name, "defines entities, which no presentation needs", _SAVE_AGAIN
            )
        if entry.filename.endswith(".rels"):
            outside += sum(not _is_plain_link(found) for found in _EXTERNAL.findall(data))
    if not outside:
        return ()
    message = f"`{name}` refers to {outside} things outside itself, which are left out"
    hint = "insert pictures and films into the presentation instead of linking them"
    return (Finding("SLIDES_EXTERNAL", Level.WARN, message, name, None, hint),)


def _inflated(package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, wanted: bool = True) -> bytes:
    """Return the content of a part that is wanted, and check the size and the sum of any.

    `ZipFile.read` inflates all there is before it looks at the declared size; pieces do not.
    """
    pieces = []
    with package.open(entry) as part:
        while piece := part.read(_PIECE):
            if wanted:
                pieces.append(piece)
    return b"".join(pieces)


def _is_plain_link(relationship: bytes) -> bool:
    return bool(_LINK_TYPE.search(relationship) and _SAFE_TARGET.search(relationship))
