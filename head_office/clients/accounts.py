"""The account that head office gives of what was done with personal data (个人信息保护法 51, 54-56).

Who looked at numbers, who took clients out, who asked for copies, which erasures and withdrawals there were, and the
trail of deeds at the office itself; ids, staff and reasons, no client's name or number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

_ACCESSES = """SELECT a.at, s.code, coalesce(g.number, ''), coalesce(g.name, ''), a.deed,
        coalesce(a.client_id::text, ''), a.records, a.reason, coalesce(m.number, ''), a.proof, a.id::text
    FROM access_log a JOIN store s ON s.id = a.store_id LEFT JOIN guide g ON g.id = a.guide_id
    LEFT JOIN guide m ON m.id = a.approved_by
    WHERE a.at >= %(since)s AND a.at < %(until)s ORDER BY a.at, a.id"""
_ERASURES = """SELECT e.at_ms, s.code, e.client_id::text, coalesce(g.number, e.by_guide), e.reason,
        (SELECT count(*) FROM erasure_confirmation c WHERE c.store_id = e.store_id AND c.client_id = e.client_id)
    FROM erasure e JOIN store s ON s.id = e.store_id LEFT JOIN guide g ON g.id::text = e.by_guide
    WHERE e.at_ms >= %(since)s AND e.at_ms < %(until)s ORDER BY e.at_ms, e.client_id"""
_CONSENTS = """SELECT c.at, s.code, coalesce(c.client_id::text, ''), c.purpose, c.channel, c.granted::text, c.version,
        c.way, coalesce(g.number, '')
    FROM consent c JOIN store s ON s.id = c.store_id LEFT JOIN guide g ON g.id = c.guide_id
    WHERE c.at >= %(since)s AND c.at < %(until)s ORDER BY c.at, c.id"""
_TRAIL = """SELECT a.at_ms, coalesce(s.code, ''), a.actor, a.deed, a.detail::text
    FROM audit a LEFT JOIN store s ON s.id = a.store_id
    WHERE a.at_ms >= %(since)s AND a.at_ms < %(until)s ORDER BY a.at_ms, a.id"""


@dataclass(frozen=True, slots=True)
class AccountTable:
    """A table of the account: its name, its columns' titles (the first is UTC ms), its rows."""

    name: str
    titles: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


_TABLES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "accesses",
        ("时间", "门店", "工号", "导购", "行为", "客户编号", "条数", "原因", "批准人工号", "凭据", "编号"),
        _ACCESSES,
    ),
    ("erasures", ("时间", "门店", "客户编号", "提出人", "原因", "已确认电脑"), _ERASURES),
    ("consents", ("时间", "门店", "客户编号", "用途", "渠道", "同意", "版本", "方式", "工号"), _CONSENTS),
    ("trail", ("时间", "门店", "操作者", "行为", "详情"), _TRAIL),
)  # fmt: skip


def read_account(connection: Connection, since_ms: int, until_ms: int) -> list[AccountTable]:
    """All tables of the time from `since_ms` until before `until_ms` (UTC ms)."""
    values = {"since": since_ms, "until": until_ms}
    return [
        AccountTable(name, titles, [tuple(row) for row in connection.exec_driver_sql(query, values)])
        for name, titles, query in _TABLES
    ]


def count_deeds(tables: Sequence[AccountTable]) -> Mapping[str, int]:
    """How often what was done: accesses by deed, exported rows, erasures, consents and withdrawals."""
    by_name = {table.name: table.rows for table in tables}
    counts: dict[str, int] = {}
    for row in by_name["accesses"]:
        counts[row[4]] = counts.get(row[4], 0) + 1
        if row[4] == "export":
            counts["export_rows"] = counts.get("export_rows", 0) + int(row[6])
    granted = sum(1 for row in by_name["consents"] if row[5] == "true")
    return counts | {
        "erasures": len(by_name["erasures"]),
        "consents": granted,
        "withdrawals": len(by_name["consents"]) - granted,
        "office_deeds": len(by_name["trail"]),
    }
