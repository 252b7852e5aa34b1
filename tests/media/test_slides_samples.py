"""Damaged and hostile pictures made for the purpose, where they are there: right verdict, right code."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.pictures import open_picture
from ebrochure.settings import LimitSettings

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = {"accept", "accept_warn"}


def corpus(samples: Path) -> Path:
    folder = samples / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no damaged files at {folder}")
    return folder


def verdicts(folder: Path, start: str) -> list[tuple[str, str, str]]:
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (row["file"], row["verdict"], row["expected behaviour"])
        for row in rows
        if row["file"].startswith(start)
    ]


def test_each_picture_gets_the_verdict_it_deserves(samples: Path) -> None:
    folder = corpus(samples)
    rows = verdicts(folder, "slides/img/")
    assert rows
    for name, verdict, expected in rows:
        code = re.match(r"[A-Z_]{5,}", expected)
        if "heic" in name:  # the manifest allows either; we refuse
            verdict, code = "reject", re.match(r".*", "HEIC_UNSUPPORTED")  # noqa: PLW2901
        refused = refusal_of(folder / name)
        if refused is None:
            assert verdict in ACCEPTED, name
        else:
            assert verdict == "reject", (name, refused)
            assert code is None or refused == code[0], name


def refusal_of(path: Path) -> str | None:
    """Decode a picture and return the code it was refused with."""
    try:
        picture = open_picture(path, name=path.name, limits=LimitSettings(), fit=(1920, 1920))
    except MaterialError as error:
        return error.findings[0].code
    return None if picture.image.mode == "RGB" else f"mode {picture.image.mode}"


@pytest.mark.parametrize(
    "name",
    [
        *("exif_orient_3_gps.jpg", "exif_orient_6_gps.jpg", "exif_orient_8_gps.jpg"),
        *("cmyk.jpg", "cmyk_no_adobe_marker.jpg", "rgb16.png"),
    ],
)
def test_the_red_corner_is_at_the_top_left(samples: Path, name: str) -> None:
    path = corpus(samples) / "slides" / "img" / name
    image = open_picture(path, name=name, limits=LimitSettings(), fit=(1920, 1920)).image
    red, green, blue = image.getpixel((8, 8))
    assert red > 150, name
    assert max(green, blue) < 110, name


def test_every_drawing_is_refused(samples: Path) -> None:
    folder = corpus(samples)
    for path in sorted((folder / "slides" / "svg").iterdir()):
        with pytest.raises(MaterialError) as caught:
            open_picture(path, name=path.name, limits=LimitSettings(), fit=(1920, 1920))
        assert caught.value.findings[0].code in {"SVG_UNSUPPORTED", "NOT_IMAGE"}, path.name
