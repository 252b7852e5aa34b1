"""The store: an artifact is whole or absent, and never made twice from the same ingredients.

Layout below the store's root::

    <stage>/<key>/            one artifact: its files, value.json, manifest.json
    latest/<slot>/<stage>.json   which ingredients a slot was last made from: the source of every "why"
    .making-*/                work in progress; swept by whoever holds the build's lock
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import os
import shutil
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Generic, TypeVar

from ebrochure.errors import EbrochureError, StoreError
from ebrochure.model.manifest import Manifest
from ebrochure.model.service import SourceFile

logger = logging.getLogger(__name__)

T = TypeVar("T")

MANIFEST = "manifest.json"
VALUE = "value.json"
FIRST_BUILD = "first build"
"""Why something is made that never was before."""
_LONGEST_INGREDIENT = 120
_MOST_NAMED = 3
"""Reasons that are named; more are counted."""
_BLOCK_BYTES = 1 << 20

_being_made: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)
"""One maker at a time for each artifact: two services built at once may share a card or the same footage."""


class NotMade(EbrochureError):  # noqa: N818  it is an answer of a walk that may not make anything
    """An artifact is not there, and this store was opened only to look."""

    def __init__(self, stage: str, why: str) -> None:
        """Keep which stage it is and why it would be made."""
        Exception.__init__(self, stage, why)
        self.stage = stage
        self.why = why
        self.message = f"{stage}: {why}"
        self.hint = None


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What an artifact is made from; its key is nothing but that."""

    stage: str
    version: int
    """Raised when the stage's own code changes what it makes."""
    ingredients: Mapping[str, str]
    """By name: ``explainer.script.md``, ``delivery.crf``."""
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """How an author calls the file that an ingredient stands for: ``look.logo`` is ``logo.png``."""
    made: frozenset[str] = frozenset()
    """Ingredients that are artifacts themselves: what changed them is the better reason."""

    @classmethod
    def of(cls, stage: str, version: int, **ingredients: object) -> Step:
        """Flatten every ingredient, dataclasses field by field, so that none is forgotten.

        A path stands for the content of the file that it leads to.

        Raises:
            OSError: There is no file at a path.
            TypeError: An ingredient has no text of its own.
        """
        flat: dict[str, str] = {}
        files: dict[str, str] = {}
        made: set[str] = set()
        for name, value in ingredients.items():
            flat.update(_flattened(name, value))
            for inner, thing in _leaves(name, value):
                if isinstance(thing, SourceFile | Path):
                    files[inner] = thing.name
                elif isinstance(thing, Kept):
                    made.add(inner)
        return cls(stage, version, flat, files, frozenset(made))

    def why(self, before: Mapping[str, str]) -> str:
        """Say in the author's words what changed since it was made from `before`."""
        now = {**self.ingredients, "version": str(self.version)}
        changed = sorted({name for name in before.keys() | now.keys() if before.get(name) != now.get(name)})
        if not changed:
            return "its artifact was removed"
        if changed == ["version"]:
            return "ebrochure itself changed"
        named = [name for name in changed if name != "version"]
        causes = [name for name in named if name not in self.made] or named
        words = list(dict.fromkeys(self.files.get(name, name) for name in causes))
        rest = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
        return f"{', '.join(f'`{word}`' for word in words[:_MOST_NAMED])}{rest} changed"

    @property
    def key(self) -> str:
        """The artifact's address, 40 hexadecimal digits."""
        text = json.dumps([self.stage, self.version, dict(self.ingredients)], sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=20).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An artifact that is whole: what its maker returned, and a digest of all of it."""

    value: T
    digest: str


class Store:
    """A folder of finished artifacts."""

    def __init__(
        self,
        root: Path,
        *,
        may_make: Callable[[str], bool] = lambda _stage: True,
        on_make: Callable[[str, str], None] = lambda _stage, _why: None,
    ) -> None:
        """Open the store at `root`.

        Args:
            root: Folder of the store; made when it is first needed.
            may_make: Says of a stage whether a missing artifact may be made; if not, `once` raises `NotMade`.
            on_make: Told the stage and why, just before an artifact is made.
        """
        self.root = root
        self._may_make = may_make
        self._on_make = on_make

    def once(self, step: Step, kind: type[T], make: Callable[[Path], T], *, slot: str) -> Kept[T]:
        """Return the artifact of `step`, making it only when it is missing or damaged.

        Args:
            step: What it is made from.
            kind: Type of the value that `make` returns: a frozen dataclass, whose paths lie in the folder.
            make: Fills an empty folder and returns a value about it.
            slot: Whose artifact it is, ``remote-access/explainer``: to say why it is made again.

        Raises:
            NotMade: It is missing and may not be made.
            StoreError: The store's disk refuses.
        """
        entry = self.root / step.stage / step.key
        with _being_made[entry]:
            manifest = self._whole(entry)
            if manifest is None:
                why = self._why(step, slot, damaged=entry.exists())
                if not self._may_make(step.stage):
                    raise NotMade(step.stage, why)
                self._on_make(step.stage, why)
                manifest = self._make(step, entry, kind, make, why)
        self._remember(step, slot)
        text = (entry / VALUE).read_text(encoding="utf-8")
        value = _adapter(kind).validate_json(text)
        return Kept(moved(value, Path(), entry), _digest_of_files(manifest.files))

    def sweep(self) -> None:
        """Remove what interrupted builds left behind. Only the holder of the build's lock may."""
        if self.root.is_dir():
            for left in (*self.root.glob(".making-*"), *(self.root / "latest").rglob(".making-*")):
                if left.is_dir():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink(missing_ok=True)

    def _make(self, step: Step, entry: Path, kind: type[T], make: Callable[[Path], T], why: str) -> Manifest:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=".making-", dir=self.root))
        except OSError as error:
            raise _refused(self.root, error) from error
        try:
            value = make(making)
            text = _adapter(kind).dump_json(moved(value, making, Path()), indent=1)
            (making / VALUE).write_bytes(text)
            manifest = Manifest(step.stage, step.key, dict(step.ingredients), digests(making), why)
            (making / MANIFEST).write_bytes(_adapter(Manifest).dump_json(manifest, indent=1))
            sync_tree(making)
            _swap_in(making, entry)
        except OSError as error:
            raise _refused(self.root, error) from error
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return manifest

    def _whole(self, entry: Path) -> Manifest | None:
        """Return the manifest of an artifact that can be believed, None where it cannot."""
        try:
            manifest: Manifest = _adapter(Manifest).validate_json((entry / MANIFEST).read_bytes())
            found = digests(entry)
        except (OSError, ValueError):
            return None
        if found != manifest.files:
            logger.info("store: `%s` is damaged and will be made again", entry.name)
            return None
        return manifest

    def _why(self, step: Step, slot: str, *, damaged: bool) -> str:
        if damaged:
            return "the stored copy is damaged"
        try:
            before = json.loads(self._latest(step, slot).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return FIRST_BUILD
        return step.why(before)

    def _remember(self, step: Step, slot: str) -> None:
        text = json.dumps({**step.ingredients, "version": str(step.version)}, indent=1, sort_keys=True)
        path = self._latest(step, slot)
        try:
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                return
            if self._may_make(step.stage):
                write_whole(path, text.encode())
        except OSError as error:
            raise _refused(self.root, error) from error

    def _latest(self, step: Step, slot: str) -> Path:
        return self.root / "latest" / slot / f"{step.stage}.json"


def moved(value: T, old: Path, new: Path) -> T:
    """Return `value` with every path under the folder `old` led to the same place under `new`."""
    result: Any = value
    if isinstance(value, Path):
        result = new / value.relative_to(old) if value.is_relative_to(old) else value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        changed = {
            name: after for name, before in fields.items() if (after := moved(before, old, new)) != before
        }
        result = dataclasses.replace(value, **changed) if changed else value
    elif isinstance(value, tuple):
        result = tuple(moved(item, old, new) for item in value)
    return result  # type: ignore[no-any-return]


def digest_file(path: Path) -> str:
    """Return the blake2b digest of a file's content, 40 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=20)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """Digest every file below `folder` but its manifest, by its path inside."""
    return {
        path.relative_to(folder).as_posix(): digest_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is seen whole or not at all, even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".making-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_path(path.parent)


def sync_path(path: Path) -> None:
    """Have the disk keep a file's content or a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have the disk keep every file and folder below `folder`, and itself."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            sync_path(path)
    sync_path(folder)


def _swap_in(making: Path, entry: Path) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True)
    if entry.exists():  # damaged, or made by somebody else at the same time
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=making.parent))
        entry.replace(aside / entry.name)
        shutil.rmtree(aside, ignore_errors=True)
    making.chmod(0o755)  # mkdtemp makes it private; a web server may have to read a published copy
    making.replace(entry)
    sync_path(entry.parent)


def _flattened(name: str, value: object) -> dict[str, str]:
    return {inner: _text(inner, thing) for inner, thing in _leaves(name, value)}


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield the parts of an ingredient that have one text each, with their names."""
    if isinstance(value, Path | SourceFile | Kept):
        yield name, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            yield from _leaves(f"{name}.{item.name}", getattr(value, item.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(str(key), item)
    else:
        yield name, value


def _text(name: str, value: object) -> str:
    if isinstance(value, Path):
        return digest_file(value)
    if isinstance(value, SourceFile | Kept):
        return value.digest
    if isinstance(value, tuple):
        parts = [_flattened(f"{name}[{number}]", item) for number, item in enumerate(value)]
        return _shortened(json.dumps(parts, sort_keys=True))
    if value is None or isinstance(value, str | int | float | Fraction | Enum):
        return _shortened(str(value))
    msg = f"the ingredient `{name}` is a {type(value).__name__}, which has no text of its own"
    raise TypeError(msg)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_INGREDIENT:
        return text
    return hashlib.blake2b(text.encode(), digest_size=20).hexdigest()


def _digest_of_files(files: Mapping[str, str]) -> str:
    text = json.dumps(dict(files), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=20).hexdigest()


def _refused(root: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the store `{root}` cannot be used: {error.strerror or error}",
        "free some space or mend the folder's rights, then build again: nothing is lost",
    )


_ADAPTERS: dict[type, Any] = {}


def _adapter(kind: type) -> Any:  # noqa: ANN401  pydantic's adapter is generic over what it is asked for
    """Return the JSON reader and writer of a type, made once."""
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter  # noqa: PLC0415  half the start-up time, not needed for --help

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
