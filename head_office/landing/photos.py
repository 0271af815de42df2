"""Product photos in the width a screen needs, made once and kept by what they are."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass

from PIL import Image, ImageOps

#: Widths in pixels that pages ask for: one column at 1×, 2× and 3×.
WIDTHS = (480, 800, 1200)
_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
_QUALITY = 82
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it goes out."""

    media_type: str
    content: bytes


class BadPhotoError(ValueError):
    """The stored bytes are no picture that a page may show."""


class PhotoShelf:
    """Scaled pictures by (SHA-256, width); the ones not asked for longest go when `most_bytes` are exceeded."""

    def __init__(self, most_bytes: int = 64_000_000) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[str, int], Photo] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sha256: str, width: int) -> Photo | None:
        """A picture that was put here before."""
        with self._lock:
            photo = self._kept.get((sha256, width))
            if photo is not None:
                self._kept.move_to_end((sha256, width))
            return photo

    def put(self, sha256: str, width: int, photo: Photo) -> None:
        """Keep a picture."""
        with self._lock:
            before = self._kept.pop((sha256, width), None)
            self._kept[sha256, width] = photo
            self._bytes += len(photo.content) - (len(before.content) if before is not None else 0)
            while self._bytes > self._most_bytes and self._kept:
                _, old = self._kept.popitem(last=False)
                self._bytes -= len(old.content)


def scale(photo: Photo, width: int) -> Photo:
    """The picture at most `width` pixels wide, as a progressive JPEG; a small one stays as it is, as do all for 0.

    Transparent parts become white. Raises BadPhotoError, also for more than 50 million pixels.
    """
    if photo.media_type not in _TYPES:
        raise BadPhotoError(f"{photo.media_type} is not shown on pages")
    try:
        with Image.open(io.BytesIO(photo.content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise BadPhotoError(f"{opened.width}×{opened.height} pixels are too many")
            if width == 0 or opened.width <= width:
                return photo
            opened.draft("RGB", (width, width))  # JPEG decodes at a fraction of its size, several times faster
            upright = ImageOps.exif_transpose(opened)
            return Photo("image/jpeg", _jpeg(upright, width))
    except (OSError, SyntaxError, Image.DecompressionBombError) as e:
        raise BadPhotoError("the stored bytes are no picture") from e


def _jpeg(image: Image.Image, width: int) -> bytes:
    if "A" in image.getbands() or "transparency" in image.info:
        rgba = image.convert("RGBA")
        image = Image.new("RGB", rgba.size, "white")
        image.paste(rgba, mask=rgba.getchannel("A"))
    height = max(1, round(image.height * width / image.width))
    small = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return out.getvalue()
