"""Fonts of posters: one family list for measuring and painting, without hinting, so that both agree."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from guide_app.sharing.typeset import clusters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guide_app.sharing.typeset import Font

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
"""Simplified Chinese sans-serif families of the common systems, the best first."""

_REFERENCE = 200
_REMEMBERED = 8192


def poster_font(families: Sequence[str], weight: int) -> QFont:
    """The Qt font of a weight (100-900); its size is still to be set."""
    made = QFont(list(families))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # The family is Chinese already; by the computer's language Noto would swap in digits that a PDF cannot name.
    made.setFeature(QFont.Tag("locl"), 0)
    return made


class QtMeasure:
    """Text widths by Qt's shaping, measured at one size and scaled (without hinting, widths are linear).

    Safe to use from several threads: Qt keeps fonts per thread, and so does this.
    """

    def __init__(self, families: Sequence[str]) -> None:
        self._families = tuple(families)
        self._local = threading.local()
        self._ems = lru_cache(_REMEMBERED)(self._measured)

    def width(self, text: str, font: Font) -> float:
        """Advance width in the unit of `font.size`."""
        return self._ems(text, font.weight) * font.size + (len(clusters(text)) * font.spacing if font.spacing else 0.0)

    def _measured(self, text: str, weight: int) -> float:
        return self._metrics(weight).horizontalAdvance(text) / _REFERENCE

    def _metrics(self, weight: int) -> QFontMetricsF:
        known: dict[int, QFontMetricsF] | None = getattr(self._local, "metrics", None)
        if known is None:
            known = self._local.metrics = {}
        if weight not in known:
            font = poster_font(self._families, weight)
            font.setPixelSize(_REFERENCE)
            known[weight] = QFontMetricsF(font)
        return known[weight]
