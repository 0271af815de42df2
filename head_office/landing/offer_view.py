"""What it costs and what the coupon makes of it, computed at the office's present and never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.base.money import FEN_PER_YUAN, yuan
from guide_app.protocol.coupon_terms import discount
from guide_app.protocol.records import Product, Sku
from head_office.coupons.model import Template, is_on_offer, validity
from head_office.landing import words

TicketState = Literal["open", "paused", "ended", "exhausted"]

_PERCENT, _FOLD = 100, 10
_WORD: dict[TicketState, str] = {
    "open": "",
    "paused": "这张券暂停发放",
    "ended": "这张券的活动已经结束",
    "exhausted": "这张券已经领完",
}


@dataclass(frozen=True, slots=True)
class PriceView:
    """Prices as shown. `tag` is struck through, and there only when it truly is above the price asked.

    `poster` is the price on the poster where it has changed since, `poster_until` until when the poster said that its
    price holds, `poster_over` whether that is past.
    """

    now: str
    lowest_of_several: bool
    after_coupon: str
    tag: str
    poster: str
    poster_until: str = ""
    poster_over: bool = False


@dataclass(frozen=True, slots=True)
class TicketView:
    """The coupon as a ticket: its worth, its terms, and why it cannot be had, if it cannot."""

    template_id: str
    figure: str
    unit: str
    terms: tuple[str, ...]
    state: TicketState
    reason: str
    hint: str = ""

    @property
    def open(self) -> bool:
        """Whether it can be claimed now."""
        return self.state == "open"


def lowest_price(product: Product, skus: tuple[Sku, ...]) -> tuple[int, bool]:
    """Lowest price in fen, and whether there are higher ones; a variant without a price costs what the product does."""
    prices = {sku.price_fen or product.price_fen for sku in skus} or {product.price_fen}
    return min(prices), len(prices) > 1


def price_view(
    product: Product,
    skus: tuple[Sku, ...],
    template: Template | None,
    shared_price_fen: int,
    shared_until: int = 0,
    now_ms: int = 0,
) -> PriceView:
    """Prices of a product; `template` only if its coupon can be had. The poster's price is told when it has changed.

    `shared_until` (UTC ms, 0: not said) is how long the poster says its price holds, seen at `now_ms`.
    """
    lowest, several = lowest_price(product, skus)
    off = discount(template, lowest) if template is not None else 0
    changed = shared_price_fen not in (0, lowest, product.price_fen)
    return PriceView(
        yuan(lowest),
        several,
        yuan(lowest - off) if off else "",
        yuan(product.tag_price_fen) if product.tag_price_fen > lowest else "",
        yuan(shared_price_fen) if changed else "",
        words.last_day(shared_until, now_ms) if shared_until else "",
        0 < shared_until <= now_ms,
    )


def ticket_state(template: Template, remaining: int | None, now_ms: int) -> TicketState:
    """Whether coupons of the template are handed out at `now_ms`. `remaining` None: no quota."""
    if not is_on_offer(template, now_ms):
        return "paused" if template.status == "paused" else "ended"
    return "exhausted" if remaining is not None and remaining <= 0 else "open"


def ticket_view(template: Template, remaining: int | None, lowest_price_fen: int | None, now_ms: int) -> TicketView:
    """The ticket at `now_ms`. `lowest_price_fen` of the product beside it, None where there is none."""
    state = ticket_state(template, remaining, now_ms)
    short = template.min_spend_fen - lowest_price_fen if lowest_price_fen is not None else 0
    hint = f"本款未到门槛，再选 {yuan(short)} 的商品就能用" if state == "open" and short > 0 else ""
    figure, unit = worth(template)
    return TicketView(template.id, figure, unit, tuple(_terms(template, now_ms)), state, _WORD[state], hint)


def worth(template: Template) -> tuple[str, str]:
    """The big figure and its unit: (`80`, `¥`) or (`8.5`, `折`)."""
    if template.kind == "percent_off":
        whole, rest = divmod(_PERCENT - template.percent_off, _FOLD)
        return f"{whole}.{rest}" if rest else str(whole), "折"
    return yuan(template.discount_fen).removeprefix("¥"), "¥"


def conditions(template: Template) -> str:
    """What a bill must reach, and the most that is taken off."""
    threshold = f"满 {_plain(template.min_spend_fen)}可用" if template.min_spend_fen else "无门槛"
    return threshold + (f"，最多减 {_plain(template.max_discount_fen)}" if _capped(template) else "")


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


def _capped(template: Template) -> bool:
    return template.kind == "percent_off" and template.max_discount_fen > 0


def _plain(fen: int) -> str:
    return f"{fen // FEN_PER_YUAN} 元" if fen % FEN_PER_YUAN == 0 else yuan(fen)
