"""What a page offers beside its video: smaller, in AV1, to listen to, and in small pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.media import Offers, Rendition, SoundRendition, Sprite
from ebrochure.publish.html import render_page
from ebrochure.publish.offers import thumbnails_vtt
from ebrochure.publish.page import Brochure, build_page
from tests.fixtures.pages import TODAY, brand, empty_media, film, rich_service

AV1 = 'video/mp4; codecs="av01.0.08M.08, mp4a.40.2"'
CUE = re.compile(
    r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})\n(\S+)#xywh=(\d+),(\d+),160,90\n"
)


def rendition(path: Path, mime_type: str, width: int, height: int) -> Rendition:
    path.write_bytes(path.name.encode())
    return Rendition(path, mime_type, width, height, Fraction(25), 600, 24_000, 800_000, None)


def sprite(path: Path, starts_ms: tuple[int, ...]) -> Sprite:
    return Sprite(path, 160, 90, 10, starts_ms, starts_ms[-1] + 1000)


@pytest.fixture
def brochure(tmp_path: Path) -> Brochure:
    """Return a brochure whose first film has every offer and whose second has none."""
    media = empty_media(tmp_path)
    sound, sheet = tmp_path / "audio.m4a", tmp_path / "sprite.jpg"
    for path in (sound, sheet):
        path.write_bytes(path.name.encode())
    offers = Offers(
        smaller=rendition(tmp_path / "smaller.mp4", "video/mp4", 1280, 720),
        av1=rendition(tmp_path / "av1.mp4", AV1, 1920, 1080),
        sound=SoundRendition(sound, "audio/mp4", 24_000, 480_000),
        sprite=sprite(sheet, (0, 2000, 4000)),
    )
    service = rich_service(media)
    first, second = (film(media, source, ()) for source in service.videos)
    return build_page(service, brand(), (replace(first, offers=offers), second), today=TODAY)


def test_browser_is_offered_av1_first_then_the_full_size_then_the_smaller(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    sources = re.findall(r'<source src="media/explainer([^"]*)" type="([^"]*)"( media="[^"]*")?>', html)
    large = ' media="(min-width: 60em)"'
    assert sources == [
        (".av1.mp4", AV1.replace('"', "&#34;"), large),
        (".mp4", "video/mp4", large),
        (".720p.mp4", "video/mp4", ""),
    ]


def test_film_without_a_smaller_size_is_for_every_screen(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    assert re.findall(r'<source src="media/abroad[^>]*>', html) == [
        '<source src="media/abroad.mp4" type="video/mp4">'
    ]


def test_smaller_file_and_sound_can_be_taken_away(brochure: Brochure) -> None:
    offered = [(item.label, item.kind, item.size_bytes) for item in brochure.page.downloads[1:3]]
    assert offered == [
        ("Remote access in one minute, smaller file", "MP4", 2_400_000),
        ("Remote access in one minute, to listen to", "M4A", 480_000),
    ]


def test_every_offer_has_its_file(brochure: Brochure) -> None:
    placed = {item.href for item in brochure.files}
    video = brochure.page.videos[0]
    assert video.thumbnails is not None
    assert video.thumbnails.sheet_href in placed
    assert {video.smaller, video.av1, video.sound}.isdisjoint({None})
    assert {item.href for item in (video.smaller, video.av1, video.sound) if item is not None} <= placed


@given(st.lists(st.integers(1, 40_000), min_size=1, max_size=120), st.integers(0, 3000))
def test_thumbnails_cover_the_film_without_a_gap_and_lie_side_by_side(gaps: list[int], first: int) -> None:
    starts = tuple(first + sum(gaps[:count]) for count in range(len(gaps)))
    sheet = sprite(Path("s.jpg"), starts)
    vtt = thumbnails_vtt(sheet, "a.sprite.jpg")
    cues = [tuple(map(int, found[:8])) + tuple(map(int, found[9:])) for found in CUE.findall(vtt)]
    times = [
        (((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2)
        for h, m, s, ms, h2, m2, s2, ms2, *_ in cues
    ]
    assert [start for start, _ in times] == [0, *starts[1:]]
    assert [end for _, end in times] == [*starts[1:], sheet.duration_ms]
    assert [cue[8:] for cue in cues] == [(at % 10 * 160, at // 10 * 90) for at in range(len(starts))]
