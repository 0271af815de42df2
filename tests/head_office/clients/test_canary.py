"""A person with unmistakable words comes in by every door, is erased, and is looked for in every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.link import Link, Subject, sign
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND
from head_office.clients.hanging import ANCHORS
from head_office.clients.photos import Naming, keep_photo
from head_office.clients.scrub import scrub
from head_office.coupons.claim import Claim, claim
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.tidy import TOMBSTONE_DAYS, tidy
from head_office.feed.write import in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ClientRef, PurchaseIn, ReceiptLine
from head_office.sharing.links import open_link
from head_office.store.embedded import EmbeddedPostgres
from head_office.store.engine import make_engine
from head_office.store.migrate import upgrade
from head_office.store.tables import METADATA
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

NAME, PHONE, SECOND_PHONE = "欧阳卡纳莉", "13987654321", "13987654322"
WORDS = (
    NAME,
    PHONE,
    SECOND_PHONE,
    "便条暗语",
    "标签暗语",
    "任务暗语",
    "备注暗语",
    "旧备注暗",
    "拒收暗语",
    "扩展暗语",
    "全类暗语",
    "照片暗语",
)


@dataclass
class Files:
    """The data folder of a cluster that is the test's own."""

    engine: Engine
    folder: Path

    def write_out(self) -> None:
        """Have the server write all it holds in memory into its files."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")

    def found(self) -> dict[str, list[str]]:
        """Which words stand in which files."""
        found: dict[str, list[str]] = {}
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            hits = [word for word in WORDS if word.encode() in content]
            if hits:
                found[str(path.relative_to(self.folder))] = hits
        return found


@dataclass
class House:
    """Two stores with three PCs."""

    engine: Engine
    first: Pc
    second: Pc
    there: Pc
    manager: str
    client: str = ""

    def found_in_tables(self) -> dict[str, list[str]]:
        """Which words stand in which tables, read row by row as JSON."""
        found: dict[str, list[str]] = {}
        with self.engine.connect() as connection:
            for table in METADATA.sorted_tables:
                rows = connection.execute(sa.text(f'SELECT to_jsonb(t)::text FROM "{table.name}" t')).scalars()
                content = "\n".join(rows)
                hits = [word for word in WORDS if word in content or word.encode().hex() in content]
                if hits:
                    found[table.name] = hits
        return found


@pytest.fixture
def house(office_engine: Engine) -> House:
    """The stores, and all that can be written about her."""
    return _lived_in(office_engine)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    """A cluster whose files can be searched, without a row."""
    with EmbeddedPostgres(tmp_path / "office") as server:
        engine = make_engine(server.url, pool_size=2)
        upgrade(engine)
        yield Files(engine, tmp_path / "office")
        engine.dispose()


def _lived_in(engine: Engine) -> House:
    here = make_store(engine)
    make_store(engine, "SH02", "徐家汇店")
    manager = make_guide(engine, here)
    guide = {"no": 1, "number": "G1", "name": "店长", "store_id": here, "role": "store_manager"}
    put_all(engine, BRAND, "guide", {manager: guide})
    rules = push_rules(SECRET)
    pcs = [Pc(engine, enrol_device(engine, code, name), rules) for code, name in
           (("SH01", "一号"), ("SH01", "二号"), ("SH02", "三号"))]  # fmt: skip
    found = House(engine, pcs[0], pcs[1], pcs[2], manager)
    _live(found)
    return found


def _live(house: House) -> None:
    """Everything that can be written about her: on PCs, by the till, by herself; accepted, lost and refused."""
    pc, client = house.first, new_id()
    house.client = client
    template = make_template(house.engine, no=7)
    pc.push(
        pc.mutation("put", "client", client, name=NAME, phone=PHONE, remark="旧备注暗", extra_word="扩展暗语"),
        pc.mutation("put", "client_tag", new_id(), client_id=client, name="标签暗语"),
        pc.mutation("put", "note", new_id(), client_id=client, body=f"{NAME} 便条暗语"),
        pc.mutation("put", "task", new_id(), client_id=client, title="任务暗语"),
        pc.mutation("put", "purchase", new_id(), client_id=client, order_no="A1", at=NOW, x_note="扩展暗语"),
        pc.mutation("command", "coupon.issue", new_id(), template_id=template, code=make_code(), client_id=client),
        pc.mutation("put", "note", new_id(), client_id=client, body="拒收暗语", kind="nonsense"),
        pc.mutation("put", "client", new_id(), name=NAME, phone=PHONE, sex="nonsense"),
    )
    _every_kind(house)
    _share_and_claim(house, template)
    house.second.push(house.second.mutation("patch", "client", client, ms=NOW + 9, remark="备注暗语"))
    pc.push(pc.mutation("patch", "client", client, ms=NOW + 5, remark="旧备注暗"))  # overtaken: kept as lost
    double = new_id()
    pc.push(
        pc.mutation("put", "client", double, name=NAME, phone=SECOND_PHONE),
        pc.mutation("put", "note", new_id(), client_id=double, body="便条暗语"),
        pc.mutation("command", "client.merge", double, into=client),
    )
    receipt = PurchaseIn(
        "SH01", "E1", NOW, 100, [ReceiptLine(1, 100, title="靴")], client=ClientRef(phone=PHONE), channel="till"
    )
    in_transaction(house.engine, lambda c: take_receipts(c, SECRET, [receipt], NOW))
    assert any(row["client_id"] == client for row in rows_of(house.engine, "purchase") if row["order_no"] == "E1")


def _every_kind(house: House) -> None:
    """A record of each kind that is about her alone, with every text of its filled; a relation of another client."""
    pc, ids = house.first, {kind: new_id() for kind in ANCHORS}
    kinds = [kind for kind, parents in ANCHORS.items() if "client" in parents and KINDS[kind].policy != "office"]
    about_her = [kind for kind in kinds if kind not in ("purchase", "share", "access_log")]
    records = {kind: {**_texts(kind), **least_of(kind, house.client, ids)} for kind in about_her}
    assert pc.push(*(pc.mutation("put", kind, ids[kind], **data) for kind, data in records.items())).results == []
    photo = Naming("custom_value", ids["custom_value"], "0" * 64)
    kept: dict[str, Any] = {"device_id": pc.who.device_id, "now_ms": NOW}
    in_transaction(house.engine, lambda c: keep_photo(c, pc.who.store_id, photo, "照片暗语".encode(), **kept))
    mother = new_id()
    child: dict[str, Any] = {"client_id": mother, "relative_id": house.client, "kind": "child", "name": NAME}
    pc.push(
        pc.mutation("put", "client", mother, name="母亲"),
        pc.mutation("put", "relation", new_id(), note=f"{NAME} 的电话 {PHONE}", **child),
        pc.mutation("put", "access_log", new_id(), client_id=house.client, guide_id=house.manager, deed="reveal",
                    at=NOW, reason=f"回{NAME}的电话", proof=PHONE),
    )  # fmt: skip


def _texts(kind: str) -> dict[str, str]:
    """Every free text of a kind."""
    fields = msgspec.inspect.type_info(KINDS[kind].struct)
    assert isinstance(fields, msgspec.inspect.StructType)
    return {
        f.name: "全类暗语" for f in fields.fields if isinstance(f.type, msgspec.inspect.StrType) and f.type.max_length
    }


def _share_and_claim(house: House, template: str) -> None:
    pc = house.first
    link = Link(pc.who.key_no, 1, Subject.CARD, 0, 7, 1)
    code = sign(link, bytes.fromhex(pc.who.link_key))
    ids = {"client_id": house.client, "guide_id": house.manager}
    share: dict[str, Any] = {**ids, "code": code, "key_no": pc.who.key_no}
    pc.push(pc.mutation("put", "share", new_id(), share_no=1, coupon_template_id=template, **share))
    with house.engine.connect() as connection:
        opened = open_link(connection, SECRET, code)
    asked = Claim(new_id(), opened, SECOND_PHONE, "marketing", "v1")
    in_transaction(house.engine, lambda c: claim(c, SECRET, asked, NOW))
    claimed = next(row["id"] for row in rows_of(house.engine, "client") if row["phone"] == SECOND_PHONE)
    merge = pc.mutation("command", "client.merge", claimed, into=house.client)
    pc.push(merge)


def _by(house: House, plain: Mutation) -> Mutation:
    return Mutation(plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, plain.data, house.manager)


def _transfer(house: House) -> None:
    pc = house.first
    pc.push(_by(house, pc.mutation("command", "client.transfer", house.client, to_store=house.there.who.store_id,
                                   reason=f"{NAME} 搬家")))  # fmt: skip


def _erase(house: House, pc: Pc, now_ms: int = NOW + 1) -> None:
    reason = f"{NAME} 本人 ({PHONE}) 要求"
    pushed = pc.push(pc.mutation("command", "client.erase", house.client, ms=now_ms, reason=reason), now_ms=now_ms)
    assert [r for r in pushed.results if r.status == "rejected"] == []


@pytest.mark.parametrize("moved", [False, True], ids=["at home", "after a transfer"])
def test_after_erasure_and_scrubbing_no_byte_of_her_is_left(files: Files, moved: bool) -> None:
    house = _lived_in(files.engine)
    assert set(house.found_in_tables()) >= {
        "client",
        "note",
        "client_tag",
        "task",
        "push_result",
        "quarantine",
        "photo",
    }
    files.write_out()
    if moved:
        _transfer(house)
    _erase(house, house.there if moved else house.first)
    assert house.found_in_tables() == {}
    files.write_out()
    places = {Path(name).parent.name for name in files.found()}
    assert "pg_wal" in places
    assert len(places) > 1  # the search finds what is there: deleted rows in the log and in the tables' own files
    assert scrub(house.engine).log
    assert files.found() == {}
    assert check_feed(house.engine).ok
    for pc in (house.first, house.second, house.there):
        pc.pull()
        assert pc.digests() == pc.promised()
        assert NAME not in str(pc.held)


_LATE: dict[str, Callable[[Pc, House], Mutation]] = {
    "put": lambda pc, h: pc.mutation("put", "client", h.client, ms=NOW - 9, name=NAME, phone=PHONE),
    "patch": lambda pc, h: pc.mutation("patch", "client", h.client, ms=NOW - 9, remark="备注暗语"),
    "note": lambda pc, h: pc.mutation("put", "note", new_id(), ms=NOW - 9, client_id=h.client, body="便条暗语"),
    "tag": lambda pc, h: pc.mutation("put", "client_tag", new_id(), ms=NOW - 9, client_id=h.client, name="标签暗语"),
    "task": lambda pc, h: pc.mutation("put", "task", new_id(), ms=NOW - 9, client_id=h.client, title="任务暗语"),
    "transfer": lambda pc, h: _by(
        h, pc.mutation("command", "client.transfer", h.client, to_store=h.there.who.store_id, reason=NAME)
    ),
    "merge": lambda pc, h: pc.mutation("command", "client.merge", h.client, into=new_id()),
}


@pytest.mark.parametrize("days", [0, TOMBSTONE_DAYS + 1])
@pytest.mark.parametrize("moved", [False, True], ids=["at home", "after a transfer"])
def test_an_offline_pc_brings_nothing_back(house: House, moved: bool, days: int) -> None:
    if moved:
        _transfer(house)
    _erase(house, house.there if moved else house.first)
    later = NOW + days * DAY_MS + 2
    if days:
        tidy(house.engine, later)
    pc = house.second
    pushed = pc.push(*(late(pc, house) for late in _LATE.values()), now_ms=later)
    refused = dict.fromkeys(range(2, 2 + len(_LATE)), ("rejected", "record.gone"))
    assert {r.mid: (r.status, r.code) for r in pushed.results} == refused
    assert house.found_in_tables() == {}
    assert all(row["id"] != house.client for row in rows_of(house.engine, "client"))
    again = pc.push(pc.mutation("command", "client.erase", house.client, reason="再次"), now_ms=later)
    assert [r.status for r in again.results] == ["duplicate"]


def test_what_comes_in_the_same_push_as_the_erasure_is_kept_nowhere(house: House) -> None:
    pc = house.first
    other: dict[str, Any] = {"client_id": house.client, "body": "拒收暗语", "kind": "nonsense"}
    pc.push(
        pc.mutation("patch", "client", house.client, ms=NOW + 1, remark="旧备注暗"),
        pc.mutation("put", "note", new_id(), **other),
        pc.mutation("command", "client.erase", house.client, reason="要求"),
        pc.mutation("put", "note", new_id(), client_id=house.client, body="便条暗语"),
    )
    assert house.found_in_tables() == {}
