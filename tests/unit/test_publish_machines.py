"""What machines read beside the pages: whole, honest, the same twice, and deaf to hostile words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from PIL import Image

from ebrochure.model.brand import Brand
from ebrochure.model.media import Offers, SoundRendition
from ebrochure.model.page import Index, Page
from ebrochure.model.service import Service
from ebrochure.publish.embedded import texts_beside
from ebrochure.publish.feeds import ATOM, PODCAST, ROBOTS, SITEMAP, texts_for_machines
from ebrochure.publish.html import render_index, render_page
from ebrochure.publish.linkeddata import duration_text, linked_data
from ebrochure.publish.page import Brochure, build_index, build_page
from ebrochure.publish.site import publish_site
from tests.fixtures.pages import (
    ADDRESS,
    ATTACK,
    DRAFT,
    SPOKEN,
    TODAY,
    VIDEO_MS,
    Media,
    brand,
    empty_media,
    film,
    hostile,
    rich,
    rich_service,
    right_to_left,
    track,
)

HOME = f"{ADDRESS}remote-access/"
PODCAST_TAGS = "{https://podcastindex.org/namespace/1.0}"
VIDEO_TAGS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "v": "http://www.google.com/schemas/sitemap-video/1.1",
}


Rule = Callable[[Any], bool]


def _like(pattern: str) -> Rule:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None


_WHOLE_ADDRESS, _TEXT = _like(r"https://[^\s]+"), _like(r".*\S.*")
SCHEMA_ORG: dict[str, dict[str, Rule]] = {
    "VideoObject": {
        "@type": _TEXT,
        "@id": _WHOLE_ADDRESS,
        "name": _TEXT,
        "description": _TEXT,
        "thumbnailUrl": _WHOLE_ADDRESS,
        "uploadDate": _like(r"\d{4}-\d{2}-\d{2}"),
        "duration": _like(r"PT(?=\d)(\d+H)?(\d+M)?(\d+S)?"),
        "contentUrl": _WHOLE_ADDRESS,
        "embedUrl": _WHOLE_ADDRESS,
        "encodingFormat": _like(r"video/[\w.-]+"),
        "inLanguage": _like(r"[a-zA-Z]{2,3}(-\w+)*"),
        "transcript": _TEXT,
        "accessibilityFeature": lambda value: set(value) <= ACCESSIBILITY_FEATURES and value,
        "hasPart": lambda value: all(item["@type"] == "Clip" for item in value),
        "publisher": lambda value: value.keys() == {"@type", "name"} and value["@type"] == "Organization",
    },
    "Clip": {
        "@type": _TEXT,
        "name": _TEXT,
        "startOffset": lambda value: value >= 0,
        "endOffset": lambda value: value > 0,
        "url": _WHOLE_ADDRESS,
    },
}
"""Properties of schema.org's types (28.1) and of their parents, each with the form of its value."""
ACCESSIBILITY_FEATURES = {"captions", "transcript", "audioDescription", "signLanguage"}
"""Those of the W3C's vocabulary that a film can have."""
REQUIRED = {
    "VideoObject": {"name", "description", "thumbnailUrl", "duration", "contentUrl"},
    "Clip": {"name", "startOffset", "endOffset", "url"},
}


@pytest.fixture
def media(tmp_path: Path) -> Media:
    return empty_media(tmp_path)


def heard(media: Media, **changed: object) -> Brochure:
    """Return a brochure whose one video has chapters and its sound alone."""
    base = rich(media, address=ADDRESS)
    service: Service = replace(rich_service(media), **changed)  # type: ignore[arg-type]
    [source, *_rest] = service.videos
    english = track("en", "English", SPOKEN, DRAFT)
    sound = SoundRendition(media.document, 'audio/mp4; codecs="mp4a.40.2"', VIDEO_MS, 1234)
    chapters = base.page.videos[0].chapters
    video = replace(film(media, source, (english,), chapters=chapters), offers=Offers(sound=sound))
    return build_page(replace(service, videos=(source,)), brand(), (video,), today=TODAY, address=ADDRESS)


def index_of(*brochures: Brochure, address: str | None = ADDRESS, noindex: bool = False) -> Index:
    return build_index(brand(), [item.entry for item in brochures], address=address, noindex=noindex)


def objects(page: Page) -> list[dict[str, Any]]:
    """Return what the page's script for search engines says."""
    html = render_page(page)
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(found)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


# --- what a page says of itself


def test_a_video_is_told_as_schema_org_wants_it(media: Media) -> None:
    first, second = objects(rich(media, address=ADDRESS).page)
    # Name, thumbnailUrl and uploadDate are what Google asks for; the names and kinds are schema.org's.
    assert first["@type"] == "VideoObject"
    assert (first["name"], first["uploadDate"]) == ("Remote access in one minute", "2026-10-01")
    assert first["accessibilityFeature"] == ["captions", "transcript", "audioDescription", "signLanguage"]
    assert second["accessibilityFeature"] == ["captions", "transcript"]
    assert first["thumbnailUrl"] == f"{HOME}media/explainer.jpg"
    assert first["contentUrl"] == f"{HOME}media/explainer.mp4"
    assert first["embedUrl"] == f"{HOME}embed-explainer.html"
    assert (first["duration"], first["inLanguage"]) == ("PT24S", "en")
    assert SPOKEN[0] in first["transcript"]
    assert "hasPart" not in second


@pytest.mark.parametrize("make", [rich, heard, hostile])
def test_every_fact_is_one_that_schema_org_knows_in_the_form_it_wants(
    media: Media, make: Callable[..., Brochure]
) -> None:
    brochure = make(media) if make is heard else make(media, address=ADDRESS)
    for told in objects(brochure.page):
        for thing in (told, *told.get("hasPart", ())):
            rules = SCHEMA_ORG[thing["@type"]]
            assert REQUIRED[thing["@type"]] <= thing.keys()
            for name, value in thing.items():
                assert rules[name](value), (name, value)
        starts = [clip["startOffset"] for clip in told.get("hasPart", ())]
        assert starts == sorted(set(starts))
        assert all(clip["startOffset"] < clip["endOffset"] for clip in told.get("hasPart", ()))


def test_chapters_are_clips_that_lead_to_their_second(media: Media) -> None:
    [first, _] = objects(rich(media, address=ADDRESS).page)
    clips = first["hasPart"]
    assert [(clip["startOffset"], clip["endOffset"]) for clip in clips] == [(0, 9), (9, 15), (15, 24)]
    assert clips[1] == {
        "@type": "Clip",
        "name": "When there is no signal",
        "startOffset": 9.0,
        "endOffset": 15.0,
        "url": f"{HOME}?t=9#video-explainer",
    }


def test_no_words_close_the_script_that_search_engines_read(media: Media) -> None:
    [told] = objects(hostile(media, address=ADDRESS).page)
    assert told["name"] == ATTACK
    assert "</script><!-- <script>" in told["transcript"]


@pytest.mark.parametrize(
    ("duration_ms", "text"),
    [(0, "PT0S"), (24_000, "PT24S"), (60_000, "PT1M"), (3_725_400, "PT1H2M5S"), (59_700, "PT1M")],
)
def test_a_length_is_written_as_iso_8601_has_it(duration_ms: int, text: str) -> None:
    assert duration_text(duration_ms) == text


def test_link_previews_get_whole_addresses(media: Media) -> None:
    html = render_page(rich(media, address=ADDRESS).page)
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)">', html))
    assert told["og:title"] == "Remote access"
    assert (told["og:type"], told["og:locale"]) == ("video.other", "en_GB")
    assert told["og:image"] == f"{HOME}media/explainer.jpg"
    assert told["og:video"] == f"{HOME}media/explainer.mp4"
    assert told["twitter:card"] == "summary_large_image"
    assert f'<link rel="canonical" href="{HOME}">' in html


def test_without_an_address_nothing_is_said_that_needs_one(media: Media) -> None:
    brochure = rich(media)
    html = render_page(brochure.page)
    for word in ("og:", "canonical", "ld+json", "oembed", "feed.atom", "podcast.rss", "http://", "twitter:"):
        assert word not in html
    assert linked_data(brochure.page) is None
    assert set(texts_for_machines(index_of(brochure, address=None))) == {ROBOTS}
    alone = {"embed-explainer.html", "described-explainer.html", "sign-explainer.html", "embed-abroad.html"}
    assert set(texts_beside(brochure.page)) == alone


# --- feeds


def test_atom_tells_services_by_the_day_somebody_stood_by_them(media: Media) -> None:
    older = heard(media, id="older", reviewed=TODAY.replace(year=2025))
    undated = heard(media, id="undated", reviewed=None)
    text = texts_for_machines(index_of(older, rich(media, address=ADDRESS), undated))[ATOM]
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [HOME, f"{ADDRESS}older/"]
    assert feed.feed.updated == feed.entries[0].updated == "2026-10-01T00:00:00Z"
    assert feed.feed.author == "Lindermere Water"
    assert [link.href for link in feed.entries[0].links][:2] == [HOME, f"{HOME}media/explainer.mp4"]


def test_atom_has_what_rfc_4287_asks_for_even_where_there_is_nothing_to_tell() -> None:
    feed = etree.fromstring(texts_for_machines(index_of())[ATOM])
    names = [etree.QName(child).localname for child in feed]
    assert {"id", "title", "updated", "author"} <= set(names)
    assert "entry" not in names


def test_podcast_is_the_sound_with_transcript_and_chapters(media: Media) -> None:
    brochure = heard(media)
    text = texts_for_machines(index_of(brochure))[PODCAST]
    feed = feedparser.parse(text)
    assert not feed.bozo
    [item] = feed.entries
    [sound] = item.enclosures
    assert (sound.href, sound.type, sound.length) == (f"{HOME}media/explainer.m4a", "audio/mp4", "1234")
    assert (item.itunes_duration, item.published) == ("24", "Thu, 01 Oct 2026 00:00:00 +0000")
    tree = etree.fromstring(text)
    [transcript] = tree.iter(f"{PODCAST_TAGS}transcript")
    assert dict(transcript.attrib) == {
        "url": f"{HOME}media/explainer.en.vtt",
        "type": "text/vtt",
        "language": "en",
        "rel": "captions",
    }
    [chapters] = tree.iter(f"{PODCAST_TAGS}chapters")
    beside = texts_beside(brochure.page)
    told = json.loads(beside[chapters.get("url", "").removeprefix(HOME)])
    assert told["version"] == "1.2.0"
    assert [item["startTime"] for item in told["chapters"]] == [0, 9, 15]


def test_a_page_that_is_carried_over_stays_in_the_feeds(media: Media, tmp_path: Path) -> None:
    def publish(*brochures: Brochure, keep: tuple[str, ...] = ()) -> bytes:
        renders = tmp_path / "renders"
        site = publish_site(brochures, brand=brand(), renders=renders, keep_previous=keep, address=ADDRESS)
        return b"".join((site / name).read_bytes() for name in (ATOM, PODCAST, SITEMAP))

    both = publish(heard(media), right_to_left(address=ADDRESS))
    assert publish(right_to_left(address=ADDRESS), keep=("remote-access",)) == both


@pytest.mark.parametrize("publisher", [brand(), replace(brand(), logo=None)], ids=["logo", "no logo"])
def test_a_podcast_has_the_square_cover_that_directories_want(
    media: Media, tmp_path: Path, publisher: Brand
) -> None:
    site = publish_site((heard(media),), brand=publisher, renders=tmp_path / "renders", address=ADDRESS)
    feed = feedparser.parse((site / PODCAST).read_bytes()).feed
    with Image.open(site / feed.image.href.removeprefix(ADDRESS)) as cover:
        assert (cover.format, cover.mode, cover.size) == ("PNG", "RGB", (1400, 1400))
        extremes = cover.convert("L").getextrema()
    assert extremes[1] - extremes[0] > 128  # there is something to see on it


def test_a_service_without_a_day_is_in_the_podcast_without_one(media: Media) -> None:
    [item] = feedparser.parse(texts_for_machines(index_of(heard(media, reviewed=None)))[PODCAST]).entries
    assert "published" not in item


def test_a_podcast_is_offered_only_where_there_is_something_to_hear(media: Media) -> None:
    mute, sounding = rich(media, address=ADDRESS), heard(media)
    assert PODCAST not in texts_for_machines(index_of(mute))
    assert f'href="../{PODCAST}"' not in render_page(mute.page)
    assert f'href="../{PODCAST}"' in render_page(sounding.page)
    assert f'href="{PODCAST}"' in render_index(index_of(sounding))


def test_sitemap_names_every_page_and_video(media: Media) -> None:
    index = index_of(rich(media, address=ADDRESS), right_to_left(address=ADDRESS))
    tree = etree.fromstring(texts_for_machines(index)[SITEMAP])
    places = [item.text for item in tree.iterfind("s:url/s:loc", VIDEO_TAGS)]
    assert places == [ADDRESS, HOME, f"{ADDRESS}remote-access-ar/"]
    for name in ("thumbnail_loc", "title", "description", "content_loc"):
        assert len(tree.findall(f".//v:{name}", VIDEO_TAGS)) == 2


def test_hostile_words_are_words_in_every_feed(media: Media) -> None:
    attack = f"{ATTACK}]]>\x00\x0b\ufffe<!ENTITY x SYSTEM 'file:///etc/passwd'>"
    title = attack.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")
    index = index_of(heard(media, title=attack, summary=attack, audience=attack))
    texts = texts_for_machines(index)
    [entry] = feedparser.parse(texts[ATOM], sanitize_html=False).entries
    assert entry.title == title
    for name in (ATOM, PODCAST, SITEMAP):
        tree = etree.fromstring(texts[name])
        assert title in "".join(tree.itertext())
        assert not [item for item in tree.iter() if etree.QName(item).localname in {"script", "img"}]


def test_two_builds_give_the_same_bytes(media: Media) -> None:
    one, two = (texts_for_machines(index_of(heard(media), right_to_left(address=ADDRESS))) for _ in range(2))
    assert one == two


# --- robots


def test_robots_may_read_what_they_are_shown_the_map_of() -> None:
    text = texts_for_machines(index_of())[ROBOTS].decode()
    assert text == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}sitemap.xml\n"


def test_a_site_that_is_not_to_be_found_bars_all_but_the_pages_that_say_so(media: Media) -> None:
    texts = texts_for_machines(index_of(heard(media), noindex=True))
    assert SITEMAP not in texts
    assert "<itunes:block>Yes</itunes:block>" in texts[PODCAST].decode()
    rules = [line.split(": ") for line in texts[ROBOTS].decode().splitlines()[1:]]

    def may_read(path: str) -> bool:
        # RFC 9309, section 2.2.2: the longest rule that matches decides.
        matching = [
            (len(pattern), verb == "Allow")
            for verb, pattern in rules
            if re.match(re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$"), path)
        ]
        return max(matching)[1]

    pages = ("/", "/index.html", "/remote-access/", "/remote-access/embed-explainer.html")
    assert all(may_read(path) for path in pages)
    assert not any(may_read(path) for path in ("/remote-access/media/explainer.mp4", "/release.json"))


def test_robots_are_told_nothing_where_they_would_not_look() -> None:
    assert ROBOTS not in texts_for_machines(index_of(address=f"{ADDRESS}it/"))


# --- inside other pages


def test_oembed_frames_the_video_alone(media: Media) -> None:
    told = json.loads(texts_beside(rich(media, address=ADDRESS).page)["oembed-explainer.json"])
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "video", 640, 360)
    assert told["html"].startswith(f'<iframe src="{HOME}embed-explainer.html" title="Remote access')
    assert told["provider_url"] == ADDRESS


def test_no_words_leave_the_frame_that_oembed_gives(media: Media) -> None:
    told = json.loads(texts_beside(hostile(media, address=ADDRESS).page)["oembed-explainer.json"])
    frame = etree.fromstring(told["html"], etree.HTMLParser())
    assert [item.tag for item in frame.iter()] == ["html", "body", "iframe"]
    assert frame.find(".//iframe").get("title") == ATTACK


def test_the_film_alone_leads_to_its_page(media: Media) -> None:
    html = texts_beside(rich(media, address=ADDRESS).page)["embed-explainer.html"].decode()
    assert '<a href="index.html#video-explainer" target="_top">' in html
    assert html.count("<track ") == 2
