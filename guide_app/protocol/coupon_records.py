"""Records of coupons: their terms and keys in the brand scope, the coupons themselves in the store's.

See `guide_app.protocol.records` for what holds for all records, docs/coupons.md for how they live.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from guide_app.protocol.shapes import Count, Fen, Id, Line, Ms, Record, Short, Text


class CouponTemplate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """券模板: the terms of a batch of coupons (`guide_app.protocol.coupon_terms` says what they mean).

    `discount_fen` for threshold_off, cash_off and the most that shipping_off pays; `percent_off` (10 = 九折) for
    percent_off and for each `nth` piece of nth_item; random_off draws between `random_min_fen` and `random_max_fen`
    when a coupon is handed out. Empty lists and 0 do not limit. `weekdays` has bit 0 for Monday; `day_from` and
    `day_until` are minutes of a day in China. Of two coupons of one `exclusive_group` a bill takes one, and a
    template with `stacking` false goes with no other coupon. `give_limit`: how many coupons of the batch one person may
    give on, and be given (`guide_app.protocol.coupon_gift`). `allot_*`: what a guide may hand out without network,
    hours from lease to end. `recalled_at`: coupons in customers' hands are void from then on.
    """

    no: Annotated[int, Meta(ge=0, lt=1 << 14)] = 0
    name: Short = ""
    kind: Literal["threshold_off", "percent_off", "cash_off", "exchange", "shipping_off", "nth_item", "random_off"] = (
        "threshold_off"
    )
    min_spend_fen: Fen = 0
    discount_fen: Fen = 0
    percent_off: Annotated[int, Meta(ge=0, le=100)] = 0
    max_discount_fen: Fen = 0
    random_min_fen: Fen = 0
    random_max_fen: Fen = 0
    nth: Count = 0
    min_qty: Count = 0
    gift_product_id: Id | None = None
    for_products: list[Id] = field(default_factory=list)
    not_products: list[Id] = field(default_factory=list)
    for_categories: list[Line] = field(default_factory=list)
    for_tags: list[Short] = field(default_factory=list)
    for_stores: list[Id] = field(default_factory=list)
    for_channels: list[Short] = field(default_factory=list)
    for_levels: list[Short] = field(default_factory=list)
    new_only: bool = False
    valid_from: Ms = 0
    valid_until: Ms = 0
    valid_days: Count = 0
    starts_next_day: bool = False
    weekdays: Annotated[int, Meta(ge=0, lt=1 << 7)] = 0
    day_from: Annotated[int, Meta(ge=0, le=1440)] = 0
    day_until: Annotated[int, Meta(ge=0, le=1440)] = 0
    claim_limit: Count = 1
    quota: Count = 0
    day_quota: Count = 0
    store_quota: Count = 0
    guide_quota: Count = 0
    budget_fen: Fen = 0
    stacking: bool = True
    exclusive_group: Short = ""
    transferable: bool = False
    give_limit: Count = 1
    refund_rule: Literal["share", "reprice"] = "share"
    return_days: Count = 0
    allot_count: Count = 0
    allot_fen: Fen = 0
    allot_hours: Count = 0
    occasion: Literal["", "newcomer", "birthday", "after_order"] = ""
    recalled_at: Ms | None = None
    status: Literal["active", "paused", "ended"] = "active"


class OfficeKey(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An Ed25519 key (RFC 8032) with which head office signs coupons, allotments and the recall list; hex."""

    no: Annotated[int, Meta(ge=0, lt=1 << 16)] = 0
    public_key: Short = ""
    since: Ms = 0
    until: Ms = 0


class RecallList(Record, frozen=True, kw_only=True, omit_defaults=True):
    """作废名单: what no counter takes any more, signed as a whole (`guide_app.protocol.recall`).

    `entries` are `template:ID`, `coupon:ID`, `allotment:ID`, `device:ID` or `kept:HASH`; `version` only grows.
    """

    version: Count = 0
    at: Ms = 0
    entries: list[Short] = field(default_factory=list)
    key_no: Annotated[int, Meta(ge=0, lt=1 << 16)] = 0
    signature: Line = ""


class Coupon(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A coupon in a customer's hand. Owned by head office, changed by commands.

    `value_fen` is what random_off drew. `allotment_id` and `serial` name its place in a guide's allotment, if it came
    from one; `token` is the signed form that a counter without network can check (`guide_app.protocol.voucher`).
    `given_at` is when head office heard that its first holder had given it on: it is its holder's alone from then on.
    """

    template_id: Id | None = None
    code: Short = ""
    client_id: Id | None = None
    guide_id: Id | None = None
    share_id: Id | None = None
    status: Literal["claimed", "redeemed", "expired", "void"] = "claimed"
    claimed_at: Ms = 0
    valid_from: Ms = 0
    valid_until: Ms = 0
    redeemed_at: Ms | None = None
    value_fen: Fen = 0
    allotment_id: Id | None = None
    serial: Count = 0
    token: Text = ""
    given_at: Ms | None = None


class CouponGift(Record, frozen=True, kw_only=True, omit_defaults=True):
    """转赠: one end of a coupon's way from one client to another. Owned by head office, written by `coupon.give`.

    Each end says what its own client did, and names nobody else: who is erased, merged or transferred takes her end
    along and leaves no word of her with the other. Both ends of one deed bear one `deed_id`. `guide_id` is who was
    told; `at` when, by her PC.
    """

    client_id: Id | None = None
    coupon_id: Id | None = None
    template_id: Id | None = None
    deed_id: Id | None = None
    side: Literal["gave", "got"] = "gave"
    guide_id: Id | None = None
    at: Ms = 0


class Allotment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """额度: so many coupons of a template that one guide may hand out on one PC until `expires_at`, without network.

    Head office has set them aside from the batch. `signature` is head office's over all that is said here except
    `state` and `returned` (`guide_app.protocol.voucher`); `device_key` is the PC's Ed25519 key, hex.
    """

    template_id: Id | None = None
    guide_id: Id | None = None
    device_id: Id | None = None
    device_key: Short = ""
    count: Count = 0
    budget_fen: Fen = 0
    starts_at: Ms = 0
    expires_at: Ms = 0
    key_no: Annotated[int, Meta(ge=0, lt=1 << 16)] = 0
    signature: Line = ""
    state: Literal["open", "returned", "recalled"] = "open"
    returned: Count = 0


class Redemption(Record, frozen=True, kw_only=True, omit_defaults=True):
    """核销 of a coupon at a counter. `conflict`: the coupon had been redeemed before elsewhere.

    `offline`: decided by the counter's PC alone. `borne_by` says who bears a discount given twice and `rule` why
    (docs/coupons.md); `rival_id` is the redemption that counted. `refunded_fen` is what was paid back of the bill so
    far; `returned_at` is when the coupon came back because of that: this redemption counts no more. `heard_at` is when
    head office heard of it. Of a coupon of another system `source` names the system and `source_name` the batch; it has
    no `coupon_id`.
    """

    coupon_id: Id | None = None
    coupon_code: Short = ""
    guide_id: Id | None = None
    order_no: Short = ""
    amount_fen: Fen = 0
    discount_fen: Fen = 0
    status: Literal["pending", "confirmed", "conflict"] = "confirmed"
    at: Ms = 0
    offline: bool = False
    device_id: Id | None = None
    borne_by: Literal["", "brand", "store", "issuer"] = ""
    rule: Short = ""
    rival_id: Id | None = None
    refunded_fen: Fen = 0
    returned_at: Ms | None = None
    heard_at: Ms = 0
    source: Short = ""
    source_name: Short = ""
