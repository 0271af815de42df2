"""Import of guides' monthly targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.people import parse_number
from guide_app.base.tabular.values import parse_money, plain
from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import gather_keyed, verdict
from head_office.imports.ledger import Ledger
from head_office.imports.model import Problem, Unit, Verdict
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?(?:[-/.]?\d{1,2}(?:T.*)?)?")
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A guide's target; `month` is `2026-11`."""

    number: str
    month: str
    target_fen: int


def parse_month(text: str) -> str:
    """`2026-11` out of `2026年11月`, `202611`, `2026/11/1`. Raises InvalidInputError."""
    found = _MONTH.fullmatch(plain(text))
    if found is None or int(found[2]) not in _MONTHS:
        raise InvalidInputError("month.invalid", f"「{text}」不是月份。", "请输入如 2026-11。")
    return f"{found[1]}-{int(found[2]):02d}"


class TargetImporter:
    """目标: known by guide and month."""

    fields = (
        Field("number", ("工号", "导购工号", "导购", "员工号", "guide"), parse_number, required=True),
        Field("month", ("月份", "月", "年月"), parse_month, required=True),
        Field("target", ("目标", "目标金额", "销售目标", "amount", "target_yuan"), parse_money, required=True),
    )
    measure = "fen"
    tables = ("target",)

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[TargetRow]]:
        """One unit a guide and month."""
        return gather_keyed(reading, ledger, _build, amount=lambda values: Decimal(values["target"]))

    def take(self, connection: Connection, units: Sequence[Unit[TargetRow]]) -> list[Verdict | Problem]:
        """Write targets into the scope of each guide's store."""
        writer = FeedWriter(connection, self._clock.now_ms())
        guides = _guides(connection, {unit.record.number for unit in units})
        held = _held(connection, [guide_id for guide_id, _ in guides.values()])
        verdicts: list[Verdict | Problem] = []
        for row in (unit.record for unit in units):
            if row.number not in guides:
                sentence = f"没有工号「{row.number}」, 或她没有门店。"
                verdicts.append(Problem("工号", row.number, "guide.unknown", sentence))
                continue
            guide_id, store_id = guides[row.number]
            target_id = held.get((store_id, guide_id, row.month)) or new_id(writer.now_ms)
            key: Key = (store_scope(store_id), "target", target_id)
            writer.load([key])
            writer.put(key, {"guide_id": guide_id, "month": row.month, "target_fen": row.target_fen})
            verdicts.append(verdict(writer, key))
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """Nothing is left."""
        return ()


def _build(values: Mapping[str, Any]) -> tuple[object, TargetRow]:
    if values["target"] < 0:
        raise InvalidInputError("money.negative", "目标不能是负数。")
    row = TargetRow(values["number"], values["month"], values["target"])
    return (row.number, row.month), row


def _guides(connection: Connection, numbers: set[str]) -> dict[str, tuple[str, str]]:
    guide = KIND_TABLES["guide"]
    query = sa.select(guide.c.number, guide.c.id, guide.c.store_id)
    rows = connection.execute(query.where(guide.c.number.in_(numbers), guide.c.store_id.is_not(None)))
    return {number: (guide_id, store_id) for number, guide_id, store_id in rows}


def _held(connection: Connection, guide_ids: Sequence[str]) -> dict[tuple[str, str, str], str]:
    target = KIND_TABLES["target"]
    query = sa.select(target.c.store_id, target.c.guide_id, target.c.month, target.c.id)
    rows = connection.execute(query.where(target.c.guide_id.in_(guide_ids)))
    return {(store_id, guide_id, month): record_id for store_id, guide_id, month, record_id in rows}
