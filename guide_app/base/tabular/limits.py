"""How much a table may ask for, and the error that names the file and what is wrong with it.

A spreadsheet of 1 kB can ask for 17 billion cells, and one of 200 kB for gigabytes of text; both are refused
before they are unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.errors import GuideError
from guide_app.base.phrase import Phrase

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Caps for one file. Bytes count after unpacking unless said otherwise."""

    file_bytes: int = 64 * _MIB  # as it lies on disk
    legacy_bytes: int = 16 * _MIB  # .xls, which cannot be measured before it is loaded
    unpacked_bytes: int = 512 * _MIB
    text_bytes: int = 64 * _MIB  # text in the cells of one sheet of a workbook
    sheet_cells: int = 5_000_000  # rows x columns up to the last used cell
    rows: int = 1_000_000
    columns: int = 256
    cell_characters: int = 32_767  # Excel's own limit


DEFAULT_LIMITS = Limits()


class TableError(GuideError):
    """The file as a whole cannot be read as a table. `code` is one of `table.*`; the sentence names the file."""


def too_large(source: str, what: Phrase, limit: int) -> TableError:
    """The error for a file that goes beyond `limit`; `what` names the measure in the user's words."""
    return TableError(
        "table.too_large",
        "「{source}」太大: {what}超过 {limit:,}。",
        "请拆成几个文件再导入。",
        source=source,
        what=what,
        limit=limit,
    )


def damaged(source: str, why: object) -> TableError:
    """The error for a file that is broken or pretends to be of another kind."""
    return TableError(
        "table.damaged",
        "「{source}」已损坏或不完整: {why}",
        "请重新导出, 或另存为 XLSX 或 CSV。",
        source=source,
        why=why,
    )


def bad_format(source: str, what: Phrase) -> TableError:
    """The error for a kind of file that is not read."""
    return TableError(
        "table.format", "「{source}」是{what}, 不是可导入的表格。", "请另存为 XLSX 或 CSV。", source=source, what=what
    )


def locked(source: str) -> TableError:
    """The error for a file with a password."""
    return TableError("table.password", "「{source}」有密码保护。", "请去掉密码后再导入。", source=source)
