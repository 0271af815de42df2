"""A coupon of which a counter was told nothing but its 14 characters: head office is asked for its voucher.

The characters alone prove nothing, so without network such a coupon is not taken. What head office answers is what the
coupon's QR code would have said: from there on it is judged, laid on the bill and redeemed as if that had been scanned.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus
from typing import Protocol

from guide_app.base.errors import InvalidInputError, NotFoundError, OfficeUnreachableError
from guide_app.coupons.queries import CouponQueries, not_here
from guide_app.protocol.coupon_code import is_valid_code
from guide_app.protocol.coupon_text import coupon_in
from guide_app.protocol.voucher import is_voucher
from guide_app.sync.errors import OfficeBusyError, OfficeRefusedError, unreachable

#: A customer waits: no answer within so many seconds is no network.
AT_THE_COUNTER_S = 8.0


class Asked(Protocol):
    """Head office, as far as this needs it."""

    def voucher_of(self, code: str) -> str:
        """The voucher of the coupon with this code."""


class AskedCodes:
    """Finds the voucher behind a code. `door` opens a line to head office."""

    def __init__(self, coupons: CouponQueries, door: Callable[[], AbstractContextManager[Asked]]) -> None:
        self._coupons = coupons
        self._door = door

    def known(self, text: str) -> str:
        """`text` itself where this PC can look it up, or it is no code; else head office's voucher of the coupon.

        Raises what `voucher_of` raises.
        """
        code = coupon_in(text)
        if not is_valid_code(code):
            return text
        try:
            self._coupons.by_code(code)
        except NotFoundError:
            return self.voucher_of(code)
        return text

    def voucher_of(self, code: str) -> str:
        """Head office's voucher of the coupon with this code.

        Raises NotFoundError where head office does not answer, as for every code without network; GuideError
        `coupon.…` where it says why the coupon cannot be used here; InvalidInputError `rate.limited` where this PC has
        asked too often.
        """
        try:
            with self._door() as office:
                voucher = office.voucher_of(code)
            if not is_voucher(voucher):
                raise unreachable("office.malformed", "总部的回答读不懂 (不是券的签名凭据)。")
        except OfficeBusyError as e:
            if e.status == HTTPStatus.TOO_MANY_REQUESTS:
                raise _too_often() from e
            raise not_here(code) from e
        except OfficeUnreachableError as e:
            raise not_here(code) from e
        except OfficeRefusedError as e:
            if e.status == HTTPStatus.NOT_FOUND:  # an older head office is not asked about codes
                raise not_here(code) from e
            raise
        return voucher


def _too_often() -> InvalidInputError:
    return InvalidInputError(
        "rate.limited", "这台电脑问总部的券码太多了。", "请扫客户手机上的二维码, 或过十分钟再输入券码。"
    )
