"""Reads of the catalogue and of stock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import NotFoundError
from guide_app.base.gtin import check_digit, spellings
from guide_app.base.phrase import Phrase
from guide_app.catalogue.matching import bought_together
from guide_app.catalogue.model import Match, ProductCard, ProductRow
from guide_app.catalogue.variants import skus_of
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.product_search import FOUND
from guide_app.store.product_words import match_of

_SAID = """
    SELECT p.id, p.no, p.spu, p.name, p.category, p.image, p.price_fen, p.private_price_fen, p.tag_price_fen, p.status,
        p.sensitive, a.available - coalesce(kept.pieces, 0) AS available, coalesce(a.as_of, 0) AS as_of,
        p.channels = '[]' OR EXISTS (SELECT 1 FROM json_each(p.channels) WHERE value = 'private') AS private"""
# What is kept of each variant here, no more than there is of it: a handful of rows, counted once for all products.
_KEPT = """
    SELECT k.product_id, k.id AS sku_id, min(sum(r.qty), max(0, coalesce(s.available, 0))) AS pieces
    FROM stock_request r CROSS JOIN sku k ON k.id = r.sku_id
        LEFT JOIN stock s ON s.id = k.id AND s.store_id = r.store_id
    WHERE r.store_id = (SELECT store_id FROM device) AND r.from_store = r.store_id AND r.state = 'accepted'
        AND r.until > :now
    GROUP BY k.id"""
_STOCK = f"""
    LEFT JOIN product_stock a ON a.product_id = p.id AND a.store_id = (SELECT store_id FROM device)
    LEFT JOIN (SELECT product_id, sum(pieces) AS pieces FROM ({_KEPT}) GROUP BY product_id) kept
        ON kept.product_id = p.id"""
_ROW = f"{_SAID} FROM product p {_STOCK}"
_THESE = f"{_ROW} WHERE p.id IN (SELECT value FROM json_each(:ids))"
_ALL = f"{_ROW} ORDER BY p.status, p.no LIMIT :limit"
# The index first, for every key press: left to itself, SQLite may ask it anew for every product.
_FOUND = f"""{_SAID}
    FROM ({FOUND}) found CROSS JOIN product p ON p.id = found.product_id {_STOCK}
    ORDER BY p.status, substr(lower(p.spu), 1, length(:text)) <> :text
        AND substr(lower(p.name), 1, length(:text)) <> :text, p.no
    LIMIT :limit"""
_NAMED = """
    SELECT id FROM product WHERE id = :c UNION ALL SELECT id FROM product WHERE spu = :c
    UNION ALL SELECT product_id FROM sku WHERE code = :c
    UNION ALL SELECT product_id FROM sku WHERE gtin IN (SELECT value FROM json_each(:g))"""
#: What could be shown instead: on sale, of the same category, at two thirds to three halves of the price, and here in
#: the size that is asked for; the same colour first, then the nearest price.
_INSTEAD = f"""{_SAID}
    FROM product me CROSS JOIN product p {_STOCK} LEFT JOIN sku asked ON asked.id = :sku
    WHERE me.id = :product AND p.id <> me.id AND p.category = me.category AND p.status = 'on_sale'
        AND p.price_fen * 3 BETWEEN me.price_fen * 2 AND me.price_fen * 4.5
        AND EXISTS (SELECT 1 FROM sku k JOIN stock s ON s.id = k.id AND s.store_id = :store
            WHERE k.product_id = p.id AND (asked.size IS NULL OR k.size = asked.size)
            AND s.available > coalesce((SELECT pieces FROM ({_KEPT}) WHERE sku_id = k.id), 0))
    ORDER BY EXISTS (SELECT 1 FROM sku k JOIN stock s ON s.id = k.id AND s.store_id = :store WHERE k.product_id = p.id
        AND s.available > 0 AND k.colour = asked.colour AND k.size = asked.size) DESC,
        abs(p.price_fen - me.price_fen), p.no
    LIMIT :limit"""
_GTIN = (8, 12, 13, 14)


class CatalogueQueries:
    """Answers questions about products. `store_id` is this PC's store."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def products(self, text: str = "", limit: int = 200) -> tuple[ProductRow, ...]:
        """Products that have every word of `text`; what is on sale first, then those whose name or code begins so.

        A word may be of the name, the category or a colour, pinyin or initials of the name, a code, a barcode (also
        only its beginning), or a size.
        """
        now = self._clock.now_ms()

        def read(conn: Connection) -> tuple[ProductRow, ...]:
            if not text.strip():
                return tuple(map(_row, conn.exec_driver_sql(_ALL, {"limit": limit, "now": now})))
            match = match_of(text)
            if match is None:
                return ()
            asked = {"match": match, "text": text.strip().lower(), "limit": limit, "now": now}
            return tuple(map(_row, conn.exec_driver_sql(_FOUND, asked)))

        return self._db.query(read)

    def card(self, product_id: str, store_id: str) -> ProductCard:
        """A product with its variants and their stock here and nearby. Raises NotFoundError."""
        now = self._clock.now_ms()

        def read(conn: Connection) -> ProductCard:
            asked = {"product": product_id, "now": now}
            row = conn.exec_driver_sql(f"{_ROW} WHERE p.id = :product", asked).one_or_none()
            if row is None:
                raise NotFoundError("product.unknown", "没有这件商品。", "按货号、名称或条码查找。")
            more = conn.exec_driver_sql(
                "SELECT points, material, care, season, faq, forbidden FROM product WHERE id = ?", (product_id,)
            ).one()
            return ProductCard(
                _row(row), tuple(_json(more.points)), more.material, more.care, more.season,
                skus_of(conn, product_id, store_id, now),
                tuple((one.get("question", ""), one.get("answer", "")) for one in _json(more.faq)),
                tuple(_json(more.forbidden)),
            )  # fmt: skip

        return self._db.query(read)

    def find(self, code: str) -> ProductRow:
        """The product with this style code, variant code, barcode or id; barcodes with leading noughts or without.

        Raises NotFoundError, which says so where the check digit shows that a barcode was misread.
        """
        wanted = code.strip()
        asked = {"c": wanted, "g": json_list([wanted, *_barcodes(wanted)]), "now": self._clock.now_ms()}

        def read(conn: Connection) -> ProductRow | None:
            row = conn.exec_driver_sql(f"{_ROW} WHERE p.id = ({_NAMED} LIMIT 1)", asked).first()
            return _row(row) if row else None

        found = self._db.query(read)
        if found is None:
            raise NotFoundError("product.unknown", "没有货号或条码为「{code}」的商品。", _why_not(wanted), code=code)
        return found

    def substitutes(self, product_id: str, sku_id: str, store_id: str, limit: int = 4) -> tuple[ProductRow, ...]:
        """What to show instead of a variant that is not here: same category and size, a price like it, in stock."""
        asked = {
            "product": product_id, "sku": sku_id, "store": store_id, "limit": limit, "now": self._clock.now_ms(),
        }  # fmt: skip
        return self._db.query(lambda conn: tuple(map(_row, conn.exec_driver_sql(_INSTEAD, asked))))

    def matches(self, product_id: str, store_id: str, limit: int = 3) -> tuple[Match, ...]:
        """What goes with a product by the store's own receipts and is here, the most often bought with it first."""
        now = self._clock.now_ms()

        def read(conn: Connection) -> tuple[Match, ...]:
            pairs = bought_together(conn, product_id, store_id, now)
            asked = {"ids": json_list([one.product_id for one in pairs]), "now": now}
            rows = {row.id: row for row in map(_row, conn.exec_driver_sql(_THESE, asked))}
            here = (one for one in pairs if (rows[one.product_id].available or 0) > 0)
            return tuple(Match(rows[one.product_id], one.times, one.of) for one in here)[:limit]

        return self._db.query(read)

    def images(self) -> Sequence[str]:
        """The SHA-256 of every product picture, in list order."""
        statement = "SELECT image FROM product WHERE image <> '' ORDER BY status, no"
        return self._db.query(lambda conn: [row[0] for row in conn.exec_driver_sql(statement)])


def _barcodes(text: str) -> tuple[str, ...]:
    """The same number as GTINs of other lengths; none for what is no number."""
    is_number = text.isascii() and text.isdigit() and len(text) <= max(_GTIN) and bool(text.strip("0"))
    return spellings(text) if is_number else ()


def _why_not(code: str) -> Phrase:
    """What to do where nothing has this code: a wrong check digit says that it was misread."""
    if code.isascii() and code.isdigit() and len(code) in _GTIN and check_digit(code[:-1]) != int(code[-1]):
        return Phrase("条码的校验位不对, 请再扫一次或核对数字。")
    return Phrase("按名称查找, 或先同步。")


def _row(said: Sequence[Any]) -> ProductRow:
    """A product by the columns of `_SAID`, by place: a key press may bring thousands."""
    (
        id_, no, spu, name, category, image, price, private_price, tag_price, status, sensitive, available, as_of,
        private,
    ) = said  # fmt: skip
    return ProductRow(
        id_, no, spu, name, category, image, price, tag_price, status, bool(sensitive), available, as_of, bool(private),
        private_price,
    )  # fmt: skip


def _json(held: object) -> list[Any]:
    listed: list[Any] = json.loads(held) if isinstance(held, str) else list(held or ())  # type: ignore[call-overload]
    return listed
