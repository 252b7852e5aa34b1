"""What starting costs: `import ebrochure` and `ebrochure --help`, in a fresh interpreter."""

from __future__ import annotations

import sys

from measure import Row, medians_of

from ebrochure.media import process

ROUNDS = 7
TARGET_S = 0.3


def rows() -> tuple[Row, ...]:
    """Measure both, in turns."""
    imported, helped = medians_of(ROUNDS, _importing, _helping)
    return tuple(
        Row(f"{name}, CPU seconds", f"<= {TARGET_S}", f"{figure:.2f}", figure <= TARGET_S)
        for name, figure in (("import ebrochure", imported), ("ebrochure --help", helped))
    )


def _importing() -> None:
    process.run([sys.executable, "-c", "import ebrochure"], timeout_s=60)


def _helping() -> None:
    process.run([sys.executable, "-m", "ebrochure", "--help"], timeout_s=60)
