"""What a person sees while a build runs."""

from __future__ import annotations

import io

import pytest

from ebrochure.console import Console, clock, printable, progress_line
from ebrochure.progress import Narrator, Silence, Work

WORK = Work("remote-access", "explainer", "render", "first build")


def test_line_shows_percentage_and_time_left() -> None:
    line = progress_line(WORK, 0.25, elapsed_s=10)
    assert "remote-access/explainer: Rendering" in line
    assert "25%" in line
    assert "30 s left" in line


def test_time_left_is_not_guessed_in_the_first_moments() -> None:
    assert "left" not in progress_line(WORK, 0.01, elapsed_s=10)
    assert "left" not in progress_line(WORK, 0.5, elapsed_s=0.2)


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
    console.advanced(WORK, 0.1)
    console.ended(WORK)
    assert stream.getvalue() == "remote-access/explainer: Rendering (first build)\n"


def test_narrator_ends_one_stage_before_the_next_begins() -> None:
    heard: list[str] = []

    class Listener(Silence):
        def began(self, work: Work) -> None:
            heard.append(f"began {work.stage}")

        def advanced(self, work: Work, share: float) -> None:
            heard.append(f"{work.stage} {share:.2f}")

        def ended(self, work: Work) -> None:
            heard.append(f"ended {work.stage}")

    narrator = Narrator(Listener(), "a", "b")
    narrator.begin("speech", "first build")
    narrator.part(0.5, 1.0)(0.5)
    narrator.begin("render", "first build")
    narrator.end()
    assert heard == ["began speech", "speech 0.75", "ended speech", "began render", "ended render"]
