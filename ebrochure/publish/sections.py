"""The author's sections: each with its own place on the page, its words as safe HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.page import PageSection
from ebrochure.publish.markdown import markdown_html
from ebrochure.publish.places import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ebrochure.model.service import Section
    from ebrochure.publish.glossary import Explainer
    from ebrochure.publish.words import Words

_FIXED_ANCHORS = ("main", "measures", "milestones", "glossary", "contact", "help", "downloads")


def page_sections(
    sections: Sequence[Section], *, taken: Iterable[str], explainer: Explainer, words: Words
) -> tuple[PageSection, ...]:
    """Return the sections as a page has them.

    Args:
        sections: What the author wrote, in order.
        taken: Anchors that other parts of the page have, besides those that every page has.
        explainer: Explains the terms that were not explained before.
        words: The interface's.
    """
    used = {*_FIXED_ANCHORS, *taken}
    found = []
    for number, section in enumerate(sections, 1):
        anchor = wanted = slug(section.heading) or f"section-{number}"
        again = 1
        while anchor in used:
            again += 1
            anchor = f"{wanted}-{again}"
        used.add(anchor)
        body = markdown_html(section.markdown, table_label=words.table, explainer=explainer)
        found.append(PageSection(anchor, section.heading, body))
    return tuple(found)
