"""From `Page` and `Index` to files: jinja2 with autoescape, and nothing that a template did not get.

A folder of templates replaces ours file by file; what it lacks is taken from those that are shipped, and a
replaced one is still to be had as ``shipped/<name>``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape
from rjsmin import jsmin

from ebrochure.model.writing import clock
from ebrochure.publish.amounts import length_text, number_text, size_text
from ebrochure.publish.dates import direction_of, open_graph_locale
from ebrochure.publish.linkeddata import linked_data
from ebrochure.publish.places import embed_href, oembed_href
from ebrochure.publish.words import words_for
from ebrochure.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2.runtime import Context

    from ebrochure.model.brand import Roles
    from ebrochure.model.page import Index, Page, PageVersion, PageVideo, SiteFrame

# `file:` stands beside 'self' because browsers disagree on what 'self' is for a page opened from a
# disk. It gives a page on a web server nothing: no browser lets such a page load a local file.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self' file:" for kind in ("script", "style", "img", "font", "media")),
        "connect-src 'self'",  # no page of ours asks for anything; tools that judge pages read robots.txt so
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNJOINED = "\u200c"
"""Zero width non-joiner: two initials in Arabic are not a word."""
_Amount = TypeVar("_Amount")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, escaped or not. Source: XML 1.0, section 2.2."""
_ENDS_SCRIPT = re.compile(r"<(?=/?script|!--)", re.IGNORECASE)


def render_page(page: Page, templates: Path | None = None) -> str:
    """Return a service's page as HTML.

    Args:
        page: Everything it says.
        templates: Folder whose files replace ours one by one.
    """
    template = _environment(templates).get_template("brochure.html.j2")
    return template.render(
        page=page,
        linked_data=linked_data(page),
        is_heard=_is_page_heard(page),
        **_common(page.frame, page.language),
    )


def render_embedded(
    page: Page, video: PageVideo, templates: Path | None = None, *, version: PageVersion | None = None
) -> str:
    """Return one video alone as HTML, to be shown inside another page; or a version of it, on its own."""
    template = _environment(templates).get_template("embed.html.j2")
    common = _common(page.frame, page.language)
    return template.render(page=page, video=video, version=version, is_heard=False, **common)


def render_transcript(page: Page, templates: Path | None = None) -> str:
    """Return a service's transcripts as a page of their own, to be read and printed."""
    template = _environment(templates).get_template("transcript.html.j2")
    return template.render(page=page, is_heard=_is_page_heard(page), **_common(page.frame, page.language))


def render_index(index: Index, templates: Path | None = None) -> str:
    """Return the front page as HTML."""
    template = _environment(templates).get_template("index.html.j2")
    heard = is_heard(index)
    return template.render(index=index, is_heard=heard, **_common(index.frame, index.frame.language))


def _is_page_heard(page: Page) -> bool:
    return any(video.sound for video in page.videos)


def is_heard(index: Index) -> bool:
    """Tell whether there is anything that a podcast could be made of."""
    return any(video.sound for entry in index.entries for video in entry.videos)


def render_feed(name: str, index: Index, templates: Path | None = None, **decided: object) -> str:
    """Return a file for feed readers or search engines as XML.

    Args:
        name: The file's, ``feed.atom``.
        index: All services.
        templates: Folder whose files replace ours one by one.
        decided: What else this template may see.
    """
    environment = _environment(templates).overlay(finalize=_without_controls)
    template = environment.get_template(f"{name}.j2")
    return template.render(index=index, **decided, **_common(index.frame, index.frame.language))


def render_stylesheet(frame: SiteFrame, templates: Path | None = None) -> str:
    """Return the site's stylesheet in the brand's colours and letters.

    Args:
        frame: The brand as the front page sees it; the stylesheet stands in `static`.
        templates: Folder whose files replace ours one by one.
    """
    template = _environment(templates).get_template("site.css.j2")
    regular_href, bold_href = (href.removeprefix("static/") for href in frame.font_hrefs)
    css = template.render(
        family=re.sub(r"[^\w -]", "", frame.typeface_family),
        regular_href=regular_href,
        bold_href=bold_href,
        light=_roles(frame.light),
        dark=_roles(frame.dark),
        logo_needs_plate=frame.logo_href is not None and frame.logo_dark_href is None,
    )
    return _closed_up(css)


def render_front_stylesheet(templates: Path | None = None) -> str:
    """Return what the front page has beside the site's stylesheet: no other page waits for it."""
    return _closed_up(_environment(templates).get_template("front.css.j2").render())


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
    return str(jsmin(environment.loader.get_source(environment, name)[0]))


def _common(frame: SiteFrame, language: str) -> dict[str, object]:
    words = words_for(language)
    speaks_otherwise = words.language != language
    return {
        "frame": frame,
        "language": language,
        "words": words,
        # On elements whose words are the interface's: a screen reader changes its voice, a sentence its way.
        "ui": _speech(words.language) if speaks_otherwise else "",
        # On boxes that hold such elements: they keep the page's way.
        "ui_voice": Markup(' lang="{}"').format(words.language) if speaks_otherwise else "",
        # On an author's words inside a sentence of the interface: there the voice changes back.
        "own": _speech(language) if speaks_otherwise else "",
        "frame_direction": direction_of(frame.language),
        "policy": CONTENT_POLICY,
    }


@lru_cache(maxsize=4)  # templates are compiled once for a whole site; changed files are noticed
def _environment(templates: Path | None) -> Environment:
    ours = FileSystemLoader(shipped("templates"))
    theirs = [] if templates is None else [FileSystemLoader(templates)]
    environment = Environment(
        loader=ChoiceLoader([*theirs, ours, PrefixLoader({"shipped": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "clock": clock,
        "length_text": _as_read(length_text),
        "size_text": _as_read(size_text),
        "number_text": _as_read(number_text),
        "speech": _speech_elsewhere,
        "fill": _fill,
        "safe_html": Markup,
        "embed_href": embed_href,
        "oembed_href": oembed_href,
        "open_graph_locale": open_graph_locale,
        "data_block": _data_block,
        "initials": _initials,
        "phone_link": lambda number: re.sub(r"[^\d+*#]", "", number).replace("#", "%23"),
        "unbroken": lambda number: number.replace(" ", "\u00a0").replace("-", "\u2011"),
    }
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # `tojson` escapes what ends a script
    return environment


def _without_controls(value: object) -> object:
    """Drop what XML cannot hold from what a template is about to write."""
    if isinstance(value, Markup):
        return value
    return _NO_XML.sub("", value) if isinstance(value, str) else value


def _data_block(text: str) -> Markup:
    """Let `text` stand inside a `<script>` that is not run, where entities are not read."""
    return Markup(_ENDS_SCRIPT.sub("&lt;", text))  # noqa: S704  made safe in this line


def _speech(language: str) -> Markup:
    """Return the attributes of words in `language`: how a screen reader says them, and which way they run."""
    return Markup(' lang="{}" dir="{}"').format(language, direction_of(language))


@pass_context
def _speech_elsewhere(context: Context, language: str) -> Markup:
    """Return the attributes of words in `language` on a page that may be in another."""
    return Markup() if language == context["language"] else _speech(language)


@pass_context
def _fill(context: Context, sentence: str, **parts: object) -> Markup:
    """Put the author's words, a day or an element into a sentence of the interface.

    Each stands apart: a name in Latin letters must not turn the words of an Arabic sentence around.
    """
    own = context["own"]
    apart = {name: Markup("<bdi{}>{}</bdi>").format(own, part) for name, part in parts.items()}
    return escape(sentence).format(**apart)


def _as_read(text: Callable[[_Amount, str], str]) -> Callable[[Context, _Amount], str]:
    """Make a filter of what tells an amount in a language: that of the interface."""

    @pass_context
    def told(context: Context, amount: _Amount) -> str:
        return text(amount, context["words"].language)

    return told


def _initials(name: str) -> str:
    """Return the first letters of a name's first and last word, unjoined where a script would join them."""
    parts = name.split()
    return _UNJOINED.join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


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


def _closed_up(css: str) -> str:
    """Drop the comments and spaces of a stylesheet that mean nothing; those of selectors and sums stay."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css).replace(": ", ":").replace(";}", "}")
    return css.replace("}", "}\n").lstrip()
