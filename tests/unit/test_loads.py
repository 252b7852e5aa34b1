"""How much work is expected of a recording, before and after its edit is decided."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from ebrochure.ledger import write_taken
from ebrochure.loads import footage_of_length, loads_of
from ebrochure.pace import Load
from ebrochure.progress import Silence
from ebrochure.settings import DeliverySettings, Places, Settings
from ebrochure.workbench import Build, Workbench
from tests.fixtures.assembly import brand, edit_of, recording

SETTINGS = Settings(Places(*(Path(),) * 5))
SERVICE = SimpleNamespace(language="en")
ENGINE = SimpleNamespace(name="offline")
FOOTAGE = footage_of_length(60, 1080)


def bench(settings: Settings = SETTINGS) -> Workbench:
    return Workbench(SERVICE, recording(), settings, brand(), ENGINE, None, None)  # type: ignore[arg-type]


def test_cards_of_chapters_are_expected_as_soon_as_the_edit_is_decided() -> None:
    edit = edit_of(Fraction(25), "intro 75", "0+500", "chapter-1 50", "500+500", "outro 75")
    before = [load for load in loads_of(bench(), FOOTAGE) if load.stage == "card"]
    after = [load for load in loads_of(bench(), FOOTAGE, edit) if load.stage == "card"]
    assert len(before) == 2
    assert [load.units / after[0].units for load in after] == pytest.approx([1, 50 / 75, 1])


def test_what_the_edit_cuts_away_is_not_waited_for() -> None:
    whole, half = (edit_of(Fraction(25), f"0+{frames}") for frames in (1500, 750))
    rendered = [
        load.units
        for edit in (whole, half)
        for load in loads_of(bench(), FOOTAGE, edit)
        if load.stage == "render"
    ]
    assert rendered[1] == pytest.approx(rendered[0] / 2)


def test_copying_and_encoding_are_remembered_apart() -> None:
    smart = replace(SETTINGS, delivery=DeliverySettings(smart=True))
    kinds = {
        load.kind
        for asked in (SETTINGS, smart)
        for load in loads_of(bench(asked), FOOTAGE)
        if load.stage == "render"
    }
    assert len(kinds) == 2


def test_a_recording_learns_from_those_before_it_in_the_same_build(tmp_path: Path) -> None:
    build = Build(Settings(Places(*(tmp_path,) * 5)), brand(), ENGINE, Silence(), ())  # type: ignore[arg-type]
    write_taken(build.store_root, [(Load("render", "veryfast", 2), 6.0)])
    assert build.ledger.rate_s("render", "veryfast") == 3.0
