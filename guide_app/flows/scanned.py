"""What a scanned or typed text means to this desk: a coupon, goods, a client, a receipt, a link, or nothing known."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.gs1 import Goods, parse_goods, split_symbology
from guide_app.base.gtin import spellings
from guide_app.clients.model import ClientRow
from guide_app.clients.queries import ClientQueries
from guide_app.coupons.external import batches_of
from guide_app.flows.her_size import HerSize, her_size
from guide_app.flows.note_sale import Variant, find_variants
from guide_app.protocol import link
from guide_app.protocol.coupon_code import ALPHABET, LENGTH, normalise_code
from guide_app.protocol.coupon_text import coupon_in
from guide_app.store.database import Database

Kind = Literal[
    "coupon", "external", "article", "articles", "product", "client", "clients", "receipt", "link", "card", "nothing"
]

_SHARED = re.compile(rf"{link.PATH}([A-Za-z0-9_-]{{{link.CODE_LENGTH}}})(?:[?#].*)?$")
#: Addresses that stand in the personal codes of WeChat and WeCom: a person, but not which one of ours.
_CARDS = ("u.wechat.com/", "work.weixin.qq.com/", "wework.qpic.cn/", "weixin.qq.com/r/", "wxp://")
_MOST = 20
#: Fields in which much else is spoken of than the client herself.
_TOLD = frozenset({"tag", "note", "remark", "preference"})
_ARTICLE = """SELECT k.id, k.product_id, coalesce(p.name, ''), k.colour, k.size,
        coalesce(nullif(k.price_fen, 0), p.price_fen, 0), k.code
    FROM sku k LEFT JOIN product p ON p.id = k.product_id"""
_BY_GTIN = f"{_ARTICLE} WHERE k.gtin IN (SELECT value FROM json_each(?)) LIMIT 1"
_BY_CODE = f"{_ARTICLE} WHERE k.code = ? COLLATE NOCASE LIMIT 1"
_PRODUCT = "SELECT id FROM product WHERE spu = ? COLLATE NOCASE OR id = ?"
_WHOLE = "SELECT '', id, name, '', '', price_fen, spu FROM product WHERE id = ?"
#: All variants of what bears exactly this name; a product without any is sold as it is.
_BY_NAME = """SELECT coalesce(k.id, ''), p.id, p.name, coalesce(k.colour, ''), coalesce(k.size, ''),
        coalesce(nullif(k.price_fen, 0), p.price_fen, 0), coalesce(k.code, p.spu)
    FROM product p LEFT JOIN sku k ON k.product_id = p.id WHERE p.name = ? COLLATE NOCASE
    ORDER BY p.spu, k.colour, k.size LIMIT ?"""
_BY_NUMBER = "SELECT id FROM product WHERE no = ?"
_RECEIPT = "SELECT 1 FROM redemption WHERE order_no = ?1 UNION ALL SELECT 1 FROM purchase WHERE order_no = ?1 LIMIT 1"


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means. `text` is its stored form; `fault` says why it is misread where that is known.

    `meant` says that it is a product's whole name: its variants are meant rather than clients who were found, too.
    """

    kind: Kind
    text: str
    variants: tuple[Variant, ...] = ()
    product_id: str = ""
    clients: tuple[ClientRow, ...] = ()
    goods: Goods | None = None
    fault: GuideError | None = None
    meant: bool = False

    @property
    def choices(self) -> tuple[ClientRow | Variant, ...]:
        """What there is to choose from, the likeliest first: who bears the name, goods, of whom it is only told."""
        if self.meant:
            return (*self.variants, *self.clients)
        told = tuple(client for client in self.clients if _is_told(client))
        return (*(client for client in self.clients if client not in told), *self.variants, *told)


def find(db: Database, clients: ClientQueries, text: str, *, typed: bool = False) -> Found:
    """What `text` means. A `typed` one may also be a part of a name; a scanned one is meant exactly."""
    text = unicodedata.normalize("NFKC", text)  # an input method in full-width mode widens what is typed or copied
    plain = split_symbology(text.strip())[1]
    coupon = coupon_in(plain)
    if coupon:
        return Found("coupon", coupon)
    code = normalise_code(plain)
    goods, fault = _goods(text)
    exact = db.query(lambda conn: _exact(conn, plain, goods))
    if exact is not None:
        return _variants_of(db, exact) if typed and exact.kind == "product" else exact
    if any(part in plain for part in _CARDS):
        return Found("card", plain)
    people: tuple[ClientRow, ...] = ()
    if "://" not in plain:
        people = tuple(clients.search(plain, _MOST if typed else 2))
        found = _typed(db, plain, people) if typed else None
        if found is not None:
            return found
        if len(people) == 1:
            return Found("client", plain, clients=people)
    if fault is None and len(code) == LENGTH and all(c in ALPHABET for c in code):
        fault = InvalidInputError(
            "coupon.mistyped", "「{plain}」不是券码, 有字符打错了。", "请重新扫码或核对 14 位券码。", plain=plain
        )
    theirs = not people and bool(db.query(lambda conn: batches_of(conn, plain)))
    return Found("external", plain) if theirs else Found("nothing", plain, goods=goods, fault=fault)


def _typed(db: Database, text: str, people: tuple[ClientRow, ...]) -> Found | None:
    """What typed words mean beside the clients who were found; None if one client alone is meant, or nothing known."""
    name = " ".join(text.split())
    whole = tuple(Variant(*row) for row in db.query(lambda c: c.exec_driver_sql(_BY_NAME, (name, _MOST)).all()))
    if whole:
        kind: Kind = "articles" if people or len(whole) > 1 else "article"
        return Found(kind, text, whole, whole[0].product_id or "", clients=people, meant=True)
    if len(people) == 1 and not _is_told(people[0]):
        return None
    named = find_variants(db, text, _MOST)
    if not named and len(people) <= 1:
        return None
    return Found("clients" if people else "articles", text, named, clients=people)


def _is_told(client: ClientRow) -> bool:
    """Whether the words stand only in what is told of her, not in what she is known by."""
    return client.match is not None and client.match.field in _TOLD


def _variants_of(db: Database, product: Found) -> Found:
    """A style code typed at the counter means one of its variants; a product without any is sold as it is."""
    variants = find_variants(db, product.text, _MOST)
    if not variants:
        row = db.query(lambda conn: conn.exec_driver_sql(_WHOLE, (product.product_id,)).one())
        variants = (Variant(*row),)
    kind: Kind = "article" if len(variants) == 1 else "articles"
    return Found(kind, product.text, variants, product.product_id)


def _goods(text: str) -> tuple[Goods | None, GuideError | None]:
    try:
        return parse_goods(text), None
    except InvalidInputError as fault:
        return None, fault


def _exact(conn: Connection, text: str, goods: Goods | None) -> Found | None:
    """What stands in the book under exactly this text."""
    if goods is not None:
        row = conn.exec_driver_sql(_BY_GTIN, (json.dumps(spellings(goods.gtin)),)).first()
        if row is not None:
            return Found("article", text, (Variant(*row),), row[1] or "", goods=goods)
    shared = _SHARED.search(text)
    if shared is not None:
        return _shared(conn, shared.group(1))
    row = conn.exec_driver_sql(_BY_CODE, (text,)).first()
    if row is not None:
        return Found("article", text, (Variant(*row),), row[1] or "")
    product = conn.exec_driver_sql(_PRODUCT, (text, text)).scalar()
    if product is not None:
        return Found("product", text, product_id=product)
    return Found("receipt", text) if conn.exec_driver_sql(_RECEIPT, (text,)).scalar() else None


def _shared(conn: Connection, code: str) -> Found | None:
    """Where a link of ours leads: to its product, if it is about one."""
    try:
        said = link.read(code)
    except link.BadLinkError:
        return None
    if said.subject is not link.Subject.PRODUCT:
        return Found("link", code)
    product = conn.exec_driver_sql(_BY_NUMBER, (said.subject_no,)).scalar()
    return Found("link", code, product_id=product or "")


class Scans:
    """Says what was scanned."""

    def __init__(self, db: Database, clients: ClientQueries, clock: Clock) -> None:
        self._db = db
        self._clients = clients
        self._clock = clock

    def find(self, text: str, *, typed: bool = False) -> Found:
        """What `text` means; see `find`."""
        return find(self._db, self._clients, text, typed=typed)

    def her_size(self, client_id: str, product_id: str) -> HerSize | None:
        """Her size of a product and how many there are; None where no size of hers is known or it has no sizes."""
        now = self._clock.now_ms()
        return self._db.query(lambda conn: her_size(conn, client_id, product_id, now))
