"""The pages that are looked at: the samples as they are built, and the sites that tests make up."""

from __future__ import annotations

from pathlib import Path

from ebrochure.build import build_catalogue
from ebrochure.ingest.workspace import read_settings
from ebrochure.publish.site import publish_site
from tests.fixtures.pages import brand, real_media, rich, right_to_left
from tests.fixtures.stress import stress_brand, stress_brochures, stress_media

REPOSITORY = Path(__file__).parents[2]


def pages_to_look_at(folder: Path) -> dict[str, Path]:
    """Return pages by what their pictures are called; `folder` takes what is made up for them."""
    settings = read_settings(REPOSITORY)
    build_catalogue(settings)
    media = real_media(folder / "media")
    made_up = publish_site((rich(media), right_to_left()), brand=brand(), renders=folder / "made-up")
    overfull = stress_brochures(stress_media(media, folder / "media"))
    stress = publish_site(overfull, brand=stress_brand(), renders=folder / "stress")
    sites = {
        "samples": (
            settings.places.renders / "site",
            ("", "remote-access", "backup", "meeting-rooms"),
        ),
        "made-up": (made_up, ("remote-access", "remote-access-ar")),
        "stress": (stress, ("", "everything")),
    }
    return {
        f"{site}-{service or 'index'}": place / service / "index.html"
        for site, (place, services) in sites.items()
        for service in services
    }
