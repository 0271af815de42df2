"""Merging doubles: no fact is lost, whatever order they are merged in; what was merged can be brought back."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.one_person import UNDO_DAYS
from head_office.clients.merge import list_merges, undo_merge
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of
from tests.helpers.examples import few
from tests.helpers.postgres import OfficeDatabases

_FACTS = ("note", "client_tag", "task", "share")


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    return _pc(office_engine)


def _pc(engine: Engine) -> Pc:
    make_store(engine)
    return Pc(engine, enrol_device(engine), push_rules(SECRET))


def _client(pc: Pc, ms: int = NOW, **fields: Any) -> str:
    client = new_id()
    pc.push(
        pc.mutation("put", "client", client, ms=ms, **{"name": "客", **fields}),
        pc.mutation("put", "note", new_id(), client_id=client, body=f"记 {client[-4:]}"),
        pc.mutation("put", "client_tag", new_id(), client_id=client, name="金卡"),
        pc.mutation("put", "task", new_id(), client_id=client, title="回访"),
        pc.mutation("put", "share", new_id(), client_id=client, code="x" * 27, guide_id=new_id()),
    )
    return client


def _merge(pc: Pc, loser: str, into: str, now_ms: int = NOW, **said: Any) -> list[tuple[str, str]]:
    pushed = pc.push(pc.mutation("command", "client.merge", loser, ms=now_ms, into=into, **said), now_ms=now_ms)
    return [(r.status, r.code) for r in pushed.results]


def _row(pc: Pc, client: str) -> dict[str, Any]:
    return next(row for row in rows_of(pc.engine, "client") if row["id"] == client)


def _owners(pc: Pc) -> dict[str, str]:
    return {row["id"]: row["client_id"] for kind in _FACTS for row in rows_of(pc.engine, kind)}


def test_she_has_the_facts_of_both_and_the_double_names_her(pc: Pc) -> None:
    stays, ends = _client(pc, name="王姐", phone=""), _client(pc, name="王女士", phone="13812345678", remark="脚背高")
    assert _merge(pc, ends, stays) == []
    assert set(_owners(pc).values()) == {stays}
    row, double = _row(pc, stays), _row(pc, ends)
    assert (row["name"], row["phone"], row["remark"]) == ("王姐", "13812345678", "脚背高")
    assert (double["merged_into"], double["archived_at"], double["name"]) == (stays, NOW, "王女士")
    with pc.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT client_id::text FROM client_identity").scalars().all() == [stays]
    pc.pull()
    assert pc.digests() == pc.promised()


def test_a_refusal_of_contact_by_either_holds(pc: Pc) -> None:
    stays, ends = _client(pc, contact_state="marketing"), _client(pc, contact_state="refused")
    _merge(pc, ends, stays)
    assert _row(pc, stays)["contact_state"] == "refused"


def test_merging_those_who_are_one_changes_nothing_whichever_way_round(pc: Pc) -> None:
    a, b, c = (_client(pc) for _ in range(3))
    _merge(pc, a, b)
    _merge(pc, b, c)
    for loser, into in itertools.permutations((a, b, c), 2):
        assert _merge(pc, loser, into) == [("duplicate", "")]
    assert set(_owners(pc).values()) == {c}


def test_what_was_settled_in_a_merge_that_came_second_counts_by_its_stamp_and_goes_with_the_merge(pc: Pc) -> None:
    a, b = _client(pc, shoe_size="37"), _client(pc, shoe_size="38")
    _merge(pc, a, b, NOW + 1, keep={"remark": "一", "shoe_size": "37"})
    assert _merge(pc, b, a, NOW + 1000, keep={"remark": "二"}) == [("duplicate", "")], "hers stands: nothing to tell"
    assert _merge(pc, b, a, NOW + 500, keep={"remark": "三"}) == [("merged", "")]
    assert (_row(pc, b)["remark"], _row(pc, b)["shoe_size"]) == ("二", "37")
    _undo(pc, a)
    assert (_row(pc, b)["remark"], _row(pc, b)["shoe_size"]) == ("", "38")


def test_oneself_and_strangers_are_refused(pc: Pc) -> None:
    one = _client(pc)
    assert _merge(pc, one, one) == [("rejected", "merge.same")]
    assert _merge(pc, one, new_id()) == [("rejected", "merge.unknown")]
    assert _merge(pc, new_id(), one) == [("rejected", "record.unknown")]
    assert _row(pc, one)["archived_at"] is None


def test_a_note_that_comes_late_for_the_double_goes_to_her(pc: Pc) -> None:
    stays, ends = _client(pc), _client(pc)
    _merge(pc, ends, stays)
    late = new_id()
    pc.push(pc.mutation("put", "note", late, client_id=ends, body="晚到"))
    assert _owners(pc)[late] == stays


_SAID = {"phone": "", "remark": "", "wechat": ""}


@settings(max_examples=few(5))
@given(
    said=st.lists(
        st.fixed_dictionaries({name: st.sampled_from(["", "1", "2"]) for name in ("remark", "wechat")}),
        min_size=4,
        max_size=4,
    ),
    orders=st.tuples(st.permutations(range(4)), st.permutations(range(4))),
)
def test_the_order_of_merging_does_not_matter(
    office_databases: OfficeDatabases, said: list[dict[str, str]], orders: tuple[list[int], list[int]]
) -> None:
    """Two orders of the same merges into one: fields, facts and digest's count are the same."""
    from head_office.store.engine import make_engine  # noqa: PLC0415 - each example has a database of its own

    ends = []
    for order in orders:
        with office_databases.migrated() as url:
            engine = make_engine(url)
            pc = _pc(engine)
            people = [_client(pc, NOW + n, **fields) for n, fields in enumerate(said)]
            stays = people[0]
            for n in order:
                # Into whoever has survived so far: every tree of merges ends in the first.
                into = stays if n % 2 else people[order[0]]
                _merge(pc, people[n], into)
            _merge(pc, people[order[0]], stays)
            row = _row(pc, _root(pc, stays))
            assert set(_owners(pc).values()) == {row["id"]}
            assert len(_owners(pc)) == len(people) * len(_FACTS)
            assert check_feed(engine).ok
            if row["id"] == stays:
                ends.append({name: row[name] for name in ("remark", "wechat", "created_at")})
            engine.dispose()
    assert all(end == ends[0] for end in ends)


def _root(pc: Pc, client: str) -> str:
    while (into := _row(pc, client)["merged_into"]) is not None:
        client = into
    return client


def _undo(pc: Pc, loser: str, now_ms: int = NOW + 1) -> int:
    return in_transaction(pc.engine, lambda c: undo_merge(c, SECRET, loser, now_ms))


def test_undoing_gives_each_her_own_again(pc: Pc) -> None:
    stays = _client(pc, name="王姐", remark="")
    first, second = _client(pc, NOW + 1, remark="甲", phone="13812345678"), _client(pc, NOW + 2, remark="乙")
    before = _owners(pc)
    _merge(pc, first, stays)
    _merge(pc, second, stays)
    assert _row(pc, stays)["remark"] == "乙"
    assert _undo(pc, second) == len(_FACTS)
    assert (_row(pc, stays)["remark"], _row(pc, second)["merged_into"]) == ("甲", None)
    _undo(pc, first)
    assert (_row(pc, stays)["remark"], _row(pc, stays)["phone"]) == ("", "")
    assert _owners(pc) == before
    assert all(row["archived_at"] is None for row in rows_of(pc.engine, "client"))
    with pc.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT client_id::text FROM client_identity").scalars().all() == [first]
    pc.pull()
    assert pc.digests() == pc.promised()


def test_who_was_out_of_the_lists_before_is_so_again(pc: Pc) -> None:
    stays, gone = _client(pc), _client(pc, NOW + 1, archived_at=NOW - 5)
    _merge(pc, gone, stays)
    _undo(pc, gone)
    assert (_row(pc, gone)["merged_into"], _row(pc, gone)["archived_at"]) == (None, NOW - 5)


def test_undoing_in_the_middle_of_a_chain_takes_back_only_what_was_hers(pc: Pc) -> None:
    a, b, c = _client(pc, remark="甲"), _client(pc, NOW + 1, wechat="乙"), _client(pc, NOW + 2)
    before = _owners(pc)
    _merge(pc, a, b)
    _merge(pc, b, c)
    _undo(pc, a)
    owners = _owners(pc)
    assert {owner for record, owner in owners.items() if before[record] == a} == {a}
    assert {owner for record, owner in owners.items() if before[record] != a} == {c}
    assert (_row(pc, c)["remark"], _row(pc, c)["wechat"]) == ("", "乙")


def test_what_somebody_has_edited_since_stays_edited(pc: Pc) -> None:
    stays, ends = _client(pc), _client(pc, remark="甲")
    _merge(pc, ends, stays)
    pc.push(pc.mutation("patch", "client", stays, ms=NOW + 10, remark="改过"), now_ms=NOW + 10)
    _undo(pc, ends, NOW + 20)
    assert _row(pc, stays)["remark"] == "改过"


def test_only_for_thirty_days_and_only_what_was_merged(pc: Pc) -> None:
    stays, ends = _client(pc), _client(pc)
    with pytest.raises(NotFoundError, match=ends):
        _undo(pc, ends)
    _merge(pc, ends, stays)
    with pytest.raises(GuideError) as refused:
        _undo(pc, ends, NOW + UNDO_DAYS * DAY_MS + 1)
    assert refused.value.code == "merge.too_old"
    with pc.engine.connect() as connection:
        (line,) = list_merges(connection, NOW)
    assert (line.loser_id, line.survivor_id, line.moved, line.store_code) == (ends, stays, len(_FACTS), "SH01")


def test_a_client_can_be_merged_again_after_it_was_undone(pc: Pc) -> None:
    stays, ends = _client(pc), _client(pc)
    _merge(pc, ends, stays)
    _undo(pc, ends)
    assert _merge(pc, ends, stays, NOW + 5) == []
    assert set(_owners(pc).values()) == {stays}


def test_a_double_with_thousands_of_records_is_merged_whole(pc: Pc) -> None:
    stays, ends = _client(pc), _client(pc)
    put_all(pc.engine, pc.scope, "note", {new_id(): {"client_id": ends, "body": str(n)} for n in range(1_900)})
    put_all(pc.engine, pc.scope, "task", {new_id(): {"client_id": ends, "title": str(n)} for n in range(1_900)})
    assert _merge(pc, ends, stays) == []
    assert set(_owners(pc).values()) == {stays}


def _unmerge(pc: Pc, loser: str, now_ms: int = NOW + 1) -> list[tuple[str, str]]:
    pushed = pc.push(pc.mutation("command", "client.unmerge", loser, ms=now_ms), now_ms=now_ms)
    return [(r.status, r.code) for r in pushed.results]


def test_what_the_guide_settled_counts_whoever_said_what(pc: Pc) -> None:
    stays, ends = _client(pc, wechat="old", shoe_size="37", name="王姐"), _client(pc, wechat="new", shoe_size="38")
    _merge(pc, ends, stays, NOW + 5, keep={"wechat": "new", "remark": "脚背高"})
    row = _row(pc, stays)
    assert (row["name"], row["wechat"], row["shoe_size"], row["remark"]) == ("王姐", "new", "37", "脚背高")
    _unmerge(pc, ends, NOW + 9)
    row = _row(pc, stays)
    assert (row["wechat"], row["shoe_size"], row["remark"]) == ("old", "37", "")
    assert _row(pc, ends)["wechat"] == "new"


def test_a_later_edit_stands_over_what_was_settled_and_an_earlier_one_does_not(pc: Pc) -> None:
    stays, ends = _client(pc, wechat="old"), _client(pc, wechat="new")
    _merge(pc, ends, stays, NOW + 10, keep={"wechat": "new"})
    pc.push(pc.mutation("patch", "client", stays, ms=NOW + 5, wechat="late"), now_ms=NOW + 20)
    assert _row(pc, stays)["wechat"] == "new"
    pc.push(pc.mutation("patch", "client", stays, ms=NOW + 30, wechat="edited"), now_ms=NOW + 30)
    third = _client(pc, wechat="third")
    _merge(pc, third, stays, NOW + 40)
    assert _row(pc, stays)["wechat"] == "edited"
    _unmerge(pc, ends, NOW + 50)
    assert _row(pc, stays)["wechat"] == "edited"


@pytest.mark.parametrize(
    "keep",
    [
        {"contact_state": "marketing"},
        {"flag": ""},
        {"wechat": ""},
        {"birth_month": 3},
        {"name": 7},
        {"id": "x"},
        ["name"],
    ],
)
def test_only_what_she_is_can_be_settled(pc: Pc, keep: Any) -> None:
    stays, ends = _client(pc), _client(pc)
    assert _merge(pc, ends, stays, keep=keep) == [("rejected", "record.invalid")]
    assert _row(pc, ends)["merged_into"] is None


def test_a_block_of_either_holds_with_its_reason(pc: Pc) -> None:
    stays = _client(pc, flag="complaint", flag_why="开胶")
    ends = _client(pc, flag="blocked", flag_why="恶意退货")
    _merge(pc, ends, stays)
    assert (_row(pc, stays)["flag"], _row(pc, stays)["flag_why"]) == ("blocked", "恶意退货")


def test_a_guide_takes_a_merge_back_for_thirty_days(pc: Pc) -> None:
    stays, ends = _client(pc, remark=""), _client(pc, remark="甲")
    before = _owners(pc)
    _merge(pc, ends, stays)
    since = new_id()
    pc.push(pc.mutation("put", "note", since, client_id=ends, body="合并以后"))
    last = NOW + UNDO_DAYS * DAY_MS
    assert _unmerge(pc, ends, last) == []
    assert _owners(pc) == {**before, since: stays}, "each her own; what came since stays with the survivor"
    assert (_row(pc, stays)["remark"], _row(pc, ends)["remark"]) == ("", "甲")
    assert _unmerge(pc, ends, last) == [("duplicate", "")]
    _merge(pc, ends, stays, last)
    assert _unmerge(pc, ends, last + UNDO_DAYS * DAY_MS + 1) == [("rejected", "merge.too_old")]
    assert _row(pc, ends)["merged_into"] == stays
    pc.pull()
    assert pc.digests() == pc.promised()


@settings(max_examples=few(4))
@given(
    says=st.lists(st.sampled_from(["", "1", "2"]), min_size=3, max_size=3),
    settled=st.lists(st.sampled_from([None, "8", "9"]), min_size=2, max_size=2),
    order=st.permutations(range(2)),
)
def test_whatever_was_settled_in_whatever_order_ends_the_same_and_comes_apart_again(
    office_databases: OfficeDatabases, says: list[str], settled: list[str | None], order: list[int]
) -> None:
    """The command's stamp decides, not the order of arrival; taking all merges back leaves each as she was."""
    from head_office.store.engine import make_engine  # noqa: PLC0415 - each example has a database of its own

    with office_databases.migrated() as url:
        engine = make_engine(url)
        pc = _pc(engine)
        stays, *ends = (_client(pc, NOW + n, wechat=said) for n, said in enumerate(says))
        before, fields = _owners(pc), [_row(pc, one)["wechat"] for one in (stays, *ends)]
        for n in order:
            word: dict[str, Any] = {} if settled[n] is None else {"keep": {"wechat": settled[n]}}
            command = pc.mutation("command", "client.merge", ends[n], ms=NOW + 100 + n, into=stays, **word)
            pc.push(command, now_ms=NOW + 1_000)
        kept = [word for word in settled if word is not None]
        silent = [said for said in says[1:] if said]
        expected = kept[-1] if kept else says[0] or (silent[-1] if silent else "")
        assert _row(pc, stays)["wechat"] == expected
        assert set(_owners(pc).values()) == {stays}
        for n in reversed(order):
            assert _unmerge(pc, ends[n], NOW + 2_000) == []
        assert _owners(pc) == before
        assert [_row(pc, one)["wechat"] for one in (stays, *ends)] == fields
        assert check_feed(engine).ok
        engine.dispose()
