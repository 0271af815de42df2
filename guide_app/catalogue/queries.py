"""Reads of the catalogue and of stock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, RowMapping

from guide_app.base.errors import NotFoundError
from guide_app.catalogue.model import ProductCard, ProductRow, SkuStock, StockFigure
from guide_app.store.database import Database
from guide_app.store.pinyin import initials, readings

_ROW = """
    WITH own AS (SELECT * FROM stock WHERE store_id = (SELECT store_id FROM device))
    SELECT p.id, p.no, p.spu, p.name, p.category, p.image, p.price_fen, p.tag_price_fen, p.status, p.sensitive,
        (SELECT sum(s.available) FROM sku k JOIN own s ON s.id = k.id WHERE k.product_id = p.id) AS available,
        coalesce((SELECT min(s.as_of) FROM sku k JOIN own s ON s.id = k.id WHERE k.product_id = p.id), 0) AS as_of
    FROM product p"""

# The whole list at once: one pass over the stock instead of two look-ups a product.
_ROWS = """
    SELECT p.id, p.no, p.spu, p.name, p.category, p.image, p.price_fen, p.tag_price_fen, p.status, p.sensitive,
        a.available, coalesce(a.as_of, 0) AS as_of
    FROM product p LEFT JOIN (
        SELECT k.product_id, sum(s.available) AS available, min(s.as_of) AS as_of
        FROM stock s JOIN sku k ON k.id = s.id WHERE s.store_id = (SELECT store_id FROM device)
        GROUP BY k.product_id) a ON a.product_id = p.id
    ORDER BY p.status, p.no"""


class CatalogueQueries:
    """Answers questions about products. `store_id` is this PC's store."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def products(self, text: str = "", limit: int = 200) -> tuple[ProductRow, ...]:
        """Products whose name, code, variant code, barcode, colour, category or pinyin holds every word of `text`."""

        def read(conn: Connection) -> tuple[ProductRow, ...]:
            rows = [_row(r) for r in conn.exec_driver_sql(_ROWS).mappings()]
            words = text.lower().split()
            if not words:
                return tuple(rows[:limit])
            by_variant = [_by_variant(conn, word) for word in words]
            found = [
                r for r in rows if all(r.id in ids or _mentions(r, w) for w, ids in zip(words, by_variant, strict=True))
            ]
            return tuple(found[:limit])

        return self._db.query(read)

    def card(self, product_id: str, store_id: str) -> ProductCard:
        """A product with its variants and their stock here and nearby. Raises NotFoundError."""

        def read(conn: Connection) -> ProductCard:
            row = conn.exec_driver_sql(f"{_ROW} WHERE p.id = ?", (product_id,)).mappings().one_or_none()
            if row is None:
                raise NotFoundError("product.unknown", "没有这件商品。", "按货号、名称或条码查找。")
            more = conn.exec_driver_sql(
                "SELECT points, material, care, season FROM product WHERE id = ?", (product_id,)
            ).one()
            points = json.loads(more.points) if isinstance(more.points, str) else more.points
            return ProductCard(
                _row(row), tuple(points), more.material, more.care, more.season, _skus(conn, product_id, store_id)
            )

        return self._db.query(read)

    def find(self, code: str) -> ProductRow:
        """The product with this style code, variant code, barcode or id. Raises NotFoundError."""

        def read(conn: Connection) -> ProductRow | None:
            where = (
                " WHERE p.spu = :c OR p.id = :c OR p.id IN (SELECT product_id FROM sku WHERE code = :c OR gtin = :c)"
            )
            row = conn.exec_driver_sql(_ROW + where, {"c": code.strip()}).mappings().first()
            return _row(row) if row else None

        found = self._db.query(read)
        if found is None:
            raise NotFoundError("product.unknown", f"没有货号或条码为「{code}」的商品。", "按名称查找, 或先同步。")
        return found

    def images(self) -> Sequence[str]:
        """The SHA-256 of every product picture, in list order."""
        statement = "SELECT image FROM product WHERE image <> '' ORDER BY status, no"
        return self._db.query(lambda conn: [row[0] for row in conn.exec_driver_sql(statement)])


def _by_variant(conn: Connection, word: str) -> frozenset[str]:
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT product_id FROM sku WHERE gtin = ? OR code LIKE ? ESCAPE '!' OR colour LIKE ? ESCAPE '!'",
        (word, _like(word, start=True), _like(word)),
    )
    return frozenset(row[0] for row in rows)


def _like(word: str, *, start: bool = False) -> str:
    plain = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"{'' if start else '%'}{plain}%"


def _mentions(row: ProductRow, word: str) -> bool:
    if word in row.name.lower() or word in row.spu.lower() or word in row.category.lower():
        return True
    if not word.isascii() or not word.isalpha():
        return False
    return any(word in sound for sound in _sounds(row.name))


@lru_cache(maxsize=16384)
def _sounds(name: str) -> tuple[str, ...]:
    """The initials and the full pinyin of a name, in each of its readings; kept, because every key press asks."""
    return tuple(sound for reading in readings(name) for sound in (initials(reading), "".join(reading)))


def _row(r: RowMapping) -> ProductRow:
    return ProductRow(**{**r, "sensitive": bool(r["sensitive"])})


def _skus(conn: Connection, product_id: str, store_id: str) -> tuple[SkuStock, ...]:
    names: dict[str, str] = {row.id: row.name for row in conn.exec_driver_sql("SELECT id, name FROM store")}
    rows = conn.exec_driver_sql(
        """SELECT k.id, k.code, k.gtin, k.colour, k.size, k.price_fen, s.available, s.on_hand, s.reserved, s.in_transit,
               s.as_of, n.stores
           FROM sku k LEFT JOIN stock s ON s.id = k.id AND s.store_id = :store
           LEFT JOIN stock_nearby n ON n.id = k.id AND n.store_id = :store
           WHERE k.product_id = :product ORDER BY k.rank, k.colour, k.size""",
        {"store": store_id, "product": product_id},
    )
    skus: list[SkuStock] = []
    for r in rows:
        figures: list[StockFigure] = []
        if r.as_of is not None:
            figures.append(
                StockFigure(
                    store_id, names.get(store_id, ""), True, r.available, r.on_hand, r.reserved, r.in_transit, r.as_of
                )
            )
        nearby = json.loads(r.stores) if isinstance(r.stores, str) else r.stores or ()
        figures += [StockFigure(s, names.get(s, ""), False, n, None, None, None, at) for s, n, at in nearby]
        skus.append(SkuStock(r.id, r.code, r.gtin, r.colour, r.size, r.price_fen, tuple(figures)))
    return tuple(skus)
