"""What a photo that hangs on a record may be: a plain JPEG of bounded size that tells nothing but a picture.

Where and when it was taken, on whose phone, a thumbnail of what was cut off: all of that stands in segments beside the
picture (EXIF, XMP, comments), and no photo with such segments is taken in, on either end of the wire.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

MEDIA_TYPE = "image/jpeg"
#: Bytes of the largest photo on the wire and on disk.
MOST_BYTES = 512 << 10
#: The longer edge, in pixels, that a desktop scales to; and pixels of the largest photo that is taken in.
LONGEST_EDGE = 1600
MOST_PIXELS = 4_000_000
#: The field by which records of a kind name their photo: the SHA-256 of its bytes in hex, empty for none.
NAMED_BY = {"custom_value": "value", "purchase": "photo"}
#: Letters of a photo's name.
NAME_LENGTH = 64

Fault = Literal["", "large", "format", "beside", "pixels"]

_SOI, _EOI, _MARK, _SOS = b"\xff\xd8", 0xD9, 0xFF, 0xDA
#: Start of frame (ITU-T T.81, table B.1) without DHT, JPG and DAC, which share the row.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Tables, restart intervals and the JFIF head: all that a picture needs beside its frames and scans.
_NEEDED = frozenset({0xC4, 0xCC, 0xDB, 0xDD, 0xE0})
#: Within the data of a scan: a stuffed byte, restarts, fill bytes.
_WITHIN = frozenset({0x00, 0xFF, *range(0xD0, 0xD8)})
#: `JFIF` and its density, without the thumbnail that may follow.
_JFIF_BYTES = 16


class Segment(NamedTuple):
    """A marker's code, and where what belongs to it begins and ends in the file."""

    code: int
    begins: int
    ends: int


def photo_fault(body: bytes) -> Fault:
    """Why `body` is no photo that may travel; empty if it is one.

    large: over `MOST_BYTES`; format: no whole JPEG (ITU-T T.81); beside: something stands beside the picture; pixels:
    none, or over `MOST_PIXELS`.
    """
    if len(body) > MOST_BYTES:
        return "large"
    segments = _segments(body)
    if segments is None:
        return "format"
    if any(_tells(segment) for segment in segments):
        return "beside"
    frames = [body[s.begins : s.ends] for s in segments if s.code in _FRAMES]
    if len(frames) != 1 or len(frames[0]) < 5:  # noqa: PLR2004 - precision, height, width
        return "format"
    height, width = int.from_bytes(frames[0][1:3]), int.from_bytes(frames[0][3:5])
    return "" if 0 < height * width <= MOST_PIXELS else "pixels"


def photo_named(kind: str, data: object) -> str:
    """The name of the photo that a record of this kind names, empty for none. `data` are its fields."""
    field = NAMED_BY.get(kind)
    value = data.get(field, "") if field is not None and isinstance(data, dict) else ""
    return value if is_name(value) else ""


def is_name(text: object) -> bool:
    """Whether this can be the name of a photo."""
    return isinstance(text, str) and len(text) == NAME_LENGTH and all(c in "0123456789abcdef" for c in text)


def _tells(segment: Segment) -> bool:
    if segment.code == 0xE0:  # noqa: PLR2004 - APP0; longer ones carry a thumbnail
        return segment.ends - segment.begins > _JFIF_BYTES
    return segment.code not in _NEEDED | _FRAMES | {_SOS}


def _segments(body: bytes) -> list[Segment] | None:
    """The segments between the first and the last marker; None where the file is not whole, or goes on behind it."""
    if not body.startswith(_SOI):
        return None
    found: list[Segment] = []
    at = len(_SOI)
    while at + 2 <= len(body) and body[at] == _MARK:
        code = body[at + 1]
        if code == _EOI:
            return found if at + 2 == len(body) else None
        size = int.from_bytes(body[at + 2 : at + 4])
        ends = at + 2 + size
        if size < 2 or ends > len(body):  # noqa: PLR2004 - the length counts itself
            return None
        found.append(Segment(code, at + 4, ends))
        at = _behind_scan(body, ends) if code == _SOS else ends
    return None


def _behind_scan(body: bytes, at: int) -> int:
    """Where the next marker stands behind a scan's data that begins at `at`."""
    while 0 <= (at := body.find(_MARK, at)) < len(body) - 1:
        if body[at + 1] not in _WITHIN:
            return at
        at += 1
    return len(body)
