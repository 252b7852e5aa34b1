"""How far a video is and how long it will take still: from what its pieces should take, and what they took.

Pure: every moment is given, none is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_PRIOR_SHARE = 1.0
"""How much the forecast counts against what was seen since: as much as if all of it had gone by as expected.
On a machine with other things to do, one slow stage says little about the next."""
_LEAST_SHARE = 0.05
_LEAST_ELAPSED_S = 1.0
"""Earlier than either, any time left would be a guess."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much work one piece of a recording is."""

    stage: str
    kind: str
    """What makes a unit dear or cheap: the engine that listens, the preset, the size of the picture."""
    units: float
    """Seconds of sound, seconds of picture in full size, things that are drawn; never negative."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work that is expected."""

    load: Load
    expected_s: float
    """Wall clock."""
    is_learned: bool = False
    """Work of this kind was done here before; else its own progress tells more, as soon as there is some."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far a video is."""

    share: float
    """Of all its work, 0 to 1; never falls."""
    left_s: float | None
    """Wall clock; None: nobody can know yet."""


@dataclass(slots=True)
class Pace:
    """Follows the pieces of one video."""

    ahead: list[Piece] = field(default_factory=list)
    """What is expected still, in order."""
    current: Piece | None = None
    _started_s: float | None = None
    _began_s: float = 0.0
    _done_took_s: float = 0.0
    _done_expected_s: float = 0.0
    _share: float = 0.0

    def expect(self, pieces: tuple[Piece, ...]) -> None:
        """Take these for what is ahead; those of stages that are passed already do no harm."""
        self.ahead = list(pieces)

    def begin(self, stage: str, now_s: float) -> None:
        """Hear that a piece of `stage` begins: what was expected before it was there already."""
        if self._started_s is None:
            self._started_s = now_s
        self._began_s = now_s
        numbers = [number for number, piece in enumerate(self.ahead) if piece.load.stage == stage]
        if numbers:
            self.current = self.ahead[numbers[0]]
            del self.ahead[: numbers[0] + 1]
        else:
            self.current = Piece(Load(stage, "", 0), 0)

    def end(self, now_s: float) -> float:
        """Hear that the piece is done; return how long it took."""
        took_s = now_s - self._began_s
        if self.current is not None:
            self._done_took_s += took_s
            self._done_expected_s += self.current.expected_s
            self.current = None
        return took_s

    def advance(self, share: float, now_s: float) -> Outlook:
        """Hear that a `share` of the current piece, 0 to 1, is done; return how far the video is."""
        left_s = self._left_s(share, now_s - self._began_s)
        elapsed_s = now_s - (now_s if self._started_s is None else self._started_s)
        self._share = max(self._share, elapsed_s / (elapsed_s + left_s) if elapsed_s > 0 else 0.0)
        is_known = self._share >= _LEAST_SHARE and elapsed_s >= _LEAST_ELAPSED_S
        return Outlook(self._share, left_s if is_known else None)

    def _left_s(self, share: float, elapsed_s: float) -> float:
        current = self.current or Piece(Load("", "", 0), 0)
        ahead_s = sum(piece.expected_s for piece in self.ahead)
        prior_s = _PRIOR_SHARE * (self._done_expected_s + current.expected_s + ahead_s)
        should_s = self._done_expected_s + current.expected_s * share + prior_s
        took_s = self._done_took_s + (elapsed_s if share else 0.0) + prior_s
        slowness = took_s / should_s if should_s else 1.0
        by_forecast_s = current.expected_s * slowness * (1 - share)
        by_itself_s = elapsed_s / share * (1 - share) if share else by_forecast_s
        trust = share if current.is_learned else min(1.0, 2 * share)
        return trust * by_itself_s + (1 - trust) * by_forecast_s + ahead_s * slowness
