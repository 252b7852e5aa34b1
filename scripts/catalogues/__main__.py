"""Bring catalogues up to what the code says, and tell what is left to translate."""

from __future__ import annotations

import sys

from ebrochure.wording.catalogues import languages, path_of, read_catalogue
from scripts.catalogues.upkeep import complaints, new_catalogue, template, written


def main(wanted: list[str]) -> int:
    """Write the catalogues of `wanted`; return 1 while there is something to translate."""
    left = []
    for language in wanted or languages():
        catalogue = read_catalogue(language) if language in languages() else new_catalogue(language)
        catalogue.update(template())
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(catalogue))
        left += [f"{language}: {complaint}" for complaint in complaints(read_catalogue(language))]
    print("\n".join(left) or "Every phrase is translated.")
    return 1 if left else 0


sys.exit(main(sys.argv[1:]))
