"""YAML: read as it was typed, refused in words that a writer understands."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.errors import MaterialError
from ebrochure.ingest.text import clean, decode
from ebrochure.ingest.yaml import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, read_yaml

if TYPE_CHECKING:
    from ebrochure.model.findings import Finding


def values(text: str) -> dict[str, str]:
    root, _ = read_yaml(text, file="brochure.md")
    return {key.text: value.text for key, value in root.entries if isinstance(value, Scalar)}


def refusals(text: str, first_line: int = 1) -> tuple[Finding, ...]:
    with pytest.raises(MaterialError) as caught:
        read_yaml(text, file="brochure.md", first_line=first_line)
    return caught.value.findings


@pytest.mark.parametrize(
    "typed", ["NO", "007", "12:30", "1.10", "0800123", "true", "2026-10-01", "1e3", "0x1F", ".nan", "Null"]
)
def test_a_value_stays_what_was_typed(typed: str) -> None:
    assert values(f"key: {typed}") == {"key": typed}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_nothing_typed_is_nothing(typed: str) -> None:
    root, _ = read_yaml(f"key: {typed}\nother: x", file="brochure.md")
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.is_empty


def test_quoted_nothing_is_a_text() -> None:
    root, _ = read_yaml('key: "null"', file="brochure.md")
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    assert not value.is_empty


def test_every_node_knows_its_line_in_the_file() -> None:
    root, _ = read_yaml("title: A\n\nvideos:\n  - file: a.mp4\n  - file: b.mp4\n", file="f", first_line=2)
    videos = dict((key.text, value) for key, value in root.entries)["videos"]  # noqa: C402  reads as a mapping
    assert [entry[0].line for entry in root.entries] == [2, 4]
    assert [item.line for item in videos.items] == [5, 6]  # type: ignore[union-attr]


def test_an_empty_document_holds_no_keys() -> None:
    assert read_yaml("# only a remark\n", file="f")[0] == Mapping((), 1)


ACCIDENTS = {
    "a tab": ("brand:\n\tprimary: x\n", 2, "TAB"),
    "a no-break space": ("brand:\n\u00a0 primary: x\n", 2, "no-break space"),
    "curly quotes": ("title: \u201cVPN: secure\u201d\n", 1, "curly quotes"),
    "a second colon": ("a: b\ntitle: VPN: secure\n", 2, "second colon"),
    "a deeper line": ('brand:\n  primary: "x"\n   second: "y"\n', 3, "indented differently"),
    "a shallower line": ("brand:\n  primary: x\n second: y\n", 3, "indented differently"),
    "a child of a value": ("a: x\n  b: y\n", 2, "indented differently"),
    "an open quote": ("a: x\ntitle: 'never closed\nb: c\n", 2, "never closed"),
    "an open bracket": ("a: {b: c\nd: e\n", 1, "bracket"),
    "a forbidden start": ("a: @home\n", 1, "cannot begin"),
    "a line without a colon": ("a: b\ntitle\nc: d\n", 2, "no colon"),
    "no colon on the first line": ("title\nb: c\n", 1, "no colon"),
    "a list behind a key": ("a: - b\n", 1, "list cannot begin"),
    "text after a quote": ('a: "x" y\n', 1, "after the closing quote"),
    "a Windows path": ('a: "C:\\Users"\n', 1, "backslash"),
}


@pytest.mark.parametrize(("text", "line", "words"), ACCIDENTS.values(), ids=ACCIDENTS.keys())
def test_an_accident_is_told_by_its_line_and_in_plain_words(text: str, line: int, words: str) -> None:
    (finding,) = refusals(text, first_line=2)
    assert finding.code == "META_SYNTAX"
    assert finding.line == line + 1
    assert words in finding.message
    assert finding.hint
    assert "mapping" not in finding.message
    assert "token" not in finding.message


def test_a_reference_is_refused_and_quotes_are_the_way_out() -> None:
    codes = {finding.code for finding in refusals("a: &x 1\nb: *x\n")}
    assert codes == {"META_ALIAS"}


def test_emphasis_typed_into_a_value_is_told_as_a_line_to_quote() -> None:
    finding = refusals("title: *important* news\n")[-1]
    assert finding.line == 1
    assert "quotes" in str(finding.hint)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: !!python/object:os.system x\n", "META_TAG"),
        ("<<: {a: b}\n", "META_ALIAS"),
        ("- a\n- b\n", "META_SHAPE"),
        ("just words\n", "META_SHAPE"),
        ("a: b\n---\nc: d\n", "META_SHAPE"),
        ("{a: b}: c\n", "META_SHAPE"),
        ("a: " + "x" * MAX_BYTES, "META_TOO_LONG"),
    ],
)
def test_what_no_brochure_needs_is_refused(text: str, code: str) -> None:
    assert refusals(text)[0].code == code


def test_a_key_given_twice_names_both_lines() -> None:
    (finding,) = refusals("title: A\nowner: B\ntitle: C\n")
    assert finding.code == "META_DUPLICATE_KEY"
    assert "lines 1 and 3" in finding.message


def test_eight_levels_are_read_and_nine_are_not() -> None:
    read_yaml("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1), file="f")
    assert refusals("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)[0].code == "META_DEPTH"


def test_twenty_thousand_levels_end_in_a_sentence() -> None:
    assert refusals("a: " + "[" * 20_000)[0].code == "META_DEPTH"


@pytest.mark.alone
def test_a_billion_laughs_costs_neither_time_nor_memory() -> None:
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    tracemalloc.start()
    began_s = time.perf_counter()
    codes = {finding.code for finding in refusals("\n".join(rows))}
    took_s = time.perf_counter() - began_s
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes == {"META_ALIAS"}
    assert took_s < 1  # 50 ms without the measuring
    assert peak < 50_000_000


@pytest.mark.parametrize(
    ("text", "dropped"), [("t: Team #1 tools", "#1 tools"), ("t: #1 in safety", "#1 in safety")]
)
def test_text_dropped_behind_a_hash_is_told(text: str, dropped: str) -> None:
    _, (finding,) = read_yaml(f"a: b\n{text}\nc: d", file="f")
    assert finding.code == "META_HASH"
    assert finding.line == 2
    assert dropped in finding.message


@pytest.mark.parametrize(
    "text", ["status: live   # planned | live", 't: "Team #1"', "t: C#", "# a remark\nt: x"]
)
def test_a_remark_is_none_of_our_business(text: str) -> None:
    assert read_yaml(text, file="f")[1] == ()


def test_bytes_of_an_old_code_page_are_told_with_their_line() -> None:
    with pytest.raises(MaterialError) as caught:
        decode("a: b\ntitle: Größe".encode("latin-1"), file="f")
    (finding,) = caught.value.findings
    assert (finding.code, finding.line) == ("META_ENCODING", 2)
    assert "UTF-8" in str(finding.hint)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_notepad_and_old_macs_are_read(encoding: str, end: str) -> None:
    data = end.join(["title: Größe", "owner: B"]).encode(encoding)
    assert decode(data, file="f") == "title: Größe\nowner: B"


@pytest.mark.parametrize("data", [b"a\0b", "a: b".encode("utf-16-le")])
def test_a_nul_is_no_text(data: bytes) -> None:
    with pytest.raises(MaterialError, match="NUL"):
        decode(data, file="f")


def test_characters_that_turn_a_title_round_are_taken_out_and_told() -> None:
    text, (finding,) = clean("a: b\ntitle: secu\u202ere\u0007", file="f")
    assert text == "a: b\ntitle: secure"
    assert (finding.code, finding.line) == ("META_CONTROL", 2)


def test_joiners_that_languages_need_stay() -> None:
    words = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean(words, file="f") == (words, ())


def read_or_refused(text: str) -> tuple[Finding, ...]:
    """Read `text` and return what was said against it."""
    try:
        cleaned, _ = clean(decode(text.encode(), file="f"), file="f")
        read_yaml(cleaned, file="f")
    except MaterialError as error:
        return error.findings
    return ()


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
    | st.text(alphabet=st.sampled_from("ab:- \n\t\"'{}[]#&*!|>%@`,?"), max_size=60)
)
def test_any_jumble_is_read_or_refused_in_a_sentence_with_its_line(text: str) -> None:
    for finding in read_or_refused(text):
        assert finding.message
        assert finding.file == "f"
        assert finding.line is not None
        assert finding.line >= 1
