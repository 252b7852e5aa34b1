"""The steps of `scripts/make_sample`, each of which writes part of `assets/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample import presenter, rooms
from sample.fonts import cut_fonts
from sample.logo import draw_logos
from sample.paint import ASSETS, BRAND, SERVICES
from sample.slides import write_leaflet, write_slides
from sample.studio import FRAME_RATE, write_film, write_narration
from sample.voice import follow_mouth, read_aloud, spoken_paragraphs
from sample.words import BACKUP, MEETING_ROOMS, QUICK_GUIDE, REMOTE_ACCESS, TRAVEL_CHECKLIST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def make(steps: Sequence[str], *, fonts: Path | None = None) -> None:
    """Run the named steps of `STEPS`, saying what each one writes.

    Args:
        steps: Keys of `STEPS`.
        fonts: Unpacked npm package to cut the fonts from; None: the fonts stay.
    """
    if fonts is not None:
        cut_fonts(fonts, BRAND)
    for step in steps:
        print(f"{step} …", flush=True)
        STEPS[step]()
    files = [path for path in ASSETS.rglob("*") if path.is_file()]
    print(f"{len(files)} files in assets/, {sum(path.stat().st_size for path in files) / 1e6:.2f} MB")


def make_brand() -> None:
    """Draw the logos."""
    draw_logos()


def make_papers() -> None:
    """Write slides and leaflets."""
    remote = SERVICES / "remote-access"
    write_slides(REMOTE_ACCESS, remote / "slides.pdf", title="Remote access")
    write_slides(BACKUP, SERVICES / "backup" / "slides.pdf", title="Backup and restore")
    write_leaflet(remote / "documents" / "remote-access-quick-guide.pdf", QUICK_GUIDE)
    write_leaflet(remote / "documents" / "working-abroad-checklist.pdf", TRAVEL_CHECKLIST)


def make_remote_access() -> None:
    """Film Priya Shah, and take her photograph."""
    folder = SERVICES / "remote-access"
    presenter.draw_portrait(480).save(folder / "priya.jpg", quality=88, optimize=True)
    script = (folder / "explainer.script.md").read_text("utf-8")
    reading = read_aloud(spoken_paragraphs(script), voice="slt", stretch=1.04)
    pictures = presenter.film(follow_mouth(reading, frame_rate=FRAME_RATE), frame_rate=FRAME_RATE)
    write_film(reading, pictures, folder / "explainer.mp4", loudness_lufs=-22)


def make_backup() -> None:
    """Record the narration of the backup service."""
    folder = SERVICES / "backup"
    script = (folder / "narration.script.md").read_text("utf-8")
    reading = read_aloud(spoken_paragraphs(script), voice="rms")
    write_narration(reading, folder / "narration.m4a", loudness_lufs=-19)


def make_meeting_rooms() -> None:
    """Film a screen on which a room is booked."""
    reading = read_aloud(MEETING_ROOMS, voice="awb")
    pictures = rooms.film(reading, frame_rate=FRAME_RATE)
    write_film(reading, pictures, SERVICES / "meeting-rooms" / "meeting-rooms.mp4", loudness_lufs=-25)


STEPS: dict[str, Callable[[], None]] = {
    "brand": make_brand,
    "papers": make_papers,
    "remote-access": make_remote_access,
    "backup": make_backup,
    "meeting-rooms": make_meeting_rooms,
}
"""Each step by the name it is called on the command line."""
