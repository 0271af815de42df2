"""Batches of tasks: sent at decent hours, by two people where head office wants it, urged and taken back by name."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError, NotFoundError
from head_office.deeds import push_rules
from head_office.publishing.batches import list_batches
from head_office.publishing.hours import SendingHours
from head_office.publishing.model import PublishError
from head_office.publishing.service import Published, approve_batch, cancel_batch, publish, urge_batch
from tests.head_office.kit import SECRET, Pc, enrol_device, make_guide, make_store, rows_of

BATCH = {"batch": "双十二", "title": "发预告"}
HOURS = st.integers(7, 22).flatmap(lambda first: st.builds(SendingHours, st.just(first), st.integers(first + 1, 23)))


def china_ms(text: str) -> int:
    return round(dt.datetime.fromisoformat(f"{text}+08:00").timestamp() * 1000)


NOON, NIGHT = china_ms("2026-11-30 12:00"), china_ms("2026-11-30 23:30")


@given(HOURS, st.integers(NOON - 10**9, NOON + 10**9))
def test_an_opening_lies_within_the_hours_and_is_the_next_one(hours: SendingHours, at: int) -> None:
    opens = hours.opening(at)
    assert opens >= at
    assert opens - at < 24 * 3_600_000
    assert hours.first <= china_datetime(opens).hour < hours.last
    if opens > at:
        assert china_datetime(opens) == china_datetime(opens).replace(hour=hours.first, minute=0, second=0)
        assert not hours.first <= china_datetime(at).hour < hours.last


@pytest.fixture
def office(office_engine: Engine) -> Engine:
    store = make_store(office_engine)
    for no in (1, 2):
        make_guide(office_engine, store, f"G{no}", no)
    return office_engine


def send(office: Engine, folder: Path, at: int = NOON, by: str = "", /, **content: Any) -> Published:
    path = folder / "file.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return publish(office, path, at, by)


def starts(office: Engine) -> set[str]:
    found = {row["starts_at"] for row in rows_of(office, "task")}
    return {"" if at is None else f"{china_datetime(at):%m-%d %H:%M}" for at in found}


@pytest.mark.parametrize(
    ("at", "entry", "begins"),
    [
        (NOON, {}, ""),
        (NIGHT, {}, "12-01 07:00"),
        (NOON, {"starts": "2026-12-01 05:00"}, "12-01 07:00"),
        (NOON, {"starts": "2026-12-01 23:00"}, "12-02 07:00"),
        (NOON, {"starts": "2026-12-01"}, "12-01 07:00"),
        (NOON, {"starts": "2026-12-01 22:59"}, "12-01 22:59"),
    ],
)
def test_tasks_begin_at_decent_hours(
    office: Engine, tmp_path: Path, at: int, entry: dict[str, str], begins: str
) -> None:
    send(office, tmp_path, at, tasks=[{**BATCH, **entry}])
    assert starts(office) == {begins}
    assert send(office, tmp_path, at + 86_400_000, tasks=[{**BATCH, **entry}]).changed == {}


def test_head_office_narrows_the_hours_but_cannot_widen_them(office: Engine, tmp_path: Path) -> None:
    send(office, tmp_path, house_rules={"sending_hours": {"from": 9, "until": 21}})
    send(office, tmp_path, tasks=[{**BATCH, "starts": "2026-12-01 21:30"}])
    assert starts(office) == {"12-02 09:00"}
    for wide in ({"from": 5, "until": 23}, {"from": 7, "until": 24}, {"from": 20, "until": 9}, {"until": 8, "from": 8}):
        with pytest.raises(PublishError):
            send(office, tmp_path, house_rules={"sending_hours": wide})
    with pytest.raises(PublishError, match="作废"):
        send(office, tmp_path, NIGHT, tasks=[{"batch": "夜", "title": "夜", "expires": "2026-12-01 06:00"}])


def test_a_second_person_lets_a_batch_go_out(office: Engine, tmp_path: Path) -> None:
    send(office, tmp_path, house_rules={"task_approval": {"on": 1}})
    with pytest.raises(PublishError, match="--by"):
        send(office, tmp_path, tasks=[BATCH])
    assert send(office, tmp_path, NOON, "王敏", tasks=[BATCH]).waiting == ("双十二",)
    assert rows_of(office, "task") == []
    with pytest.raises(InvalidInputError, match="自己"):
        approve_batch(office, "双十二", "王敏", NOON + 1)
    with pytest.raises(NotFoundError):
        approve_batch(office, "没有的", "李娜", NOON + 1)
    assert approve_batch(office, "双十二", "李娜", NIGHT).added == {"task": 2}
    assert starts(office) == {"12-01 07:00"}
    with pytest.raises(InvalidInputError, match="不在等待"):
        approve_batch(office, "双十二", "李娜", NIGHT)
    with office.connect() as connection:
        (line,) = list_batches(connection)
        told = connection.exec_driver_sql("SELECT detail FROM audit WHERE deed = 'tasks.approve'").scalars().all()
    assert (line.state, line.asked_by, line.approved_by, line.tasks["open"]) == ("sent", "王敏", "李娜", 2)
    assert told == [{"batch": "双十二", "by": "李娜"}]


def test_what_was_approved_goes_again_and_what_was_changed_waits_again(office: Engine, tmp_path: Path) -> None:
    entry = {**BATCH, "approval": True}
    send(office, tmp_path, NOON, "王敏", tasks=[entry])
    approve_batch(office, "双十二", "李娜", NOON)
    assert send(office, tmp_path, NOON, "王敏", tasks=[{**entry, "urge": "2026-12-01 10:00"}]).changed == {"task": 2}
    assert send(office, tmp_path, NOON, "王敏", tasks=[{**entry, "title": "改了"}]).waiting == ("双十二",)
    assert {row["title"] for row in rows_of(office, "task")} == {"发预告"}
    assert send(office, tmp_path, NOON, tasks=[{**entry, "cancel": True}]).changed == {"task": 2}


def test_a_batch_is_urged_and_taken_back_by_its_name(office: Engine, tmp_path: Path) -> None:
    send(office, tmp_path, tasks=[BATCH, {"batch": "盘点", "title": "盘点"}])
    pc = Pc(office, enrol_device(office), push_rules(SECRET))
    done = next(row["id"] for row in rows_of(office, "task") if row["title"] == "发预告")
    pc.push(pc.mutation("command", "task.complete", done, ms=NOON + 1, result="sold"), now_ms=NOON + 1)
    assert urge_batch(office, "双十二", "王敏", NIGHT) == 1
    urged = {row["urged_at"] for row in rows_of(office, "task") if row["urged_at"]}
    assert [f"{china_datetime(at):%m-%d %H:%M}" for at in urged] == ["12-01 07:00"]
    pc.pull()
    assert pc.digests() == pc.promised()
    assert cancel_batch(office, "双十二", "王敏", NIGHT) == 1
    assert sorted(row["status"] for row in rows_of(office, "task")) == ["cancelled", "done", "open", "open"]
    assert (cancel_batch(office, "双十二", "王敏", NIGHT), urge_batch(office, "双十二", "王敏", NIGHT)) == (0, 0)
    with pytest.raises(NotFoundError):
        urge_batch(office, "没有的", "王敏", NIGHT)


def test_a_waiting_batch_is_let_go(office: Engine, tmp_path: Path) -> None:
    send(office, tmp_path, NOON, "王敏", tasks=[{**BATCH, "approval": True}])
    assert cancel_batch(office, "双十二", "李娜", NOON) == 0
    with pytest.raises(NotFoundError):
        approve_batch(office, "双十二", "李娜", NOON)
