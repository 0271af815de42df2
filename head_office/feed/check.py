"""Looks whether the feed is whole: what the heads say against what the tables hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import NIL
from guide_app.protocol.digest import EMPTY, record_hash, shift
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import BRAND, Scope, store_scope
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
        "上传结果无设备": "SELECT count(*) FROM push_result a WHERE NOT EXISTS"
        " (SELECT 1 FROM device b WHERE b.store_id = a.store_id AND b.id = a.device_id)",
        "门店无范围": "SELECT count(*) FROM store a WHERE NOT EXISTS"
        " (SELECT 1 FROM feed_head b WHERE b.store_id = a.id)",
    }
)


#: Records that moved to a store which knows nothing of them, neither as a record nor as one that left again.
_STRAYED = MappingProxyType(
    {
        f"{name} 转出而未转入": "SELECT count(*) FROM gone g WHERE g.mark = 'l' AND g.to_store IS NOT NULL"
        f" AND g.kind = '{name}' AND NOT EXISTS"
        f' (SELECT 1 FROM "{name}" r WHERE r.store_id = g.to_store AND r.id = g.id) AND NOT EXISTS'
        " (SELECT 1 FROM gone h WHERE h.store_id = g.to_store AND h.kind = g.kind AND h.id = g.id)"
        for name, kind in KINDS.items()
        if kind.scope == "store"
    }
)

#: How long PCs may take to confirm an erasure before staff should ask them, in ms.
_CONFIRM_MS = 7 * DAY_MS
_NOTES = MappingProxyType(
    {
        "拒收的修改待处理": "SELECT count(*) FROM quarantine WHERE state = 'open'",
        "删除满七天而未被全部电脑确认": "SELECT count(*) FROM erasure e WHERE e.at_ms < %(before)s AND EXISTS"
        " (SELECT 1 FROM device d JOIN device_grant g ON g.store_id = d.store_id AND g.device_id = d.id"
        " WHERE g.scope_id = e.store_id AND g.granted_ms <= e.at_ms AND d.wiped_ms IS NULL"
        " AND NOT (g.ended_ms IS NOT NULL AND g.ended_ms <= e.at_ms AND d.last_contact_ms > g.ended_ms)"
        " AND NOT EXISTS (SELECT 1 FROM erasure_confirmation c WHERE c.store_id = e.store_id"
        " AND c.client_id = e.client_id AND c.device_id = d.id))",
    }
)


@dataclass(frozen=True, slots=True)
class ScopeHead:
    """What the head of a scope says."""

    seq: int
    n_live: int
    digest: str


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What was looked at and what is wrong: `faults` are sentences, `orphans` counts by kind of orphan."""

    scopes: int
    records: int
    heads: dict[Scope, ScopeHead] = field(default_factory=dict)
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
        said = {}
        for store_id, seq, n_live, digest in heads:
            found = sums.pop(store_id, _Sum())
            name = BRAND if store_id == NIL else store_scope(store_id)
            said[name] = ScopeHead(seq, n_live, digest)
            if (found.live, found.digest) != (n_live, digest):
                faults.append(f"{name}: 头部记 {n_live} 条 {digest}, 实有 {found.live} 条 {found.digest}")
            if found.highest > seq:
                faults.append(f"{name}: 有记录的序号 {found.highest} 超过头部 {seq}")
        faults += [f"store:{store_id}: 有记录而无头部" for store_id in sums]
        looked = {**_ORPHANS, **_STRAYED}
        counts = {what: int(connection.exec_driver_sql(sql).scalar_one()) for what, sql in looked.items()}
        records = sum(n_live for _, _, n_live, _ in heads)
    return FeedReport(len(heads), records, said, faults, {what: n for what, n in counts.items() if n})


def check_notes(engine: Engine, now_ms: int) -> dict[str, int]:
    """What is no fault but waits for staff, by what it is. `now_ms` is UTC ms."""
    values = {"before": now_ms - _CONFIRM_MS}
    with engine.connect() as connection:
        counts = {what: int(connection.exec_driver_sql(sql, values).scalar_one()) for what, sql in _NOTES.items()}
    return {what: n for what, n in counts.items() if n}


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
