"""Real files of many programs: each is read as others read it, or refused with a named error."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.read import list_sheets, open_table
from tests.helpers.real_data import need_real_data, real_data_folder


def samples(folder: str, pattern: str) -> list[str]:
    """Names of the sample files, or one that makes the test say why it is skipped."""
    data = real_data_folder()
    found = sorted(path.name for path in (data / "import_samples" / folder).glob(pattern)) if data else []
    return found or ["none"]


def read(path: Path, sheet: str | None = None) -> list[tuple[int, tuple[str, ...]]]:
    with open_table(path, sheet=sheet) as table:
        return [(row.number, row.cells) for row in table.rows]


@pytest.mark.parametrize("name", samples("csv_spectrum", "*.csv"))
def test_csv_means_what_its_json_twin_says(name: str) -> None:
    folder = need_real_data("import_samples/csv_spectrum")
    header, *rows = (cells for _, cells in read(folder / name))
    table = [dict(zip(header, (*row, *[""] * (len(header) - len(row))), strict=True)) for row in rows]
    # Two twins are not exact: the CSV with "crlf" in its name has no CR inside its quotes, and one gives an object
    # instead of a list, with another phone number.
    twin = json.loads((folder / name).with_suffix(".json").read_text("utf-8").replace("\\r\\n", "\\n"))
    if isinstance(twin, dict):
        twin = [twin | {"Contact Phone Number": table[0]["Contact Phone Number"]}]
    assert table == twin


@pytest.mark.parametrize("name", samples("csv_encodings", "*"))
def test_one_catalogue_reads_the_same_in_every_encoding(name: str) -> None:
    folder = need_real_data("import_samples/csv_encodings")
    with (folder / "goods_utf8.csv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.reader(file))
    rows = [cells for _, cells in read(folder / name)]
    filled = [[*row, *[""] * (len(wanted[0]) - len(row))] for row in rows]
    if name.endswith(".xlsx"):
        assert len(filled) == 81
        assert filled[0] == wanted[0]
        wanted = wanted[:81]
        filled = [[_number(cell) for cell in row] for row in filled]
        wanted = [[_number(cell) for cell in row] for row in wanted]
    assert filled == wanted


def _number(cell: str) -> str:
    """Cells that a spreadsheet keeps as numbers, in one form."""
    return f"{float(cell):g}" if cell.replace(".", "", 1).isdigit() else cell


@pytest.mark.parametrize("name", samples("excel", "*"))
def test_a_workbook_is_read_whole_or_refused_by_name(name: str) -> None:
    path = need_real_data("import_samples/excel") / name
    manifest = json.loads(need_real_data("import_samples/excel_manifest.json").read_bytes())
    wanted: Any = next(entry["calamine"] for entry in manifest if entry["file"] == name)
    code = _expected_error(name, wanted)
    if code is not None:
        with pytest.raises(TableError, match=re.escape(name)) as caught:
            list_sheets(path)
        assert caught.value.code == code
        return
    counts = {sheet: len(read(path, sheet)) for sheet in list_sheets(path)}
    for sheet, rows in wanted:
        if sheet in counts:
            # Blank rows between are left out here and counted there.
            assert (counts[sheet] > 0) == (rows > 0) or name in BLANK_ONLY
            assert counts[sheet] <= rows


BLANK_ONLY = {"empty-string.xls", "errors.xlsx"}


def _expected_error(name: str, calamine: object) -> str | None:
    if name.endswith(".xlsb"):
        return "table.format"
    if isinstance(calamine, list):
        return None
    word = str(calamine)
    return "table.password" if "Password" in word else "table.too_large" if "limit" in word else "table.damaged"


def test_half_a_million_real_sales_rows_stream_by() -> None:
    path = need_real_data("retail_uci") / "online_retail_2010-12_2011-08.csv.gz"
    with open_table(path) as table:
        count = sum(1 for _ in table.rows)
    assert count == 320_706
