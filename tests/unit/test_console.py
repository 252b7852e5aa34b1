"""What a person sees while a build runs."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest

from ebrochure.console import Console, clock, printable, progress_line
from ebrochure.pace import Load, Outlook, Piece
from ebrochure.progress import Narrator, Silence, Work

WORK = Work("remote-access", "explainer", "render", "first build")


def test_line_shows_the_percentage_and_the_time_left_of_the_whole_video() -> None:
    assert progress_line(WORK, Outlook(0.25, 30)) == (
        "remote-access/explainer: ██████░░░░░░░░░░░░░░░░░░  25%, 30 s left: Rendering"
    )


def test_time_left_that_nobody_can_know_is_not_said() -> None:
    assert "left" not in progress_line(WORK, Outlook(0.01, None))


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (59.4, "59 s"), (60, "1 min 00 s"), (200, "3 min 20 s")]
)
def test_length_of_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert clock(seconds) == said


def test_file_name_cannot_forge_a_line_or_move_the_cursor() -> None:
    shown = printable("a\r\x1b[2Kb\u202e")
    assert shown == "a\\r\\x1b[2Kb\\u202e"


def test_log_file_gets_one_line_a_piece_of_work_and_no_escape_codes() -> None:
    stream = io.StringIO()
    console = Console(stream)
    console.began(WORK)
    console.advanced(WORK, Outlook(0.1, None))
    console.ended(WORK)
    assert stream.getvalue() == "remote-access/explainer: Rendering (first build)\n"


class Listener(Silence):
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def began(self, work: Work) -> None:
        self.heard.append(f"began {work.stage}")

    def advanced(self, work: Work, outlook: Outlook) -> None:
        self.heard.append(f"{work.stage} {outlook.share:.2f}")

    def ended(self, work: Work) -> None:
        self.heard.append(f"ended {work.stage}")


def test_narrator_ends_one_stage_before_the_next_begins_and_tells_of_the_whole_video() -> None:
    listener, now = Listener(), iter((0.0, 0.0, 10.0, 10.0, 10.0, 25.0, 40.0))
    with Narrator(listener, "a", "b", clock=lambda: next(now)) as narrator:
        narrator.expect((Piece(Load("speech", "", 1), 10), Piece(Load("render", "", 1), 30)))
        narrator.begin("speech", "first build")
        narrator.part(0.5, 1.0)(0.5)
        narrator.begin("render", "first build")
        narrator.part(0, 1)(0.0)
        narrator.part(0, 1)(0.5)
    assert listener.heard == [
        *("began speech", "speech 0.00", "ended speech"),
        *("began render", "render 0.25", "render 0.62", "ended render"),
    ]
    assert [(load.stage, took_s) for load, took_s in narrator.taken] == [("speech", 10.0), ("render", 30.0)]


def test_what_a_stage_took_that_broke_off_is_forgotten() -> None:
    narrator = Narrator(Silence(), "a", "b")
    with suppress(RuntimeError), narrator:
        narrator.begin("speech", "first build")
        narrator.begin("render", "first build")
        raise RuntimeError
    assert [load.stage for load, _took_s in narrator.taken] == ["speech"]
