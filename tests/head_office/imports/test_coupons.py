from __future__ import annotations

from collections.abc import Callable

from guide_app.base.clock import china_datetime
from guide_app.protocol.scopes import store_scope
from head_office.imports.model import ImportReport
from tests.head_office.imports.conftest import Importing
from tests.head_office.kit import new_id, put_all


def test_templates_come_in_once_and_get_numbers(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    report = replayed(
        "coupons",
        [
            "名称,满,减,折扣,最高优惠,开始,结束,每人限领,总量",
            "满400减80,400,80,,,2026-11-01,2026-11-30,1,500",
            "会员九折,,,9折,100,,,2,",
            "八五折,,,8.5折,,,,1,",
            "立减30,,30,,,,,,",
        ],
    )
    assert report.added == 4
    found = importing.rows("coupon_template", "no", "kind", "min_spend_fen", "discount_fen", "percent_off", "quota")
    assert found == [
        (1, "threshold_off", 40_000, 8_000, 0, 500),
        (2, "percent_off", 0, 0, 10, 0),
        (3, "percent_off", 0, 0, 15, 0),
        (4, "cash_off", 0, 3_000, 0, 0),
    ]
    ((until,),) = [row for row in importing.rows("coupon_template", "valid_until") if row[0]]
    assert f"{china_datetime(until):%Y-%m-%d %H:%M}" == "2026-11-30 23:59"


def test_limits_can_be_changed_and_terms_make_another_template(importing: Importing) -> None:
    importing("coupons", ["名称,满,减,总量", "老客券,400,80,500"])
    report = importing("coupons", ["名称,满,减,总量", "老客券,400,80,800", "老客券,400,100,100"])
    assert (report.changed, report.added) == (1, 1)
    assert importing.rows("coupon_template", "no", "discount_fen", "quota") == [(1, 8_000, 800), (2, 10_000, 100)]


def test_templates_that_say_nothing_or_two_things_are_refused(importing: Importing) -> None:
    header = "名称,满,减,折扣,开始,结束"
    lines = [header, "甲,400,,,,", "乙,,30,9折,,", "丙,,30,,2026-11-30,2026-11-01", "丁,-1,30,,,", "戊,,,11折x,,"]
    report = importing("coupons", lines)
    assert [r.code for r in report.rejects] == [
        "coupon.terms",
        "coupon.terms",
        "coupon.dates",
        "coupon.negative",
        "number.invalid",
    ]


def test_the_coupons_of_litemall_are_read(importing: Importing) -> None:
    header = (
        "id,name,desc,tag,total,discount,min,limit,type,status,goods_type,goods_value,code,time_type,days,start_time,"
        "end_time,deleted"
    )
    rows = [
        f"{n},限时满减券,全场通用,无限制,0,{off},99.00,1,0,0,0,[],,0,10,,,0" for n, off in ((1, "5.00"), (2, "10.00"))
    ]
    report = importing("coupons", [header, *rows])
    assert (report.layout, report.added) == ("litemall coupon", 2)
    assert importing.rows("coupon_template", "no", "min_spend_fen", "discount_fen", "valid_days") == [
        (1, 9_900, 500, 10),
        (2, 9_900, 1_000, 10),
    ]


def test_what_is_deleted_is_ended_and_what_pcs_sign_for_is_not_shortened(importing: Importing) -> None:
    header = "名称,减,结束,状态,是否删除"
    importing("coupons", [header, "老券,30,2026-11-30,启用,1", "额度券,20,2026-11-30,启用,0"])
    assert importing.rows("coupon_template", "name", "status") == [("老券", "ended"), ("额度券", "active")]
    ((template_id,),) = [row[1:] for row in importing.rows("coupon_template", "name", "id") if row[0] == "额度券"]
    (store_id,) = (row[1] for row in importing.rows("store", "code", "id") if row[0] == "SH01")
    put_all(importing.engine, store_scope(store_id), "allotment", {new_id(): {"template_id": template_id, "count": 3}})
    report = importing("coupons", [header, "额度券,20,2026-11-29,启用,0", "老券,30,2026-11-29,启用,0"])
    assert [(r.row_no, r.code) for r in report.rejects] == [(2, "coupon.dates")]
    assert report.changed == 1
    assert importing("coupons", [header, "额度券,20,2026-12-31,启用,0"]).changed == 1
