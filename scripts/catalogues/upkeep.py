"""What the catalogues have to hold, read from the code, and what is wrong with one of them."""

from __future__ import annotations

import ast
import inspect
from gettext import c2py
from io import BytesIO
from itertools import pairwise
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from ebrochure.assemble.cardspec import CardWords
from ebrochure.publish.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

    from ebrochure.wording.phrases import Phrases

SPOKEN: tuple[type[Phrases], ...] = (Words, CardWords)
"""Everything that speaks."""
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: ebrochure\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"""
_LARGE = (*range(3, 201), 1_000_000)
"""Numbers that no language has a word of its own for: a form for them has to show them."""


def template() -> Catalog:
    """Return a catalogue of everything that is said, with nothing translated."""
    catalogue = Catalog(charset="utf-8")
    for kind in SPOKEN:
        notes = _docstrings(kind)
        for name, words in kind().each():
            catalogue.add(
                words if isinstance(words, str) else (words.one, words.other),
                context=f"{kind.part}.{name}",
                auto_comments=[notes[name]] if name in notes else [],
            )
    return catalogue


def new_catalogue(language: str) -> Catalog:
    """Return an empty catalogue."""
    return Catalog(language.replace("-", "_"), charset="utf-8", fuzzy=False)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file; when it was changed and by whom, the commits say."""
    file = BytesIO()
    write_po(file, catalogue, width=100, omit_header=True, ignore_obsolete=True)
    header = _HEADER.format(language=catalogue.locale_identifier, plural_forms=catalogue.plural_forms)
    return header.encode() + b"\n" + file.getvalue().lstrip()


def complaints(catalogue: Catalog) -> list[str]:
    """Tell what a catalogue lacks or has too much, and where its placeholders are not the English ones."""
    wanted = {(message.context, message.id): message for message in template() if message.id}
    there = {(message.context, message.id): message for message in catalogue if message.id}
    lacking = [message for key, message in wanted.items() if key not in there]
    unsaid = [message for key, message in there.items() if key not in wanted]
    return [
        *(f"lacks `{_name(message)}`" for message in lacking),
        *(
            f"has `{_name(message)}`, which nobody says"
            for message in (*unsaid, *catalogue.obsolete.values())
        ),
        *(
            f"{fault} in `{_name(message)}`"
            for key, message in there.items()
            if key in wanted
            for fault in _faults(message, catalogue)
        ),
    ]


def _name(message: Message) -> str:
    return f"{message.context}: {message.id if isinstance(message.id, str) else message.id[-1]}"


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy, to be read by a translator,"
    forms = (message.string,) if isinstance(message.string, str) else message.string
    if not all(forms):
        yield "not translated"
        return
    english = message.id if isinstance(message.id, str) else message.id[-1]
    for number, form in enumerate(forms):
        odd = _placeholders(form) ^ _placeholders(english)
        # "one result" and "two results" may be words, where the form is for that number alone.
        may_be_words = isinstance(message.id, tuple) and number not in _forms_of_large_numbers(catalogue)
        if odd - ({"count"} if may_be_words else set()):
            yield f"placeholders {sorted(odd)}"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _forms_of_large_numbers(catalogue: Catalog) -> set[int]:
    rule = c2py(catalogue.plural_expr)
    return {rule(number) for number in _LARGE}


def _docstrings(kind: type[Phrases]) -> dict[str, str]:
    """Return what is said of a class's fields in the strings below them."""
    body = ast.parse(inspect.getsource(kind)).body[0].body
    return {
        field.target.id: ast.literal_eval(note.value)
        for field, note in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr)
    }
