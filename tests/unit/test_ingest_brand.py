"""The brand kit: read, checked, and made readable."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import SettingsError
from ebrochure.ingest.brand import CaptionFacts, read_brand
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.findings import Level
from ebrochure.settings import LimitSettings
from tests.fixtures.workspace import BRAND_YAML, WOFF2_HEAD, keeper, make_brand, picture_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.brand import Brand
    from ebrochure.model.findings import Finding

FULL = """\
organisation: Example Water
language: de
palette: {primary: "#0B5C5E", accent: "#fa3"}
logo: logo.png
logo_dark: dark.png
typeface: {family: Example Sans, regular: fonts/r.woff2, bold: fonts/b.woff2}
intro: {seconds: 2.5}
chapter: 1.5
outro: 4
lower_third: {seconds: 0, again: true}
captions: {line_chars: 42}
legal: "Not real."
"""
FILES = {
    "logo.png": picture_bytes((3000, 300), mode="RGBA", colour=(0, 0, 0, 0)),
    "dark.png": picture_bytes(kind="JPEG"),
    "fonts/r.woff2": WOFF2_HEAD,
    "fonts/b.woff2": WOFF2_HEAD,
}


def read(
    root: Path, text: str = BRAND_YAML, files: dict[str, bytes] | None = None
) -> tuple[Brand, tuple[Finding, ...]]:
    make_brand(root / "brand", text, files)
    return read_brand(root / "brand", LimitSettings(), keeper(root))


def refusals(root: Path, text: str, files: dict[str, bytes] | None = None) -> tuple[Finding, ...]:
    with pytest.raises(SettingsError) as caught:
        read(root, text, files)
    return caught.value.findings


def test_every_documented_key_is_understood(tmp_path: Path) -> None:
    brand, findings = read(tmp_path, FULL, FILES)
    assert (brand.organisation, brand.language, brand.primary) == ("Example Water", "de", "#0b5c5e")
    assert brand.light.highlight == "#ffaa33"
    assert (brand.intro_ms, brand.chapter_ms, brand.outro_ms, brand.lower_third_ms) == (2500, 1500, 4000, 0)
    assert brand.names_again
    assert brand.captions.line_chars == 42
    assert brand.typeface.regular.name == "r.woff2"
    assert brand.legal == "Not real."
    assert {item.level for item in findings} == {Level.WARN}  # dark.png is a JPEG


def test_a_logo_is_redrawn_as_png_within_bounds(tmp_path: Path) -> None:
    logo = read(tmp_path, FULL, FILES)[0].logo
    assert logo is not None
    assert logo.path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert logo.path.read_bytes()[16:24] == (1600).to_bytes(4) + (160).to_bytes(4)


def test_without_a_kit_the_shipped_one_is_used_and_that_is_said(tmp_path: Path) -> None:
    brand, findings = read_brand(tmp_path / "nowhere", LimitSettings(), keeper(tmp_path))
    assert brand.organisation
    assert brand.typeface.regular.is_file()
    assert [item.code for item in findings if item.level is Level.WARN] == ["BRAND_MISSING"]


def test_a_kit_without_a_typeface_takes_the_shipped_one(tmp_path: Path) -> None:
    assert read(tmp_path)[0].typeface.bold.is_file()


@pytest.mark.parametrize(
    "colour",
    [
        "notacolour",
        "#12345",
        "rgb(1,2,3)",
        "red;}</style><script>window.__xss=1</script>",
        "#0a5cadff",
        "#ggg",
    ],
)
def test_only_hexadecimal_colours_are_taken(tmp_path: Path, colour: str) -> None:
    (finding,) = refusals(tmp_path, f'organisation: A\npalette: {{primary: "{colour}"}}\n')
    assert (finding.code, finding.file, finding.line) == ("BRAND_COLOUR", "brand.yaml", 2)


def test_an_unquoted_colour_is_told_as_what_it_is(tmp_path: Path) -> None:
    findings = refusals(tmp_path, "organisation: A\npalette:\n  primary: #0b5c5e\n")
    assert [(item.code, item.line) for item in findings if item.level is Level.ERROR] == [("META_MISSING", 3)]
    assert any(item.code == "META_HASH" for item in findings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("palette: {primary: '#123'}", "META_MISSING"),
        ("organisation: A\npalete: {primary: '#123'}", "META_UNKNOWN"),
        (BRAND_YAML + "logo: ../secret.png", "META_PATH"),
        (BRAND_YAML + "logo: missing.png", "FILE_MISSING"),
        (BRAND_YAML + "logo: logo.svg", "SVG_UNSUPPORTED"),
        (BRAND_YAML + "typeface: {family: A, regular: logo.svg, bold: logo.svg}", "BRAND_TYPEFACE"),
        (BRAND_YAML + "captions: {line_chars: 5}", "META_TYPE"),
        (BRAND_YAML + "intro: {seconds: 90}", "META_TYPE"),
        ("- a list", "META_SHAPE"),
    ],
)
def test_a_kit_that_cannot_be_used_stops_everything_with_its_line(
    tmp_path: Path, text: str, code: str
) -> None:
    findings = refusals(tmp_path, text, {"logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert code in [item.code for item in findings]


def test_the_caption_rules_a_brand_may_set_are_the_profiles_own() -> None:
    assert list(CaptionFacts.model_fields) == [rule.name for rule in fields(CaptionProfile)]
    assert CaptionProfile(**CaptionFacts().model_dump()) == CaptionProfile()


def test_a_colour_too_faint_for_text_is_kept_for_fills_and_reported(tmp_path: Path) -> None:
    brand, findings = read(tmp_path, 'organisation: A\npalette: {primary: "#ffff00"}\n')
    assert brand.light.accent == "#ffff00"
    assert brand.light.link == brand.light.text
    assert [(item.code, item.level) for item in findings] == [("BRAND_ADJUSTED", Level.INFO)] * 2
    assert "1.0:1" in findings[0].message
