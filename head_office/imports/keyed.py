"""Rows that each make one record with a natural key: the first row of a key counts, an equal one is the same again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Parsed, Reading, Refused
from guide_app.base.tabular.rejects import RowReject
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.ledger import Ledger
from head_office.imports.model import Problem, Unit, Verdict
from head_office.store.tables import KIND_TABLES

T = TypeVar("T")
#: What the column is called that says whose a row is.
STORE_TITLES = ("门店", "门店代码", "门店编号", "门店编码", "店号", "店铺", "店铺编码", "store code")


def gather_keyed(
    reading: Reading,
    ledger: Ledger,
    build: Callable[[Mapping[str, Any]], tuple[object, T]],
    *,
    amount: Callable[[Mapping[str, Any]], Decimal] | None = None,
    weight: int = 1,
) -> list[Unit[T]]:
    """One unit a key. `build` makes key and record of a row's values, and raises InvalidInputError if it cannot."""
    units: dict[object, Unit[T]] = {}
    for row in reading.rows:
        figure = amount(row.values) if amount is not None and isinstance(row, Parsed) else None
        ledger.see(figure if amount is not None else Decimal(0))
        if isinstance(row, Refused):
            ledger.refuse({row.row.number: row.rejects})
            continue
        try:
            key, record = build(row.values)
            _add(units, key, record, row, weight, figure or Decimal(0))
        except InvalidInputError as e:
            ledger.refuse({row.row.number: [RowReject.of(row.row.number, "", "", e)]}, figure or Decimal(0))
    return list(units.values())


def _add(
    units: dict[object, Unit[T]], key: object, record: T, row: Parsed, weight: int, amount: Decimal
) -> None:  # fmt: skip
    known = units.get(key)
    if known is None:
        units[key] = Unit((row.row.number,), record, weight, amount)
    elif known.record == record:
        units[key] = replace(known, rows=(*known.rows, row.row.number), amount=known.amount + amount)
    else:
        raise InvalidInputError("row.contradiction", f"与第 {known.rows[0]} 行是同一个编号, 内容不同。", "请只留一行。")


def verdict(writer: FeedWriter, key: Key) -> Verdict:
    """What staging did to a record."""
    before, after = writer.before(key), writer.get(key)
    if before is None:
        return "added"
    return "unchanged" if after is not None and before.data == after.data else "changed"


def ids_by(connection: Connection, kind: str, column: str, values: set[str]) -> dict[str, str]:
    """Ids of shared records by a business key."""
    table = KIND_TABLES[kind]
    rows = connection.execute(sa.select(table.c[column], table.c.id).where(table.c[column].in_(values)))
    return {value: record_id for value, record_id in rows}  # noqa: C416 - rows are no plain pairs to mypy


def stores_by_word(connection: Connection, words: set[str]) -> dict[str, tuple[str, str]]:
    """Code and id of stores by whichever of code and name a file uses; a code counts before a name."""
    store = KIND_TABLES["store"]
    where = sa.or_(store.c.code.in_(words), store.c.name.in_(words))
    rows = connection.execute(sa.select(store.c.code, store.c.name, store.c.id).where(where)).all()
    found = {name: (code, store_id) for code, name, store_id in rows}
    return found | {code: (code, store_id) for code, name, store_id in rows}


def unknown_store(word: str) -> Problem:
    """The refusal of a row whose store nobody knows."""
    sentence = f"没有代码或名称为「{word}」的门店。" if word else "没有写明门店。"
    return Problem("门店", word, "store.unknown", sentence + "先导入门店, 或用 --store 指定。")
