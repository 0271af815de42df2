"""What goes with a suggestion: its scene's script, and the coupon it is about: hers, or a birthday's present."""

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
#: Whom it was sent to, and who took one, within the year: what she was given by a friend is not the brand's present.
_GIVEN = """SELECT client_id FROM share WHERE coupon_template_id = :template AND at >= :since
    UNION SELECT client_id FROM coupon WHERE template_id = :template AND claimed_at >= :since AND given_at IS NULL
    UNION SELECT client_id FROM coupon_gift WHERE template_id = :template AND side = 'gave' AND at >= :since
    UNION SELECT client_id FROM task WHERE coupon_template_id = :template AND created_at >= :since"""

#: The coupon in hand that she is reminded of: the first to expire comes last.
_HELD = """SELECT c.client_id, c.template_id FROM coupon c JOIN coupon_template t ON t.id = c.template_id
    WHERE c.status = 'claimed' AND c.valid_until >= ? AND t.recalled_at IS NULL
        AND c.client_id IN (SELECT value FROM json_each(?)) ORDER BY c.valid_until DESC, c.id DESC"""
_REMINDERS = frozenset({Cause.CLAIMED, Cause.EXPIRING})


def with_offers(conn: Connection, suggestions: Sequence[Suggestion], now_ms: int) -> list[Suggestion]:
    """The suggestions with the script of their scene (the first of head office's) and the coupon that goes with them.

    Who is reminded of a coupon gets a link to that very one, and the script can name it. A birthday's is given, one a
    year: who was sent or took one of this year or of the last 300 days gets no second, also if her birthday was
    corrected meanwhile.
    """
    scripts = _scripts(conn, {scene for suggestion in suggestions for scene in suggestion.scenes})
    template, given = _birthday_coupon(conn, suggestions, now_ms)
    birthdays = {one.client_id for one in suggestions if one.cause == Cause.BIRTHDAY}
    presents = dict.fromkeys(birthdays - given, template)
    held = _held(conn, [one.client_id for one in suggestions if one.cause in _REMINDERS], now_ms)
    return [
        replace(
            one,
            script_id=one.script_id or next((scripts[scene] for scene in one.scenes if scene in scripts), None),
            coupon_template_id=(held if one.cause in _REMINDERS else presents).get(one.client_id),
        )
        for one in suggestions
    ]


def _held(conn: Connection, clients: Sequence[str], now_ms: int) -> dict[str, str]:
    """The template of the coupon that each of them holds and that expires first."""
    rows = conn.exec_driver_sql(_HELD, (now_ms, json_list(clients))) if clients else ()
    return {client: template for client, template in rows}  # noqa: C416


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
