"""Reads a book that was taken out as JSON (`take_book`): a list of clients under the columns' titles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide_app.base.phrase import Phrase
from guide_app.base.tabular.limits import DEFAULT_LIMITS, Limits, TableError, bad_format, too_large
from guide_app.base.tabular.read import Row

_FORMAT = "guide-desk-clients"
_HEAD = 200


def is_exported(path: Path) -> bool:
    """Whether the file begins like such an export, whatever it is called."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and _FORMAT.encode() in head


def exported_rows(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Row]:
    """The header and a row for each client, numbered as they stand there from 1. Raises TableError."""
    if path.stat().st_size > limits.file_bytes:
        raise too_large(path.name, Phrase("文件的字节数"), limits.file_bytes)
    try:
        document: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
        clients = document["clients"]
        header = tuple(dict.fromkeys(title for client in clients for title in client))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise bad_format(path.name, Phrase("不完整的 JSON")) from e
    if len(header) > limits.columns:
        raise too_large(path.name, Phrase("列数"), limits.columns)
    if not header:
        raise TableError("table.empty", "「{name}」里没有数据。", name=path.name)
    yield Row(0, header)
    for number, client in enumerate(clients, 1):
        yield Row(number, tuple(_text(client.get(title)) for title in header))


def _text(value: object) -> str:
    return "" if value is None else str(value)
