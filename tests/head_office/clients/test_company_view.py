"""A guide learns how often the company contacted her client elsewhere, and nothing of what was said there."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from head_office.clients.company_view import MOST_CONTACTS, Refreshed, refresh_company_views
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_guide, make_store, new_id, rows_of

PHONE = "13812345678"


class Stores:
    """Two stores that know the same person, each with a PC."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        codes = {"SH01": "南京西路店", "SH02": "徐家汇店"}
        ids = [make_store(engine, code, name) for code, name in codes.items()]
        self.pcs = [Pc(engine, enrol_device(engine, code), push_rules(SECRET)) for code in codes]
        self.guides = [make_guide(engine, store, f"G{n}", n) for n, store in enumerate(ids, 1)]
        self.clients = [new_id(), new_id()]
        for pc, client, guide in zip(self.pcs, self.clients, self.guides, strict=True):
            pc.push(pc.mutation("put", "client", client, name="王姐", phone=PHONE, primary_guide_id=guide))

    def touch(self, n: int, kind: str = "call", *, at: int = NOW - 1, private: bool = False) -> None:
        pc, body = self.pcs[n], "私下说的话"
        said = {"client_id": self.clients[n], "kind": kind, "at": at, "private": private, "body": body}
        assert pc.push(pc.mutation("put", "note", new_id(), **said)).results == []  # type: ignore[arg-type]  # fields

    def refresh(self, now_ms: int = NOW) -> Refreshed:
        return refresh_company_views(self.engine, now_ms)

    def view(self, n: int) -> dict[str, Any]:
        return next(row for row in rows_of(self.engine, "company_view") if row["id"] == self.clients[n])


@pytest.fixture
def stores(office_engine: Engine) -> Stores:
    return Stores(office_engine)


def test_each_store_is_told_of_the_others_contacts_and_of_no_word(stores: Stores) -> None:
    pc = stores.pcs[0]
    stores.touch(0, "visit", at=NOW - DAY_MS)
    stores.touch(0, "message", at=NOW - 5, private=True)
    stores.touch(0, "note")
    stores.touch(0, "reply")
    stores.touch(0, "call", at=NOW - 31 * DAY_MS)
    share = {"client_id": stores.clients[0], "guide_id": stores.guides[0], "code": "x" * 27, "at": NOW - 9}
    pc.push(pc.mutation("put", "share", new_id(), **share))  # type: ignore[arg-type]  # fields
    for n, state in enumerate(("open", "not_sent")):  # copied, and nobody said that it was sent
        kept_back = pc.mutation("put", "share", new_id(), **{**share, "code": "y" * 26 + str(n)})  # type: ignore[arg-type]
        told = {"client_id": share["client_id"], "guide_id": share["guide_id"], "at": NOW - 9, "state": state}
        pc.push(kept_back, pc.mutation("put", "copied", new_id(), share_id=kept_back.id, **told))  # type: ignore[arg-type]
    assert stores.refresh() == Refreshed(persons=1, written=2)
    there = stores.view(1)
    assert (there["contacts"], there["colleagues"], there["refused"]) == ([NOW - DAY_MS, NOW - 9, NOW - 5], 1, False)
    assert (stores.view(0)["contacts"], stores.view(0)["colleagues"]) == ([], 1)
    stores.pcs[1].pull()
    assert "私下" not in str(stores.pcs[1].held)
    assert stores.clients[0] not in str(stores.pcs[1].held)
    assert stores.pcs[1].digests() == stores.pcs[1].promised()
    assert check_feed(stores.engine).ok


def test_a_pass_with_nothing_new_writes_nothing_also_when_contacts_grow_old(stores: Stores) -> None:
    stores.touch(0)
    assert stores.refresh().written == 2
    assert stores.refresh(NOW + 1).written == 0
    assert stores.refresh(NOW + 40 * DAY_MS).written == 0
    stores.touch(1)
    assert stores.refresh(NOW + 2).written == 1
    assert stores.view(0)["as_of"] == NOW + 2


def test_a_refusal_in_one_store_is_known_in_all(stores: Stores) -> None:
    pc = stores.pcs[0]
    pc.push(pc.mutation("patch", "client", stores.clients[0], contact_state="refused"))
    stores.refresh()
    assert (stores.view(0)["refused"], stores.view(1)["refused"]) == (True, True)


def test_who_is_known_in_one_store_has_no_view(stores: Stores) -> None:
    pc = stores.pcs[0]
    pc.push(pc.mutation("put", "client", new_id(), name="只在本店", phone="13900000000"))
    pc.push(pc.mutation("put", "client", new_id(), name="没有电话"))
    stores.refresh()
    assert {row["id"] for row in rows_of(stores.engine, "company_view")} == set(stores.clients)


def test_a_view_falls_silent_when_her_phone_is_no_longer_the_same(stores: Stores) -> None:
    stores.touch(0)
    stores.refresh()
    pc = stores.pcs[0]
    pc.push(pc.mutation("patch", "client", stores.clients[0], ms=NOW + 1, phone="13999999999"))
    assert stores.refresh(NOW + 1) == Refreshed(persons=0, written=2)
    assert (stores.view(1)["contacts"], stores.view(1)["colleagues"]) == ([], 0)


def test_after_a_merge_in_her_store_only_the_survivor_is_told(stores: Stores) -> None:
    stores.touch(0)
    stores.refresh()
    pc, stays = stores.pcs[1], new_id()
    pc.push(pc.mutation("put", "client", stays, name="王女士"))
    pc.push(pc.mutation("command", "client.merge", stores.clients[1], into=stays))
    stores.refresh(NOW + 1)
    told = {row["id"]: row["contacts"] for row in rows_of(stores.engine, "company_view")}
    assert told == {stores.clients[0]: [], stores.clients[1]: [], stays: [NOW - 1]}


def test_an_erased_client_gets_no_view_again(stores: Stores) -> None:
    stores.touch(0)
    stores.refresh()
    pc = stores.pcs[1]
    pc.push(pc.mutation("command", "client.erase", stores.clients[1], reason="要求"))
    stores.refresh(NOW + 1)
    assert [row["id"] for row in rows_of(stores.engine, "company_view")] == [stores.clients[0]]
    assert stores.view(0)["colleagues"] == 0


def test_no_view_grows_without_end(stores: Stores) -> None:
    for minutes in range(MOST_CONTACTS + 5):
        stores.touch(0, at=NOW - minutes * 60_000)
    stores.refresh()
    contacts = stores.view(1)["contacts"]
    assert (len(contacts), contacts[-1], contacts == sorted(contacts)) == (MOST_CONTACTS, NOW, True)
