"""What goes with a suggestion: the script of its scene, and the coupon that head office gives for a birthday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.followup.model import Cause, Suggestion
from guide_app.followup.rules import BIRTHDAY_COUPON
from guide_app.store.codec import json_list
from guide_app.store.house_rules import figure

#: Birthdays of one client lie at least so far apart, by either calendar and whatever the window.
_YEAR_MS = 300 * DAY_MS
_SCRIPTS = """SELECT scene, id FROM script WHERE active AND scene IN (SELECT value FROM json_each(?))
    ORDER BY rank DESC, title DESC, id DESC"""
_TEMPLATE = """SELECT id FROM coupon_template WHERE no = ? AND status = 'active'
    AND (valid_until = 0 OR valid_until > ?)"""
#: Whom it was sent to, and who holds or held one, within the year.
_GIVEN = """SELECT client_id FROM share WHERE coupon_template_id = :template AND at >= :since
    UNION SELECT client_id FROM coupon WHERE template_id = :template AND claimed_at >= :since
    UNION SELECT client_id FROM task WHERE coupon_template_id = :template AND created_at >= :since"""


def with_offers(conn: Connection, suggestions: Sequence[Suggestion], now_ms: int) -> list[Suggestion]:
    """The suggestions with the script of their scene (the first of head office's) and the birthday's coupon.

    One coupon a year: who was sent or holds one of this year or of the last 300 days gets no second, also if her
    birthday was corrected meanwhile.
    """
    scripts = _scripts(conn, {scene for suggestion in suggestions for scene in suggestion.scenes})
    template, given = _birthday_coupon(conn, suggestions, now_ms)
    return [
        replace(
            one,
            script_id=one.script_id or next((scripts[scene] for scene in one.scenes if scene in scripts), None),
            coupon_template_id=template if one.cause == Cause.BIRTHDAY and one.client_id not in given else None,
        )
        for one in suggestions
    ]


def _scripts(conn: Connection, scenes: Iterable[str]) -> dict[str, str]:
    return {scene: script for scene, script in conn.exec_driver_sql(_SCRIPTS, (json_list(scenes),))}  # noqa: C416


def _birthday_coupon(
    conn: Connection, suggestions: Sequence[Suggestion], now_ms: int
) -> tuple[str | None, frozenset[str]]:
    number = figure(conn, BIRTHDAY_COUPON)
    if not number or not any(one.cause == Cause.BIRTHDAY for one in suggestions):
        return None, frozenset()
    template = conn.exec_driver_sql(_TEMPLATE, (number, now_ms)).scalar()
    if template is None:
        return None, frozenset()
    new_year = day_start_ms(china_date(now_ms).replace(month=1, day=1))
    rows = conn.exec_driver_sql(_GIVEN, {"template": template, "since": min(new_year, now_ms - _YEAR_MS)})
    return template, frozenset(row[0] for row in rows if row[0])
