"""TTML in and out: its drafts and DFXP, TTML 1 and 2, IMSC, EBU-TT-D.

Read by hand on top of expat, because the libraries lose what this needs: pycaption passes nested
times over, ttconv knows no draft's namespace, logs a bad time and shows the text for ever, and
both drop who speaks and on which line. The tests hold it against ttconv. What is text, when it is
shown and where its lines end follows TTML1 (third edition, 8 November 2018); styling, regions and
pictures are left out.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from ebrochure.caption.formats.clock import clock
from ebrochure.caption.formats.model import Block, CaptionFormat, Reading, left_out
from ebrochure.caption.formats.plain import one_line, writable, written_lines
from ebrochure.caption.formats.ttml_paragraphs import Paragraphs, is_content
from ebrochure.caption.formats.ttml_times import rates
from ebrochure.caption.formats.ttml_tree import XML, Element, read_tree
from ebrochure.caption.languages import language_tag, same_language
from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.captions import Cue, Track

_NAME_TYPES = ("full", "alias", "other", "")
"""Which of an agent's names is shown, best first. Source: TTML1, section 12.1.6."""

_METADATA = re.compile(r".*#metadata|")


# --- writing ---------------------------------------------------------------------------------


def to_ttml(track: Track) -> str:
    """Return `track` as TTML 1 text that IMSC players take: one paragraph a cue, agents for speakers."""
    names = dict.fromkeys(one_line(cue.speaker) for cue in track.cues if cue.speaker and cue.speaker.strip())
    agents = {name: f"speaker-{number}" for number, name in enumerate(names, start=1)}
    named = "".join(
        f'\n      <ttm:agent xml:id="{key}" type="person">'
        f'<ttm:name type="full">{_escape(name)}</ttm:name></ttm:agent>'
        for name, key in agents.items()
    )
    metadata = f"\n    <metadata>{named}\n    </metadata>" if agents else ""
    body = "".join(f"\n      {_paragraph(cue, agents)}" for cue in track.cues)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"\n'
        '    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"\n'
        f'    ttp:timeBase="media" xml:lang="{_escape(track.language)}" xml:space="preserve">\n'
        f"  <head>{metadata}\n    <layout>\n"
        '      <region xml:id="bottom" tts:origin="10% 80%" tts:extent="80% 15%" tts:displayAlign="after"'
        ' tts:textAlign="center"/>\n'
        f'    </layout>\n  </head>\n  <body>\n    <div region="bottom">{body}\n    </div>\n  </body>\n</tt>\n'
    )


def _paragraph(cue: Cue, agents: dict[str, str]) -> str:
    speaker = agents.get(one_line(cue.speaker or ""))
    agent = f' ttm:agent="{speaker}"' if speaker else ""
    text = "<br/>".join(map(_escape, written_lines(cue.lines)))
    return f'<p begin="{clock(cue.time.start_ms)}" end="{clock(cue.time.end_ms)}"{agent}>{text}</p>'


def _escape(text: str) -> str:
    return html.escape(writable(text))


# --- reading ---------------------------------------------------------------------------------


def read_ttml(text: str, *, name: str) -> Reading:
    """Return what a TTML file holds.

    Raises:
        MaterialError: `CAPTIONS_XML` where it is no XML, `CAPTIONS_FORMAT` where it is other XML,
            `CAPTIONS_TIME` where it counts in times of day, `CAPTIONS_TOO_MANY` where it explodes.
    """
    root = read_tree(text, name=name)
    if root.name != "tt" or not is_content(root):
        message = f"`{name}` is XML but no TTML: it starts with `<{root.name[:40]}>`"
        hint = "export the captions as TTML, WebVTT or SRT"
        raise MaterialError.one("CAPTIONS_FORMAT", message, file=name, line=root.line, hint=hint)
    parameters = {
        key: value
        for (namespace, key), value in root.attributes.items()
        if not namespace or namespace.endswith("#parameter")
    }
    if parameters.get("timeBase") == "clock":
        message = f"`{name}` counts in times of day, which say nothing about a recording"
        hint = "export it with the time base `media`"
        raise MaterialError.one("CAPTIONS_TIME", message, file=name, line=root.line, hint=hint)
    found = Paragraphs(rates(parameters), _agents(root), name)
    found.read(root)
    given = language_tag(root.attributes.get((XML, "lang"), ""))
    blocks, language, others = _one_language(found.blocks, given)
    if others:
        kept, left = language or "no language", ", ".join(f"`{tag}`" for tag in others)
        message = f"there are texts in {left} beside `{kept}`"
        found.findings.append(left_out("CAPTIONS_LANGUAGES", message, name, root.line))
    return Reading(CaptionFormat.TTML, tuple(blocks), tuple(found.findings), language)


def _one_language(
    found: list[tuple[str | None, Block]], given: str | None
) -> tuple[list[Block], str | None, list[str]]:
    """Return the blocks of one language, which it is, and which others there are.

    The document's own language is kept where anything is in it, else that of the first text.
    """
    tags = list(dict.fromkeys(tag for tag, _ in found if tag))
    first = given if given and any(same_language(tag, given) for tag in tags) else next(iter(tags), given)
    if first is None:
        return [block for _, block in found], None, []
    kept = [block for tag, block in found if tag is None or same_language(tag, first)]
    return kept, first, [tag for tag in tags if not same_language(tag, first)]


def _agents(root: Element) -> dict[str, str]:
    """Return the names of the agents by their ids. Source: TTML1, sections 12.1.5 and 12.1.6."""
    agents = {}
    for element in _inside(root):
        if element.name != "agent" or not _METADATA.fullmatch(element.namespace):
            continue
        key = element.attributes.get((XML, "id")) or element.attributes.get(("", "id"))
        names = {
            child.attributes.get(("", "type"), ""): one_line(child.text())
            for child in element.elements()
            if child.name == "name"
        }
        parts = [names[kind] for kind in ("given", "family") if names.get(kind)]
        shown = next((names[kind] for kind in _NAME_TYPES if names.get(kind)), " ".join(parts))
        if key and shown:
            agents[key] = shown
    return agents


def _inside(element: Element) -> Iterator[Element]:
    """Yield every element of the heads, where agents are declared, at any depth."""
    waiting = [child for child in element.elements() if child.name == "head"]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += current.elements()
