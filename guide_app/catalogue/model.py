"""Products and stock as a guide reads them. No stock figure without the moment at which it was true."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.phrase import Phrase
from guide_app.protocol.channel_price import chat_price


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the product list. `available` is this store's sum over variants, None if never reported.

    What guides keep for somebody is taken off it. `private`: it may be offered to clients one by one (私域), outside
    the shop, and costs `chat_price_fen` there.
    """

    id: str
    no: int
    spu: str
    name: str
    category: str
    image: str
    price_fen: int
    tag_price_fen: int
    status: str
    sensitive: bool
    available: int | None
    as_of: int
    private: bool = True
    private_price_fen: int = 0

    @property
    def chat_price_fen(self) -> int:
        """What it costs whoever comes by a guide's link."""
        return chat_price(self.price_fen, self.private_price_fen)


@dataclass(frozen=True, slots=True)
class StockFigure:
    """Stock of one variant in one store, true at `as_of` (UTC ms). `own` is this PC's store. None: not reported."""

    store_id: str
    store_name: str
    own: bool
    available: int
    on_hand: int | None
    reserved: int | None
    in_transit: int | None
    as_of: int


@dataclass(frozen=True, slots=True)
class SkuStock:
    """A variant with its figures, own store first.

    Of this store: `sold` pieces in the last four weeks, `held` ones that are kept for somebody, and how likely one of
    those that may be sold is still there (`chance`, None where too little is known).
    """

    sku_id: str
    code: str
    gtin: str
    colour: str
    size: str
    price_fen: int
    figures: tuple[StockFigure, ...]
    sold: int = 0
    held: int = 0
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product, whole."""

    row: ProductRow
    points: tuple[str, ...]
    material: str
    care: str
    season: str
    skus: tuple[SkuStock, ...]
    faq: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A product that goes with another: on `times` of the `of` receipts that held the other in a year, it stood too."""

    row: ProductRow
    times: int
    of: int


def not_shareable(row: ProductRow) -> Phrase | None:
    """Why a product must not be shared: no longer sold, private to whoever buys it, or not for this channel."""
    if row.status != "on_sale":
        return Phrase("「{name}」已停售, 不能分享。", {"name": row.name})
    if row.sensitive:
        return Phrase("「{name}」属于敏感商品, 不能分享。", {"name": row.name})
    if not row.private:
        return Phrase("「{name}」不在私域渠道销售, 不能分享。", {"name": row.name})
    return None
