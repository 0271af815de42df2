"""Breaking Chinese and mixed text into lines, with an ellipsis or smaller letters where it does not fit. Pure.

Rules after "Requirements for Chinese Text Layout" (W3C CLREQ, 3.1.3) and GB/T 15834: closing punctuation never
begins a line, opening punctuation never ends one, and words, numbers, prices and phone numbers are not split
unless one alone is wider than the line. Widths come from a measurer that is handed in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ELLIPSIS = "…"
NEVER_FIRST = frozenset("、。，．：；！？）」』】〕》〉”’…—～·・•‧々ー%‰℃°,.!?)]}:;|/")
NEVER_LAST = frozenset("（「『【〔《〈“‘([{¥￥$€£#@")
_PAIRS = frozenset("…—")
_WORD = re.compile(
    r"[¥￥$€£]?[0-9A-Za-z\u00C0-\u024F](?:[0-9A-Za-z\u00C0-\u024F.,'’:/%&+\-_@#*×]*[0-9A-Za-z\u00C0-\u024F%+*])?"
)
_UNITS = frozenset("元折码号双件米克年月日")
_SPACES = re.compile(r"\s+")
_HIDDEN = frozenset({"Cc", "Cs"})
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_SHRINK_STEP = 0.04
_NARROWER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55)
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Font:
    """`size` is the em and `spacing` the extra advance after each letter, in the drawing's unit; `weight` 100-900."""

    size: float
    weight: int = 400
    spacing: float = 0.0

    def scaled(self, factor: float) -> Font:
        """The same font, `factor` times as large."""
        return replace(self, size=self.size * factor, spacing=self.spacing * factor)


class Measure(Protocol):
    """Widths of text, as the painting side knows them."""

    def width(self, text: str, font: Font) -> float:
        """Advance width of `text` on one line, in the unit of `font.size`."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one look; `mark` is carried through untouched (the caller's colour, say)."""

    text: str
    font: Font
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one line: `text` begins `x` to the right of the line's start."""

    x: float
    width: float
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One set line; `width` leaves out spaces at its end."""

    pieces: tuple[Piece, ...]
    width: float

    @property
    def text(self) -> str:
        """The letters of the line."""
        return "".join(p.span.text for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Setting:
    """Set text: `scale` is how much the letters shrank, `cut` whether an ellipsis replaced the rest."""

    lines: tuple[Line, ...]
    scale: float
    cut: bool


def clean(text: str) -> str:
    """One line of safe text: no control or direction-changing characters, single spaces, NFC."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c not in _BIDI)
    visible = "".join(" " if c.isspace() else c for c in kept if c.isspace() or unicodedata.category(c) not in _HIDDEN)
    return _SPACES.sub(" ", visible).strip()


def clusters(text: str) -> list[str]:
    """What a reader takes for one sign: a letter with its marks, an emoji with its joiners, a flag."""
    found: list[str] = []
    for c in text:
        if found and _continues(found[-1], c):
            found[-1] += c
        else:
            found.append(c)
    return found


def fit(spans: Sequence[Span], width: float, max_lines: int, measure: Measure, smallest: float = 1.0) -> Setting:
    """Set `spans` in at most `max_lines` lines of `width`.

    The letters shrink in steps down to `smallest` (a factor in 0-1) before anything is cut off; a last line of a
    single sign is given company where that costs no line.
    """
    scale = 1.0
    while True:
        sized = [replace(s, font=s.font.scaled(scale)) for s in spans]
        segments = _segments(_atoms(sized, measure))
        lines = _fill(segments, width, measure)
        if len(lines) <= max_lines:
            return Setting(_finish(_without_orphan(segments, lines, width, measure), measure), scale, cut=False)
        if scale - _SHRINK_STEP < smallest - _SLACK:
            return Setting(_finish(_cut(lines, max_lines, width, measure), measure), scale, cut=True)
        scale -= _SHRINK_STEP


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is moved as one: a word, a sign, a space."""

    text: str
    span: Span
    width: float

    @property
    def blank(self) -> bool:
        return self.text == " "


def _continues(before: str, c: str) -> bool:
    code = ord(c)
    if before[-1] == _JOINER or c == _JOINER or unicodedata.category(c) in {"Mn", "Me", "Mc"}:
        return True
    if code in _SKIN_TONES or code in _TAGS:
        return True
    return code in _REGIONAL and len(before) == 1 and ord(before) in _REGIONAL


def _atoms(spans: Sequence[Span], measure: Measure) -> list[_Atom]:
    return [_Atom(t, s, measure.width(t, s.font)) for s in spans for t in _tokens(_SPACES.sub(" ", s.text))]


def _tokens(text: str) -> Iterator[str]:
    position = 0
    for word in _WORD.finditer(text):
        yield from clusters(text[position : word.start()])
        position = word.end()
        if position < len(text) and word.group()[-1].isdigit() and text[position] in _UNITS:
            position += 1
        yield text[word.start() : position]
    yield from clusters(text[position:])


def _segments(atoms: Sequence[_Atom]) -> list[list[_Atom]]:
    """Atoms grouped so that a line may end after each group and nowhere else; spaces close their group."""
    groups: list[list[_Atom]] = [[a] for a in atoms[:1]]
    for before, atom in pairwise(atoms):
        if _may_break(before, atom):
            groups.append([atom])
        else:
            groups[-1].append(atom)
    return groups


def _may_break(before: _Atom, after: _Atom) -> bool:
    first, last = after.text[0], before.text[-1]
    if after.blank or first in NEVER_FIRST or last in NEVER_LAST:
        return False
    if before.blank:
        return True
    return not (_WORD.fullmatch(before.text) and _WORD.match(after.text))


def _fill(segments: Sequence[list[_Atom]], width: float, measure: Measure) -> list[list[_Atom]]:
    """Greedy: as many segments to a line as fit; a segment wider than a line is broken between its signs."""
    lines: list[list[_Atom]] = [[]]
    used = 0.0
    for segment in segments:
        solid = _solid_width(segment)
        if lines[-1] and used + solid > width + _SLACK:
            lines.append([])
            used = 0.0
        parts = [segment] if solid <= width + _SLACK else [[a] for a in _crumbs(segment, measure)]
        for part in parts:
            if lines[-1] and used + _solid_width(part) > width + _SLACK:
                lines.append([])
                used = 0.0
            lines[-1] += part
            used += sum(a.width for a in part)
    return [line for line in map(_trimmed, lines) if line]


def _crumbs(segment: Sequence[_Atom], measure: Measure) -> list[_Atom]:
    return [_Atom(c, a.span, measure.width(c, a.span.font)) for a in segment for c in clusters(a.text)]


def _trimmed(line: Sequence[_Atom]) -> list[_Atom]:
    start, end = 0, len(line)
    while start < end and line[start].blank:
        start += 1
    while end > start and line[end - 1].blank:
        end -= 1
    return list(line[start:end])


def _solid_width(atoms: Sequence[_Atom]) -> float:
    return sum(a.width for a in _trimmed(atoms))


def _without_orphan(
    segments: Sequence[list[_Atom]], lines: list[list[_Atom]], width: float, measure: Measure
) -> list[list[_Atom]]:
    """Narrow the column a little when the last line would hold a single sign."""
    if len(lines) < 2 or not _lonely(lines[-1]):  # noqa: PLR2004 - a first line cannot be an orphan
        return lines
    widest = max(map(_solid_width, segments))
    for factor in _NARROWER:
        if widest > width * factor:
            break
        other = _fill(segments, width * factor, measure)
        if len(other) != len(lines):
            break
        if not _lonely(other[-1]):
            return other
    return lines


def _lonely(line: Sequence[_Atom]) -> bool:
    return len(line) == 1 and len(clusters(line[0].text)) == 1


def _cut(lines: Sequence[list[_Atom]], max_lines: int, width: float, measure: Measure) -> list[list[_Atom]]:
    """The first `max_lines` lines, the last one shortened for an ellipsis. A number is dropped whole, never halved."""
    kept = [list(line) for line in lines[:max_lines]]
    span = kept[-1][-1].span
    dots = _Atom(ELLIPSIS, span, measure.width(ELLIPSIS, span.font))
    last = kept[-1]
    while last and (_solid_width(last) + dots.width > width + _SLACK or last[-1].blank or _dangling(last[-1])):
        last = last[:-1]
    if not last:
        last = _crumbs(kept[-1], measure)
        while len(last) > 1 and _solid_width(last) + dots.width > width + _SLACK:
            last.pop()
    kept[-1] = [*last, dots]
    return kept


def _dangling(atom: _Atom) -> bool:
    return all(c in NEVER_FIRST or c in NEVER_LAST for c in atom.text)


def _finish(lines: Sequence[Sequence[_Atom]], measure: Measure) -> tuple[Line, ...]:
    return tuple(_line(atoms, measure) for atoms in lines)


def _line(atoms: Sequence[_Atom], measure: Measure) -> Line:
    """Neighbouring atoms of one span become one piece, measured as a whole (kerning and shaping count)."""
    pieces: list[Piece] = []
    x = 0.0
    for span, text in _merged(atoms):
        width = measure.width(text, span.font)
        pieces.append(Piece(x, width, replace(span, text=text)))
        x += width
    return Line(tuple(pieces), x)


def _merged(atoms: Sequence[_Atom]) -> list[tuple[Span, str]]:
    merged: list[tuple[Span, str]] = []
    for atom in atoms:
        if merged and merged[-1][0] is atom.span:
            merged[-1] = (atom.span, merged[-1][1] + atom.text)
        else:
            merged.append((atom.span, atom.text))
    return merged
