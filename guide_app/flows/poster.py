"""What a product's poster says: joins catalogue, coupon, guide and link. Pure."""

from __future__ import annotations

from guide_app.base.clock import china_date
from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductCard
from guide_app.protocol.coupon_terms import discount
from guide_app.sharing.content import Photo, PosterContent
from guide_app.sharing.queries import CouponOffer, Sender

_POINTS = 3


def poster_content(
    card: ProductCard, offer: CouponOffer | None, sender: Sender, url: str, photo: Photo | None
) -> PosterContent:
    """The words and prices of a poster.

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
        price_note="价格与库存以扫码页面为准",
        coupon=f"扫码领 {offer.name}" if offer else "",
        guide=sender.guide,
        guide_card=" · ".join(filter(None, (sender.store, sender.store_phone))),
        recommend="为你推荐",
        valid_until=f"券有效期至 {china_date(offer.valid_until):%Y-%m-%d}" if offer and offer.valid_until else "",
        footer="图片为商品示意, 以实物为准",
        photo=photo,
    )


def offer_text(offer: CouponOffer) -> str:
    """`满 ¥400 减 ¥80`, `9 折, 最多减 ¥100`, `立减 ¥30`: an offer in one line."""
    if offer.kind == "percent_off":
        tenths = (100 - offer.percent_off) / 10
        capped = f", 最多减 {yuan(offer.max_discount_fen)}" if offer.max_discount_fen else ""
        return f"{tenths:g} 折{capped}"
    if offer.min_spend_fen:
        return f"满 {yuan(offer.min_spend_fen)} 减 {yuan(offer.discount_fen)}"
    return f"立减 {yuan(offer.discount_fen)}"
