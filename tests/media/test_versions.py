"""Described and signed versions: the same film at every moment, told for others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.build import build_catalogue, plan_catalogue
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.model.manifest import Outcome
from ebrochure.progress import Silence
from tests.fixtures.assembly import read_frames, read_sound
from tests.fixtures.tiny_workspace import make_workspace
from tests.fixtures.workspace import pdf_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ebrochure.build import Result
    from ebrochure.progress import Work

SIZE = (640, 360)
SECONDS = 12
SPOKEN_HZ, DESCRIBED_HZ = 220, 440
GREEN = (0, 160, 0)
ALIKE = 6.0
"""Mean difference of two pictures, 0 to 255, below which nobody tells them apart."""


class Listener(Silence):
    """Remembers which stages of which recordings were made, in order."""

    def __init__(self) -> None:
        self.made: list[tuple[str | None, str]] = []

    def began(self, work: Work) -> None:
        self.made.append((work.video, work.stage))


def make_film(
    path: Path, picture: str, tone_hz: int | None, *, seconds: float = SECONDS, frames: int | None = None
) -> None:
    """Make a film of a picture ffmpeg draws and a tone; None: without sound."""
    sound = () if tone_hz is None else ("-f", "lavfi", "-i", f"sine=frequency={tone_hz}:duration={seconds}")
    run_ffmpeg(
        (
            *("-f", "lavfi", "-i", f"{picture}size=320x240:rate=25:duration={seconds}", *sound),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"),
            *(() if frames is None else ("-frames:v", str(frames))),
            str(path),
        ),
        timeout_s=60,
    )


def built(root: Path) -> tuple[Result, Listener]:
    listener = Listener()
    return build_catalogue(read_settings(root), (), listener), listener


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a talk, its slides and both its versions, built once."""
    root = make_workspace(tmp_path_factory.mktemp("versions"), good=(), bad=())
    folder = root / "services/remote"
    folder.mkdir(parents=True)
    make_film(folder / "talk.mp4", "testsrc2=", SPOKEN_HZ)
    make_film(folder / "talk.described.mp4", "testsrc2=", DESCRIBED_HZ)
    make_film(folder / "talk.sign.mp4", "color=c=0x00a000:", None, frames=SECONDS * 25 - 3)
    captions = "WEBVTT\n\n00:00:02.000 --> 00:00:10.000\nWork from anywhere.\n"
    (folder / "talk.en.vtt").write_text(captions, encoding="utf-8")
    (folder / "slides.pdf").write_bytes(pdf_bytes(["One", "Two"]))
    wanted = "videos:\n  - {file: talk.mp4, title: Work anywhere, storyboard: slides}\n"
    (folder / "brochure.md").write_text(f"---\ntitle: Remote access\n{wanted}---\n", encoding="utf-8")
    settings = (root / "ebrochure.yaml").read_text(encoding="utf-8")
    delivery = "delivery: {preset: ultrafast, max_height: 360}\n"
    (root / "ebrochure.yaml").write_text(settings + delivery, encoding="utf-8")
    assert built(root)[0].services[0].status is not Outcome.FAILED
    return root


@pytest.fixture
def changed(workspace: Path, tmp_path: Path) -> Path:
    """Return a copy of the built workspace, which may be changed."""
    return shutil.copytree(workspace, tmp_path / "workspace", symlinks=True)


def media(root: Path, name: str) -> Path:
    return root / "renders/site/remote/media" / name


def pictures(root: Path, name: str) -> NDArray[np.uint8]:
    return read_frames(media(root, name), SIZE)


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return how far two pictures or films lie apart where they do most, as the mean of a picture."""
    apart = np.abs(one.astype(np.int16) - other.astype(np.int16))
    return float(apart.reshape(len(one), -1).mean(axis=1).max())


def loudest_hz(root: Path, name: str) -> float:
    """Return the tone that is loudest in the middle second of a film."""
    sound = read_sound(media(root, name))
    mono = sound if sound.ndim == 1 else sound.mean(axis=1)
    middle = mono[len(mono) // 2 :][:48_000]
    return float(np.argmax(np.abs(np.fft.rfft(middle))))


def test_the_described_version_shows_the_same_at_every_moment_and_is_heard_otherwise(workspace: Path) -> None:
    film, described = pictures(workspace, "talk.mp4"), pictures(workspace, "talk.described.mp4")
    assert len(film) == len(described)
    assert difference(film, described) < ALIKE
    assert loudest_hz(workspace, "talk.mp4") == pytest.approx(SPOKEN_HZ, abs=2)
    assert loudest_hz(workspace, "talk.described.mp4") == pytest.approx(DESCRIBED_HZ, abs=2)


def test_no_slide_covers_somebody_who_signs(workspace: Path) -> None:
    film, signed = pictures(workspace, "talk.mp4"), pictures(workspace, "talk.sign.mp4")
    middle = signed[len(signed) // 2, 180, 320]
    assert len(film) == len(signed)
    assert np.abs(middle.astype(int) - GREEN).max() < 24
    assert difference(film[len(film) // 2 :][:1], signed[len(signed) // 2 :][:1]) > ALIKE


def test_the_page_offers_versions_with_the_captions_of_the_film(workspace: Path) -> None:
    folder = workspace / "renders/site/remote"
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert html.count("<video") == 1
    assert 'data-src="media/talk.described.mp4"' in html
    for name in ("described-talk.html", "sign-talk.html"):
        assert 'src="media/talk.en.vtt"' in (folder / name).read_text(encoding="utf-8")


def test_nothing_is_made_again_and_a_new_version_leaves_the_film_alone(changed: Path) -> None:
    assert built(changed)[1].made == []
    make_film(changed / "services/remote/talk.sign.mp4", "color=c=blue:", None)
    planned = plan_catalogue(read_settings(changed))
    _, listener = built(changed)
    assert {video for video, _ in listener.made} == {"talk-sign"}
    assert [stage for _, stage in listener.made] == ["probe", "render"]
    assert {step.video for step in planned} == {"talk-sign"}


def test_a_version_of_the_finished_video_is_shown_as_it_is(changed: Path) -> None:
    shutil.copyfile(media(changed, "talk.mp4"), changed / "services/remote/talk.sign.mp4")
    result, _ = built(changed)
    assert difference(pictures(changed, "talk.mp4"), pictures(changed, "talk.sign.mp4")) < ALIKE
    assert "VERSION_BARE" not in {item.code for item in result.services[0].findings}


def test_a_version_with_times_of_its_own_is_a_film_of_its_own(changed: Path) -> None:
    folder = changed / "services/remote"
    make_film(folder / "talk.described.mp4", "testsrc2=", DESCRIBED_HZ, seconds=SECONDS + 3)
    (folder / "talk.described.en.vtt").write_text(
        "WEBVTT\n\n00:00:02.000 --> 00:00:10.000\nA map is seen.\n", encoding="utf-8"
    )
    result, _ = built(changed)
    html = (changed / "renders/site/remote/index.html").read_text(encoding="utf-8")
    told = {item.code: item.message for item in result.services[0].findings}
    assert "`talk.described.mp4` is 3.0 s longer than `talk.mp4`" in told["VERSION_LENGTH"]
    assert html.count("<video") == 2
    assert "Work anywhere, with audio description" in html
    assert "A map is seen." in media(changed, "talk-described.en.vtt").read_text(encoding="utf-8")


def test_a_description_that_is_not_heard_is_refused_and_the_page_stays(changed: Path) -> None:
    before = (changed / "renders/site/remote/index.html").read_bytes()
    make_film(changed / "services/remote/talk.described.mp4", "testsrc2=", None)
    result, _ = built(changed)
    (service,) = result.services
    assert [item.code for item in service.findings if item.level == "error"] == ["VERSION_SILENT"]
    assert (changed / "renders/site/remote/index.html").read_bytes() == before
