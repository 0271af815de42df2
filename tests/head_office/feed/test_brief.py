from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.messages import GoneFrame, Mutation, Push, Pushed, RecordFrame, SentFrame
from guide_app.sync.plan import in_full
from head_office.feed.place import Sender
from head_office.feed.push import push
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine))


def brief(pc: Pc, *mutations: Mutation) -> Pushed:
    sender = Sender(pc.who.store_id, pc.who.device_id, frozenset(pc.who.scopes), pc.ended)
    message = Push(list(mutations), brief=True)
    return in_transaction(pc.engine, lambda c: push(c, sender, message, pc.rules, NOW))


def data_of(frames: list[Any]) -> dict[str, dict[str, Any]]:
    return {frame.id: frame.data for frame in frames if isinstance(frame, RecordFrame)}


def test_a_record_that_stands_as_sent_is_named_and_read_back_in_full(pc: Pc) -> None:
    ann, bea = new_id(), new_id()
    sent = [
        pc.mutation("put", "client", ann, name="安然", phone="13800001234", remark="", shoe_width="宽"),
        pc.mutation("put", "client", bea, name="白雪"),
    ]
    told = brief(pc, *sent).records
    assert told == [SentFrame(pc.scope, "client", ann, 1), SentFrame(pc.scope, "client", bea, 2)]
    assert data_of(in_full(told, sent)) == {ann: sent[0].data, bea: sent[1].data}
    assert told == brief(pc, *sent).records, "a replay says the same"


def test_who_does_not_ask_for_it_is_told_in_full(pc: Pc) -> None:
    ann = new_id()
    assert data_of(pc.push(pc.mutation("put", "client", ann, name="安然")).records) == {ann: {"name": "安然"}}


def test_what_is_not_as_sent_is_told_in_full(office_engine: Engine, pc: Pc) -> None:
    twice, merged, refused = new_id(), new_id(), new_id()
    put_all(office_engine, pc.scope, "client", {merged: {"name": "旧名", "remark": "总部写的"}})
    sent = [
        pc.mutation("put", "client", twice, name="安然"),
        pc.mutation("patch", "client", twice, counter=1, name="安冉"),
        pc.mutation("put", "client", merged, counter=2, name="新名"),
        pc.mutation("put", "client", refused, counter=3, remark="没有名字"),
    ]
    told = brief(pc, *sent).records
    assert not any(isinstance(frame, SentFrame) for frame in told)
    assert data_of(told) == {twice: {"name": "安冉"}, merged: {"name": "新名", "remark": "总部写的"}}


def test_a_record_changed_since_is_told_in_full_to_a_replay(office_engine: Engine, pc: Pc) -> None:
    ann = new_id()
    sent = pc.mutation("put", "client", ann, name="安然")
    brief(pc, sent)
    put_all(office_engine, pc.scope, "client", {ann: {"name": "白雪"}})
    assert data_of(brief(pc, sent).records) == {ann: {"name": "白雪"}}


def test_what_never_was_sent_is_left_out_for_the_digest_to_find(pc: Pc) -> None:
    sent = [pc.mutation("patch", "client", new_id(), name="安然")]
    gone = GoneFrame(pc.scope, "client", new_id(), 4)
    assert in_full([SentFrame(pc.scope, "client", sent[0].id, 3), gone], sent) == [gone]
