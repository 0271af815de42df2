"""What it costs and what the coupon makes of it, computed at the office's present and never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import msgspec

from guide_app.base.money import yuan
from guide_app.protocol.channel_price import chat_price
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket, covers, obstacles, take_off
from guide_app.protocol.records import Product, Sku
from head_office.catalogue.prices import Asked, reduced_from
from head_office.coupons.limits import UsedUp
from head_office.coupons.model import Template, is_on_offer, validity
from head_office.landing import words
from head_office.landing.terms_view import conditions, rules, worth

TicketState = Literal["open", "paused", "ended", "exhausted", "today", "store", "guide"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_REACHED: dict[UsedUp, TicketState] = {
    "": "open", "day": "today", "store": "store", "guide": "guide", "budget": "exhausted",
}  # fmt: skip
_WORD: dict[TicketState, str] = {
    "open": "",
    "paused": "这张券暂停发放",
    "ended": "这张券的活动已经结束",
    "exhausted": "这张券已经领完",
    "today": "今天的已经领完，明天还有",
    "store": "本店的份额已经领完",
    "guide": "这位导购的份额已经领完",
}


@dataclass(frozen=True, slots=True)
class PriceView:
    """Prices as shown. `was` is struck through: what the stores asked before, by art. 21 of 规范促销行为暂行规定.

    `was_said` says which price that is. `tag` is the tag's, told among the goods' facts where it is above the price
    asked: it need never have been asked, so that it is no price to strike.
    `poster` is the price on the poster where it has changed since, `poster_until` until when the poster said that its
    price holds, `poster_over` whether that is past; `poster_said` is all of it in words. `shop` is what it costs
    without a guide's link, where that is more.
    """

    now: str
    lowest_of_several: bool
    after_coupon: str
    tag: str
    poster: str
    poster_until: str = ""
    poster_over: bool = False
    shop: str = ""
    poster_said: str = ""
    was: str = ""
    was_said: str = ""


@dataclass(frozen=True, slots=True)
class TicketView:
    """The coupon as a ticket: its worth, its terms and rules, and why it cannot be had, if it cannot."""

    template_id: str
    figure: str
    unit: str
    terms: tuple[str, ...]
    state: TicketState
    reason: str
    hint: str = ""
    rules: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it can be claimed now."""
        return self.state == "open"


def lowest_price(product: Product, skus: tuple[Sku, ...] = (), *, chat: bool = False) -> tuple[int, bool]:
    """Lowest price in fen, and whether there are higher ones; a variant without a price costs what the product does.

    `chat`: for whoever comes by a guide's link, who has the price of the private channel.
    """
    prices = {sku.price_fen or product.price_fen for sku in skus} or {product.price_fen}
    if chat:
        prices = {chat_price(price, product.private_price_fen) for price in prices}
    return min(prices), len(prices) > 1


def price_view(
    product: Product,
    skus: tuple[Sku, ...],
    template: Template | None,
    shared_price_fen: int,
    shared_until: int = 0,
    now_ms: int = 0,
    *,
    chat: bool = False,
    asked: Sequence[Asked] = (),
) -> PriceView:
    """Prices of a product; `template` only if its coupon can be had. The poster's price is told when it has changed.

    `shared_until` (UTC ms, 0: not said) is how long the poster says its price holds, seen at `now_ms`. `chat`: she
    came by a guide's link. `asked` are the product's prices so far, oldest first.
    """
    lowest, several = lowest_price(product, skus, chat=chat)
    in_shop = lowest_price(product, skus)[0]
    off = surely_off(template, product, lowest) if template is not None else 0
    changed = shared_price_fen not in (0, lowest, lowest_price(product, chat=chat)[0])
    was = shared_price_fen if changed else 0
    struck, struck_said = _struck(product, skus, lowest, asked, now_ms)
    return PriceView(
        yuan(lowest),
        several,
        yuan(lowest - off) if off else "",
        yuan(product.tag_price_fen) if product.tag_price_fen > lowest else "",
        yuan(was) if was else "",
        words.last_day(shared_until, now_ms) if shared_until else "",
        0 < shared_until <= now_ms,
        yuan(in_shop) if in_shop > lowest else "",
        poster_words(was, lowest, shared_until, now_ms),
        struck,
        struck_said,
    )


def _struck(
    product: Product, skus: tuple[Sku, ...], price_fen: int, asked: Sequence[Asked], now_ms: int
) -> tuple[str, str]:
    """The price struck through, and a sentence that says which it is; empty where there is none to tell of.

    Prices of variants are not written down day by day: where they differ from the product's, nothing is struck.
    """
    if any(sku.price_fen not in (0, product.price_fen) for sku in skus):
        return "", ""
    base = reduced_from(asked, product.price_fen, price_fen, now_ms)
    if base is None:
        return "", ""
    struck = yuan(base.price_fen)
    if price_fen < product.price_fen:
        return struck, f"划线价 {struck} 是近 7 日内门店的最低标价。"
    return struck, f"划线价 {struck} 是 {words.day(base.before_ms, now_ms)}降价前 7 日内的最低标价。"


def poster_words(was_fen: int, now_fen: int, until: int, now_ms: int) -> str:
    """What a poster's price is worth today, as a sentence; empty where there is nothing to say.

    `was_fen` stood on the poster, 0 if it costs that still; `until` (UTC ms, 0: not said) is how long the poster said
    that it holds.
    """
    day, over = words.last_day(until, now_ms) if until else "", 0 < until <= now_ms
    if not was_fen:
        if over:
            return f"海报标明价格有效至 {day}，已经到期；现在仍是这个价。"
        return f"海报价有效至 {day}。" if day else ""
    price = f"海报上的价格是 {yuan(was_fen)}"
    if now_fen < was_fen:
        return f"{price}，现在更便宜；以本页现价为准。"
    if over:
        return f"{price}，已于 {day}到期；以本页现价为准。"
    if day:
        return f"{price}，标明有效至 {day}；之后调整过，到店请出示海报问导购。"
    return f"{price}，之后调整过；以本页现价为准。"


def surely_off(template: Template, product: Product, price_fen: int) -> int:
    """What the coupon takes off one piece bought alone, whoever buys it; 0 where that depends on more than the goods.

    Times and stores are told beside the price; what is drawn, exchanged, or for some people only is no price.
    """
    if template.kind in ("random_off", "exchange", "shipping_off") or template.for_levels or template.new_only:
        return 0
    anywhere = msgspec.structs.replace(template, for_stores=[], for_channels=[], weekdays=0, day_from=0, day_until=0)
    bill = Bill((BillLine(product.id or None, product.category, 1, price_fen, tuple(product.tags)),), 0)
    ticket = Ticket("", anywhere)
    return 0 if obstacles(ticket, bill) else take_off([ticket], bill)[0].total_fen


def ticket_state(template: Template, remaining: int | None, now_ms: int, used_up: UsedUp = "") -> TicketState:
    """Whether coupons of the template are handed out at `now_ms`. `remaining` None: no quota."""
    if not is_on_offer(template, now_ms):
        return "paused" if template.status == "paused" else "ended"
    if remaining is not None and remaining <= 0:
        return "exhausted"
    return _REACHED[used_up]


def ticket_view(
    template: Template,
    remaining: int | None,
    lowest_price_fen: int | None,
    now_ms: int,
    *,
    product: Product | None = None,
    used_up: UsedUp = "",
    names: Mapping[str, str] = _NO_NAMES,
) -> TicketView:
    """The ticket at `now_ms`. `lowest_price_fen` of the product beside it, None where there is none.

    `names` are those of the products and stores that its terms speak of; `used_up` the limit that is, if one is.
    """
    state = ticket_state(template, remaining, now_ms, used_up)
    short = template.min_spend_fen - lowest_price_fen if lowest_price_fen is not None else 0
    hint = f"本款未到门槛，再选 {yuan(short)} 的商品就能用" if short > 0 else ""
    piece = BillLine(product.id or None, product.category, 1, 0, tuple(product.tags)) if product is not None else None
    if piece is not None and not covers(template, piece):
        hint = "这张券不能用于本款，可用于其他商品"
    figure, unit = worth(template)
    return TicketView(
        template.id,
        figure,
        unit,
        tuple(_terms(template, now_ms)),
        state,
        _WORD[state],
        hint if state == "open" else "",
        rules(template, names),
    )


def _terms(template: Template, now_ms: int) -> list[str]:
    limit = f"每人限领 {template.claim_limit} 张" if template.claim_limit > 0 else ""
    second = " · ".join(part for part in (_validity(template, now_ms), limit) if part)
    return [f"{conditions(template)} · 到店出示", *([second] if second else [])]


def _validity(template: Template, now_ms: int) -> str:
    """When a coupon claimed now would hold."""
    start, until = validity(template, now_ms)
    if start > now_ms:
        end = f"至 {words.last_day(until, now_ms)}有效" if until else "起有效"
        return f"{words.day(start, now_ms)}{end}"
    if template.valid_days and until != template.valid_until:
        return f"领取后 {template.valid_days} 天内有效"
    return f"有效至 {words.last_day(until, now_ms)}" if until else ""
