"""What is said about captions: figures that are true, and nothing about a sound that nobody heard."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.caption.formats import CaptionFormat
from ebrochure.caption.measure import metrics
from ebrochure.caption.report import figures_of, figures_text
from ebrochure.captionfile import CaptionsRead
from ebrochure.captioning import Wish, look_at
from ebrochure.captions_cli import add_captions
from ebrochure.captions_report import Checked, checked_json, checked_text, lint_lines
from ebrochure.captions_verbs import _speakers, _terms
from ebrochure.errors import EbrochureError
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = CaptionProfile()
SOUND_CODES = {"CAPTION_COVERAGE", "CAPTION_SILENT", "CAPTION_ONSET", "CAPTION_LINGER"}


def captions(*cues: Cue) -> CaptionsRead:
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))
    return CaptionsRead("talk.vtt", CaptionFormat.WEBVTT, track, tuple(range(4, 4 + len(cues))), "en", ())


CUE = Cue("1", TimeRange(1000, 4000), ("Welcome to the", "payroll portal."))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20_000),
            st.integers(1, 9000),
            st.sampled_from(("Welcome.", "[music]", "♪ la ♪", "And one more thing: it is new.")),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_without_a_recording_nothing_is_said_about_its_sound(rows: list[tuple[int, int, str]]) -> None:
    cues = [
        Cue(str(at), TimeRange(start, start + length), (text,))
        for at, (start, length, text) in enumerate(rows)
    ]
    looked = look_at(captions(*sorted(cues, key=lambda cue: cue.time)), None, None)
    assert not SOUND_CODES & {item.code for item in looked.lint}
    assert (looked.figures.coverage, looked.figures.silent_share) == (None, None)


def test_with_a_recording_that_is_silent_every_cue_is_over_silence() -> None:
    looked = look_at(captions(CUE), (), None)
    assert "CAPTION_SILENT" in {item.code for item in looked.lint}
    assert looked.figures.silent_share == 1.0


def test_a_translation_that_lacks_the_sources_end_is_found() -> None:
    source = captions(CUE, Cue("2", TimeRange(5000, 8000), ("It opens on Monday.",)))
    german = captions(Cue("1", TimeRange(1000, 4000), ("Willkommen im Lohnportal.",)))
    german = replace(german, track=replace(german.track, language="de"))
    alone, held = (look_at(german, None, track) for track in (None, source.track))
    assert len(held.lint) > len(alone.lint)


def test_figures_are_those_of_the_track() -> None:
    track = captions(CUE, Cue("2", TimeRange(4080, 5080), ("Now.",))).track
    figures = figures_of(track, metrics(track, profile=PROFILE, speech=()), is_heard=False)
    assert (figures.cues, figures.words, figures.longest_line) == (2, 6, 15)
    assert (figures.shortest_cue_ms, figures.longest_cue_ms) == (1000, 3000)
    assert figures_text(figures) == "2 captions, 6 words, longest line 15 characters"


def test_no_share_reads_as_all_that_is_not() -> None:
    track = captions(CUE).track
    figures = figures_of(track, metrics(track, profile=PROFILE, speech=()), is_heard=False)
    assert "99.9 % of the speech" in figures_text(replace(figures, coverage=0.9996))


def test_the_report_names_each_file_its_line_and_the_next_step() -> None:
    finding = Finding("CAPTION_FAST", Level.WARN, "caption 1 reads fast", "talk.vtt", 4, "say less")
    item = captions(CUE)
    files = (Checked("talk.vtt", (finding,), item, look_at(item, None, None)), Checked("bad\x1b.vtt", ()))
    text = checked_text(files)
    assert "talk.vtt:4: caption 1 reads fast\n    next: say less" in text
    assert "\x1b" not in text
    found = json.loads(checked_json(files))["files"]
    assert [(entry["errors"], entry["warnings"]) for entry in found] == [(0, 1), (0, 0)]
    assert found[1]["figures"] is None
    assert lint_lines((), "talk.vtt") == ()
    assert "0 errors and 1 warnings" in lint_lines((finding,), "talk.vtt")[0]


def test_a_glossary_is_terms_and_files_of_terms(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_text("# ours\nVPN: a private road\n\nSSO\n", encoding="utf-8")
    assert list(_terms(["payroll portal", str(file)])) == ["payroll portal", "VPN", "SSO"]


def test_speakers_are_two_different_names() -> None:
    assert _speakers(" Priya  Shah,Tom Low") == ("Priya Shah", "Tom Low")
    assert _speakers("") is None
    for wrong in ("Priya", "Priya,", "Priya,Priya", "A,B,C"):
        with pytest.raises(EbrochureError, match="two people"):
            _speakers(wrong)


def test_whoever_names_a_model_means_whisper() -> None:
    assert Wish(model="small").settings.engine == "whisper"
    assert Wish(engine="offline", model="small").settings.engine == "offline"
    assert Wish().settings.engine == "auto"


def test_every_verb_has_its_arguments() -> None:
    parser = argparse.ArgumentParser()
    add_captions(parser.add_subparsers())
    made = parser.parse_args(
        ["captions", "make", "a.mp4", "--glossary", "VPN", "SSO", "--glossary", "x", "-o", "-"]
    )
    assert made.glossary == ["VPN", "SSO", "x"]
    checked = parser.parse_args(["captions", "check", "a.vtt", "b.srt", "--source", "c.vtt"])
    assert len(checked.files) == 2
    with pytest.raises(SystemExit):
        parser.parse_args(["captions", "export", "a.vtt"])
