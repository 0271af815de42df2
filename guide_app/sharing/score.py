"""How well a poster serves everybody who sees it: 100 points, less what each finding costs. Pure.

A poster that would not scan is refused elsewhere (`guide_app.sharing.check`); this says what could be better on one
that does: letters that stand out (WCAG 2.2, 1.4.3), a symbol that is easy to scan, letters large enough, words beside
the symbol, a text that says the poster's content to those who cannot see it (1.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide_app.base.phrase import Phrase
from guide_app.sharing.drawing import (
    Box,
    Circle,
    Colour,
    Command,
    Drawing,
    FillRect,
    Gradient,
    Image,
    Modules,
    TextRun,
    extent,
)

FULL = 100
TEXT_CONTRAST = 4.5
LARGE_CONTRAST = 3.0
"""WCAG 2.2, 1.4.3: normal and large letters against what lies under them."""

SYMBOL_CONTRAST = 7.0
_EASY_MODULE = {"mm": 0.38, "px": 5.0}
_SMALLEST = {"mm": 1.4, "px": 20.0}
_LARGE, _LARGE_BOLD = {"mm": 6.3, "px": 72.0}, {"mm": 4.9, "px": 56.0}
"""18 points, or 14 in bold; pictures are shown by phones a third as large as they are."""

_NEAR = 0.35
_OPAQUE = 255
_LETTERS = 0.35
_BOLD = 700


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that could be better, and the points it costs."""

    code: str
    points: int
    words: Phrase


@dataclass(frozen=True, slots=True)
class Score:
    """The points that are left, and why the others are not."""

    points: int
    findings: tuple[Finding, ...]


def score(drawing: Drawing) -> Score:
    """Judge a drawing that passed `inspect`."""
    found = (*_symbol_findings(drawing), *_text_findings(drawing), *_spoken_findings(drawing))
    return Score(max(0, FULL - sum(finding.points for finding in found)), found)


def _symbol_findings(drawing: Drawing) -> Iterator[Finding]:
    for symbol in drawing.symbols():
        if symbol.dark.contrast(symbol.light) < SYMBOL_CONTRAST:
            yield Finding("symbol_contrast", 15, Phrase("二维码颜色偏浅, 暗处难扫"))
        if symbol.module < _EASY_MODULE[drawing.unit]:
            yield Finding("symbol_size", 10, Phrase("二维码偏小, 要凑近才扫得到"))
        if not any(_beside(run, symbol) for run in _runs(drawing)):
            yield Finding("symbol_words", 25, Phrase("二维码旁没有说明文字"))


def _text_findings(drawing: Drawing) -> Iterator[Finding]:
    smallest = min((run.font.size for run in _runs(drawing)), default=_SMALLEST[drawing.unit])
    if smallest < _SMALLEST[drawing.unit] * (1 - 1e-6):
        yield Finding("letters", 10, Phrase("有的字太小"))
    for number, command in enumerate(drawing.commands):
        if not isinstance(command, TextRun):
            continue
        ground = _ground(drawing.commands[:number], extent(command))
        large = (_LARGE_BOLD if command.font.weight >= _BOLD else _LARGE)[drawing.unit]
        needed = LARGE_CONTRAST if command.font.size >= large else TEXT_CONTRAST
        if ground is not None and command.colour.alpha == _OPAQUE and command.colour.contrast(ground) < needed:
            yield Finding("text_contrast", 15, Phrase("「{text}」和底色太接近", {"text": command.text}))
            return


def _spoken_findings(drawing: Drawing) -> Iterator[Finding]:
    if not drawing.title or drawing.url not in drawing.alternative:
        yield Finding("spoken", 25, Phrase("没有给读屏软件的说明"))


def _runs(drawing: Drawing) -> list[TextRun]:
    return [command for command in drawing.commands if isinstance(command, TextRun)]


def _beside(run: TextRun, symbol: Modules) -> bool:
    """Whether words stand next to the symbol: within a third of its side, and as a reader sees it, with it."""
    reach = symbol.box.width * _NEAR
    return symbol.box.inset(-reach).meets(extent(run)) and len(run.text.strip()) > 1


def _ground(below: tuple[Command, ...], box: Box) -> Colour | None:
    """The plain colour right under a text; None over a photo or a gradient, where no single colour is."""
    middle = box.inset(min(box.width, box.height) * _LETTERS)
    for command in reversed(below):
        if isinstance(command, Gradient | Image) and extent(command).meets(middle):
            return None
        if isinstance(command, FillRect | Circle) and extent(command).meets(middle) and command.colour.alpha == _OPAQUE:
            return command.colour
    return None
