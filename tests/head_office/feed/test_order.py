"""A PC's own edits keep their order, however wrong its clock is and however its batches are cut."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.hlc import HybridClock, hold_back, stamp_ms, successor
from guide_app.protocol.messages import Mutation
from head_office.feed.decide import CLOCK_TOLERANCE_MS, count
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, rows_of

#: How wrong a clock is at an edit, in ms; where it cuts its batches; how the office's clock goes on meanwhile.
WRONG = st.sampled_from([0, 0, 3_000, 59_000, 61_000, DAY_MS, 366 * DAY_MS])
EDITS = st.lists(st.tuples(WRONG, st.booleans(), st.integers(-2_000, 90_000)), min_size=2, max_size=12)


def _edits(tag: str, client_id: str, store_id: str, edits: list[tuple[int, bool, int]]) -> list[list[Mutation]]:
    """Batches of patches of one field, each with the office's time at which it was made."""
    wall = NOW
    clock = HybridClock(lambda: wall, tag)
    batches: list[list[Mutation]] = [[]]
    for i, (wrong, cut, later) in enumerate(edits):
        wall = NOW + wrong + later
        stamp = clock.tick()
        batches[-1].append(Mutation(i + 2, "patch", "client", client_id, store_id, stamp, {"remark": str(i)}))
        if cut:
            batches.append([])
    return [batch for batch in batches if batch]


@settings(max_examples=25, deadline=None)
@given(EDITS, st.lists(st.integers(-5_000, 200_000), min_size=12, max_size=12))
def test_the_last_edit_of_a_pc_is_the_one_that_stays(
    converging_engine: Engine, edits: list[tuple[int, bool, int]], office: list[int]
) -> None:
    code = f"S{new_id()[-6:]}"
    make_store(converging_engine, code)
    pc = Pc(converging_engine, enrol_device(converging_engine, code))
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, ms=1, name="王姐"))
    now = NOW
    for batch, step in zip(_edits(pc.who.tag, client_id, pc.who.store_id, edits), office, strict=False):
        now += step
        pushed = pc.push(*batch, now_ms=now)
        assert not [result for result in pushed.results if result.status != "applied"]
        pc.push(*batch, now_ms=now + 1)
    (row,) = [row for row in rows_of(converging_engine, "client") if row["id"] == client_id]
    assert row["remark"] == str(len(edits) - 1)


@given(st.lists(st.tuples(WRONG, st.integers(0, 3)), min_size=1, max_size=40), st.integers(-DAY_MS, DAY_MS))
def test_stamps_are_counted_in_order_and_never_far_ahead(clocks: list[tuple[int, int]], step: int) -> None:
    wall = NOW
    clock = HybridClock(lambda: wall, "0000000a")
    sent = []
    for i, (wrong, _) in enumerate(clocks):
        wall = NOW + wrong
        sent.append(Mutation(i + 1, "put", "note", new_id(), new_id(), clock.tick()))
    half = len(sent) // 2
    first, last = count(sent[:half], "", NOW)
    second, end = count(sent[half:], last, NOW + step)
    stamps = [one.mutation.stamp for one in (*first, *second)]
    assert stamps == sorted(set(stamps))
    assert end == stamps[-1]
    assert all(stamp_ms(one.mutation.stamp) <= NOW + max(step, 0) + CLOCK_TOLERANCE_MS for one in (*first, *second))
    assert all(
        bool(one.note) == (one.mutation.stamp != m.stamp) for one, m in zip((*first, *second), sent, strict=True)
    )


def test_a_stamp_that_nobody_can_read_is_left_to_be_refused() -> None:
    strange = Mutation(1, "put", "note", new_id(), new_id(), "yesterday")
    counted, last = count([strange], "", NOW)
    assert (counted[0].mutation, last) == (strange, "")


def test_held_back_stamps_follow_one_another() -> None:
    clock = HybridClock(lambda: NOW + DAY_MS, "0000000a")
    first = hold_back(clock.tick(), NOW, "")
    assert hold_back(clock.tick(), NOW, first) == successor(first)
