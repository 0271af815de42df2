"""Her own book as one file: in every form it comes back as it was, under the same control as all that leaves."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.tabular.fields import Parsed
from guide_app.base.tabular.people import CLIENT_FIELDS, client_record, parse_tags
from guide_app.base.tabular.values import parse_text
from guide_app.clients.model import ClientFilter
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions
from guide_app.flows.bringing.source import open_source
from guide_app.flows.desk import Desk
from guide_app.flows.take_book import CARD_COLUMNS, SUFFIXES, BookChoice, Form, render, take_book
from guide_app.flows.take_sealed import unseal
from guide_app.flows.take_tables import CLIENTS
from tests.helpers.book import LI, WANG, HandClock, actor, open_desk

FORMS: tuple[Form, ...] = ("csv", "xlsx", "vcard", "json")
PASSWORD = "correct horse 电池"


def _said(text: str) -> bool:
    """Whether the import takes this text as it stands."""
    try:
        return parse_text(text) == text
    except InvalidInputError:
        return False


_ALPHABET = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")) | st.sampled_from("=+-@'\",;、\\\n\t_x")
_TEXT = st.text(_ALPHABET, max_size=40).filter(_said)
_TAG = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=8).filter(_said)


@st.composite
def _clients(draw: st.DrawFn) -> dict[str, Any]:
    """A row of the export as the book may hold it: what the import itself would have let in."""
    born = draw(st.booleans())
    lunar = born and draw(st.booleans())
    row: dict[str, Any] = dict.fromkeys(
        ("id", "member_no", "age_band", "level", "source_channel", "guide_number", "consent_version", "top_size"), ""
    )
    return row | {
        "name": draw(_TEXT.filter(bool)),
        "phone": f"1{draw(st.integers(30_0000_0000, 99_9999_9999)):010d}",
        "wechat": draw(st.text("abcdefgh_-0123456789", max_size=20)),
        "sex": draw(st.sampled_from(["", "female", "male"])),
        "birth_calendar": "lunar" if lunar else "solar",
        "birth_year": draw(st.none() | st.integers(1900, 2020)) if born else None,
        "birth_month": draw(st.integers(1, 12)) if born else None,
        "birth_day": draw(st.integers(1, 28)) if born else None,
        "birth_leap": lunar and draw(st.booleans()),
        "shoe_size": draw(st.sampled_from(["", "37", "38.5"])),
        "preference": draw(_TEXT),
        "remark": draw(_TEXT),
        "tags": "、".join(draw(st.lists(_TAG, max_size=3, unique_by=parse_tags))),
        "contact_state": "none", "consent_at": None, "created_at": 1, "archived_at": None,
    }  # fmt: skip


def _brought(path: Path) -> list[dict[str, Any]]:
    with open_source(path, CLIENT_FIELDS, BringOptions()) as source:
        rows = list(source.reading.rows)
    found = []
    for row in rows:
        assert isinstance(row, Parsed), row
        found.append(client_record(row.values) | {"tags": "、".join(row.values.get("tags") or ())})
    return found


def _wanted(row: dict[str, Any], form: Form) -> dict[str, Any]:
    names = {"name", "phone", "wechat", "sex", "remark", "tags"}
    if form != "vcard":
        names |= {"shoe_size", "preference"}
    wanted = {name: row[name] for name in names if row[name] != "" or name == "tags"}
    if row["birth_month"] is not None:
        wanted |= {name: row[name] for name in row if name.startswith("birth_")}
    return wanted


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_clients(), min_size=1, max_size=4, unique_by=lambda row: row["phone"]))
def test_what_is_taken_out_is_brought_in_as_it_was(tmp_path: Path, form: Form, rows: list[dict[str, Any]]) -> None:
    path = tmp_path / f"book{SUFFIXES[form]}"
    path.write_bytes(render(form, CLIENTS, rows, "王敏 0231 2026-11-22 10:00 #AB12CD34", 0))
    assert _brought(path) == [_wanted(row, form) for row in rows]


def take(desk: Desk, path: Path, choice: BookChoice, reason: str = "双十一回访") -> str:
    return take_book(desk.db, desk.clock, actor(), path, choice, reason=reason).sha256


@pytest.mark.parametrize("form", FORMS)
def test_her_own_book_goes_into_an_empty_one_and_comes_out_the_same(
    desk: Desk, clock: HandClock, tmp_path: Path, form: Form
) -> None:
    text = (
        "姓名,手机号,性别,生日,标签,备注,鞋码\n=张曼,13700001111,女,农历1982年闰四月初三,老客户、周末来,-1+1,37\n"
        "李四,13700002222,,农历八月,,,\n王五,13700003333,,1991年3月,,,\n"
    )
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    bring_clients(desk.db, actor(), tmp_path / "list.csv")
    path = tmp_path / f"book{SUFFIXES[form]}"
    take(desk, path, BookChoice(form))
    again = bring_clients(desk.db, actor(), path)
    assert (again.rows, again.unchanged, again.known) == (5, 5, [])
    (tmp_path / "other").mkdir()
    with open_desk(tmp_path / "other", clock) as other:
        report = bring_clients(other.db, actor(), path)
        assert report.rejected == 0
        second = tmp_path / f"second{SUFFIXES[form]}"
        take(other, second, BookChoice(form))
        assert {tuple(sorted(row.items())) for row in _brought(path)} <= {
            tuple(sorted(row.items())) for row in _brought(second)
        }


def test_no_form_holds_a_formula_and_every_row_carries_the_mark(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text('姓名,手机号\n"=HYPERLINK(""x"")",13700001111\n', encoding="utf-8")
    bring_clients(desk.db, actor(), tmp_path / "list.csv")
    for form in FORMS:
        take(desk, tmp_path / f"book{SUFFIXES[form]}", BookChoice(form))
    with (tmp_path / "book.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert all(row[-1].startswith("王敏 0231") for row in rows[1:])
    assert all("王敏 0231" in str(row[-1]) for row in list(sheet.iter_rows(values_only=True))[1:])
    assert (tmp_path / "book.vcf").read_text(encoding="utf-8").count("X-EXPORT-MARK:王敏 0231") == len(rows) - 1
    assert json.loads((tmp_path / "book.json").read_text(encoding="utf-8"))["mark"].startswith("王敏 0231")


def test_only_the_chosen_columns_leave_and_only_her_own_clients(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path / "book.csv", BookChoice("csv", ("姓名", "鞋码")))
    with (tmp_path / "book.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["姓名", "鞋码", "导出标记"]
    assert [row[0] for row in rows[1:]] == ["陈雅婷", "周建国"]
    manager = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")
    taken = take_book(desk.db, desk.clock, manager, tmp_path / "hers.vcf", BookChoice("vcard"), reason="回访")
    assert taken.clients < desk.clients.count(ClientFilter(), WANG) + 1
    assert set(CARD_COLUMNS) < {column.title for column in CLIENTS.columns}
    with pytest.raises(InvalidInputError, match="没有列"):
        take(desk, tmp_path / "x.csv", BookChoice("csv", ("密码",)))


def test_a_sealed_book_is_unreadable_without_the_password(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "book.csv.age"
    sha256 = take(desk, path, BookChoice("csv", password=PASSWORD))
    assert "陈雅婷".encode() not in path.read_bytes()
    assert "陈雅婷" in unseal(path.read_bytes(), PASSWORD).decode("utf-8-sig")
    (line,) = [one for one in desk.privacy.accesses(0) if one.deed == "export"]
    assert (line.proof, line.records, line.reason) == (sha256, 2, "双十一回访")
    with pytest.raises(InvalidInputError, match="至少"):
        take(desk, tmp_path / "y.age", BookChoice("csv", password="short"))


def test_more_than_one_person_may_take_out_needs_a_second_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"客{n},{13_700_000_000 + n}\n" for n in range(201))
    (tmp_path / "list.csv").write_text("姓名,手机号\n" + rows, encoding="utf-8")
    bring_clients(desk.db, actor(), tmp_path / "list.csv")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(GuideError, match="店长批准"):
        take(desk, out / "book.csv", BookChoice())
    assert list(out.iterdir()) == []
    assert [one for one in desk.privacy.accesses(0) if one.deed == "export"] == []


def test_without_a_reason_or_a_place_nothing_leaves(desk: Desk, tmp_path: Path) -> None:
    for reason, path in ((" ", tmp_path / "book.csv"), ("回访", tmp_path / "no" / "book.csv")):
        with pytest.raises(InvalidInputError):
            take(desk, path, BookChoice(), reason)
    assert [one for one in desk.privacy.accesses(0) if one.deed == "export"] == []
