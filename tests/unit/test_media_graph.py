"""Filter graphs as commands."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, combine, concat, picture_args, source_args

OUT = ("-c:v", "libx264", "file:/out.mp4")


def filters(command: tuple[str, ...]) -> str:
    return command[command.index("-filter_complex") + 1]


def test_options_keep_their_order_and_their_repetitions() -> None:
    graph = Graph()
    picture = graph.add_input(("-x", "1", "-x", "2", "-i", "file:/a.mp4")).video()
    graph.add_output((picture.apply("hflip"),), ("-metadata", "a=1", "-metadata", "b=2", "file:/out.mp4"))

    assert graph.compile() == (
        *("-x", "1", "-x", "2", "-i", "file:/a.mp4"),
        *("-filter_complex", "[0:v:0]hflip[s0]", "-map", "[s0]"),
        *("-metadata", "a=1", "-metadata", "b=2", "file:/out.mp4"),
    )


def test_two_inputs_that_look_alike_stay_two() -> None:
    graph = Graph()
    first, second = (graph.add_input(("-i", "file:/a.mp4")).video() for _ in range(2))
    graph.add_output((combine((first, second), "overlay", x=0),), OUT)

    command = graph.compile()

    assert command.count("file:/a.mp4") == 2
    assert filters(command) == "[0:v:0][1:v:0]overlay=x=0[s0]"


def test_alike_filters_on_the_copies_of_a_stream_stay_two() -> None:
    graph = Graph()
    left, right = graph.add_input(("-i", "file:/a.mp4")).video().split(2)
    both = combine((left.apply("hflip"), right.apply("hflip")), "hstack")
    graph.add_output((both,), OUT)

    assert filters(graph.compile()).count("hflip") == 2


def test_a_stream_used_twice_without_split_is_refused() -> None:
    graph = Graph()
    once = graph.add_input(("-i", "file:/a.mp4")).video().apply("hflip")
    graph.add_output((combine((once.apply("vflip"), once.apply("negate")), "hstack"),), OUT)

    with pytest.raises(ValueError, match="split"):
        graph.compile()


def test_a_graph_without_output_is_refused() -> None:
    with pytest.raises(ValueError, match="output"):
        Graph().compile()


def test_one_copy_needs_no_filter() -> None:
    stream = Graph().add_input(("-i", "file:/a.mp4")).video()

    assert stream.split(1) == (stream,)


def test_streams_may_be_chosen_by_their_index() -> None:
    graph = Graph()
    footage = graph.add_input(("-i", "file:/a.mkv"))
    graph.add_output((footage.video(2), footage.audio(1)), OUT)

    command = graph.compile()

    assert command[:6] == ("-i", "file:/a.mkv", "-map", "0:2", "-map", "0:1")


def test_pictures_and_sounds_laid_end_to_end_alternate() -> None:
    graph = Graph()
    parts = [(item.video(), item.audio()) for item in (graph.add_input(("-i", name)) for name in ("a", "b"))]
    graph.add_output(concat(parts), OUT)

    command = graph.compile()

    assert filters(command) == "[0:v:0][0:a:0][1:v:0][1:a:0]concat=a=1:n=2:v=1[s0][s1]"
    assert command[-7:] == ("-map", "[s0]", "-map", "[s1]", *OUT)


def test_two_outputs_are_written_by_one_command() -> None:
    graph = Graph()
    picture, copy = graph.add_input(("-i", "a")).video().split(2)
    graph.add_output((picture,), ("file:/big.mp4",))
    graph.add_output((copy.apply("scale", w=640, h=-2),), ("file:/small.mp4",))

    command = graph.compile()

    assert command[-6:] == ("-map", "[s0]", "file:/big.mp4", "-map", "[s2]", "file:/small.mp4")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(30000, 1001), "30000/1001"),
        (True, "1"),
        (False, "0"),
        (1.5, "1.5"),
        ("gt(t,1)", r"gt(t\,1)"),
    ],
)
def test_values_are_written_as_ffmpeg_reads_them(value: object, written: str) -> None:
    graph = Graph()
    stream = graph.add_input(("-i", "a")).video()
    graph.add_output((stream.apply("f", o=value),), OUT)  # type: ignore[arg-type]

    assert filters(graph.compile()) == f"[0:v:0]f=o={written}[s0]"


def test_a_hostile_name_stays_one_argument_and_a_file() -> None:
    name = Path("/x/-i http:||a:b; $(rm -rf) %03d.mp4")

    assert input_args(name, "mov")[-1] == f"file:{name}"
    assert input_args(Path("-y.mp4"), "mov")[-1].startswith("file:/")


def test_only_the_forced_demuxer_and_plain_files_are_allowed() -> None:
    args = input_args(Path("/a.mp4"), "mov")

    assert args[:6] == ("-protocol_whitelist", "file", "-format_whitelist", "mov", "-f", "mov")


def test_a_picture_is_one_frame_and_its_name_no_pattern() -> None:
    args = picture_args(Path("/x/slide.png"))

    assert args[args.index("-pattern_type") + 1] == "none"
    assert "-loop" not in args
    assert args[-2:] == ("-i", "file:/x/slide.png")


def test_a_source_is_read_from_a_description() -> None:
    assert source_args("anullsrc") == ("-f", "lavfi", "-i", "anullsrc")
