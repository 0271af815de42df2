"""Drawings as pages of a PDF: exact size, real text that can be searched, the QR symbol as vectors."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRawFont

from guide_app.sharing.drawing import TextRun
from ui.kit.poster.fonts import poster_font
from ui.kit.poster.painter import Surface, paint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guide_app.sharing.drawing import Drawing
    from ui.kit.poster.photos import PhotoCache

MAX_BYTES = 600_000
"""Of a page. Photos are stored coarser, down to half, where it would be larger."""

_DPI = 1200
_PHOTO_DPI = 170
_SCREEN_DPI = 96
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_TINY = 1e-9
_NORMAL = 400
_BMP = 0xFFFF
_COARSER = (1.0, 0.8, 0.65, 0.5)
_BLOCK = 100  # entries that one bfchar block may hold (Adobe Technical Note 5411)
_CMAP = re.compile(rb"\n(\d+) 0 obj\n<< /Length \d+ >>\nstream\n((?:(?!endstream).)*?endcmap.*?)\nendstream", re.DOTALL)
_RANGES = re.compile(rb"\d+ beginbfrange\n(.*?)endbfrange\n", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_TRAILER = re.compile(rb"trailer\n<<\n(.*?)>>\nstartxref\n(\d+)", re.DOTALL)


def pdf_document(pages: Sequence[Drawing], photos: PhotoCache, families: Sequence[str]) -> bytes:
    """A page for each drawing; all have the first one's size and unit (pixels count as 1/96 inch).

    Raises PhotoError.
    """
    first = pages[0]
    per_inch = _MM_PER_INCH if first.unit == "mm" else _SCREEN_DPI
    points = (first.width / per_inch * _POINTS_PER_INCH, first.height / per_inch * _POINTS_PER_INCH)
    whole = (math.ceil(points[0] - _TINY), math.ceil(points[1] - _TINY))
    letters = {ord(c) for page in pages for run in page.commands if isinstance(run, TextRun) for c in run.text}
    finest = _PHOTO_DPI / _MM_PER_INCH if first.unit == "mm" else 1.0
    for share in _COARSER:
        surface = Surface(_DPI / per_inch, snap=False, flat_scale=finest * share)
        written = exact_page(_written(pages, whole, surface, photos, families), whole, points)
        document = searchable(written, letters, families)
        if len(document) <= MAX_BYTES * len(pages):
            break
    return document


def _written(
    pages: Sequence[Drawing], whole: tuple[int, int], surface: Surface, photos: PhotoCache, families: Sequence[str]
) -> bytes:
    """The document as Qt writes it, its pages `whole` points large."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(pages[0].title)
    writer.setCreator("Guide Desk")
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QSizeF(*whole), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        paint(page, painter, surface, photos, families)
    painter.end()
    return bytes(buffer.data().data())


def exact_page(pdf: bytes, whole: tuple[int, int], points: tuple[float, float]) -> bytes:
    """Cut the page boxes from Qt's whole points to the true size, kept at the top left; every offset stays."""
    old = b"[0 0 %d.000000 %d.000000]" % whole
    new = b"[0 %.4f %.4f %d]" % (whole[1] - points[1], points[0], whole[1])
    if pdf.count(old) == 0 or len(new) > len(old):
        raise RuntimeError("Qt writes page boxes in another way than this was made for")
    return pdf.replace(old, new.ljust(len(old)))


def searchable(pdf: bytes, letters: set[int], families: Sequence[str]) -> bytes:
    """Name the glyphs by the `letters` that were drawn, in an incremental update (ISO 32000-1, 7.5.6).

    Qt names a glyph by the lowest code point that the font draws with it, and fonts draw several with one: 女
    (U+5973) is also the radical sign U+2F25, 胶 (U+80F6) also U+3B35, the space also the tab. So each name that was
    not drawn is replaced by the drawn letter of the same glyph, where there is one.
    """
    update = bytearray()
    offsets: dict[int, int] = {}
    raw = QRawFont.fromFont(poster_font(families, _NORMAL))
    for number, stream in _CMAP.findall(pdf):
        codes = _codes(stream)
        renamed = _renamed(set(codes.values()) - letters - {0}, letters, raw)
        if not renamed:
            continue
        better = {glyph: renamed.get(code, code) for glyph, code in codes.items()}
        fixed = _RANGES.sub(b"", stream).replace(b"endcmap", _bfchars(better) + b"endcmap", 1)
        offsets[int(number)] = len(pdf) + len(update)
        update += b"%b 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, len(fixed), fixed)
    if not offsets:
        return pdf
    return pdf + update + _cross_references(pdf, offsets, len(pdf) + len(update))


def _renamed(wrong: set[int], letters: set[int], raw: QRawFont) -> dict[int, int]:
    """The drawn letter for each of the `wrong` code points: by its glyph, else by Unicode's compatibility table.

    The table serves letters that another font than the first had to draw.
    """
    drawn, asked = sorted(c for c in letters if c <= _BMP), sorted(wrong)
    by_glyph = dict(zip(_glyphs(raw, drawn), drawn, strict=True))
    found = {code: by_glyph[g] for code, g in zip(asked, _glyphs(raw, asked), strict=True) if g and g in by_glyph}
    for code in wrong - found.keys():
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and len(plain) == 1 and ord(plain) in letters:
            found[code] = ord(plain)
    return found


def _glyphs(raw: QRawFont, codes: Sequence[int]) -> list[int]:
    return list(raw.glyphIndexesForString("".join(map(chr, codes))))


def _codes(stream: bytes) -> dict[int, int]:
    """The code of each glyph of a ToUnicode map."""
    found: dict[int, int] = {}
    for block in _RANGES.findall(stream):
        for first, last, start, listed in _RANGE.findall(block):
            glyphs = range(int(first, 16), int(last, 16) + 1)
            codes = range(int(start, 16), 0x10000) if start else [int(c, 16) for c in _CODE.findall(listed)]
            found |= dict(zip(glyphs, codes, strict=False))
    return found


def _bfchars(codes: Mapping[int, int]) -> bytes:
    lines = [b"<%04X> <%04X>\n" % pair for pair in sorted(codes.items())]
    blocks = [lines[i : i + _BLOCK] for i in range(0, len(lines), _BLOCK)]
    return b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks)


def _cross_references(pdf: bytes, offsets: Mapping[int, int], start: int) -> bytes:
    """The update's cross-reference section and trailer, pointing back to the first ones."""
    trailers = _TRAILER.findall(pdf)
    if len(trailers) != 1:
        raise RuntimeError("Qt writes the trailer in another way than this was made for")
    entries, previous = trailers[0]
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in sorted(offsets.items()))
    return b"xref\n%btrailer\n<<\n%b/Prev %b\n>>\nstartxref\n%d\n%%%%EOF\n" % (rows, entries, previous, start)
