"""Signs that no font on this PC can draw: on a poster they would be empty boxes."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtGui import QTextLayout

from guide_app.sharing.drawing import Drawing, TextRun
from guide_app.sharing.typeset import clusters
from ui.kit.poster.fonts import poster_font

_WEIGHT = 400
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zs"})
"""Unicode categories that need no glyph of their own: joiners, variation selectors, marks on a sign before, spaces."""


def missing_signs(drawing: Drawing, families: Sequence[str]) -> tuple[str, ...]:
    """The signs of a poster without a glyph, each once, in the order in which they stand."""
    return missing_in((command.text for command in drawing.commands if isinstance(command, TextRun)), tuple(families))


def missing_in(texts: Iterable[str], families: tuple[str, ...]) -> tuple[str, ...]:
    """The signs of these texts without a glyph in `families` or any font that Qt falls back to."""
    signs = dict.fromkeys(sign for text in texts for sign in clusters(text) if not sign.isascii())
    return tuple(sign for sign in signs if not _drawn(sign, families))


@lru_cache(maxsize=8192)
def _drawn(sign: str, families: tuple[str, ...]) -> bool:
    """Whether every glyph is there: number 0 is what a font draws for what it lacks (OpenType, glyph 0 `.notdef`)."""
    seen = "".join(letter for letter in sign if unicodedata.category(letter) not in _UNSEEN)
    if not seen:
        return True
    layout = QTextLayout(seen, poster_font(families, _WEIGHT))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(glyphs) and 0 not in glyphs
