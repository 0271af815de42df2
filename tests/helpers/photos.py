"""Photos as cameras and as this program make them, drawn on the spot."""

from __future__ import annotations

import io
from random import Random

from PIL import Image


def photo(number: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """A small JPEG fit to travel, another for each number."""
    return _saved(_drawn(number, size))


def from_a_camera(size: tuple[int, int] = (64, 48), number: int = 1) -> bytes:
    """A JPEG that says where it was taken: EXIF with a place and a maker."""
    exif = Image.Exif()
    exif[0x010F] = "CANARY-MAKER"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 9.0)
    return _saved(_drawn(number, size), exif=exif.tobytes(), comment=b"CANARY-COMMENT")


def _drawn(number: int, size: tuple[int, int]) -> Image.Image:
    noise = Random(number).randbytes(size[0] * size[1] * 3)  # noqa: S311 - test data
    return Image.frombytes("RGB", size, noise)


def _saved(image: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, **more)
    return out.getvalue()
