"""Pictures decoded in bounds: upright, in sRGB, eight bits a channel, with nothing in them but the picture.

What leaves here was drawn anew from pixels, so that no tag, place or author of the original is left.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageCms, ImageOps, UnidentifiedImageError

from ebrochure.errors import MaterialError
from ebrochure.ingest.kinds import Kind, kind_of
from ebrochure.media.sniff import HEAD_BYTES
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebrochure.model.service import SourceFile
    from ebrochure.settings import LimitSettings

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MIN_SIDE = 16
MAX_JPEG_PIXELS = 100_000_000
"""A JPEG can be read at an eighth of its size, so that a camera's 48 megapixels are no trouble."""

_AS_PNG_OR_JPEG = "export it as PNG or JPEG"


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded picture."""

    image: Image.Image
    """Mode RGB, or RGBA where transparency was to be kept."""
    findings: tuple[Finding, ...]


def open_picture(
    path: Path, *, name: str, limits: LimitSettings, fit: tuple[int, int], keep_alpha: bool = False
) -> Picture:
    """Decode a picture and bring it within a box.

    Args:
        path: The file.
        name: How its author knows it.
        limits: Largest side and number of pixels.
        fit: Width and height of the box; a smaller picture stays as it is.
        keep_alpha: Keep transparency; it is laid on white otherwise.

    Raises:
        MaterialError: NOT_IMAGE, HEIC_UNSUPPORTED, SVG_UNSUPPORTED, EMPTY_FILE, FILE_INCOMPLETE,
            PICTURE_TOO_LARGE or PICTURE_TOO_SMALL.
    """
    _check_kind(path, name)
    with _in_words(name):
        # A bomb is told by its header; Pillow only warns below twice its own bound.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path, formats=FORMATS)
        with image:
            _check_size(image, name, limits)
            findings = tuple(_remarks(image, name))
            profile = image.info.get("icc_profile")
            if image.format == "JPEG":
                image.draft(None, (fit[0] * 2, fit[1] * 2))
            image.load()
            upright = ImageOps.exif_transpose(image)
            if image.mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
                upright = ImageChops.invert(
                    upright
                )  # Pillow takes every one for Adobe's, which are negatives
            return Picture(_fitted(_colours(upright, profile, keep_alpha=keep_alpha), fit), findings)


def png_bytes(image: Image.Image) -> bytes:
    """Return `image` as a PNG file with nothing but its pixels."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    bare.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _check_kind(path: Path, name: str) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise MaterialError.one("EMPTY_FILE", f"`{name}` is empty", file=name, hint="copy it again")
    kind = kind_of(head)
    if kind is Kind.HEIF:
        message = f"`{name}` is a HEIC picture, which cannot be read here"
        raise MaterialError.one("HEIC_UNSUPPORTED", message, file=name, hint="send it as JPEG")
    if kind is Kind.SVG:
        message = f"`{name}` is an SVG drawing, which can hold programs and is not taken"
        raise MaterialError.one(
            "SVG_UNSUPPORTED", message, file=name, hint="export it as PNG, 2000 pixels wide"
        )
    if kind is not Kind.PICTURE:
        message = f"`{name}` is not a picture of a kind that can be used"
        raise MaterialError.one("NOT_IMAGE", message, file=name, hint=_AS_PNG_OR_JPEG)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Turn Pillow's complaints into ours."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name, "more pixels than this machine could hold") from error
    except UnidentifiedImageError as error:
        message = f"`{name}` cannot be read as a picture"
        raise MaterialError.one("NOT_IMAGE", message, file=name, hint=_AS_PNG_OR_JPEG) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        message = f"`{name}` breaks off or is damaged"
        raise MaterialError.one("FILE_INCOMPLETE", message, file=name, hint="copy it again") from error


def _check_size(image: Image.Image, name: str, limits: LimitSettings) -> None:
    width, height = image.size
    if min(width, height) < MIN_SIDE:
        message = f"`{name}` has {width} x {height} pixels; expected at least {MIN_SIDE} on each side"
        raise MaterialError.one("PICTURE_TOO_SMALL", message, file=name, hint="export it larger")
    most = MAX_JPEG_PIXELS if image.format == "JPEG" else limits.picture_pixels
    if width * height > most or (image.format != "JPEG" and max(width, height) > limits.picture_side):
        raise _too_large(name, f"{width} x {height} pixels")


def _too_large(name: str, size: str) -> MaterialError:
    hint = "export it with at most 4000 pixels on its longer side"
    return MaterialError.one("PICTURE_TOO_LARGE", f"`{name}` has {size}", file=name, hint=hint)


def _remarks(image: Image.Image, name: str) -> Iterator[Finding]:
    if getattr(image, "n_frames", 1) > 1:
        message = f"`{name}` is animated; its first frame is used"
        yield Finding("PICTURE_ANIMATED", Level.WARN, message, name, None, "export the frame you want as PNG")
    suffix = Path(name).suffix.lower().replace(".jpg", ".jpeg").lstrip(".")
    if suffix and suffix.upper() in FORMATS and suffix.upper() != image.format:
        message = f"`{name}` is a {image.format} picture in truth; it is taken for one"
        yield Finding("TYPE_MISMATCH", Level.WARN, message, name, None, "let its name end as its kind does")


def _colours(image: Image.Image, profile: bytes | None, *, keep_alpha: bool) -> Image.Image:
    """Return `image` as sRGB with eight bits a channel."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.has_transparency_data
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        image = _to_srgb(image, profile)
    if has_alpha:
        image = image.convert("RGBA")
        return image if keep_alpha else _on_white(image)
    return image.convert("RGBA" if keep_alpha else "RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a broken profile: the colours as they are
        return image
    return image if converted is None else converted


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, image).convert("RGB")


def _fitted(image: Image.Image, fit: tuple[int, int]) -> Image.Image:
    if image.width > fit[0] or image.height > fit[1]:
        image.thumbnail(fit, Image.Resampling.LANCZOS)
    return image


def check_picture(path: Path, *, name: str, limits: LimitSettings) -> tuple[Finding, ...]:
    """Look at a picture's header and at its last bytes, without decoding it.

    Raises:
        MaterialError: As `open_picture`, as far as a look tells.
    """
    _check_kind(path, name)
    with _in_words(name), warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path, formats=FORMATS) as image:
            _check_size(image, name, limits)
            findings = tuple(_remarks(image, name))
            kind = image.format
    end = _END.get(kind or "")
    if end is not None and end not in _tail(path):
        message = f"`{name}` breaks off: its end is missing"
        raise MaterialError.one("FILE_INCOMPLETE", message, file=name, hint="copy it again")
    return findings


_END = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}
_TAIL_BYTES = 4096


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - _TAIL_BYTES))
        return file.read()


def redraw(
    source: SourceFile,
    *,
    limits: LimitSettings,
    fit: tuple[int, int],
    keep: Callable[[Path, str], SourceFile],
    keep_alpha: bool = False,
) -> tuple[SourceFile, tuple[Finding, ...]]:
    """Draw a kept picture anew as PNG and keep that.

    Raises:
        MaterialError: As `open_picture`.
    """
    picture = open_picture(source.path, name=source.name, limits=limits, fit=fit, keep_alpha=keep_alpha)
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as folder:
        drawn = Path(folder) / "picture.png"
        drawn.write_bytes(png_bytes(picture.image))
        return keep(drawn, source.name), picture.findings
