"""Coupons of other systems (微信支付商家券): how head office names their batches, and what a counter asks about them.

The batches travel as the house rule `external_coupons`. A counter only recognises such a coupon; whether it may be
used, and what it is worth, the other system says through head office. Money in fen, moments in UTC ms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from guide_app.protocol.coupon_bounds import ORDER_NO
from guide_app.protocol.shapes import Fen, Id, Ms, Short

RULE = "external_coupons"
#: 微信支付, API v3: a code has 1 to 32 of these characters.
CODE_LENGTH = 32
_DIGITS = "0123456789"
_CHARACTERS = frozenset(f"{_DIGITS}abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_\\/=|")
_DIGIT, _ANY = "#", "*"
BATCHES = 50

Source = Literal["wechat"]


class ExternalBatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch that counters recognise: `#` in `pattern` is a digit, `*` any character of a code, others themselves.

    `stacking`: whether coupons of ours may lie on the same bill.
    """

    source: Source
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    pattern: Annotated[str, Meta(min_length=4, max_length=CODE_LENGTH)]
    stock_id: Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{1,20}$")]
    stacking: bool = False
    active: bool = True

    def fits(self, code: str) -> bool:
        """Whether `code` is written like the codes of this batch."""
        if not self.active or len(code) != len(self.pattern):
            return False
        return all(map(_matches, self.pattern, code))


class ExternalCheck(Struct, frozen=True, kw_only=True):
    """What a coupon of this shape would be worth on a bill of `amount_fen` (0: not known yet)."""

    code: Annotated[str, Meta(min_length=1, max_length=CODE_LENGTH)]
    stock_id: Short
    amount_fen: Fen = 0
    order_no: Annotated[str, Meta(max_length=ORDER_NO)] = ""


class ExternalUse(Struct, frozen=True, kw_only=True):
    """Redeem a coupon of another system. The same `request_no` (a UUID of the counter's) is the same use, for ever."""

    request_no: Id
    code: Annotated[str, Meta(min_length=1, max_length=CODE_LENGTH)]
    stock_id: Short
    amount_fen: Annotated[int, Meta(ge=1, le=(1 << 53) - 1)]
    order_no: Annotated[str, Meta(max_length=ORDER_NO)] = ""
    guide_id: Id | None = None


class ExternalTold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What head office knows of it.

    usable: it was asked what the coupon is worth · used: it is used up by this request · refused: it is not, `reason`
    says why · unsettled: nobody knows yet whether it was used up; ask again with the same `request_no`, take nothing
    off before. `name` is the batch's own name; `min_spend_fen` its threshold; `discount_fen` comes off `amount_fen`,
    which of a use is that of its first asking that arrived.
    """

    state: Literal["usable", "used", "refused", "unsettled"]
    name: str = ""
    discount_fen: Fen = 0
    amount_fen: Fen = 0
    min_spend_fen: Fen = 0
    used_at: Ms = 0
    reason: str = ""
    detail: str = ""


def read_batches(value: Mapping[str, Any]) -> tuple[ExternalBatch, ...]:
    """The batches that the house rule names; those that this program does not understand are left out."""
    said = value.get("batches")
    found = []
    for one in said if isinstance(said, list) else ():
        try:
            found.append(msgspec.convert(one, ExternalBatch))
        except msgspec.ValidationError:
            continue  # of a newer head office: this counter does not recognise its codes
    return tuple(found)


def matching(batches: Sequence[ExternalBatch], code: str) -> tuple[ExternalBatch, ...]:
    """The batches whose codes look like this one."""
    return tuple(batch for batch in batches if batch.fits(code))


def is_pattern(pattern: str) -> bool:
    """Whether a pattern is made of characters that codes have, and no longer than they are."""
    known = all(sign in (_DIGIT, _ANY) or sign in _CHARACTERS for sign in pattern)
    return known and len(pattern) <= CODE_LENGTH


def _matches(sign: str, character: str) -> bool:
    if sign == _DIGIT:
        return character in _DIGITS
    return character in _CHARACTERS if sign == _ANY else character == sign
