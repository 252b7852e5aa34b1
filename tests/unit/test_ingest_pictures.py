"""Pictures: decoded in bounds, upright, in sRGB, and redrawn without anything else in them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms

from ebrochure.errors import MaterialError
from ebrochure.ingest.pictures import check_picture, open_picture, png_bytes, redraw
from ebrochure.model.findings import Level
from ebrochure.settings import LimitSettings
from tests.fixtures.workspace import keeper, picture_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.ingest.pictures import Picture

LIMITS = LimitSettings()
GPS = 0x8825


def opened(folder: Path, data: bytes, name: str = "a.png", *, keep_alpha: bool = False) -> Picture:
    (folder / name).write_bytes(data)
    return open_picture(folder / name, name=name, limits=LIMITS, fit=(1920, 1920), keep_alpha=keep_alpha)


def refusal(folder: Path, data: bytes, name: str = "a.png") -> str:
    with pytest.raises(MaterialError) as caught:
        opened(folder, data, name)
    return caught.value.findings[0].code


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def quartered(mode: str = "RGB") -> Image.Image:
    """Return 64 x 32 pixels: red at the top left, blue elsewhere."""
    image = Image.new("RGB", (64, 32), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, 32, 16))
    return image.convert(mode)


def png_of_size(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size and which holds no pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB\x60\x82"


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_phone_picture_is_turned_upright_and_loses_its_place(tmp_path: Path, turn: int) -> None:
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[turn]
    exif = Image.Exif()
    exif[0x0112] = turn
    exif.get_ifd(GPS)[1] = "N"
    data = saved(quartered().transpose(back), "JPEG", exif=exif, quality=95)
    image = opened(tmp_path, data, "a.jpg").image
    assert image.size == (64, 32)
    assert image.getpixel((4, 4))[0] > 200
    assert image.getpixel((60, 28))[2] > 200
    assert Image.open(io.BytesIO(png_bytes(image))).getexif() == {}


def test_pixels_are_all_that_is_left_of_a_redrawn_picture(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(quartered(), "JPEG", comment=b"secret", exif=b"Exif\0\0secret"))
    source = keeper(tmp_path)(tmp_path / "a.jpg", "a.jpg")
    redrawn, _ = redraw(source, limits=LIMITS, fit=(32, 32), keep=keeper(tmp_path))
    assert b"secret" not in redrawn.path.read_bytes()
    with Image.open(redrawn.path) as image:
        assert (image.format, image.size) == ("PNG", (32, 16))


def test_transparency_becomes_white_and_not_black(tmp_path: Path) -> None:
    image = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    assert opened(tmp_path, saved(image)).image.getpixel((1, 1)) == (255, 255, 255)
    assert opened(tmp_path, saved(image.convert("LA"))).image.getpixel((1, 1)) == (255, 255, 255)
    palette = image.convert("P")
    palette.info["transparency"] = 0
    assert opened(tmp_path, saved(palette, transparency=0)).image.getpixel((1, 1)) == (255, 255, 255)


def test_a_logo_keeps_its_transparency(tmp_path: Path) -> None:
    image = Image.new("RGBA", (32, 32), (9, 9, 9, 0))
    assert opened(tmp_path, saved(image), keep_alpha=True).image.getpixel((1, 1)) == (9, 9, 9, 0)


def test_sixteen_bits_of_grey_become_eight(tmp_path: Path) -> None:
    image = Image.new("I;16", (32, 32), 32_896)
    assert opened(tmp_path, saved(image)).image.getpixel((1, 1)) == pytest.approx((128, 128, 128), abs=2)


def test_print_colours_are_no_negative(tmp_path: Path) -> None:
    image = opened(tmp_path, saved(quartered("CMYK"), "JPEG", quality=95), "a.jpg").image
    red, green, blue = image.getpixel((4, 4))
    assert red > 200
    assert max(green, blue) < 60


def test_a_colour_profile_is_applied_and_a_broken_one_ignored(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (profile, b"no profile at all"):
        image = opened(tmp_path, saved(quartered(), icc_profile=data)).image
        assert image.getpixel((4, 4)) == pytest.approx((255, 0, 0), abs=2)


def test_an_animation_gives_its_first_frame_and_says_so(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = opened(tmp_path, data, "a.gif")
    assert picture.image.getpixel((1, 1)) == pytest.approx((255, 0, 0), abs=2)
    assert [(item.code, item.level) for item in picture.findings] == [("PICTURE_ANIMATED", Level.WARN)]


def test_a_jpeg_that_calls_itself_png_is_taken_for_what_it_is(tmp_path: Path) -> None:
    assert [item.code for item in opened(tmp_path, picture_bytes(kind="JPEG")).findings] == ["TYPE_MISMATCH"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "NOT_IMAGE"),
        (b"push graphic-context\nviewbox 0 0 640 480\n", "NOT_IMAGE"),
        (b"<html></html>", "NOT_IMAGE"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG_UNSUPPORTED"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC_UNSUPPORTED"),
        (b"\x89PNG\r\n\x1a\nrubbish", "NOT_IMAGE"),
        (picture_bytes((8, 8)), "PICTURE_TOO_SMALL"),
        (png_of_size(2**31 - 1, 2**31 - 1), "PICTURE_TOO_LARGE"),
        (png_of_size(6001, 6000), "PICTURE_TOO_LARGE"),
        (png_of_size(8193, 100), "PICTURE_TOO_LARGE"),
        (picture_bytes((640, 480))[:200], "FILE_INCOMPLETE"),
        (saved(Image.effect_noise((400, 400), 90), "JPEG", progressive=True)[:20_000], "FILE_INCOMPLETE"),
    ],
)
def test_what_is_no_whole_picture_in_bounds_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(tmp_path, data) == code


def test_thirty_six_megapixels_are_the_most(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_of_size(6000, 6000))
    assert check_picture(tmp_path / "a.png", name="a.png", limits=LIMITS) == ()


def test_a_camera_picture_beyond_that_is_read_smaller(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(Image.new("L", (1600, 1200), 90), "JPEG"))
    limits = LimitSettings(picture_pixels=1_000_000)
    image = open_picture(tmp_path / "a.jpg", name="a.jpg", limits=limits, fit=(400, 400)).image
    assert image.size == (400, 300)


def test_a_look_tells_a_picture_that_breaks_off(tmp_path: Path) -> None:
    for name, data in (("a.png", picture_bytes()[:-12]), ("a.jpg", picture_bytes(kind="JPEG")[:-2])):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(MaterialError, match="breaks off"):
            check_picture(tmp_path / name, name=name, limits=LIMITS)
