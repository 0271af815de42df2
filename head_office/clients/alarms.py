"""Who looks at nearly as many clients' numbers in a day as she may: what head office is to ask stores about.

Every look behind the mask reaches head office as a line of the access log. The limit is the house rule `reveal_limit`
(30 clients a day unless set, docs/house-rules.md); four fifths of it are a matter worth asking about, as on the PCs.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms

_USUAL, _MOST = 30, 1_000
_PERCENT = 80
_LIMIT = "SELECT value->>'per_day' FROM house_rule WHERE name = 'reveal_limit'"
#: OFFSET 0 keeps PostgreSQL from joining first: the days asked for are read store by store, by the index on time,
#: and never the log of years.
_LOOKS = """SELECT to_char((to_timestamp(a.at / 1000.0) AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD') AS day,
        s.code, s.name, coalesce(g.number, ''), coalesce(g.name, ''), count(DISTINCT a.client_id) AS clients
    FROM store s CROSS JOIN LATERAL (
            SELECT l.at, l.client_id, l.guide_id FROM access_log l
            WHERE l.store_id = s.id AND l.deed = 'reveal' AND l.client_id IS NOT NULL
                AND l.at >= %(since)s AND l.at <= %(now)s OFFSET 0) a
        LEFT JOIN guide g ON g.id = a.guide_id
    GROUP BY day, s.code, s.name, a.guide_id, g.number, g.name HAVING count(DISTINCT a.client_id) >= %(many)s
    ORDER BY day DESC, clients DESC, s.code, g.number"""


@dataclass(frozen=True, slots=True)
class RevealAlarm:
    """A guide who looked at many clients' numbers on a business day of China, in one store."""

    day: str
    store_code: str
    store: str
    number: str
    guide: str
    clients: int
    limit: int


def reveal_alarms(connection: Connection, now_ms: int, days: int = 1) -> list[RevealAlarm]:
    """Of the last `days` business days, today among them, the latest day and the most clients first."""
    limit = _limit(connection)
    many = max(1, -(-limit * _PERCENT // 100))
    since = day_start_ms(china_date(now_ms)) - (days - 1) * DAY_MS
    rows = connection.exec_driver_sql(_LOOKS, {"since": since, "now": now_ms, "many": many})
    return [RevealAlarm(*(*row, limit)) for row in rows]


def _limit(connection: Connection) -> int:
    """The limit of all stores; what is no whole number leaves the usual one, as it does on the PCs."""
    said = connection.exec_driver_sql(_LIMIT).scalar()
    return min(max(int(said), 0), _MOST) if said is not None and said.lstrip("-").isdigit() else _USUAL
