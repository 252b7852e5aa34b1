"""The search's files: what can be found, how words are folded, and that the index gives back what went in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.captions import Cue
from ebrochure.model.timing import TimeRange
from ebrochure.publish.page import build_index
from ebrochure.publish.search.files import Searchable, data_script, read_service_script, service_script
from ebrochure.publish.search.index import TERMS_PER_FILE, WORDS_FILE, front_coded, index_files
from ebrochure.publish.search.passages import Passage, PassageKind, passages_of
from ebrochure.publish.search.tokens import folded, stemmer, tokens
from ebrochure.publish.site import publish_site
from tests.fixtures.pages import ATTACK, brand, empty_media, hostile, rich, right_to_left

CALL = "ebrochureFound("


def data_of(script: bytes) -> tuple[str, object]:
    """Return what a browser would be handed."""
    name, value = json.loads(script.decode().removeprefix(CALL).removesuffix(");\n"))
    return name, value


def forms_in(coded: str) -> list[tuple[str, int]]:
    """Read front-coded forms as the browser does."""
    form, new, found = "", 0, []
    for entry in coded.split():
        head, _, back = entry.partition("-")
        form = form[: int(head[0], 36)] + head[1:]
        found.append((form, new - int(back, 36) if back else new))
        new += not back
    return found


def services_saying(word: str, files: dict[str, bytes]) -> list[str]:
    """Return the ids of the services that the index finds for one form."""
    words = data_of(files[WORDS_FILE])[1]
    assert isinstance(words, dict)
    found: set[str] = set()
    for term in {term for form, term in forms_in(words["forms"]) if form == word}:
        shard = data_of(files[f"static/search/terms-{term // TERMS_PER_FILE}.js"])[1]
        assert isinstance(shard, list)
        service = 0
        for gap, _weight in re.findall(r"([0-9a-z]+)([A-Z])", shard[term % TERMS_PER_FILE]):
            service += int(gap, 36)
            found.add(words["services"][service][0])
    return sorted(found)


def searchable(name: str, text: str, language: str = "en") -> Searchable:
    passages = (Passage(PassageKind.SPOKEN, "?t=0#video-a", text, "0:00"),)
    return Searchable(name, name, f"{name}/index.html", language, "ltr", passages)


def test_every_kind_of_words_is_found_where_it_stands(tmp_path: Path) -> None:
    found = {(item.kind, item.link, item.text) for item in passages_of(rich(empty_media(tmp_path)).page)}
    for wanted in (
        (PassageKind.TITLE, "", "Remote access"),
        (PassageKind.SPOKEN, "?t=21#video-explainer", "We wipe it, and nobody will be cross with you."),
        (PassageKind.SLIDE, "?t=6#video-explainer", "Passkeys open it"),
        (PassageKind.SECTION, "#goals", "You should never have to think about how you are connected."),
        (PassageKind.GLOSSARY, "#glossary", "VPN: A private, encrypted road through the public internet."),
    ):
        assert wanted in found


def test_meaning_of_a_term_does_not_break_the_sentence_it_is_explained_in(tmp_path: Path) -> None:
    sentence = "Your laptop starts the VPN by itself as soon as it finds the internet."
    assert sentence in {item.text for item in passages_of(rich(empty_media(tmp_path)).page)}


def test_sentence_over_two_captions_is_one_passage_with_the_first_s_moment(tmp_path: Path) -> None:
    passages = passages_of(rich(empty_media(tmp_path)).page)
    sentence = next(item for item in passages if "before you have found a chair" in item.text)
    assert sentence.text.startswith("You take your laptop")
    assert sentence.moment == "0:03"


def test_speech_without_full_stops_still_has_many_moments(tmp_path: Path) -> None:
    page = rich(empty_media(tmp_path)).page
    cues = tuple(
        Cue(str(at), TimeRange(at * 3000, at * 3000 + 2900), ("so we go on and on and never stop",))
        for at in range(30)
    )
    video = replace(page.videos[0], transcript=(cues,))
    spoken = [item for item in passages_of(replace(page, videos=(video,))) if item.kind == PassageKind.SPOKEN]
    assert len(spoken) == 6


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("naïve", "naive"), ("مُهِمّ", "مهم"), ("ﬁle", "FILE"), ("Ｗｉ", "wi")],
)
def test_case_and_marks_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_what_is_written_without_spaces_is_taken_in_pairs() -> None:
    assert list(tokens("Wi-Fi接続中")) == ["wi", "fi", "接続", "続中"]


def test_language_that_nobody_stems_keeps_its_words() -> None:
    assert stemmer("xx-nowhere")("connected") == "connected"
    assert stemmer("nb")("bilene") == stemmer("no")("bilen")


def test_forms_of_a_word_find_each_other() -> None:
    files = index_files(
        [
            searchable("a", "They connect."),
            searchable("b", "Connections fail."),
            searchable("c", "Die Verbindungen", "de"),
            searchable("d", "الوصول عن بعد", "ar"),
        ]
    )
    assert services_saying("connect", files) == ["a", "b"]
    assert services_saying("verbindungen", files) == ["c"]
    assert services_saying("وصول", files) == ["d"]


TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=6)


@given(TEXTS, st.sampled_from(["en", "de", "ar", "ja", "xx"]))
def test_every_word_finds_every_service_that_says_it(texts: list[str], language: str) -> None:
    services = [searchable(f"s{number}", text, language) for number, text in enumerate(texts)]
    files = index_files(services)
    for service in services:
        for word in tokens(service.passages[0].text):
            assert service.id in services_saying(word, files)


@given(st.sets(st.text(alphabet="abcé語0", min_size=1, max_size=50)))
def test_front_coded_forms_come_back(forms: set[str]) -> None:
    pairs = [(form, number // 2) for number, form in enumerate(sorted(forms))]
    assert forms_in(front_coded(pairs)) == pairs


@given(st.lists(st.tuples(st.sampled_from(PassageKind), st.text(), st.text())))
def test_passages_come_back_from_their_file(rows: list[tuple[PassageKind, str, str]]) -> None:
    passages = tuple(Passage(kind, "#goals", text, moment) for kind, text, moment in rows)
    assert read_service_script(service_script("a", passages)) == passages


@given(st.text())
def test_no_text_leaves_its_string(text: str) -> None:
    script = data_script("a", [text]).decode()
    assert "<" not in script
    assert not {"\u2028", "\u2029"} & set(script)
    assert script.count("\n") == 1
    assert json.loads(script.removeprefix(CALL).removesuffix(");\n")) == ["a", [text]]


def test_hostile_words_are_data_in_every_file(tmp_path: Path) -> None:
    site = publish_site((hostile(empty_media(tmp_path)),), brand=brand(), renders=tmp_path / "renders")
    files = [site / "hostile" / "search.js", *(site / "static" / "search").iterdir()]
    for path in files:
        assert "<" not in path.read_text(encoding="utf-8")
        data_of(path.read_bytes())
    assert any(ATTACK in item.text for item in read_service_script(files[0].read_bytes()))


def test_service_that_is_carried_over_is_still_found(tmp_path: Path) -> None:
    renders = tmp_path / "renders"
    publish_site((rich(empty_media(tmp_path)), right_to_left()), brand=brand(), renders=renders)
    site = publish_site((right_to_left(),), brand=brand(), renders=renders, keep_previous=("remote-access",))
    files = {
        path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "static/search").iterdir()
    }
    assert services_saying("chair", files) == ["remote-access"]


def test_service_of_a_release_without_a_search_is_found_by_its_title(tmp_path: Path) -> None:
    renders = tmp_path / "renders"
    site = publish_site((rich(empty_media(tmp_path)),), brand=brand(), renders=renders)
    (site / "remote-access" / "search.js").unlink()
    manifest = json.loads((site / "release.json").read_bytes())
    del manifest["files"]["remote-access/search.js"]
    (site / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    site = publish_site((right_to_left(),), brand=brand(), renders=renders, keep_previous=("remote-access",))
    files = {
        path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "static/search").iterdir()
    }
    assert services_saying("remote", files) == ["remote-access"]
    assert services_saying("chair", files) == []
    assert (site / "remote-access" / "search.js").is_file()


def test_many_services_are_listed_by_letter_and_few_in_pictures(tmp_path: Path) -> None:
    entry = rich(empty_media(tmp_path)).entry
    titles = [f"{first}{number}" for number in range(10) for first in ("École ", "Backup ", "42 ")]
    many = [replace(entry, id=f"s{number}", title=title) for number, title in enumerate(titles)]
    assert [group.letter for group in build_index(brand(), many).letters] == ["#", "B", "E"]
    assert build_index(brand(), many[:3]).letters == ()
