"""Measures a packed spreadsheet before the reader unpacks it.

The reader (calamine) holds a sheet as one dense block from its first to its last used cell; two cells at opposite
corners of an XLSX of 1 kB make it ask for 550 GB, which aborts the whole process. The measures here are upper
bounds: what they let pass fits into memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat  # measures only; keeps nothing of the text

from guide_app.base.phrase import Phrase
from guide_app.base.tabular.limits import Limits, bad_format, damaged, locked, too_large

_CHUNK = 1 << 20
_PARTS = 5_000
_SHEET, _STRINGS = "worksheet", "sst"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(\w+)[\s/>]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
# From a cell that says its text is shared to the next value: the number of that text.
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'].*?<(?:[\w.-]+:)?v(?:\s[^>]*)?>\s*(\d{1,9})""", re.DOTALL)


def check_package(file: IO[bytes], source: str, limits: Limits) -> str:
    """Measure the zip package in `file`; returns its kind, `xlsx` or `ods`. Raises TableError."""
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package, source, limits)
            names = set(package.namelist())
            if "xl/workbook.bin" in {name.lower() for name in names}:
                raise bad_format(source, Phrase("二进制工作簿 (XLSB)"))
            if "content.xml" in names:
                _check_ods(package, source, limits)
                return "ods"
            if "[Content_Types].xml" not in names:
                raise bad_format(source, Phrase("压缩包"))
            _check_xlsx(package, source, limits)
            return "xlsx"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError) as e:
        raise damaged(source, e) from e
    except RuntimeError as e:  # zipfile's word for an encrypted member
        raise locked(source) from e


def _check_parts(package: zipfile.ZipFile, source: str, limits: Limits) -> None:
    parts = package.infolist()
    if len(parts) > _PARTS:
        raise too_large(source, Phrase("压缩包内的文件数"), _PARTS)
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise too_large(source, Phrase("解压后的字节数"), limits.unpacked_bytes)


@dataclass
class _Extent:
    """The block of cells that a sheet spans, and the bytes of text in it, as far as they have been seen."""

    source: str
    limits: Limits
    rows: int = 0
    columns: int = 0
    text_bytes: int = 0

    def check(self) -> None:
        """Raise TableError if the sheet is too large already."""
        for what, value, limit in (
            (Phrase("行数"), self.rows, self.limits.rows),
            (Phrase("列数"), self.columns, self.limits.columns),
            (Phrase("单元格数"), self.rows * self.columns, self.limits.sheet_cells),
            (Phrase("文字字节数"), self.text_bytes, self.limits.text_bytes),
        ):
            if value > limit:
                raise too_large(self.source, what, limit)


def _check_xlsx(package: zipfile.ZipFile, source: str, limits: Limits) -> None:
    sheets: list[str] = []
    lengths: array[int] = array("I")
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels")):
            kind = _root(package, name, source)
            if kind == _SHEET:
                sheets.append(name)
            elif kind == _STRINGS:
                lengths.extend(_string_lengths(package, name, source, limits))
    for name in sheets:
        _check_sheet(package, name, lengths, _Extent(source, limits))


def _root(package: zipfile.ZipFile, name: str, source: str) -> str:
    with package.open(name) as part:
        head = part.read(4096)
    found = _ROOT.search(head.replace(b"\0", b""))
    root = found[1].decode() if found else ""
    if b"\0" in head and root in {_SHEET, _STRINGS}:  # UTF-16: allowed by the standard, but not measurable here
        raise bad_format(source, Phrase("不常见编码的工作簿"))
    return root


def _string_lengths(package: zipfile.ZipFile, name: str, source: str, limits: Limits) -> Iterator[int]:
    """Bytes of each shared text, its markup included."""
    if package.getinfo(name).file_size > limits.text_bytes:
        raise too_large(source, Phrase("文字字节数"), limits.text_bytes)
    data = package.read(name)
    start = None
    for found in _ITEM.finditer(data):
        if start is not None:
            yield found.start() - start
        start = found.start()
    if start is not None:
        yield len(data) - start


def _check_sheet(package: zipfile.ZipFile, name: str, lengths: array[int], extent: _Extent) -> None:
    unplaced_rows = 0
    with package.open(name) as part:
        for block in _whole_rows(part, extent):
            places = _POSITION.findall(block)
            letters = {place[0] for place in places}
            cells, rows = len(_CELL.findall(block)), len(_ROW.findall(block))
            placed_rows = sum(1 for place in places if not place[0])
            unplaced_rows += max(0, rows - placed_rows)
            extent.rows = max([extent.rows, *{int(place[1]) for place in places}])
            columns = max((_column(word) for word in letters), default=0)
            if cells > len(places) - placed_rows:  # cells without a position stand behind the one before
                columns += max(len(_CELL.findall(row)) for row in _ROW.split(block))
            extent.columns = max(extent.columns, columns)
            numbers = map(int, _SHARED.findall(block))
            extent.text_bytes += sum(lengths[number] for number in numbers if number < len(lengths))
            extent.check()
    extent.rows += unplaced_rows
    extent.check()


def _whole_rows(part: IO[bytes], extent: _Extent) -> Iterator[bytes]:
    """The sheet in pieces of about 1 MiB that end before a row begins."""
    kept = b""
    while chunk := part.read(_CHUNK):
        kept += chunk
        cut = max((found.start() for found in _ROW.finditer(kept)), default=0)
        if cut:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > extent.limits.text_bytes:
            raise too_large(extent.source, Phrase("一行的字节数"), extent.limits.text_bytes)
    yield kept


def _column(letters: bytes) -> int:
    """1 for A, 26 for Z, 27 for AA; 0 for no letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


@dataclass
class _OdsMeasure:
    """Adds up an OpenDocument sheet from its XML events; empty cells count only when used ones follow."""

    source: str
    limits: Limits
    extent: _Extent = field(init=False)
    row: int = 0
    row_repeat: int = 1
    column: int = 0
    column_repeat: int = 1
    text: int = 0
    used: bool = False
    row_width: int = 0
    row_text: int = 0

    def __post_init__(self) -> None:
        self.extent = _Extent(self.source, self.limits)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        name = tag.rpartition(":")[2]
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.extent, self.row = _Extent(self.source, self.limits), 0
        elif name == "table-row":
            self.row_repeat = _count(values.get("number-rows-repeated"))
            self.column = self.row_width = self.row_text = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self.column_repeat = _count(values.get("number-columns-repeated"))
            self.used = "value-type" in values or "formula" in values
            self.text = max((len(values.get(key, "")) for key in ("value", "string-value", "formula")), default=0)

    def characters(self, text: str) -> None:
        """Take text, inside or between cells."""
        self.text += len(text) * 3  # bytes of a Chinese character in UTF-8
        self.used = self.used or not text.isspace()

    def end(self, tag: str) -> None:
        """Take an end tag."""
        name = tag.rpartition(":")[2]
        if name in {"table-cell", "covered-table-cell"}:
            self.column += self.column_repeat
            if self.used:
                self.row_width = self.column
                self.row_text += self.text * self.column_repeat
            self.used = False
        elif name == "table-row":
            self.row += self.row_repeat
            if self.row_width:
                self.extent.rows = self.row
                self.extent.columns = max(self.extent.columns, self.row_width)
                self.extent.text_bytes += self.row_text * self.row_repeat
                self.extent.check()


def _count(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 1


def _check_ods(package: zipfile.ZipFile, source: str, limits: Limits) -> None:
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise locked(source)
    measure = _OdsMeasure(source, limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = measure.start
    parser.CharacterDataHandler = measure.characters
    parser.EndElementHandler = measure.end
    with package.open("content.xml") as part:
        parser.ParseFile(part)
