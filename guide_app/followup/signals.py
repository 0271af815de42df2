"""Reads the facts behind today's list. One function a cause; each gives signals with their reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.phrase import Phrase
from guide_app.followup.bought_days import first_days, warranties
from guide_app.followup.causes import cause_of
from guide_app.followup.days import birthdays, client_dates, day_end_ms
from guide_app.followup.intimate import intimate
from guide_app.followup.model import Cause, Signal
from guide_app.followup.steps import steps
from guide_app.followup.whose import EVERYBODY, Whose
from guide_app.store.codec import json_list

_CARE_DAYS = (3, 7, 30)
_EXPIRES_WITHIN = 7
_SCAN_WITHIN = 3
_MIN_ORDERS = 3
_LATE, _LOST = 1.15, 4.0


def all_signals(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Every signal at `now_ms`, of the book or of one client."""
    yield from promises(conn, now_ms, whose)
    yield from steps(conn, now_ms, whose)
    yield from welcome(conn, now_ms, whose)
    yield from birthdays(conn, now_ms, whose)
    yield from client_dates(conn, now_ms, whose)
    yield from first_days(conn, now_ms, whose)
    yield from warranties(conn, now_ms, whose)
    yield from restocked(conn, whose)
    yield from shares(conn, now_ms, whose)
    yield from expiring(conn, now_ms, whose)
    yield from care(conn, now_ms, whose)
    yield from overdue(conn, now_ms, whose)
    yield from intimate(conn, now_ms, whose)


def unanswered_signals(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """The signals for whose cause there is no task yet: an open task says it itself, one that ended has answered it."""
    found = list(all_signals(conn, now_ms, whose))
    sql = "SELECT cause FROM task WHERE cause IN (SELECT value FROM json_each(?))"
    kept = {row[0] for row in conn.exec_driver_sql(sql, (json_list({s.key for s in found if s.key}),))}
    return (signal for signal in found if signal.key not in kept)


def promises(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """答应过的事 that are due today or overdue."""
    end_of_day = day_end_ms(now_ms)
    rows = conn.exec_driver_sql(
        "SELECT id, client_id, title, due_at FROM task WHERE kind = 'promise' AND status = 'open' AND due_at < :end"
        " AND client_id IS NOT NULL AND coalesce(starts_at, 0) <= :now AND (expires_at IS NULL OR expires_at > :now)"
        + whose.only("client_id"),
        whose.given(end=end_of_day, now=now_ms),
    )
    for task_id, client_id, title, due_at in rows:
        late = (china_date(now_ms) - china_date(due_at)).days
        reason = (
            Phrase("答应过「{title}」, 已过期 {days} 天", {"title": title, "days": late})
            if late
            else Phrase("答应过「{title}」, 今天到期", {"title": title})
        )
        yield Signal(client_id, Cause.PROMISE, reason, weight=late, task_id=task_id)


def welcome(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Clients who have been in the book for less than a day."""
    rows = conn.exec_driver_sql(
        "SELECT id, created_at FROM client WHERE created_at > :since AND created_at <= :now" + whose.only("id"),
        whose.given(since=now_ms - DAY_MS, now=now_ms),
    )
    for client_id, created_at in rows:
        hours = (now_ms - created_at) // 3_600_000
        reason = Phrase("新客, {hours} 小时前加入", {"hours": hours}) if hours else Phrase("新客, 刚刚加入")
        yield Signal(client_id, Cause.WELCOME, reason, weight=-created_at, key=cause_of("welcome", client_id))


def restocked(conn: Connection, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Wishes whose variant is here: the client asked to be told."""
    rows = conn.exec_driver_sql(
        """SELECT w.id, w.client_id, w.product_id, coalesce(nullif(w.want, ''), p.name, ''), s.available
           FROM wish w JOIN stock s ON s.id = w.sku_id AND s.store_id = w.store_id
               LEFT JOIN product p ON p.id = w.product_id
           WHERE w.state = 'open' AND w.tell AND s.available > 0"""
        + whose.only("w.client_id"),
        whose.given(),
    )
    for wish, client_id, product_id, want, available in rows:
        reason = Phrase("想要的「{want}」有货了 ({count} 件)", {"want": want, "count": available})
        yield Signal(client_id, Cause.RESTOCKED, reason, product_id=product_id, key=cause_of("wish", wish))


def shares(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Clients who opened a shared link or claimed a coupon lately and have not bought since."""
    rows = conn.exec_driver_sql(
        """SELECT e.client_id, e.kind, count(*), max(e.at), p.id, coalesce(p.name, ''), max(e.id)
           FROM share_event e LEFT JOIN product p ON p.id = e.product_id
               JOIN client_figure f ON f.client_id = e.client_id
           WHERE e.at > :since AND f.last_at < e.at AND (e.kind <> 'scan' OR EXISTS (SELECT 1 FROM client w
               WHERE w.id = e.client_id AND w.contact_state = 'marketing' AND NOT w.no_profiling))"""
        + whose.only("e.client_id")
        + " GROUP BY e.client_id, e.kind, p.id",
        whose.given(since=now_ms - _SCAN_WITHIN * DAY_MS),
    )
    for client_id, kind, times, at, product_id, name, event in rows:
        if kind == "claim":
            reason = Phrase("通过「{product}」领了券, 还没用", {"product": name})
            cause = Cause.CLAIMED
        else:
            reason = Phrase("近 3 天打开「{product}」{times} 次, 未领券", {"product": name, "times": times})
            cause = Cause.SCANNED
        key, weight = cause_of(kind, event), times - (now_ms - at) / DAY_MS
        yield Signal(client_id, cause, reason, weight, product_id, key=key)


def expiring(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Coupons in hand that expire soon."""
    rows = conn.exec_driver_sql(
        """SELECT c.client_id, t.name, c.valid_until, c.id FROM coupon c JOIN coupon_template t ON t.id = c.template_id
           WHERE c.status = 'claimed' AND t.recalled_at IS NULL AND c.client_id IS NOT NULL
               AND c.valid_until BETWEEN :now AND :end"""
        + whose.only("c.client_id"),
        whose.given(now=now_ms, end=now_ms + _EXPIRES_WITHIN * DAY_MS),
    )
    for client_id, name, until, coupon in rows:
        days = (china_date(until) - china_date(now_ms)).days
        reason = Phrase("「{coupon}」还有 {days} 天过期", {"coupon": name, "days": days})
        yield Signal(client_id, Cause.EXPIRING, reason, -days, key=cause_of("expiry", coupon))


def care(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """回访 on day 3, 7 and 30 after a purchase."""
    today = china_date(now_ms)
    for days in _CARE_DAYS:
        start = day_start_ms(today - dt.timedelta(days=days))
        rows = conn.exec_driver_sql(
            """SELECT p.client_id, min(l.title), l.product_id, min(p.id)
               FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id
               WHERE p.at >= :first AND p.at < :end AND p.kind = 'sale' AND p.client_id IS NOT NULL"""
            + whose.only("p.client_id")
            + " GROUP BY p.client_id",
            whose.given(first=start, end=start + DAY_MS),
        )
        for client_id, title, product_id, purchase in rows:
            reason = Phrase("购买「{title}」第 {days} 天回访", {"title": title, "days": days})
            key, scenes = cause_of(f"care{days}", purchase), (f"购买第 {days} 天",)
            yield Signal(client_id, Cause.CARE, reason, -days, product_id, key=key, scenes=scenes)


def overdue(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Clients who have let their usual interval pass, though not by so much that they are lost."""
    rows = conn.exec_driver_sql(
        f"""SELECT client_id, usual, gone, total_fen, last_at FROM (
               SELECT client_id, (last_at - first_at) * 1.0 / (orders - 1) / :day AS usual,
                   (:now - last_at) * 1.0 / :day AS gone, total_fen, last_at
               FROM client_figure WHERE orders >= :least AND last_at > first_at{whose.only("client_id")})
           WHERE usual >= 7 AND gone > usual * :late AND gone < usual * :lost""",
        whose.given(now=now_ms, day=DAY_MS, least=_MIN_ORDERS, late=_LATE, lost=_LOST),
    )
    for client_id, usual, gone, total_fen, last_at in rows:
        reason = Phrase("惯常 {usual} 天买一次, 已 {gone} 天未到店", {"usual": round(usual), "gone": int(gone)})
        yield Signal(client_id, Cause.OVERDUE, reason, total_fen, key=cause_of("lapse", client_id, last_at))
