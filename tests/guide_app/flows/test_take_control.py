"""How much one person may take out alone, who answers for more, and what is left behind of it."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError, LockedError
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.desk import Desk
from guide_app.flows.take import Taken, take_out
from guide_app.flows.take_control import Approval, approve, needs_approval
from guide_app.privacy.queries import Access
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND
from tests.helpers.book import LI, NOW, PIN, STORE, WANG, HandClock, actor, ident
from tests.helpers.house_rules import set_rule

MANAGER = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")


def export(desk: Desk, who: Actor, folder: Path, approval: Approval | None = None, reason: str = "双十一回访") -> Taken:
    return take_out(desk.db, desk.clock, who, folder, reason=reason, clients_only=True, approval=approval)


def exports(desk: Desk) -> list[Access]:
    return [line for line in desk.privacy.accesses(0) if line.deed == "export"]


def bring(desk: Desk, folder: Path, count: int) -> None:
    path = folder / "list.csv"
    lines = [f"客{n},{13_700_000_000 + n}\n" for n in range(count)]
    path.write_text("姓名,手机号\n" + "".join(lines), encoding="utf-8")
    bring_clients(desk.db, actor(), path)


def test_two_hundred_rows_leave_alone_and_one_more_does_not(desk: Desk, clock: HandClock, tmp_path: Path) -> None:
    bring(desk, tmp_path, 198)
    assert export(desk, actor(), tmp_path / "first").clients == 200
    desk.client_deeds.add({"name": "又一位"}, actor())
    clock.ms += DAY_MS
    with pytest.raises(GuideError, match="店长") as caught:
        export(desk, actor(), tmp_path / "second")
    assert caught.value.code == "export.needs_manager"
    assert not (tmp_path / "second").exists()
    assert [line.records for line in exports(desk)] == [200]


def test_a_manager_needs_another_manager_too(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, 201)
    with pytest.raises(GuideError, match="另一位店长"):
        export(desk, MANAGER, tmp_path / "out")
    with pytest.raises(GuideError) as caught:
        approve(desk.roster, MANAGER, "0300", PIN)
    assert caught.value.code == "export.approver"


def test_a_manager_answers_with_her_pin_and_the_guide_goes_on_acting(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, 201)
    who = desk.roster.login("0231", PIN)
    with pytest.raises(LockedError, match="PIN"):
        approve(desk.roster, who, "0300", "0000")
    approval = approve(desk.roster, who, "0300", PIN)
    assert desk.roster.acting().name == "王敏"
    assert export(desk, who, tmp_path / "out", approval).clients == 203
    (line,) = exports(desk)
    assert (line.guide, line.approved_by, line.records) == ("王敏", "李娜", 203)
    assert "李娜 (0300)" in (tmp_path / "out" / "README.txt").read_text("utf-8-sig")


def test_no_other_guide_answers_for_an_export(desk: Desk, tmp_path: Path) -> None:
    def bring_zhao(applier: Any) -> None:
        zhao = {"no": 9, "number": "0400", "name": "赵", "role": "store_manager", "store_id": ident(2)}
        applier.apply([RecordFrame(BRAND, "guide", ident(8), 950, zhao)])

    desk.db.apply(bring_zhao)
    for other in (WANG, ident(8), ident(997)):
        with pytest.raises(GuideError) as caught:
            export(desk, MANAGER, tmp_path / "out", Approval(other, "谁", "0000"))
        assert caught.value.code == "export.approver"
    with pytest.raises(GuideError, match="店长"):
        approve(desk.roster, MANAGER, "0231", PIN)
    assert exports(desk) == []
    assert MANAGER.store_id == STORE


def test_small_exports_of_one_day_count_together(desk: Desk, clock: HandClock, tmp_path: Path) -> None:
    set_rule(desk, "export_limit", 5)
    export(desk, actor(), tmp_path / "a")
    export(desk, actor(), tmp_path / "b")
    with pytest.raises(GuideError, match="24 小时内已导出的 4 行"):
        export(desk, actor(), tmp_path / "c")
    export(desk, MANAGER, tmp_path / "hers")
    clock.ms += DAY_MS
    export(desk, actor(), tmp_path / "c")


def test_what_a_manager_answered_for_does_not_count_against_the_guide(desk: Desk, tmp_path: Path) -> None:
    set_rule(desk, "export_limit", 3)
    export(desk, actor(), tmp_path / "approved", approve(desk.roster, actor(), "0300", PIN))
    assert export(desk, actor(), tmp_path / "alone").clients == 2
    with pytest.raises(GuideError, match="已导出的 2 行"):
        export(desk, actor(), tmp_path / "more")


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 249))
def test_whoever_takes_out_alone_stays_below_the_number_of_the_law(rows: int, before: int, limit: int) -> None:
    if rows and not needs_approval(rows, before, limit):
        assert rows + before < 250
    assert not needs_approval(0, before, limit)


def test_head_office_cannot_set_the_limit_at_the_number_of_the_law(desk: Desk, tmp_path: Path) -> None:
    set_rule(desk, "export_limit", 100_000)
    bring(desk, tmp_path, 248)
    with pytest.raises(GuideError, match="超过 249 行"):
        export(desk, actor(), tmp_path / "out")


def test_every_row_says_who_took_it_when_and_the_log_proves_the_files(desk: Desk, tmp_path: Path) -> None:
    taken = export(desk, actor(), tmp_path / "out")
    with (tmp_path / "out" / "clients.csv").open(encoding="utf-8-sig", newline="") as stream:
        marks = {row["导出标记"] for row in csv.DictReader(stream)}
    assert marks == {f"王敏 0231 2026-11-21 14:32 #{taken.number}"}
    (line,) = exports(desk)
    assert (line.guide, line.reason, line.records, line.approved_by, line.at) == ("王敏", "双十一回访", 2, "", NOW)
    sums = (tmp_path / "out" / "SHA256SUMS").read_bytes()
    assert line.proof == taken.sha256 == hashlib.sha256(sums).hexdigest()
    listed = {name: digest for digest, name in (one.split("  ") for one in sums.decode().splitlines())}
    for path in (tmp_path / "out").iterdir():
        if path.name != "SHA256SUMS":
            assert listed[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert package["id"][-8:].upper() == taken.number


def test_without_a_reason_nothing_leaves(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="原因"):
        export(desk, actor(), tmp_path / "out", reason=" ")
    assert (exports(desk), list(tmp_path.glob("out*"))) == ([], [])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(desk: Desk, tmp_path: Path, start: str) -> None:
    def rename(applier: Any) -> None:
        found = applier.conn.exec_driver_sql("UPDATE client SET remark = ?", (f"{start}cmd|'/c calc'!A1",))
        assert found.rowcount == 3

    desk.db.apply(rename)
    export(desk, actor(), tmp_path / "out")
    with (tmp_path / "out" / "clients.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in cells if cell.startswith(f"'{start}cmd")]
