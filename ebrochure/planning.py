"""What a build would make of one recording, why, and how long it should take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure import stages
from ebrochure.loads import footage_of_length, guessed_footage, known_footage, loads_of
from ebrochure.model.manifest import PlannedStep
from ebrochure.store import NotMade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.ledger import Ledger
    from ebrochure.model.timeline import Timeline
    from ebrochure.pace import Piece
    from ebrochure.workbench import Probed, Workbench


def expected_pieces(
    bench: Workbench, ledger: Ledger, probed: Sequence[Probed] | None, timeline: Timeline | None = None
) -> tuple[Piece, ...]:
    """Return all the work on a recording in its order; none where nothing tells how long the recording is.

    Args:
        bench: The recording's workbench.
        ledger: What was done before and how long it took.
        probed: The footage; None where it was not probed yet.
        timeline: The edit; None where it is not decided yet.

    """
    max_height = bench.settings.delivery.max_height
    if probed is not None:
        footage = known_footage([part.info for part in probed], max_height)
        return ledger.forecast(loads_of(bench, footage, timeline))
    guessed = guessed_footage((file.path for file in bench.video.footage), max_height)
    return () if guessed is None else ledger.forecast(loads_of(bench, guessed))


def plan_steps(bench: Workbench, ledger: Ledger, stopped: NotMade) -> tuple[PlannedStep, ...]:
    """Return what is to be made from the stage that is missing on.

    What follows from a missing artifact is not known before it is made: it may come out as it was. A film's
    versions follow from it, too.
    """
    steps = _steps(bench, ledger, stopped)
    for version in bench.video.versions:
        told = replace(bench, video=version)
        steps += _steps(told, ledger, _follows(told, stopped))
    return steps


def _follows(version: Workbench, stopped: NotMade) -> NotMade:
    """Return from where on a version is made when its film is: from the start, or from its render on."""
    try:
        stages.probe_footage(version)
    except NotMade as own:
        return own
    return NotMade("render", f"if `{stopped.stage}` comes out different")


def _steps(bench: Workbench, ledger: Ledger, stopped: NotMade) -> tuple[PlannedStep, ...]:
    pieces = expected_pieces(bench, ledger, _known(bench))
    is_known = bool(pieces)
    if not is_known:
        pieces = ledger.forecast(loads_of(bench, footage_of_length(0, bench.settings.delivery.max_height)))
    return tuple(
        PlannedStep(
            bench.service.id,
            bench.video.id,
            stage,
            stopped.why if stage == stopped.stage else f"if `{stopped.stage}` comes out different",
            round(expected_s, 1) if is_known else None,
        )
        for stage, expected_s in _from(stopped.stage, pieces)
    )


def _known(bench: Workbench) -> Sequence[Probed] | None:
    try:
        return stages.probe_footage(bench)
    except NotMade:
        return None


def _from(first: str, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, float]]:
    """Yield each stage from `first` on with what all its pieces should take."""
    expected = dict.fromkeys(stages.ORDER[stages.ORDER.index(first) :], 0.0)
    for piece in pieces:
        if piece.load.stage in expected:
            expected[piece.load.stage] += piece.expected_s
    wanted = {first, *(piece.load.stage for piece in pieces)}
    yield from ((stage, seconds) for stage, seconds in expected.items() if stage in wanted)
