"""Reads the facts behind today's list. One function a cause; each gives signals with their reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.dates import kept_on, lunar_day_text
from guide_app.base.phrase import Phrase
from guide_app.followup.model import Cause, Signal

BIRTHDAY_AHEAD = 7
_BORN = "SELECT id FROM client WHERE (birth_month, birth_day, birth_calendar, birth_leap) = (?, ?, ?, ?)"
_CARE_DAYS = (3, 7, 30)
_EXPIRES_WITHIN = 7
_SCAN_WITHIN = 3
_MIN_ORDERS = 3
_LATE, _LOST = 1.15, 4.0


def all_signals(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Every signal of the book at `now_ms`."""
    yield from promises(conn, now_ms)
    yield from birthdays(conn, now_ms)
    yield from shares(conn, now_ms)
    yield from expiring(conn, now_ms)
    yield from care(conn, now_ms)
    yield from overdue(conn, now_ms)


def promises(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """答应过的事 that are due today or overdue."""
    end_of_day = _day_end(now_ms)
    rows = conn.exec_driver_sql(
        "SELECT id, client_id, title, due_at FROM task WHERE kind = 'promise' AND status = 'open' AND due_at < ?1"
        " AND client_id IS NOT NULL AND coalesce(starts_at, 0) <= ?2 AND (expires_at IS NULL OR expires_at > ?2)",
        (end_of_day, now_ms),
    )
    for task_id, client_id, title, due_at in rows:
        late = (china_date(now_ms) - china_date(due_at)).days
        reason = (
            Phrase("答应过「{title}」, 已过期 {days} 天", {"title": title, "days": late})
            if late
            else Phrase("答应过「{title}」, 今天到期", {"title": title})
        )
        yield Signal(client_id, Cause.PROMISE, reason, weight=late, task_id=task_id)


def birthdays(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Birthdays kept within the next days, by either calendar."""
    today = china_date(now_ms)
    for ahead in range(BIRTHDAY_AHEAD + 1):
        for key in kept_on(today + dt.timedelta(days=ahead)):
            rows = conn.exec_driver_sql(
                _BORN,
                (key.month, key.day, key.calendar, key.leap_month),
            )
            if key.calendar == "lunar":
                day = lunar_day_text(key.month, key.day, leap=key.leap_month)
                phrase = Phrase("{ahead}天后农历生日 ({day})") if ahead else Phrase("今天农历生日 ({day})")
            else:
                day = f"{key.month}/{key.day}"
                phrase = Phrase("{ahead}天后生日 ({day})") if ahead else Phrase("今天生日 ({day})")
            reason = phrase.given(ahead=ahead, day=day)
            for (client_id,) in rows:
                yield Signal(client_id, Cause.BIRTHDAY, reason, weight=-ahead)


def shares(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Clients who opened a shared link or claimed a coupon lately and have not bought since."""
    rows = conn.exec_driver_sql(
        """SELECT e.client_id, e.kind, count(*), max(e.at), p.id, coalesce(p.name, '')
           FROM share_event e LEFT JOIN product p ON p.id = e.product_id
               JOIN client_figure f ON f.client_id = e.client_id
           WHERE e.at > ? AND f.last_at < e.at GROUP BY e.client_id, e.kind, p.id""",
        (now_ms - _SCAN_WITHIN * DAY_MS,),
    )
    for client_id, kind, times, at, product_id, name in rows:
        if kind == "claim":
            reason = Phrase("通过「{product}」领了券, 还没用", {"product": name})
            cause = Cause.CLAIMED
        else:
            reason = Phrase("近 3 天打开「{product}」{times} 次, 未领券", {"product": name, "times": times})
            cause = Cause.SCANNED
        yield Signal(client_id, cause, reason, weight=times - (now_ms - at) / DAY_MS, product_id=product_id)


def expiring(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Coupons in hand that expire soon."""
    rows = conn.exec_driver_sql(
        """SELECT c.client_id, t.name, c.valid_until FROM coupon c JOIN coupon_template t ON t.id = c.template_id
           WHERE c.status = 'claimed' AND c.valid_until BETWEEN ? AND ? AND c.client_id IS NOT NULL""",
        (now_ms, now_ms + _EXPIRES_WITHIN * DAY_MS),
    )
    for client_id, name, until in rows:
        days = (china_date(until) - china_date(now_ms)).days
        yield Signal(
            client_id, Cause.EXPIRING, Phrase("「{coupon}」还有 {days} 天过期", {"coupon": name, "days": days}), -days
        )


def care(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """回访 on day 3, 7 and 30 after a purchase."""
    today = china_date(now_ms)
    for days in _CARE_DAYS:
        start = day_start_ms(today - dt.timedelta(days=days))
        rows = conn.exec_driver_sql(
            """SELECT p.client_id, min(l.title), l.product_id
               FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id
               WHERE p.at >= ? AND p.at < ? AND p.kind = 'sale' AND p.client_id IS NOT NULL GROUP BY p.client_id""",
            (start, start + DAY_MS),
        )
        for client_id, title, product_id in rows:
            reason = Phrase("购买「{title}」第 {days} 天回访", {"title": title, "days": days})
            yield Signal(client_id, Cause.CARE, reason, weight=-days, product_id=product_id)


def overdue(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Clients who have let their usual interval pass, though not by so much that they are lost."""
    rows = conn.exec_driver_sql(
        """SELECT client_id, usual, gone, total_fen FROM (
               SELECT client_id, (last_at - first_at) * 1.0 / (orders - 1) / :day AS usual,
                   (:now - last_at) * 1.0 / :day AS gone, total_fen
               FROM client_figure WHERE orders >= :least AND last_at > first_at)
           WHERE usual >= 7 AND gone > usual * :late AND gone < usual * :lost""",
        {"now": now_ms, "day": DAY_MS, "least": _MIN_ORDERS, "late": _LATE, "lost": _LOST},
    )
    for client_id, usual, gone, total_fen in rows:
        reason = Phrase("惯常 {usual} 天买一次, 已 {gone} 天未到店", {"usual": round(usual), "gone": int(gone)})
        yield Signal(client_id, Cause.OVERDUE, reason, weight=total_fen)


def _day_end(now_ms: int) -> int:
    return day_start_ms(china_date(now_ms) + dt.timedelta(days=1))
