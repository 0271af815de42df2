"""Merging is commutative, associative and idempotent: whatever way the edits take, the end is the same."""

from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.merge import State, patch, put, remove

CLIENT, TASK, NOTE, TAG = KINDS["client"], KINDS["task"], KINDS["note"], KINDS["client_tag"]
STAMPS = st.builds(make_stamp, st.integers(1, 50), st.integers(0, 3), st.sampled_from(["0000000a", "0000000b"]))
EDITS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["name", "shoe_size", "remark"]), st.sampled_from("abc"), min_size=1), STAMPS
    ),
    max_size=4,
    unique_by=lambda edit: edit[1],
)
START = State({"name": "", "shoe_size": "", "remark": ""})


def end_of(edits: list[tuple[dict[str, Any], str]]) -> State:
    state = START
    for fields, stamp in edits:
        after = patch(CLIENT, state, fields, stamp).state
        assert after is not None
        state = after
    return state


@given(EDITS)
def test_the_order_of_arrival_does_not_matter(edits: list[tuple[dict[str, Any], str]]) -> None:
    ends = {tuple(sorted(end_of(list(order)).data.items())) for order in permutations(edits)}
    assert len(ends) == 1


@given(EDITS)
def test_a_replay_changes_nothing(edits: list[tuple[dict[str, Any], str]]) -> None:
    once = end_of(edits)
    for fields, stamp in edits:
        again = patch(CLIENT, once, fields, stamp)
        assert again.state is not None
        assert again.state.data == once.data
        assert not again.changed


def test_an_overtaken_field_is_reported_with_the_value_that_lost() -> None:
    later, earlier = make_stamp(20, 0, "0000000a"), make_stamp(10, 0, "0000000b")
    first = patch(CLIENT, START, {"shoe_size": "37.5"}, later)
    second = patch(CLIENT, first.state, {"shoe_size": "37", "remark": "脚背高"}, earlier)
    assert second.status == "merged"
    assert second.lost == {"shoe_size": "37"}
    assert second.state is not None
    assert second.state.data == {"name": "", "shoe_size": "37.5", "remark": "脚背高"}


@given(st.permutations(["done", "cancelled", "open"]), st.lists(STAMPS, min_size=3, max_size=3, unique=True))
def test_a_cancelled_task_stays_cancelled_whatever_comes_when(order: list[str], stamps: list[str]) -> None:
    state: State | None = State({"status": "open"})
    for status, stamp in zip(order, stamps, strict=True):
        state = patch(TASK, state, {"status": status}, stamp).state
    assert state is not None
    assert state.data["status"] == "cancelled"


def test_facts_are_written_once() -> None:
    stamp = make_stamp(1, 0, "0000000a")
    first = put(NOTE, None, {"body": "鞋跟略紧"}, stamp)
    again = put(NOTE, first.state, {"body": "改写"}, make_stamp(2, 0, "0000000a"))
    assert again.status == "duplicate"
    assert again.state == first.state
    assert patch(NOTE, first.state, {"body": "改写"}, stamp).code == "record.immutable"


def test_a_tag_removed_here_and_added_elsewhere_survives_as_the_new_mark() -> None:
    stamp = make_stamp(1, 0, "0000000a")
    here = put(TAG, None, {"client_id": "x", "name": "金卡"}, stamp)
    removed = remove(TAG, here.state)
    assert removed.state is not None
    assert removed.state.gone
    assert put(TAG, removed.state, {"client_id": "x", "name": "金卡"}, stamp).status == "duplicate"
    elsewhere = put(TAG, None, {"client_id": "x", "name": "金卡"}, stamp)
    assert elsewhere.state is not None
    assert not elsewhere.state.gone
    assert remove(TAG, removed.state).status == "duplicate"


def test_a_record_that_nobody_knows_cannot_be_changed() -> None:
    stamp = make_stamp(1, 0, "0000000a")
    assert patch(CLIENT, None, {"name": "x"}, stamp).code == "record.unknown"
    assert patch(CLIENT, State(gone=True), {"name": "x"}, stamp).code == "record.gone"
    assert remove(CLIENT, START).code == "record.immutable"
