"""Releases: whole, confined, switched to in one step, and left alone when nothing changed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.errors import EbrochureError, StoreError
from ebrochure.publish import release as release_module
from ebrochure.publish.page import Brochure
from ebrochure.publish.places import Placed
from ebrochure.publish.release import MANIFEST, Releases, confined
from ebrochure.publish.site import carried_over, publish_site
from ebrochure.store import digest_file
from tests.fixtures.pages import Media, brand, empty_media, rich, right_to_left


@pytest.fixture
def media(tmp_path: Path) -> Media:
    return empty_media(tmp_path / "media")


@pytest.fixture
def renders(tmp_path: Path) -> Path:
    return tmp_path / "renders"


def publish(
    renders: Path, *brochures: Brochure, keep: tuple[str, ...] = (), title: str | None = None
) -> Path:
    """Publish `brochures`, all of them called `title` where one is given."""
    named = brochures if title is None else tuple(_titled(item, title) for item in brochures)
    return publish_site(named, brand=brand(), renders=renders, keep_previous=keep)


def _titled(brochure: Brochure, title: str) -> Brochure:
    return replace(
        brochure, page=replace(brochure.page, title=title), entry=replace(brochure.entry, title=title)
    )


def releases_in(renders: Path) -> list[str]:
    """Return the names in the releases folder."""
    return sorted(path.name for path in (renders / "releases").iterdir())


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file and folder with its inode and time of change."""
    return {
        str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns)
        for path in sorted([folder, *folder.rglob("*")])
    }


def test_site_is_laid_out_as_promised(renders: Path, media: Media) -> None:
    site = publish(renders, rich(media), right_to_left())
    assert site == renders / "site"
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()) == [
        "index.html",
        "release.json",
        "remote-access-ar/index.html",
        "remote-access-ar/search.js",
        "remote-access/described-explainer.html",
        "remote-access/documents/use-policy.pdf",
        "remote-access/embed-abroad.html",
        "remote-access/embed-explainer.html",
        "remote-access/index.html",
        "remote-access/liaison.png",
        "remote-access/media/abroad.en.vtt",
        "remote-access/media/abroad.jpg",
        "remote-access/media/abroad.mp4",
        "remote-access/media/explainer.de.vtt",
        "remote-access/media/explainer.described.360p.mp4",
        "remote-access/media/explainer.described.mp4",
        "remote-access/media/explainer.en.descriptions.vtt",
        "remote-access/media/explainer.en.vtt",
        "remote-access/media/explainer.jpg",
        "remote-access/media/explainer.mp4",
        "remote-access/media/explainer.sign.360p.mp4",
        "remote-access/media/explainer.sign.mp4",
        "remote-access/search.js",
        "remote-access/sign-explainer.html",
        "remote-access/slides/explainer-01.png",
        "remote-access/slides/explainer-02.png",
        "remote-access/transcript.html",
        "robots.txt",
        "static/describe.js",
        "static/filters.js",
        "static/fonts/bold.woff2",
        "static/fonts/regular.woff2",
        "static/front.css",
        "static/icon.svg",
        "static/logo-dark.png",
        "static/logo.png",
        "static/player.js",
        "static/search.js",
        "static/search/terms-0.js",
        "static/search/words.js",
        "static/site.css",
        "static/terms.js",
        "static/versions.js",
    ]


def test_release_knows_every_file_by_its_digest(renders: Path, media: Media) -> None:
    site = publish(renders, rich(media))
    current = Releases(renders).current()
    assert current is not None
    found = {
        path.relative_to(site).as_posix(): digest_file(path) for path in site.rglob("*") if path.is_file()
    }
    del found[MANIFEST]
    assert {href: file.digest for href, file in current.release.files.items()} == found


def test_media_is_linked_and_the_brand_s_own_files_are_copied(renders: Path, media: Media) -> None:
    site = publish(renders, rich(media))
    assert (site / "remote-access" / "media" / "explainer.mp4").samefile(media.video)
    assert not (site / "static" / "fonts" / "regular.woff2").samefile(brand().typeface.regular)


def test_media_is_copied_where_links_are_not_to_be_had(
    renders: Path, media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    site = publish(renders, rich(media))
    copy = site / "remote-access" / "media" / "explainer.mp4"
    assert copy.read_bytes() == media.video.read_bytes()
    before = snapshot(renders)
    publish(renders, rich(media))
    assert snapshot(renders) == before


def test_site_can_be_read_by_a_web_server(renders: Path, media: Media) -> None:
    media.video.chmod(0o600)
    site = publish(renders, rich(media))
    modes = {path: path.stat().st_mode for path in [site.resolve(), *site.resolve().rglob("*")]}
    assert [path for path, mode in modes.items() if not mode & 0o004] == []


def test_same_content_writes_nothing(renders: Path, media: Media) -> None:
    publish(renders, rich(media), right_to_left())
    before = snapshot(renders)
    publish(renders, rich(media), right_to_left())
    assert snapshot(renders) == before


def test_order_of_the_services_makes_no_difference(renders: Path, media: Media) -> None:
    publish(renders, rich(media), right_to_left())
    before = snapshot(renders)
    publish(renders, right_to_left(), rich(media))
    assert snapshot(renders) == before


def test_changed_words_make_a_new_release_and_keep_the_one_before(renders: Path, media: Media) -> None:
    for title in ("One", "Two", "Three"):
        site = publish(renders, rich(media), title=title)
        assert f"<h1>{title}</h1>" in (site / "remote-access" / "index.html").read_text(encoding="utf-8")
    names = releases_in(renders)
    assert [name.partition("-")[0] for name in names] == ["000002", "000003"]
    assert (renders / "site").resolve().name == names[1]
    assert "<h1>Two</h1>" in (renders / "releases" / names[0] / "remote-access" / "index.html").read_text()


def test_changed_film_makes_a_new_release(renders: Path, media: Media) -> None:
    publish(renders, rich(media))
    replacement = media.video.with_name("other.mp4")
    replacement.write_bytes(b"X" * media.video.stat().st_size)
    replacement.replace(media.video)
    site = publish(renders, rich(media))
    assert (site / "remote-access" / "media" / "explainer.mp4").read_bytes().startswith(b"XX")


def test_damaged_site_is_made_whole(renders: Path, media: Media) -> None:
    site = publish(renders, rich(media))
    (site / "remote-access" / "index.html").write_text("changed by hand", encoding="utf-8")
    publish(renders, rich(media))
    assert "<h1>" in (site / "remote-access" / "index.html").read_text(encoding="utf-8")
    (site / "remote-access" / "media" / "abroad.mp4").unlink()
    publish(renders, rich(media))
    assert (site / "remote-access" / "media" / "abroad.mp4").is_file()


def test_failed_service_keeps_its_page_and_its_card(renders: Path, media: Media) -> None:
    publish(renders, rich(media), right_to_left())
    site = publish(renders, right_to_left(), keep=("remote-access", "never-was"), title="New")
    page = (site / "remote-access" / "index.html").read_text(encoding="utf-8")
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "<h1>Remote access</h1>" in page
    assert (site / "remote-access" / "media" / "explainer.mp4").is_file()
    assert 'href="remote-access/index.html"' in index
    assert "New" in index
    assert "never-was" not in index


def test_page_is_carried_over_again_and_again(renders: Path, media: Media) -> None:
    publish(renders, rich(media), right_to_left())
    for title in ("One", "Two", "Three"):
        site = publish(renders, right_to_left(), keep=("remote-access",), title=title)
    assert (site / "remote-access" / "media" / "explainer.mp4").is_file()
    before = snapshot(renders)
    publish(renders, right_to_left(), keep=("remote-access",), title="Three")
    assert snapshot(renders) == before


def test_fresh_page_wins_over_the_kept_one(renders: Path, media: Media) -> None:
    publish(renders, rich(media), title="Old")
    site = publish(renders, rich(media), keep=("remote-access",), title="New")
    assert "<h1>New</h1>" in (site / "remote-access" / "index.html").read_text(encoding="utf-8")


def test_service_that_is_gone_leaves_the_site(renders: Path, media: Media) -> None:
    publish(renders, rich(media), right_to_left())
    site = publish(renders, right_to_left())
    assert not (site / "remote-access").exists()


def test_what_can_be_carried_over_is_known(renders: Path, media: Media) -> None:
    assert carried_over(renders, ("remote-access",)) == ()
    publish(renders, rich(media))
    assert carried_over(renders, ("never-was", "remote-access")) == ("remote-access",)


def test_what_an_interrupted_publishing_left_is_swept(renders: Path, media: Media) -> None:
    publish(renders, rich(media))
    stage = renders / "releases" / ".stage-old"
    orphan = renders / "releases" / "000007-0123abcd"
    foreign = renders / "releases" / "notes"
    for folder in (stage, orphan, foreign):
        folder.mkdir()
    (renders / ".site-000007-0123abcd").symlink_to("releases/000007-0123abcd")
    publish(renders, rich(media))
    assert not stage.exists()
    assert not orphan.exists()
    assert not (renders / ".site-000007-0123abcd").is_symlink()
    assert foreign.exists()


def test_full_disk_leaves_the_site_as_it_was(
    renders: Path, media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(renders, rich(media))
    before = snapshot(renders / "site" / "remote-access")
    target = (renders / "site").readlink()

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_module, "sync_tree", full)
    with pytest.raises(StoreError, match="No space left on device"):
        publish(renders, rich(media), title="New")
    assert (renders / "site").readlink() == target
    assert snapshot(renders / "site" / "remote-access") == before
    assert releases_in(renders) == [target.name]


def test_site_that_is_not_ours_is_left_alone(renders: Path, media: Media, tmp_path: Path) -> None:
    (renders / "site").mkdir(parents=True)
    (renders / "site" / "precious.html").write_text("mine", encoding="utf-8")
    with pytest.raises(EbrochureError, match="not made by ebrochure"):
        publish(renders, rich(media))
    assert (renders / "site" / "precious.html").read_text(encoding="utf-8") == "mine"

    other = tmp_path / "other"
    other.mkdir()
    (other / "site").symlink_to(renders / "site")
    with pytest.raises(EbrochureError, match="not made by ebrochure"):
        publish(other, rich(media))


def test_link_that_leads_nowhere_is_replaced(renders: Path, media: Media) -> None:
    renders.mkdir()
    (renders / "site").symlink_to("releases/000003-00000000")
    assert (publish(renders, rich(media)) / "index.html").is_file()


@pytest.mark.parametrize(
    "name", ["../x", "A", "a", "a--b", "-a", "static", "con", "a" * 65, "a/b", "ä-b", "a.b", ""]
)
def test_bad_ids_are_refused(renders: Path, name: str) -> None:
    brochure = right_to_left()
    bad = replace(brochure, page=replace(brochure.page, id=name))
    with pytest.raises(ValueError, match="expected an id"):
        publish(renders, bad)
    assert not (renders / "site").exists()


def test_service_twice_is_refused(renders: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        publish(renders, right_to_left(), right_to_left())


@pytest.mark.parametrize(
    "href",
    ["../escape", "/etc/passwd", "a/../../b", "a//b", ".hidden", "a/.git/x", "a\\b", "a\0b", "a\nb", ""],
)
def test_no_path_leaves_the_release(tmp_path: Path, href: str) -> None:
    with pytest.raises(ValueError, match="expected a path inside the release"):
        confined(tmp_path, href)


def test_file_that_would_leave_the_release_stops_the_publishing(renders: Path, media: Media) -> None:
    brochure = replace(right_to_left(), files=(Placed(media.video, "../../escape.mp4"),))
    with pytest.raises(ValueError, match="inside the release"):
        publish(renders, brochure)
    assert releases_in(renders) == []


def test_symbolic_link_is_never_published(renders: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    link = tmp_path / "link.pdf"
    link.symlink_to(secret)
    brochure = replace(right_to_left(), files=(Placed(link, "documents/a.pdf"),))
    with pytest.raises(ValueError, match="regular file"):
        publish(renders, brochure)


def test_manifest_that_cannot_be_believed_is_not(renders: Path, media: Media) -> None:
    site = publish(renders, rich(media))
    (site / MANIFEST).write_text('{"services": 3}', encoding="utf-8")
    assert Releases(renders).current() is None
    assert (publish(renders, rich(media)) / "index.html").is_file()
    assert Releases(renders).current() is not None
