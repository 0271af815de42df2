"""Days that follow from what a client bought: the day of her first purchase, and the end of a warranty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.dates import YearlyDate, next_occurrence
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import cause_of
from guide_app.followup.model import Cause, Signal
from guide_app.followup.rules import FIRST_DAY_AHEAD, FIRST_DAY_ON, WARRANTY_AHEAD
from guide_app.followup.soon import soon
from guide_app.followup.whose import EVERYBODY, Whose
from guide_app.store.house_rules import figure

_CHINA_S = 8 * 3_600
_FIRST = f"""SELECT client_id, first_at FROM client_figure
    WHERE strftime('%m-%d', first_at / 1000 + {_CHINA_S}, 'unixepoch') IN (:date, :kept) AND first_at < :before"""
#: What came back stands on a receipt of its own, which names the first one, or is taken from any before it.
_LINES = """SELECT l.id, p.client_id, l.title, p.at, d.warranty_days, l.product_id
    FROM product d JOIN purchase_line l ON l.product_id = d.id JOIN purchase p ON p.id = l.purchase_id
    WHERE d.warranty_days > 0 AND p.kind = 'sale' AND p.client_id IS NOT NULL AND l.qty > 0
        AND p.at + d.warranty_days * :day >= :first AND p.at + d.warranty_days * :day < :end
        AND NOT EXISTS (SELECT 1 FROM purchase_line b JOIN purchase r ON r.id = b.purchase_id
            WHERE b.sku_id IS l.sku_id AND b.product_id IS l.product_id AND r.client_id = p.client_id
                AND r.kind = 'return' AND r.at >= p.at AND r.origin_order_no IN ('', p.order_no))"""
_SERVICES = """SELECT id, client_id, title, until, product_id FROM service
    WHERE kind = 'warranty' AND state = 'open' AND client_id IS NOT NULL AND until >= :first AND until < :end"""


def first_days(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """The day of a client's first purchase, in later years; nobody unless head office's rule says so."""
    if not figure(conn, FIRST_DAY_ON):
        return
    today = china_date(now_ms)
    for ahead in range(figure(conn, FIRST_DAY_AHEAD) + 1):
        day = today + dt.timedelta(days=ahead)
        date = f"{day:%m-%d}"
        kept = "02-29" if _keeps_leap_day(day) else date
        given = whose.given(date=date, kept=kept, before=day_start_ms(day) - DAY_MS)
        for client_id, first_at in conn.exec_driver_sql(_FIRST + whose.only("client_id"), given):
            years = day.year - china_date(first_at).year
            if years < 1:
                continue
            reason = Phrase("{when}首购满 {years} 年", {"when": soon(ahead), "years": years})
            yield Signal(client_id, Cause.FIRST_DAY, reason, -ahead, key=cause_of("first", client_id, day.year))


def warranties(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Warranties that end soon: of products that have one, and those that a guide wrote down; each once."""
    today = china_date(now_ms)
    last = today + dt.timedelta(days=figure(conn, WARRANTY_AHEAD))
    given = whose.given(first=day_start_ms(today), end=day_start_ms(last) + DAY_MS, day=DAY_MS)
    lines = conn.exec_driver_sql(_LINES + whose.only("p.client_id"), given).all()
    for line, client_id, title, at, days, product_id in lines:
        yield _ending(client_id, title, china_date(at + days * DAY_MS), today, product_id, line)
    services = conn.exec_driver_sql(_SERVICES + whose.only("client_id"), given).all()
    for service, client_id, title, until, product_id in services:
        yield _ending(client_id, title, china_date(until), today, product_id, service)


def _ending(client_id: str, title: str, until: dt.date, today: dt.date, product_id: str | None, record: str) -> Signal:
    left = (until - today).days
    phrase = Phrase("「{title}」保修还有 {days} 天 ({date})") if left else Phrase("「{title}」保修今天到期")
    reason = phrase.given(title=title, days=left, date=f"{until.month}/{until.day}")
    return Signal(client_id, Cause.WARRANTY, reason, -left, product_id, key=cause_of("warranty", record))


def _keeps_leap_day(day: dt.date) -> bool:
    """Whether a 29 February is kept on this day because the year has none."""
    return next_occurrence(YearlyDate(2, 29), day) == day
