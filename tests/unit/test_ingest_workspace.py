"""`ebrochure.yaml`: every key optional, every mistake told with its line."""

from __future__ import annotations

import logging
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import SettingsError
from ebrochure.ingest.workspace import ENGINES, DeliveryFacts, LimitFacts, OfferFacts, read_settings
from ebrochure.media.process import processors
from ebrochure.settings import (
    MOST_JOBS,
    DeliverySettings,
    Gate,
    LimitSettings,
    OfferSettings,
    Places,
    Settings,
    usual_jobs,
)
from ebrochure.transcribe import engine

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding

FULL = """\
services: drop
brand: /srv/brand
renders: out
engine: offline
whisper: {model: large-v3, download: true}
delivery: {max_height: 720, preset: medium, crf: 20, audio_bps: 128_000, ladder: false}
limits: {settle_s: 0, footage_bytes: 1000000000}
gate: refuse
noindex: yes
address: https://brochures.example.org/it
jobs: 3
"""


def write(root: Path, text: str) -> Path:
    (root / "ebrochure.yaml").write_text(text, encoding="utf-8")
    return root


def refusals(root: Path, text: str) -> tuple[Finding, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings(write(root, text))
    return caught.value.findings


def test_a_workspace_without_settings_has_the_usual_ones(tmp_path: Path) -> None:
    places = Places(
        tmp_path, tmp_path / "assets/services", tmp_path / "assets/brand", None, tmp_path / "renders"
    )
    assert read_settings(tmp_path) == Settings(places, jobs=usual_jobs(processors()))


def test_every_documented_key_is_understood(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, FULL))
    assert settings.places.services == tmp_path / "drop"
    assert str(settings.places.brand) == "/srv/brand"
    assert (settings.speech.engine, settings.speech.whisper_model) == ("offline", "large-v3")
    assert settings.speech.whisper_download
    assert (settings.delivery.max_height, settings.delivery.audio_bps) == (720, 128_000)
    assert settings.delivery.threads == DeliverySettings().threads
    assert (settings.offers.ladder, settings.offers.listen) == (False, True)
    assert settings.limits.settle_s == 0
    assert settings.gate is Gate.REFUSE
    assert settings.noindex
    assert settings.address == "https://brochures.example.org/it/"
    assert settings.jobs == 3


@pytest.mark.parametrize(("cores", "jobs"), [(1, 1), (2, 1), (3, 1), (4, 2), (8, 4), (4096, MOST_JOBS)])
def test_a_service_more_is_built_at_once_where_two_processors_are_free(cores: int, jobs: int) -> None:
    assert usual_jobs(cores) == jobs


def test_the_command_line_wins(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, FULL), services=tmp_path / "a", renders=tmp_path / "b")
    assert (settings.places.services, settings.places.renders) == (tmp_path / "a", tmp_path / "b")


def test_a_plain_folder_beside_the_settings_is_found(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "templates").mkdir()
    places = read_settings(tmp_path).places
    assert (places.services, places.templates) == (tmp_path / "services", tmp_path / "templates")


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        ("engin: auto", 1, "META_UNKNOWN", "`engine`"),
        ("gate: warn\nlimits: {settle: 3}", 2, "META_UNKNOWN", "`settle_s`"),
        ("engine: cloud", 1, "META_TYPE", "`auto`, `whisper`, `faster-whisper`, `offline`"),
        ("gate: maybe", 1, "META_TYPE", "`warn`, `refuse`"),
        ("delivery:\n  crf: best", 2, "META_TYPE", "whole number"),
        ("delivery: {crf: 99}", 1, "META_TYPE", "at most 40"),
        ("limits: {settle_s: .nan}", 1, "META_TYPE", "number"),
        ("address: brochures.example.org", 1, "META_TYPE", "`https://"),
        ("address: https://example.org/?a=b", 1, "META_TYPE", "no `?`"),
        ("address: https://example.org/it/index.html", 1, "META_TYPE", "no name of a page"),
        ("address: https://me:secret@example.org/", 1, "META_TYPE", "a folder"),
        ("noindex: perhaps", 1, "META_TYPE", "`true` or `false`"),
        ("templates: nowhere", None, "META_PATH", "no such folder"),
        ("a: b: c", 1, "META_SYNTAX", "colon"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, code: str, words: str
) -> None:
    (finding,) = refusals(tmp_path, text)
    assert (finding.code, finding.file, finding.line) == (code, "ebrochure.yaml", line)
    assert words in f"{finding.message} {finding.hint}"


def test_dropped_text_is_said_aloud(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read_settings(write(tmp_path, "services: Team #1"))
    assert "#1" in caplog.text


def test_a_missing_workspace_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ebrochure init"):
        read_settings(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("facts", "kind"),
    [(DeliveryFacts, DeliverySettings), (OfferFacts, OfferSettings), (LimitFacts, LimitSettings)],
)
def test_what_can_be_set_is_what_there_is(facts: type[DeliveryFacts], kind: type[DeliverySettings]) -> None:
    assert list(facts.model_fields) == [item.name for item in fields(kind)]
    assert kind(**facts().model_dump()) == kind()


def test_the_engines_that_can_be_named_are_those_there_are() -> None:
    assert set(ENGINES) == {"auto", *engine.ENGINES}
