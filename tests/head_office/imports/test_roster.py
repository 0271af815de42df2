from __future__ import annotations

from collections.abc import Callable

from argon2 import PasswordHasher

from head_office.imports.model import ImportReport
from tests.head_office.imports.conftest import Importing


def test_stores_and_guides_come_in_once(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    report = replayed(
        "stores", ["门店编号,店名,城市,电话", "BJ01,三里屯店,北京,010-6417 0000", "SH01,南京西路店,上海,"]
    )
    assert (report.added, report.unchanged) == (1, 1)
    report = replayed("guides", ["工号,姓名,门店,角色", "0500,赵晴,BJ01,店长", "0231,王敏,南京西路店,导购"])
    assert (report.added, report.unchanged) == (1, 1)
    assert [number for number, _ in importing.rows("guide", "number", "no")] == ["0231", "0300", "0500"]
    assert sorted(no for (no,) in importing.rows("guide", "no")) == [1, 2, 3]


def test_a_blank_cell_leaves_the_field_as_it_is(importing: Importing) -> None:
    importing("stores", ["代码,名称,地址", "SH01,南京西路店,南京西路 1000 号"])
    report = importing("stores", ["代码,名称,地址", "SH01,南京西路旗舰店,"])
    assert report.changed == 1
    assert ("南京西路旗舰店", "南京西路 1000 号") in importing.rows("store", "name", "address")


def test_what_a_new_record_lacks_is_said(importing: Importing) -> None:
    report = importing("stores", ["代码,名称", "BJ01,", ",没有代码", "SH01,A 店", "SH01,B 店"])
    assert [(r.row_no, r.code) for r in report.rejects] == [
        (2, "store.no_name"),
        (3, "value.missing"),
        (5, "row.contradiction"),
    ]
    report = importing("guides", ["工号,姓名,门店", "0600,,SH01", "0601,钱多,", "0602,孙立,XX", "0603,周全,SH02"])
    assert [(r.row_no, r.code) for r in report.rejects] == [
        (2, "guide.no_name"),
        (3, "store.unknown"),
        (4, "store.unknown"),
    ]
    assert report.added == 1


def test_a_pin_is_hashed_and_moves_with_its_guide(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    report = replayed("guides", ["工号,姓名,门店,PIN", "0231,王敏,SH01,2468", "0300,李娜,SH02,12"])
    assert (report.changed, report.rejected) == (1, 1)
    assert [(r.code, r.value) for r in report.rejects] == [("guide.pin", "")]
    ((before, stored),) = importing.rows("guide_pin", "store_id", "pin_hash")
    assert PasswordHasher().verify(stored, "2468")
    importing("guides", ["工号,门店", "0231,SH02"])
    ((after, moved),) = importing.rows("guide_pin", "store_id", "pin_hash")
    assert after != before
    assert moved == stored
