"""What is looked at before a library reads an edit: anybody may have written it.

The library builds objects as deep as the file says and follows references in it. So it is given
JSON that was read, found shallow, and written again without what nobody here reads.
"""

from __future__ import annotations

import json
from typing import Any

from ebrochure.errors import MaterialError

MAX_BYTES = 16_000_000
"""An hour with a cut every second and all that programs note about it has a third of that."""
MAX_DEPTH = 40
"""Levels of lists and keys: a plain edit has 12."""
_UNREAD = frozenset({"metadata"})
_REFERENCE = "SerializableObjectRef"
_HINT = "export it again as OpenTimelineIO (.otio)"


def checked(data: bytes, *, file: str) -> str:
    """Return an edit as JSON that a library may read.

    Args:
        data: All of the file; more than `MAX_BYTES` are not looked at.
        file: Its name, for errors.

    Raises:
        MaterialError: EDIT_FORMAT: it is too large, no JSON, too deep, or refers to itself.
    """
    if len(data) > MAX_BYTES:
        raise refused(f"`{file}` has more than {MAX_BYTES // 10**6} MB, too many for an edit", file)
    try:
        return json.dumps(_plain(json.loads(data.decode("utf-8-sig")), file, MAX_DEPTH))
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:  # also text that is no UTF-8, and figures too long to be any
        raise refused(f"`{file}` is no edit: it cannot be read as JSON", file) from error


def refused(message: str, file: str, hint: str = _HINT) -> MaterialError:
    """Return the error of a file that is not what it should be."""
    return MaterialError.one("EDIT_FORMAT", message, file=file, hint=hint)


def _plain(value: Any, file: str, levels: int) -> Any:  # noqa: ANN401  any JSON there is
    if levels == 0:
        raise _too_deep(file)
    if isinstance(value, list):
        return [_plain(item, file, levels - 1) for item in value]
    if not isinstance(value, dict):
        return value
    if str(value.get("OTIO_SCHEMA")).startswith(_REFERENCE):
        raise refused(f"`{file}` refers to parts of itself, which no edit needs", file)
    return {key: _plain(item, file, levels - 1) for key, item in value.items() if key not in _UNREAD}


def _too_deep(file: str) -> MaterialError:
    return refused(f"`{file}` is nested too deeply for an edit", file)
