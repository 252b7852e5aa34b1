"""`scripts/screens [DIR]`: each page at four widths in three sets of colours, and a contact sheet of it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from contacts import lay_out
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from sites import pages_to_look_at

WIDTHS = (360, 768, 1280, 1920)
COLOURS = ("light", "dark", "forced")
TALLEST = 12_000
"""Pixels; what is below is more of the same."""


def main() -> int:
    """Take the pictures into the folder that was named."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    browser_path = os.environ.get("EBROCHURE_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = pages_to_look_at(Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, page in pages.items():
            shots = {
                (colours, width): _shoot(browser, page, colours, width, out / f"{name}-{width}-{colours}.png")
                for colours, width in product(COLOURS, WIDTHS)
            }
            sheet = out / f"{name}.png"
            lay_out(name, shots, COLOURS, WIDTHS).save(sheet)
            print(sheet)
        browser.close()
    return 0


def _shoot(browser: Browser, page: Path, colours: str, width: int, out: Path) -> Image.Image:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if colours == "dark" else "light",
        forced_colors="active" if colours == "forced" else "none",
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(page.as_uri(), wait_until="load")
    tab.evaluate("document.querySelectorAll('img').forEach((image) => image.loading = 'eager')")
    tab.wait_for_function("() => [...document.images].every((image) => image.complete)")
    tab.wait_for_function("() => document.fonts.status === 'loaded'")
    height = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST)
    tab.set_viewport_size({"width": width, "height": max(height, 900)})
    tab.screenshot(path=out)
    context.close()
    return Image.open(out)


if __name__ == "__main__":
    sys.exit(main())
