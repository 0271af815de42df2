"""A batch may come twice, in part, cut otherwise, or from a copied disk: it counts once, and nothing goes silently."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.protocol.chain import EMPTY_CHAIN, Chain, chain_over
from guide_app.protocol.messages import Mutation, Pushed
from head_office.feed.push import ForkedError, MutationGapError
from tests.head_office.kit import Pc, enrol_device, make_store, new_id, rows_of


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine))


def _notes(pc: Pc, *bodies: str) -> list[Mutation]:
    return [pc.mutation("put", "note", new_id(), client_id=new_id(), body=body) for body in bodies]


def _chain(*mutations: Mutation) -> Chain:
    return chain_over(EMPTY_CHAIN, mutations)


def _bodies(engine: Engine) -> list[str]:
    return sorted(row["body"] for row in rows_of(engine, "note"))


def test_the_answer_says_the_chain_that_the_device_comes_to(pc: Pc) -> None:
    first, second = _notes(pc, "一", "二"), _notes(pc, "三")
    assert pc.push(*first).chain == _chain(*first)
    assert pc.push(*second, after=_chain(*first)).chain == _chain(*first, *second)
    assert pc.push().chain == _chain(*first, *second)


def test_results_are_those_of_the_batch_asked_for(pc: Pc) -> None:
    strange = [pc.mutation("patch", "client", new_id(), name=str(i)) for i in range(4)]
    pc.push(*strange)
    assert [result.mid for result in pc.push(*strange[1:3], after=_chain(strange[0])).results] == [2, 3]
    assert [result.mid for result in pc.push(*strange[:1]).results] == [1]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_cut_of_what_was_sent_is_answered_as_the_first_time(converging_engine: Engine, data: st.DataObject) -> None:
    code = f"S{new_id()[-6:]}"
    make_store(converging_engine, code)
    pc = Pc(converging_engine, enrol_device(converging_engine, code))
    client_id, note = new_id(), new_id()
    sent = [
        pc.mutation("put", "client", client_id, name="王姐"),
        pc.mutation("put", "note", note, client_id=client_id, body="一"),
        pc.mutation("put", "note", note, client_id=client_id, body="又"),
        pc.mutation("patch", "client", new_id(), name="无此人"),
        pc.mutation("void", "note", new_id()),
        pc.mutation("patch", "client", client_id, ms=1, remark="太早"),
    ]
    said: dict[int, Any] = {}
    last = 0
    while last < len(sent):
        first = data.draw(st.integers(0, last), label="from")
        end = data.draw(st.integers(last + 1, len(sent)), label="to")
        pushed = pc.push(*sent[first:end], after=_chain(*sent[:first]) if first else "")
        assert pushed.chain == _chain(*sent[:end])
        for result in pushed.results:
            assert said.setdefault(result.mid, result) == result
        last = end
    first = data.draw(st.integers(0, len(sent) - 1))
    end = data.draw(st.integers(first + 1, len(sent)))
    again = pc.push(*sent[first:end], after=_chain(*sent[:first]) if first else "")
    assert [result for _, result in sorted(said.items()) if first < result.mid <= end] == again.results
    assert again.chain == _chain(*sent)
    assert [m for m in sorted(said) if said[m].status == "rejected"] == [4, 5]


def test_two_copies_with_the_same_number_at_the_same_millisecond_are_told_apart(pc: Pc) -> None:
    (mine,) = _notes(pc, "原件")
    theirs = msgspec.structs.replace(mine, data={**mine.data, "body": "副本"})
    pc.push(mine)
    with pytest.raises(ForkedError):
        pc.push(theirs, *_notes(pc, "副本的下一条"))
    assert _bodies(pc.engine) == ["原件"]


def _settles(pushed: Pushed, own: list[Mutation]) -> bool:
    """Whether a PC that gave out `own` takes the answer for its own, as the protocol tells it to."""
    return pushed.last_mid <= own[-1].mid and pushed.chain == _chain(*own[: pushed.last_mid])


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("waiting", [0, 3])
def test_a_copied_disk_loses_nothing_of_either_silently(pc: Pc, waiting: int, size: int) -> None:
    shared = _notes(pc, *(f"两份都有 {i}" for i in range(waiting)))
    copy = dataclasses.replace(pc, held={}, cursors={})
    mine, theirs = _notes(pc, "甲一", "甲二", "甲三"), _notes(copy, "乙一", "乙二", "乙三")
    pc.push(*shared, *mine)
    own = [*shared, *theirs]
    for first in range(0, len(own), size):
        batch = own[first : first + size]
        try:
            pushed = copy.push(*batch, after=_chain(*own[:first]) if first else "")
        except ForkedError:
            break
        if not _settles(pushed, own):
            break
    else:
        pytest.fail("the copy was never told")
    assert _bodies(pc.engine) == sorted(m.data["body"] for m in [*shared, *mine])


def test_a_copy_that_is_ahead_of_the_original_betrays_the_original(pc: Pc) -> None:
    shared = _notes(pc, "共有")
    copy = dataclasses.replace(pc, held={}, cursors={})
    mine, theirs = _notes(pc, "甲"), _notes(copy, "乙一", "乙二")
    copy.push(*shared, *theirs)
    pushed = pc.push(*mine, after=_chain(*shared))
    assert not _settles(pushed, [*shared, *mine])
    assert _bodies(pc.engine) == ["乙一", "乙二", "共有"]


def test_a_copy_that_has_not_sent_what_the_office_has_meets_a_gap_only_if_it_left_some_out(pc: Pc) -> None:
    notes = _notes(pc, "一", "二", "三")
    with pytest.raises(MutationGapError):
        pc.push(*notes[1:], after=_chain(notes[0]))
    assert pc.push(*notes).last_mid == 3


def test_one_batch_from_two_sides_at_once_counts_once(pc: Pc) -> None:
    """Two windows of one PC, or a request that was sent again while the first was still under way."""
    notes = _notes(pc, *map(str, range(20)))
    barrier = threading.Barrier(4)

    def send() -> Pushed:
        barrier.wait(20)
        return pc.push(*notes)

    with ThreadPoolExecutor(4) as pool:
        answers = [job.result(60) for job in [pool.submit(send) for _ in range(4)]]
    assert all(answer == answers[0] for answer in answers)
    assert len(rows_of(pc.engine, "note")) == 20


def test_the_place_of_a_device_never_goes_back(pc: Pc) -> None:
    """A long batch and a shorter cut of it under way at once: whoever ends last, the office stands at the longer."""
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, ms=1, name="王姐"))
    batch = [pc.mutation("patch", "client", client_id, counter=i, remark=str(i)) for i in range(5)]
    with ThreadPoolExecutor(2) as pool:
        with pc.engine.begin() as connection:
            connection.execute(sa.text("SELECT 1 FROM client FOR UPDATE"))
            jobs = []
            for waiting, size in enumerate((5, 2), 1):
                jobs.append(pool.submit(pc.push, *batch[:size]))
                _until_waiting(pc.engine, waiting, jobs[-1])
        answers = [job.result(60) for job in jobs]
    assert [answer.last_mid for answer in answers] == [6, 6]
    assert pc.push().last_mid == 6
    assert rows_of(pc.engine, "client")[0]["remark"] == "4"


def _until_waiting(engine: Engine, sessions: int, job: Future[Pushed]) -> None:
    """Until so many sessions wait for a lock, or the job is through without."""
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not job.done() and (connection.scalar(waiting) or 0) < sessions:
            connection.execute(sa.text("SELECT pg_sleep(0.01)"))
