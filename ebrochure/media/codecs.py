"""The names by which a browser is asked whether it can play a file. Pure.

Source: RFC 6381, and AV1 Codec ISO Media File Format Binding, sections 2.3 and 5.
"""

from __future__ import annotations

AAC_LC = "mp4a.40.2"
"""Every sound that we write. Source: ISO/IEC 14496-3, table 1.17."""
_RECORD_BYTES = 4
_VERSION = 0x81


def av1_codec(configuration: bytes) -> str:
    """Return the name of an AV1 stream, ``av01.0.08M.08``: profile, level, tier and depth of its colours.

    Args:
        configuration: Its AV1CodecConfigurationRecord, the content of the box `av1C`.

    Raises:
        ValueError: It is none.
    """
    if len(configuration) < _RECORD_BYTES or configuration[0] != _VERSION:
        raise ValueError(
            f"expected an AV1CodecConfigurationRecord, got {configuration[:4].hex() or 'nothing'}"
        )
    profile_and_level, flags = configuration[1], configuration[2]
    profile, level = profile_and_level >> 5, profile_and_level & 0x1F
    tier = "H" if flags & 0x80 else "M"
    is_high, is_twelve = bool(flags & 0x40), bool(flags & 0x20)
    depth = (12 if is_twelve else 10) if is_high else 8
    return f"av01.{profile}.{level:02d}{tier}.{depth:02d}"
