"""Every awkward file of the sample material gets the verdict that its manifest asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ebrochure.errors import MaterialError
from ebrochure.media.probe import probe
from ebrochure.model.findings import Level
from ebrochure.model.media import MediaInfo
from ebrochure.settings import LimitSettings

CODES = {
    "audio/empty_44byte.wav": {"EMPTY_AUDIO"},
    "video/bomb_fps_million.avi": {"BAD_FRAME_RATE", "CLIP_TOO_SHORT"},
    "video/bomb_index_stsz.mp4": {"UNREADABLE"},
    "video/bomb_mjpeg_16000.avi": {"PICTURE_TOO_LARGE"},
    "video/bomb_ts_gap_27h.mp4": {"TOO_LONG", "TIMESTAMP_GAP"},
    "video/mp4_named_jpg.jpg": {"TYPE_MISMATCH"},
    "video/one_byte.mp4": {"UNREADABLE"},
    "video/one_pixel_2x2.mp4": {"VIDEO_TOO_SMALL"},
    "video/onedrive_placeholder.mp4": {"FILE_EMPTY_CONTENT"},
    "video/three_frames_0.1s.mp4": {"CLIP_TOO_SHORT"},
}
"""Of what is refused; all else that is refused is NOT_MEDIA."""

LATER = {
    "audio/lang_ar.wav": "the language is heard by the recogniser",
    "audio/lang_de.wav": "the language is heard by the recogniser",
    "audio/noise_only_10s.wav": "that nobody speaks is found by voice activity",
    "audio/noise_snr_0dB.wav": "doubtful words are found by the recogniser",
    "audio/tone_only.wav": "that nobody speaks is found by voice activity",
    "video/bomb_duration_mvhd.mp4": "ffmpeg takes the length from the tracks, which do not lie",
}
"""What a probe has nothing to warn of, and why."""

LONGER = {
    "video/drift_2pct.mp4": 12.24,  # the manifest gives the picture's length, we the longest stream's
}
WIDER = {
    "video/interlaced_unflagged.mp4": (1024, 576),  # the manifest gives the coded size; its samples are 64:45
}
MOST_SECONDS_OFF = 0.1


@dataclass(frozen=True, eq=False)
class Entry:
    file: str
    verdict: str
    checks: dict[str, Any]


@pytest.fixture(scope="module")
def corpus(samples: Path) -> tuple[Path, list[Entry]]:
    folder = samples / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no awkward files at {folder}")
    entries = [
        Entry(item["file"], item["verdict"], item["checks"])
        for item in json.loads((folder / "manifest.json").read_text("utf-8"))
        if item["file"].startswith(("audio/", "video/"))
        or (item["file"].startswith("security/") and item["file"].endswith((".mp4", ".mkv")))
    ]
    return folder, [entry for entry in entries if entry.verdict != "ignore"]


def complaints(folder: Path, entry: Entry) -> list[str]:
    """Probe one file and say what is wrong with the outcome."""
    try:
        info, findings = probe(folder / entry.file, name=Path(entry.file).name, limits=LimitSettings())
    except MaterialError as error:
        code = error.findings[0].code
        if entry.verdict != "reject":
            return [f"refused: {error}"]
        expected = CODES.get(entry.file, {"NOT_MEDIA"})
        return [] if code in expected else [f"{code} in place of {expected}"]
    if entry.verdict == "reject":
        return ["taken"]
    return [
        *verdict_complaints(entry, [item.code for item in findings if item.level is Level.WARN]),
        *fact_complaints(entry, info),
    ]


def verdict_complaints(entry: Entry, codes: list[str]) -> Iterator[str]:
    if entry.verdict == "accept" and codes:
        yield f"warned: {codes}"
    if entry.verdict == "accept_warn" and not codes and entry.file not in LATER:
        yield "no warning"


def fact_complaints(entry: Entry, info: MediaInfo) -> Iterator[str]:
    length = LONGER.get(entry.file, entry.checks.get("dur"))
    if length and abs(info.duration_ms / 1000 - length) > MOST_SECONDS_OFF:
        yield f"{info.duration_ms} ms in place of {length} s"
    size = WIDER.get(entry.file, (entry.checks.get("dw"), entry.checks.get("dh")))
    shown = info.video.displayed_size if info.video else (0, 0)
    if size[0] and max(abs(shown[0] - size[0]), abs(shown[1] - size[1])) > 1:
        yield f"{shown} in place of {size}"
    if entry.checks.get("audio") in {"none", "speech"} and bool(info.audio) != (
        entry.checks["audio"] == "speech"
    ):
        yield f"{len(info.audio)} sound tracks in place of {entry.checks['audio']}"


def test_every_file_gets_its_verdict(corpus: tuple[Path, list[Entry]]) -> None:
    folder, entries = corpus
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(entries, pool.map(lambda entry: complaints(folder, entry), entries), strict=True))

    assert len(entries) > 60
    assert {entry.file: texts for entry, texts in found.items() if texts} == {}
