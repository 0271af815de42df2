"""Codes in a picture that somebody sent: all kinds, several at once, turned, dark or inverted (zxing-cpp).

A QR code is either read as it was made or not at all: its error correction sees to that. The lines of a bar code have
one check digit, which lets about one misreading in ten pass (GS1 General Specifications, 7.9): out of a blurred
photograph a decoder reads wrong digits now and then, but seldom the same ones twice. So a bar code counts when two
glances at the picture - as it is, sharpened, enlarged - agree on it, and more if others disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import zxingcpp

_LEAD = 2
"""Glances by which a bar code must lead over each other reading of what may be the same bar code."""

_BY_MODULES = frozenset(zxingcpp.barcode_formats_list(zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.AllMatrix)))
_FEW_DIGITS = frozenset({"UPC-E", "EAN-8", "ITF", "Codabar", "Code 39", "Telepen", "DX Film Edge"})
"""Kinds that a decoder sees in a piece of a longer bar code, or in a few strokes of anything."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A picture in shades of grey, a byte for each pixel, `stride` bytes a row.

    Dark and light are told apart by what is near each pixel or, `by_row`, by each row as a whole.
    """

    width: int
    height: int
    stride: int
    data: bytes
    by_row: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    kind: str
    by_lines: bool
    place: tuple[float, float] = field(compare=False)
    """Distance from the top and from the left, as parts of the picture."""


def read_codes(glances: Iterable[Glance]) -> tuple[str, ...]:
    """The texts of all bar codes and QR codes, those higher up first; of equal ones, one. GS1 fields in brackets.

    Takes a glance after the other until one has read something and all that was read is certain; the first should be
    the picture as it is. Unlike the check of our own posters it reads whatever can be read: here a customer is waiting.
    """
    tally = _Tally()
    for glance in glances:
        tally.add(_look(glance))
        if tally.settled():
            break
    return tally.texts()


class _Tally:
    """Which glance, by its number, read what."""

    def __init__(self) -> None:
        self._glances = 0
        self._read_in: dict[_Seen, set[int]] = {}

    def add(self, seen: Iterable[_Seen]) -> None:
        """Take in what one more glance read."""
        self._glances += 1
        for code in seen:
            self._read_in.setdefault(code, set()).add(self._glances)

    def settled(self) -> bool:
        """Whether something was read, and nothing of it needs another glance."""
        return bool(self._read_in) and all(self._certain(code) for code in self._read_in)

    def texts(self) -> tuple[str, ...]:
        """What is certain, from top to bottom."""
        certain = [code for code in self._read_in if self._certain(code)]
        long = any(code.by_lines and code.kind not in _FEW_DIGITS for code in certain)
        kept = [code for code in certain if not (long and code.kind in _FEW_DIGITS)]
        return tuple(dict.fromkeys(code.text for code in sorted(kept, key=lambda code: code.place)))

    def _certain(self, code: _Seen) -> bool:
        if not code.by_lines:
            return True
        mine = self._read_in[code]
        others = (read_in for other, read_in in self._read_in.items() if other.by_lines and other != code)
        # Two that were read side by side as often are two bar codes; else one is a misreading of the other.
        rivals = (len(read_in) for read_in in others if len(read_in & mine) < _LEAD)
        return len(mine) - max(rivals, default=0) >= _LEAD


def _look(glance: Glance) -> list[_Seen]:
    view = zxingcpp.ImageView(
        memoryview(glance.data), glance.width, glance.height, zxingcpp.ImageFormat.Lum, glance.stride, 1
    )
    how = zxingcpp.Binarizer.GlobalHistogram if glance.by_row else zxingcpp.Binarizer.LocalAverage
    return [
        _Seen(
            text=code.text,
            kind=str(code.format),
            by_lines=code.format not in _BY_MODULES,
            place=(code.position.top_left.y / glance.height, code.position.top_left.x / glance.width),
        )
        for code in zxingcpp.read_barcodes(view, binarizer=how)
        if code.valid and code.text
    ]
