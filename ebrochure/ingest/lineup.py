"""Which files make which recording: what `brochure.md` lists under `videos`, then every file by itself.

Files are joined only where they are listed together: numbers in their names say nothing, because
`vpn 1.mp4` and `vpn 2.mp4` may as well be two explainers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.matching import BROCHURE, with_versions
from ebrochure.ingest.schema import line_of
from ebrochure.model.findings import Level

if TYPE_CHECKING:
    from ebrochure.ingest.desk import Desk
    from ebrochure.ingest.facts import VideoFacts
    from ebrochure.ingest.matching import Material, Recording
    from ebrochure.ingest.yaml import Mapping


class Lineup:
    """The recordings of a service in the order in which its page shows them."""

    def __init__(self, desk: Desk, material: Material, document: Mapping) -> None:
        """Begin with nothing listed.

        Args:
            desk: Hears what is wrong.
            material: The recordings as their names alone make them, a file each.
            document: The front matter, for its lines.
        """
        self.desk = desk
        self.material = material
        self.document = document
        self.listed: list[Recording] = []
        self.owners: dict[str, int] = {}
        """Which video, from 0, each listed file belongs to."""

    def add(self, number: int, facts: VideoFacts) -> Recording:
        """Return the recording that a video is made of, and list it.

        Args:
            number: Of the video under `videos`, from 0.
            facts: What is said about it.

        Raises:
            MaterialError: META_PATH: a file that is not there, is no recording, or is listed already.
        """
        first, *others = (self._part(number, at, name) for at, name in enumerate(facts.file))
        for other in others:
            self._leave_out_belongings(other, first, facts)
        files = (first.footage[0], *(other.footage[0] for other in others))
        self.listed.append(replace(first, footage=files))
        return self.listed[-1]

    def recordings(self) -> tuple[Recording, ...]:
        """Return those that are listed, in their order, then the others, each with its versions."""
        shown = {item.name for recording in self.listed for item in recording.footage}
        others = (item for item in self.material.recordings if item.name not in shown)
        return with_versions((*self.listed, *others), frozenset(shown))

    def _part(self, number: int, at: int, name: str) -> Recording:
        line = line_of(self.document, ("videos", number, "file", at))
        item = self.desk.named(name, by=f"videos.{number + 1}.file", line=line)
        found = next((one for one in self.material.recordings if one.footage == (item,)), None)
        if found is None:
            message = f"`videos.{number + 1}.file` names `{name}`, which is no recording"
            raise _refusal(message, line, "name the video or sound file")
        if name in self.owners:
            owner = self.owners[name]
            where = "twice" if owner == number else f"too, which belongs to `videos.{owner + 1}`"
            message = f"`videos.{number + 1}.file` names `{name}` {where}"
            raise _refusal(message, line, "a file is shown once: keep one of them")
        self.owners[name] = number
        return found

    def _leave_out_belongings(self, part: Recording, first: Recording, facts: VideoFacts) -> None:
        """Say which files are not used because they carry the name of a part that is not the first."""
        for item in part.belongings:
            if item.name == facts.slides:
                continue
            message = f"`{item.name}` is left out: `{part.name}` is a part of `{first.name}`"
            end = item.base[len(part.stem) :] + item.suffix
            hint = f"put what belongs to the whole recording into `{first.stem}{end}`"
            self.desk.say("FILE_UNUSED", Level.WARN, message, file=item.name, hint=hint)


def _refusal(message: str, line: int, hint: str) -> MaterialError:
    return MaterialError.one("META_PATH", message, file=BROCHURE, line=line, hint=hint)
