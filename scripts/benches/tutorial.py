"""The same video as tutorials make it with MoviePy: `python tutorial.py TALK SLIDES LOGO FONT OUT`.

Cards of text, the talk with logo, name and slides laid over it, crossfades, and one `write_videofile` with
the same encoder settings as ours. Run as a script in a process of its own, as a user would.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

CARD_S, FADE_S, NAME_S, LEAD_S, FAREWELL_S = 3.0, 0.4, 5.0, 6.0, 4.0
_GROUND, _SIZE = (11, 79, 92), (1920, 1080)


def main(talk: str, slides: str, logo: str, font: str, out: str) -> None:
    """Compose and write the video."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its modules hold escapes that newer Pythons warn about
        import moviepy as mp  # noqa: PLC0415, TID251  what is compared with

    def card(words: str) -> mp.VideoClip:
        ground = mp.ColorClip(_SIZE, color=_GROUND, duration=CARD_S)
        text = mp.TextClip(font=font, text=words, font_size=92, color="white", duration=CARD_S)
        moving = text.with_effects([mp.vfx.CrossFadeIn(0.5)]).with_position(("center", "center"))
        return mp.CompositeVideoClip([ground, moving])

    body = mp.VideoFileClip(talk)
    pictures = sorted(Path(slides).iterdir())
    each_s = (body.duration - LEAD_S - FAREWELL_S) / len(pictures)
    layers = [body]
    for number, picture in enumerate(pictures):
        start, end = LEAD_S + number * each_s, LEAD_S + (number + 1) * each_s
        ground = mp.ColorClip(_SIZE, color=_GROUND).with_start(start).with_end(end)
        slide = mp.ImageClip(str(picture)).resized(width=1440).with_start(start).with_end(end)
        person = body.subclipped(start, end).resized(height=480).cropped(width=352, x_center=426)
        layers += [ground, slide.with_position((48, 48))]
        layers.append(person.with_start(start).with_position((1520, 180)))
    name = mp.TextClip(
        font=font, text="Priya Shah\nBusiness liaison", font_size=46, color="white", bg_color=_GROUND
    )
    layers.append(name.with_start(0.5).with_duration(NAME_S).with_position((0, 760)))
    layers.append(
        mp.ImageClip(logo).resized(height=84).with_duration(body.duration).with_position((1520, 48))
    )
    film = mp.CompositeVideoClip(layers).with_audio(body.audio)
    fade = [mp.vfx.CrossFadeIn(FADE_S)]
    outro = card("Thank you").with_effects(fade).with_start(CARD_S + body.duration - 2 * FADE_S)
    parts = [card("Remote access"), film.with_effects(fade).with_start(CARD_S - FADE_S), outro]
    mp.CompositeVideoClip(parts).write_videofile(
        out,
        fps=30,
        codec="libx264",
        preset="veryfast",
        ffmpeg_params=["-crf", "23"],
        threads=2,
        logger=None,
        temp_audiofile_path=str(Path(out).parent),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
