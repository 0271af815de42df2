"""Import of stock as it was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine

from guide_app.base.clock import Clock
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.people import parse_number, parse_short
from guide_app.base.tabular.values import parse_int, parse_moment
from guide_app.protocol.scopes import store_scope
from head_office.catalogue.nearby import refresh
from head_office.catalogue.stock import StockIn, StockItem, save_stock
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import STORE_TITLES, gather_keyed, ids_by, stores_by_word, unknown_store, verdict
from head_office.imports.ledger import Ledger
from head_office.imports.model import Options, Problem, Unit, Verdict

_SKU_TITLES = ("规格编码", "SKU", "SKU 编码", "货品编码", "sku_id", "商品编码")
_ON_HAND_TITLES = ("库存", "数量", "现有量", "在库", "number", "inventory", "stockOnHand", "qty")
_STALE = "总部已有更晚盘点的数字。"


@dataclass(frozen=True, slots=True)
class StockRow:
    """What a row says of one variant in one store; `as_of` UTC ms."""

    store: str
    sku_code: str
    on_hand: int
    available: int
    reserved: int
    in_transit: int
    as_of: int


class StockImporter:
    """库存: absolute figures, known by store and variant. An older count never replaces a newer one."""

    fields = (
        Field("sku_code", _SKU_TITLES, parse_number, required=True),
        Field("on_hand", _ON_HAND_TITLES, parse_int, required=True),
        Field("available", ("可用", "可售", "可用量"), parse_int),
        Field("reserved", ("预留", "占用", "锁定"), parse_int, default=0),
        Field("in_transit", ("在途",), parse_int, default=0),
        Field("store", STORE_TITLES, parse_short),
        Field("as_of", ("时间", "盘点时间", "截至", "日期"), parse_moment),
    )
    measure = "pieces"
    tables = ("stock",)

    def __init__(self, engine: Engine, clock: Clock, options: Options, file_ms: int) -> None:
        self._engine = engine
        self._clock = clock
        self._store = options.store
        self._as_of = options.as_of if options.as_of is not None else file_ms
        self._dry_run = options.dry_run
        self._written: dict[str, set[str]] = defaultdict(set)

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[StockRow]]:
        """One unit a variant and store."""
        return gather_keyed(reading, ledger, self._build, amount=lambda values: Decimal(values["on_hand"]))

    def take(self, connection: Connection, units: Sequence[Unit[StockRow]]) -> list[Verdict | Problem]:
        """Write figures."""
        writer = FeedWriter(connection, self._clock.now_ms())
        stores = stores_by_word(connection, {unit.record.store for unit in units})
        skus = ids_by(connection, "sku", "code", {unit.record.sku_code for unit in units})
        keys: dict[int, Key] = {}
        items: dict[int, list[StockItem]] = defaultdict(list)
        verdicts: dict[int, Verdict | Problem] = {}
        for i, row in enumerate(unit.record for unit in units):
            if row.store not in stores:
                verdicts[i] = unknown_store(row.store)
            elif row.sku_code not in skus:
                sentence = f"没有规格编码「{row.sku_code}」, 先导入商品。"
                verdicts[i] = Problem("规格编码", row.sku_code, "sku.unknown", sentence)
            else:
                code, store_id = stores[row.store]
                keys[i] = (store_scope(store_id), "stock", skus[row.sku_code])
                items[row.as_of].append(
                    StockItem(code, row.sku_code, row.on_hand, row.available, row.reserved, row.in_transit)
                )
        for as_of, some in items.items():
            save_stock(writer, StockIn(as_of, "absolute", some))
        for i, key in keys.items():
            verdicts[i] = self._verdict(writer, key, units[i].record)
        writer.flush()
        for i, key in keys.items():
            if verdicts[i] in ("added", "changed"):
                self._written[stores[units[i].record.store][1]].add(key[2])
        return [verdicts[i] for i in range(len(units))]

    def finish(self) -> Sequence[str]:
        """Let neighbouring stores see the new figures."""
        if self._written and not self._dry_run:
            skus = sorted(set().union(*self._written.values()))
            refresh(self._engine, self._clock.now_ms(), sorted(self._written), skus)
        return ()

    def _build(self, values: Mapping[str, Any]) -> tuple[object, StockRow]:
        store = self._store or values.get("store") or ""
        on_hand, reserved = values["on_hand"], values.get("reserved") or 0
        available = values.get("available")
        row = StockRow(
            store,
            values["sku_code"],
            on_hand,
            on_hand - reserved if available is None else available,
            reserved,
            values.get("in_transit") or 0,
            values.get("as_of") or self._as_of,
        )
        return (store, row.sku_code), row

    @staticmethod
    def _verdict(writer: FeedWriter, key: Key, row: StockRow) -> Verdict | Problem:
        after = writer.get(key)
        if after is not None and after.data["as_of"] > row.as_of:
            return Problem("时间", "", "stock.stale", _STALE)
        return verdict(writer, key)
