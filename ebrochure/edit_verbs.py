"""What `ebrochure edit …` does: arguments in, files out, and where they are to stdout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ebrochure.console import printable
from ebrochure.edit_export import export_edits
from ebrochure.ingest.workspace import read_settings

if TYPE_CHECKING:
    import argparse

OK = 0


def export(options: argparse.Namespace) -> int:
    """Write the edits of a service's videos."""
    settings = read_settings(options.workspace, services=options.services_folder, renders=options.renders)
    service, _, video = options.video.partition("/")
    made = export_edits(settings, service, video or None, to=options.to, force=options.force)
    if options.json:
        told = [
            {"video": item.video, "edit": str(item.edit), "beside": [str(path) for path in item.beside]}
            for item in made
        ]
        print(json.dumps({"edits": told}, indent=1))
    else:
        for item in made:
            print(printable(str(item.edit)))
    return OK
