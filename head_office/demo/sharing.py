"""Shares of the last month and what came of them: scans and claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final, Literal

from head_office.demo.clock import DAY_MS, MINUTE_MS, day_ms
from head_office.demo.model import Client, Coupon, Guide, Product, Share, ShareEvent
from head_office.demo.rng import make_id, stream

_DAYS: Final = 30
_PUBLIC_EACH: Final = 14
_PRIVATE_EACH: Final = 12
_CLAIM_SHARE: Final = 0.75
_TEMPLATES: Final = ("moments-warm", "moments-jade", "square-plain", "counter-a4")
_CHANNELS: Final[tuple[Literal["copy", "link", "save", "print"], ...]] = (
    "copy",
    "copy",
    "copy",
    "link",
    "save",
    "print",
)
_SCANS_PUBLIC, _SCANS_PRIVATE = 2.6, 1.1
_TOP: Final = 24


class Sharer:
    """Makes shares and their events; share numbers run per guide from 1."""

    def __init__(self, products: Sequence[Product], clients: Mapping[str, Client], today: dt.date, seed: int) -> None:
        self._rng = stream(seed, "shares")
        goods = [p for p in products if p.status == "on_sale" and not p.sensitive]
        self._goods = sorted(goods, key=lambda p: (-p.weight, p.no))[:_TOP]
        self._clients = clients
        self._now = day_ms(today, 10 * 60)
        self._numbers: dict[str, int] = {}
        self.shares: list[Share] = []
        self.events: list[ShareEvent] = []

    @property
    def rng(self) -> Random:
        """The stream of this sharer."""
        return self._rng

    def moment(self) -> int:
        """A shop hour within the last month."""
        midnight = self._now - 10 * 60 * MINUTE_MS - self._rng.randint(1, _DAYS) * DAY_MS
        return midnight + self._rng.randint(10 * 60, 21 * 60) * MINUTE_MS

    def share(
        self,
        guide: tuple[str, str],
        client: Client | None,
        at: int,
        *,
        product: Product | None = None,
        template_id: str | None = None,
    ) -> Share:
        """One share by the guide (store id, guide id), to a client or, with None, to a group or for the counter."""
        store_id, guide_id = guide
        number = self._numbers[guide_id] = self._numbers.get(guide_id, 0) + 1
        goods = product or self._rng.choice(self._goods)
        share = Share(
            id=make_id(self._rng, at),
            store_id=store_id,
            guide_id=guide_id,
            client_id=client.id if client else None,
            product_id=goods.id,
            coupon_template_id=template_id,
            share_no=number,
            template=self._rng.choice(_TEMPLATES),
            channel=self._rng.choice(_CHANNELS),
            price_fen=goods.price_fen,
            at=at,
        )
        self.shares.append(share)
        return share

    def scan(self, share: Share, at: int) -> None:
        """Somebody opened it; the client is named only with marketing consent. What lies ahead is dropped."""
        self._event(share, "scan", at, None)

    def claim(self, share: Share, coupon: Coupon) -> Coupon:
        """The coupon was claimed through it; returns the coupon that knows its share."""
        self._event(share, "claim", coupon.claimed_at, coupon.id)
        return replace(coupon, share_id=share.id)

    def _event(self, share: Share, kind: Literal["scan", "claim"], at: int, coupon_id: str | None) -> None:
        if at >= self._now:
            return
        client = self._clients.get(share.client_id or "")
        named = client.id if client is not None and client.contact_state == "marketing" else None
        self.events.append(
            ShareEvent(
                make_id(self._rng, at),
                share.store_id,
                share.id,
                share.guide_id,
                share.product_id,
                named,
                coupon_id,
                kind,
                at,
            )
        )


def shares(
    products: Sequence[Product],
    clients: Mapping[str, Client],
    guides: Sequence[Guide],
    coupons: Sequence[Coupon],
    today: dt.date,
    seed: int,
) -> tuple[list[Share], list[ShareEvent], list[Coupon]]:
    """Shares, their events, and the coupons, some of which now name the share they came from."""
    sharer = Sharer(products, clients, today, seed)
    kept = [_through_a_share(sharer, coupon, clients, today) for coupon in coupons]
    book: dict[str, list[Client]] = {}
    for client in clients.values():
        if client.contact_state == "marketing":
            book.setdefault(client.primary_guide_id, []).append(client)
    for guide in guides:
        who = (guide.store_id, guide.id)
        for _ in range(_PUBLIC_EACH if book.get(guide.id) else 4):
            _opened(sharer, sharer.share(who, None, sharer.moment()), _SCANS_PUBLIC)
        for client in sharer.rng.sample(book.get(guide.id, []), min(_PRIVATE_EACH, len(book.get(guide.id, [])))):
            _opened(
                sharer, sharer.share(who, client, max(sharer.moment(), client.created_at + MINUTE_MS)), _SCANS_PRIVATE
            )
    _stories(sharer, products, clients, guides[0], today)
    return sorted(sharer.shares, key=_when), sorted(sharer.events, key=_when), kept


def _when(row: Share | ShareEvent) -> tuple[int, str]:
    return row.at, row.id


def _opened(sharer: Sharer, share: Share, mean: float) -> None:
    for _ in range(int(sharer.rng.expovariate(1 / mean) + 0.5)):
        sharer.scan(share, share.at + int(sharer.rng.expovariate(1 / (10 * 60))) * MINUTE_MS + MINUTE_MS)


def _through_a_share(sharer: Sharer, coupon: Coupon, clients: Mapping[str, Client], today: dt.date) -> Coupon:
    recent = coupon.claimed_at > day_ms(today - dt.timedelta(days=_DAYS))
    if not recent or sharer.rng.random() > _CLAIM_SHARE:
        return coupon
    client = clients[coupon.client_id]
    at = max(coupon.claimed_at - sharer.rng.randint(5, 2 * 24 * 60) * MINUTE_MS, client.created_at)
    share = sharer.share((coupon.store_id, coupon.guide_id), client, at, template_id=coupon.template_id)
    sharer.scan(share, max(at, coupon.claimed_at - MINUTE_MS))
    return sharer.claim(share, coupon)


def _stories(
    sharer: Sharer, products: Sequence[Product], clients: Mapping[str, Client], guide: Guide, today: dt.date
) -> None:
    """陈雅婷 and 林小满 opened yesterday what 王敏 had sent them; the featured styles lead the catalogue."""
    by_name = {c.name: c for c in reversed(list(clients.values()))}  # the scripted come first and win
    white, loafer = products[0], products[1]
    who = (guide.store_id, guide.id)
    sent = day_ms(today - dt.timedelta(days=2), 15 * 60)
    yesterday = day_ms(today - dt.timedelta(days=1), 20 * 60 + 12)
    for name, product in (("陈雅婷", loafer), ("陈雅婷", white), ("林小满", white)):
        share = sharer.share(who, by_name[name], sent, product=product)
        if product is white:
            sharer.scan(share, yesterday)
        if name == "林小满":
            sharer.scan(share, yesterday + 47 * MINUTE_MS)
