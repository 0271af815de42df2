"""Receipts: numbers and ids for the simulated orders and returns, and the coupons spent on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from guide_app.protocol.coupon_code import make_code
from head_office.demo.clock import DAY_MS, business_day
from head_office.demo.model import Coupon, CouponTemplate, Purchase, PurchaseLine, Redemption, Store
from head_office.demo.people import Person
from head_office.demo.rng import make_id, stream
from head_office.demo.simulate import Order, Return

# Coupons are kept as records of their own only as far back as the templates have been running.
_COUPON_DAYS: Final = 70
_OPEN_COUPONS: Final = 420
_OPEN_KEYS: Final = ("cloud", "cloud", "cloud", "thanks", "thanks", "birthday", "newcomer", "wake", "referral")


@dataclass(frozen=True, slots=True)
class Ledger:
    """All receipts with their lines, coupons and redemptions."""

    purchases: tuple[Purchase, ...]
    lines: tuple[PurchaseLine, ...]
    coupons: tuple[Coupon, ...]
    redemptions: tuple[Redemption, ...]


def ledger(
    sales: Sequence[Order],
    returns: Sequence[Return],
    shops: Sequence[Store],
    templates: Mapping[str, CouponTemplate],
    people: Sequence[Person],
    today: dt.date,
    seed: int,
) -> Ledger:
    """Write every receipt. Numbers run by store and day in order of time: `SH001-260930-0117`."""
    rng = stream(seed, "ledger")
    numbers = _numbers(sales, returns, shops)
    known = {p.client.id: p.client.created_at for p in people}
    coupons = _spent(sales, templates, known, today, rng)
    purchases: list[Purchase] = []
    lines: list[PurchaseLine] = []
    redemptions: list[Redemption] = []
    line_ids: dict[tuple[int, int], str] = {}
    for index, order in enumerate(sales):
        number = numbers["sale", index]
        coupon = coupons.get(index)
        purchase = _sale(order, number, coupon, rng)
        purchases.append(purchase)
        for position in range(len(order.lines)):
            lines.append(_line(order, position, purchase, None, rng))
            line_ids[index, position] = lines[-1].id
        if coupon is not None:
            redemptions.append(_redemption(coupon, purchase, rng))
    for index, back in enumerate(returns):
        order = sales[back.order]
        purchase = _return(order, back, numbers["return", index], numbers["sale", back.order], rng)
        purchases.append(purchase)
        lines.extend(_line(order, i, purchase, line_ids[back.order, i], rng) for i in back.lines)
    taken = {(c.client_id, c.template_id) for c in coupons.values()}
    opened = _open(templates, people, taken, today, rng)
    every = sorted([*coupons.values(), *opened], key=lambda c: (c.claimed_at, c.id))
    return Ledger(tuple(purchases), tuple(lines), tuple(every), tuple(redemptions))


def _numbers(sales: Sequence[Order], returns: Sequence[Return], shops: Sequence[Store]) -> dict[tuple[str, int], str]:
    codes = {shop.id: shop.code for shop in shops}
    rows = [(order.at, order.store_id, "sale", i) for i, order in enumerate(sales)]
    rows += [(back.at, sales[back.order].store_id, "return", i) for i, back in enumerate(returns)]
    count: dict[tuple[str, dt.date], int] = {}
    numbers = {}
    for at, store_id, kind, index in sorted(rows):
        key = (store_id, business_day(at))
        count[key] = count.get(key, 0) + 1
        numbers[kind, index] = f"{codes[store_id]}-{key[1]:%y%m%d}-{count[key]:04d}"
    return numbers


def _sale(order: Order, number: str, coupon: Coupon | None, rng: Random) -> Purchase:
    return Purchase(
        id=make_id(rng, order.at),
        store_id=order.store_id,
        order_no=number,
        kind="sale",
        origin_order_no="",
        client_id=order.client_id,
        guide_id=order.guide_id,
        at=order.at,
        total_fen=order.total_fen,
        discount_fen=sum(line.discount_fen for line in order.lines),
        coupon_code=coupon.code if coupon else "",
        channel="门店",
    )


def _line(order: Order, position: int, purchase: Purchase, origin: str | None, rng: Random) -> PurchaseLine:
    """A line of a sale, or of the return of the line with id `origin`: then its figures are negative."""
    line = order.lines[position]
    sign = 1 if origin is None else -1
    return PurchaseLine(
        id=make_id(rng, purchase.at),
        store_id=purchase.store_id,
        purchase_id=purchase.id,
        sku_id=line.sku.id,
        product_id=line.product.id,
        title=line.product.name,
        colour=line.sku.colour,
        size=line.sku.size,
        qty=sign * line.qty,
        amount_fen=sign * line.amount_fen,
        discount_fen=sign * line.discount_fen,
        origin_line_id=origin,
    )


def _return(order: Order, back: Return, number: str, origin: str, rng: Random) -> Purchase:
    lines = [order.lines[i] for i in back.lines]
    return Purchase(
        id=make_id(rng, back.at),
        store_id=order.store_id,
        order_no=number,
        kind="return",
        origin_order_no=origin,
        client_id=order.client_id,
        guide_id=order.guide_id,
        at=back.at,
        total_fen=-sum(line.amount_fen for line in lines),
        discount_fen=-sum(line.discount_fen for line in lines),
        coupon_code="",
        channel="门店",
    )


def _spent(
    sales: Sequence[Order],
    templates: Mapping[str, CouponTemplate],
    known: Mapping[str, int],
    today: dt.date,
    rng: Random,
) -> dict[int, Coupon]:
    """The coupons behind the coupon discounts of the last weeks, by order."""
    since = today - dt.timedelta(days=_COUPON_DAYS)
    made: dict[int, Coupon] = {}
    used: set[tuple[str, str]] = set()
    for index, order in enumerate(sales):
        if not order.coupon or order.client_id is None or business_day(order.at) < since:
            continue
        if (order.client_id, order.coupon) in used or order.at == known[order.client_id]:
            continue  # one a client, and none on the day she was first met: that discount was given at the till
        used.add((order.client_id, order.coupon))
        template = templates[order.coupon]
        claimed = order.at - rng.randint(1, 10 * 24 * 60) * 60_000
        claimed = max(claimed, template.valid_from, known[order.client_id])
        made[index] = _coupon(
            template, order.store_id, order.client_id, order.guide_id, claimed, rng, redeemed=order.at
        )
    return made


def _open(
    templates: Mapping[str, CouponTemplate],
    people: Sequence[Person],
    taken: set[tuple[str, str]],
    today: dt.date,
    rng: Random,
) -> list[Coupon]:
    """Coupons in hand: claimed in the last weeks, some of them run out. A template at most once a client."""
    willing = [p.client for p in people if p.client.contact_state in {"marketing", "one_to_one"}]
    now = _now(today)
    made: list[Coupon] = []
    while len(made) < _OPEN_COUPONS:
        client, key = rng.choice(willing), rng.choice(_OPEN_KEYS)
        template = templates[key]
        at = now - rng.randint(1, 45 * 24 * 60) * 60_000
        if at <= max(client.created_at, template.valid_from) or (client.id, template.id) in taken:
            continue
        taken.add((client.id, template.id))
        made.append(_coupon(template, client.store_id, client.id, client.primary_guide_id, at, rng, now=now))
    return made


def _now(today: dt.date) -> int:
    """Opening time of `today`: nothing in the demo lies after it."""
    return (today - dt.date(1970, 1, 1)).days * DAY_MS + 2 * 3_600_000


def _coupon(
    template: CouponTemplate,
    store_id: str,
    client_id: str,
    guide_id: str,
    claimed: int,
    rng: Random,
    *,
    redeemed: int | None = None,
    now: int = 0,
) -> Coupon:
    until = min(template.valid_until, claimed + template.valid_days * DAY_MS)
    status = "redeemed" if redeemed is not None else "expired" if until < now else "claimed"
    return Coupon(
        id=make_id(rng, claimed),
        store_id=store_id,
        template_id=template.id,
        code=make_code(rng.randrange),
        client_id=client_id,
        guide_id=guide_id,
        share_id=None,
        status="redeemed" if status == "redeemed" else "expired" if status == "expired" else "claimed",
        claimed_at=claimed,
        valid_from=claimed,
        valid_until=until,
        redeemed_at=redeemed,
    )


def _redemption(coupon: Coupon, purchase: Purchase, rng: Random) -> Redemption:
    return Redemption(
        id=make_id(rng, purchase.at),
        store_id=purchase.store_id,
        coupon_id=coupon.id,
        coupon_code=coupon.code,
        guide_id=purchase.guide_id,
        order_no=purchase.order_no,
        amount_fen=purchase.total_fen + purchase.discount_fen,
        discount_fen=purchase.discount_fen,
        status="confirmed",
        at=purchase.at,
    )
