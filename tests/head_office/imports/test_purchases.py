from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.limits import TableError
from head_office.feed.check import check_feed
from head_office.imports.model import ImportReport
from tests.head_office.imports.conftest import Importing

HEADER = "单号,时间,门店,商品编码,品名,数量,单价,手机号,工号,类型,原单号"
UCI = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


@pytest.fixture
def with_people(importing: Importing) -> Importing:
    importing("clients", ["姓名,手机号,门店,导购", "陈雅婷,13800005678,SH01,0231"])
    importing("catalogue", ["款号,品名,售价,规格编码", "A1,软底乐福鞋,100,A1-37"])
    return importing


def test_receipts_come_in_once_linked_and_attributed(
    with_people: Importing, replayed: Callable[..., ImportReport]
) -> None:
    report = replayed(
        "purchases",
        [
            HEADER,
            "T1,2026-05-01 10:00,SH01,A1-37,,2,429,13800005678,,,",
            "T1,2026-05-01 10:00,SH01,,鞋油,1,30,13800005678,,,",
            "T2,2026-05-02 11:00,徐家汇店,A1-37,乐福鞋,1,429,,0300,,",
            "T3,2026-05-03 10:00,SH01,A1-37,,1,429,,,退货,T1",
        ],
    )
    assert report.sums is not None
    assert (report.added, int(report.sums.file), int(report.sums.added)) == (4, 88_800, 88_800)
    assert with_people.rows("purchase", "order_no", "kind", "total_fen", "origin_order_no") == [
        ("T1", "sale", 88_800, ""),
        ("T2", "sale", 42_900, ""),
        ("T3", "return", -42_900, "T1"),
    ]
    assert with_people.rows("purchase_line", "title", "qty", "amount_fen") == [
        ("乐福鞋", 1, 42_900),
        ("软底乐福鞋", -1, -42_900),
        ("软底乐福鞋", 2, 85_800),
        ("鞋油", 1, 3_000),
    ]
    assert with_people.rows("attribution", "amount_fen", "rule") == [
        (-42_900, "bound"),
        (42_900, "served"),
        (88_800, "bound"),
    ]
    clients = {client for _, client in with_people.rows("purchase", "order_no", "client_id") if client}
    assert len(clients) == 1  # the return has found the customer of the sale
    assert check_feed(with_people.engine).ok


def test_a_number_that_comes_again_with_other_content_is_refused(with_people: Importing) -> None:
    with_people("purchases", [HEADER, "T1,2026-05-01,SH01,A1-37,,2,429,,,,"])
    report = with_people(
        "purchases", [HEADER, "T1,2026-05-01,SH01,A1-37,,3,429,,,,", "T2,2026-05-01,SH01,A1-37,,1,1,,,,"]
    )
    assert [(r.row_no, r.code) for r in report.rejects] == [(2, "purchase.differs")]
    assert report.sums is not None
    assert (int(report.sums.rejected), int(report.sums.added), report.sums.reconciled) == (128_700, 100, True)
    assert sum(fen for (fen,) in with_people.rows("purchase", "total_fen")) == 85_900


def test_the_online_retail_set_is_read_as_it_is(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    importing("stores", ["代码,名称", "UK,United Kingdom", "DE,Germany"])
    report = replayed(
        "purchases",
        [
            UCI,
            "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26,2.55,17850,United Kingdom",
            "536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26,3.39,17850,United Kingdom",
            "536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26,3.39,17850,United Kingdom",  # a real second line
            "536370,POST,,3,2010-12-01 08:45,18.00,,Germany",
            "C536379,D,Discount,-1,2010-12-01 09:41,27.5,14527,Germany",
            "536414,22139,,56,2010-12-01 11:52,0.0,,United Kingdom",
            "536589,21777,damages?,-10,2010-12-01 16:50,0.0,,United Kingdom",
            "550193,PADS,PADS TO MATCH ALL CUSHIONS,1,2011-04-15 09:27,0.001,13952,United Kingdom",
            "A563185,B,Adjust bad debt,1,2011-08-12 14:50,11062.06,,United Kingdom",
            "A563186,B,Adjust bad debt,1,2011-08-12 14:51,-11062.06,,United Kingdom",
        ],
        store_by="Country",
        currency="GBP",
        adjustments="A",
        new_clients=True,
    )
    assert report.sums is not None
    assert str(report.sums.file) == "8248.100"
    assert (int(report.sums.added), str(report.sums.rejected), report.sums.reconciled) == (8_248, "0.100", True)
    assert [(r.row_no, r.code) for r in report.rejects] == [
        (8, "purchase.no_money"),
        (9, "money.fraction"),
        (10, "purchase.adjustment"),
        (11, "purchase.adjustment"),
    ]
    assert report.currency == "GBP"
    assert importing.rows("client", "name", "member_no") == [("顾客 14527", "14527"), ("顾客 17850", "17850")]
    assert importing.rows("purchase", "order_no", "kind", "total_fen") == [
        ("536365", "sale", 5_598),
        ("536370", "sale", 5_400),
        ("536414", "sale", 0),
        ("C536379", "return", -2_750),
    ]
    named = {order: client is not None for order, client in importing.rows("purchase", "order_no", "client_id")}
    assert named == {"536365": True, "536370": False, "536414": False, "C536379": True}


def test_refused_rows_come_back_in_a_file_that_can_be_corrected(with_people: Importing, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    lines = [
        HEADER,
        "T1,2026-05-01,SH01,A1-37,=1+1,2,429,,,,",
        "T1,2026-05-01,SH01,,鞋油,一个,30,,,,",
        "T2,2026-05-01,SH01,A1-37,,1,10,,,,",
    ]
    report = with_people("purchases", lines, errors=errors)
    assert (report.added, report.rejected, report.errors) == (1, 2, errors)
    text = errors.read_text("utf-8-sig")
    assert "'=1+1" in text
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["原行号"], row["有问题的列"]) for row in rows] == [("2", ""), ("3", "数量")]
    errors.write_text(text.replace("一个", "1"), "utf-8-sig")
    fixed = with_people("purchases", errors)
    assert (fixed.added, fixed.rejected, fixed.unused) == (2, 0, ())
    assert ("=1+1",) in with_people.rows("purchase_line", "title")


def test_a_trial_run_says_what_would_happen_and_writes_nothing(with_people: Importing, tmp_path: Path) -> None:
    lines = [HEADER, "T1,2026-05-01,SH01,A1-37,,2,429,,,,", "T2,2026-05-01,XX,A1-37,,1,1,,,,"]
    before = with_people.seqs()
    trial = with_people("purchases", lines, dry_run=True, errors=tmp_path / "errors.csv")
    assert with_people.seqs() == before
    assert with_people.rows("purchase", "id") == []
    real = with_people("purchases", lines)
    assert (trial.added, trial.rejected, trial.sums) == (real.added, real.rejected, real.sums) == (1, 1, real.sums)
    assert (tmp_path / "errors.csv").exists()


def test_titles_can_be_chosen_and_the_store_given(with_people: Importing) -> None:
    lines = ["Bon,Wann,Was,Stück,Summe", "1,2026-05-01,Schuh,1,42.9"]
    chosen = {"Bon": "order_no", "Wann": "at", "Was": "title", "Stück": "qty", "Summe": "amount"}
    report = with_people("purchases", lines, columns=chosen, store="SH01")
    assert report.added == 1
    assert with_people.rows("purchase", "total_fen") == [(4_290,)]
    with pytest.raises(TableError, match="没有字段"):
        with_people("purchases", lines, columns={"Bon": "nonsense"})
    with pytest.raises(InvalidInputError, match="币种"):
        with_people("purchases", lines, columns=chosen, store="SH01", currency="JPY")


def test_an_import_leaves_its_figures_in_the_trail(with_people: Importing) -> None:
    with_people("purchases", [HEADER, "T1,2026-05-01,SH01,A1-37,,2,429,13800005678,,,"])
    with with_people.engine.connect() as connection:
        deed, detail = connection.exec_driver_sql(
            "SELECT deed, detail FROM audit ORDER BY at_ms DESC, id DESC LIMIT 1"
        ).one()
    assert (deed, detail["added"], detail["sums"]["file"]) == ("import.purchases", 1, "85800")
    assert "13800005678" not in str(detail)


def test_each_store_knows_its_own_member_from_her_first_receipt_on(importing: Importing) -> None:
    header = "单号,时间,门店,品名,数量,单价,会员号,类型,原单号,券码"
    here = ["T1,2026-05-03,SH01,鞋,1,429,M1,,,", "T2,2026-05-01,SH01,鞋,1,429,M1,,,"]
    importing("purchases", [header, *here], new_clients=True)
    report = importing(
        "purchases",
        [
            header,
            "T9,2026-05-06,SH01,鞋,1,429,M1,,,",
            "T1,2026-05-04,SH02,鞋,1,429,M1,,,",
            "T3,2026-05-05,SH02,鞋,1,429,M1,退货,T1,7KQ2M9RTX4HD3J",
        ],
        new_clients=True,
    )
    assert [(r.row_no, r.code) for r in report.rejects] == [(4, "purchase.coupon")]
    found = importing.rows("client", "created_at", "member_no", "store_id")
    assert [(f"{china_datetime(at):%m-%d}", member) for at, member, _ in found] == [("05-01", "M1"), ("05-04", "M1")]
    assert len({store for _, _, store in found}) == 2
    assert all(client for (client,) in importing.rows("purchase", "client_id"))
