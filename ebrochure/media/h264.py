"""What must be known of coded H.264 to lay pieces of it end to end: parameter sets and the units around them.

Source: ITU-T H.264, sections 7.3 and annex E; ISO/IEC 14496-15, section 5.3.3 (`avcC`).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

IDR, SEQUENCE_SET, PICTURE_SET = 5, 7, 8
_SLICES = frozenset((1, 2, 5))
HIGH = 100
_PROFILES_8_BIT_420 = frozenset((66, 77, 100))
_SLICE_HEAD_BYTES = 16
"""More than the first three numbers of a slice take, with what keeps start codes out."""
_EXTENDED_SAR = 255
_UNKNOWN = 2  # "unspecified" in ITU-T H.273, tables 2 to 4


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """One sequence parameter set, as far as it matters here."""

    id: int
    profile: int
    is_8_bit_420: bool
    """False where it is another kind of picture, or one that is not read here: then the rest is empty."""
    is_progressive: bool = False
    colours: tuple[int, int, int] = (_UNKNOWN, _UNKNOWN, _UNKNOWN)
    """Primaries, transfer, matrix; numbers of ITU-T H.273."""
    is_full_range: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """An `avcC` record: what a decoder is told before the first frame."""

    profile: int
    compatibility: int
    level: int
    length_bytes: int
    """How many bytes say how long a unit is."""
    sequence_sets: tuple[bytes, ...]
    picture_sets: tuple[bytes, ...]

    def joined(self, other: Configuration) -> Configuration:
        """Return what holds for pieces of both; lengths are then told in four bytes."""
        return Configuration(
            max(self.profile, other.profile),
            self.compatibility & other.compatibility,
            max(self.level, other.level),
            4,
            (*self.sequence_sets, *other.sequence_sets),
            (*self.picture_sets, *other.picture_sets),
        )

    def to_bytes(self) -> bytes:
        """Return the record."""
        head = bytes((1, self.profile, self.compatibility, self.level, 0xFC | self.length_bytes - 1))
        sets = bytes((0xE0 | len(self.sequence_sets),)) + b"".join(map(_counted, self.sequence_sets))
        sets += bytes((len(self.picture_sets),)) + b"".join(map(_counted, self.picture_sets))
        # 4:2:0, 8 bit, no extensions: told from High upwards only.
        return head + sets + (b"\xfd\xf8\xf8\0" if self.profile >= HIGH else b"")


def parse_configuration(record: bytes) -> Configuration:
    """Read an `avcC` record.

    Raises:
        ValueError: It is none.
    """
    try:
        version, profile, compatibility, level, lengths, count = struct.unpack_from("6B", record)
        sequence_sets, at = _read_sets(record, 6, count & 0x1F)
        picture_sets, _ = _read_sets(record, at + 1, record[at])
    except (IndexError, struct.error) as error:
        raise ValueError("expected an avcC record, got one that is cut short") from error
    if version != 1 or not sequence_sets or not picture_sets:
        raise ValueError("expected an avcC record with parameter sets, got none")
    return Configuration(profile, compatibility, level, (lengths & 3) + 1, sequence_sets, picture_sets)


def units(coded: bytes, length_bytes: int) -> Iterator[bytes]:
    """Yield the units of one coded picture.

    Raises:
        ValueError: A unit is longer than the picture.
    """
    at = 0
    while at < len(coded):
        end = at + length_bytes + int.from_bytes(coded[at : at + length_bytes])
        if end > len(coded) or end <= at + length_bytes:
            raise ValueError(f"expected a unit within {len(coded)} bytes, got one up to {end}")
        yield coded[at + length_bytes : end]
        at = end


def kind_of(unit: bytes) -> int:
    """Return the type of a unit. Source: ITU-T H.264, table 7-1."""
    return unit[0] & 0x1F


def is_picture(unit: bytes) -> bool:
    """Tell whether a unit holds some of the picture itself."""
    return kind_of(unit) in _SLICES


def picture_set_id(unit: bytes) -> int:
    """Return the number of a picture parameter set."""
    return _Bits(unit).golomb()


def picture_set_of(unit: bytes) -> int:
    """Return the number of the picture parameter set that a unit which `is_picture` refers to.

    Source: ITU-T H.264, section 7.3.3.
    """
    bits = _Bits(unit[:_SLICE_HEAD_BYTES])
    bits.golomb()  # where in the picture it begins
    bits.golomb()  # its type
    return bits.golomb()


def parse_sequence_set(unit: bytes) -> SequenceSet:
    """Read a sequence parameter set.

    Raises:
        ValueError: It is cut short.
    """
    bits = _Bits(unit)
    profile = bits.read(8)
    bits.read(16)  # constraints, level
    number = bits.golomb()
    if profile not in _PROFILES_8_BIT_420:
        return SequenceSet(number, profile, is_8_bit_420=False)
    if profile == HIGH:
        chroma, luma_more, chroma_more = bits.golomb(), bits.golomb(), bits.golomb()
        bits.read(1)
        if (chroma, luma_more, chroma_more) != (1, 0, 0) or bits.read(
            1
        ):  # or with scaling lists: rare, not read
            return SequenceSet(number, profile, is_8_bit_420=False)
    _skip_order(bits)
    bits.golomb()  # reference frames
    bits.read(1)
    bits.golomb()
    bits.golomb()  # width and height
    is_progressive = bool(bits.read(1))
    if not is_progressive:
        bits.read(1)
    bits.read(1)
    if bits.read(1):  # cropped
        for _ in range(4):
            bits.golomb()
    colours, is_full_range = _usability(bits) if bits.read(1) else ((_UNKNOWN,) * 3, False)
    return SequenceSet(number, profile, True, is_progressive, colours, is_full_range)  # noqa: FBT003  in order


def _skip_order(bits: _Bits) -> None:
    """Skip how pictures are numbered."""
    bits.golomb()
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.read(1)
        bits.golomb()
        bits.golomb()
        for _ in range(bits.golomb()):
            bits.golomb()


def _usability(bits: _Bits) -> tuple[tuple[int, int, int], bool]:
    """Return colours and range from the usability information. Source: ITU-T H.264, section E.1.1."""
    if bits.read(1) and bits.read(8) == _EXTENDED_SAR:
        bits.read(32)
    if bits.read(1):
        bits.read(1)
    if not bits.read(1):
        return (_UNKNOWN, _UNKNOWN, _UNKNOWN), False
    bits.read(3)
    is_full_range = bool(bits.read(1))
    if not bits.read(1):
        return (_UNKNOWN, _UNKNOWN, _UNKNOWN), is_full_range
    return (bits.read(8), bits.read(8), bits.read(8)), is_full_range


def _read_sets(record: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", record, at)
        found.append(record[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(found), at


def _counted(unit: bytes) -> bytes:
    return struct.pack(">H", len(unit)) + unit


class _Bits:
    """The bits of a unit behind its first byte."""

    def __init__(self, unit: bytes) -> None:
        payload = unit[1:].replace(b"\0\0\3", b"\0\0")  # what keeps start codes out of the payload
        self.value = int.from_bytes(payload)
        self.left = 8 * len(payload)

    def read(self, count: int) -> int:
        """Return the next `count` bits."""
        self.left -= count
        if self.left < 0:
            raise ValueError("expected more bits in a parameter set, got its end")
        return self.value >> self.left & (1 << count) - 1

    def golomb(self) -> int:
        """Return the next unsigned Exp-Golomb number. Source: ITU-T H.264, section 9.1."""
        zeros = 0
        while not self.read(1):
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)
