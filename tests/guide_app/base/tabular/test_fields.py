"""Which row is the header, which column is which field, and what each row says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guide_app.base.tabular.fields import Field, Parsed, Refused, read_fields
from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.read import open_table
from guide_app.base.tabular.values import parse_code, parse_int, parse_money

FIELDS = (
    Field("phone", ("手机号", "手机", "电话"), parse_code, required=True),
    Field("name", ("姓名", "客户姓名")),
    Field("points", ("积分",), parse_int, default=0),
    Field("paid", ("消费金额",), parse_money),
)


def read(
    path: Path, text: str, chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[tuple[int, Any]]]:
    path.write_text(text, "utf-8")
    with open_table(path) as table:
        reading = read_fields(table, FIELDS, chosen)
        rows = [
            (row.row.number, row.values if isinstance(row, Parsed) else [reject.code for reject in row.rejects])
            for row in reading.rows
        ]
    return dict(reading.columns), rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "客户.csv"


def test_titles_are_recognised_whatever_their_decoration(path: Path) -> None:
    columns, rows = read(path, "* 手机号 ,客户 姓名：,(积分),别的\n138,王芳,\n")
    assert columns == {"phone": 0, "name": 1, "points": 2}
    assert rows == [(2, {"phone": "138", "name": "王芳", "points": 0})]


def test_field_names_themselves_are_titles(path: Path) -> None:
    assert read(path, "PHONE,Name\n1,a\n")[0] == {"phone": 0, "name": 1}


def test_a_chosen_column_wins_over_a_known_title(path: Path) -> None:
    columns, rows = read(path, "手机号,联系方式,昵称\n1,2,阿芳\n", {"联系方式": "phone", "昵称": "name"})
    assert columns == {"phone": 1, "name": 2}
    assert rows == [(2, {"phone": "2", "name": "阿芳"})]


def test_title_lines_above_the_header_are_skipped(path: Path) -> None:
    _, rows = read(path, "会员列表\n导出时间,2026-11-20\n\n手机,姓名\n138,王芳\n")
    assert rows == [(5, {"phone": "138", "name": "王芳"})]


@pytest.mark.parametrize(
    ("text", "chosen", "word"),
    [
        ("姓名,积分\n王芳,1\n", {}, "手机号"),
        ("甲,乙\n1,2\n", {}, "甲、乙"),
        ("手机号\n1\n", {"没有": "phone"}, "没有"),
        ("手机号\n1\n", {"手机号": "colour"}, "colour"),
        ("手机号,手机\n1,2\n", {"手机号": "phone", "手机": "phone"}, "两列"),
    ],
)
def test_what_does_not_fit_is_said_with_the_columns_there_are(
    path: Path, text: str, chosen: dict[str, str], word: str
) -> None:
    with pytest.raises(TableError, match=word) as caught:
        read(path, text, chosen)
    assert caught.value.code == "table.columns"


def test_an_empty_file_is_said_to_be_empty(path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(path, "\n\n")
    assert caught.value.code == "table.empty"


def test_every_bad_cell_of_a_row_is_reported_and_good_rows_go_on(path: Path) -> None:
    _, rows = read(path, "手机号,姓名,积分,消费金额\n1.38E+10,王芳,1.5,12,50\n,李娜\n139,张伟,7,8.90\n")
    assert rows == [
        (2, ["row.too_wide", "value.mangled", "number.invalid"]),
        (3, ["value.missing"]),
        (4, {"phone": "139", "name": "张伟", "points": 7, "paid": 890}),
    ]


def test_a_reject_carries_the_column_as_the_user_sees_it(path: Path) -> None:
    path.write_text("电话,积分\n138,很多\n", "utf-8")
    with open_table(path) as table:
        (row,) = read_fields(table, FIELDS).rows
    assert isinstance(row, Refused)
    assert (row.rejects[0].row_no, row.rejects[0].field, row.rejects[0].value) == (2, "积分", "很多")
