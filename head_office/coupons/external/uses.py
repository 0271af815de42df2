"""The register of what was asked of other systems: written before they hear of it, so that no answer is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.ids import NIL
from guide_app.protocol.external_coupon import RULE, ExternalBatch, read_batches
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.coupons.external.port import Use
from head_office.coupons.returns import hold_orders, tell_paid_back
from head_office.feed.write import FeedWriter
from head_office.store.tables import KIND_TABLES, external_use

State = Literal["asked", "used", "refused", "returned"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it stands; moments in UTC ms, money in fen. `asks`: how often the other system was asked."""

    request_no: str
    source: str
    code: str
    stock_id: str
    name: str
    store_id: str
    device_id: str
    guide_id: str | None
    order_no: str
    amount_fen: int
    discount_fen: int
    asked_ms: int
    state: State = "asked"
    reason: str = ""
    settled_ms: int | None = None
    asks: int = 1

    @property
    def use(self) -> Use:
        """What the other system is asked, in the same words every time; numbers there have at most 32 characters."""
        return Use(self.code, self.stock_id, self.request_no.replace("-", ""), self.asked_ms)


def find(connection: Connection, request_no: str) -> Asked | None:
    """The request of this number, locked."""
    row = connection.execute(_SELECT.where(external_use.c.request_no == request_no).with_for_update()).first()
    return Asked(*row) if row is not None else None


def open_requests(connection: Connection, source: str = "", code: str = "") -> list[Asked]:
    """Requests whose answer is not known, oldest first: all, or those about one coupon."""
    statement = _SELECT.where(external_use.c.state == "asked").order_by(external_use.c.asked_ms)
    if code:
        statement = statement.where(external_use.c.source == source, external_use.c.code == code)
    return [Asked(*row) for row in connection.execute(statement)]


def used_request(connection: Connection, source: str, code: str) -> Asked | None:
    """The request that a coupon is used up by."""
    t = external_use.c
    row = connection.execute(_SELECT.where(t.source == source, t.code == code, t.state == "used")).first()
    return Asked(*row) if row is not None else None


def register(connection: Connection, asked: Asked) -> tuple[Asked, bool]:
    """Write a request down; returns it as it stands, and whether it is new."""
    values = {name: getattr(asked, name) for name in Asked.__slots__}
    put = insert(external_use).values(values).on_conflict_do_nothing().returning(external_use.c.request_no)
    is_new = connection.execute(put).first() is not None
    held = find(connection, asked.request_no)
    if held is None:
        raise KeyError(asked.request_no)
    return held, is_new


def ask_again(connection: Connection, request_no: str) -> Asked | None:
    """Count that the other system is asked once more; the request as it stands, None if it was withdrawn."""
    t = external_use.c
    again = sa.update(external_use).where(t.request_no == request_no, t.state == "asked").values(asks=t.asks + 1)
    connection.execute(again)
    return find(connection, request_no)


def withdraw(connection: Connection, request_no: str) -> bool:
    """Forget a request that surely never left; whether it is forgotten: not if it was asked again meanwhile."""
    t = external_use.c
    once = sa.delete(external_use).where(t.request_no == request_no, t.state == "asked", t.asks == 1)
    return connection.execute(once).rowcount == 1


def refuse(connection: Connection, asked: Asked, now_ms: int, reason: str) -> Asked | None:
    """Write down that the other system said no; None, and nothing is, where another asking may have used it up."""
    held = find(connection, asked.request_no)
    if held is not None and held.state == "asked" and held.asks > 1:
        return None
    return settle(connection, asked, "refused", now_ms, reason=reason)


def settle(connection: Connection, asked: Asked, state: State, now_ms: int, *, reason: str = "", at: int = 0) -> Asked:
    """Write the answer down, with the redemption if it was used up `at`; an answer that is known stays as it is."""
    scope = store_scope(asked.store_id)
    if state == "used":
        hold_orders(connection, scope, [asked.order_no])  # before the request, as whoever writes one down
    held = find(connection, asked.request_no)
    if held is None:
        raise KeyError(asked.request_no)
    if held.state != "asked":
        return held
    settled = {"state": state, "reason": reason, "settled_ms": at or now_ms}
    t = external_use.c
    connection.execute(sa.update(external_use).where(t.request_no == asked.request_no).values(settled))
    if state == "used":
        writer = FeedWriter(connection, now_ms)
        writer.put((scope, "redemption", held.request_no), _redemption(held, at, now_ms))
        tell_paid_back(writer, scope, held.order_no)
        writer.flush()
    found = find(connection, asked.request_no)
    return found if found is not None else held


def free(connection: Connection, asked: Asked, now_ms: int) -> None:
    """Write down that the coupon was given back: its redemption counts no more."""
    t = external_use.c
    connection.execute(
        sa.update(external_use).where(t.request_no == asked.request_no).values(state="returned", settled_ms=now_ms)
    )
    writer = FeedWriter(connection, now_ms)
    key = (store_scope(asked.store_id), "redemption", asked.request_no)
    if writer.get(key) is not None:
        writer.change(key, returned_at=now_ms)
    writer.flush()


def lies_beside(connection: Connection, asked: Asked) -> bool:
    """Whether another coupon, ours or not, was redeemed on the same order, or one of another system may have been."""
    if not asked.order_no:
        return False
    found = connection.exec_driver_sql(
        "SELECT 1 FROM redemption WHERE store_id = %(store)s::uuid AND order_no = %(order)s AND returned_at IS NULL"
        " AND status <> 'conflict' AND id <> %(own)s::uuid UNION ALL"
        " SELECT 1 FROM external_use WHERE store_id = %(store)s::uuid AND order_no = %(order)s AND state = 'asked'"
        " AND request_no <> %(own)s::uuid LIMIT 1",
        {"store": asked.store_id, "order": asked.order_no, "own": asked.request_no},
    )
    return found.first() is not None


def stands_alone(connection: Connection, scope: Scope, order_no: str) -> bool:
    """Whether a coupon that suffers none of ours beside it was used on this order, or may have been.

    The caller holds the order: a request is written down before the other system hears of it.
    """
    if not order_no:
        return False
    t = external_use.c
    here = (t.store_id == scope_store_id(scope), t.order_no == order_no, t.state.in_(("asked", "used")))
    stocks = set(connection.scalars(sa.select(t.stock_id).where(*here)))
    return bool(stocks) and any(b.stock_id in stocks and not b.stacking for b in published(connection))


def published(connection: Connection) -> tuple[ExternalBatch, ...]:
    """The batches that counters recognise."""
    rule = KIND_TABLES["house_rule"].c
    value = connection.scalar(sa.select(rule.value).where(rule.name == RULE))
    return read_batches(value) if value is not None else ()


def to_give_back(connection: Connection) -> list[tuple[Asked, int]]:
    """Uses whose receipt was paid back, in whole or part (fen), and whose coupon still counts as used, oldest first."""
    redemption = KIND_TABLES["redemption"].c
    t = external_use.c
    joined = (redemption.store_id == t.store_id) & (redemption.id == t.request_no)
    statement = (
        _SELECT.add_columns(redemption.refunded_fen)
        .join(KIND_TABLES["redemption"], joined)
        .where(t.state == "used", redemption.refunded_fen > 0)
        .order_by(t.asked_ms)
    )
    return [(Asked(*row[:-1]), row[-1]) for row in connection.execute(statement)]


def _redemption(asked: Asked, at: int, now_ms: int) -> dict[str, object]:
    return {
        "coupon_code": asked.code,
        "guide_id": asked.guide_id,
        "order_no": asked.order_no,
        "amount_fen": asked.amount_fen,
        "discount_fen": asked.discount_fen,
        "at": at,
        "device_id": None if asked.device_id == NIL else asked.device_id,  # head office asked itself
        "heard_at": now_ms,
        "source": asked.source,
        "source_name": asked.name,
    }


_SELECT = sa.select(*(external_use.c[name] for name in Asked.__slots__))
