"""Readers of QR codes by three makers, side by side: the program's own (zxing-cpp), zbar and OpenCV.

Only tests and measurements use the other two (docs/decisions/055-readers-of-other-makers.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import cv2
import numpy as np
import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from types import ModuleType

Reader = Callable[[Image.Image], tuple[str, ...]]

ZXING, ZBAR, OPENCV = "zxing-cpp", "zbar", "OpenCV"


def read_with_zxing(picture: Image.Image) -> tuple[str, ...]:
    """The texts of all QR codes that zxing-cpp reads; dark on light only, as the self-check wants them."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=formats, try_invert=False)
    return tuple(code.text for code in found if code.valid)


def read_with_opencv(picture: Image.Image) -> tuple[str, ...]:
    """The texts of all QR codes that OpenCV reads: by its finder of markers, else by its older finder.

    Each of the two misses about one clean symbol in fifty that the other reads.
    """
    grey = np.asarray(picture.convert("L"))
    for detector in (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector()):
        _, texts, _, _ = detector.detectAndDecodeMulti(grey)
        found = tuple(text for text in texts if text)
        if found:
            return found
    return ()


def zbar_reader() -> Reader:
    """Reads the texts of all QR codes by zbar. Raises ImportError where its library (libzbar0) is missing."""
    from pyzbar import pyzbar  # noqa: PLC0415 - loads a system library that is not on every machine

    return lambda picture: _read_with_zbar(pyzbar, picture)


def readers() -> Mapping[str, Reader]:
    """The readers of this machine by their names; without zbar where its library is missing."""
    found: dict[str, Reader] = {ZXING: read_with_zxing, OPENCV: read_with_opencv}
    try:
        found[ZBAR] = zbar_reader()
    except ImportError:
        return found
    return found


def _read_with_zbar(pyzbar: ModuleType, picture: Image.Image) -> tuple[str, ...]:
    found = pyzbar.decode(picture.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return tuple(code.data.decode("utf-8") for code in found)
