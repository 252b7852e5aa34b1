"""`scripts/contact_sheets [DIR]`: one PNG for each world and height, drawn by the real code."""

from __future__ import annotations

import sys
from pathlib import Path

from frames import frames_of
from sheet import lay_out
from worlds import WORLDS

LINES = (720, 1080)


def main() -> int:
    """Draw the sheets into the folder that was named."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for world in WORLDS:
        for lines in LINES:
            path = out / f"{world.name}-{lines}.png"
            lay_out(f"{world.name}, {lines} lines", frames_of(world, lines)).save(path)
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
