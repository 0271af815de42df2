"""Takes the acting guide's own book out as one file: which columns, in which form, with or without a password.

The same control holds as for the folder of `take`: own clients only, four eyes above the limit, a mark in every row,
the reason and the SHA-256 in the log.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.rejects import SafeCsvWriter
from guide_app.flows.take_control import (
    Approval,
    Outlook,
    Slip,
    check_amount,
    clean_reason,
    look_ahead,
    note_export,
)
from guide_app.flows.take_sealed import SUFFIX, check_password, seal
from guide_app.flows.take_tables import CLIENTS, TableSpec, with_mark
from guide_app.flows.take_vcard import vcards
from guide_app.flows.take_xlsx import workbook
from guide_app.store.database import Database

Form = Literal["csv", "xlsx", "vcard", "json"]
SUFFIXES: Mapping[Form, str] = {"csv": ".csv", "xlsx": ".xlsx", "vcard": ".vcf", "json": ".json"}
#: Columns that a vCard has a place for.
CARD_COLUMNS = ("姓名", "手机号", "微信", "性别", "生日", "备注", "标签")
_CARD_FIELDS = {
    "姓名": ("name",), "手机号": ("phone",), "微信": ("wechat",), "性别": ("sex",), "备注": ("remark",),
    "标签": ("tags",), "生日": ("birth_calendar", "birth_year", "birth_month", "birth_day", "birth_leap"),
}  # fmt: skip

_Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class BookChoice:
    """What is taken: the form, the titles of the columns (none: all), and the password, empty for an open file."""

    form: Form = "csv"
    columns: tuple[str, ...] = ()
    password: str = ""


@dataclass(frozen=True, slots=True)
class BookTaken:
    """What was written: the file, how many clients, the export's number and its proof in the log."""

    path: Path
    clients: int
    number: str
    sha256: str


def column_titles() -> tuple[str, ...]:
    """The columns that there are, in order."""
    return tuple(column.title for column in CLIENTS.columns)


def book_outlook(conn: Connection, actor: Actor, now_ms: int) -> Outlook:
    """What `take_book` would come to now: one row for each of the acting guide's own clients."""
    whose = {"mine": 1, "guide": actor.guide_id}
    rows = int(conn.exec_driver_sql(f"SELECT count(*) FROM ({CLIENTS.sql})", whose).scalar_one())
    return look_ahead(conn, rows, actor, now_ms)


def take_book(
    db: Database, clock: Clock, actor: Actor, path: Path, choice: BookChoice, *, reason: str,
    approval: Approval | None = None,
) -> BookTaken:  # fmt: skip
    """Write the acting guide's own clients to `path`, which must not be there. Not on the book's writer thread.

    Raises GuideError (`export.needs_manager`, `export.approver`) as `take_out` does; InvalidInputError without a
    reason, for an unknown column, a short password, or a file that is there or cannot be written. Then nothing is left.
    """
    why, spec = clean_reason(reason), _chosen(choice.columns)
    if choice.password:
        check_password(choice.password)
    if path.exists():
        raise InvalidInputError("export.file", "已有文件 {path}。", "请换一个名字。", path=path)
    rows = db.query(lambda conn: _read(conn, actor))
    now = clock.now_ms()
    db.query(lambda conn: check_amount(conn, len(rows), actor, approval, now))
    slip = Slip(db.change(lambda uow: uow.new_id(), by=actor.guide_id, origin=actor.origin), actor, why, now, approval)
    content = render(choice.form, spec, rows, slip.mark, slip.at)
    sealed = seal(content, choice.password) if choice.password else content
    proof, fresh = hashlib.sha256(sealed).hexdigest(), path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(sealed)
        ids = [row["id"] for row in rows]
        db.change(lambda uow: note_export(uow, slip, len(rows), ids, proof), by=actor.guide_id, origin=actor.origin)
        fresh.rename(path)
    except OSError as e:
        raise InvalidInputError(
            "export.file", "写不了文件 {path}: {why}。", "请换一个位置。", path=path, why=e.strerror
        ) from e
    finally:
        fresh.unlink(missing_ok=True)
    return BookTaken(path, len(rows), slip.number, proof)


def file_name(name: str, form: Form, *, sealed: bool) -> str:
    """`name` with the ending of its form."""
    return f"{name}{SUFFIXES[form]}{SUFFIX if sealed else ''}"


def render(form: Form, spec: TableSpec, rows: _Rows, mark: str, at_ms: int) -> bytes:
    """The file's content, before it is sealed."""
    writers: dict[Form, Callable[[TableSpec, _Rows, str, int], bytes]] = {
        "csv": _csv, "xlsx": _xlsx, "vcard": _vcard, "json": _json,
    }  # fmt: skip
    return writers[form](spec, rows, mark, at_ms)


def _chosen(titles: Sequence[str]) -> TableSpec:
    unknown = [title for title in titles if title not in column_titles()]
    if unknown:
        raise InvalidInputError(
            "export.column",
            "没有列「{unknown}」。",
            "可用: {known}。",
            unknown="」「".join(unknown),
            known="、".join(column_titles()),
        )
    kept = tuple(column for column in CLIENTS.columns if not titles or column.title in titles)
    return TableSpec(CLIENTS.name, CLIENTS.meaning, CLIENTS.sql, kept)


def _read(conn: Connection, actor: Actor) -> _Rows:
    whose = {"mine": 1, "guide": actor.guide_id}
    return [dict(row) for row in conn.exec_driver_sql(CLIENTS.sql, whose).mappings()]


def _csv(spec: TableSpec, rows: _Rows, mark: str, _at: int) -> bytes:
    marked = with_mark(spec, mark)
    out = io.StringIO(newline="")
    file = SafeCsvWriter(out)
    file.row(column.title for column in marked.columns)
    for row in rows:
        file.row(column.text(row) for column in marked.columns)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(spec: TableSpec, rows: _Rows, mark: str, _at: int) -> bytes:
    marked = with_mark(spec, mark)
    lines = ([column.text(row) for column in marked.columns] for row in rows)
    return workbook("客户", ([column.title for column in marked.columns], *lines))


def _vcard(spec: TableSpec, rows: _Rows, mark: str, _at: int) -> bytes:
    kept = {name for column in spec.columns for name in _CARD_FIELDS.get(column.title, ())}
    return vcards([{name: row[name] for name in kept} for row in rows], mark).encode()


def _json(spec: TableSpec, rows: _Rows, mark: str, at_ms: int) -> bytes:
    document = {
        "format": "guide-desk-clients",
        "version": 1,
        "mark": mark,
        "created": china_datetime(at_ms).isoformat(timespec="seconds"),
        "clients": [{column.title: column.text(row) for column in spec.columns} for row in rows],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
