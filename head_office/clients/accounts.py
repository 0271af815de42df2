"""The account that head office gives of what was done with personal data (个人信息保护法 51, 54-56).

Who looked at numbers, who took clients out, who asked for copies, which erasures and withdrawals there were, and the
trail of deeds at the office itself; ids, staff and reasons, no client's name or number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.ids import uuid7

_AT_ONCE = 2_000

#: OFFSET 0 keeps PostgreSQL from joining first: the time asked for is read store by store, by the index on time.
_ACCESSES = """SELECT a.at, s.code, coalesce(g.number, ''), coalesce(g.name, ''), a.deed,
        coalesce(a.client_id::text, ''), a.records, a.reason, coalesce(m.number, ''), a.proof, a.id::text
    FROM store s CROSS JOIN LATERAL (SELECT * FROM access_log l
            WHERE l.store_id = s.id AND l.at >= %(since)s AND l.at < %(until)s OFFSET 0) a
        LEFT JOIN guide g ON g.id = a.guide_id LEFT JOIN guide m ON m.id = a.approved_by
    ORDER BY a.at, a.id"""
_ERASURES = """SELECT e.at_ms, s.code, e.client_id::text, coalesce(g.number, e.by_guide), e.reason,
        (SELECT count(*) FROM erasure_confirmation c WHERE c.store_id = e.store_id AND c.client_id = e.client_id)
    FROM erasure e JOIN store s ON s.id = e.store_id LEFT JOIN guide g ON g.id::text = e.by_guide
    WHERE e.at_ms >= %(since)s AND e.at_ms < %(until)s ORDER BY e.at_ms, e.client_id"""
_CONSENTS = """SELECT c.at, s.code, coalesce(c.client_id::text, ''), c.purpose, c.channel, c.granted::text, c.version,
        c.way, coalesce(g.number, '')
    FROM store s CROSS JOIN LATERAL (SELECT * FROM consent l
            WHERE l.store_id = s.id AND l.at >= %(since)s AND l.at < %(until)s OFFSET 0) c
        LEFT JOIN guide g ON g.id = c.guide_id
    ORDER BY c.at, c.id"""
#: The trail's ids are of its moments. Its stores are found by skipping from one to the next in its key, for a deed
#: may be no store's, or that of one which is gone.
_TRAIL = """WITH RECURSIVE place (id) AS (
        (SELECT store_id FROM audit ORDER BY store_id LIMIT 1)
        UNION ALL SELECT (SELECT n.store_id FROM audit n WHERE n.store_id > p.id ORDER BY n.store_id LIMIT 1)
        FROM place p WHERE p.id IS NOT NULL)
    SELECT a.at_ms, coalesce(s.code, ''), a.actor, a.deed, a.detail::text
    FROM place p CROSS JOIN LATERAL (SELECT * FROM audit l
            WHERE l.store_id = p.id AND l.id >= %(first)s::uuid AND l.id < %(end)s::uuid OFFSET 0) a
        LEFT JOIN store s ON s.id = a.store_id
    WHERE p.id IS NOT NULL ORDER BY a.at_ms, a.id"""


@dataclass(frozen=True, slots=True)
class AccountTable:
    """A table of the account: its name, its columns' titles (the first is UTC ms), its rows as they are read."""

    name: str
    titles: tuple[str, ...]
    rows: Iterator[Sequence[Any]]


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


def read_account(connection: Connection, since_ms: int, until_ms: int) -> Iterator[AccountTable]:
    """All tables of the time from `since_ms` until before `until_ms` (UTC ms), one after the other.

    The rows of a table are read while its reader goes through them: a year of a large brand fits into no memory. The
    connection's transaction may take as long as that takes.
    """
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    values = _values(since_ms, until_ms)
    for name, titles, query in _TABLES:
        with connection.exec_driver_sql(query, values, execution_options={"yield_per": _AT_ONCE}) as rows:
            yield AccountTable(name, titles, map(tuple, rows))


def _values(since_ms: int, until_ms: int) -> dict[str, Any]:
    first, end = (uuid7(max(0, moment), 0) for moment in (since_ms, until_ms))
    return {"since": since_ms, "until": until_ms, "first": first, "end": end}


class DeedCounts:
    """How often what was done: accesses by deed, exported rows, erasures, consents and withdrawals."""

    def __init__(self) -> None:
        self.rows = dict.fromkeys((name for name, _, _ in _TABLES), 0)
        self._deeds: Counter[str] = Counter()

    def add(self, name: str, row: Sequence[Any]) -> None:
        """Count a row of the table `name`."""
        self.rows[name] += 1
        if name == "consents":
            self._deeds["consents" if row[5] == "true" else "withdrawals"] += 1
        elif name == "accesses":
            self._deeds[row[4]] += 1
            if row[4] == "export":
                self._deeds["export_rows"] += int(row[6])

    def counted(self) -> Mapping[str, int]:
        """The counts by name; those that are asked for are there when they are nothing too."""
        asked = {"erasures": self.rows["erasures"], "office_deeds": self.rows["trail"]}
        return {**self._deeds, **{name: self._deeds[name] for name in ("consents", "withdrawals")}, **asked}
