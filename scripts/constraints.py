"""Print the exact versions of everything the project needs, as they are in this environment.

How `constraints.txt` is made, from an environment in which all tests passed:

    .venv/bin/python scripts/constraints.py > constraints.txt
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "ebrochure"
HEADER = """\
# The exact versions with which all tests passed. `pip install -c constraints.txt -e .` reads them as limits:
# a package named here is installed in this version if it is needed, and not at all if it is not.
# Made by `.venv/bin/python scripts/constraints.py > constraints.txt`. torch's own companions (triton,
# nvidia-*) are left out: which of them are wanted depends on the build of torch that a machine gets."""

_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_LEFT_OUT = re.compile(r"^(triton|nvidia-.*|cuda-.*|pip|wheel)$")


def needed(name: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of everything that `name` needs here, whatever extra asked for it."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen or _LEFT_OUT.match(key):
        return
    seen.add(key)
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return  # an extra or a platform that this environment does without
    yield key, found.version.partition("+")[0]
    for requirement in found.requires or ():
        match = _NAME.match(requirement)
        if match:
            yield from needed(match.group(), seen)


def main() -> None:
    """Print the file."""
    print(HEADER)
    for name, version in sorted(needed(ROOT, set())):
        if name != ROOT:
            print(f"{name}=={version}")


if __name__ == "__main__":
    main()
