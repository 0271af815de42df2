"""Files of refused rows are inert in a spreadsheet and come back with the same values."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Parsed, Refused, read_fields
from guide_app.base.tabular.read import open_table
from guide_app.base.tabular.rejects import EXTRA_COLUMNS, RejectFile, RowReject, plain_cell, safe_cell
from guide_app.base.tabular.values import parse_code, parse_money
from tests.helpers.real_data import need_real_data


@given(st.text(st.sampled_from("'=+-@\t\r1a")))
@example("'=1")
@example("''")
def test_a_cell_is_never_a_formula_and_loses_nothing(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain_cell(safe_cell(text)) == text


def test_known_formula_attacks_become_text() -> None:
    for line in (need_real_data("security") / "csv_injection.txt").read_text("utf-8").splitlines():
        assert not safe_cell(line).startswith(("=", "+", "-", "@"))
        assert plain_cell(safe_cell(line)) == line


def test_a_reject_says_row_column_value_and_reason() -> None:
    error = InvalidInputError("money.invalid", "「x」不是金额。", "请输入如 429。")
    reject = RowReject.of(7, "金额", "x", error)
    assert (reject.row_no, reject.field, reject.value) == (7, "金额", "x")
    assert (reject.code, reject.sentence) == ("money.invalid", "「x」不是金额。 请输入如 429。")


def test_refused_rows_can_be_corrected_and_imported_again(tmp_path: Path) -> None:
    fields = [Field("phone", ("手机号",), parse_code, required=True), Field("paid", ("金额",), parse_money)]
    source, errors = tmp_path / "单.csv", tmp_path / "未导入.csv"
    source.write_text('手机号,金额,备注\n+86138,-5.00,=1+1\n138,甲,"-x"\n,3,@y\n139,4\n', "utf-8")
    with open_table(source) as table, errors.open("w", encoding="utf-8-sig", newline="") as out:
        reading = read_fields(table, fields)
        assert reading.unused == ("备注",)
        file = RejectFile(out, reading.header)
        taken = []
        for row in reading.rows:
            match row:
                case Parsed():
                    taken.append((row.row.number, row.values))
                case Refused():
                    file.add(row.row.cells, row.rejects)
    assert taken == [(2, {"phone": "+86138", "paid": -500}), (5, {"phone": "139", "paid": 400})]

    text = errors.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["手机号", "金额", "备注", *EXTRA_COLUMNS]
    assert rows[1][:5] == ["138", "甲", "'-x", "3", "金额"]
    assert rows[2][:5] == ["", "3", "'@y", "4", "手机号"]

    errors.write_text(text.replace("甲", "-7.50").replace("\n,3", "\n137,3"), "utf-8-sig")
    with open_table(errors) as table:
        again = read_fields(table, fields)
        assert set(again.unused) == {"备注", *EXTRA_COLUMNS}
        values = [row.values for row in again.rows if isinstance(row, Parsed)]
    assert values == [{"phone": "138", "paid": -750}, {"phone": "137", "paid": 300}]


def test_what_is_refused_twice_says_why_once() -> None:
    out = io.StringIO()
    RejectFile(out, ["a", *EXTRA_COLUMNS, *EXTRA_COLUMNS]).add(
        ["x", "3", "b", "old"], [RowReject(9, "a", "x", "c", "new")]
    )
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [["a", *EXTRA_COLUMNS], ["x", "9", "a", "new"]]


@pytest.mark.parametrize("width", [1, 5])
def test_short_and_long_rows_keep_the_columns_of_the_file_in_line(width: int) -> None:
    out = io.StringIO(newline="")
    RejectFile(out, ["a", "b", "c"]).add(["x"] * width, [RowReject(9, "a", "x", "c", "说明")])
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert [len(row) for row in rows] == [6, 6]
    assert rows[1][3:] == ["9", "a", "说明"]
