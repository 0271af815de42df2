"""转店: she is in the old store or in the new one, whole; nothing of hers stays behind or gets lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import LeaveFrame, Mutation, Pushed
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.clients.hanging import ANCHORS
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    least_of,
    make_guide,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)


@dataclass
class Stores:
    """Two stores with a PC each; the manager of the first hands over."""

    here: Pc
    there: Pc
    manager: str
    clerk: str
    receiver: str
    stranger: str

    @property
    def engine(self) -> Engine:
        return self.here.engine

    def transfer(self, client: str, *, by: str | None = None, ms: int = NOW, **params: Any) -> Pushed:
        data = {"to_store": self.there.who.store_id, "reason": "搬家", **params}
        plain = self.here.mutation("command", "client.transfer", client, ms=ms, **data)
        mine = Mutation(
            plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, plain.data, by or self.manager
        )
        return self.here.push(mine, now_ms=ms)


@pytest.fixture
def stores(office_engine: Engine) -> Stores:
    here, there = make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")
    manager, clerk = make_guide(office_engine, here, "G1", 1), make_guide(office_engine, here, "G2", 2)
    put_all(office_engine, BRAND, "guide", {manager: {**_guide("G1", 1, here), "role": "store_manager"}})
    receiver = make_guide(office_engine, there, "G3", 3)
    stranger = make_guide(office_engine, there, "G4", 4)
    put_all(office_engine, BRAND, "guide", {stranger: {**_guide("G4", 4, there), "role": "store_manager"}})
    rules = push_rules(SECRET)
    pcs = [Pc(office_engine, enrol_device(office_engine, code), rules) for code in ("SH01", "SH02")]
    return Stores(pcs[0], pcs[1], manager, clerk, receiver, stranger)


def _guide(number: str, no: int, store_id: str) -> dict[str, Any]:
    return {"no": no, "number": number, "name": number, "store_id": store_id}


def _whole_history(stores: Stores) -> tuple[str, dict[str, str]]:
    """A client with one record of every kind that hangs on clients; returns her id and the records' ids by kind."""
    pc, client = stores.here, new_id()
    template = make_template(pc.engine)
    ids = {kind: new_id() for kind in ANCHORS}
    code = make_code()
    pc.push(
        pc.mutation("put", "client", client, name="王姐", phone="13812345678"),
        pc.mutation("put", "client_tag", ids["client_tag"], client_id=client, name="金卡"),
        pc.mutation("put", "note", ids["note"], client_id=client, body="鞋跟紧"),
        pc.mutation("put", "task", ids["task"], client_id=client, title="留鞋", guide_id=stores.clerk),
        pc.mutation("put", "purchase", ids["purchase"], client_id=client, order_no="A1", at=NOW, total_fen=100),
        pc.mutation("put", "purchase_line", ids["purchase_line"], purchase_id=ids["purchase"], title="靴"),
        pc.mutation("put", "share", ids["share"], client_id=client, code="x" * 27, guide_id=stores.clerk),
        pc.mutation(
            "command", "coupon.issue", ids["coupon"], template_id=template, code=code, client_id=client, claimed_at=NOW
        ),
    )
    put_all(pc.engine, pc.scope, "share_event", {ids["share_event"]: {"share_id": ids["share"], "kind": "scan"}})
    put_all(pc.engine, pc.scope, "redemption", {ids["redemption"]: {"coupon_id": ids["coupon"], "coupon_code": code}})
    put_all(pc.engine, pc.scope, "attribution", {ids["attribution"]: {"purchase_id": ids["purchase"]}})
    young = [kind for kind in ANCHORS if KINDS[kind].policy != "office" and not rows_of(pc.engine, kind)]
    pushed = pc.push(*(pc.mutation("put", kind, ids[kind], **least_of(kind, client, ids)) for kind in young))
    assert pushed.results == []
    gift = {"client_id": client, "coupon_id": ids["coupon"], "side": "gave"}
    put_all(pc.engine, pc.scope, "coupon_gift", {ids["coupon_gift"]: gift})
    put_all(pc.engine, pc.scope, "company_view", {ids["company_view"]: {"client_id": client, "colleagues": 1}})
    return client, ids


def test_every_kind_that_can_hang_on_a_client_moves_with_her(stores: Stores) -> None:
    client, ids = _whole_history(stores)
    with stores.engine.begin() as connection:  # a coupon shown before its PC told of it has a second code
        connection.exec_driver_sql(
            "INSERT INTO coupon_code (code, store_id, coupon_id) SELECT 'passing', store_id, coupon_id FROM coupon_code"
        )
    stores.here.pull()
    stores.there.pull()
    pushed = stores.transfer(client, to_guide=stores.receiver)
    assert pushed.results == []
    assert {f.kind for f in pushed.records if isinstance(f, LeaveFrame)} == {"client", *ANCHORS}
    for kind, record_id in {**ids, "client": client}.items():
        (row,) = (row for row in rows_of(stores.engine, kind) if row["id"] == record_id)
        assert row["store_id"] == stores.there.who.store_id, kind
    for pc in (stores.here, stores.there):
        pc.pull()
        assert pc.digests() == pc.promised()
    assert not any(key[0] == stores.here.scope for key in stores.here.held)
    assert {key[1] for key in stores.there.held if key[0] == stores.there.scope} == {"client", *ANCHORS}
    with stores.engine.connect() as connection:
        for table in ("client_identity", "coupon_code"):
            owner = connection.exec_driver_sql(f"SELECT store_id::text FROM {table}").scalars().all()
            assert set(owner) == {stores.there.who.store_id}, table
    assert check_feed(stores.engine).ok


def test_no_kind_that_names_a_client_is_forgotten() -> None:
    store_kinds = {name: kind for name, kind in KINDS.items() if kind.scope == "store"}
    naming = {name for name, kind in store_kinds.items() if "client_id" in kind.fields}
    assert naming <= ANCHORS.keys()
    refer = {f"{name}_id" for name in ANCHORS}
    hanging = {name for name, kind in store_kinds.items() if refer.intersection(kind.fields)}
    assert hanging <= ANCHORS.keys()


def test_the_new_guide_gets_her_and_her_open_tasks(stores: Stores) -> None:
    client, ids = _whole_history(stores)
    stores.transfer(client, to_guide=stores.receiver)
    (row,) = rows_of(stores.engine, "client")
    assert row["primary_guide_id"] == stores.receiver
    (task,) = rows_of(stores.engine, "task")
    assert (task["id"], task["guide_id"]) == (ids["task"], stores.receiver)


def test_what_belongs_to_others_stays(stores: Stores) -> None:
    client, ids = _whole_history(stores)
    other, note, scan = new_id(), new_id(), new_id()
    forwarded = {"share_id": ids["share"], "client_id": other, "kind": "scan"}  # she sent the link on to a friend
    put_all(stores.engine, stores.here.scope, "share_event", {scan: forwarded})
    stores.here.push(
        stores.here.mutation("put", "client", other, name="李"),
        stores.here.mutation("put", "note", note, client_id=other, body="别动"),
    )
    stores.transfer(client)
    stay = {row["id"] for kind in ("client", "note", "share_event") for row in rows_of(stores.engine, kind)
            if row["store_id"] == stores.here.who.store_id}  # fmt: skip
    assert stay == {other, note, scan}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": "clerk"}, "transfer.not_manager"),
        ({"by": "receiver"}, "transfer.not_manager"),
        ({"by": "stranger"}, "transfer.not_manager"),
        ({"to_store": "0190f5e2-7c00-7000-8000-00000000dead"}, "transfer.store_unknown"),
        ({"to_guide": "clerk"}, "record.invalid"),
        ({"to_store": "nonsense"}, "record.invalid"),
        ({"client": "unknown"}, "record.unknown"),
    ],
)
def test_who_may_not_or_where_nobody_can_is_refused(stores: Stores, change: dict[str, str], code: str) -> None:
    client, _ = _whole_history(stores)
    params: dict[str, Any] = {name: getattr(stores, value, value) for name, value in change.items()}
    who = new_id() if params.pop("client", "") else client
    pushed = stores.transfer(who, **params)
    assert [(r.status, r.code) for r in pushed.results] == [("rejected", code)]
    assert [row["store_id"] for row in rows_of(stores.engine, "client")] == [stores.here.who.store_id]


def test_asking_twice_changes_nothing(stores: Stores) -> None:
    client, _ = _whole_history(stores)
    stores.transfer(client)
    with stores.engine.connect() as connection:
        moved_ms = connection.exec_driver_sql("SELECT max(at_ms) FROM gone").scalar_one()
    again = stores.transfer(client, ms=moved_ms - 1)
    assert [r.status for r in again.results] == ["duplicate"]
    after = stores.transfer(client, ms=moved_ms + 1)
    assert [(r.status, r.code) for r in after.results] == [("rejected", "record.moved")]


def test_she_can_come_back(stores: Stores) -> None:
    client, ids = _whole_history(stores)
    stores.transfer(client)
    back = push_rules(SECRET)
    manager = make_guide(stores.engine, stores.there.who.store_id, "G9", 9)
    put_all(
        stores.engine, BRAND, "guide",
        {manager: {**_guide("G9", 9, stores.there.who.store_id), "role": "store_manager"}},
    )  # fmt: skip
    there = Pc(stores.engine, stores.there.who, back)
    plain = there.mutation("command", "client.transfer", client, to_store=stores.here.who.store_id)
    there.push(Mutation(plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, plain.data, manager))
    stores.here.pull()
    there.pull()
    assert (stores.here.scope, "note", ids["note"]) in stores.here.held
    for pc in (stores.here, there):
        assert pc.digests() == pc.promised()
    assert check_feed(stores.engine).ok


def test_a_transfer_of_what_this_very_push_brought_takes_it_along(stores: Stores) -> None:
    pc, client, note = stores.here, new_id(), new_id()
    brought = [
        pc.mutation("put", "client", client, name="新客"),
        pc.mutation("put", "note", note, client_id=client, body="刚写"),
    ]
    plain = pc.mutation("command", "client.transfer", client, to_store=stores.there.who.store_id)
    deed = Mutation(plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, plain.data, stores.manager)
    pc.push(*brought, deed)
    assert [row["store_id"] for row in rows_of(stores.engine, "note")] == [stores.there.who.store_id]


def test_a_client_with_more_records_than_a_transaction_may_write_moves_whole(stores: Stores) -> None:
    client = new_id()
    scope = store_scope(stores.here.who.store_id)
    put_all(stores.engine, scope, "client", {client: {"name": "老客"}})
    put_all(stores.engine, scope, "note", {new_id(): {"client_id": client, "body": str(n)} for n in range(1_500)})
    assert stores.transfer(client).results == []
    assert {row["store_id"] for row in rows_of(stores.engine, "note")} == {stores.there.who.store_id}


def test_the_list_of_transfers_says_who_whom_and_how_many(stores: Stores) -> None:
    client, ids = _whole_history(stores)
    stores.transfer(client, to_guide=stores.receiver)
    with stores.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM transfer").mappings().one()
    assert (str(row["client_id"]), row["by_guide"], row["records"]) == (client, stores.manager, 1 + len(ids))
    assert (row["planned"], row["done"], row["reason"]) == (1, 1, "搬家")
