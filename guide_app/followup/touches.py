"""Reads who was contacted when: notes and shares of this store, and what other stores did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.followup.contact import ContactRoom, contacts, room
from guide_app.followup.rules import contact_limit
from guide_app.store.codec import json_list
from guide_app.store.copied_shares import COPIED_SHARE

#: A note that tells of a contact by us; her own visit or reply is none, and neither is a call nobody took.
_REACHED = "kind IN ('call', 'message') AND result <> 'no_answer'"

_OWED = "SELECT 1 FROM task WHERE client_id = ? AND kind = 'promise' AND status = 'open'"
_WAITING = "SELECT at FROM copied WHERE client_id = ? AND state = 'open' AND at >= ?"


@dataclass(slots=True)
class _Touches:
    """Moments (UTC ms) at which one client was contacted."""

    notes: list[int] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)

    def moments(self, *more_notes: int) -> list[int]:
        return [*contacts(self.shares, [*self.notes, *more_notes]), *self.elsewhere]


def contact_rooms(conn: Connection, client_ids: Collection[str], now_ms: int) -> dict[str, ContactRoom]:
    """For each client the room that is left today."""
    limit, today = contact_limit(conn), china_date(now_ms)
    found = _touches(conn, client_ids, day_start_ms(today) - (limit.days - 1) * DAY_MS)
    return {client: room(found[client].moments(), limit, today) for client in client_ids}


def require_room(conn: Connection, client_id: str, now_ms: int) -> None:
    """Raise InvalidInputError, naming the next day, if she has been contacted as often as head office allows.

    A note about a share that was made just now is no further contact and always allowed.
    """
    limit, today = contact_limit(conn), china_date(now_ms)
    hers = _touches(conn, [client_id], day_start_ms(today) - (limit.days - 1) * DAY_MS)[client_id]
    left = room(hers.moments(), limit, today)
    if left.next_day is not None and len(hers.moments(now_ms)) > len(hers.moments()):
        raise _enough(left)


def require_copy_room(conn: Connection, client_id: str, now_ms: int) -> None:
    """As `require_room`, for words about to be copied; what was copied and not answered yet holds its place.

    Whoever is owed a promise may always be written to. Raises InvalidInputError: `contact.limit` names the next day,
    `contact.open` asks for the answers first.
    """
    if conn.exec_driver_sql(_OWED, (client_id,)).first():
        return
    limit, today = contact_limit(conn), china_date(now_ms)
    since = day_start_ms(today) - (limit.days - 1) * DAY_MS
    hers = _touches(conn, [client_id], since)[client_id].moments()
    left = room(hers, limit, today)
    if left.next_day is not None:
        raise _enough(left)
    waiting = [row[0] for row in conn.exec_driver_sql(_WAITING, (client_id, since))]
    if not room([*hers, *waiting], limit, today).free:
        raise InvalidInputError(
            "contact.open",
            "给她复制的 {waiting} 条还没有回答发出了没有; 都算上, {days} 天内已满 {contacts} 次。",
            "先回答那几条, 没发出的不算。",
            waiting=len(waiting),
            days=limit.days,
            contacts=limit.contacts,
        )


def _enough(left: ContactRoom) -> InvalidInputError:
    day = left.next_day
    when = Phrase("{month} 月 {day} 日起可以再发; ", {"month": day.month, "day": day.day}) if day is not None else ""
    return InvalidInputError(
        "contact.limit",
        "{days} 天内已联系她 {used} 次 (最多 {contacts} 次)。",
        "{when}答应过的事不受限制。",
        days=left.limit.days,
        used=left.used,
        contacts=left.limit.contacts,
        when=when,
    )


def _touches(conn: Connection, client_ids: Collection[str], since: int) -> defaultdict[str, _Touches]:
    given = {"ids": json_list(client_ids), "since": since}
    these = "client_id IN (SELECT value FROM json_each(:ids))"
    found: defaultdict[str, _Touches] = defaultdict(_Touches)
    notes = f"SELECT client_id, at FROM note WHERE {these} AND at >= :since AND {_REACHED}"
    for client, at in conn.exec_driver_sql(notes, given):
        found[client].notes.append(at)
    shares = f"SELECT client_id, at FROM share WHERE {these} AND at >= :since AND NOT {COPIED_SHARE}"
    for client, at in conn.exec_driver_sql(shares, given):
        found[client].shares.append(at)
    views = f"SELECT client_id, contacts FROM company_view WHERE {these} AND :since IS NOT NULL"
    for client, moments in conn.exec_driver_sql(views, given):
        found[client].elsewhere += json.loads(moments)
    return found


def contacted_today(conn: Connection, guide_id: str, now_ms: int) -> int:
    """How many clients the guide has contacted since midnight."""
    sql = f"""SELECT count(*) FROM (
        SELECT client_id FROM note WHERE guide_id = :guide AND at >= :since AND {_REACHED}
        UNION SELECT client_id FROM share WHERE guide_id = :guide AND at >= :since AND client_id IS NOT NULL
            AND NOT {COPIED_SHARE})"""
    given = {"guide": guide_id, "since": day_start_ms(china_date(now_ms))}
    return int(conn.exec_driver_sql(sql, given).scalar_one())
