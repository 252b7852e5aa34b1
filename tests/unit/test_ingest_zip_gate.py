"""The gate before PowerPoint files."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.zip_gate import check_package, without_external
from tests.fixtures.workspace import pptx_bytes, zip_bytes

if TYPE_CHECKING:
    from pathlib import Path

DECK = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
RELATIONSHIP = '<Relationship Id="r1" Type="http://x/{}" Target="{}" TargetMode="External"/>'


def relations(*pairs: tuple[str, str]) -> str:
    return f"<Relationships>{''.join(RELATIONSHIP.format(*pair) for pair in pairs)}</Relationships>"


def checked(folder: Path, data: bytes) -> list[str]:
    (folder / "a.pptx").write_bytes(data)
    return [item.code for item in check_package(folder / "a.pptx", name="a.pptx")]


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(MaterialError) as caught:
        checked(folder, data)
    return caught.value.findings[0].code


def lying(data: bytes, name: bytes, size: int) -> bytes:
    """Let the headers of one entry claim that it inflates to `size` bytes."""
    out = bytearray(data)
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = out.find(signature)
        while out[at + name_at : at + name_at + len(name)] != name:
            at = out.find(signature, at + 1)
        out[at + size_at : at + size_at + 4] = struct.pack("<I", size)
    return bytes(out)


def test_a_presentation_passes(tmp_path: Path) -> None:
    assert checked(tmp_path, pptx_bytes(["One"])) == []


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}, "NOT_SLIDES"),
        ({"a.txt": "x"}, "NOT_SLIDES"),
        ({**DECK, "ppt/vbaProject.bin": "x"}, "SLIDES_MACRO"),
        ({**DECK, "../../PWNED": "x"}, "ZIP_PATH"),
        ({**DECK, "/etc/PWNED": "x"}, "ZIP_PATH"),
        ({**DECK, "ppt\\..\\PWNED": "x"}, "ZIP_PATH"),
        ({**DECK, "C:PWNED": "x"}, "ZIP_PATH"),
        ({**DECK, "ppt/media/a.bin": b"\0" * 5_000_000}, "ZIP_BOMB"),
        ({**DECK, "ppt/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "SLIDES_XML_DTD"),
        (
            {**DECK, "ppt/a.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")},
            "SLIDES_XML_DTD",
        ),
        ({**DECK, **{f"ppt/{number}.bin": "" for number in range(10_001)}}, "ZIP_BOMB"),
    ],
)
def test_a_hostile_or_foreign_package_is_refused(
    tmp_path: Path, parts: dict[str, bytes | str], code: str
) -> None:
    assert refusal(tmp_path, zip_bytes(parts)) == code


def test_a_package_without_its_end_is_incomplete(tmp_path: Path) -> None:
    data = pptx_bytes(["One"])
    assert refusal(tmp_path, data[: len(data) // 2]) == "FILE_INCOMPLETE"


def test_headers_that_lie_about_a_size_are_not_believed(tmp_path: Path) -> None:
    data = zip_bytes({**DECK, "ppt/a.xml": "<a>" + "x" * 900_000 + "</a>"})
    assert refusal(tmp_path, lying(data, b"ppt/a.xml", 1000)) == "BAD_ZIP"


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({**DECK, "ppt/a.xml": "words " * 300}))
    at = data.find(b"ppt/a.xml") + 20
    data[at] ^= 0xFF
    assert refusal(tmp_path, bytes(data)) == "BAD_ZIP"


def test_what_leads_out_of_a_deck_is_told_and_plain_links_are_not(tmp_path: Path) -> None:
    rels = relations(("hyperlink", "https://example.org"), ("image", "file:///etc/hostname"))
    assert checked(tmp_path, zip_bytes({**DECK, "ppt/_rels/a.rels": rels})) == ["SLIDES_EXTERNAL"]
    rels = relations(("hyperlink", "https://example.org"), ("hyperlink", "mailto:a@example.org"))
    assert checked(tmp_path, zip_bytes({**DECK, "ppt/_rels/a.rels": rels})) == []
    rels = relations(("hyperlink", "javascript:alert(1)"))
    assert checked(tmp_path, zip_bytes({**DECK, "ppt/_rels/a.rels": rels})) == ["SLIDES_EXTERNAL"]


def test_nothing_leads_out_of_the_copy_that_is_drawn(tmp_path: Path) -> None:
    rels = relations(("image", "http://127.0.0.1/x.png"), ("hyperlink", "https://example.org"))
    (tmp_path / "a.pptx").write_bytes(zip_bytes({**DECK, "ppt/_rels/a.rels": rels}))
    with zipfile.ZipFile(io.BytesIO(without_external(tmp_path / "a.pptx"))) as package:
        assert package.read("ppt/_rels/a.rels") == b"<Relationships></Relationships>"
        assert package.read("ppt/presentation.xml") == b"<p/>"
