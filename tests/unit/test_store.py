"""The store: whole or absent, and never made twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from ebrochure.model.service import SourceFile
from ebrochure.settings import DeliverySettings
from ebrochure.store import Kept, NotMade, Step, Store


@dataclass(frozen=True, slots=True)
class Note:
    """A value with a file beside it."""

    path: Path
    words: int


@dataclass(frozen=True, slots=True)
class Look:
    """An ingredient with files in it."""

    logo: SourceFile
    bold: Path


def write_note(folder: Path) -> Note:
    (folder / "note.txt").write_text("one two three", encoding="utf-8")
    return Note(folder / "note.txt", 3)


def step(**ingredients: object) -> Step:
    return Step.of("note", 1, **ingredients)


def test_second_call_makes_nothing(tmp_path: Path) -> None:
    made: list[str] = []
    store = Store(tmp_path, on_make=lambda stage, why: made.append(f"{stage}: {why}"))
    first = store.once(step(text="a"), Note, write_note, slot="s/v")
    second = store.once(step(text="a"), Note, write_note, slot="s/v")
    assert first == second
    assert first.value.path.read_text(encoding="utf-8") == "one two three"
    assert made == ["note: first build"]


def test_why_names_the_ingredient_that_changed(tmp_path: Path) -> None:
    why: list[str] = []
    store = Store(tmp_path, on_make=lambda _stage, reason: why.append(reason))
    store.once(step(inputs={"explainer.script.md": "1"}), Note, write_note, slot="s/v")
    store.once(step(inputs={"explainer.script.md": "2"}), Note, write_note, slot="s/v")
    assert why[1] == "`explainer.script.md` changed"


def test_one_flipped_byte_is_found_and_the_artifact_made_again(tmp_path: Path) -> None:
    why: list[str] = []
    store = Store(tmp_path, on_make=lambda _stage, reason: why.append(reason))
    note = store.once(step(text="a"), Note, write_note, slot="s/v").value
    note.path.write_text("one two thrfe", encoding="utf-8")
    again = store.once(step(text="a"), Note, write_note, slot="s/v").value
    assert again.path.read_text(encoding="utf-8") == "one two three"
    assert why == ["first build", "the stored copy is damaged"]


def test_failed_maker_leaves_nothing_behind(tmp_path: Path) -> None:
    def break_off(folder: Path) -> Note:
        (folder / "half.txt").write_text("half", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Store(tmp_path).once(step(text="a"), Note, break_off, slot="s/v")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_store_that_may_only_look_says_what_it_would_make_and_writes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", may_make=lambda _stage: False)
    with pytest.raises(NotMade) as caught:
        store.once(step(text="a"), Note, write_note, slot="s/v")
    assert (caught.value.stage, caught.value.why) == ("note", "first build")
    assert not (tmp_path / "store").exists()


def test_every_field_of_the_settings_is_part_of_the_key() -> None:
    plain = step(delivery=DeliverySettings())
    assert "delivery.crf" in plain.ingredients
    assert plain.key != step(delivery=DeliverySettings(crf=24)).key
    assert plain.key != step(delivery=DeliverySettings(true_peak_dbtp=-2)).key


def test_source_file_counts_by_its_content_and_not_by_its_place(tmp_path: Path) -> None:
    here = SourceFile("a.mp4", tmp_path / "a", "d1", 3)
    moved = SourceFile("b.mp4", tmp_path / "b", "d1", 3)
    assert step(footage=here).key == step(footage=moved).key


def test_path_counts_by_the_content_of_its_file(tmp_path: Path) -> None:
    here, there = tmp_path / "a.woff2", tmp_path / "b.woff2"
    here.write_bytes(b"letters")
    there.write_bytes(b"letters")
    assert step(font=here).key == step(font=there).key
    there.write_bytes(b"other letters")
    assert step(font=here).key != step(font=there).key


def test_thing_without_a_text_of_its_own_is_no_ingredient() -> None:
    with pytest.raises(TypeError, match="has no text"):
        step(footage=object())


def test_sweep_removes_what_a_killed_build_left(tmp_path: Path) -> None:
    (tmp_path / ".making-x").mkdir()
    (tmp_path / ".making-x" / "half").touch()
    (tmp_path / ".making-took").touch()
    slot = tmp_path / "latest" / "remote-access" / "explainer"
    slot.mkdir(parents=True)
    (slot / ".making-render").touch()
    Store(tmp_path).sweep()
    assert [path.name for path in tmp_path.rglob("*") if "making" in path.name] == []


def test_reason_lists_three_names_and_counts_the_rest() -> None:
    before = {**dict.fromkeys("abcde", "1"), "version": "1"}
    now = step(**dict.fromkeys("abcde", "2"))
    assert now.why(before) == "`a`, `b`, `c` and 2 more changed"


def test_reason_is_the_file_as_its_author_calls_it(tmp_path: Path) -> None:
    letters = tmp_path / "brand-bold.woff2"
    letters.write_bytes(b"letters")
    before = {**step(look=Look(SourceFile("logo.png", tmp_path / "1", "old", 1), letters)).ingredients}
    now = step(look=Look(SourceFile("logo.png", tmp_path / "2", "new", 1), letters))
    assert now.why({**before, "version": "1"}) == "`logo.png` changed"
    letters.write_bytes(b"other letters")
    both = step(look=Look(SourceFile("logo.png", tmp_path / "2", "new", 1), letters))
    assert both.why({**before, "version": "1"}) == "`brand-bold.woff2`, `logo.png` changed"


def test_reason_is_the_cause_and_not_what_followed_from_it(tmp_path: Path) -> None:
    logo = SourceFile("logo.png", tmp_path / "1", "old", 1)
    before = {**step(inputs={"card": Kept(1, "a")}, logo=logo).ingredients, "version": "1"}
    assert step(inputs={"card": Kept(1, "b")}, logo=logo).why(before) == "`card` changed"
    changed = SourceFile("logo.png", tmp_path / "1", "new", 1)
    assert step(inputs={"card": Kept(1, "b")}, logo=changed).why(before) == "`logo.png` changed"


def test_latest_ingredients_are_kept_for_people_to_read(tmp_path: Path) -> None:
    Store(tmp_path).once(step(text="a"), Note, write_note, slot="s/v")
    assert json.loads((tmp_path / "latest/s/v/note.json").read_text())["text"] == "a"
