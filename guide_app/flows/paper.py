"""What goes on paper: one client at one look before she comes, and today's list for a shop floor without a PC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.base.phone import mask_phone
from guide_app.base.phrase import Phrase
from guide_app.clients.card import Card
from guide_app.clients.model import Portrait, PurchaseLine
from guide_app.coupons.model import HeldCoupon
from guide_app.flows.desk import Desk
from guide_app.followup.model import Suggestion
from guide_app.store.codec import json_list

_PURCHASES, _CONTACTS = 4, 3
#: Private notes stay on the screen of their guide.
_CONTACTED = """SELECT n.at, n.kind, n.body, coalesce(g.name, '') FROM note n LEFT JOIN guide g ON g.id = n.guide_id
    WHERE n.client_id = ? AND NOT n.private AND n.kind <> 'state' ORDER BY n.at DESC, n.id LIMIT ?"""
_PHONES = "SELECT id, phone, contact_state FROM client WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Contact:
    """A word with her: when (UTC ms), `kind` of the note, what was said, by whom."""

    at: int
    kind: str
    body: str
    guide: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, and when it is due (UTC ms, None: no day)."""

    title: str
    due_at: int | None


@dataclass(frozen=True, slots=True)
class Brief:
    """Thirty seconds before she comes; the phone is masked. `suggestion` is the one thing to do, None: nothing is."""

    now_ms: int
    portrait: Portrait
    card: Card
    purchases: tuple[PurchaseLine, ...]
    coupons: tuple[HeldCoupon, ...]
    promises: tuple[Promise, ...]
    contacts: tuple[Contact, ...]
    suggestion: Phrase | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """A line of the list: whom to call, by which masked number, and every reason why."""

    name: str
    phone: str
    tags: tuple[str, ...]
    reasons: tuple[Phrase, ...]
    contact_state: str


@dataclass(frozen=True, slots=True)
class CallList:
    """Today's list of one guide."""

    day: dt.date
    guide: str
    store: str
    lines: tuple[CallLine, ...]


def read_brief(desk: Desk, client_id: str, guide_id: str) -> Brief:
    """A client at one look. Raises NotFoundError."""
    now = desk.clock.now_ms()
    portrait, about = desk.clients.portrait(client_id, guide_id), desk.followup.about(client_id, guide_id)
    coupons = desk.coupons.of_client(client_id)
    return Brief(
        now_ms=now,
        portrait=portrait,
        card=desk.card.card(client_id, guide_id),
        purchases=tuple(desk.clients.purchases(client_id))[:_PURCHASES],
        coupons=tuple(c for c in coupons if c.status == "claimed" and (not c.valid_until or c.valid_until > now)),
        promises=tuple(
            Promise(t.title, t.due_at)
            for t in desk.followup.of_client(client_id)
            if t.kind == "promise" and t.status == "open"
        ),
        contacts=desk.db.query(lambda conn: _contacts(conn, client_id)),
        suggestion=about.reasons[0] if about is not None else None,
    )


def read_call_list(desk: Desk, actor: Actor, suggestions: Sequence[Suggestion]) -> CallList:
    """The list of these suggestions, in their order."""
    ids = json_list([one.client_id for one in suggestions])
    rows = desk.db.query(lambda conn: conn.exec_driver_sql(_PHONES, (ids,)).all())
    known = {row[0]: (mask_phone(row[1]), str(row[2])) for row in rows}
    lines = tuple(
        CallLine(one.name, known[one.client_id][0], one.tags, one.reasons, known[one.client_id][1])
        for one in suggestions
        if one.client_id in known
    )
    return CallList(china_date(desk.clock.now_ms()), actor.name, actor.store_name, lines)


def _contacts(conn: Connection, client_id: str) -> tuple[Contact, ...]:
    return tuple(Contact(*row) for row in conn.exec_driver_sql(_CONTACTED, (client_id, _CONTACTS)))
