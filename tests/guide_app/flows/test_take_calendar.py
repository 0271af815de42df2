"""Her calendar file: her own clients' days by both calendars, promises and tasks; noted like every export."""

import hashlib
from pathlib import Path

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.clients.dates import NewDate
from guide_app.flows.desk import Desk
from guide_app.flows.take_calendar import CalendarTaken, masked_name, take_calendar
from tests.guide_app.base.test_icalendar import unfolded
from tests.helpers.book import CHEN, LIN, NOW, WANG, actor


def take(desk: Desk, folder: Path, *, reason: str = "手机提醒", names: bool = False) -> CalendarTaken:
    return take_calendar(desk.db, desk.clock, actor(), folder / "her.ics", reason=reason, names=names)


def entries(taken: CalendarTaken) -> list[tuple[str, str]]:
    lines = unfolded(taken.file.read_bytes())
    starts = [line.split(":", 1)[1] for line in lines if line.startswith("DTSTART")]
    return list(zip(starts, [line[8:] for line in lines if line.startswith("SUMMARY:")], strict=True))


def test_days_by_both_calendars_promises_and_tasks_of_her_own_clients(desk: Desk, tmp_path: Path) -> None:
    desk.followup_deeds.promise(CHEN, "给陈雅婷留鞋", NOW + DAY_MS, actor())
    desk.followup_deeds.task("盘点", NOW + 2 * DAY_MS, actor())
    desk.card_deeds.dates.add(LIN, NewDate("custom", title="李娜的客户", month=12, day=1), actor())
    taken = take(desk, tmp_path)
    assert entries(taken) == [
        ("20270308", "陈** 生日"), ("20280308", "陈** 生日"),
        # 农历十月十四 in 2026 and 2027, by the Hong Kong Observatory's tables
        ("20261122", "周** 生日"), ("20271111", "周** 生日"),
        ("20261122T063200Z", "陈** 答应过: 给陈**留鞋"), ("20261123T063200Z", "盘点"),
    ]  # fmt: skip
    assert (taken.events, taken.clients) == (6, 2)
    assert "DESCRIPTION:农历十月十四" in unfolded(taken.file.read_bytes())
    assert "138000" not in taken.file.read_text("utf-8")


def test_full_names_only_if_she_asks_and_every_file_is_noted(desk: Desk, tmp_path: Path) -> None:
    taken = take(desk, tmp_path, names=True)
    assert entries(taken)[0] == ("20270308", "陈雅婷 生日")
    sql = "SELECT deed, reason, records, proof FROM access_log WHERE guide_id = ?"
    assert desk.db.query(lambda c: [tuple(r) for r in c.exec_driver_sql(sql, (WANG,))]) == [
        ("export", "手机提醒", 2, hashlib.sha256(taken.file.read_bytes()).hexdigest())
    ]
    with pytest.raises(InvalidInputError, match="已有文件"):
        take(desk, tmp_path)


def test_a_childs_day_without_the_guardian_and_ended_ones_stay_at_home(desk: Desk, tmp_path: Path) -> None:
    gone = desk.card_deeds.dates.add(CHEN, NewDate("anniversary", month=12, day=1), actor())
    desk.card_deeds.dates.end(gone, actor())
    child = NewDate("child_birthday", year=2020, month=12, day=2, guardian=True)
    desk.card_deeds.dates.add(CHEN, child, actor())
    assert ("20261202", "陈** 孩子生日") in entries(take(desk, tmp_path))
    desk.clock.ms += 1000  # type: ignore[attr-defined]
    desk.privacy_deeds.withdraw(CHEN, "child", actor(), proof="家长来电")
    (tmp_path / "her.ics").unlink()
    assert [e for e in entries(take(desk, tmp_path)) if "12" in e[0][4:6]] == []


def test_a_place_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="写不了") as refused:
        take(desk, tmp_path / "missing")
    assert refused.value.code == "export.file"


def test_without_a_reason_or_beyond_the_limit_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="原因"):
        take(desk, tmp_path, reason=" ")
    for n in range(201):
        fields = {"name": f"客{n}", "primary_guide_id": WANG, "birth_month": 5, "birth_day": 5}
        desk.client_deeds.add(fields, actor())
    with pytest.raises(GuideError, match="批准"):
        take(desk, tmp_path)
    assert list(tmp_path.glob("*.ics*")) == []


def test_names_are_masked() -> None:
    assert [masked_name(name) for name in ("陈雅婷", "王", "")] == ["陈**", "王", ""]
