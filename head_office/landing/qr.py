"""A coupon code as a QR code for the till's scanner, drawn as one SVG path."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

#: Light modules around the code that ISO/IEC 18004 asks for.
QUIET = 4
_SHORT = 40


@dataclass(frozen=True, slots=True)
class QrView:
    """Side of the square in modules, quiet zone included, and the path of its dark modules."""

    side: int
    path: str


def qr_view(text: str) -> QrView:
    """The QR code of `text`; each run of dark modules in a row is one rectangle of the path.

    Error correction M for a code, L for a signed coupon: a screen does not wear off, and larger modules
    read better.
    """
    level = ERROR_CORRECT_M if len(text) <= _SHORT else ERROR_CORRECT_L
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    parts = [f"M{x + QUIET} {y + QUIET}h{n}v1h-{n}z" for y, row in enumerate(rows) for x, n in _runs(row)]
    return QrView(len(rows) + 2 * QUIET, "".join(parts))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
