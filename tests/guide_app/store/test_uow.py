"""What the unit of work writes, and what it refuses."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import insert

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.kinds import KINDS
from guide_app.store import outbox
from guide_app.store.codec import CODECS
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.tables import SETTING, TABLES
from guide_app.store.uow import UnitOfWork
from tests.helpers.plain_book import NOW_MS, STORE, HeldClock, seed_office_rows

CLIENT = "018f0000-0000-7000-8000-00000000c001"
COUPON = "018f0000-0000-7000-8000-00000000e001"
GUIDE = "018f0000-0000-7000-8000-00000000a001"


def put(db: Database, kind: str, **fields: Any) -> str:
    return db.change(lambda uow: uow.put(kind, fields), by=GUIDE, origin="t")


def row(db: Database, kind: str, record_id: str) -> dict[str, Any]:
    return db.query(lambda c: {**CODECS[kind].read(c, record_id).data})  # type: ignore[union-attr]


def queue(db: Database) -> list[Any]:
    return db.query(lambda c: outbox.waiting(c, 100))


def test_a_put_is_shown_and_queued_with_author_group_and_stamp(db: Database, clock: HeldClock) -> None:
    def deed(uow: UnitOfWork) -> tuple[str, str]:
        client = uow.put("client", {"name": "王", "phone": "13800000001"})
        return client, uow.put("client_tag", {"client_id": client, "name": "乐福鞋"})

    client, tag = db.change(deed, by=GUIDE, origin="t")
    first, second = queue(db)
    assert (first.mid, second.mid, first.group, second.group) == (1, 2, 1, 1)
    assert (first.op, first.kind, first.id, first.store, first.by) == ("put", "client", client, STORE, GUIDE)
    assert first.data == {"name": "王", "phone": "13800000001"}
    assert first.stamp < second.stamp
    assert row(db, "client_tag", tag)["name"] == "乐福鞋"
    clock.move(-86_400_000)
    put(db, "note", client_id=client, body="时钟退了一天")
    assert queue(db)[2].stamp > second.stamp, "stamps grow whatever the clock does"
    assert queue(db)[2].group == 3


def test_only_changed_fields_are_sent_and_nothing_changed_is_nothing_sent(db: Database) -> None:
    client = put(db, "client", name="王", starred=True)
    assert db.change(lambda u: u.patch("client", client, {"name": "王", "starred": 1}), by=None, origin="t") is False
    assert db.change(lambda u: u.patch("client", client, {"name": "王女士", "starred": 1}), by=None, origin="t")
    assert [m.data for m in queue(db)[1:]] == [{"name": "王女士"}]


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("product", {"name": "x"}, "kind.office_only"),
        ("client", {"name": "王", "level": "金卡"}, "field.office_only"),
        ("client", {"name": "王", "nonsense": 1}, "field.office_only"),
        ("client", {"phone": "13800000001"}, "record.invalid"),
        ("client", {"name": ""}, "record.invalid"),
        ("client", {"name": "x" * 65}, "record.invalid"),
        ("client", {"name": "王", "birth_month": 13}, "record.invalid"),
        ("client", {"name": "王", "starred": "yes"}, "record.invalid"),
        ("note", {"client_id": "nobody", "body": "x"}, "record.invalid"),
    ],
)
def test_what_the_office_would_refuse_is_refused_here(
    db: Database, kind: str, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        put(db, kind, **fields)
    assert caught.value.code == code
    assert queue(db) == []


def test_facts_are_not_edited_and_only_set_elements_are_removed(db: Database) -> None:
    client = put(db, "client", name="王")
    note = put(db, "note", client_id=client, body="来过")
    for deed in (
        lambda u: u.patch("note", note, {"body": "没来过"}),
        lambda u: u.remove("note", note),
        lambda u: u.remove("client", client),
    ):
        with pytest.raises(InvalidInputError):
            db.change(deed, by=None, origin="t")
    with pytest.raises(NotFoundError):
        db.change(lambda u: u.patch("client", CLIENT, {"name": "x"}), by=None, origin="t")
    with pytest.raises(NotFoundError):
        db.change(lambda u: u.remove("client_tag", CLIENT), by=None, origin="t")


def test_a_task_goes_forward_only(db: Database) -> None:
    task = put(db, "task", title="回访", status="open")
    db.change(lambda u: u.patch("task", task, {"status": "done", "done_at": 5}), by=None, origin="t")
    with pytest.raises(InvalidInputError):
        db.change(lambda u: u.patch("task", task, {"status": "open"}), by=None, origin="t")
    assert row(db, "task", task)["status"] == "done"


def test_an_id_is_given_once(db: Database) -> None:
    put(db, "client", name="王")
    taken = queue(db)[0].id
    with pytest.raises(InvalidInputError) as caught:
        db.change(lambda u: u.put("client", {"name": "李"}, id=taken), by=None, origin="t")
    assert caught.value.code == "record.exists"


def test_reads_within_a_change_see_what_it_wrote(db: Database) -> None:
    def deed(uow: UnitOfWork) -> int:
        uow.put("client", {"name": "王"})
        return int(uow.conn.exec_driver_sql("SELECT count(*) FROM client").scalar_one())

    assert db.change(deed, by=None, origin="t") == 1


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM client", "UPDATE client SET name = 'x'", "insert into note (id) values (1)", "DROP TABLE client"],
)
def test_synced_records_cannot_be_written_past_the_outbox(db: Database, statement: str) -> None:
    with pytest.raises(RuntimeError, match="unit of work"):
        db.change(lambda u: u.conn.exec_driver_sql(statement), by=None, origin="t")


def test_local_tables_are_the_only_ones_to_write_directly(db: Database) -> None:
    db.change(lambda u: u.execute_local(insert(SETTING).values(key="a", value="1")), by=None, origin="t")
    db.change(lambda u: u.save_setting("a", "2"), by=None, origin="t")
    assert db.query(lambda c: c.exec_driver_sql("SELECT value FROM setting").scalar()) == "2"
    with pytest.raises(ValueError, match="client is not a local table"):
        db.change(lambda u: u.execute_local(insert(TABLES["client"]).values(id="x")), by=None, origin="t")


def test_a_reveal_is_logged(db: Database) -> None:
    db.change(lambda u: u.log_reveal(CLIENT, GUIDE, "phone"), by=GUIDE, origin="t")
    logged = db.query(lambda c: c.exec_driver_sql("SELECT guide_id, client_id, what, at FROM reveal").one())
    assert tuple(logged) == (GUIDE, CLIENT, "phone", NOW_MS)


def test_the_offices_version_is_set_aside_at_the_first_edit_and_kept_at_the_next(db: Database) -> None:
    seed_office_rows(db, "client", [{"id": CLIENT, "name": "王", "remark": "一", "zodiac": "龙"}])
    for text in ("二", "三"):
        db.change(lambda u, text=text: u.patch("client", CLIENT, {"remark": text}), by=None, origin="t")  # type: ignore[misc]
    base = db.query(lambda c: c.exec_driver_sql("SELECT data, seq FROM base").one())
    kept = msgspec.json.decode(base[0])
    assert (kept["remark"], kept["zodiac"], base[1]) == ("一", "龙", 1)
    assert row(db, "client", CLIENT)["remark"] == "三"


def test_a_command_predicts_and_an_unknown_one_is_a_fault_of_ours(db: Database) -> None:
    seed_office_rows(db, "coupon", [{"id": COUPON, "code": "C", "status": "claimed"}])
    effect = Effect("coupon", COUPON, "patch", {"status": "redeemed"})
    db.change(lambda u: u.command("coupon.redeem", COUPON, {"code": "C"}, [effect]), by=None, origin="t")
    assert row(db, "coupon", COUPON)["status"] == "redeemed"
    (queued,) = queue(db)
    assert (queued.op, queued.kind, queued.id, queued.data) == ("command", "coupon.redeem", COUPON, {"code": "C"})
    with pytest.raises(ValueError, match="unknown command"):
        db.change(lambda u: u.command("client.fly", CLIENT, {}, []), by=None, origin="t")


def test_many_rows_in_one_change_are_all_there(db: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for n in range(12_000):
            uow.put("client", {"name": f"客{n}"})

    db.change(deed, by=None, origin="import")
    counts = db.query(lambda c: [c.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in ("client", "outbox")])
    assert counts == [12_000, 12_000]


@pytest.mark.parametrize("name", list(KINDS))
def test_every_kind_survives_its_row(name: str) -> None:
    codec = CODECS[name]
    data = {"from_the_future": [1, {"a": None}]}
    packed = codec.pack(CLIENT, STORE, data, 7)
    held = codec.unpack(packed)
    assert (held.id, held.seq, held.data["from_the_future"]) == (CLIENT, 7, [1, {"a": None}])
    assert codec.pack(CLIENT, STORE, held.data, 7) == packed
