"""Filter graphs: drawn as Python values, compiled by ffmpeg-python, run at our own door.

    graph = Graph()
    body = graph.add_input(input_args(footage, "mov"))
    card = graph.add_input(input_args(intro, "mov"))
    logo = graph.add_input(picture_args(png))
    main = combine((body.video().apply("fps", fps=rate), logo.video()), "overlay", x=40, y=40)
    picture = combine((card.video(), main), "concat", n=2, v=1, a=0)
    graph.add_output((picture, body.audio()), (*video_args(...), *audio_args(...), *mp4_args(out)))
    run_ffmpeg(graph.compile())

ffmpeg-python gets the graph only. It merges inputs that look alike and keeps one of two options with
the same name, so every input and output is a numbered placeholder to it, and ours take their place
in the finished command. It escapes positional filter arguments twice, so every filter option has its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import ffmpeg  # noqa: TID251  this is the module that adapts it

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Option = str | int | float | bool | Fraction


@dataclass(frozen=True, slots=True)
class Stream:
    """Pictures or sound on their way from one filter to the next; to be used once (see `split`)."""

    edge: Any
    """ffmpeg-python's stream."""

    def apply(self, name: str, **options: Option) -> Stream:
        """Return the stream after the filter `name`."""
        return combine((self,), name, **options)

    def split(self, count: int) -> tuple[Stream, ...]:
        """Return the picture `count` times."""
        return self._copies("split", count)

    def asplit(self, count: int) -> tuple[Stream, ...]:
        """Return the sound `count` times."""
        return self._copies("asplit", count)

    def _copies(self, name: str, count: int) -> tuple[Stream, ...]:
        if count == 1:
            return (self,)
        node = ffmpeg.filter_multi_output(self.edge, name)
        return tuple(Stream(node.stream(number)) for number in range(count))


@dataclass(frozen=True, slots=True)
class Input:
    """One `-i` of the command."""

    edge: Any

    def video(self, index: int | None = None) -> Stream:
        """Return its picture: the stream with `index` in the container, else the first one."""
        return self._stream("v:0" if index is None else str(index))

    def audio(self, index: int | None = None) -> Stream:
        """Return its sound: the stream with `index` in the container, else the first one."""
        return self._stream("a:0" if index is None else str(index))

    def _stream(self, selector: str) -> Stream:
        return Stream(self.edge[selector])


@dataclass(slots=True)
class Graph:
    """One ffmpeg command: inputs, filters between them, outputs."""

    inputs: list[tuple[str, ...]] = field(default_factory=list)
    outputs: list[tuple[Any, tuple[str, ...]]] = field(default_factory=list)

    def add_input(self, args: Sequence[str]) -> Input:
        """Add an input; `args` are all its options, ending with ``-i`` and the file."""
        self.inputs.append(tuple(args))
        return Input(ffmpeg.input(_placeholder("in", len(self.inputs) - 1)))

    def add_output(self, streams: Sequence[Stream], args: Sequence[str]) -> None:
        """Write `streams` to an output; `args` are all its options, ending with the file."""
        name = _placeholder("out", len(self.outputs))
        node = ffmpeg.output(*(stream.edge for stream in streams), name)
        self.outputs.append((node, tuple(args)))

    def compile(self) -> tuple[str, ...]:
        """Return the arguments for `run_ffmpeg`.

        Raises:
            ValueError: A stream is used twice without `split`, or there is no output.
        """
        if not self.outputs:
            raise ValueError("expected a graph with an output, got none")
        ours: dict[str, tuple[str, ...]] = {}
        for number, args in enumerate(self.inputs):
            ours[_placeholder("in", number)] = args
        for number, (_, args) in enumerate(self.outputs):
            ours[_placeholder("out", number)] = args
        theirs = ffmpeg.get_args(ffmpeg.merge_outputs(*(node for node, _ in self.outputs)))
        command: list[str] = []
        for item in theirs:
            if item in ours and command[-1:] == ["-i"]:
                command.pop()  # ours brings its own, behind its options
            command.extend(ours.get(item, (item,)))
        return tuple(command)


def combine(streams: Sequence[Stream], name: str, **options: Option) -> Stream:
    """Return what the filter `name` makes of `streams` (``overlay``, ``xfade``, ``amix``, ``concat`` …)."""
    edges = [stream.edge for stream in streams]
    given = {key: _value(value) for key, value in options.items()}
    return Stream(ffmpeg.filter(edges, name, **given))


def concat(parts: Sequence[tuple[Stream, Stream]]) -> tuple[Stream, Stream]:
    """Return picture and sound of `parts` laid end to end."""
    edges = [stream.edge for part in parts for stream in part]
    node = ffmpeg.concat(*edges, v=1, a=1).node
    return Stream(node[0]), Stream(node[1])


def picture_args(path: Path) -> tuple[str, ...]:
    """Return the arguments that open a PNG of ours as one single frame."""
    name = f"file:{path.absolute()}".replace("%", "%%")
    return (
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        "image2",
        *("-f", "image2"),
        *("-threads", "1"),
        "-pattern_type",
        "none",
        "-i",
        name,
    )


def source_args(description: str) -> tuple[str, ...]:
    """Return the arguments that open a source filter, ``anullsrc=r=48000:cl=stereo``."""
    return ("-f", "lavfi", "-i", description)


def _placeholder(kind: str, number: int) -> str:
    return f"<{kind} {number}>"


def _value(value: Option) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)
