"""The recordings of the bench: made once into a folder, the same on every machine with the same Flite."""

from __future__ import annotations

import json
import wave
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from . import mix
from .deviate import Performance, as_written, deviate
from .speak import FREELY, READING, Speaker, Spoken, speak
from .texts import Text, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from .mix import Sound

Kind = Literal["clean", "deviating", "noise15", "noise5", "music", "place", "talk", "long"]

MUSIC_DB = 12.0
"""How far the music stays under the speech. WCAG 1.4.7 asks for 20; many films do not listen."""

SPEAKERS = (
    Speaker("slt"),
    Speaker("rms", stretch=0.95),
    Speaker("awb", stretch=1.05),
    Speaker("slt", stretch=1.12, pitch=0.9, size=1.06),
    Speaker("rms", stretch=1.1, pitch=1.12, size=0.95),
    Speaker("awb", stretch=0.92, pitch=1.05, size=0.97),
)
"""Six people out of three voices: by pace, pitch and the length of the throat."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """One recording and what is true about it."""

    name: str
    wav: Path
    """16 kHz mono 16-bit."""
    truth: Path
    """JSON: ``script`` (sentences), ``truth`` (takes with word times), ``seconds``, ``log`` (deviations)."""
    script: Path
    """Markdown as staff would drop it; its sentences are those of `truth`."""
    kind: Kind
    minutes: float


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How a recording is made."""

    name: str
    kind: Kind
    texts: tuple[str, ...]
    speaker: int
    seed: int
    bed: str = ""
    """Kind of noise, or ``music``."""
    snr_db: float = 0.0
    place: Literal["", "room", "telephone"] = ""


def explainers(cache: Path) -> tuple[Explainer, ...]:
    """Return the recordings, making those that `cache` does not hold: about two CPU minutes for all.

    Six scripts as written by six speakers; the same at 15 dB, three of them at 5 dB, three with music, one
    in a room and one by telephone; twelve with deviations; four people who talk without a script; one of
    half an hour.

    Raises:
        MissingToolError: Flite is not installed, and something has to be made.
    """
    folder = cache / f"explainers-{_version()}"
    folder.mkdir(parents=True, exist_ok=True)
    known = {text.name: text for text in (*texts(), *texts("talks"))}
    wanted = recipes()
    for recipe in sorted(wanted, key=lambda item: (item.kind == "deviating", item.texts)):
        _make(recipe, known, folder)  # those of one speech follow one another
    return tuple(_explainer(recipe, folder) for recipe in wanted)


def recipes() -> tuple[_Recipe, ...]:
    """List what there is to make."""
    names = tuple(text.name for text in texts())
    noises: tuple[mix.Noise, ...] = ("white", "pink", "babble")
    clean = [_Recipe(f"{name}_clean", "clean", (name,), index, index) for index, name in enumerate(names)]
    deviating = [
        _Recipe(f"{name}_dev{take}", "deviating", (name,), (index + take) % 6, 100 * take + index)
        for take in (1, 2)
        for index, name in enumerate(names)
    ]
    noise15 = [
        _Recipe(f"{name}_n15", "noise15", (name,), index, index, noises[index % 3], 15.0)
        for index, name in enumerate(names)
    ]
    noise5 = [
        _Recipe(f"{name}_n5", "noise5", (name,), index, index, noises[index], 5.0)
        for index, name in enumerate(names[:3])
    ]
    music = [
        _Recipe(f"{name}_music", "music", (name,), index, index, "music", MUSIC_DB)
        for index, name in enumerate(names[3:], start=3)
    ]
    place = [
        _Recipe(f"{names[0]}_room", "place", (names[0],), 0, 0, place="room"),
        _Recipe(f"{names[1]}_telephone", "place", (names[1],), 1, 1, place="telephone"),
    ]
    talk = texts("talks")[0].name
    talks = [
        _Recipe(f"{talk}_dry", "talk", (talk,), 0, 20),
        _Recipe(f"{talk}_room", "talk", (talk,), 1, 21, place="room"),
        _Recipe(f"{talk}_noisy", "talk", (talk,), 2, 22, "pink", 20.0),
        _Recipe(f"{talk}_telephone", "talk", (talk,), 3, 23, place="telephone"),
    ]
    long = _Recipe("half_hour", "long", names, 3, 7)
    return (*clean, *deviating, *noise15, *noise5, *music, *place, *talks, long)


def _explainer(recipe: _Recipe, folder: Path) -> Explainer:
    wav, truth, script = _files(recipe, folder)
    with wave.open(str(wav), "rb") as file:
        minutes = file.getnframes() / file.getframerate() / 60
    return Explainer(recipe.name, wav, truth, script, recipe.kind, round(minutes, 2))


def _files(recipe: _Recipe, folder: Path) -> tuple[Path, Path, Path]:
    """Return where sound, truth and script are."""
    wav, truth, script = (folder / f"{recipe.name}.{end}" for end in ("wav", "json", "md"))
    return wav, truth, script


def _make(recipe: _Recipe, known: dict[str, Text], folder: Path) -> None:
    wav, truth, script = _files(recipe, folder)
    if wav.is_file():  # it comes last, so the others are there
        return
    text = _joined([known[name] for name in recipe.texts])
    performance, spoken = _spoken(text, recipe.kind, recipe.speaker, recipe.seed)
    facts = {
        "script": [line.text for line in text.lines],
        "truth": spoken.truth,
        "seconds": round(spoken.seconds, 4),
        "log": performance.log,
    }
    truth.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    script.write_text(text.markdown, "utf-8")
    _write_wav(wav, _heard(recipe, spoken))


def _joined(parts: list[Text]) -> Text:
    """Return several scripts as one."""
    lines = tuple(line for part in parts for line in part.lines)
    return Text("+".join(part.name for part in parts), lines, "\n".join(part.markdown for part in parts))


@lru_cache(maxsize=1)
def _spoken(text: Text, kind: Kind, speaker: int, seed: int) -> tuple[Performance, Spoken]:
    """Perform a script; where it names two people, the second has another voice."""
    performance = deviate(text.lines, seed) if kind == "deviating" else as_written(text.lines)
    cast = (SPEAKERS[speaker % len(SPEAKERS)], SPEAKERS[(speaker + 1) % len(SPEAKERS)])
    return performance, speak(performance, cast, seed, FREELY if kind == "talk" else READING)


def _heard(recipe: _Recipe, spoken: Spoken) -> Sound:
    """Put the speech into its room and everything under it that belongs there."""
    places: dict[str, Callable[[Sound], Sound]] = {
        "room": lambda sound: mix.in_room(sound, recipe.seed),
        "telephone": mix.by_telephone,
    }
    sound = places[recipe.place](spoken.samples) if recipe.place else spoken.samples
    if not recipe.bed:
        return sound
    seconds = spoken.seconds + 1
    if recipe.bed == "music":
        bed = mix.music(seconds, recipe.seed)
    else:
        bed = mix.noise(recipe.bed, seconds, recipe.seed)  # type: ignore[arg-type]
    return mix.under(sound, bed, recipe.snr_db, mix.spoken_samples(spoken.truth, len(sound)))


def _write_wav(out: Path, sound: Sound) -> None:
    """Write the sound; a file under its own name is whole."""
    part = out.with_suffix(".part")
    with wave.open(str(part), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(mix.RATE_HZ)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    part.replace(out)


def _version() -> str:
    """Return a name that changes with anything that the recordings are made from."""
    digest = blake2b(digest_size=6)
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("t*/*.txt")]):
        digest.update(path.read_bytes())
    digest.update(json.dumps([asdict(recipe) for recipe in recipes()]).encode())
    return digest.hexdigest()
