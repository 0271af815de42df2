"""Erasure by law: what names her is gone for good, the shop's books stay, nobody brings her back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.messages import GoneFrame, RecordFrame
from head_office.clients.photos import Naming, keep_photo
from head_office.deeds import push_rules
from head_office.feed.quarantine import list_open
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, make_template, new_id, rows_of


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))


def _with_history(pc: Pc) -> str:
    client = new_id()
    template = make_template(pc.engine, no=7)
    pc.push(
        pc.mutation("put", "client", client, name="王姐", phone="13812345678", remark="脚背高"),
        pc.mutation("put", "client_tag", new_id(), client_id=client, name="金卡"),
        pc.mutation("put", "note", new_id(), client_id=client, body="王姐说鞋跟紧"),
        pc.mutation("put", "task", new_id(), client_id=client, title="给王姐留鞋"),
        pc.mutation("put", "purchase", new_id(), client_id=client, order_no="A1", at=NOW, total_fen=100),
        pc.mutation(
            "command",
            "coupon.issue",
            new_id(),
            template_id=template,
            code=make_code(),
            client_id=client,
            claimed_at=NOW,
        ),
    )
    return client


def test_what_names_her_goes_and_the_books_stay(pc: Pc) -> None:
    client = _with_history(pc)
    pushed = pc.push(pc.mutation("command", "client.erase", client, reason="客户本人要求"))
    assert pushed.results == []
    assert {f.kind for f in pushed.records if isinstance(f, GoneFrame)} == {"client", "client_tag", "note", "task"}
    assert {f.kind for f in pushed.records if isinstance(f, RecordFrame)} == {"purchase", "coupon"}
    for kind in ("client", "client_tag", "note", "task"):
        assert rows_of(pc.engine, kind) == []
    with pc.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM client_identity").scalar_one() == 0
    (purchase,) = rows_of(pc.engine, "purchase")
    assert (purchase["client_id"], purchase["total_fen"]) == (None, 100)
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["client_id"], coupon["status"]) == (None, "void")
    pc.pull()
    assert pc.digests() == pc.promised()


def test_her_other_record_and_the_picture_of_her_receipt_go_too(pc: Pc) -> None:
    client, double = _with_history(pc), new_id()
    sold: dict[str, Any] = {
        "client_id": double,
        "order_no": "A2",
        "at": NOW,
        "total_fen": 100,
        "verified": False,
        "photo": "a" * 64,
    }
    pc.push(
        pc.mutation("put", "client", double, name="王姐", wechat="wang"),
        pc.mutation("put", "purchase", new_id(), **sold),
        pc.mutation("command", "client.merge", double, into=client),
    )
    photo = Naming("purchase", rows_of(pc.engine, "purchase")[-1]["id"], "a" * 64)
    with pc.engine.begin() as connection:
        keep_photo(connection, pc.who.store_id, photo, b"her", device_id=pc.who.device_id, now_ms=NOW)
    assert pc.push(pc.mutation("command", "client.erase", double, reason="本人要求")).results == []
    assert rows_of(pc.engine, "client") == []
    with pc.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM photo").scalar_one() == 0, "at once, not by and by"
    purchases = rows_of(pc.engine, "purchase")
    assert [(row["client_id"], row["photo"]) for row in purchases] == [(None, ""), (None, "")]


def test_an_edit_that_comes_late_does_not_bring_her_back(pc: Pc) -> None:
    client = _with_history(pc)
    pc.push(pc.mutation("command", "client.erase", client, reason="客户本人要求"))
    late = pc.push(pc.mutation("patch", "client", client, remark="又来了"))
    assert [(r.status, r.code) for r in late.results] == [("rejected", "record.gone")]
    assert rows_of(pc.engine, "client") == []


def test_what_is_handed_in_with_the_erasure_or_after_it_does_not_name_her(pc: Pc) -> None:
    client = _with_history(pc)
    pc.push(
        pc.mutation("put", "share", new_id(), client_id=client, code="x" * 27, guide_id=new_id()),
        pc.mutation("put", "note", new_id(), client_id=client, body="王姐刚走"),
        pc.mutation("command", "client.erase", client, reason="客户本人要求"),
        pc.mutation("put", "note", new_id(), client_id=client, body="王姐又来了"),
    )
    assert rows_of(pc.engine, "note") == []
    assert [row["client_id"] for row in rows_of(pc.engine, "share")] == [None]
    late = pc.push(pc.mutation("put", "note", new_id(), client_id=client, body="隔天写的"))
    assert [(r.status, r.code) for r in late.results] == [("rejected", "record.gone")]
    pc.pull()
    assert pc.digests() == pc.promised()


def test_erasing_twice_changes_nothing_and_a_stranger_is_refused(pc: Pc) -> None:
    client = _with_history(pc)
    pc.push(pc.mutation("command", "client.erase", client, reason="要求"))
    again = pc.push(pc.mutation("command", "client.erase", client, reason="要求"))
    assert [r.status for r in again.results] == ["duplicate"]
    unknown = pc.push(pc.mutation("command", "client.erase", new_id(), reason="要求"))
    assert [(r.status, r.code) for r in unknown.results] == [("rejected", "record.unknown")]


@pytest.mark.parametrize("together", [False, True])
def test_what_a_merge_that_came_second_lost_does_not_name_her(pc: Pc, *, together: bool) -> None:
    """The second guide let the other one stay; the two were taken apart again, and only one of them is erased."""
    ends, stays = new_id(), new_id()
    pc.push(
        pc.mutation("put", "client", ends, name="王姐"),
        pc.mutation("put", "client", stays, name="李姐"),
        pc.mutation("command", "client.merge", ends, into=stays),
    )
    deeds = [
        pc.mutation("command", "client.merge", stays, into=ends),
        pc.mutation("command", "client.unmerge", ends),
        pc.mutation("command", "client.erase", ends, reason="客户本人要求"),
    ]
    if together:
        pc.push(*deeds)
    else:
        assert pc.push(deeds[0]).results[0].lost == {"name": "王姐"}
        pc.push(deeds[1])
        pc.push(deeds[2])
    with pc.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT lost::text FROM push_result").scalars().all()
    assert not [words for words in kept if "王姐" in words]


@pytest.mark.parametrize("erased_first", [False, True])
def test_a_refused_merge_into_her_is_kept_nowhere(pc: Pc, *, erased_first: bool) -> None:
    stays = new_id()
    pc.push(pc.mutation("put", "client", stays, name="王姐"))
    steps = ("erase", "merge") if erased_first else ("merge", "erase")
    for step in steps:
        if step == "erase":
            pc.push(pc.mutation("command", "client.erase", stays, reason="客户本人要求"))
        else:  # one who never came to the office
            told: dict[str, Any] = {"into": stays, "keep": {"remark": "王姐脚背高"}}
            assert pc.push(pc.mutation("command", "client.merge", new_id(), **told)).results[0].status == "rejected"
    with pc.engine.connect() as connection:
        assert list_open(connection) == []
