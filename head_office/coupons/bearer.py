"""What is written down of a use that did not count as it should: who bears it, by the rules of docs/coupons.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide_app.protocol.coupon_bounds import OFFLINE_COUNT, OFFLINE_FEN, OFFLINE_HOURS
from guide_app.protocol.scopes import scope_store_id
from head_office.coupons.asked import Redemption
from head_office.coupons.changes import changed_since
from head_office.coupons.model import Template
from head_office.coupons.proof import Proof, is_unnamed
from head_office.coupons.settle import Given, Settled, settle, settle_ended, settle_outside
from head_office.coupons.uses import Use
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter

_SINCE = (
    "SELECT count(*), coalesce(sum(discount_fen), 0) FROM redemption WHERE store_id = %(store)s::uuid"
    " AND device_id = %(device)s::uuid AND offline AND at > %(since)s"
)
_LIMITS = "SELECT value FROM house_rule WHERE name = 'offline_redeem'"


#: Problems of a coupon that had been worth something before.
ENDED = ("coupon.recalled", "coupon.void")
BEYOND = "coupon.beyond_allotment"


@dataclass(frozen=True, slots=True)
class Case:
    """A use that head office refuses with `problem`, and what follows for who bears it.

    `ended`: since when the recall list ends the coupon (UTC ms). `first` is the use that it is used up by, if any.
    """

    asked: Redemption
    problem: str
    coupon_key: Key
    coupon: Mapping[str, Any]
    template: Template
    proof: Proof | None
    ended: int | None
    first: Use | None


def borne(writer: FeedWriter, case: Case, discount_fen: int) -> dict[str, Any]:
    """The fields of its record that say who bears the discount, and by which rule."""
    asked, first = case.asked, case.first
    if case.problem == "coupon.redeemed" and first is None:  # used up by an import: nobody at a counter could know
        return _fields(Settled("brand", "twice.offline"), discount_fen)
    off = _given(asked, discount_fen) if _is_outside(case.problem) else discount_fen
    given = Given(
        scope_store_id(asked.scope),
        asked.offline,
        told=_is_told(writer, case),
        beyond_limit=asked.offline and _is_beyond(writer, asked, off),
    )
    if case.problem == "coupon.redeemed" and first is not None:
        copied = case.proof is not None and case.proof.copied
        settled = settle(Given(first.store_id, first.offline), given, copied=copied)
        return {**_fields(settled, off), "rival_id": first.key[2]}
    if _is_outside(case.problem):
        return _fields(settle_outside(given, stranger=case.problem == "coupon.holder"), off)
    handed_back = case.problem == BEYOND or (case.ended is None and is_unnamed(case.coupon))
    return _fields(settle_ended(given, handed_back=handed_back), off)


def _fields(settled: Settled, discount_fen: int) -> dict[str, Any]:
    said = {"borne_by": settled.borne_by, "rule": settled.rule}
    return {"status": "conflict", "discount_fen": discount_fen, **said}


def _is_outside(problem: str) -> bool:
    """Whether the terms or the holder speak against it: the coupon was genuine, unused and not ended."""
    return problem not in ("coupon.redeemed", BEYOND, *ENDED)


def _given(asked: Redemption, discount_fen: int) -> int:
    """What the customer was given: the counter has taken it off, whatever the terms say now."""
    most = asked.bill.total_fen + asked.freight_fen
    return min(asked.given_fen, most) if asked.given_fen and most else discount_fen


def _is_told(writer: FeedWriter, case: Case) -> bool:
    """Whether head office had told the counter what speaks against it. A PC hears of its own store's coupons only."""
    known_until = case.asked.known_until
    if case.problem == "coupon.redeemed":
        heard = case.first.heard_at if case.first is not None else 0
        return case.coupon_key[0] == case.asked.scope and 0 < heard <= known_until
    if _is_outside(case.problem):
        return not changed_since(writer.connection, case.template.id, known_until)
    return case.ended is not None and case.ended <= known_until


def _is_beyond(writer: FeedWriter, asked: Redemption, discount_fen: int) -> bool:
    """Whether the counter had used up what it may redeem without contact, by the figures that it goes by itself.

    How long ago that was is asked only where it says when it was.
    """
    limits: dict[str, int] = writer.connection.exec_driver_sql(_LIMITS).scalar_one_or_none() or {}
    n, fen = _since_contact(writer, asked)
    hours = limits.get("hours", OFFLINE_HOURS) * 3_600_000
    return (
        0 < asked.known_until <= asked.at - hours
        or n + 1 > limits.get("count", OFFLINE_COUNT)
        or fen + discount_fen > limits.get("discount_fen", OFFLINE_FEN)
    )


def _since_contact(writer: FeedWriter, asked: Redemption) -> tuple[int, int]:
    """How many coupons its counter had redeemed since its last contact, and what they took off.

    Those that arrive in the same push count: that is how a counter without network sends them.
    """
    if not asked.device_id:
        return 0, 0
    since = {"store": scope_store_id(asked.scope), "device": asked.device_id, "since": asked.known_until}
    n, fen = writer.connection.exec_driver_sql(_SINCE, since).one()
    fresh = [
        row.data["discount_fen"]
        for key, row in writer.staged().items()
        if key[:2] == (asked.scope, "redemption")
        and isinstance(row, Row)
        and writer.before(key) is None
        and (row.data["device_id"], row.data["offline"]) == (asked.device_id, True)
        and row.data["at"] > asked.known_until
    ]
    return n + len(fresh), int(fen) + sum(fresh)
