"""What one poster says. Only words and numbers; the look is the template's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin
from guide_app.protocol.poster_layers import About
from guide_app.sharing.typeset import clean, clusters

#: What a poster may be about is known at head office, too, and stands in the protocol.
__all__ = ["POINT_SEPARATOR", "About", "LookItem", "Photo", "PosterContent"]

POINT_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Photo:
    """A product photo: the bytes of a JPEG, PNG or WebP file, or its path.

    `key` names the picture's content (for caches); `cutout` is true where the background is transparent, `pale`
    where its upper left, on which templates put the brand, is light all over. The painting side, which can decode
    pictures, makes these.
    """

    source: bytes | Path
    key: str
    cutout: bool = False
    pale: bool = False


@dataclass(frozen=True, slots=True)
class LookItem:
    """One thing of a look (搭配) as a poster shows it: name, price in integer fen, photo."""

    name: str
    price_fen: int
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class PosterContent:
    """The words, prices (integer fen) and the address of one poster. Empty texts and None are left out of it.

    `tag_price_fen` is struck through; hand in only a price that is really asked, as art. 21 of 规范促销行为暂行规定
    has it (order 32 of 2020). `price_label` stands before the price (`券后`), `tag_label` before the struck price
    (`门店价`). `guide_card` is the line under the guide's name (store, telephone). `footer` is the legal line. `url` is
    empty only on labels without a link. `items` are the 2 to 6 things of a look, in their order.
    `gtin` (8 to 14 digits) is of one variant, called `variant`, which a label names for the till.
    """

    brand: str
    product: str
    url: str
    price_fen: int | None = None
    tag_price_fen: int | None = None
    price_label: str = ""
    tag_label: str = ""
    selling_points: tuple[str, ...] = ()
    article: str = ""
    price_note: str = ""
    coupon: str = ""
    guide: str = ""
    guide_card: str = ""
    recommend: str = ""
    valid_until: str = ""
    footer: str = ""
    photo: Photo | None = None
    items: tuple[LookItem, ...] = ()
    about: About = "product"
    gtin: str = ""
    variant: str = ""

    def __post_init__(self) -> None:
        if self.gtin:
            parse_gtin(self.gtin)
        for name in ("brand", "product"):
            if not clean(getattr(self, name)):
                raise InvalidInputError("poster.content", "海报缺少 {name}。", "请补全后重试。", name=name)
        if self.price_fen is not None and self.price_fen < 0:
            raise InvalidInputError("poster.content", "海报的价格不能是负数。", "请检查商品价格。")

    def struck_fen(self) -> int | None:
        """The price to strike through: only one that is higher than the price beside it."""
        if self.price_fen is None or self.tag_price_fen is None or self.tag_price_fen <= self.price_fen:
            return None
        return self.tag_price_fen

    def texts(self) -> dict[str, str]:
        """Every text by the name that templates use, cleaned for one line; empty ones too."""
        raw = {
            "brand": self.brand,
            "product": self.product,
            "subtitle": POINT_SEPARATOR.join(filter(None, map(clean, self.selling_points))),
            "article": self.article,
            "price_note": self.price_note,
            "price_label": self.price_label,
            "tag_label": self.tag_label,
            "coupon": self.coupon,
            "guide": self.guide,
            "guide_card": self.guide_card,
            "recommend": self.recommend,
            "valid_until": self.valid_until,
            "footer": self.footer,
            "variant": self.variant,
        }
        texts = {name: clean(text) for name, text in raw.items()}
        texts["guide_initial"] = clusters(texts["guide"])[0] if texts["guide"] else ""
        texts["brand_initial"] = clusters(texts["brand"])[0]
        return texts

    def facts(self) -> frozenset[str]:
        """What a template's `when` may ask: the names of the texts that are there, and what is known of the photo."""
        found = {name for name, text in self.texts().items() if text}
        if self.price_fen is not None:
            found.add("price")
        if self.photo is not None:
            found |= {"photo", "cutout" if self.photo.cutout else "opaque"}
            if self.photo.pale and not self.photo.cutout:
                found.add("pale")
        if self.items:
            found.add("items")
        if self.gtin:
            found.add("gtin")
        return frozenset(found)
