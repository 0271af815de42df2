from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine

from guide_app.protocol.chain import EMPTY_CHAIN, chain
from guide_app.protocol.hlc import OFFICE_TAG, stamp_ms
from guide_app.protocol.messages import GoneFrame, Mutation, Push, Pushed, RecordFrame, Result
from guide_app.protocol.scopes import BRAND
from head_office.feed.push import ForkedError, MutationGapError
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine))


@pytest.fixture
def other(pc: Pc) -> Pc:
    return Pc(pc.engine, enrol_device(pc.engine, name="二号机"))


def _codes(pushed: Pushed) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in pushed.results]


def _client(pc: Pc, **data: Any) -> str:
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, **{"name": "王姐", **data}))
    return client_id


def test_what_is_plainly_applied_needs_no_result_and_comes_back_as_it_stands(pc: Pc) -> None:
    client_id = new_id()
    pushed = pc.push(
        pc.mutation("put", "client", client_id, name="王姐", shoe_size="38"),
        pc.mutation("patch", "client", client_id, remark="喜欢短靴"),
        pc.mutation("put", "note", new_id(), client_id=client_id, body="到店试穿"),
    )
    assert pushed.last_mid == 3
    assert pushed.results == []
    client = next(frame for frame in pushed.records if isinstance(frame, RecordFrame) and frame.kind == "client")
    assert client.data == {"name": "王姐", "shoe_size": "38", "remark": "喜欢短靴"}
    (move,) = pushed.moves
    assert (move.scope, move.before, move.after) == (pc.scope, 0, 2)
    pc.pull()
    assert pc.promised()[pc.scope] == (move.n_live, move.digest) == pc.digests()[pc.scope]


def test_a_replay_counts_nothing_twice_and_is_answered_alike(pc: Pc) -> None:
    note = new_id()
    batch = [
        pc.mutation("put", "note", note, client_id=new_id(), body="一次"),
        pc.mutation("put", "note", note, client_id=new_id(), body="又一次"),
        pc.mutation("patch", "client", new_id(), name="没有这个人"),
    ]
    first = pc.push(*batch)
    again = pc.push(*batch)
    assert again == first
    assert _codes(first) == [("duplicate", ""), ("rejected", "record.unknown")]
    assert pc.push(*batch[1:]).results == first.results


def test_a_batch_that_overlaps_what_is_known_applies_only_the_rest(pc: Pc) -> None:
    batch = [pc.mutation("put", "note", new_id(), client_id=new_id(), body=str(i)) for i in range(4)]
    pc.push(*batch[:3])
    pushed = pc.push(*batch[1:])
    assert pushed.last_mid == 4
    assert len(pushed.records) == 3
    pc.pull()
    assert len([key for key in pc.held if key[1] == "note"]) == 4


def test_a_gap_is_refused_and_says_where_to_begin(pc: Pc) -> None:
    pc.push(pc.mutation("put", "note", new_id(), client_id=new_id(), body="1"))
    pc.mid += 1
    with pytest.raises(MutationGapError) as caught:
        pc.push(pc.mutation("put", "note", new_id(), client_id=new_id(), body="3"))
    assert caught.value.last_mid == 1


def test_an_empty_push_asks_where_the_office_stands(pc: Pc) -> None:
    pc.push(pc.mutation("put", "note", new_id(), client_id=new_id(), body="1"))
    pushed = pc.push()
    assert (pushed.last_mid, pushed.records, pushed.moves) == (1, [], [])


def test_a_copied_pc_is_told_that_there_are_two(pc: Pc) -> None:
    first = pc.mutation("put", "note", new_id(), client_id=new_id(), body="原件")
    pc.push(first)
    following = pc.mutation("put", "note", new_id(), client_id=new_id(), body="后续")
    copy = msgspec.structs.replace(first, data={"client_id": new_id(), "body": "副本"})  # same number, same millisecond
    with pytest.raises(ForkedError):
        pc.push(following, after=chain(EMPTY_CHAIN, copy))
    with pytest.raises(ForkedError):
        pc.push(copy, following)
    assert pc.push(following, after=chain(EMPTY_CHAIN, first)).last_mid == 2


def test_a_program_that_still_says_stamps_is_taken_on_trust(pc: Pc) -> None:
    first = pc.mutation("put", "note", new_id(), client_id=new_id(), body="一")
    pc.push(first)
    assert pc.push(pc.mutation("put", "note", new_id(), body="二", client_id=new_id()), after=first.stamp).last_mid == 2


def test_the_later_edit_wins_field_by_field_and_the_loser_hears_of_it(pc: Pc, other: Pc) -> None:
    client_id = _client(pc)
    other.push(other.mutation("patch", "client", client_id, ms=NOW + 2_000, remark="后写", shoe_size="39"))
    pushed = pc.push(pc.mutation("patch", "client", client_id, ms=NOW + 1_000, remark="先写", top_size="M"))
    assert pushed.results == [Result(2, "merged", lost={"remark": "先写"})]
    pc.pull()
    assert pc.held[pc.scope, "client", client_id].data == {
        "name": "王姐",
        "remark": "后写",
        "shoe_size": "39",
        "top_size": "M",
    }
    assert pc.digests() == pc.promised()


def test_a_clock_that_runs_ahead_is_held_back_and_told(pc: Pc, other: Pc) -> None:
    client_id = _client(pc)
    pushed = pc.push(pc.mutation("patch", "client", client_id, ms=NOW + 86_400_000, remark="明天的钟"))
    assert "clock ahead by 86400000 ms" in pushed.results[0].detail
    later = other.push(
        other.mutation("patch", "client", client_id, ms=NOW + 120_000, remark="两分钟后"), now_ms=NOW + 120_000
    )
    assert later.results == []


def test_an_office_change_is_not_undone_by_an_older_edit(pc: Pc, office_engine: Engine) -> None:
    client_id = _client(pc)
    with office_engine.begin() as connection:
        from head_office.feed.write import FeedWriter  # noqa: PLC0415 - only this case writes as the office

        writer = FeedWriter(connection, NOW + 5_000)
        writer.change((pc.scope, "client", client_id), contact_state="marketing")
        row = writer.get((pc.scope, "client", client_id))
        assert row is not None
        assert row.stamps["contact_state"].endswith(OFFICE_TAG)
        assert stamp_ms(row.stamps["contact_state"]) == NOW + 5_000
        writer.flush()
    pushed = pc.push(pc.mutation("patch", "client", client_id, ms=NOW + 1_000, contact_state="one_to_one"))
    assert pushed.results[0].lost == {"contact_state": "one_to_one"}


def test_after_a_refusal_no_device_may_write_a_consent(pc: Pc) -> None:
    client_id = _client(pc, contact_state="refused")
    pushed = pc.push(pc.mutation("patch", "client", client_id, ms=NOW + 9_000, contact_state="marketing"))
    assert _codes(pushed) == [("rejected", "consent.refused")]
    assert pc.push(pc.mutation("patch", "client", client_id, remark="其余照常")).results == []


def test_a_refusal_wins_over_a_consent_from_a_faster_clock(pc: Pc, other: Pc) -> None:
    client_id = _client(pc)
    other.push(other.mutation("patch", "client", client_id, ms=NOW + 50_000, contact_state="marketing"))
    assert pc.push(pc.mutation("patch", "client", client_id, ms=NOW + 1, contact_state="refused")).results == []
    pc.pull()
    assert pc.held[pc.scope, "client", client_id].data["contact_state"] == "refused"


def test_a_task_moves_only_forward(pc: Pc, other: Pc) -> None:
    task = new_id()
    pc.push(pc.mutation("put", "task", task, title="回访"))
    other.push(other.mutation("patch", "task", task, status="done", done_at=NOW))
    assert _codes(pc.push(pc.mutation("patch", "task", task, ms=NOW + 9_000, status="open"))) == [("merged", "")]


def test_of_a_set_what_was_removed_stays_removed(pc: Pc, other: Pc) -> None:
    tag = new_id()
    put: dict[str, Any] = {"client_id": new_id(), "name": "VIP"}
    pc.push(pc.mutation("put", "client_tag", tag, **put))
    pushed = other.push(other.mutation("remove", "client_tag", tag))
    assert [type(frame) for frame in pushed.records] == [GoneFrame]
    assert _codes(pc.push(pc.mutation("put", "client_tag", tag, **put))) == [("duplicate", "")]
    assert _codes(pc.push(pc.mutation("remove", "client_tag", tag))) == [("duplicate", "")]
    pc.pull()
    assert pc.digests() == pc.promised()


FOREIGN_STORE = "0190f000-0000-7000-8000-00000000beef"
REJECTED: Sequence[tuple[str, str, dict[str, Any], str]] = (
    ("put", "product", {"name": "自造商品"}, "kind.office_only"),
    ("put", "stock", {"on_hand": 9}, "kind.office_only"),
    ("put", "spaceship", {"name": "x"}, "kind.unknown"),
    ("command", "client.explode", {}, "kind.unknown"),
    ("put", "client", {"name": "甲", "level": "黑金"}, "field.office_only"),
    ("put", "client", {"phone": "13812345678"}, "record.invalid"),
    ("put", "client", {"name": "甲", "birth_month": 13}, "record.invalid"),
    ("put", "client", {"name": "甲\0乙"}, "record.invalid"),
    ("put", "note", {"client_id": "not an id", "body": "x"}, "record.invalid"),
    ("patch", "note", {"body": "改写"}, "record.unknown"),
    ("remove", "client", {}, "record.immutable"),
)


@pytest.mark.parametrize(("op", "kind", "data", "code"), REJECTED)
def test_what_a_device_may_not_do_is_rejected_and_the_rest_goes_on(
    pc: Pc, op: str, kind: str, data: dict[str, Any], code: str
) -> None:
    good = new_id()
    pushed = pc.push(
        pc.mutation(op, kind, new_id(), **data),  # type: ignore[arg-type]  # the table holds plain text
        pc.mutation("put", "note", good, client_id=new_id(), body="照常"),
    )
    assert [(result.mid, result.code) for result in pushed.results] == [(1, code)]
    assert [frame.id for frame in pushed.records if isinstance(frame, RecordFrame)] == [good]


def test_facts_are_never_edited(pc: Pc) -> None:
    note = new_id()
    pc.push(pc.mutation("put", "note", note, client_id=new_id(), body="原文"))
    assert _codes(pc.push(pc.mutation("patch", "note", note, body="改写"))) == [("rejected", "record.immutable")]


@pytest.mark.parametrize("store", [FOREIGN_STORE, "nonsense"])
def test_no_device_writes_into_another_store(pc: Pc, store: str) -> None:
    pushed = pc.push(pc.mutation("put", "client", new_id(), store=store, name="甲"))
    assert pushed.results[0].code in ("scope.forbidden", "record.invalid")
    assert pushed.records == []


def test_bad_ids_and_stamps_are_named(pc: Pc) -> None:
    good = pc.mutation("put", "client", new_id(), name="甲")
    for change in ({"id": "X"}, {"stamp": "yesterday"}, {"by": "someone"}):
        fields = {name: getattr(good, name) for name in good.__struct_fields__} | change
        pushed = pc.push(Mutation(**fields))
        assert _codes(pushed) == [("rejected", "record.invalid")]
        assert pushed.results[0].detail == next(iter(change))
        good = pc.mutation("put", "client", new_id(), name="甲")


def test_unknown_fields_are_kept_for_newer_programs(pc: Pc) -> None:
    client_id = _client(pc, nickname="小王")
    pc.push(pc.mutation("patch", "client", client_id, remark="x"))
    pc.pull()
    assert pc.held[pc.scope, "client", client_id].data["nickname"] == "小王"


def test_brand_records_are_never_in_an_answer_to_a_push(pc: Pc, office_engine: Engine) -> None:
    put_all(office_engine, BRAND, "tag", {new_id(): {"name": "春装"}})
    pushed = pc.push(pc.mutation("put", "client", new_id(), name="甲"))
    assert {frame.scope for frame in pushed.records if isinstance(frame, RecordFrame)} == {pc.scope}


def test_an_empty_message_is_a_message() -> None:
    assert Push([]).after == ""
