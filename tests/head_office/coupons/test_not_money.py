"""Coupons are no stored value (单用途商业预付卡管理办法): nothing is paid in, nothing is left on one."""

from __future__ import annotations

import re
from typing import Any

from guide_app.protocol.coupon_records import Allotment, Coupon, CouponTemplate, Redemption
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.voucher import verify
from head_office.api.erp_routes import OPERATIONS
from head_office.coupons.signing import public_keys
from head_office.deeds import push_rules
from tests.head_office.coupons.till import Till
from tests.head_office.kit import SECRET, new_id, rows_of

_MONEY_IN = re.compile(
    r"balance|top_?up|recharge|deposit|prepaid|stored_value|wallet|credit|充值|储值|余额|预付", re.IGNORECASE
)


def test_nothing_tops_a_coupon_up() -> None:
    fields = [name for kind in (Allotment, Coupon, CouponTemplate, Redemption) for name in kind.__struct_fields__]
    names = [*fields, *KINDS, *push_rules(SECRET).commands, *(one.path for one in OPERATIONS)]
    assert [name for name in names if _MONEY_IN.search(name)] == []
    # What a coupon is worth is in its terms; of its own it has only what was drawn, and who may change that is nobody.
    assert {name for name in Coupon.__struct_fields__ if name.endswith("_fen")} == {"value_fen"}
    assert KINDS["coupon"].policy == "office"


def test_a_coupon_is_used_up_as_a_whole(till: Till) -> None:
    till.coupon(kind="cash_off", min_spend_fen=0, discount_fen=5_000)
    assert till.redeem("A1", amount=1_000) == []
    (used,) = rows_of(till.pc.engine, "redemption")
    assert (used["discount_fen"], till.held["status"]) == (1_000, "redeemed")
    assert till.redeem("A2", amount=9_000) == [("rejected", "coupon.redeemed")]


def test_whose_coupon_may_be_passed_on_stands_in_its_signed_form(till: Till) -> None:
    for transferable in (False, True):
        till.coupon(transferable=transferable)
        held: dict[str, Any] = till.held
        with till.pc.engine.connect() as connection:
            voucher = verify(held["token"], public_keys(connection))
        assert voucher.is_for(held["client_id"])
        assert voucher.is_for(new_id()) == transferable
