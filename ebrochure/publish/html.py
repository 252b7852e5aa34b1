"""From `Page` and `Index` to files: jinja2 with autoescape, and nothing that a template did not get.

A folder of templates replaces ours file by file; what it lacks is taken from those that are shipped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ebrochure.model.writing import clock
from ebrochure.publish.dates import direction_of
from ebrochure.publish.words import length_text, size_text, words_for
from ebrochure.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.brand import Roles
    from ebrochure.model.page import Index, Page, SiteFrame

# `file:` stands beside 'self' because browsers disagree on what 'self' is for a page opened from a
# disk. It gives a page on a web server nothing: no browser lets such a page load a local file.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self' file:" for kind in ("script", "style", "img", "font", "media")),
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ENDS_SCRIPT = re.compile(r"<(?=/?script|!--)", re.IGNORECASE)


def render_page(page: Page, templates: Path | None = None) -> str:
    """Return a service's page as HTML.

    Args:
        page: Everything it says.
        templates: Folder whose files replace ours one by one.
    """
    template = _environment(templates).get_template("brochure.html.j2")
    return template.render(page=page, **_common(page.frame, page.language))


def render_index(index: Index, templates: Path | None = None) -> str:
    """Return the front page as HTML."""
    template = _environment(templates).get_template("index.html.j2")
    return template.render(index=index, **_common(index.frame, index.frame.language))


def render_stylesheet(frame: SiteFrame, fonts: tuple[str, str], templates: Path | None = None) -> str:
    """Return the site's stylesheet in the brand's colours and letters.

    Args:
        frame: The brand as pages see it.
        fonts: Links from the stylesheet to the regular and the bold letters.
        templates: Folder whose files replace ours one by one.
    """
    template = _environment(templates).get_template("site.css.j2")
    css = template.render(
        family=re.sub(r"[^\w -]", "", frame.typeface_family),
        regular_href=fonts[0],
        bold_href=fonts[1],
        light=_roles(frame.light),
        dark=_roles(frame.dark),
        logo_needs_plate=frame.logo_href is not None and frame.logo_dark_href is None,
    )
    return _closed_up(_without_comments(css))


def render_front_stylesheet(templates: Path | None = None) -> str:
    """Return what the front page has beside the site's stylesheet: no other page waits for it."""
    return _closed_up(_without_comments(_environment(templates).get_template("front.css.j2").render()))


def render_icon(frame: SiteFrame, templates: Path | None = None) -> str:
    """Return the little picture in a browser's tab: the organisation's first letter on the brand's colour."""
    roles = _roles(frame.light)
    letter = next((sign for sign in frame.organisation if sign.isalnum()), "").upper()
    template = _environment(templates).get_template("icon.svg.j2")
    return template.render(letter=letter, accent=roles["accent"], on_accent=roles["on_accent"])


def script(name: str, templates: Path | None = None) -> str:
    """Return one of the site's scripts, such as `player.js`."""
    environment = _environment(templates)
    if environment.loader is None:  # pragma: no cover  for the type checker: it was given one above
        raise AssertionError
    return _without_comments(environment.loader.get_source(environment, name)[0])


def _common(frame: SiteFrame, language: str) -> dict[str, object]:
    words = words_for(language)
    speaks_otherwise = language.lower().partition("-")[0] != words.language
    return {
        "frame": frame,
        "words": words,
        # On elements whose words are the interface's: a screen reader changes its voice, a sentence its way.
        "ui": Markup(' lang="{}" dir="ltr"').format(words.language) if speaks_otherwise else "",
        # On boxes that hold such elements: they keep the page's way.
        "ui_voice": Markup(' lang="{}"').format(words.language) if speaks_otherwise else "",
        "frame_direction": direction_of(frame.language),
        "policy": CONTENT_POLICY,
    }


@lru_cache(maxsize=4)  # templates are compiled once for a whole site; changed files are noticed
def _environment(templates: Path | None) -> Environment:
    folders = [folder for folder in (templates, shipped("templates")) if folder is not None]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "clock": clock,
        "length_text": length_text,
        "size_text": size_text,
        "safe_html": Markup,
        "data_block": _data_block,
        "initials": _initials,
        "phone_link": lambda number: re.sub(r"[^\d+*#]", "", number).replace("#", "%23"),
        "unbroken": lambda number: number.replace(" ", "\u00a0").replace("-", "\u2011"),
    }
    return environment


def _data_block(text: str) -> Markup:
    """Let `text` stand inside a `<script>` that is not run, where entities are not read."""
    return Markup(_ENDS_SCRIPT.sub("&lt;", text))  # noqa: S704  made safe in this line


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def _roles(roles: Roles) -> dict[str, str]:
    """Return a theme's colours by role.

    Raises:
        ValueError: One of them is no colour: it would be read as code by a browser.
    """
    names = (
        *("background", "surface", "text", "text_muted", "link", "border", "focus", "accent", "on_accent"),
        "highlight",
    )
    found = {name: getattr(roles, name) for name in names}
    found["highlight"] = found["highlight"] or roles.accent
    for name, colour in found.items():
        if not _COLOUR.fullmatch(colour):
            raise ValueError(f"expected a colour like `#0b5c5e` for `{name}`, got `{colour}`")
    return found


def _without_comments(code: str) -> str:
    """Drop indents, empty lines and whole-line comments: written for people, sent to browsers."""
    code = re.sub(r"^\s*/\*.*?\*/\s*$", "", code, flags=re.MULTILINE | re.DOTALL)
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _closed_up(css: str) -> str:
    """Drop the spaces of a stylesheet that mean nothing; those of selectors and sums stay."""
    css = re.sub(r"\s*([{};,])\s*", r"\1", css).replace(": ", ":").replace(";}", "}")
    return css.replace("}", "}\n")
