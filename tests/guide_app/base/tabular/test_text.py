"""CSV as it comes: any usual encoding, separator and line end; broken files get a named error with the row."""

from __future__ import annotations

import csv
import gzip
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.tabular.limits import Limits, TableError
from guide_app.base.tabular.read import list_sheets, open_table
from guide_app.base.tabular.rejects import SafeCsvWriter

ROWS = [
    ("姓名", "手机号", "备注"),
    ("王芳", "13812345678", "喜欢红色,\n37码"),
    ("单于 \u201c静\u201d", "13900000000", ""),
]


def written(separator: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(ROWS)
    return out.getvalue()


def read(path: Path, **options: str) -> list[tuple[str, ...]]:
    with open_table(path, **options) as table:  # type: ignore[arg-type]  # only text options here
        return [row.cells for row in table.rows]


def expected() -> list[tuple[str, ...]]:
    return [tuple(row[:2]) if not row[2] else row for row in ROWS]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_encoding_and_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "客户.csv"
    path.write_bytes(written(separator).encode(encoding))
    assert read(path) == expected()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(written(end=end).encode())
    assert read(path) == expected()


def test_a_late_chinese_character_still_decides_the_encoding(tmp_path: Path) -> None:
    """A sample would take the file for ASCII."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 600_000 + "王,芳\n".encode("gb18030"))
    assert read(path)[-1] == ("王", "芳")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "name;città\nMüller;Forlì è già più su\nÉmile;Orléans déjà vu à côté\n"),
        ("big5", "姓名,城市,備註\n王芳,台北,喜歡紅色的鞋子與連衣裙\n陳雅婷,高雄,生日送禮\n"),
        ("shift_jis", "名前,住所\n山田はなこ,とうきょうとしぶやく\n"),
    ],
)
def test_an_encoding_that_could_only_be_guessed_is_asked_for(tmp_path: Path, encoding: str, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(words.encode(encoding))
    with pytest.raises(TableError) as caught:
        read(path)
    assert caught.value.code == "table.encoding"
    assert len(read(path, encoding=encoding)) == words.count("\n")


def test_an_unknown_name_of_an_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n")
    with pytest.raises(TableError, match="klingon") as caught:
        read(path, encoding="klingon")
    assert caught.value.code == "table.encoding"


def test_a_wrongly_named_encoding_names_the_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n" + "王,芳\n".encode("gb18030"))
    with pytest.raises(TableError, match=r"a\.csv") as caught:
        read(path, encoding="utf-8")
    assert caught.value.code == "table.encoding"


def test_gzip_is_unpacked_and_a_bomb_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(written().encode("gb18030")))
    assert read(path) == expected()
    path.write_bytes(gzip.compress(b"a,b\n" * 1_000_000))
    small = Limits(unpacked_bytes=1 << 20)
    with pytest.raises(TableError, match="字节") as caught, open_table(path, limits=small) as table:
        list(table.rows)
    assert caught.value.code == "table.too_large"
    path.write_bytes(gzip.compress(written().encode())[:-9])
    with pytest.raises(TableError) as cut:
        read(path)
    assert cut.value.code == "table.damaged"


def test_the_hint_of_excel_for_the_separator_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na;b,c\n1;2\n", "utf-8")
    with open_table(path) as table:
        assert [(row.number, row.cells) for row in table.rows] == [(2, ("a", "b,c")), (3, ("1", "2"))]


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_ones_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n\n"1\n1",2\n, ,\n3,4,\n', "utf-8")
    with open_table(path) as table:
        assert [(row.number, row.cells) for row in table.rows] == [(1, ("a", "b")), (3, ("1\n1", "2")), (5, ("3", "4"))]


@pytest.mark.parametrize("broken", ['a,b\n1,"2\n3,4\n', 'a,b\n1,2\n"x"y,3\n'])
def test_quotes_that_do_not_match_are_an_error_with_the_row(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(broken, "utf-8")
    with pytest.raises(TableError, match="行") as caught:
        read(path)
    assert caught.value.code == "table.quotes"


def test_a_quote_in_the_middle_of_a_cell_is_a_quote(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('货号,名称\n1,5" 鞋\n', "utf-8")
    assert read(path)[1] == ("1", '5" 鞋')


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>1</td></tr></table></html>",
        b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"\x00" * 64,
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "报表.xls"
    path.write_bytes(content)
    with pytest.raises(TableError, match="报表") as caught:
        read(path)
    assert caught.value.code == "table.format"


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_named_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_bytes(content)
    with suppress(TableError):
        read(path)


def test_line_ends_inside_quotes_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\r\n"1\r\n2\n3",4\r\n')
    assert read(path)[1] == ("1\r\n2\n3", "4")


def test_limits_name_the_file_and_the_row(tmp_path: Path) -> None:
    path = tmp_path / "客户.csv"
    path.write_text("a,b,c\n1,2,3\n" + "x" * 50 + ",2\n", "utf-8")
    for limits, words in (
        (Limits(rows=2), "行数"),
        (Limits(columns=2), "第 1 行"),
        (Limits(cell_characters=40), "第 3 行"),
        (Limits(file_bytes=20), "文件"),
        (Limits(unpacked_bytes=20), "解压"),
    ):
        with pytest.raises(TableError, match=words) as caught, open_table(path, limits=limits) as table:
            list(table.rows)
        assert caught.value.code == "table.too_large"
        assert "客户.csv" in caught.value.sentence


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "不在.csv", tmp_path):
        with pytest.raises(TableError) as caught:
            read(path)
        assert caught.value.code == "table.missing"


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    assert read(path) == []
    assert list_sheets(path) == []


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(["utf-8-sig", "gb18030"])
)
def test_what_the_safe_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], encoding: str
) -> None:
    path = tmp_path_factory.mktemp("t") / "a.csv"
    with path.open("w", encoding=encoding, newline="") as out:
        writer = SafeCsvWriter(out)
        writer.row(["一", "二", "三", "四"])
        for row in rows:
            writer.row(row)
    trimmed = [list(row) for row in rows]
    for row in trimmed:
        while row and not row[-1].strip():
            row.pop()
    assert read(path, encoding=encoding)[1:] == [tuple(row) for row in trimmed if row]
