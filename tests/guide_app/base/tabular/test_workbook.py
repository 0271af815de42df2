"""Workbooks: what a sheet shows becomes text; what would not fit into memory is refused before it is unpacked."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.tabular.limits import Limits, TableError
from guide_app.base.tabular.read import list_sheets, open_table
from guide_app.base.tabular.workbook import cell_text

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(path: Path, sheet: Iterable[str], strings: str = "") -> Path:
    """A minimal workbook around hand-written rows of sheet XML."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in sheet:
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def ods(path: Path, rows: str, *, manifest: str = "") -> Path:
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}'
            "</manifest:manifest>",
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {declared}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def read(path: Path, sheet: str | None = None, limits: Limits | None = None) -> list[tuple[int, tuple[str, ...]]]:
    with open_table(path, sheet=sheet, limits=limits or Limits()) as table:
        return [(row.number, row.cells) for row in table.rows]


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(TableError) as caught:
        read(path, limits=limits)
    assert path.name in caught.value.sentence
    return caught.value.code


def test_values_come_as_a_person_sees_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["手机号", 13812345678, 12.1 * 3, 59.699999999999996, True, dt.date(2026, 11, 20)])
    sheet.append([None, dt.datetime(2026, 11, 20, 8, 30), "007", "多\n行", 123456789012345678])  # noqa: DTZ001
    path = tmp_path / "a.xlsx"
    book.save(path)
    rows = read(path)
    assert rows[0] == (1, ("手机号", "13812345678", "36.3", "59.7", "TRUE", "2026-11-20"))
    assert rows[1][1][:4] == ("", "2026-11-20T08:30:00", "007", "多\n行")
    assert "e+17" in rows[1][1][4]  # digits were lost in the spreadsheet; a code parser refuses it


def test_row_numbers_count_empty_rows_above_and_columns_on_the_left_stay(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C4"], sheet["D6"] = "x", 7
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert read(path) == [(4, ("", "", "x")), (6, ("", "", "", "7"))]


def test_the_first_visible_sheet_with_data_is_read_unless_one_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state, value in (
        ("空", "visible", None),
        ("藏", "hidden", 1),
        ("客户", "visible", 2),
        ("订单", "visible", 3),
    ):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        if value is not None:
            sheet.append([value])
    del book["Sheet"]
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert list_sheets(path) == ["空", "客户", "订单"]
    assert read(path) == [(1, ("2",))]
    assert read(path, "订单") == [(1, ("3",))]
    assert read(path, "空") == []
    for name in ("藏", "没有"):
        with pytest.raises(TableError, match="客户、订单") as caught:
            read(path, name)
        assert caught.value.code == "table.sheet"


def test_a_cover_with_a_title_alone_is_passed_over_but_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客户名单 2026"])
    book.save(tmp_path / "cover.xlsx")
    assert read(tmp_path / "cover.xlsx") == [(1, ("客户名单 2026",))]
    names = book.create_sheet("名单")
    names.append(["姓名", "手机"])
    names.append(["王敏", "13812345678"])
    book.save(tmp_path / "both.xlsx")
    assert read(tmp_path / "both.xlsx")[0] == (1, ("姓名", "手机"))


def test_a_workbook_without_any_value_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    assert refused(path) == "table.empty"


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    openpyxl.Workbook().save(path)
    assert refused(path) == "table.empty"
    book = tmp_path / "b.xls"
    book.write_text("a,b\n1,2\n", "utf-8")
    assert read(book)[1] == (2, ("1", "2"))


@pytest.mark.parametrize(
    "rows",
    [
        ['<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'],
        ['<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="90000"><c r="ALL90000"><v>1</v></c></row>'],
        ["<row r='1'><c  r = 'A1'><v>1</v></c></row>", "<row r='900000'><c r='CV900000'><v>1</v></c></row>"],
        ["<row>" + "<c><v>1</v></c>" * 300 + "</row>"],
        ["<row>" + "<c><v>1</v></c>" * 200 + "</row>", '<row r="100000"><c><v>1</v></c></row>'],
        ['<x:row xmlns:x="u" r="1"><x:c r="ZZZ9"><x:v>1</x:v></x:c></x:row>'],
        ['<row r="1"><c r="A999999999"><v>1</v></c></row>'],
    ],
)
def test_a_small_file_that_spans_a_huge_sheet_is_refused(tmp_path: Path, rows: list[str]) -> None:
    assert refused(xlsx(tmp_path / "bomb.xlsx", rows)) == "table.too_large"


def test_one_long_text_used_many_times_is_refused(tmp_path: Path) -> None:
    rows = [f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 20_001)]
    long = "<si><t>短</t></si><si><t>" + "长" * 10_000 + "</t></si>"
    assert refused(xlsx(tmp_path / "bomb.xlsx", rows, long)) == "table.too_large"
    harmless = [row.replace("<v>1</v>", "<v>0</v>") for row in rows]
    assert len(read(xlsx(tmp_path / "good.xlsx", harmless, long))) == 20_000


def test_what_unpacks_to_too_much_is_refused_by_its_size(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "bomb.xlsx", (" " * 1_000_000 for _ in range(20)))
    assert path.stat().st_size < 100_000
    assert refused(path, Limits(unpacked_bytes=10_000_000)) == "table.too_large"


def test_a_package_that_lies_about_its_sizes_is_damaged(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ['<row r="1"><c r="A1"><v>1</v></c></row>' * 50])
    data = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little")))
    assert refused(path) == "table.damaged"


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
ODS_ROW = "<table:table-row{}>{}</table:table-row>"
ODS_BOMBS = {
    "many rows and columns": ODS_ROW.format(
        ' table:number-rows-repeated="999999999"', ODS_CELL.format(' table:number-columns-repeated="999"', "X")
    ),
    "one far cell": ODS_ROW.format(' table:number-rows-repeated="900000"', "<table:table-cell/>")
    + ODS_ROW.format("", '<table:table-cell table:number-columns-repeated="200"/>' + ODS_CELL.format("", "X")),
    "one long text": ODS_ROW.format(' table:number-rows-repeated="100000"', ODS_CELL.format("", "长" * 1000)),
}


@pytest.mark.parametrize("bomb", ODS_BOMBS)
def test_an_opendocument_bomb_is_refused(tmp_path: Path, bomb: str) -> None:
    assert refused(ods(tmp_path / "bomb.ods", ODS_BOMBS[bomb])) == "table.too_large"


def test_a_broken_opendocument_is_damaged(tmp_path: Path) -> None:
    assert refused(ods(tmp_path / "a.ods", "<table:table-row>")) == "table.damaged"


def test_empty_repeated_cells_behind_the_data_are_harmless(tmp_path: Path) -> None:
    """As LibreOffice writes every sheet: filled up to its last row and column."""
    rows = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16383"/></table:table-row>\n'
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read(ods(tmp_path / "a.ods", rows)) == [(1, ("1.5",))]


def test_passwords_and_other_packages_are_named(tmp_path: Path) -> None:
    encrypted = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refused(ods(tmp_path / "a.ods", "", manifest=encrypted)) == "table.password"
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as package:
        package.writestr("a.txt", "x")
    assert refused(tmp_path / "photos.zip") == "table.format"
    (tmp_path / "cut.xlsx").write_bytes(xlsx(tmp_path / "whole.xlsx", []).read_bytes()[:-40])
    assert refused(tmp_path / "cut.xlsx") == "table.damaged"
    with zipfile.ZipFile(tmp_path / "utf16.xlsx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16"))
    assert refused(tmp_path / "utf16.xlsx") == "table.format"


def test_a_legacy_workbook_beyond_its_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    assert refused(path) == "table.damaged"
    assert refused(path, Limits(legacy_bytes=4000)) == "table.too_large"


def test_a_large_honest_sheet_stays_within_memory(tmp_path: Path) -> None:
    """1 million cells in a process of its own: 300 MB at most."""
    rows = (
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "ABCDEFGHIJ") + "</row>"
        for n in range(1, 100_001)
    )
    path = xlsx(tmp_path / "large.xlsx", rows)
    code = (
        "import re, sys; from pathlib import Path; from guide_app.base.tabular.read import open_table\n"
        "with open_table(Path(sys.argv[1])) as table: n = sum(1 for _ in table.rows)\n"
        # Not ru_maxrss: a child inherits that from whoever started it.
        "print(n, int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    rows_read, megabytes = map(int, done.stdout.split())
    assert rows_read == 100_000
    assert megabytes <= 300


@given(st.floats(-1e300, 1e300))
def test_numbers_keep_what_a_spreadsheet_keeps(number: float) -> None:
    assert float(cell_text(number)) == pytest.approx(number, rel=1e-14)
