from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.base.errors import InvalidInputError
from head_office.imports.model import ImportReport
from head_office.imports.targets import parse_month
from tests.head_office.imports.conftest import Importing


@pytest.fixture
def with_goods(importing: Importing) -> Importing:
    importing("catalogue", ["款号,品名,售价,规格编码", "A1,鞋,100,A1-37", "A1,鞋,100,A1-38"])
    return importing


def test_counts_come_in_once_and_neighbours_see_them(
    with_goods: Importing, replayed: Callable[..., ImportReport]
) -> None:
    report = replayed("stock", ["门店,规格编码,库存,预留", "SH01,A1-37,5,2", "徐家汇店,A1-37,7,", "SH01,A1-38,0,"])
    assert report.sums is not None
    assert (report.added, int(report.sums.file), int(report.sums.added), report.sums.reconciled) == (3, 12, 12, True)
    assert with_goods.rows("stock", "on_hand", "available", "reserved") == [(0, 0, 0), (5, 3, 2), (7, 7, 0)]
    nearby = [figure[1] for (stores,) in with_goods.rows("stock_nearby", "stores") for figure in stores]
    assert sorted(nearby) == [0, 3, 7]


def test_an_older_count_never_replaces_a_newer_one(with_goods: Importing) -> None:
    header = "规格编码,库存,盘点时间"
    with_goods("stock", [header, "A1-37,5,2026-05-01 10:00"], store="SH01")
    report = with_goods("stock", [header, "A1-37,9,2026-04-30 10:00", "A1-99,1,2026-05-01"], store="SH01")
    assert [r.code for r in report.rejects] == ["stock.stale", "sku.unknown"]
    assert report.sums is not None
    assert report.sums.reconciled
    assert with_goods.rows("stock", "on_hand") == [(5,)]


@pytest.mark.parametrize("text", ["2026-11", "2026年11月", "202611", "2026/11/1", "2026.11"])
def test_months(text: str) -> None:
    assert parse_month(text) == "2026-11"


def test_no_month() -> None:
    with pytest.raises(InvalidInputError):
        parse_month("2026-13")


def test_targets_come_in_once_and_can_be_changed(importing: Importing, replayed: Callable[..., ImportReport]) -> None:
    report = replayed("targets", ["工号,月份,目标", "0231,2026年11月,50000", "0300,2026-11,80000.50", "0999,2026-11,1"])
    assert (report.added, [r.code for r in report.rejects]) == (2, ["guide.unknown"])
    assert report.sums is not None
    assert [str(sum_) for sum_ in (report.sums.file, report.sums.added, report.sums.rejected)] == [
        "13000150",
        "13000050",
        "100",
    ]
    report = importing("targets", ["工号,月份,目标", "0231,2026-11,60000"])
    assert report.changed == 1
    assert sorted(fen for (fen,) in importing.rows("target", "target_fen")) == [6_000_000, 8_000_050]
