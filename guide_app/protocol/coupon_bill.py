"""What coupons do to a bill: whether each may be used and why not, what it takes off, and off which lines.

Pure; money in fen, moments in UTC ms. Written rules (docs/coupons.md):

- A threshold is judged by the bill before any coupon, over the lines that the coupon is for.
- Coupons are taken off one after the other, each from what the former left: nth_item, percent_off, threshold_off,
  cash_off, random_off, exchange, shipping_off; of one kind the one that takes more first.
- What a coupon takes off is shared by the lines it is for in proportion to what is left of them (largest remainder),
  so that the shares sum to the discount and no line falls below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guide_app.base.money import apportion
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import is_its_day, is_its_hour, is_over, percent

_ORDER = ("nth_item", "percent_off", "threshold_off", "cash_off", "random_off", "exchange", "shipping_off")


@dataclass(frozen=True, slots=True)
class BillLine:
    """`qty` pieces of a product; `amount_fen` for all of them, before coupons. `tags` are those of the product."""

    product_id: str | None
    category: str
    qty: int
    amount_fen: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid, and what coupons ask about: the store, the channel, who buys. `at` is the moment of sale."""

    lines: tuple[BillLine, ...]
    at: int
    store_id: str | None = None
    channel: str = "store"
    level: str = ""
    is_new: bool = False
    freight_fen: int = 0

    @property
    def total_fen(self) -> int:
        """The goods, before coupons."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A coupon laid on a bill. `value_fen` is what random_off drew; times as on the coupon."""

    id: str
    terms: CouponTemplate
    valid_from: int = 0
    valid_until: int = 0
    value_fen: int = 0
    status: str = "claimed"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a coupon may not be used: a problem code, and the figure that is missing (fen, pieces or minutes)."""

    code: str
    figure: int = 0


@dataclass(frozen=True, slots=True)
class Off:
    """What one coupon takes off: of each line of the bill, and of the freight."""

    ticket_id: str
    lines: tuple[int, ...]
    freight_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All that it takes off."""
        return sum(self.lines) + self.freight_fen


def covers(terms: CouponTemplate, line: BillLine) -> bool:
    """Whether the coupon is for this line. A category holds for those below it (`鞋` for `鞋/短靴`).

    Goods of which nothing is known (an amount typed at the counter) count as those it is for: the guide has seen them.
    """
    if line.product_id is None and not line.category:
        return True
    if line.product_id is not None and line.product_id in terms.not_products:
        return False
    if not terms.for_products and not terms.for_categories and not terms.for_tags:
        return True
    if line.product_id in terms.for_products or not set(terms.for_tags).isdisjoint(line.tags):
        return True
    return any(
        line.category == category or line.category.startswith(f"{category}/") for category in terms.for_categories
    )


def obstacles(ticket: Ticket, bill: Bill) -> tuple[Obstacle, ...]:
    """Every reason why the coupon cannot be used on this bill; none: it can.

    A bill without lines is one of which only time and place are known yet: nothing is said of goods.
    """
    goods = _goods(ticket.terms, bill) if bill.lines else []
    return (*_state(ticket, bill.at), *_place(ticket.terms, bill), *goods)


def _state(ticket: Ticket, at: int) -> list[Obstacle]:
    terms, found = ticket.terms, []
    if ticket.status in ("redeemed", "void"):
        found.append(Obstacle(f"coupon.{ticket.status}"))
    elif terms.recalled_at is not None and terms.recalled_at <= at:
        found.append(Obstacle("coupon.recalled"))
    elif ticket.status == "expired" or is_over(ticket.valid_until, at):
        found.append(Obstacle("coupon.expired"))
    if at < ticket.valid_from:
        found.append(Obstacle("coupon.not_yet", ticket.valid_from))
    if not is_its_day(terms, at):
        found.append(Obstacle("coupon.weekday", terms.weekdays))
    if not is_its_hour(terms, at):
        found.append(Obstacle("coupon.hour", terms.day_from))
    return found


def _place(terms: CouponTemplate, bill: Bill) -> list[Obstacle]:
    found = []
    if terms.for_stores and bill.store_id not in terms.for_stores:
        found.append(Obstacle("coupon.store"))
    if terms.for_channels and bill.channel not in terms.for_channels:
        found.append(Obstacle("coupon.channel"))
    if terms.for_levels and bill.level not in terms.for_levels:
        found.append(Obstacle("coupon.level"))
    if terms.new_only and not bill.is_new:
        found.append(Obstacle("coupon.new_only"))
    return found


def _goods(terms: CouponTemplate, bill: Bill) -> list[Obstacle]:
    lines = [line for line in bill.lines if covers(terms, line)]
    if not lines:
        return [Obstacle("coupon.goods")]
    spent, pieces = sum(line.amount_fen for line in lines), sum(line.qty for line in lines)
    least = max(terms.min_qty, terms.nth if terms.kind == "nth_item" else 0)
    found = []
    if spent < terms.min_spend_fen:
        found.append(Obstacle("coupon.min_spend", terms.min_spend_fen - spent))
    if pieces < least:
        found.append(Obstacle("coupon.min_qty", least - pieces))
    gift = terms.gift_product_id
    if terms.kind == "exchange" and gift and all(line.product_id != gift for line in bill.lines):
        found.append(Obstacle("coupon.gift"))
    if terms.kind == "shipping_off" and not bill.freight_fen:
        found.append(Obstacle("coupon.no_freight"))
    return found


def take_off(tickets: Sequence[Ticket], bill: Bill) -> tuple[Off, ...]:
    """What these coupons take off together, in the order in which they are taken; all are taken as usable."""
    left, freight = [line.amount_fen for line in bill.lines], bill.freight_fen
    taken: list[Off] = []
    alone = {ticket.id: _off(ticket, bill, left, freight).total_fen for ticket in tickets}
    for ticket in sorted(tickets, key=lambda t: (_ORDER.index(t.terms.kind), -alone[t.id], t.id)):
        off = _off(ticket, bill, left, freight)
        left = [amount - part for amount, part in zip(left, off.lines, strict=True)]
        freight -= off.freight_fen
        taken.append(off)
    return tuple(taken)


def at_most(ticket: Ticket) -> int | None:
    """What a coupon can take off at most, whatever the bill, fen; None if only the bill bounds it."""
    terms = ticket.terms
    if terms.kind in ("threshold_off", "cash_off"):
        return terms.discount_fen
    if terms.kind == "random_off":
        return ticket.value_fen
    bound = {"shipping_off": terms.discount_fen, "exchange": 0}.get(terms.kind, terms.max_discount_fen)
    return bound or None


def _off(ticket: Ticket, bill: Bill, left: Sequence[int], freight: int) -> Off:
    terms = ticket.terms
    nothing = (0,) * len(left)
    if terms.kind == "shipping_off":
        return Off(ticket.id, nothing, min(freight, terms.discount_fen or freight))
    if terms.kind == "nth_item":
        return Off(ticket.id, _every_nth(terms, bill, left))
    if terms.kind == "exchange" and terms.gift_product_id:
        return Off(ticket.id, _gift(terms.gift_product_id, bill, left))
    weights = [max(0, left[i]) if covers(terms, line) else 0 for i, line in enumerate(bill.lines)]
    base = sum(weights)
    worth = {
        "percent_off": percent(base, terms.percent_off, terms.max_discount_fen),
        "random_off": ticket.value_fen,
    }.get(terms.kind, terms.discount_fen)
    return Off(ticket.id, tuple(apportion(min(worth, base), weights)) if base else nothing)


def _every_nth(terms: CouponTemplate, bill: Bill, left: Sequence[int]) -> tuple[int, ...]:
    """Of the pieces from the dearest down, every nth is reduced: 第二件半价 reduces the cheaper of each pair."""
    pieces = [
        (piece, i)
        for i, line in enumerate(bill.lines)
        if covers(terms, line) and line.qty > 0
        for piece in apportion(left[i], [1] * line.qty)
    ]
    pieces.sort(key=lambda piece: (-piece[0], piece[1]))
    off = [0] * len(left)
    for price, i in pieces[terms.nth - 1 :: terms.nth] if terms.nth > 0 else []:
        off[i] += percent(price, terms.percent_off, 0)
    total, cap = sum(off), terms.max_discount_fen
    return tuple(apportion(cap, off) if cap and total > cap else off)


def _gift(product_id: str, bill: Bill, left: Sequence[int]) -> tuple[int, ...]:
    """One piece of the gift is free, the first line of it that has one."""
    off = [0] * len(left)
    for i, line in enumerate(bill.lines):
        if line.product_id == product_id and line.qty > 0:
            off[i] = max(apportion(left[i], [1] * line.qty))
            break
    return tuple(off)
