"""`ebrochure captions …` on real recordings and real files: what is written, said and returned."""

from __future__ import annotations

import itertools
import json
import os
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure import cli
from ebrochure.captionfile import read_captions_file
from ebrochure.media.ffmpeg import run_ffmpeg
from tests.fixtures.footage import make_sound
from tests.fixtures.speech import noise, silence, synthetic, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

OFFLINE = ("--engine", "offline")
VTT = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Welcome to the portal.

2
00:00:02.500 --> 00:00:02.900
This line is far too long for any screen that we know of.
"""


BY_HAND = """WEBVTT

one
00:00:00.290 --> 00:00:03.170
And so my fellow Americans,

two
00:00:03.250 --> 00:00:08.070
ask not what your country
can do for you,

three
00:00:08.150 --> 00:00:10.817
<v John Kennedy>ask what you can do for your country.
"""
"""What a person would write for jfk.wav."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs `ebrochure captions` in this process: exit code, stdout, stderr."""

    def captions(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["captions", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return captions


@pytest.fixture(scope="session")
def jfk(samples: Path) -> tuple[Path, Path]:
    """Return a real recording of 11 s and its words."""
    folder = samples / "speech"
    if not (folder / "jfk.wav").is_file():
        pytest.skip(f"no recording jfk.wav in {folder}")
    return folder / "jfk.wav", folder / "jfk.txt"


@pytest.fixture(scope="module")
def made(jfk: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with jfk.vtt and jfk.json, made from the recording and its words."""
    folder = tmp_path_factory.mktemp("made")
    out = (folder / "jfk.vtt", folder / "jfk.json")
    arguments = ["captions", "make", jfk[0], "--script", jfk[1], *OFFLINE, "-o", out[0], "--words", out[1]]
    assert cli.main([str(item) for item in arguments]) == cli.OK
    return folder


# --- make -------------------------------------------------------------------------------------


def test_captions_are_the_scripts_words_to_the_letter(made: Path, jfk: tuple[Path, Path]) -> None:
    cues = read_captions_file(made / "jfk.vtt").track.cues
    assert " ".join(cue.text for cue in cues).split() == jfk[1].read_text(encoding="utf-8").split()


def test_words_have_an_entry_for_each_token_with_the_time_of_its_caption(
    made: Path, jfk: tuple[Path, Path]
) -> None:
    found = json.loads((made / "jfk.json").read_text(encoding="utf-8"))
    assert [item["text"] for item in found["words"]] == jfk[1].read_text(encoding="utf-8").split()
    assert {item["sentence"] for item in found["words"]} == {0}
    assert found["sentences"][0]["start_ms"] == found["words"][0]["start_ms"]
    assert found["sentences"][0]["heard"] == 1.0
    assert found["inserted"] == []
    assert (found["language"], found["engine"]) == ("en", "offline")
    assert found["script_match"] > 0.8
    first = read_captions_file(made / "jfk.vtt").track.cues[0]
    assert abs(first.time.start_ms - found["words"][0]["start_ms"]) <= 200


def test_skipped_and_inserted_speech_is_reported_and_in_the_words(
    samples: Path, tmp_path: Path, run: Run
) -> None:
    sound, sentences, truth = synthetic(samples, "grants_slt", until_s=24)
    said = [item["idx"] for item in truth]
    script = [sentences[index] for index in said[:2]] + ["Nobody ever says these strange purple words."]
    script += [sentences[index] for index in said[3:]]
    (tmp_path / "talk.txt").write_text("\n".join(script), encoding="utf-8")
    talk = write_wav(tmp_path / "talk.wav", sound)

    words = tmp_path / "w.json"
    code, out, err = run(
        "make", talk, "--script", tmp_path / "talk.txt", *OFFLINE, "--words", words, "--json"
    )

    assert code == cli.OK
    report = json.loads(out)
    codes = {item["code"]: item for item in report["findings"]}
    assert codes["SCRIPT_SKIPPED"]["line"] == 1
    assert codes["SCRIPT_SKIPPED"]["file"] == "talk.txt"
    assert "SCRIPT_INSERTED" in codes
    assert "purple" in err
    found = json.loads(words.read_text(encoding="utf-8"))
    assert [item["text"] for item in found["sentences"]] == script
    assert [item["start_ms"] is None for item in found["sentences"]] == [
        text.startswith("Nobody") for text in script
    ]
    missed = next(item for item in truth if item["idx"] == said[2])
    assert any(abs(item["start_ms"] - 1000 * missed["words"][0][0]) < 500 for item in found["inserted"])
    assert report["captions"] == str(tmp_path / "talk.en.vtt")


def test_without_a_script_the_captions_are_a_draft_that_no_build_takes_for_a_persons(
    samples: Path, tmp_path: Path, run: Run
) -> None:
    talk = tmp_path / "talk.wav"
    talk.write_bytes((samples / "speech" / "goforward.wav").read_bytes())
    code, out, _err = run("make", talk, *OFFLINE)
    assert (code, out) == (cli.OK, f"{tmp_path / 'talk.en.draft.vtt'}\n")
    again, _out, err = run("make", talk, *OFFLINE)
    assert again == cli.NOTHING_PUBLISHED
    assert "is there already" in err
    assert "Listening" not in err


def test_any_sound_or_video_format_and_any_subtitle_format_will_do(
    jfk: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    talk = tmp_path / "talk.mkv"
    picture = ("-f", "lavfi", "-i", "color=c=gray:s=320x180:r=25:d=11")
    run_ffmpeg((*picture, "-i", str(jfk[0]), "-c:v", "libx264", "-c:a", "libmp3lame", "-shortest", str(talk)))
    for name in ("talk.srt", "talk.ttml"):
        code, _out, _err = run("make", talk, "--script", jfk[1], *OFFLINE, "-o", tmp_path / name)
        assert code == cli.OK
        cues = read_captions_file(tmp_path / name).track.cues
        assert cues[0].text == "And so my fellow Americans,"
        assert cues[0].time.start_ms == pytest.approx(300, abs=100)


def test_captions_go_to_stdout_and_talk_to_stderr(jfk: tuple[Path, Path], run: Run) -> None:
    code, out, err = run("make", jfk[0], "--script", jfk[1], *OFFLINE, "-o", "-")
    assert code == cli.OK
    assert out.startswith("WEBVTT\n")
    assert "22 words" in err
    assert run("make", jfk[0], "--script", jfk[1], "-o", "-", "--json")[0] == cli.NOTHING_PUBLISHED


def test_silence_gets_an_empty_caption_file_and_a_warning(tmp_path: Path, run: Run) -> None:
    quiet = write_wav(tmp_path / "quiet.wav", silence(3))
    code, out, _err = run("make", quiet, *OFFLINE, "-o", tmp_path / "quiet.vtt", "--json")
    assert code == cli.OK
    assert (tmp_path / "quiet.vtt").read_text(encoding="utf-8") == "WEBVTT\n"
    assert "NO_SPEECH" in {item["code"] for item in json.loads(out)["findings"]}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("talk.mp4", b"no video at all, only text", "NOT_MEDIA"),
        ("talk.mp4", b"", "EMPTY_FILE"),
        ("gone.mp4", None, "FILE_MISSING"),
    ],
)
def test_what_is_no_recording_is_a_sentence_and_nothing_is_made(
    tmp_path: Path, run: Run, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = run("make", tmp_path / name, "--json")
    assert code == cli.NOTHING_PUBLISHED
    assert [item["code"] for item in json.loads(out)["findings"]] == [said]
    assert err.count("Traceback") == 0
    assert [path.name for path in tmp_path.iterdir()] == ([] if content is None else [name])


def test_a_script_that_nobody_can_say_is_refused_before_anybody_listens(tmp_path: Path, run: Run) -> None:
    talk = make_sound(tmp_path / "talk.wav")
    (tmp_path / "script.md").write_text("# Heading only\n\n[slide 1]\n", encoding="utf-8")
    code, _out, err = run("make", talk, "--script", tmp_path / "script.md")
    assert code == cli.NOTHING_PUBLISHED
    assert "holds no words that could be said" in err
    assert "Listening" not in err


def test_hostile_names_are_only_names(
    samples: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every name of the corpus that a file may have, from another working directory, as a relative path."""
    names = json.loads((samples / "corpus" / "names.json").read_text(encoding="utf-8"))
    folder = tmp_path / "dropped"
    folder.mkdir()
    monkeypatch.chdir(folder)
    quiet = write_wav(tmp_path / "quiet.wav", silence(1)).read_bytes()
    tried = 0
    for item in names:
        name = os.fsdecode(bytes.fromhex(item["name_hex"]))
        if "/" in name or not name.lower().endswith((".mp4", ".mov", ".mkv", ".wav")):
            continue
        try:
            with open(name, "wb") as file:  # noqa: PTH123  a name that Path would tidy
                file.write(quiet)
        except (OSError, ValueError):
            continue
        code, _out, err = run("make", f"./{name}", *OFFLINE, "--language", "en", "--force")
        assert code == cli.OK, (name, err)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", err), name
        assert {os.path.basename(path) for path in os.listdir(tmp_path)} == {"dropped", "quiet.wav"}  # noqa: PTH119, PTH208
        tried += 1
    assert tried > 40


# --- check ------------------------------------------------------------------------------------


def test_check_names_each_fault_with_its_line_and_says_nothing_of_sound(tmp_path: Path, run: Run) -> None:
    (tmp_path / "talk.vtt").write_text(VTT, encoding="utf-8")
    code, out, _err = run("check", tmp_path / "talk.vtt", "--json")
    assert code == cli.SOME_FAILED
    [file] = json.loads(out)["files"]
    lines = {(item["code"], item["line"]) for item in file["findings"]}
    assert {("CAPTION_OVERLAP", 4), ("CAPTION_SHORT", 8), ("CAPTION_LINE_LENGTH", 8)} <= lines
    assert not {"CAPTION_SILENT", "CAPTION_COVERAGE", "CAPTION_ONSET"} & {code for code, _line in lines}
    assert file["figures"]["coverage"] is None
    assert file["figures"]["silent_share"] is None
    assert (file["figures"]["cues"], file["figures"]["longest_line"]) == (2, 57)
    text = run("check", tmp_path / "talk.vtt")[1]
    assert "talk.vtt:8: caption 2 has a line of 57 characters" in text


def test_lines_are_those_of_the_file_whatever_its_format(tmp_path: Path, run: Run) -> None:
    rows = "\n\n1\n00:00:01,000 --> 00:00:03,000\nWelcome.\n\n\n2\n00:00:04,000 --> 00:00:04,500\nGoodbye.\n"
    (tmp_path / "talk.srt").write_text(rows, encoding="utf-8")
    [file] = json.loads(run("check", tmp_path / "talk.srt", "--json")[1])["files"]
    assert [item["line"] for item in file["findings"] if item["level"] == "error"] == [9]


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(
    tmp_path: Path, run: Run
) -> None:
    (tmp_path / "good.vtt").write_text(VTT.partition("\n2\n")[0], encoding="utf-8")
    (tmp_path / "bad.vtt").write_bytes(b"PK\x03\x04")
    code, out, _err = run("check", tmp_path / "bad.vtt", tmp_path / "good.vtt")
    assert code == cli.NOTHING_PUBLISHED
    assert "bad.vtt: cannot be read" in out
    assert "good.vtt: 1 captions, 4 words" in out


def test_with_its_recording_captions_are_held_to_the_speech(
    made: Path, jfk: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    code, out, _err = run("check", made / "jfk.vtt", "--recording", jfk[0], "--json")
    assert code == cli.OK
    assert json.loads(out)["files"][0]["figures"]["coverage"] == 1.0
    late = tmp_path / "late.vtt"
    text = (made / "jfk.vtt").read_text(encoding="utf-8")
    late.write_text(text.replace("00:00:0", "00:00:2").replace("00:00:10", "00:00:30"), encoding="utf-8")
    code, out, _err = run("check", late, "--recording", jfk[0], "--json")
    assert code == cli.SOME_FAILED
    assert "CAPTION_COVERAGE" in {item["code"] for item in json.loads(out)["files"][0]["findings"]}


def test_a_translation_is_held_to_its_source(made: Path, tmp_path: Path, run: Run) -> None:
    half = tmp_path / "half.de.vtt"
    half.write_text("WEBVTT\n\n00:00:00.290 --> 00:00:03.170\nUnd so, liebe Amerikaner,\n", encoding="utf-8")
    code, out, _err = run("check", half, "--source", made / "jfk.vtt")
    assert code == cli.SOME_FAILED
    assert "TRANSLATION" in out or "translat" in out


# --- retime -----------------------------------------------------------------------------------


def test_captions_follow_a_recut_video_and_keep_their_text(
    jfk: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    """Two seconds in front, and the second caption's words cut out: 3.2 s to 8.1 s of the recording."""
    recut, old, new = tmp_path / "recut.mp4", tmp_path / "old.en.vtt", tmp_path / "new.vtt"
    old.write_text(BY_HAND, encoding="utf-8")
    cut = (
        "[1]asplit[a][b];[a]atrim=0:3.2[c];[b]atrim=8.1:11,asetpts=PTS-STARTPTS[d];"
        "[0][c][d]concat=n=3:v=0:a=1"
    )
    quiet = ("-f", "lavfi", "-t", "2", "-i", "anullsrc=r=16000:cl=mono")
    run_ffmpeg((*quiet, "-i", str(jfk[0]), "-filter_complex", cut, str(recut)))

    code, said, _err = run("retime", old, recut, *OFFLINE, "-o", new, "--json")

    assert code == cli.OK
    cues = read_captions_file(new).track.cues
    assert [(cue.id, cue.lines, cue.speaker) for cue in cues] == [
        ("one", ("And so my fellow Americans,",), None),
        ("three", ("ask what you can do for your country.",), "John Kennedy"),
    ]
    assert [cue.time.start_ms for cue in cues] == [
        pytest.approx(290 + 2000, abs=100),
        pytest.approx(8150 + 2000 - 4900, abs=100),
    ]
    report = json.loads(said)
    assert report["sureness"] > 0.8
    assert (report["findings"][0]["code"], report["findings"][0]["line"]) == ("RETIME_CUT", 8)
    assert [item["start_ms"] is None for item in report["cues"]] == [False, True, False]


def test_captions_follow_another_speaker_of_the_same_words(samples: Path, tmp_path: Path, run: Run) -> None:
    """Captions of one voice laid over another's: onsets of sentences against the synthesiser's own times."""
    sound, sentences, _truth = synthetic(samples, "grants_slt", until_s=24)
    other, _sentences, truth = synthetic(samples, "grants_awb", until_s=24)
    both = sentences[: min(len(truth), 5)]
    (tmp_path / "talk.txt").write_text("\n".join(both), encoding="utf-8")
    first = write_wav(tmp_path / "slt.wav", sound)
    assert (
        run("make", first, "--script", tmp_path / "talk.txt", *OFFLINE, "-o", tmp_path / "slt.vtt")[0]
        == cli.OK
    )

    again = write_wav(tmp_path / "awb.wav", other)
    code, said, _err = run(
        "retime", tmp_path / "slt.vtt", again, *OFFLINE, "-o", tmp_path / "awb.vtt", "--json"
    )

    assert code == cli.OK
    assert json.loads(said)["sureness"] > 0.9
    cues = read_captions_file(tmp_path / "awb.vtt").track.cues
    starts = {item["words"][0][0] * 1000 for item in truth[: len(both)]}
    off = [min(abs(cue.time.start_ms - start) for cue in cues) for start in starts]
    assert np.median(off) <= 50
    assert max(off) <= 250  # a cue that lacks time to be read comes up to 200 ms early


def test_captions_of_another_recording_are_refused_and_nothing_is_written(
    made: Path, samples: Path, tmp_path: Path, run: Run
) -> None:
    other = samples / "speech" / "libri_61-70968-0000.wav"
    code, said, _err = run("retime", made / "jfk.vtt", other, *OFFLINE, "-o", tmp_path / "out.vtt", "--json")
    assert code == cli.NOTHING_PUBLISHED
    assert [item["code"] for item in json.loads(said)["findings"]] == ["RETIME_MISMATCH"]
    assert not (tmp_path / "out.vtt").exists()


def test_captions_in_a_language_that_nobody_hears_stay_where_they_are(
    jfk: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    (tmp_path / "talk.de.vtt").write_text(VTT, encoding="utf-8")
    code, said, _err = run("retime", tmp_path / "talk.de.vtt", jfk[0], *OFFLINE, "--json")
    assert code == cli.NOTHING_PUBLISHED
    assert [item["code"] for item in json.loads(said)["findings"]] == ["RETIME_UNSURE"]


def test_noise_is_no_recording_to_move_captions_to(made: Path, tmp_path: Path, run: Run) -> None:
    hiss = write_wav(tmp_path / "hiss.wav", noise(4))
    code, said, _err = run("retime", made / "jfk.vtt", hiss, *OFFLINE, "--json", "-o", tmp_path / "o.vtt")
    assert code == cli.NOTHING_PUBLISHED
    assert [item["code"] for item in json.loads(said)["findings"]] == ["NO_SPEECH"]


# --- import, export ---------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["srt", "ttml", "json", "vtt"])
def test_captions_go_out_and_come_back_the_same(tmp_path: Path, run: Run, to: str) -> None:
    (tmp_path / "talk.en.vtt").write_text(VTT, encoding="utf-8")
    out = tmp_path / f"out.{to}"
    assert run("export", tmp_path / "talk.en.vtt", "--to", to, "-o", out)[:2] == (cli.OK, f"{out}\n")
    assert run("import", out, "-o", tmp_path / "back.vtt")[0] == cli.OK
    before, after = (read_captions_file(tmp_path / name).track.cues for name in ("talk.en.vtt", "back.vtt"))
    assert [(cue.time, cue.text) for cue in after] == [(cue.time, cue.text) for cue in before]


def test_import_keeps_speakers_and_shows_what_was_wrong(tmp_path: Path, run: Run) -> None:
    teams = VTT.replace("Welcome", "<v Priya Shah>Welcome").replace("00:00:02.500 -->", "00:00:09.500 -->")
    (tmp_path / "meeting.vtt").write_text(teams, encoding="utf-8")
    code, out, err = run("import", tmp_path / "meeting.vtt", "-o", "-")
    assert code == cli.OK
    assert "<v Priya Shah>Welcome to the portal." in out
    assert "meeting.vtt:8:" in err


def test_a_file_is_never_written_over_itself(tmp_path: Path, run: Run) -> None:
    (tmp_path / "talk.vtt").write_text(VTT, encoding="utf-8")
    code, _out, err = run("import", tmp_path / "talk.vtt")
    assert code == cli.NOTHING_PUBLISHED
    assert "is there already" in err
    assert (tmp_path / "talk.vtt").read_text(encoding="utf-8") == VTT


# --- speakers ---------------------------------------------------------------------------------


def test_two_people_on_two_channels_are_named(
    jfk: tuple[Path, Path], samples: Path, tmp_path: Path, run: Run
) -> None:
    """First jfk on the left, then a reader on the right, each 18 dB softer on the other side."""
    reader = samples / "speech" / "libri_61-70968-0000.wav"
    talk, script = tmp_path / "talk.flac", tmp_path / "talk.txt"
    mixed = (
        "[0]asplit[a][b];[1]asplit[c][d];[b]volume=-18dB[e];[c]volume=-18dB[f];"
        "[a][f]concat=n=2:v=0:a=1[l];[e][d]concat=n=2:v=0:a=1[r];[l][r]join=inputs=2:channel_layout=stereo"
    )
    run_ffmpeg(("-i", str(jfk[0]), "-i", str(reader), "-filter_complex", mixed, str(talk)))
    script.write_text(
        "\n\n".join(path.read_text(encoding="utf-8") for path in (jfk[1], reader.with_suffix(".txt"))),
        encoding="utf-8",
    )
    names = "John Kennedy, Ann Reader"
    code, _out, _err = run(
        "make", talk, "--script", script, *OFFLINE, "--speakers", names, "-o", tmp_path / "t.vtt"
    )
    assert code == cli.OK
    cues = read_captions_file(tmp_path / "t.vtt").track.cues
    turns = [
        " ".join(cue.text for cue in group)
        for _name, group in itertools.groupby(cues, lambda cue: cue.speaker)
    ]
    assert [turn.split()[:2] for turn in turns] == [["JOHN:", "And"], ["ANN:", "he"]]
    assert {cue.speaker for cue in cues} == {"John Kennedy", "Ann Reader"}


def test_speakers_of_one_channel_cannot_be_told(jfk: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    code, _out, err = run("make", jfk[0], "--speakers", "Priya, Tom", *OFFLINE, "-o", tmp_path / "o.vtt")
    assert code == cli.NOTHING_PUBLISHED
    assert "has one channel" in err
    assert run("make", jfk[0], "--speakers", "Priya", "-o", tmp_path / "o.vtt")[0] == cli.NOTHING_PUBLISHED
