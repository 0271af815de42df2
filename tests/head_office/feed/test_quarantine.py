"""What the office refuses is kept as it came, and can be taken in later."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.messages import Mutation, Pushed, Result
from guide_app.protocol.scopes import store_scope
from head_office.deeds import push_rules
from head_office.enrolment.grants import grant
from head_office.feed import quarantine as q
from head_office.feed.check import check_feed, check_notes
from head_office.feed.place import Sender
from head_office.feed.tidy import QUARANTINE_DAYS, tidy
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, rows_of

RULES = push_rules(SECRET)


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine), RULES)


def _open(engine: Engine) -> list[q.Quarantined]:
    with engine.connect() as connection:
        return q.list_open(connection)


def _replay(engine: Engine, quarantine_id: str, now_ms: int = NOW + DAY_MS) -> Result:
    return in_transaction(engine, lambda c: q.replay(c, quarantine_id, RULES, "office", now_ms))


def _revised(pc: Pc, now_ms: int = NOW + DAY_MS) -> list[int]:
    with pc.engine.connect() as connection:
        return q.revised(connection, pc.who.store_id, pc.who.device_id, now_ms)


def _codes(pushed: Pushed) -> list[tuple[int, str, str]]:
    return [(result.mid, result.status, result.code) for result in pushed.results]


def test_a_void_settles_its_number_and_says_why(pc: Pc) -> None:
    client_id = new_id()
    batch = [
        pc.mutation("put", "client", client_id, name="王姐"),
        pc.mutation("void", "client", client_id, op="patch", data='{"remark":"毒"}'),
        pc.mutation("void", "什么\0都不是", "x" * 500),
        pc.mutation("patch", "client", client_id, ms=NOW + 1, remark="后面的照常"),
    ]
    pushed = pc.push(*batch)
    assert _codes(pushed) == [(2, "rejected", "office.internal"), (3, "rejected", "office.internal")]
    assert pushed.last_mid == 4
    assert pc.push(*batch) == pushed
    assert rows_of(pc.engine, "client")[0]["remark"] == "后面的照常"
    assert [(one.mid, one.kind, one.code) for one in _open(pc.engine)] == [
        (2, "client", "office.internal"),
        (3, "什么都不是", "office.internal"),
    ]


def test_what_is_refused_is_kept_as_it_came(pc: Pc) -> None:
    good = pc.mutation("put", "client", new_id(), name="好的")
    sent = pc.mutation("put", "note", new_id(), store=new_id(), client_id=new_id(), body="写错了门店")
    pc.push(good, sent)
    (kept,) = _open(pc.engine)
    assert msgspec.json.decode(kept.mutation, type=Mutation) == sent
    assert (kept.mid, kept.kind, kept.record_id, kept.code) == (2, "note", sent.id, "scope.forbidden")
    assert (kept.store_code, kept.device_name, kept.state) == ("SH01", "收银台", "open")
    with pc.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT client_id FROM quarantine")).scalar_one()
        kind, record_id = connection.execute(sa.text("SELECT kind, record_id FROM push_result")).one()
    assert found == sent.data["client_id"]
    assert (kind, record_id) == ("note", sent.id)


@pytest.mark.parametrize(
    ("kind", "op", "data"),
    [("client", "patch", {"remark": "x"}), ("note", "patch", {"body": "x"}), ("client", "put", {"name": 1})],
)
def test_whom_a_refused_change_is_about_is_known_for_her_erasure(pc: Pc, kind: str, op: Any, data: Any) -> None:
    client_id, note_id = new_id(), new_id()
    pc.push(pc.mutation("put", "note", note_id, client_id=client_id, body="原文"))
    pc.push(pc.mutation(op, kind, note_id if kind == "note" else client_id, **data))
    with pc.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT client_id FROM quarantine")).scalar_one() == client_id


def test_a_replay_writes_it_like_any_change_and_tells_the_device(pc: Pc) -> None:
    other = make_store(pc.engine, "SH02", "徐家汇店")
    neighbour = Pc(pc.engine, enrol_device(pc.engine, "SH02"), RULES)
    note = pc.mutation("put", "note", new_id(), store=other, client_id=new_id(), body="帮忙时写的")
    refused = pc.push(note)
    (kept,) = _open(pc.engine)
    with pytest.raises(GuideError) as caught:
        _replay(pc.engine, kept.id)
    assert caught.value.code == "scope.forbidden"
    assert _open(pc.engine) == [kept]
    assert _revised(pc) == []

    in_transaction(pc.engine, lambda c: grant(c, pc.who.device_id, "SH02", None, NOW))
    assert _replay(pc.engine, kept.id).status == "applied"
    neighbour.pull()
    assert neighbour.held[store_scope(other), "note", note.id].data["body"] == "帮忙时写的"
    assert neighbour.digests() == neighbour.promised()
    assert _revised(pc) == [1]
    assert _revised(pc, NOW + 40 * DAY_MS) == []
    assert _open(pc.engine) == []
    assert refused.results[0].status == "rejected"
    assert [(r.mid, r.status) for r in pc.push(note).results] == [(1, "applied")]
    with pytest.raises(GuideError, match="处理过"):
        _replay(pc.engine, kept.id)
    with pc.engine.connect() as connection:
        deeds = connection.execute(sa.text("SELECT deed, detail FROM audit WHERE deed LIKE 'quarantine.%'")).all()
    assert [deed for deed, _ in deeds] == ["quarantine.replayed"]
    assert "帮忙" not in str(deeds)
    assert check_feed(pc.engine).ok


def test_what_was_written_after_a_loan_ended_is_not_replayed(pc: Pc) -> None:
    other = make_store(pc.engine, "SH02", "徐家汇店")
    said: dict[str, Any] = {"store": other, "client_id": new_id()}
    before, after = (pc.mutation("put", "note", new_id(), ms=NOW + ms, **said, body="帮忙") for ms in (999, 1_000))
    pc.push(before, after)
    in_transaction(pc.engine, lambda c: grant(c, pc.who.device_id, "SH02", NOW + 1_000, NOW))
    kept = {one.mid: one.id for one in _open(pc.engine)}
    assert _replay(pc.engine, kept[before.mid]).status == "applied"
    with pytest.raises(GuideError) as caught:
        _replay(pc.engine, kept[after.mid])
    assert caught.value.code == "scope.forbidden"


def test_a_void_is_replayed_as_what_it_stood_for_with_its_own_stamp(pc: Pc) -> None:
    client_id = new_id()
    pc.push(
        pc.mutation("put", "client", client_id, name="王姐"),
        pc.mutation("void", "client", client_id, ms=NOW + 1, op="patch", data='{"remark":"早","shoe_size":"38"}'),
        pc.mutation("patch", "client", client_id, ms=NOW + 2, remark="晚"),
    )
    (kept,) = _open(pc.engine)
    result = _replay(pc.engine, kept.id)
    assert (result.status, result.lost) == ("merged", {"remark": "早"})
    (row,) = rows_of(pc.engine, "client")
    assert (row["remark"], row["shoe_size"]) == ("晚", "38")


@pytest.mark.parametrize("data", [{}, {"op": "patch"}, {"op": "patch", "data": "{"}, {"op": "fly", "data": "{}"}])
def test_a_void_that_says_nothing_cannot_be_replayed(pc: Pc, data: dict[str, Any]) -> None:
    pc.push(pc.mutation("void", "client", new_id(), **data))
    (kept,) = _open(pc.engine)
    with pytest.raises(GuideError) as caught:
        _replay(pc.engine, kept.id)
    assert caught.value.code == "quarantine.empty"


def test_dismissing_puts_it_aside_and_unknown_ones_are_named(pc: Pc) -> None:
    pc.push(pc.mutation("patch", "client", new_id(), name="无此人"))
    (kept,) = _open(pc.engine)
    in_transaction(pc.engine, lambda c: q.dismiss(c, kept.id, "office", NOW))
    assert _open(pc.engine) == []
    assert _revised(pc) == []
    with pytest.raises(NotFoundError):
        in_transaction(pc.engine, lambda c: q.dismiss(c, new_id(), "office", NOW))
    with pytest.raises(NotFoundError):
        in_transaction(pc.engine, lambda c: q.find(c, "; DROP TABLE quarantine"))


def test_quarantine_is_bounded_a_device_and_a_record(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(q, "MOST_KEPT", 3)
    monkeypatch.setattr(q, "LONGEST_KEPT", 1_000)
    pc.push(*(pc.mutation("patch", "client", new_id(), name=str(i)) for i in range(5)))
    assert [one.mid for one in _open(pc.engine)] == [3, 4, 5]
    pc.push(pc.mutation("patch", "client", new_id(), name="长" * 2_000))
    last = _open(pc.engine)[-1]
    assert (last.mid, last.mutation) == (6, "")


def test_old_entries_go_and_what_waits_is_noted(pc: Pc) -> None:
    pc.push(pc.mutation("patch", "client", new_id(), name="无此人"), pc.mutation("void", "client", new_id()))
    assert check_notes(pc.engine, NOW) == {"拒收的修改待处理": 2}
    kept, _ = _open(pc.engine)
    late = NOW + (QUARANTINE_DAYS - 1) * DAY_MS
    in_transaction(pc.engine, lambda c: q.dismiss(c, kept.id, "office", late))
    assert tidy(pc.engine, late + 2 * DAY_MS).quarantined == 1
    assert check_notes(pc.engine, NOW) == {}
    assert tidy(pc.engine, late + (QUARANTINE_DAYS + 1) * DAY_MS).quarantined == 1


def test_names_made_up_by_a_device_do_no_harm(pc: Pc) -> None:
    strange = [("k" * 300, new_id()), ("a\0b", new_id()), ("client", "id\0"), ("\ud7ff", "x" * 9_000)]
    for kind, record_id in strange:
        pushed = pc.push(pc.mutation("put", kind, record_id, name="x"))
        assert [result.status for result in pushed.results] == ["rejected"]
    assert len(_open(pc.engine)) == len(strange)


def test_keeping_what_is_refused_is_one_statement_whatever_their_number(pc: Pc) -> None:
    asked: list[str] = []

    def listen(*args: Any) -> None:
        asked.append(args[2])

    sender = Sender(pc.who.store_id, pc.who.device_id, frozenset(pc.who.scopes))
    assert sender.row == {"store": pc.who.store_id, "device": pc.who.device_id}
    sa.event.listen(pc.engine, "before_cursor_execute", listen)
    try:
        counts = []
        for size in (2, 60):
            asked.clear()
            pc.push(*(pc.mutation("patch", "client", new_id(), name="x") for _ in range(size)))
            counts.append(len(asked))
    finally:
        sa.event.remove(pc.engine, "before_cursor_execute", listen)
    assert counts[0] == counts[1]


def test_reading_revisions_asks_for_one_device(pc: Pc) -> None:
    other = Pc(pc.engine, enrol_device(pc.engine, name="二号机"), RULES)
    other.push(other.mutation("void", "client", new_id()))
    pc.push(pc.mutation("patch", "task", new_id(), title="x"))
    mine = next(one for one in _open(pc.engine) if one.device_id == pc.who.device_id)
    pc.push(pc.mutation("put", "task", mine.record_id, ms=1, title="先到"))
    assert _replay(pc.engine, mine.id).status == "applied"
    assert (_revised(pc), _revised(other)) == ([1], [])


def test_of_the_erased_no_word_is_kept_whatever_comes_later(pc: Pc) -> None:
    client_id = new_id()
    pc.push(
        pc.mutation("put", "client", client_id, name="王姐"),
        pc.mutation("command", "client.erase", client_id, reason="本人要求"),
    )
    inner: dict[str, Any] = {"op": "put", "data": f'{{"client_id":"{client_id}","body":"王姐要的短靴"}}'}
    pushed = pc.push(
        pc.mutation("put", "note", new_id(), client_id=client_id, body="王姐要的短靴"),
        pc.mutation("patch", "client", client_id, remark="王姐要的短靴"),
        pc.mutation("void", "note", new_id(), **inner),
        pc.mutation("void", "client", client_id, op="patch", data='{"remark":"王姐要的短靴"}'),
        pc.mutation("patch", "task", new_id(), client_id=client_id, body="王姐要的短靴"),
    )
    assert [result.status for result in pushed.results] == ["rejected"] * 5
    assert _open(pc.engine) == []
