"""Batches of every kind with terms of every sort, so that the desk and the pages can show them; dates around today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from guide_app.base.ids import derived_id
from guide_app.protocol.coupon_records import CouponTemplate as Terms
from head_office.demo.clock import day_ms
from head_office.demo.model import CouponTemplate, Product, Store

_YUAN: Final = 100
_WEEKEND: Final = 0b1100000
_ALLOT_HOURS: Final = 30 * 24  # a store that is without network for thirty days still hands out coupons
_BEGAN_DAYS, _RUNS_DAYS = 20, 40
#: What batches of the ledger may do beside their plain terms, by number.
_MORE: Final[dict[int, dict[str, Any]]] = {
    1: {"return_days": 7, "exclusive_group": "满减"},
    2: {"return_days": 7},
    3: {"return_days": 15},
    4: {"return_days": 7, "refund_rule": "reprice", "exclusive_group": "满减"},
    5: {"return_days": 7, "exclusive_group": "满减"},
    6: {"transferable": True},
}


def terms_of(plain: CouponTemplate) -> Terms:
    """The record of a batch that the demo's ledger knows: its plain terms, what it allots to guides, and more."""
    allotted: dict[str, Any] = (
        {"allot_count": plain.allotment, "allot_hours": _ALLOT_HOURS} if plain.status == "active" else {}
    )
    return Terms(
        id=plain.id, no=plain.no, name=plain.name, kind=plain.kind, min_spend_fen=plain.min_spend_fen,
        discount_fen=plain.discount_fen, percent_off=plain.percent_off, max_discount_fen=plain.max_discount_fen,
        valid_from=plain.valid_from, valid_until=plain.valid_until, valid_days=plain.valid_days,
        claim_limit=plain.claim_limit, quota=plain.quota, status=plain.status, **allotted, **_MORE.get(plain.no, {}),
    )  # fmt: skip


def more_batches(today: dt.date, stores: Sequence[Store], products: Sequence[Product]) -> list[Terms]:
    """Batches of the kinds that no sale of the demo has used yet, numbered from 21."""
    gift = min(products, key=lambda product: (product.price_fen, product.no))
    begins, ends = day_ms(today - dt.timedelta(days=_BEGAN_DAYS)), day_ms(today + dt.timedelta(days=_RUNS_DAYS))
    common: dict[str, Any] = {"valid_from": begins, "valid_until": ends, "allot_hours": _ALLOT_HOURS, "return_days": 7}
    said: list[dict[str, Any]] = [
        {
            "name": "鞋履第二件半价 (周末)", "kind": "nth_item", "nth": 2, "percent_off": 50,
            "max_discount_fen": 300 * _YUAN, "for_categories": ["鞋"], "weekdays": _WEEKEND, "day_from": 600,
            "day_until": 1320, "quota": 2000, "day_quota": 200, "allot_count": 10, "stacking": False,
        },
        {
            "name": "随机立减 10 至 66 元", "kind": "random_off", "random_min_fen": 10 * _YUAN,
            "random_max_fen": 66 * _YUAN, "min_spend_fen": 200 * _YUAN, "quota": 1000, "guide_quota": 100,
            "budget_fen": 40_000 * _YUAN, "allot_count": 10, "valid_days": 14,
        },
        {
            "name": "到店礼: 满 600 换护理用品", "kind": "exchange", "gift_product_id": gift.id,
            "min_spend_fen": 600 * _YUAN, "quota": 300, "store_quota": 100, "allot_count": 5,
        },
        {
            "name": "送货上门 免运费 12 元", "kind": "shipping_off", "discount_fen": 12 * _YUAN, "allot_count": 20,
            "transferable": True,
        },
        {
            "name": "南西店专享 满 500 减 60", "kind": "threshold_off", "min_spend_fen": 500 * _YUAN,
            "discount_fen": 60 * _YUAN, "for_stores": [stores[0].id], "exclusive_group": "满减", "quota": 400,
            "allot_count": 8, "starts_next_day": True, "valid_days": 10,
        },
        {
            "name": "购后礼 无门槛 20 元", "kind": "cash_off", "discount_fen": 20 * _YUAN, "occasion": "after_order",
            "quota": 1000, "valid_days": 30, "claim_limit": 0,
        },
    ]  # fmt: skip
    return [
        Terms(id=derived_id(begins, f"batch {no}"), no=no, **{**common, **terms, **_hours(terms)})
        for no, terms in enumerate(said, 21)
    ]


def _hours(terms: dict[str, Any]) -> dict[str, int]:
    """Only what is allotted has hours."""
    return {} if terms.get("allot_count") else {"allot_hours": 0}
