"""Finishing a task: the first counts, whoever else did the same; what the office cancelled stays cancelled."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from guide_app.protocol.messages import Mutation
from head_office.deeds import push_rules
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))


def _second(pc: Pc) -> Pc:
    return Pc(pc.engine, enrol_device(pc.engine, name="收银台 2"), pc.rules)


def _done(pc: Pc, task: str, by: str, result: str = "已联系", ms: int = NOW) -> Mutation:
    plain = pc.mutation("command", "task.complete", task, ms=ms, result=result, at=ms)
    return Mutation(plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, plain.data, by)


def test_the_task_says_what_came_of_it_when_and_by_whom(pc: Pc) -> None:
    task, guide = new_id(), new_id()
    pushed = pc.push(pc.mutation("put", "task", task, title="回访王女士"), _done(pc, task, guide))
    assert pushed.results == []
    (row,) = rows_of(pc.engine, "task")
    assert (row["status"], row["result"], row["done_at"], row["done_by"]) == ("done", "已联系", NOW, guide)
    pc.pull()
    assert pc.digests() == pc.promised()


def test_the_first_to_finish_counts_and_the_second_sees_who_it_was(pc: Pc) -> None:
    task, first, second = new_id(), new_id(), new_id()
    other = _second(pc)
    pc.push(pc.mutation("put", "task", task, title="回访"))
    pc.push(_done(pc, task, first, "先做的", NOW + 10))
    late = other.push(_done(other, task, second, "后做的", NOW + 20), now_ms=NOW + 30)
    assert [(r.status, r.code) for r in late.results] == [("duplicate", "")]
    (row,) = rows_of(pc.engine, "task")
    assert (row["done_by"], row["result"]) == (first, "先做的")
    assert [frame.data["done_by"] for frame in late.records] == [first]  # type: ignore[union-attr]


def test_what_the_office_cancelled_stays_cancelled(pc: Pc) -> None:
    task = new_id()
    put_all(pc.engine, pc.scope, "task", {task: {"title": "盘点", "status": "cancelled"}})
    pushed = pc.push(_done(pc, task, new_id()))
    assert [(r.status, r.code) for r in pushed.results] == [("rejected", "task.cancelled")]
    assert [row["status"] for row in rows_of(pc.engine, "task")] == ["cancelled"]


def test_an_unknown_task_and_a_wrong_moment_are_refused(pc: Pc) -> None:
    unknown = pc.push(_done(pc, new_id(), new_id()))
    assert [(r.status, r.code) for r in unknown.results] == [("rejected", "record.unknown")]
    wrong = pc.push(pc.mutation("command", "task.complete", new_id(), at="heute"))
    assert [(r.code, r.detail) for r in wrong.results] == [("record.invalid", "at")]


def test_a_replay_is_answered_alike(pc: Pc) -> None:
    task = new_id()
    batch = (pc.mutation("put", "task", task, title="回访"), _done(pc, task, new_id()), _done(pc, task, new_id()))
    first, again = pc.push(*batch), pc.push(*batch, now_ms=NOW + 5)
    assert (first.results, first.records) == (again.results, again.records)
