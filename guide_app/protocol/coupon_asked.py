"""What a counter asks head office about a coupon of which it was told nothing but the 14 characters."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from guide_app.protocol.coupon_bounds import TOKEN

#: As typed, with separators and blanks; what it means is its normalised form.
_TYPED = 40


class CodeAsked(Struct, frozen=True, kw_only=True):
    """A coupon's code, however it is written."""

    code: Annotated[str, Meta(min_length=1, max_length=_TYPED)]


class CodeTold(Struct, frozen=True, kw_only=True):
    """The voucher of an unused coupon: exactly what its QR code says (`guide_app.protocol.voucher`), and no more."""

    token: Annotated[str, Meta(min_length=1, max_length=TOKEN)]
