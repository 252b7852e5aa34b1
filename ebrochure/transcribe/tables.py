"""Scripts in tables: ``| Picture | Narration |``, as audio-visual scripts are written."""

from __future__ import annotations

import re

ROW = re.compile(r"^\s*\|(.*)\|\s*$")
TABLE_RULE = re.compile(r"^:?-{1,}:?$")
"""A cell of the line under a table's head. Source: GitHub Flavored Markdown, section 4.10."""

SPOKEN_COLUMN = re.compile(
    r"^(?:script|narration|narrator|words|spoken(?: words)?|speech|audio|voice(?:[- ]?over)?|dialogue|text)$",
    re.IGNORECASE,
)
"""What the column is called that is spoken."""


def table_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row of a Markdown table, none where the line is no such row."""
    found = ROW.match(line)
    if found is None:
        return ()
    cells = re.split(r"(?<!\\)\|", found.group(1))
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)
