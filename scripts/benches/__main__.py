"""`scripts/bench NAME…`: run benches, print a table; exit 1 where a target is missed."""

from __future__ import annotations

import argparse
import importlib
import sys

from measure import Row, as_json, table

BENCHES = {
    "startup": "what `import ebrochure` and `ebrochure --help` cost",
    "captions": "onsets, what was left out or added, rules, line breaks and cost, against what is known",
    "slides": "when slides come, against talks whose slides' times are known",
    "forecast": "the time left, as it is said, against the time that was left in truth",
    "delivery": "what is offered beside a video, and a quick look, against what they spare",
    "jobs": "two services built at once, against one after the other",
    "search": "what a query over 500 services loads and how soon it answers, against three libraries",
    "render": "all that a render is held to; the two that follow are part of it",
    "smart": "a render that copies what nothing lies over, against one plain transcode",
    "memory": "what a whole build takes at its peak",
}

_PARTS = ("smart", "memory")
"""Of another bench; by themselves only where they are asked for."""


def main() -> int:
    """Run the benches that were asked for."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure what the project promises.",
        epilog="; ".join(f"{name}: {what}" for name, what in BENCHES.items()),
    )
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help="default: all")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.names or (name for name in BENCHES if name not in _PARTS):
        print(f"measuring {name}: {BENCHES[name]} …", file=sys.stderr)
        rows.extend(importlib.import_module(name).rows())
    print(as_json(rows) if options.json else table(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
