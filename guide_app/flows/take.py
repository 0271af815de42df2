"""Takes the book's data out in open formats: CSV that every spreadsheet opens, described by a Data Package.

Personal data that leaves the book is the gravest thing this program does, so three rules stand before it. A guide takes
out her own clients, a store manager the whole store's. More than 200 rows need a manager: who sells or gives away 250
records of dealings got in her job is punished already (criminal interpretation of 2017 on art. 253-1, art. 5 (4), (8)).
Each client that leaves is noted with who took her and when (个保法 54).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.tabular.rejects import SafeCsvWriter
from guide_app.flows.take_tables import CLIENTS, TABLES, TableSpec
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

#: Rows of all files together that a guide may take out by herself.
ROWS_WITHOUT_MANAGER = 200

_README = """导购台导出 — {store}

导出人  {name} ({number})
时间    {at} (北京时间)
范围    {scope}

{files}

格式: CSV, UTF-8 (带 BOM), 逗号分隔, 第一行为列名; Excel、WPS 可直接打开。
clients.csv 和 purchases.csv 可以原样导入导购台。
以 = + - @ 开头的内容前面加了一个撇号, 使表格软件不把它当作公式; 导入时会去掉。
各列的含义见 datapackage.json (Frictionless Data Package, Table Schema)。

这里有个人信息。只用于导出时的目的, 用完删除; 交给别人须另有客户的单独同意 (个人信息保护法第 6、9、23 条)。
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written: rows by file name, and how many clients are in it."""

    folder: Path
    files: Mapping[str, int]
    clients: int


def take_out(db: Database, clock: Clock, actor: Actor, folder: Path, *, clients_only: bool = False) -> Taken:
    """Write the export into `folder`, which must be new or empty. Not to be called on the book's writer thread.

    Raises GuideError (`export.needs_manager`) for more than 200 rows without a manager, InvalidInputError for a folder
    that holds something; then nothing was written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInputError("export.folder", f"{folder} 不是空文件夹。", "请换一个新的文件夹。")
    specs = (CLIENTS,) if clients_only else TABLES
    tables = db.query(lambda conn: _read(conn, specs, actor))
    _check_limit(tables, actor)
    ids = [row["id"] for row in tables[CLIENTS.name]]
    db.change(lambda uow: _log(uow, ids, actor), by=actor.guide_id, origin=actor.origin)
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        for spec in specs:
            _write_table(fresh / spec.name, spec, tables[spec.name])
        _write_description(fresh, specs, actor, clock.now_ms())
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Taken(folder, {name: len(rows) for name, rows in tables.items()}, len(ids))


_Rows = Sequence[Mapping[str, Any]]


def _read(conn: Connection, specs: Sequence[TableSpec], actor: Actor) -> dict[str, _Rows]:
    """All files' rows from one snapshot."""
    whose = {"mine": 0 if actor.is_manager else 1, "guide": actor.guide_id}
    return {spec.name: [dict(row) for row in conn.exec_driver_sql(spec.sql, whose).mappings()] for spec in specs}


def _check_limit(tables: Mapping[str, _Rows], actor: Actor) -> None:
    rows = sum(map(len, tables.values()))
    if rows > ROWS_WITHOUT_MANAGER and not actor.is_manager:
        raise GuideError(
            "export.needs_manager",
            f"要导出 {rows:,} 行, 超过 {ROWS_WITHOUT_MANAGER} 行须由店长导出。",
            "请店长登录后再导出 (guide login --guide 店长工号)。",
        )


def _log(uow: UnitOfWork, client_ids: Sequence[str], actor: Actor) -> None:
    for client_id in client_ids:
        uow.log_reveal(client_id, actor.guide_id, "export")


def _write_table(path: Path, spec: TableSpec, rows: _Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        file = SafeCsvWriter(out)
        file.row(column.title for column in spec.columns)
        for row in rows:
            file.row(column.text(row) for column in spec.columns)


def _write_description(folder: Path, specs: Sequence[TableSpec], actor: Actor, now_ms: int) -> None:
    readme = _README.format(
        store=actor.store_name,
        name=actor.name,
        number=actor.number,
        at=f"{china_datetime(now_ms):%Y-%m-%d %H:%M}",
        scope="全店客户" if actor.is_manager else "导出人的专属客户",
        files="\n".join(f"{spec.name:<14} {spec.meaning}" for spec in specs),
    )
    (folder / "README.txt").write_text(readme, encoding="utf-8-sig")
    package = {
        "name": "guide-desk-export",
        "title": f"导购台导出 — {actor.store_name}",
        "created": china_datetime(now_ms).isoformat(timespec="seconds"),
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
