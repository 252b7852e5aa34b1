"""The music of a brand kit: any sound file, and nothing that only says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import SettingsError
from ebrochure.ingest.brand import read_brand
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.settings import LimitSettings
from tests.fixtures.workspace import BRAND_YAML, keeper, make_brand

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.brand import Brand


def read(root: Path, music: str, limits: LimitSettings | None = None) -> Brand:
    make_brand(root / "brand", f"{BRAND_YAML}music: {music}\n", None)
    return read_brand(root / "brand", limits or LimitSettings(), keeper(root))[0]


def make_music(root: Path, name: str, *, seconds: float = 6) -> None:
    (root / "brand").mkdir()
    source = ("-f", "lavfi", "-i", f"sine=duration={seconds}")
    run_ffmpeg((*source, str(root / "brand" / name)))


def test_a_file_is_taken_in_and_known(tmp_path: Path) -> None:
    make_music(tmp_path, "bed.mp3")

    music = read(tmp_path, "bed.mp3").music

    assert music is not None
    assert music.under_speech_db == 24
    assert (music.info.demuxer, len(music.info.audio)) == ("mp3", 1)
    assert music.source.path.parent.name != "brand"


def test_a_brand_may_ask_for_less_music(tmp_path: Path) -> None:
    make_music(tmp_path, "bed.ogg")

    music = read(tmp_path, "{file: bed.ogg, under_speech_db: 30}").music

    assert music is not None
    assert music.under_speech_db == 30


@pytest.mark.parametrize(
    ("written", "content", "code"),
    [
        ("bed.mp3", b"#EXTM3U\nfile:///etc/passwd\n", "NOT_MEDIA"),
        ("bed.mp3", b"", "EMPTY_FILE"),
        ("../bed.mp3", b"x", "META_PATH"),
        ("other.mp3", b"x", "FILE_MISSING"),
        ("{file: bed.mp3, under_speech_db: 12}", b"x", "META_TYPE"),
    ],
    ids=["playlist", "empty", "outside", "missing", "too loud"],
)
def test_what_is_no_music_stops_the_build_with_the_reason(
    tmp_path: Path, written: str, content: bytes, code: str
) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "bed.mp3").write_bytes(content)

    with pytest.raises(SettingsError) as caught:
        read(tmp_path, written)

    assert code in [item.code for item in caught.value.findings]


def test_a_jingle_is_too_short_and_a_symphony_too_long(tmp_path: Path) -> None:
    make_music(tmp_path, "bed.wav", seconds=3)
    with pytest.raises(SettingsError, match="at least 5 s"):
        read(tmp_path, "bed.wav")

    with pytest.raises(SettingsError, match="long"):
        read(tmp_path, "bed.wav", LimitSettings(footage_s=2))


def test_a_picture_without_sound_is_no_music(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    source = ("-f", "lavfi", "-i", "testsrc=s=64x64:d=6")
    run_ffmpeg((*source, str(tmp_path / "brand" / "bed.mp4")))

    with pytest.raises(SettingsError, match="no sound"):
        read(tmp_path, "bed.mp4")
