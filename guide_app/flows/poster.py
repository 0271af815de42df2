"""What a product's poster says: joins catalogue, coupon, guide and link. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase
from guide_app.campaigns.queries import CampaignCard
from guide_app.catalogue.model import ProductCard, SkuStock
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket, obstacles, take_off
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.sharing.barcode import till_digits
from guide_app.sharing.content import LookItem, Photo, PosterContent
from guide_app.sharing.looks import LookCard
from guide_app.sharing.queries import CouponOffer, Sender

_POINTS = 3
_DAY_MINUTES = 24 * 60
_FREE = 100
_FOOTER = "图片为商品示意, 以实物为准"
_ASK = "价格与库存以扫码页面为准"


def price_until(offer: CouponOffer | None, now_ms: int, days: int) -> int:
    """The last moment (UTC ms) of the day until which a poster made now says that its price holds, `days` from now."""
    last = day_start_ms(china_date(now_ms)) + (days + 1) * DAY_MS - 1
    return min(last, offer.valid_until) if offer and offer.valid_until else last


def poster_content(
    card: ProductCard,
    offer: CouponOffer | None,
    sender: Sender,
    url: str,
    photo: Photo | None,
    until: int = 0,
    gtin: str = "",
) -> PosterContent:
    """The words and prices of a poster; `until` (UTC ms, 0: not said) is how long its price holds.

    Labels carry the bar code of the variant with this `gtin`, else of the first one that has one, and say which it is.

    The price is that of the private channel, and said to be so. A price is struck through only where that or the
    coupon lowers the price now asked in the store (规范促销行为暂行规定, order 32 of 2020, art. 21: the base of a
    reduction must be a price really taken); the tag price never is.
    """
    price, asked = card.row.chat_price_fen, card.row.price_fen
    off = surely_off(offer, (BillLine(card.row.id, card.row.category, 1, price),))
    variant = till_variant(card, gtin)
    return PosterContent(
        brand=sender.brand,
        product=card.row.name,
        url=url,
        price_fen=price - off,
        tag_price_fen=asked if price - off < asked else None,
        price_label="券后" if off else "专享价" if price < asked else "",
        tag_label="门店价" if price - off < asked else "",
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
        gtin=variant.gtin if variant else "",
        variant=" ".join(filter(None, (variant.colour, variant.size))) if variant else "",
    )


def discreet_content(card: ProductCard, sender: Sender, gtin: str = "") -> PosterContent:
    """What a label says that tells nobody what it is for: article and bar code; no name, picture, price or link.

    Its title, which printers' queues show, says no more.
    """
    variant = till_variant(card, gtin)
    article = card.row.spu
    return PosterContent(sender.brand, article, "", article=article, gtin=variant.gtin if variant else "")


def till_variant(card: ProductCard, gtin: str = "") -> SkuStock | None:
    """The variant whose bar code a label carries: that with this `gtin`, else the first that a till can scan."""
    known = [sku for sku in card.skus if till_digits(sku.gtin)]
    return next((sku for sku in known if sku.gtin == gtin), known[0] if known else None)


def look_content(
    look: LookCard,
    offer: CouponOffer | None,
    sender: Sender,
    url: str,
    photos: Mapping[str, Photo | None],
    until: int = 0,
) -> PosterContent:
    """The words and prices of a look's poster; `photos` by product id. Its price is that of all parts together.

    What its coupon surely takes off all parts bought together is taken off, and today's price stands struck beside.
    """
    lines = tuple(BillLine(part.product_id, part.category, 1, part.price_fen) for part in look.parts)
    off = surely_off(offer, lines)
    return PosterContent(
        brand=sender.brand,
        product=look.name,
        url=url,
        price_fen=look.price_fen - off,
        tag_price_fen=look.price_fen if off else None,
        price_label=f"{len(look.parts)} 件券后" if off else f"{len(look.parts)} 件合计",
        tag_label="合计" if off else "",
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


def coupon_content(offer: CouponOffer, sender: Sender, url: str) -> PosterContent:
    """The words of a coupon that is handed out by itself: what it is worth, from when on, until when."""
    worth = offer.discount_fen if offer.kind in ("threshold_off", "cash_off") else None
    limits = (*coupon_limits(offer), "扫码领取, 到店出示")
    return PosterContent(
        brand=sender.brand,
        product=offer.name,
        url=url,
        price_fen=worth,
        price_label="立减" if worth and not offer.min_spend_fen else "",
        selling_points=limits,
        coupon="" if _bare(offer_text(offer)) == _bare(offer.name) else offer_text(offer),
        guide=sender.guide,
        guide_card=_line(sender),
        recommend="送你一张券",
        valid_until=_coupon_until(offer),
        footer="数量有限, 领完为止; 使用规则以扫码页面为准",
        about="coupon",
    )


def campaign_content(campaign: CampaignCard, offer: CouponOffer | None, sender: Sender, url: str) -> PosterContent:
    """The words of a campaign: its title, the first things it offers, its coupon, and the days it is on.

    What is offered stands as head office wrote it; the whole, with all conditions, is on the page behind the symbol.
    """
    begins = f"{china_date(campaign.starts_at):%Y-%m-%d}"
    days = f"活动时间 {begins} 至 {china_date(campaign.ends_at - 1):%Y-%m-%d}" if campaign.ends_at else f"{begins} 起"
    return PosterContent(
        brand=sender.brand,
        product=campaign.title,
        url=url,
        selling_points=tuple(filter(None, map(str.strip, campaign.body.splitlines())))[:_POINTS],
        coupon=f"扫码领 {offer.name}" if offer else "",
        guide=sender.guide,
        guide_card=_line(sender),
        recommend="邀你参加",
        valid_until=days,
        footer="活动规则以扫码页面为准",
        about="campaign",
    )


def coupon_limits(offer: CouponOffer) -> tuple[str, ...]:
    """What a customer must know of a coupon before she comes: on which goods, days and hours, and for whom."""
    terms = offer.terms
    said = []
    if terms.for_categories or terms.for_tags:
        kinds = [path.rpartition("/")[2] for path in terms.for_categories]
        said.append(f"限{'、'.join((*kinds, *terms.for_tags))}")
    elif terms.for_products:
        said.append("限指定商品")
    if terms.not_products:
        said.append("部分商品除外")
    if terms.weekdays:
        said.append("限周" + "".join(day for bit, day in enumerate("一二三四五六日") if terms.weekdays >> bit & 1))
    if terms.day_from or terms.day_until:
        said.append(f"限 {_hour(terms.day_from)}—{_hour(terms.day_until or _DAY_MINUTES)}")
    if terms.new_only:
        said.append("限首次购买")
    if terms.for_levels:
        said.append(f"限{'、'.join(terms.for_levels)}会员")
    return tuple(said)


def surely_off(offer: CouponOffer | None, lines: Sequence[BillLine]) -> int:
    """What a coupon takes off these goods for everybody on every day until it ends, in fen; else 0.

    A price after coupon is a price promised (价格法, art. 13, and 广告法, art. 8: conditions of an offer must be said):
    one that holds for new buyers, members or weekends only is not put on a poster, the coupon is named instead.
    """
    if offer is None:
        return 0
    terms = msgspec.structs.replace(offer.terms, for_stores=[])  # offers of other stores are not offered here
    if terms.weekdays or terms.day_from or terms.day_until or terms.for_channels:
        return 0
    bill, ticket = Bill(tuple(lines), terms.valid_from), Ticket(offer.id, terms)
    return 0 if obstacles(ticket, bill) else sum(sum(off.lines) for off in take_off((ticket,), bill))


def _bare(text: str) -> str:
    return "".join(text.split()).replace("¥", "")


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _line(sender: Sender) -> str:
    return " · ".join(filter(None, (sender.store, sender.store_phone)))


def _price_note(until: int) -> str:
    return f"海报价至 {china_date(until):%Y-%m-%d}, 以扫码页面为准" if until else _ASK


def _coupon_until(offer: CouponOffer | None) -> str:
    return f"券有效期至 {china_date(offer.valid_until):%Y-%m-%d}" if offer and offer.valid_until else ""


def offer_text(offer: CouponOffer) -> str:
    """`满 ¥400 减 ¥80`, `9 折, 最多减 ¥100`, `立减 ¥30`: an offer in one line, for customers."""
    return str(offer_phrase(offer))


def offer_phrase(offer: CouponOffer) -> Phrase:
    """The same for whoever works at the window, in her language."""
    worth = _worth(offer)
    above = {"spend": yuan(offer.min_spend_fen), "worth": worth}
    return Phrase("满 {spend} {worth}", above) if offer.min_spend_fen else worth


def _worth(offer: CouponOffer) -> Phrase:
    if offer.kind == "percent_off":
        off = _tenths(offer.percent_off)
        cap = yuan(offer.max_discount_fen)
        return Phrase("{off}, 最多减 {cap}", {"off": off, "cap": cap}) if offer.max_discount_fen else off
    if offer.kind in ("threshold_off", "cash_off"):
        off = Phrase("减 {money}") if offer.min_spend_fen else Phrase("立减 {money}")
        return off.given(money=yuan(offer.discount_fen))
    return _other_worth(offer.terms)


def _tenths(percent_off: int) -> Phrase:
    """九折, nine tenths of the price, for 10 % off: languages say the one or the other."""
    return Phrase("{tenths} 折", {"tenths": f"{(100 - percent_off) / 10:g}", "percent": percent_off})


def _other_worth(terms: CouponTemplate) -> Phrase:
    """What coupons are worth whose worth depends on the goods or was drawn."""
    match terms.kind:
        case "nth_item":
            nth = Phrase("第 {nth} 件免费", {"nth": terms.nth})
            off = _tenths(terms.percent_off)
            return nth if terms.percent_off == _FREE else Phrase("第 {nth} 件 {off}", {"nth": terms.nth, "off": off})
        case "random_off":
            low, high = yuan(terms.random_min_fen), yuan(terms.random_max_fen)
            return Phrase("随机立减 {low}—{high}", {"low": low, "high": high})
        case "shipping_off":
            money = {"money": yuan(terms.discount_fen)}
            return Phrase("减运费 {money}", money) if terms.discount_fen else Phrase("免运费")
        case "exchange":
            return Phrase("兑换礼品")
        case _:
            return Phrase("立减 {money}", {"money": yuan(terms.discount_fen)})
