"""The coupon in the customer's hand: code, QR and where she stands with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from guide_app.protocol.coupon_code import show_code
from guide_app.protocol.records import Coupon
from head_office.coupons.model import Template
from head_office.landing import words
from head_office.landing.people_view import CardView
from head_office.landing.terms_view import conditions, rules, worth

HeldState = Literal["ready", "early", "redeemed", "expired", "void"]

_WORD: dict[HeldState, str] = {
    "ready": "待使用",
    "early": "还没到使用时间",
    "redeemed": "已核销",
    "expired": "已过期",
    "void": "已作废",
}


@dataclass(frozen=True, slots=True)
class HeldView:
    """A claimed coupon. The code and its QR are shown only while they can be used.

    `scanned` is what the QR code says: the signed form, which a counter without network can check, or else the code.
    """

    figure: str
    unit: str
    terms: tuple[str, ...]
    card: CardView
    state: HeldState
    word: str
    code: str
    shown_code: str
    detail: str
    scanned: str = ""
    rules: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the code is worth showing at a counter."""
        return self.state in ("ready", "early")


def held_state(coupon: Coupon, now_ms: int) -> HeldState:
    """Where a coupon stands at `now_ms` (UTC ms); its end counts even before the office has marked it expired."""
    if coupon.status == "redeemed":
        return "redeemed"
    if coupon.status == "void":
        return "void"
    if coupon.status == "expired" or (coupon.valid_until and now_ms >= coupon.valid_until):
        return "expired"
    return "early" if now_ms < coupon.valid_from else "ready"


def held_view(
    coupon: Coupon, template: Template, card: CardView, now_ms: int, names: Mapping[str, str] = MappingProxyType({})
) -> HeldView:
    """The page of a claimed coupon at `now_ms`; `names` are those of what its terms speak of."""
    recalled = template.recalled_at is not None and template.recalled_at <= now_ms
    state = "void" if recalled and coupon.status != "redeemed" else held_state(coupon, now_ms)
    detail = ""
    if state == "redeemed" and coupon.redeemed_at is not None:
        detail = f"{words.moment(coupon.redeemed_at, now_ms)} 已在门店使用"
    elif state == "early":
        detail = f"{words.day(coupon.valid_from, now_ms)} 起可用"
    until = f"有效期至 {words.last_day(coupon.valid_until, now_ms)}" if coupon.valid_until else "长期有效"
    figure, unit = worth(template, coupon.value_fen)
    return HeldView(
        figure,
        unit,
        (conditions(template), until),
        card,
        state,
        _WORD[state],
        coupon.code,
        show_code(coupon.code),
        detail,
        coupon.token or coupon.code,
        rules(template, names),
    )
