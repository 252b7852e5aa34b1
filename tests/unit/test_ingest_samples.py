"""Damaged and hostile brochures made for the purpose, where they are there: right verdict, right code."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.brochure import parse_brochure
from ebrochure.ingest.text import clean, decode
from ebrochure.ingest.yaml import Mapping, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = {"accept", "accept_warn"}

# Their brochures have other keys than ours: what these files get wrong is wrong for YAML itself.
YAML_CODES = {
    "meta/bad_indent.yaml": "META_SYNTAX",
    "meta/bomb_aliases.yaml": "META_ALIAS",
    "meta/bomb_depth.yaml": "META_DEPTH",
    "meta/bomb_10k_links.yaml": "META_TOO_LONG",
    "meta/duplicate_keys.yaml": "META_DUPLICATE_KEY",
    "meta/latin1.yaml": "META_ENCODING",
    "meta/multi_document.yaml": "META_SHAPE",
    "meta/nbsp_indent.yaml": "META_SYNTAX",
    "meta/nul_byte.yaml": "META_ENCODING",
    "meta/smart_quotes.yaml": "META_SYNTAX",
    "meta/tabs.yaml": "META_SYNTAX",
}
YAML_READ = (
    *("meta/ok.yaml", "meta/bom_utf8.yaml", "meta/utf16_notepad.yaml", "meta/cr_only.yaml"),
    *(
        "meta/bidi_override.yaml",
        "meta/hash_truncates.yaml",
        "meta/html_entities.yaml",
        "meta/long_word.yaml",
    ),
)
# Our keys among theirs: what is said of them must hold with us, too.
OUR_KEYS = ("title", "summary", "owner", "status")


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


def read(path: Path, name: str) -> Mapping:
    text, _ = clean(decode(path.read_bytes(), file=name), file=name)
    return read_yaml(text, file=name)[0]


def test_each_yaml_accident_is_told_by_its_code_and_line(samples: Path) -> None:
    folder = corpus(samples)
    for name, code in YAML_CODES.items():
        with pytest.raises(MaterialError) as caught:
            read(folder / name, name)
        assert caught.value.findings[0].code == code, name
        assert caught.value.findings[0].line, name


def test_odd_but_honest_yaml_is_read(samples: Path) -> None:
    folder = corpus(samples)
    for name in YAML_READ:
        root = read(folder / name, name)
        assert "title" in {key.text for key, _ in root.entries}, name


def test_markup_in_a_fact_is_only_a_text(samples: Path) -> None:
    folder = corpus(samples)
    names = [name for name, verdict, _ in verdicts(folder, "meta/xss/") if verdict in ACCEPTED]
    assert names
    for name in names:
        text, _ = clean(decode((folder / name).read_bytes(), file=name), file=name)
        ours = "\n".join(line for line in text.split("\n") if line.split(":")[0] in OUR_KEYS)
        brochure = parse_brochure(f"---\n{ours}\n---\n".encode(), file="brochure.md")
        assert brochure.facts.title, name


@pytest.mark.parametrize(
    ("name", "code"),
    [("meta/md_unclosed_frontmatter.md", "META_SYNTAX"), ("meta/json.json", "META_SHAPE")],
)
def test_a_brochure_without_its_fences_is_refused(samples: Path, name: str, code: str) -> None:
    with pytest.raises(MaterialError) as caught:
        parse_brochure((corpus(samples) / name).read_bytes(), file=name)
    assert caught.value.findings[0].code == code


def test_a_brochure_without_facts_takes_its_heading(samples: Path) -> None:
    data = (corpus(samples) / "meta/md_no_frontmatter.md").read_bytes()
    assert parse_brochure(data, file="brochure.md").heading == "VPN"
