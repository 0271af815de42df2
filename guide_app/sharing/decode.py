"""Codes in a picture that somebody sent: all kinds, several at once, turned, dark or inverted (zxing-cpp)."""

from __future__ import annotations

import zxingcpp

from guide_app.sharing.check import Pixels

_PIXEL_BYTES = 4


def read_codes(picture: Pixels) -> tuple[str, ...]:
    """The texts of all bar codes and QR codes, those higher up first; of equal ones, one. GS1 fields in brackets.

    Unlike the check of our own posters it reads whatever can be read: here a customer is waiting.
    """
    view = zxingcpp.ImageView(
        memoryview(picture.data), picture.width, picture.height, zxingcpp.ImageFormat.BGRA, picture.stride, _PIXEL_BYTES
    )
    found = [code for code in zxingcpp.read_barcodes(view) if code.valid and code.text]
    found.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return tuple(dict.fromkeys(code.text for code in found))
