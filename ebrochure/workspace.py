"""A new workspace: everything a communications team needs to drop its first recording."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ebrochure.errors import EbrochureError
from ebrochure.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAMPLE = "remote-access"

_SETTINGS = """\
# Settings of this workspace. Every key is optional; what is written here is what holds anyway.

services: services        # the drop folder: one folder in it is one service
brand: brand              # logo, colours, letters
renders: renders          # the site and everything it is made from

engine: auto              # auto | whisper | faster-whisper | offline
whisper:
  model: base             # name of a Whisper model, or the path of a checkpoint
  download: false         # true: fetch the model's weights when they are not on this machine

# Where the site will be: feeds, link previews and search engines need to know.
# address: https://brochures.example.org/

pdf: false                # true: draw each page as a PDF, too (needs Chromium); once: `build --pdf`

gate: warn                # warn: publish captions nobody has read, and say so | refuse: do not publish them
"""


def make_workspace(folder: Path) -> Iterator[str]:
    """Fill `folder` with settings, a brand kit and one sample service; yield what was done.

    Raises:
        EbrochureError: The folder holds something already, or cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EbrochureError(f"`{folder}` is not empty", "name a new folder; nothing was changed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ebrochure.yaml").write_text(_SETTINGS, encoding="utf-8")
        shutil.copytree(shipped("assets/brand"), folder / "brand")
        shutil.copytree(shipped(f"assets/services/{_SAMPLE}"), folder / "services" / _SAMPLE)
    except OSError as error:
        message = f"`{folder}` cannot be written to: {error.strerror}"
        raise EbrochureError(message, "mend the folder's rights, then try again") from error
    yield f"Made `{folder}` with a brand kit and the sample service `{_SAMPLE}`."
    yield f"Next: `ebrochure build --workspace {folder}`."
    yield f"Then drop a folder of your own into `{folder}/services` and build again."
