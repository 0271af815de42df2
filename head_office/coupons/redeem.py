"""核销: a coupon is used up once, wherever in the brand, by one transaction that holds its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket, obstacles, take_off
from guide_app.protocol.coupon_code import normalise_code
from guide_app.protocol.coupon_mix import may_go_together
from guide_app.protocol.scopes import Scope, scope_store_id
from guide_app.protocol.voucher import is_voucher
from head_office.coupons.holder import is_hers
from head_office.coupons.model import Template, ticket_of
from head_office.coupons.proof import Proof, ended_at, is_unnamed, prove
from head_office.coupons.queries import locate, locate_id, template_by_id
from head_office.coupons.settle import Given, settle, settle_ended
from head_office.coupons.uses import Use, counted, same_sale, uses_of
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter

_SINCE = (
    "SELECT count(*), coalesce(sum(discount_fen), 0) FROM redemption WHERE store_id = %(store)s::uuid"
    " AND device_id = %(device)s::uuid AND offline AND at > %(since)s"
)
#: Problems of a coupon that had been worth something before.
ENDED = ("coupon.recalled", "coupon.void")
_LIMITS = "SELECT value FROM house_rule WHERE name = 'offline_redeem'"


@dataclass(frozen=True, slots=True)
class Redemption:
    """A coupon shown at a counter, by its code or its signed form.

    `scope` is the store it was shown in; `at` UTC ms; `amount_fen` 0 if unknown; `lines` of the bill, if they are.
    `offline`: its counter decided alone, having been in contact until `known_until`. `receipt`: it stands on a sale
    that has been made. `beside` are the ids of other coupons on the same bill.
    """

    id: str
    scope: Scope
    code: str
    order_no: str
    amount_fen: int
    at: int
    guide_id: str | None
    lines: tuple[BillLine, ...] = ()
    channel: str = "store"
    level: str = ""
    is_new: bool = True
    freight_fen: int = 0
    client_id: str | None = None
    offline: bool = False
    receipt: bool = False
    known_until: int = 0
    device_id: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether the price was reduced already, whatever head office says now."""
        return self.offline or self.receipt

    @property
    def bill(self) -> Bill:
        """The bill as far as it is known: an amount alone counts as goods of any kind."""
        amount = (BillLine(None, "", 1, self.amount_fen),) if self.amount_fen > 0 else ()
        return Bill(
            self.lines or amount, self.at, scope_store_id(self.scope), self.channel, self.level, self.is_new,
            self.freight_fen,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What became of it: `problem` is a code of the problem table, empty when the coupon is now used up."""

    problem: str = ""
    duplicate: bool = False
    touched: tuple[Key, ...] = ()
    guide_id: str | None = None
    client_id: str | None = None


def redeem(writer: FeedWriter, asked: Redemption) -> Redeemed:
    """Use up a coupon. The same redemption again is a duplicate and changes nothing.

    A second redemption of a coupon, and one of a coupon that had been recalled, is kept as a record in conflict, with
    who bears it and by which rule: at an offline counter the price was already reduced, and the store must see that.
    """
    shown = _shown(writer, asked)
    if isinstance(shown, str):
        return Redeemed(shown)
    coupon_key, coupon, template, proof = shown
    own_key: Key = (asked.scope, "redemption", asked.id)
    about = Redeemed(touched=(coupon_key,), guide_id=coupon["guide_id"], client_id=coupon["client_id"])
    if writer.get(own_key) is not None:
        return replace(about, duplicate=True, touched=(coupon_key, own_key))
    uses = uses_of(writer, coupon_key[2])
    told = same_sale(uses, asked.scope, asked.order_no, asked.at)
    if told is not None and not _came_free(told, uses):
        about = replace(about, problem="coupon.redeemed" if counted(uses) else "coupon.recalled")
        return _told_again(writer, asked, about, told)
    own_key = own_key if told is None else told.key
    ended = ended_at(writer.connection, coupon_key[2], coupon, asked.code if proof else "")
    if ended is not None and asked.at < ended and coupon["status"] == "void":
        coupon = {**coupon, "status": "claimed"}  # it was worth something when it was used
    ticket = ticket_of(coupon_key[2], coupon, template)
    problem = _problem(asked, ticket, ended)
    who, voucher = (asked.scope, asked.client_id), proof.voucher if proof else None
    hers = is_hers(writer.connection, who, coupon_key[0], coupon, voucher, transferable=template.transferable)
    problem = problem or ("" if hers else "coupon.holder")
    if problem and problem != "coupon.redeemed" and not (problem in ENDED and asked.given):
        return replace(about, problem=problem)
    beside = _beside(writer, asked, ticket)
    if not may_go_together([ticket, *beside]):
        return replace(about, problem="coupon.exclusive")
    record = _record(writer, asked, ticket, beside) | {"coupon_code": coupon["code"]}
    if problem in ENDED:
        record |= _after_end(writer, asked, coupon, record["discount_fen"], ended)
    elif problem:
        record |= _twice(writer, asked, coupon_key, record["discount_fen"], proof, counted(uses))
    writer.put(own_key, record)
    if not problem:
        writer.change(coupon_key, status="redeemed", redeemed_at=asked.at)
    return replace(about, problem=problem, touched=(coupon_key, own_key))


def _problem(asked: Redemption, ticket: Ticket, ended: int | None) -> str:
    """The first reason why the coupon is worth nothing on this bill; empty if it is."""
    found = [obstacle.code for obstacle in obstacles(ticket, asked.bill)]
    if ended is not None and ended <= asked.at and "coupon.void" not in found:
        return "coupon.recalled"
    return next(iter(found), "")


def _record(writer: FeedWriter, asked: Redemption, ticket: Ticket, beside: Sequence[Ticket]) -> dict[str, Any]:
    offs = take_off([ticket, *beside], asked.bill)
    return {
        "coupon_id": ticket.id,
        "guide_id": asked.guide_id,
        "order_no": asked.order_no,
        "amount_fen": asked.amount_fen,
        "discount_fen": next(off.total_fen for off in offs if off.ticket_id == ticket.id),
        "at": asked.at,
        "offline": asked.offline,
        "device_id": asked.device_id,
        "heard_at": writer.now_ms,
    }


def _shown(writer: FeedWriter, asked: Redemption) -> tuple[Key, Mapping[str, Any], Template, Proof | None] | str:
    """The coupon behind what was shown, locked, and its template; or why there is none."""
    proof: Proof | None = None
    if is_voucher(asked.code):
        proved = prove(writer, asked.code, asked.at, given=asked.given)
        if isinstance(proved, str):
            return proved
        proof, key = proved, proved.key
    else:
        found = locate(writer.connection, normalise_code(asked.code))
        if found is None:
            return "coupon.unknown"
        key = found
    coupon = writer.get(key)
    template = template_by_id(writer.connection, coupon.data["template_id"]) if coupon else None
    return (key, coupon.data, template, proof) if coupon and template else "coupon.unknown"


def _beside(writer: FeedWriter, asked: Redemption, ticket: Ticket) -> list[Ticket]:
    """The other coupons on the bill, as far as head office knows them."""
    found = []
    for coupon_id in asked.beside:
        key = locate_id(writer.connection, coupon_id)
        held = writer.get(key) if key is not None and coupon_id != ticket.id else None
        template = template_by_id(writer.connection, held.data["template_id"]) if held else None
        if held is not None and template is not None:
            found.append(ticket_of(coupon_id, held.data, template))
    return found


def _came_free(told: Use, uses: Sequence[Use]) -> bool:
    """Whether a till that was refused once asks again for the same bill, and nothing stands in its way any more."""
    return told.status == "conflict" and not told.offline and counted(uses) is None


def _told_again(writer: FeedWriter, asked: Redemption, about: Redeemed, use: Use) -> Redeemed:
    """Till and counter PC tell of one use: it is kept once, with the order number that one of them knows.

    By the number a refund finds it. `about` says what speaks against it if it is in conflict.
    """
    touched = (*about.touched, use.key)
    if asked.order_no and not use.order_no:
        writer.change(use.key, order_no=asked.order_no)
    if use.status == "conflict":
        return replace(about, touched=touched)
    return replace(about, problem="", duplicate=True, touched=touched)


def _twice(
    writer: FeedWriter, asked: Redemption, coupon_key: Key, discount_fen: int, proof: Proof | None, first: Use | None
) -> dict[str, Any]:
    """Beside which redemption this one stands, and who bears it. A PC is told of the coupons of its own store only."""
    if first is None:  # used up by an import: nobody at a counter could know
        return {"status": "conflict", "borne_by": "brand", "rule": "twice.offline"}
    own = Given(
        scope_store_id(asked.scope),
        asked.offline,
        told=coupon_key[0] == asked.scope and 0 < first.heard_at <= asked.known_until,
        beyond_limit=asked.offline and _is_beyond(writer, asked, discount_fen),
    )
    settled = settle(Given(first.store_id, first.offline), own, copied=proof is not None and proof.copied)
    return {
        "status": "conflict", "borne_by": settled.borne_by, "rule": settled.rule, "rival_id": first.key[2]
    }  # fmt: skip


def _after_end(
    writer: FeedWriter, asked: Redemption, coupon: Mapping[str, Any], discount_fen: int, ended: int | None
) -> dict[str, Any]:
    """Who bears the discount of a coupon that was worth nothing any more when it was used."""
    given = Given(
        scope_store_id(asked.scope),
        asked.offline,
        told=ended is not None and ended <= asked.known_until,
        beyond_limit=asked.offline and _is_beyond(writer, asked, discount_fen),
    )
    settled = settle_ended(given, handed_back=ended is None and is_unnamed(coupon))
    return {"status": "conflict", "borne_by": settled.borne_by, "rule": settled.rule}


def _is_beyond(writer: FeedWriter, asked: Redemption, discount_fen: int) -> bool:
    """Whether the counter had used up what it may redeem without contact."""
    limits = writer.connection.exec_driver_sql(_LIMITS).scalar_one_or_none() or {}
    n, fen = _since_contact(writer, asked)
    hours = limits.get("hours", 0) * 3_600_000
    return (
        bool(hours and asked.at > asked.known_until + hours)
        or 0 < limits.get("count", 0) < n + 1
        or 0 < limits.get("discount_fen", 0) < fen + discount_fen
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
