"""What must hold of a batch's terms before it is published. Pure; money in fen, moments in UTC ms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from guide_app.protocol.coupon_records import CouponTemplate
from head_office.coupons.model import worth_at_most

#: What decides the worth of coupons in customers' hands: it stays as it was once the first one is out.
FIXED = (
    "kind", "min_spend_fen", "discount_fen", "percent_off", "max_discount_fen", "random_min_fen", "random_max_fen",
    "nth", "min_qty", "gift_product_id", "for_products", "not_products", "for_categories", "for_tags", "transferable",
    "refund_rule",
)  # fmt: skip
_ALL = 100
#: A certificate counts in two bytes; a lease lasts at most as long as head office waits for what was not handed back.
_MOST_ALLOTTED, _MOST_HOURS, _MOST_DAYS = (1 << 16) - 1, 720, 366
_LARGEST_VALUE = (1 << 32) - 1

Fault = Iterator[str]


def fault_of(terms: CouponTemplate) -> str:
    """The first thing that is wrong with these terms, as a sentence; empty if nothing is."""
    return next((fault for rule in _RULES for fault in rule(terms)), "")


def _worth(terms: CouponTemplate) -> Fault:
    yield from _WORTH[terms.kind](terms)


def _threshold(terms: CouponTemplate) -> Fault:
    if not terms.discount_fen:
        yield "discount_fen: 满减要有减的金额。"
    if terms.discount_fen > terms.min_spend_fen:
        yield "min_spend_fen: 门槛不能低于减的金额。"


def _cash(terms: CouponTemplate) -> Fault:
    if not terms.discount_fen:
        yield "discount_fen: 代金券要有面额。"


def _percent(terms: CouponTemplate) -> Fault:
    if not 1 <= terms.percent_off < _ALL:
        yield "percent_off: 应在 1 到 99 之间 (10 是九折)。"


def _nth(terms: CouponTemplate) -> Fault:
    if terms.nth < 2:  # noqa: PLR2004 - the first of every one would be a plain percentage
        yield "nth: 第 N 件至少是第 2 件。"
    if not 1 <= terms.percent_off <= _ALL:
        yield "percent_off: 应在 1 到 100 之间 (50 是半价)。"


def _random(terms: CouponTemplate) -> Fault:
    if not 0 < terms.random_min_fen <= terms.random_max_fen <= _LARGEST_VALUE:
        yield "random_min_fen: 应大于 0, 且不大于 random_max_fen。"


def _exchange(terms: CouponTemplate) -> Fault:
    if terms.gift_product_id is None:
        yield "gift_product: 兑换券要写明兑换哪一款。"


def _shipping(_terms: CouponTemplate) -> Fault:
    yield from ()


_WORTH: Mapping[str, Callable[[CouponTemplate], Fault]] = MappingProxyType(
    {
        "threshold_off": _threshold, "cash_off": _cash, "percent_off": _percent, "nth_item": _nth,
        "random_off": _random, "exchange": _exchange, "shipping_off": _shipping,
    }
)  # fmt: skip


def _goods(terms: CouponTemplate) -> Fault:
    both = set(terms.for_products) & set(terms.not_products)
    if both:
        yield f"not_products: {len(both)} 款商品又在 for_products 里。"
    if terms.gift_product_id is not None and terms.kind != "exchange":
        yield "gift_product: 只有兑换券有礼品。"


def _times(terms: CouponTemplate) -> Fault:
    if 0 < terms.valid_until <= terms.valid_from:
        yield "valid_until: 结束要晚于开始。"
    if terms.day_from and terms.day_from == terms.day_until:
        yield "day_until: 与 day_from 相同, 一天里没有可用的时间。"
    if terms.return_days > _MOST_DAYS:
        yield f"return_days: 最多 {_MOST_DAYS} 天。"


def _limits(terms: CouponTemplate) -> Fault:
    one = worth_at_most(terms)
    if terms.budget_fen and not one:
        yield "budget_fen: 这种券没有封顶, 一张值多少算不出来, 不能设预算; 折扣券请设 max_discount_fen。"
    if terms.budget_fen and terms.budget_fen < one:
        yield "budget_fen: 预算不够发一张。"
    for name in ("day_quota", "store_quota", "guide_quota"):
        if 0 < terms.quota < getattr(terms, name):
            yield f"{name}: 不能多于总量 quota。"


def _allotment(terms: CouponTemplate) -> Fault:
    if not terms.allot_count:
        if terms.allot_fen or terms.allot_hours:
            yield "allot_count: 有额度的金额或时限, 却没有张数。"
        return
    for name in ("quota", "store_quota", "guide_quota"):
        if 0 < getattr(terms, name) < terms.allot_count:
            yield f"allot_count: 一份额度不能多于 {name}。"
    if terms.allot_count > _MOST_ALLOTTED or terms.allot_hours > _MOST_HOURS:
        yield f"allot_count: 一份额度最多 {_MOST_ALLOTTED} 张、{_MOST_HOURS} 小时。"
    one = worth_at_most(terms)
    needed = terms.allot_fen or terms.allot_count * one
    if terms.allot_fen and terms.allot_fen < one:
        yield "allot_fen: 不够发一张。"
    if 0 < terms.budget_fen < needed:
        yield "budget_fen: 预算不够一份额度。"


_RULES = (_worth, _goods, _times, _limits, _allotment)
