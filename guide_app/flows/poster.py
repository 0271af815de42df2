"""What a product's poster says: joins catalogue, coupon, guide and link. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductCard
from guide_app.protocol.coupon_terms import discount
from guide_app.sharing.content import LookItem, Photo, PosterContent
from guide_app.sharing.looks import LookCard
from guide_app.sharing.queries import CouponOffer, Sender

POSTER_DAYS = 7
"""How long the price on a poster holds unless its coupon ends before: as long as a price of the week is compared with
(规范促销行为暂行规定, order 32 of 2020, art. 21)."""

_POINTS = 3
_FOOTER = "图片为商品示意, 以实物为准"
_ASK = "价格与库存以扫码页面为准"


def price_until(offer: CouponOffer | None, now_ms: int) -> int:
    """The last moment (UTC ms) of the day until which a poster made now says that its price holds."""
    last = day_start_ms(china_date(now_ms)) + (POSTER_DAYS + 1) * DAY_MS - 1
    return min(last, offer.valid_until) if offer and offer.valid_until else last


def poster_content(
    card: ProductCard, offer: CouponOffer | None, sender: Sender, url: str, photo: Photo | None, until: int = 0
) -> PosterContent:
    """The words and prices of a poster; `until` (UTC ms, 0: not said) is how long its price holds.

    A price is struck through only where the coupon lowers the price now asked in the store (规范促销行为暂行规定,
    order 32 of 2020, art. 21: the base of a reduction must be a price really taken); the tag price never is.
    """
    price = card.row.price_fen
    off = discount(offer, price) if offer else 0
    return PosterContent(
        brand=sender.brand,
        product=card.row.name,
        url=url,
        price_fen=price - off,
        tag_price_fen=price if off else None,
        price_label="券后" if off else "",
        tag_label="门店价" if off else "",
        selling_points=card.points[:_POINTS],
        article=card.row.spu,
        price_note=_price_note(until),
        coupon=f"扫码领 {offer.name}" if offer else "",
        guide=sender.guide,
        guide_card=_line(sender),
        recommend="为你推荐",
        valid_until=_coupon_until(offer),
        footer=_FOOTER,
        photo=photo,
    )


def look_content(
    look: LookCard,
    offer: CouponOffer | None,
    sender: Sender,
    url: str,
    photos: Mapping[str, Photo | None],
    until: int = 0,
) -> PosterContent:
    """The words and prices of a look's poster; `photos` by product id. Its price is that of all parts together.

    A coupon is named but not taken off: whether it covers the whole is seen when it is redeemed.
    """
    return PosterContent(
        brand=sender.brand,
        product=look.name,
        url=url,
        price_fen=look.price_fen,
        price_label=f"{len(look.parts)} 件合计",
        selling_points=("一身穿走", "也可单件购买"),
        price_note=_price_note(until),
        coupon=f"扫码领 {offer.name}" if offer else "",
        guide=sender.guide,
        guide_card=_line(sender),
        recommend="为你搭配",
        valid_until=_coupon_until(offer),
        footer=_FOOTER,
        items=tuple(LookItem(part.name, part.price_fen, photos.get(part.product_id)) for part in look.parts),
        about="look",
    )


def card_content(offer: CouponOffer | None, sender: Sender, url: str) -> PosterContent:
    """The words of the guide's own card, and of the invitation to her group."""
    return PosterContent(
        brand=sender.brand,
        product=f"{sender.store} · 老友群",
        url=url,
        selling_points=("新款先看", "尺码帮你留", "到店不用等"),
        coupon=f"扫码领 {offer.name}" if offer else "",
        guide=sender.guide,
        guide_card=_line(sender),
        recommend="你的专属导购",
        valid_until=_coupon_until(offer),
        footer="消息可随时退订, 告诉导购即可",
        about="card",
    )


def _line(sender: Sender) -> str:
    return " · ".join(filter(None, (sender.store, sender.store_phone)))


def _price_note(until: int) -> str:
    return f"海报价至 {china_date(until):%Y-%m-%d}, 以扫码页面为准" if until else _ASK


def _coupon_until(offer: CouponOffer | None) -> str:
    return f"券有效期至 {china_date(offer.valid_until):%Y-%m-%d}" if offer and offer.valid_until else ""


def offer_text(offer: CouponOffer) -> str:
    """`满 ¥400 减 ¥80`, `9 折, 最多减 ¥100`, `立减 ¥30`: an offer in one line."""
    if offer.kind == "percent_off":
        tenths = (100 - offer.percent_off) / 10
        capped = f", 最多减 {yuan(offer.max_discount_fen)}" if offer.max_discount_fen else ""
        return f"{tenths:g} 折{capped}"
    if offer.min_spend_fen:
        return f"满 {yuan(offer.min_spend_fen)} 减 {yuan(offer.discount_fen)}"
    return f"立减 {yuan(offer.discount_fen)}"
