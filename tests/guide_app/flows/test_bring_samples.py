"""Real files of many programs, and hostile strings, through the whole import: a report or a named error."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from guide_app.base.errors import GuideError
from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.read import list_sheets, open_table
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions, BringReport
from guide_app.flows.bringing.preview import preview
from guide_app.flows.bringing.purchases import bring_purchases
from guide_app.flows.bringing.vcard import is_vcard
from guide_app.flows.desk import Desk
from tests.helpers.book import actor
from tests.helpers.real_data import need_real_data, real_data_folder

_FOLDERS = ("csv_encodings", "csv_spectrum", "excel", "vcard")


def _files() -> list[str]:
    data = real_data_folder()
    if data is None:
        return ["none"]
    root = data / "import_samples"
    return sorted(str(path.relative_to(root)) for name in _FOLDERS for path in (root / name).iterdir())


def _records(desk: Desk) -> tuple[int, int]:
    def count(table: str) -> int:
        return int(desk.db.query(lambda c: c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()))

    return count("client"), count("outbox")


def _first_columns(header: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    titles = [title for title in dict.fromkeys(header) if title.strip()]
    return dict(zip(titles, names, strict=False))


@pytest.mark.parametrize("name", _files())
def test_every_sample_gives_a_report_of_all_its_rows_or_a_named_error(desk: Desk, tmp_path: Path, name: str) -> None:
    path = need_real_data("import_samples") / name
    before = _records(desk)
    try:
        sheets = list_sheets(path) if not is_vcard(path) else []
        shown = [preview(path, "clients", BringOptions(sheet=sheet)) for sheet in (*sheets, None)]
    except TableError as e:
        refusal: TableError | None = e
    else:
        refusal = None
    if refusal is not None:
        assert path.name in refusal.sentence
        assert refusal.way_out or refusal.code == "table.empty"
        assert _records(desk) == before
        return
    found = shown[-1]
    errors = tmp_path / "refused.csv"
    chosen = {} if is_vcard(path) else _first_columns(found.header, ("phone", "name"))
    report = bring_clients(desk.db, actor(), path, BringOptions(columns=chosen, errors=errors))
    assert report.added + report.merged + report.unchanged + report.rejected == report.rows
    assert _records(desk)[0] - before[0] <= report.added
    assert len({one.row_no for one in report.rejects}) == report.rejected
    if report.rejected:
        with open_table(errors) as table:
            assert sum(1 for _ in table.rows) == report.rejected + 1
    held = _records(desk)
    with suppress(GuideError):  # a file without a column that receipts need
        receipts = bring_purchases(desk.db, actor(), path, BringOptions())
        held = (held[0], _records(desk)[1])
        assert receipts.added + receipts.unchanged + receipts.rejected == receipts.rows
    assert _records(desk) == held


def _strings() -> list[str]:
    folder = need_real_data("security")
    found = json.loads((folder / "blns.json").read_text(encoding="utf-8"))
    for name in ("csv_injection.txt", "xss_part1.txt"):
        found += (folder / name).read_text(encoding="utf-8").splitlines()
    return [text for text in dict.fromkeys(found) if text.strip()]


def _account(report: BringReport, rows: int) -> None:
    assert report.rows == rows
    assert report.added + report.merged + report.unchanged + report.rejected == rows
    assert all(one.sentence and one.code for one in report.rejects)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_hostile_strings_are_text_or_refused_with_a_reason(desk: Desk, tmp_path: Path, suffix: str) -> None:
    strings = _strings()
    path = tmp_path / f"hostile.{suffix}"
    rows = [(text, str(13_000_000_000 + n), text) for n, text in enumerate(strings)]
    if suffix == "csv":
        with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
            csv.writer(out).writerows([("姓名", "手机号", "备注"), *rows])
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["姓名", "手机号", "备注"])
        kept = [row for row in rows if not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(row[0])]
        rows = kept
        for row in kept:
            cells = [openpyxl.cell.WriteOnlyCell(sheet, text) for text in row]
            for cell in cells:
                cell.data_type = "s"
            sheet.append(cells)
        book.save(path)
    errors = tmp_path / "refused.csv"
    report = bring_clients(desk.db, actor(), path, BringOptions(errors=errors))
    _account(report, len(rows))
    assert report.added > len(rows) * 0.5
    text = errors.read_text(encoding="utf-8-sig")
    with errors.open(encoding="utf-8-sig", newline="") as written:
        assert all(cell[:1] not in ("=", "+", "-", "@", "\t", "\r") for row in csv.reader(written) for cell in row)
    assert "原因" in text
    again = bring_clients(desk.db, actor(), path, BringOptions())
    assert (again.added, again.merged, again.rejected) == (0, 0, report.rejected)
