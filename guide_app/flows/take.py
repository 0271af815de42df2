"""Takes the book's data out in open formats: CSV that every spreadsheet opens, described by a Data Package.

Personal data that leaves the book is the gravest thing this program does. A guide takes out her own clients, a store
manager the whole store's; how much one person may take out alone stands in `take_control`. Each export has a number;
every row carries it with the name and the moment, and the log keeps it with the reason, the rows, who approved, and the
SHA-256 of what was written (个保法 51, 54).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.tabular.rejects import SafeCsvWriter
from guide_app.flows.take_control import Approval, Slip, check_amount, clean_reason, note_export
from guide_app.flows.take_folder import filled, require_free
from guide_app.flows.take_tables import CLIENTS, TABLES, TableSpec, with_mark
from guide_app.store.database import Database

_SUMS = "SHA256SUMS"

_README = """导购台导出 — {store}

导出人  {name} ({number})
时间    {at} (北京时间)
范围    {scope}
编号    {export} (每一行的「导出标记」和总部的日志里都有)
原因    {reason}
批准    {approved}

{files}

格式: CSV, UTF-8 (带 BOM), 逗号分隔, 第一行为列名; Excel、WPS 可直接打开。
clients.csv 和 purchases.csv 可以原样导入导购台。
以 = + - @ 开头的内容前面加了一个撇号, 使表格软件不把它当作公式; 导入时会去掉。
各列的含义见 datapackage.json (Frictionless Data Package, Table Schema)。
SHA256SUMS 是各文件的 SHA-256; 它自己的 SHA-256 记在日志里 (核对: sha256sum -c SHA256SUMS)。

这里有个人信息。只用于导出时的目的, 用完删除; 交给别人须另有客户的单独同意 (个人信息保护法第 6、9、23 条)。
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written: rows by file name, how many clients are in it, its number and its proof in the log."""

    folder: Path
    files: Mapping[str, int]
    clients: int
    number: str
    sha256: str


def take_out(
    db: Database, clock: Clock, actor: Actor, folder: Path, *, reason: str, clients_only: bool = False,
    approval: Approval | None = None,
) -> Taken:  # fmt: skip
    """Write the export into `folder`, which must be new or empty. Not to be called on the book's writer thread.

    Raises GuideError (`export.needs_manager`, `export.approver`) for more rows than one person may take out without
    another's approval, InvalidInputError without a reason or for a folder that holds something; then nothing was
    written.
    """
    why = clean_reason(reason)
    require_free(folder)
    specs = (CLIENTS,) if clients_only else TABLES
    tables = db.query(lambda conn: _read(conn, specs, actor))
    rows, ids = sum(map(len, tables.values())), [row["id"] for row in tables[CLIENTS.name]]
    now = clock.now_ms()
    db.query(lambda conn: check_amount(conn, rows, actor, approval, now))
    slip = Slip(db.change(lambda uow: uow.new_id(), by=actor.guide_id, origin=actor.origin), actor, why, now, approval)
    with filled(folder) as fresh:
        proof = _write(fresh, [with_mark(spec, slip.mark) for spec in specs], tables, slip)
        db.change(lambda uow: note_export(uow, slip, rows, ids, proof), by=actor.guide_id, origin=actor.origin)
    return Taken(folder, {name: len(found) for name, found in tables.items()}, len(ids), slip.number, proof)


_Rows = Sequence[Mapping[str, Any]]


def _read(conn: Connection, specs: Sequence[TableSpec], actor: Actor) -> dict[str, _Rows]:
    """All files' rows from one snapshot."""
    whose = {"mine": 0 if actor.is_manager else 1, "guide": actor.guide_id}
    return {spec.name: [dict(row) for row in conn.exec_driver_sql(spec.sql, whose).mappings()] for spec in specs}


def _write(folder: Path, specs: Sequence[TableSpec], tables: Mapping[str, _Rows], slip: Slip) -> str:
    """Write all files; returns the SHA-256 of the list of their SHA-256."""
    for spec in specs:
        _write_table(folder / spec.name, spec, tables[spec.name])
    _write_description(folder, specs, slip)
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())
    ).encode()
    (folder / _SUMS).write_bytes(sums)
    return hashlib.sha256(sums).hexdigest()


def _write_table(path: Path, spec: TableSpec, rows: _Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        file = SafeCsvWriter(out)
        file.row(column.title for column in spec.columns)
        for row in rows:
            file.row(column.text(row) for column in spec.columns)


def _write_description(folder: Path, specs: Sequence[TableSpec], slip: Slip) -> None:
    actor, at = slip.actor, china_datetime(slip.at)
    readme = _README.format(
        store=actor.store_name,
        name=actor.name,
        number=actor.number,
        at=f"{at:%Y-%m-%d %H:%M}",
        export=slip.number,
        reason=slip.reason,
        approved=f"{slip.approval.name} ({slip.approval.number})" if slip.approval else "无须批准",
        scope="全店客户" if actor.is_manager else "导出人的专属客户",
        files="\n".join(f"{spec.name:<14} {spec.meaning}" for spec in specs),
    )
    (folder / "README.txt").write_text(readme, encoding="utf-8-sig")
    package = {
        "name": "guide-desk-export",
        "title": f"导购台导出 — {actor.store_name}",
        "id": slip.id,
        "created": at.isoformat(timespec="seconds"),
        "contributors": [{"title": actor.name, "role": "publisher"}],
        "resources": [_resource(spec) for spec in specs],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(spec: TableSpec) -> dict[str, Any]:
    """A file's part of the Data Package (Frictionless Data, Table Schema)."""
    fields = [
        {"name": column.title, "type": column.kind, "description": column.meaning}
        | ({"format": "%Y-%m-%d %H:%M:%S"} if column.kind == "datetime" else {})
        | ({"trueValues": ["是"], "falseValues": ["否"]} if column.kind == "boolean" else {})
        for column in spec.columns
    ]
    return {
        "name": spec.name.removesuffix(".csv"),
        "path": spec.name,
        "description": spec.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
