"""Three clips in an editor's order, all the way: pictures, sound and captions where the edit puts them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import opentimelineio as otio  # noqa: TID251  what other programs read an export with
import pytest

from ebrochure import cli
from ebrochure.caption.formats import read_caption_file
from ebrochure.edit.reading import Part, read_edit
from ebrochure.media.probe import probe
from ebrochure.settings import LimitSettings
from tests.fixtures.assembly import read_frames, read_sound
from tests.fixtures.edits import clip, edit
from tests.fixtures.footage import make_clip
from tests.fixtures.seen import beep_starts_s, corner_colours

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RATE = 25
FIRST, SECOND, THIRD = "first part.mp4", "b #2 50%.mp4", "Größe.mp4"
CORNERS = {
    FIRST: ["red", "green", "yellow", "blue"],
    SECOND: ["green", "red", "blue", "yellow"],
    THIRD: ["blue", "yellow", "green", "red"],
}
SHOWN = ((THIRD, 1.0, 1.0), (FIRST, 0.2, 1.2), (SECOND, 2.0, 1.2), (FIRST, 0.2, 0.8))
"""File, start and length in seconds. Flashes at 0.4, 1.2 and 2.6 s of each file come to the moments below."""
FLASHES_S = (0.2, 1.2, 2.0, 2.8, 3.6)
CAPTIONS = """\
WEBVTT

00:00:00.300 --> 00:00:01.300
First.

00:00:05.700 --> 00:00:06.600
Second.

00:00:07.300 --> 00:00:07.900
Cut away.

00:00:08.300 --> 00:00:09.100
Third.
"""
"""In the time of the three files, one after the other, 3.6 s each."""
CAPTIONED = (("Third.", 0.1, 0.9), ("First.", 1.1, 2.1), ("Second.", 2.3, 3.2), ("First.", 3.5, 4.2))
PAGE = f"""\
---
videos:
  - file: ["{FIRST}", "{SECOND}", "{THIRD}"]
    edit: final.otio
    storyboard: none
---
"""
SETTINGS = "services: services\nrenders: renders\nengine: offline\nlimits: {settle_s: 0}\n"


@dataclass(frozen=True, slots=True)
class Built:
    """A workspace whose one service was edited, and its video."""

    root: Path
    frames: NDArray[np.uint8]
    sound: NDArray[np.float32]
    start: int
    """First frame in which the edit is seen alone."""

    @property
    def folder(self) -> Path:
        """The service's."""
        return self.root / "services" / "vpn"


def run(root: Path, *command: str) -> int:
    """Run a command in a workspace."""
    verb, *rest = command
    extra = ("--workspace", str(root))
    return cli.main([verb, *rest, *extra])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("edited")
    folder = root / "services" / "vpn"
    folder.mkdir(parents=True)
    (root / "ebrochure.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, flipped in ((FIRST, "null"), (SECOND, "hflip"), (THIRD, "vflip")):
        make_clip(folder / name, picture_filters=flipped)
    (folder / "first part.en.vtt").write_text(CAPTIONS, encoding="utf-8")
    (folder / "brochure.md").write_text(PAGE, encoding="utf-8")
    # The third comes from a camera that counted from one hour on; the second's address is an address.
    clips = [
        clip("/Volumes/Schnitt/Gro\u0308ße.mp4", 1.0, 1.0, code=3600),
        clip(FIRST, 0.2, 1.2),
        clip("file:///x/b%20%232%2050%25.mp4", 2.0, 1.2),
        clip(FIRST, 0.2, 0.8),
    ]
    (folder / "final.otio").write_bytes(edit(*clips))
    assert run(root, "build") == cli.OK
    (video,) = root.glob("renders/site/vpn/media/*.mp4")
    info, _ = probe(video, name=video.name, limits=LimitSettings())
    assert info.video is not None
    frames = read_frames(video, info.video.displayed_size)[:, ::4, ::4]
    white = frames.min(axis=(1, 2, 3)) > 200
    first = int(np.nonzero(white)[0][0])
    return Built(root, frames, read_sound(video), first - round(FLASHES_S[0] * RATE))


def test_every_picture_is_where_the_edit_puts_it(built: Built) -> None:
    white = built.frames.min(axis=(1, 2, 3)) > 200
    flashes = np.nonzero(white & ~np.concatenate(([False], white[:-1])))[0] - built.start
    assert np.abs(flashes - np.array(FLASHES_S) * RATE).max() <= 1
    height, width = built.frames.shape[1:3]
    done = 0.0
    for name, _start, length in SHOWN:
        for moment in (done + 0.04, done + length - 0.08):
            if 0.5 < moment < 3.7:  # cards fade over what is before and after
                frame = built.frames[built.start + round(moment * RATE)]
                assert corner_colours(frame, (0, 0, width, height)) == CORNERS[name], (name, moment)
        done += length


def test_sound_is_cut_with_the_picture(built: Built) -> None:
    heard = [moment - built.start / RATE for moment in beep_starts_s(built.sound)]
    assert heard == pytest.approx(list(FLASHES_S), abs=1 / RATE)


def test_captions_are_where_their_words_are_and_clipped_at_cuts(built: Built) -> None:
    file = built.root / "renders/site/vpn/media/first-part.en.vtt"
    cues = read_caption_file(file.read_bytes(), name=file.name).cues
    begin = built.start / RATE
    found = [(cue.text, cue.time.start_ms / 1000 - begin, cue.time.end_ms / 1000 - begin) for cue in cues]
    assert [text for text, _, _ in found] == [text for text, _, _ in CAPTIONED]
    for (text, start_s, end_s), (_, expected_start_s, expected_end_s) in zip(found, CAPTIONED, strict=True):
        assert start_s == pytest.approx(expected_start_s, abs=1 / RATE), text
        assert end_s == pytest.approx(expected_end_s, abs=1 / RATE + 0.002), text


@pytest.fixture(scope="module")
def exported(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("for the editor")
    assert run(built.root, "edit", "export", "vpn", "--to", str(out)) == cli.OK
    return out


def test_what_comes_back_from_an_export_is_the_same_body_to_the_frame(exported: Path) -> None:
    parts = [Part(name, 3600) for name in (FIRST, SECOND, THIRD)]
    (file,) = exported.glob("*.otio")
    found = read_edit(file.read_bytes(), file=file.name, parts=parts)
    names = [parts[item.part].name for item in found.excerpts]
    frames = [
        (round(item.time.start_ms * RATE / 1000), round(item.time.end_ms * RATE / 1000))
        for item in found.excerpts
    ]
    assert names == [name for name, _, _ in SHOWN]
    assert frames == [(round(start * RATE), round((start + length) * RATE)) for _, start, length in SHOWN]
    assert found.findings == ()


def test_an_export_points_at_files_that_are_there(built: Built, exported: Path) -> None:
    (file,) = exported.glob("*.otio")
    timeline = otio.adapters.read_from_file(str(file))
    footage = {built.folder / name for name in (FIRST, SECOND, THIRD)}
    found = set()
    for item in timeline.find_clips():
        target = unquote(item.media_reference.target_url)
        found.add((exported / target).resolve())
    assert all(path.is_file() for path in found)
    assert footage <= found
    assert {path.name for path in found - footage} == {
        "first-part.card-intro.mp4",
        "first-part.card-outro.mp4",
    }


def test_an_export_is_as_long_as_the_video_with_fades_where_cards_fade(built: Built, exported: Path) -> None:
    (file,) = exported.glob("*.otio")
    timeline = otio.adapters.read_from_file(str(file))
    (pictures,) = timeline.video_tracks()
    (sound,) = timeline.audio_tracks()
    assert pictures.duration() == otio.opentime.RationalTime(len(built.frames), RATE)
    assert sound[0].duration().value == pytest.approx(built.start, abs=RATE / 2)
    fades = [item for item in pictures if isinstance(item, otio.schema.Transition)]
    assert all(0 < item.in_offset.value + item.out_offset.value <= RATE / 2 for item in fades)
    assert (exported / "first-part.en.vtt").is_file()
    assert "Third." in (exported / "first-part.en.srt").read_text(encoding="utf-8")


def test_nothing_is_written_over_and_nothing_into_the_drop_folder(
    built: Built, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(built.root, "edit", "export", "vpn", "--to", str(exported)) == cli.NOTHING_PUBLISHED
    assert "--force" in capsys.readouterr().err
    assert run(built.root, "edit", "export", "vpn", "--to", str(exported), "--force", "--json") == cli.OK
    (told,) = json.loads(capsys.readouterr().out)["edits"]
    assert told["video"] == "vpn/first-part"
    assert run(built.root, "edit", "export", "vpn", "--to", str(built.folder)) == cli.NOTHING_PUBLISHED
    assert "lies in the folder of the services" in capsys.readouterr().err
    assert not list(built.folder.glob("*.card-*"))


def test_an_edit_that_cannot_be_shown_stops_its_service_with_the_clips_name(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = built.folder / "final.otio"
    before = file.read_bytes()
    file.write_bytes(edit(clip(FIRST, 2.0, 9.0, name="the long one")))
    try:
        assert run(built.root, "edit", "export", "vpn", "--to", str(tmp_path)) == cli.NOTHING_PUBLISHED
        assert "`the long one` shows 2.00 s to 11.00 s" in capsys.readouterr().err
    finally:
        file.write_bytes(before)


def test_a_service_that_is_not_built_is_not_exported(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--renders", str(tmp_path / "renders"), "--to", str(tmp_path / "out"))
    assert run(built.root, "edit", "export", "vpn/first-part", *out) == cli.NOTHING_PUBLISHED
    assert "run `ebrochure build vpn` first" in capsys.readouterr().err
    assert run(built.root, "edit", "export", "vpn/other") == cli.NOTHING_PUBLISHED
    assert "there are: first-part" in capsys.readouterr().err
