"""CSV and TSV as they come: encodings, separators, quotes, gzip.

The encoding is found over the whole file, not a sample: byte-order mark, UTF-16 without a mark (by its zero bytes),
strict UTF-8, strict GB18030 (which contains GBK and GB2312) if the characters it gives are ordinary ones. Anything
else could only be guessed, and a wrong guess fills a book with garbage: the error names the guess, and the caller
hands in the encoding.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

import charset_normalizer

from guide_app.base.phrase import Phrase
from guide_app.base.tabular.limits import Limits, TableError, bad_format, damaged, too_large
from guide_app.base.tabular.rejects import plain_cell

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SNIFFED_ROWS = 30
_ORDINARY_SHARE = 0.75
#: What may stand between cells.
SEPARATORS = (",", "\t", ";", "|")
_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: its codec, its separator, and whether its first line only names that (`sep=;`)."""

    codec: str
    separator: str
    named: bool


def text_form(path: Path, encoding: str | None, separator: str | None, limits: Limits) -> TextForm:
    """How `path` is written, with what is not said found out. Raises TableError."""
    if separator is not None and separator not in SEPARATORS:
        raise TableError(
            "table.separator", "「{separator}」不是分隔符。", "可用: 逗号、制表符、分号、竖线。", separator=separator
        )
    codec = encoding or detect_encoding(path, limits)
    found, named = _separator(_sample(path, codec, limits))
    return TextForm(codec, separator or found, named)


def read_text_rows(path: Path, form: TextForm, limits: Limits) -> Iterator[list[str]]:
    """The rows of a CSV or TSV file, blank ones as empty lists. Raises TableError with the row's number."""
    codec, separator = form.codec, form.separator
    with _opened(path, limits) as raw, io.TextIOWrapper(raw, codec, "strict", newline="") as text:
        number = 0
        try:
            if form.named:
                text.readline()
                number += 1
                yield []
            # Strict: a quote that is never closed must not swallow the rest of the file as one cell.
            for row in csv.reader(text, delimiter=separator, strict=True):
                number += 1
                yield [plain_cell(cell) for cell in row]
        except UnicodeDecodeError as e:
            raise TableError(
                "table.encoding",
                "「{name}」第 {line} 行附近有不是 {codec} 编码的字。",
                "请另存为「CSV UTF-8」。",
                name=path.name,
                line=number + 1,
                codec=codec,
            ) from e
        except csv.Error as e:
            raise TableError(
                "table.quotes",
                "「{name}」第 {line} 行起引号没有配对, 或一格太长 ({why})。",
                "请检查这一行的引号。",
                name=path.name,
                line=number + 1,
                why=str(e),
            ) from e


def detect_encoding(path: Path, limits: Limits) -> str:
    """Name of the codec that reads all of `path`. Raises TableError if none does or it is no text."""
    with _opened(path, limits) as raw:
        head = raw.read(_SAMPLE)
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_MARKUP):
        raise bad_format(path.name, Phrase("网页或 XML (有些系统导出的 .xls 就是网页)"))
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if b"\0" in head:
        return _utf16_without_mark(head, path.name)
    if _reads(path, "utf-8", limits):
        return "utf-8"
    if _reads(path, "gb18030", limits) and _is_ordinary_chinese(head):
        return "gb18030"
    guess = charset_normalizer.from_bytes(head).best()
    may_be = Phrase(", 可能是 {guess}", {"guess": guess.encoding}) if guess is not None else ""
    raise TableError(
        "table.encoding",
        "「{name}」不是 UTF-8 也不是 GB18030 编码{may_be}。",
        "请指定编码, 或在 Excel 中另存为「CSV UTF-8」或 XLSX。",
        name=path.name,
        may_be=may_be,
    )


def _is_ordinary_chinese(head: bytes) -> bool:
    """Whether GB18030 makes characters of daily use (those in GB2312) of most of `head`.

    Nearly any bytes can be read as GB18030; Big5 or Shift-JIS then give characters that nobody uses.
    """
    text = codecs.getincrementaldecoder("gb18030")().decode(head)
    strange = [mark for mark in text if not mark.isascii()]
    known = "".join(strange).encode("gb2312", "ignore").decode("gb2312")
    return len(known) >= len(strange) * _ORDINARY_SHARE


def _utf16_without_mark(head: bytes, source: str) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(codec)().decode(head)
    except UnicodeDecodeError as e:
        raise bad_format(source, Phrase("二进制文件")) from e
    if "\0" in text:
        raise bad_format(source, Phrase("二进制文件"))
    return codec


def _reads(path: Path, codec: str, limits: Limits) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    with _opened(path, limits) as raw:
        try:
            while chunk := raw.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than `limit` bytes."""

    def __init__(self, inner: IO[bytes], source: str, limit: int) -> None:
        self._inner = inner
        self._source = source
        self._limit = limit
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        try:
            chunk = self._inner.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as e:
            raise damaged(self._source, e) from e
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large(self._source, Phrase("解压后的字节数"), self._limit)
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[BinaryIO]:
    with ExitStack() as stack:
        inner: IO[bytes] = stack.enter_context(path.open("rb"))
        if inner.read(len(_GZIP)) == _GZIP:
            inner.seek(0)
            inner = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=inner)))
        else:
            inner.seek(0)
        capped = _Capped(inner, path.name, limits.unpacked_bytes)
        yield stack.enter_context(io.BufferedReader(capped, _SAMPLE))


def _sample(path: Path, codec: str, limits: Limits) -> str:
    try:
        decoder = codecs.getincrementaldecoder(codec)("replace")
    except LookupError as e:
        raise TableError(
            "table.encoding", "没有叫「{codec}」的文字编码。", "可用如 utf-8、gb18030、utf-16。", codec=codec
        ) from e
    with _opened(path, limits) as raw:
        return decoder.decode(raw.read(_SAMPLE))


def _separator(head: str) -> tuple[str, bool]:
    """The separator, and whether the first line is only Excel's hint `sep=;`."""
    first = head.splitlines()[0] if head else ""
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], True
    return max(SEPARATORS, key=lambda separator: _fit(head, separator)), False


def _fit(head: str, separator: str) -> tuple[float, int]:
    """How well `separator` makes a table of `head`: share of rows with the commonest width, then that width."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            if row:
                widths[len(row)] += 1
            if widths.total() >= _SNIFFED_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, rows = widths.most_common(1)[0]
    return (rows / widths.total() if width > 1 else 0.0, width)
