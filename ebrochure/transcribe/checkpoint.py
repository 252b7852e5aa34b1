"""Whether a file of weights may be loaded: looked at as bytes, never unpickled."""

from __future__ import annotations

import hashlib
import io
import pickletools
import zipfile
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALLOWED_GLOBALS = frozenset(
    {
        "collections OrderedDict",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        *(
            f"torch {kind}Storage"
            for kind in (
                "Half",
                "Float",
                "Double",
                "BFloat16",
                "Char",
                "Byte",
                "Short",
                "Int",
                "Long",
                "Bool",
            )
        ),
    }
)
"""Everything a state dict needs to name. A pickle that names anything else wants to run something."""

MAX_PICKLE_BYTES = 64_000_000
"""The pickle of a checkpoint lists tensors and holds none of their data: a few hundred kilobytes."""


def require_trusted(path: Path) -> None:
    """Refuse a checkpoint that is anything but plain weights in torch's zip format.

    `whisper.load_model` passes `weights_only=True` to `torch.load`, which refuses the same; this look
    comes first, needs no torch, and does not depend on that flag staying where it is.

    Raises:
        MaterialError: ``MODEL_UNTRUSTED``.
    """
    try:
        foreign = sorted({name for name in _globals_of(path) if name not in ALLOWED_GLOBALS})
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise _refusal(path, f"it is no checkpoint in torch's zip format: {error}") from error
    if foreign:
        raise _refusal(path, f"it asks for `{foreign[0].replace(' ', '.')}`, which weights have no use for")


def fingerprint(path: Path) -> str:
    """Return what tells one checkpoint from another: size, first and last megabyte, as blake2b."""
    mega = 1 << 20
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(mega))
        file.seek(max(0, size - mega))
        digest.update(file.read(mega))
    return digest.hexdigest()


def _refusal(path: Path, reason: str) -> MaterialError:
    """Return the error for a file that is not to be loaded."""
    return MaterialError.one(
        "MODEL_UNTRUSTED",
        f"the Whisper model `{path.name}` was not loaded: {reason}",
        hint="use a model from Whisper's own list, or a checkpoint saved with torch.save from plain tensors",
    )


def _globals_of(path: Path) -> Iterator[str]:
    """Yield every ``module name`` that the pickle in the archive refers to, by disassembling it."""
    with zipfile.ZipFile(path) as archive:
        names = [item for item in archive.infolist() if item.filename.endswith("data.pkl")]
        if len(names) != 1:
            message = f"expected one `data.pkl`, found {len(names)}"
            raise ValueError(message)
        if names[0].file_size > MAX_PICKLE_BYTES:
            message = f"its `data.pkl` claims {names[0].file_size} bytes"
            raise ValueError(message)
        raw = archive.read(names[0])
    for opcode, argument, _position in pickletools.genops(io.BytesIO(raw)):
        if opcode.name in {"GLOBAL", "INST"}:
            yield str(argument)
        elif opcode.name in {"STACK_GLOBAL", "EXT1", "EXT2", "EXT4"}:
            # What these name is only known by running the pickle. torch.save has no use for them.
            yield "a hidden name"
