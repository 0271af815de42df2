"""Looks whether the feed is whole: what the heads say against what the tables hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from guide_app.base.ids import NIL
from guide_app.protocol.digest import EMPTY, record_hash, shift
from guide_app.protocol.kinds import KINDS
from head_office.store.engine import repeatable_read

_HEADS = "SELECT store_id::text, seq, n_live, digest FROM feed_head ORDER BY store_id"
_GONE = "SELECT store_id::text, max(seq) FROM gone GROUP BY store_id"

#: Records that point to one that is not there, by what is missing. A device may bring a note before its client, so
#: only links that the office itself writes are looked at.
_ORPHANS = MappingProxyType(
    {
        "purchase_line 无小票": "SELECT count(*) FROM purchase_line a WHERE NOT EXISTS"
        " (SELECT 1 FROM purchase b WHERE b.store_id = a.store_id AND b.id = a.purchase_id)",
        "attribution 无小票": "SELECT count(*) FROM attribution a WHERE NOT EXISTS"
        " (SELECT 1 FROM purchase b WHERE b.store_id = a.store_id AND b.id = a.purchase_id)",
        "sku 无商品": "SELECT count(*) FROM sku a WHERE NOT EXISTS (SELECT 1 FROM product b WHERE b.id = a.product_id)",
        "coupon 无券模板": "SELECT count(*) FROM coupon a WHERE NOT EXISTS"
        " (SELECT 1 FROM coupon_template b WHERE b.id = a.template_id)",
        "coupon 无券码登记": "SELECT count(*) FROM coupon a WHERE NOT EXISTS"
        " (SELECT 1 FROM coupon_code b WHERE b.code = a.code AND b.coupon_id = a.id)",
        "stock 无规格": "SELECT count(*) FROM stock a WHERE NOT EXISTS (SELECT 1 FROM sku b WHERE b.id = a.id)",
        "guide_pin 无导购": "SELECT count(*) FROM guide_pin a WHERE NOT EXISTS"
        " (SELECT 1 FROM guide b WHERE b.id = a.id)",
        "门店无范围": "SELECT count(*) FROM store a WHERE NOT EXISTS"
        " (SELECT 1 FROM feed_head b WHERE b.store_id = a.id)",
    }
)


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What was looked at and what is wrong: `faults` are sentences, `orphans` counts by kind of orphan."""

    scopes: int
    records: int
    faults: list[str] = field(default_factory=list)
    orphans: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.orphans


@dataclass(slots=True)
class _Sum:
    live: int = 0
    digest: str = EMPTY
    highest: int = 0


def check_feed(engine: Engine) -> FeedReport:
    """Recompute count and digest of every scope from its rows, in one snapshot."""
    with repeatable_read(engine) as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        sums = _recompute(connection)
        heads = connection.exec_driver_sql(_HEADS).all()
        faults = []
        for store_id, seq, n_live, digest in heads:
            found = sums.pop(store_id, _Sum())
            name = "brand" if store_id == NIL else f"store:{store_id}"
            if (found.live, found.digest) != (n_live, digest):
                faults.append(f"{name}: 头部记 {n_live} 条 {digest}, 实有 {found.live} 条 {found.digest}")
            if found.highest > seq:
                faults.append(f"{name}: 有记录的序号 {found.highest} 超过头部 {seq}")
        faults += [f"store:{store_id}: 有记录而无头部" for store_id in sums]
        counts = {what: int(connection.exec_driver_sql(sql).scalar_one()) for what, sql in _ORPHANS.items()}
        records = sum(n_live for _, _, n_live, _ in heads)
    return FeedReport(len(heads), records, faults, {what: n for what, n in counts.items() if n})


def _recompute(connection: Connection) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for name, kind in KINDS.items():
        owner = "store_id::text" if kind.scope == "store" else f"'{NIL}'"
        rows = connection.execution_options(stream_results=True).exec_driver_sql(
            f'SELECT {owner}, id::text, seq FROM "{name}"'
        )
        added: dict[str, list[int]] = defaultdict(list)
        for store_id, record_id, seq in rows:
            added[store_id].append(record_hash(name, record_id, seq))
            sums[store_id].highest = max(sums[store_id].highest, seq)
        for store_id, hashes in added.items():
            sums[store_id].live += len(hashes)
            sums[store_id].digest = shift(sums[store_id].digest, add=hashes)
    for store_id, highest in connection.exec_driver_sql(_GONE):
        sums[store_id].highest = max(sums[store_id].highest, highest)
    return dict(sums)
