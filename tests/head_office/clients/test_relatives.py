"""Somebody else's relation names her: it follows her to her other record, and forgets her when she is erased."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from head_office.clients.merge import undo_merge
from head_office.clients.strays import stray_scopes
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of

MOTHER, CHILD, DOUBLE = (f"0190f5e2-7c00-7000-8000-0000000000{n:02d}" for n in range(1, 4))


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    make_store(office_engine, "SH02", "徐家汇店")
    pc = Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))
    for client, name in ((MOTHER, "王姐"), (CHILD, "小满"), (DOUBLE, "满满")):
        pc.push(pc.mutation("put", "client", client, name=name, phone=""))
    return pc


def _relate(pc: Pc, of: str = MOTHER, to: str = CHILD, **more: Any) -> str:
    relation = new_id()
    said = {"client_id": of, "relative_id": to, "kind": "child", "name": "小满", "shoe_size": "34", **more}
    assert pc.push(pc.mutation("put", "relation", relation, **said)).results == []
    return relation


def _relation(pc: Pc, relation: str) -> dict[str, Any]:
    return next(row for row in rows_of(pc.engine, "relation") if row["id"] == relation)


def _equal(pc: Pc) -> None:
    pc.pull()
    assert pc.digests() == pc.promised()
    assert check_feed(pc.engine).ok


def test_after_an_erasure_the_relation_stays_without_id_name_and_words_of_her(pc: Pc) -> None:
    relation = _relate(pc, note="小满脚长得快", x_word="小满")
    pushed = pc.push(pc.mutation("command", "client.erase", CHILD, reason="家长要求"))
    assert pushed.results == []
    left = _relation(pc, relation)
    assert (left["relative_id"], left["name"], left["shoe_size"], left["client_id"]) == (None, "", "34", MOTHER)
    assert "小满" not in str(rows_of(pc.engine, "relation"))
    assert relation in {frame.id for frame in pushed.records if isinstance(frame, RecordFrame)}
    _equal(pc)


def test_an_older_edit_does_not_bring_the_name_back_nor_does_a_new_relation(pc: Pc) -> None:
    relation = _relate(pc)
    pc.push(pc.mutation("command", "client.erase", CHILD, ms=NOW + 9, reason="家长要求"), now_ms=NOW + 9)
    pc.push(pc.mutation("patch", "relation", relation, ms=NOW + 5, relative_id=CHILD, name="小满"), now_ms=NOW + 10)
    late = _relate(pc)
    for one in (relation, late):
        assert (_relation(pc, one)["relative_id"], _relation(pc, one)["name"]) == (None, "")
    _equal(pc)


def test_relations_of_other_stores_forget_her_too(pc: Pc) -> None:
    there = next(row["id"] for row in rows_of(pc.engine, "store") if row["code"] == "SH02")
    relation = new_id()
    said = {"client_id": new_id(), "relative_id": CHILD, "kind": "friend", "name": "小满"}
    put_all(pc.engine, store_scope(there), "relation", {relation: said})
    pc.push(pc.mutation("command", "client.erase", CHILD, reason="要求"))
    assert (_relation(pc, relation)["relative_id"], _relation(pc, relation)["name"]) == (None, "")
    with pc.engine.connect() as connection:
        assert stray_scopes(connection, pc.scope, [CHILD]) == []
    _equal(pc)


def test_her_own_relations_end_with_her(pc: Pc) -> None:
    _relate(pc)
    pc.push(pc.mutation("command", "client.erase", MOTHER, reason="要求"))
    assert rows_of(pc.engine, "relation") == []
    _equal(pc)


def test_why_she_was_looked_at_is_kept_without_her(pc: Pc) -> None:
    log = new_id()
    said: dict[str, Any] = {
        "client_id": CHILD,
        "guide_id": new_id(),
        "deed": "reveal",
        "reason": "给小满回电话",
        "at": NOW,
    }
    pc.push(pc.mutation("put", "access_log", log, **said), pc.mutation("command", "client.erase", CHILD, reason="要求"))
    (kept,) = rows_of(pc.engine, "access_log")
    assert (kept["client_id"], kept["deed"], kept["reason"]) == (None, "reveal", "给…回电话")


def test_a_merge_lets_the_relation_follow_the_survivor_and_undoing_it_lets_it_go_back(pc: Pc) -> None:
    relation = _relate(pc)
    pc.push(pc.mutation("command", "client.merge", CHILD, into=DOUBLE))
    assert _relation(pc, relation)["relative_id"] == DOUBLE
    late = _relate(pc)
    assert _relation(pc, late)["relative_id"] == DOUBLE
    in_transaction(pc.engine, lambda c: undo_merge(c, SECRET, CHILD, NOW + 1))
    assert (_relation(pc, relation)["relative_id"], _relation(pc, relation)["client_id"]) == (CHILD, MOTHER)
    _equal(pc)


@pytest.mark.parametrize(("of", "to"), [(DOUBLE, CHILD), (CHILD, DOUBLE)])
def test_nobody_is_her_own_relative_after_a_merge(pc: Pc, of: str, to: str) -> None:
    relation = _relate(pc, of, to)
    pc.push(pc.mutation("command", "client.merge", CHILD, into=DOUBLE))
    merged = _relation(pc, relation)
    assert (merged["client_id"], merged["relative_id"], merged["ended_at"]) == (DOUBLE, DOUBLE, NOW)
    in_transaction(pc.engine, lambda c: undo_merge(c, SECRET, CHILD, NOW + 1))
    undone = _relation(pc, relation)
    assert (undone["client_id"], undone["relative_id"], undone["ended_at"]) == (of, to, None)
    _equal(pc)
