"""Which coupon a text speaks of: a code or a voucher alone, or the one that stands in a message somebody was sent."""

from __future__ import annotations

import re

from guide_app.protocol.coupon_code import ALPHABET, LENGTH, is_valid_code, normalise_code, plain_form
from guide_app.protocol.voucher import PREFIX, is_voucher

_SIGN = f"[{ALPHABET}]"
# What stands in an address is part of something longer: neither behind its strokes nor between its dashes.
_BEGINS, _ENDS = r"(?<![0-9A-Z_/%])(?<![0-9A-Z]-)", r"(?![0-9A-Z_]|-[0-9A-Z])"
_CODE = re.compile(rf"{_BEGINS}{_SIGN}{{4}}([ -]?){_SIGN}{{4}}\1{_SIGN}{{4}}\1{_SIGN}{{2}}{_ENDS}")
_VOUCHER = re.compile(rf"{_BEGINS}{PREFIX}{_SIGN}{{99,}}{_ENDS}")


def coupon_in(text: str) -> str:
    """The stored form of the coupon that `text` is or holds; empty if it holds none, or more than one.

    Letters of an input method's full-width mode, small ones and separators count as what they stand for.
    """
    whole = normalise_code(text)
    if is_valid_code(whole) or (is_voucher(whole) and whole.isascii() and whole.isalnum()):
        return whole
    plain = plain_form(text)
    found = {normalise_code(match[0]) for pattern in (_CODE, _VOUCHER) for match in pattern.finditer(plain)}
    coupons = [one for one in found if len(one) > LENGTH or is_valid_code(one)]
    return coupons[0] if len(coupons) == 1 else ""
