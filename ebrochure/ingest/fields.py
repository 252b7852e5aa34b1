"""The kinds of value a brochure's author writes, each with its own words for what was expected."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, LiteralString, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WrapValidator
from pydantic_core import PydanticCustomError

from ebrochure.ingest.schema import nearest
from ebrochure.ingest.text import one_line, without_invisible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidatorFunctionWrapHandler

E = TypeVar("E", bound=StrEnum)

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*")
_EMAIL = re.compile(r"[^\s@<>\"'(),:;]+@[^\s@<>\"'(),:;]+\.[A-Za-z0-9-]{2,}")
_WEB = re.compile(r"https://[^\s/?#@\\<>\"'`{}|^]+([/?#][^\s\\<>\"'`{}|^]*)?", re.IGNORECASE)
_SITE = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/(?!index\.)[a-z0-9_~-][a-z0-9._~-]*)*/?", re.IGNORECASE
)
_PHONE = re.compile(r"[0-9+()./ -]*[0-9][0-9+()./ -]*([a-zA-Z. ]{1,6}[0-9]+)?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_FOLDER_LEVELS = 2
MAX_URL = 2000
MAX_PARTS = 12
"""Files of one recording: all are opened at once when they are joined."""
BUILT_IN = "built-in"


def wrong(code: LiteralString, message: str, hint: str | None = None) -> PydanticCustomError:
    """Return the complaint that a field type raises; `message` is everything behind the key's name."""
    context = {"said": message} if hint is None else {"said": message, "hint": hint}
    return PydanticCustomError(code, "{said}", context)


def as_typed(value: object) -> str:
    """Return `value` if it is a single value, as it was typed."""
    if not isinstance(value, str):
        raise wrong(
            "META_TYPE", "expected one value, got a list or keys", "put it on the same line as its key"
        )
    return value


def line(most: int) -> BeforeValidator:
    """Accept one line of text of at most `most` characters."""

    def check(value: object) -> str:
        text = one_line(as_typed(value))
        if len(text) > most:
            raise wrong(
                "META_TOO_LONG", f"{len(text)} characters are too many; at most {most} fit", "say it shorter"
            )
        if not text:
            raise wrong("META_EMPTY", "there is no text in it", "write something, or leave the key out")
        return text

    return BeforeValidator(check)


def matching(pattern: re.Pattern[str], expected: str, *, hint: str | None = None) -> PlainValidator:
    """Accept a value that matches `pattern` from end to end."""

    def check(value: object) -> str:
        text = without_invisible(as_typed(value)).strip()
        if len(text) > MAX_URL or not pattern.fullmatch(text):
            raise wrong("META_TYPE", f"expected {expected}, got {shown(text)}", hint)
        return text

    return PlainValidator(check)


def choice(kind: type[E]) -> PlainValidator:
    """Accept one of the values of `kind`, whatever its capitals."""
    return one_of({str(item): item for item in kind})


V = TypeVar("V")


def one_of(choices: Mapping[str, V]) -> PlainValidator:
    """Accept one of the words of `choices`, whatever its capitals."""

    def check(value: object) -> V:
        text = one_line(as_typed(value)).casefold()
        if text not in choices:
            guess = nearest(text, choices)
            expected = ", ".join(f"`{name}`" for name in choices)
            hint = None if guess is None else f"did you mean `{guess}`?"
            raise wrong("META_TYPE", f"expected one of {expected}, got {shown(text)}", hint)
        return choices[text]

    return PlainValidator(check)


def shown(text: str) -> str:
    """Return `text` in backticks, cut to what a report needs."""
    text = one_line(text)
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"  # noqa: PLR2004  a glance's worth


def _date(value: object) -> dt.date:
    text = as_typed(value).strip()
    try:
        if found := _DATE.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise wrong("META_TYPE", f"expected a day such as `2026-10-01`, got {shown(text)}", "year, month, day")


def _day_or_month(value: object) -> str:
    text = as_typed(value).strip()
    if not _MONTH.fullmatch(text):
        try:
            _date(text)
        except PydanticCustomError:
            message = f"expected a month such as `2027-03` or a day such as `2027-03-15`, got {shown(text)}"
            raise wrong("META_TYPE", message) from None
    return text


def _figure(value: object) -> str:
    text = one_line(as_typed(value))
    if len(text) > 40 or not re.search(r"\d", text):  # noqa: PLR2004  a figure, not a sentence
        raise wrong("META_TYPE", f"expected a figure such as `99.2`, got {shown(text)}")
    return text


def _language(value: object) -> str:
    text = as_typed(value).strip()
    if _LANGUAGE.fullmatch(text) and is_language(text):
        return text
    code = _code_of(text)
    hint = f"did you mean `{code}`?" if code else "for example `en`, `de`, `fr-CA`"
    raise wrong("META_TYPE", f"expected a language code such as `en`, got {shown(text)}", hint)


def is_language(tag: str) -> bool:
    """Tell whether `tag` is a BCP 47 tag whose language is a known one."""
    return bool(_LANGUAGE.fullmatch(tag)) and tag.split("-", 1)[0].lower() in _languages()


def _languages() -> Mapping[str, str]:
    """Return every known language: its code, and its name in English."""
    from babel import Locale  # noqa: PLC0415  loads its tables

    return Locale("en").languages


def _code_of(name: str) -> str | None:
    names = {english.casefold(): code for code, english in _languages().items()}
    return names.get(name.casefold())


def _file_name(value: object) -> str:
    name = as_typed(value)
    if problem := path_problem(name):
        hint = "name a file that lies in this service's folder, such as `explainer.mp4`"
        raise wrong("META_PATH", f"{shown(name)} {problem}", hint)
    return name


def _file_names(value: object, each: ValidatorFunctionWrapHandler) -> tuple[str, ...]:
    """Take one name for a list of it alone."""
    if isinstance(value, str):
        return (_file_name(value),)
    names: tuple[str, ...] = each(value)
    if not names:
        raise wrong("META_EMPTY", "there is no file in the list", "name them in the order they are played")
    return names


def path_problem(name: str) -> str | None:
    """Say why `name` cannot be a file inside a service's folder; None where it can."""
    parts = name.split("/")
    if not name.strip():
        return "names no file"
    if name != without_invisible(name) or "\n" in name or "\t" in name or name != name.strip():
        return "has a line break, a control character or a space at its end"
    if "\\" in name or "://" in name or re.match(r"[A-Za-z]:", name):
        return "is an address or a path, not the name of a file in the folder"
    if name.startswith("/") or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the service's folder"
    if len(parts) > _FOLDER_LEVELS or len(name) > 255:  # noqa: PLR2004  what file systems hold
        return "lies too deep or is too long"
    return None


Title = Annotated[str, line(120)]
Summary = Annotated[str, line(400)]
ShortText = Annotated[str, line(80)]
LongText = Annotated[str, line(1000)]
Date = Annotated[dt.date, PlainValidator(_date)]
DayOrMonth = Annotated[str, PlainValidator(_day_or_month)]
Figure = Annotated[str, PlainValidator(_figure)]
Language = Annotated[str, PlainValidator(_language)]
FileName = Annotated[str, PlainValidator(_file_name)]
FileNames = Annotated[tuple[FileName, ...], Field(max_length=MAX_PARTS), WrapValidator(_file_names)]
Email = Annotated[str, matching(_EMAIL, "an e-mail address such as `name@example.org`")]
WebAddress = Annotated[str, matching(_WEB, "an address that begins with `https://`")]
SiteAddress = Annotated[
    str,
    matching(
        _SITE,
        "the address of a folder such as `https://brochures.example.org/`",
        hint="`https://` (or `http://` inside a house), plain letters, no `?`, no `#`, no name of a page",
    ),
    AfterValidator(lambda address: f"{address.rstrip('/')}/"),
]
Phone = Annotated[str, matching(_PHONE, "a telephone number")]

Survey = Annotated[
    str,
    matching(
        re.compile(f"{BUILT_IN}|{_WEB.pattern}", re.IGNORECASE),
        f"`{BUILT_IN}` or an address that begins with `https://`",
    ),
]
