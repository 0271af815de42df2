"""What may leave the book, in what form, and by whose hand."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.birthdays import parse_birthday
from guide_app.base.tabular.people import birthday_record
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.purchases import bring_purchases
from guide_app.flows.desk import Desk
from guide_app.flows.take import Taken, take_out
from guide_app.flows.take_control import Approval
from guide_app.flows.take_tables import birthday_text
from tests.helpers.book import CHEN, LI, WANG, HandClock, actor, open_desk

MANAGER = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")


def export(
    desk: Desk, who: Actor, folder: Path, *, clients_only: bool = False, approval: Approval | None = None
) -> Taken:
    return take_out(desk.db, desk.clock, who, folder, reason="双十一回访", clients_only=clients_only, approval=approval)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_guide_takes_out_her_own_clients_a_manager_everybody(desk: Desk, tmp_path: Path) -> None:
    export(desk, actor(), tmp_path / "mine")
    taken = export(desk, MANAGER, tmp_path / "all")
    assert [row["姓名"] for row in rows(tmp_path / "mine" / "clients.csv")] == ["陈雅婷", "周建国"]
    assert [row["姓名"] for row in rows(tmp_path / "all" / "clients.csv")] == ["陈雅婷", "周建国", "林小满"]
    assert taken.files == {"clients.csv": 3, "purchases.csv": 4, "notes.csv": 0, "tasks.csv": 0, "shares.csv": 0}
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["all", "mine"]


def test_each_client_that_leaves_is_noted(desk: Desk, tmp_path: Path) -> None:
    export(desk, actor(), tmp_path / "mine", clients_only=True)
    logged = desk.db.query(
        lambda c: c.exec_driver_sql("SELECT guide_id, what, count(*) FROM reveal GROUP BY 1, 2").all()
    )
    assert [tuple(row) for row in logged] == [(WANG, "export", 2)]


def test_a_folder_that_holds_something_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(InvalidInputError, match="空文件夹"):
        export(desk, actor(), tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_no_cell_is_run_as_a_formula_and_every_column_is_described(desk: Desk, tmp_path: Path) -> None:
    desk.client_deeds.edit(CHEN, {"remark": "=HYPERLINK(1)", "name": "@陈"}, actor())
    export(desk, actor(), tmp_path / "out")
    raw = (tmp_path / "out" / "clients.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert rows(tmp_path / "out" / "clients.csv")[0]["备注"] == "'=HYPERLINK(1)"
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        header = rows_header(tmp_path / "out" / resource["path"])
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert "王敏 (0231)" in (tmp_path / "out" / "README.txt").read_text("utf-8-sig")


def rows_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


def test_what_was_taken_out_can_be_brought_in_again(desk: Desk, tmp_path: Path) -> None:
    export(desk, MANAGER, tmp_path / "out")
    with open_desk(tmp_path / "other", HandClock()) as other:
        other.db.change(
            lambda uow: [
                uow.patch("client", CHEN, {"shoe_size": ""}),
                uow.patch("client", CHEN, {"birth_month": None}),
            ],
            by=WANG,
            origin="test",
        )
        report = bring_clients(other.db, actor(), tmp_path / "out" / "clients.csv")
        assert (report.added, report.merged, report.unchanged, report.rejected) == (0, 1, 2, 0)
        fields, original = other.clients.portrait(CHEN).fields, desk.clients.portrait(CHEN).fields
        for name in ("shoe_size", "birth_calendar", "birth_year", "birth_month", "birth_day"):
            assert fields[name] == original[name]
        receipts = bring_purchases(other.db, actor(), tmp_path / "out" / "purchases.csv")
        assert (receipts.unchanged, receipts.rejected) == (4, 0)


@pytest.mark.parametrize(
    ("calendar", "year", "leap", "text"),
    [
        ("solar", 1991, False, "1991-03-08"),
        ("solar", None, False, "03-08"),
        ("lunar", None, False, "农历3月8日"),
        ("lunar", 1985, True, "农历1985年闰3月8日"),
    ],
)
def test_birthdays_are_written_as_the_import_reads_them(calendar: str, year: int | None, leap: bool, text: str) -> None:
    row = {"birth_calendar": calendar, "birth_year": year, "birth_month": 3, "birth_day": 8, "birth_leap": leap}
    assert birthday_text(row) == text
    assert birthday_record(parse_birthday(text)) == row
    month = row | {"birth_day": None}
    assert birthday_record(parse_birthday(birthday_text(month))) == month
