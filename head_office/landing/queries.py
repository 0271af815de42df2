"""Reads for the pages. Two statements a page: what the brand shares, then what the link's store has of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.link import Subject
from guide_app.protocol.records import Campaign, Coupon, Guide, Product, Sku, Stock, Store
from guide_app.protocol.scopes import scope_store_id, store_scope
from guide_app.protocol.stock_records import NearbyFigure
from head_office.catalogue.prices import ASKED, Asked
from head_office.clients.whereabouts import find_now
from head_office.coupons.limits import Giver, remaining, used_up
from head_office.coupons.model import Template
from head_office.coupons.queries import template_by_id
from head_office.feed.write import FeedWriter
from head_office.landing.facts import Facts, goes_into_chats, is_sold
from head_office.landing.photos import Photo
from head_office.landing.seal import Slip
from head_office.sharing.links import OpenedLink

_BRAND = (
    "SELECT (SELECT to_jsonb(s) FROM store s WHERE s.id = %(store)s::uuid),"
    " (SELECT to_jsonb(g) FROM guide g WHERE g.id = %(guide)s::uuid),"
    " (SELECT to_jsonb(p) FROM product p WHERE p.id = %(product)s::uuid),"
    " (SELECT jsonb_agg(to_jsonb(k)) FROM sku k WHERE k.product_id = %(product)s::uuid),"
    f" (SELECT to_jsonb(c) FROM campaign c WHERE c.id = %(campaign)s::uuid), {ASKED}"
)
_STORE = (
    "SELECT (SELECT jsonb_agg(to_jsonb(t)) FROM stock t"
    "  WHERE t.store_id = %(store)s::uuid AND t.id = ANY(%(skus)s::uuid[])),"
    " (SELECT jsonb_agg(to_jsonb(n)) FROM stock_nearby n"
    "  WHERE n.store_id = %(store)s::uuid AND n.id = ANY(%(skus)s::uuid[])),"
    " (SELECT jsonb_build_array(h.price_fen, h.price_until) FROM share h"
    "  WHERE h.store_id = %(store)s::uuid AND h.id = %(share)s::uuid)"
)
# What a device wrote need not be ids: only what has their form is looked for.
_LOOK = (
    "SELECT l.name, (SELECT jsonb_agg(to_jsonb(p) ORDER BY wanted.place)"
    "  FROM jsonb_array_elements_text(CASE jsonb_typeof(l.product_ids) WHEN 'array' THEN l.product_ids ELSE '[]' END)"
    "   WITH ORDINALITY AS wanted(id, place)"
    "  JOIN product p ON p.id = CASE WHEN wanted.id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
    "   THEN wanted.id::uuid END) AS parts,"
    " CASE jsonb_typeof(l.product_ids) WHEN 'array' THEN jsonb_array_length(l.product_ids) ELSE 0 END AS wanted"
    " FROM look l WHERE l.store_id = %(store)s::uuid AND l.id = %(look)s::uuid"
)
_BY_GTIN = "SELECT product_id::text FROM sku WHERE gtin = ANY(%(gtins)s) ORDER BY id LIMIT 1"
_STORE_NAMES = "SELECT id::text, name FROM store WHERE id = ANY(%(ids)s::uuid[])"
_NAMES = (
    "SELECT id::text, name FROM product WHERE id = ANY(%(products)s::uuid[])"
    " UNION ALL SELECT id::text, name FROM store WHERE id = ANY(%(stores)s::uuid[])"
)
_COUPON = (
    "SELECT to_jsonb(c) FROM coupon c"
    " WHERE c.store_id = %(store)s::uuid AND c.id = %(coupon)s::uuid AND c.client_id = %(client)s::uuid"
)
_JUST_CLAIMED = (
    "SELECT c.id::text, c.client_id::text FROM coupon c"
    " JOIN client p ON p.store_id = c.store_id AND p.id = c.client_id"
    " WHERE c.store_id = %(store)s::uuid AND p.phone = %(phone)s AND c.template_id = %(template)s::uuid"
    " AND c.claimed_at >= %(since)s AND c.given_at IS NULL ORDER BY c.claimed_at DESC LIMIT 1"
)
_PHONE = "SELECT phone FROM client WHERE store_id = %(store)s::uuid AND id = %(client)s::uuid"
# A blob leaves the office by this door only if a product shows it: other pictures are nobody's business.
_PHOTO = (
    "SELECT b.media_type, b.bytes FROM blob b WHERE b.sha256 = %(sha256)s"
    " AND EXISTS (SELECT 1 FROM product p WHERE p.image = b.sha256)"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Nearby:
    """The fields of a neighbours' row that count here."""

    id: str
    stores: list[NearbyFigure]


def read_facts(connection: Connection, opened: OpenedLink, now_ms: int = 0) -> Facts:
    """Everything about a link that a page may show at `now_ms` (UTC ms)."""
    keys = {
        "store": opened.store_id, "guide": opened.guide_id, "product": opened.product_id,
        "campaign": opened.campaign_id,
    }  # fmt: skip
    store, guide, product, skus, campaign, asked = connection.exec_driver_sql(_BRAND, keys).one()
    variants = tuple(msgspec.convert(skus or [], list[Sku]))
    own = {"store": opened.store_id, "skus": [sku.id for sku in variants], "share": opened.share_id}
    stock, nearby, shared = connection.exec_driver_sql(_STORE, own).one()
    neighbours = {row.id: tuple(row.stores) for row in msgspec.convert(nearby or [], list[_Nearby])}
    if opened.shown is not None:  # the poster's price was another thing's
        shared = None
    template = template_by_id(connection, opened.template_id)
    look_name, look, look_gone = _look(connection, opened)
    return Facts(
        code=opened.code,
        subject=opened.subject,
        store=_maybe(store, Store),
        guide=_maybe(guide, Guide),
        product=_maybe(product, Product),
        skus=variants,
        stock=MappingProxyType({row.id: row for row in msgspec.convert(stock or [], list[Stock])}),
        nearby=MappingProxyType(neighbours),
        store_names=_store_names(connection, neighbours),
        template=template,
        remaining=remaining(connection, template) if template is not None else None,
        used_up=used_up(connection, template, Giver(opened.store_id, opened.guide_id, now_ms)) if template else "",
        coupon_names=read_names(connection, template) if template is not None else MappingProxyType({}),
        shared_price_fen=shared[0] if shared else 0,
        shared_price_until=shared[1] if shared else 0,
        look_name=look_name,
        look=look,
        look_gone=look_gone,
        campaign=_maybe(campaign, Campaign),
        asked=_asked(asked),
    )


def read_names(connection: Connection, template: Template) -> Mapping[str, str]:
    """Names of the products and stores that a coupon's terms speak of, by id."""
    products = [*template.for_products, *template.not_products]
    products += [template.gift_product_id] if template.gift_product_id else []
    if not products and not template.for_stores:
        return MappingProxyType({})
    found = connection.exec_driver_sql(_NAMES, {"products": products, "stores": template.for_stores})
    return MappingProxyType({row.id: row.name for row in found})


def read_product_facts(connection: Connection, gtins: Sequence[str]) -> Facts | None:
    """A product by any of the spellings of one of its variants' GTIN, without store, guide or coupon."""
    product_id = connection.exec_driver_sql(_BY_GTIN, {"gtins": list(gtins)}).scalar_one_or_none()
    if product_id is None:
        return None
    keys = {"store": None, "guide": None, "product": product_id, "campaign": None}
    _, _, product, skus, _, asked = connection.exec_driver_sql(_BRAND, keys).one()
    variants = tuple(msgspec.convert(skus or [], list[Sku]))
    return Facts("", Subject.PRODUCT, product=_maybe(product, Product), skus=variants, asked=_asked(asked))


def read_coupon(connection: Connection, slip: Slip) -> Coupon | None:
    """The coupon that a slip names, if its client still has it, in whichever store and under whichever record."""
    writer = FeedWriter(connection, 0)
    coupon = find_now(writer, (store_scope(slip.store_id), "coupon", slip.coupon_id))
    client = find_now(writer, (store_scope(slip.store_id), "client", slip.client_id))
    if coupon is None or client is None:
        return None
    keys = {"store": scope_store_id(coupon[0]), "coupon": coupon[2], "client": client[2]}
    return _maybe(connection.exec_driver_sql(_COUPON, keys).scalar_one_or_none(), Coupon)


def coupon_claimed_since(
    connection: Connection, store_id: str, phone: str, template_id: str, since: int
) -> Slip | None:
    """The slip of a coupon that a phone number took in this store at `since` (UTC ms) or later."""
    keys = {"store": store_id, "phone": phone, "template": template_id, "since": since}
    found = connection.exec_driver_sql(_JUST_CLAIMED, keys).one_or_none()
    return Slip(store_id, found.client_id, found.id) if found else None


def phone_of(connection: Connection, slip: Slip) -> str:
    """The phone number of a slip's client; empty if she is gone."""
    found: str | None = connection.exec_driver_sql(
        _PHONE, {"store": slip.store_id, "client": slip.client_id}
    ).scalar_one_or_none()
    return found or ""


def read_photo(connection: Connection, sha256: str) -> Photo | None:
    """A picture that a product shows."""
    found = connection.exec_driver_sql(_PHOTO, {"sha256": sha256}).one_or_none()
    return Photo(found.media_type, bytes(found.bytes)) if found else None


def _look(connection: Connection, opened: OpenedLink) -> tuple[str, tuple[Product, ...], int]:
    """Name and products of a link's look, and how many of them are gone.

    Nothing for other links, and while the look has not arrived.
    """
    if opened.look_id is None:
        return "", (), 0
    found = connection.exec_driver_sql(_LOOK, {"store": opened.store_id, "look": opened.look_id}).one_or_none()
    if found is None:
        return "", (), 0
    parts = msgspec.convert(found.parts or [], list[Product])
    shown = tuple(part for part in parts if is_sold(part) and goes_into_chats(part))
    return found.name, shown, found.wanted - len(shown)


def _store_names(connection: Connection, neighbours: Mapping[str, tuple[NearbyFigure, ...]]) -> Mapping[str, str]:
    ids = sorted({figure.store_id for figures in neighbours.values() for figure in figures})
    if not ids:
        return MappingProxyType({})
    found = connection.exec_driver_sql(_STORE_NAMES, {"ids": ids})
    return MappingProxyType({row.id: row.name for row in found})


def _asked(rows: list[list[int]] | None) -> tuple[Asked, ...]:
    return tuple(Asked(*row) for row in rows or ())


def _maybe(value: Any, kind: type[T]) -> T | None:
    return None if value is None else msgspec.convert(value, kind)
