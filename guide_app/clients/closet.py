"""Her closet: what she kept of what she bought for herself, each with the picture of its product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.clients.sizes import Line
from guide_app.store.codec import json_list

_PICTURES = """SELECT s.id, p.id, p.image, p.spu FROM sku s JOIN product p ON p.id = s.product_id
    WHERE s.id IN (SELECT value FROM json_each(?))"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in her closet. `image` is a picture's SHA-256, empty if there is none; `at` UTC ms of the purchase."""

    line_id: str
    title: str
    colour: str
    size: str
    qty: int
    at: int
    category: str = ""
    product_id: str | None = None
    image: str = ""
    spu: str = ""

    def matches(self, text: str) -> bool:
        """Whether every word of `text` is in what is written of the piece."""
        said = f"{self.title} {self.colour} {self.size} {self.category} {self.spu}".casefold()
        return all(word in said for word in text.casefold().split())


@dataclass(frozen=True, slots=True)
class Product:
    """What a piece takes from its product."""

    id: str
    image: str
    spu: str


_UNKNOWN = Product("", "", "")


def closet(kept: Sequence[Line], products: Mapping[str, Product]) -> tuple[Piece, ...]:
    """The pieces of what she `kept` that were not for somebody else, in that order. `products` by variant."""
    return tuple(_piece(line, products.get(line.sku_id or "", _UNKNOWN)) for line in kept if not line.for_whom)


def _piece(line: Line, product: Product) -> Piece:
    return Piece(
        line.id, line.title, line.colour, line.size, line.qty, line.at, line.category, product.id or None,
        product.image, product.spu,
    )  # fmt: skip


def products_of(conn: Connection, lines: Sequence[Line]) -> dict[str, Product]:
    """The products behind `lines`, by variant."""
    variants = json_list({line.sku_id for line in lines if line.sku_id})
    rows = conn.exec_driver_sql(_PICTURES, (variants,))
    return {sku: Product(product, image or "", spu) for sku, product, image, spu in rows}
