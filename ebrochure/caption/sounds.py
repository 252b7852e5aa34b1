"""Sounds that a script names in brackets: `[phone rings]` between the words, or before the next ones.

A sound gets a cue of its own where the words leave it room, else a place before the words that follow
it. Where neither goes without breaking a rule, the words win, and `check` says which sound is missing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.caption.timing import Spoken, least_duration_ms
from ebrochure.caption.words import Token
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.captions import CaptionProfile
    from ebrochure.model.transcript import Sound

LEAD_MS = 500
"""How long the words before a sound stay alone, where there is time."""


def shown_as(sound: Sound) -> str:
    """Return what a caption shows for `sound`."""
    return f"[{' '.join(sound.text.split()).strip('[]')}]"


def with_sounds(
    tokens: tuple[Token, ...], sounds: Iterable[Sound], profile: CaptionProfile
) -> tuple[Token, ...]:
    """Return `tokens` with those of `sounds` in their places; the turns are counted anew."""
    found = list(tokens)
    for sound in sorted(sounds, key=lambda item: item.time.start_ms, reverse=True):
        text = shown_as(sound)
        if text_width(text) > profile.line_chars * profile.cue_lines or text == "[]":
            continue
        at = bisect_left(tokens, sound.time.start_ms, key=lambda token: token.start_ms)
        before_ms = tokens[at - 1].end_ms + profile.min_gap_ms if at else 0
        after_ms = tokens[at].start_ms - profile.min_gap_ms if at < len(tokens) else None
        alone = _alone(text, max(before_ms, sound.time.start_ms), after_ms, profile)
        if alone:
            found[at:at] = alone
        elif at < len(tokens):
            found[at : at + 1] = _before(text, found[at])  # `found` is unchanged up to here
    return _in_turns(found)


def _alone(text: str, from_ms: int, until_ms: int | None, profile: CaptionProfile) -> list[Token]:
    """Return a sound as a cue of its own; empty where there is no room for one."""
    least_ms = least_duration_ms(Spoken(from_ms, from_ms, 0, text_width(text)), profile)
    room_ms = profile.short_duration_ms + LEAD_MS if until_ms is None else until_ms - from_ms
    if room_ms < least_ms:
        return []
    start_ms = from_ms + min(LEAD_MS, (room_ms - least_ms) // 2)
    end_ms = start_ms + min(max(least_ms, profile.short_duration_ms), room_ms - (start_ms - from_ms))
    return [_token(word, start_ms, end_ms, is_sound=True) for word in text.split()]


def _before(text: str, word: Token) -> list[Token]:
    """Return a sound as words that nobody says, before `word`."""
    parts = [
        replace(
            _token(part, word.start_ms, word.start_ms), speaker=word.speaker, turn=word.turn, is_label=True
        )
        for part in text.split()
    ]
    parts[0] = replace(
        parts[0], opens_segment=word.opens_segment, opens_part=word.opens_part, from_script=word.from_script
    )
    return [*parts, replace(word, opens_segment=False, opens_part=False, is_joined=False)]


def _token(text: str, start_ms: int, end_ms: int, *, is_sound: bool = False) -> Token:
    return Token(
        text,
        start_ms,
        end_ms,
        None,
        from_script=True,
        opens_segment=False,
        opens_part=False,
        is_sound=is_sound,
    )


def _in_turns(tokens: list[Token]) -> tuple[Token, ...]:
    """Return `tokens` in turns: one ends with a speaker, before each sound and after one of its own."""
    found: list[Token] = []
    turn = 0
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else token
        opens_sound = not token.is_said and token.text.startswith("[")
        turn += opens_sound or token.is_sound != before.is_sound or token.turn != before.turn
        found.append(replace(token, turn=turn))
    return tuple(found)
