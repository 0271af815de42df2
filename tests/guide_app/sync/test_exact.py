"""What must hold after restores, long absences, accidents at head office, erasures and revocations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from guide_app.cli.context import PICTURES
from guide_app.protocol.messages import ScopeFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store import cursors, outbox
from guide_app.store.apply import Applier
from guide_app.store.holding import held_digest
from guide_app.store.search import SearchIndex
from guide_app.sync import removal
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.office import Office
from guide_app.sync.queries import SyncQueries
from guide_app.sync.strangers import forget_erased_strangers
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE, HeldClock

SCOPE = store_scope(STORE)
OTHER_STORE = "018f0000-0000-7000-8000-0000000000a2"
Make = Callable[..., TestDesk]


def ident(n: int) -> str:
    return f"018f0000-0000-7000-8000-{n:012x}"


def fill(office: MemoryOffice, n: int, store: str = STORE) -> list[str]:
    ids = [ident(1000 + i) for i in range(n)]
    for i, client in enumerate(ids):
        office.write("client", client, {"name": f"客{i}"}, store)
    return ids


def assert_equal(desk: TestDesk, office: MemoryOffice) -> None:
    """Everything held is what the office has, and the digest that followed is the one counted from the rows."""
    stands = desk.db.query(cursors.read_stands)
    for scope, stand in stands.items():
        assert (stand.epoch, stand.seq) == (office.feeds[scope].epoch, office.feeds[scope].seq)
        counted = desk.db.query(partial(held_digest, scope=scope))
        assert counted == (stand.held_digest, stand.held_n)
        assert counted == (office.feeds[scope].digest, len(office.feeds[scope].live))


def asked(office: MemoryOffice, path: str) -> int:
    return sum(path in request for request in office.requests)


def test_after_a_restore_of_the_office_only_what_differs_is_read(desk: TestDesk, office: MemoryOffice) -> None:
    clients = fill(office, 300)
    desk.sync()
    saved = office.backup()
    kept = desk.put("client", name="昨天之后的客户")
    office.write("client", clients[3], {"name": "昨天之后改的"}, STORE)
    office.write("client", ident(9), {"name": "昨天之后来的"}, STORE)
    desk.sync()
    office.restore(saved, "e2")
    office.requests.clear()

    report = desk.sync()

    assert desk.field("client", clients[3], "name") == "客3"
    assert desk.field("client", ident(9), "name") is None
    assert office.read("client", kept, STORE) is not None, "what was acknowledged is given back"
    assert_equal(desk, office)
    assert set(report.repaired) == {BRAND, SCOPE}
    assert report.pulled < 20


def test_a_pc_that_was_away_for_longer_than_tombstones_are_kept_loses_nothing_but_ghosts(
    desk: TestDesk, office: MemoryOffice
) -> None:
    clients = fill(office, 200)
    desk.sync()
    mine = desk.put("client", name="离线时登记的")
    desk.patch("client", clients[7], remark="离线时写的")
    office.end("client", clients[5], STORE)
    office.tidy()
    desk.sync()
    assert desk.field("client", clients[5], "name") is None
    assert desk.field("client", mine, "name") == "离线时登记的"
    assert desk.field("client", clients[7], "remark") == "离线时写的"
    assert_equal(desk, office)


def test_a_mass_removal_waits_for_a_word_and_everything_else_goes_on(desk: TestDesk, office: MemoryOffice) -> None:
    clients = fill(office, 240)
    desk.sync()
    for client in clients[:60]:
        office.end("client", client, STORE)
    office.write("store", OTHER_STORE, {"name": "新天地店"})
    mine = desk.put("client", name="新客")

    for _ in range(2):
        desk.sync()
        assert desk.scalar("SELECT count(*) FROM client") == 241, "nothing goes unasked"
        assert desk.field("store", OTHER_STORE, "name") == "新天地店"
        assert office.read("client", mine, STORE) is not None
    (held,) = desk.db.query(removal.held_removals)
    assert (held.scope, held.held, held.allowed) == (SCOPE, 241, False)
    assert 59 <= held.removed <= 60
    heads = {cursor.scope: cursor.seq for cursor in desk.db.query(cursors.known_heads)}
    assert heads[SCOPE] == office.feeds[SCOPE].seq, "a hint must not call for the same again and again"

    removal.allow(desk.db, SCOPE, by=None)
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 181
    assert desk.db.query(removal.held_removals) == ()
    assert_equal(desk, office)


def test_a_bad_restore_of_the_office_empties_no_book_unasked(desk: TestDesk, office: MemoryOffice) -> None:
    empty = office.backup()
    fill(office, 240)
    desk.sync()
    empty.desks = office.backup().desks
    office.restore(empty, "e2")
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 240
    removal.allow(desk.db, SCOPE, by=None)
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 0
    assert_equal(desk, office)


def test_a_removal_that_is_met_again_keeps_its_greatest_number_and_one_met_later_is_told_anew(desk: TestDesk) -> None:
    head = ScopeFrame(SCOPE, "e", 9, 0, "", more=False)

    def met(applier: Applier, removed: int, at: int) -> bool:
        return removal.may_remove(applier.conn, head, removed, at)

    assert not desk.db.apply(lambda applier: met(applier, 70, 5))
    assert not desk.db.apply(lambda applier: met(applier, 60, 6))
    removal.postpone(desk.db, SCOPE, by=None)
    (held,) = desk.db.query(removal.held_removals)
    assert (held.removed, held.at, held.open) == (70, 5, False)
    desk.db.apply(lambda applier: removal.settled(applier.conn, SCOPE))
    assert not desk.db.apply(lambda applier: met(applier, 60, 7))
    assert desk.db.query(removal.held_removals)[0].open


def test_everyday_removals_are_not_asked_about(desk: TestDesk, office: MemoryOffice) -> None:
    clients = fill(office, 240)
    desk.sync()
    for client in clients[:48]:
        office.end("client", client, STORE)
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 192
    assert_equal(desk, office)


def test_clients_who_came_from_a_store_do_not_go_when_it_is_opened_to_the_pc(
    desk: TestDesk, office: MemoryOffice
) -> None:
    for client in fill(office, 60):
        office.end("client", client, OTHER_STORE, mark="l", to_store=STORE)
    desk.sync()
    next(iter(office.desks.values())).grant(store_scope(OTHER_STORE))
    desk.sync()
    assert desk.db.query(removal.held_removals) == ()
    assert desk.scalar("SELECT count(*) FROM client") == 60
    assert_equal(desk, office)


def test_two_stores_on_one_pc_keep_their_own_stock(desk: TestDesk, office: MemoryOffice) -> None:
    sku = ident(77)
    office.write("stock", sku, {"available": 3}, STORE)
    office.write("stock", sku, {"available": 8}, OTHER_STORE)
    office.write("client", ident(5), {"name": "他店客户"}, OTHER_STORE)
    device = next(iter(office.desks.values()))
    device.granted.add(store_scope(OTHER_STORE))
    desk.sync()
    assert_equal(desk, office)
    both = "SELECT group_concat(available) FROM (SELECT available FROM stock WHERE id = ? ORDER BY available)"
    assert desk.db.query(lambda c: c.exec_driver_sql(both, (sku,)).scalar()) == "3,8"
    office.write("stock", sku, {"available": 2}, STORE)
    device.granted.remove(store_scope(OTHER_STORE))
    desk.sync()
    assert desk.db.query(lambda c: c.exec_driver_sql(both, (sku,)).scalar()) == "2"
    assert desk.field("client", ident(5), "name") is None
    assert store_scope(OTHER_STORE) not in desk.db.query(cursors.read_stands)
    assert_equal(desk, office)


def test_the_digest_follows_small_changes_without_counting_all_rows(
    desk: TestDesk, office: MemoryOffice, clock: HeldClock
) -> None:
    clients = fill(office, 50)
    desk.sync()
    counted = desk.db.query(cursors.read_stands)[SCOPE].counted_at
    clock.ms += 60_000
    tag = desk.put("client_tag", client_id=clients[1], name="VIP")
    desk.patch("client", clients[2], remark="改")
    desk.sync()
    desk.remove("client_tag", tag)
    office.write("client", clients[2], {"level": "金"}, STORE)
    office.end("client", clients[4], STORE)
    desk.sync()
    assert desk.db.query(cursors.read_stands)[SCOPE].counted_at == counted
    assert_equal(desk, office)
    clock.ms += 86_400_000
    desk.sync()
    assert desk.db.query(cursors.read_stands)[SCOPE].counted_at == clock.ms, "once a day the rows are believed anew"


def dump(desk: TestDesk) -> str:
    """All that any table of the book says."""
    tables = desk.db.query(
        lambda c: c.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    )
    return repr([desk.db.query(partial(_rows, table=table)) for table in tables])


def _rows(conn: Connection, table: str) -> object:
    return conn.exec_driver_sql(f'SELECT * FROM "{table}"').all()


def test_an_erased_client_leaves_nothing_and_the_office_is_told(desk: TestDesk, office: MemoryOffice) -> None:
    client = desk.put("client", name="欧阳无痕", phone="13912345678")
    desk.put("note", client_id=client, body="欧阳喜欢靴子")
    desk.sync()
    desk.put("note", client_id=client, body="欧阳还没上交的话")
    office.do("client.erase", client, {"reason": "本人要求"}, store_id=STORE)
    desk.sync()
    assert "欧阳" not in dump(desk)
    assert "13912345678" not in dump(desk)
    assert any(client in pair for pair in office.confirmed)
    assert desk.scalar("SELECT count(*) FROM erasure") == 0
    assert_equal(desk, office)


def test_a_confirmation_waits_until_the_office_has_heard_it(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer
) -> None:
    client = desk.put("client", name="欧阳")
    desk.sync()
    office.end("client", client, STORE)
    server.fault = lambda moment, request: "drop" if moment == "before" and "erased" in request else ""
    with pytest.raises(Exception, match="总部"):
        desk.sync()
    assert not office.confirmed
    server.fault = lambda *_: ""
    desk.sync()
    assert office.confirmed


def test_no_erasure_is_confirmed_while_a_reader_keeps_her_in_the_files(
    desk: TestDesk, office: MemoryOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.put("client", name="欧阳")
    desk.sync()
    office.end("client", client, STORE)
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.db), "scrub", lambda _db: False)
        desk.sync()
    assert (list(office.confirmed), desk.scalar("SELECT count(*) FROM erasure")) == ([], 1)
    desk.sync()
    assert any(client in pair for pair in office.confirmed)


def test_every_stranger_is_asked_about_a_few_at_a_time(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {ident(1_000 + n): STORE for n in range(120)}
    asked: list[list[str]] = []

    def ask(_office: Office, ids: list[str]) -> list[str]:
        asked.append(ids)
        return []

    monkeypatch.setattr(outbox, "strangers", lambda _conn: {**many, "no id": STORE})
    monkeypatch.setattr(Office, "erased_among", ask)
    forget_erased_strangers(desk.db, Office(desk.transport))
    assert sorted(one for some in asked for one in some) == sorted(many)
    assert max(map(len, asked)) == 50


def test_a_revoked_pc_destroys_what_it_holds_and_says_so(
    desk_of: Make, office: MemoryOffice, server: OfficeServer, tmp_path: Path
) -> None:
    desk = desk_of(1)
    fill(office, 30)
    desk.sync()
    desk.put("client", name="欧阳没上交")
    pictures = tmp_path / "pc1" / PICTURES / "ab"
    pictures.mkdir(parents=True)
    (pictures / "ab").write_bytes(b"picture")
    backups = tmp_path / "pc1" / "backups"
    backups.mkdir()
    book = desk.db.path
    others = [book.with_name(book.name + end) for end in (".before-restore-7", ".before-restore-7-wal", ".restoring")]
    for other in (*others, backups / "monday.db"):
        other.write_bytes(b"a book of before")
    device = next(iter(office.desks.values()))
    device.revoked = True
    server.fault = lambda moment, request: "drop" if moment == "before" and "erased" in request else ""
    with pytest.raises(OfficeRefusedError) as caught:
        desk.sync()
    assert caught.value.code == "device.revoked"
    assert "客" not in dump(desk)
    assert "欧阳" not in dump(desk)
    assert [left for left in (pictures.parent, backups, *others) if left.exists()] == []
    assert desk.scalar("SELECT coalesce(link_key, signing_key) FROM device") is None, "it signs nothing any more"
    assert book.with_name(book.name + "-wal").stat().st_size == 0, "nor does the log say anything"
    assert SyncQueries(desk.db).standing().device_id is not None, "it still owes its word"

    server.fault = lambda *_: ""
    with pytest.raises(OfficeRefusedError):
        desk.sync()
    assert device.wiped
    standing = SyncQueries(desk.db).standing()
    assert (standing.device_id, standing.waiting) == (None, 0)
    assert desk.scalar("SELECT wiped_at FROM device") is not None
    assert desk.scalar("SELECT token FROM device") is None


def test_what_staff_replayed_leaves_the_list_of_the_refused(desk: TestDesk, office: MemoryOffice) -> None:
    note = desk.put("note", client_id=ident(3), body="来店", at=1)
    office.poison.add(note)
    report = desk.sync()
    assert report.rejected == 1
    assert len(SyncQueries(desk.db).parked()) == 1
    device = next(iter(office.desks.values()))
    office.poison.clear()
    (mid,) = device.quarantine
    assert office.replay(device, mid) == ""
    desk.sync()
    assert SyncQueries(desk.db).parked() == ()
    assert desk.field("note", note, "body") == "来店"
    assert_equal(desk, office)


def test_two_copies_of_a_disk_that_wrote_in_the_same_millisecond_are_told_apart(
    desk_of: Make, office: MemoryOffice, tmp_path: Path, server: OfficeServer, clock: HeldClock
) -> None:
    first = desk_of(1)
    client = first.put("client", name="王")
    first.sync()
    first.db.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in (tmp_path / "pc1").glob("guide.db*"):
        (copy / file.name).write_bytes(file.read_bytes())
    original, twin = TestDesk(tmp_path / "pc1", server.origin, clock), TestDesk(copy, server.origin, clock)
    try:
        original.patch("client", client, remark="一号说")
        twin.patch("client", client, remark="二号说")
        original.sync()
        with pytest.raises(Exception, match="复制") as caught:
            twin.sync()
        assert getattr(caught.value, "code", "") == "device.forked"
        assert twin.scalar("SELECT state FROM outbox ORDER BY mid DESC") == "waiting", "its work is kept"
        assert office.read("client", client, STORE)["remark"] == "一号说"  # type: ignore[index]
    finally:
        original.close()
        twin.close()


def test_changes_about_an_erased_client_leave_the_queue_without_their_content(
    desk_of: Make, office: MemoryOffice, server: OfficeServer
) -> None:
    desk = desk_of(1)
    client = desk.put("client", name="欧阳")
    desk.sync()
    server.fault = lambda moment, request: "drop" if moment == "before" and "/push" in request else ""
    desk.put("note", client_id=client, body="欧阳的话")
    office.end("client", client, STORE)
    with pytest.raises(Exception, match="总部"):
        desk.sync()
    server.fault = lambda *_: ""
    desk.sync()
    assert "欧阳" not in dump(desk)
    assert_equal(desk, office)


def test_an_index_is_there_after_a_wipe(tmp_path: Path, server: OfficeServer, office: MemoryOffice) -> None:
    desk = TestDesk(tmp_path / "pc", server.origin, office.clock, code="CODE-1", search=SearchIndex())
    try:
        fill(office, 3)
        desk.sync()
        next(iter(office.desks.values())).revoked = True
        with pytest.raises(OfficeRefusedError):
            desk.sync()
        assert desk.db.query(lambda c: SearchIndex().search(c, "客", 9)) == []
    finally:
        desk.close()


def test_a_void_whose_answer_was_lost_is_sent_again_as_it_was(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer
) -> None:
    office.poison.add(poison := desk.put("client", name="毒"))
    good = desk.put("client", name="好")
    device = next(iter(office.desks.values()))

    def lose_the_voids_answer(moment: str, request: str) -> str:
        return "drop" if moment == "after" and "/push" in request and device.quarantine else ""

    server.fault = lose_the_voids_answer
    with pytest.raises(Exception, match="总部"):
        desk.sync()
    assert device.last_mid == 1, "the office has settled it, the PC does not know"
    server.fault = lambda *_: ""
    report = desk.sync()
    assert (report.rejected, office.read("client", good, STORE) is not None) == (1, True)
    (refused,) = SyncQueries(desk.db).parked()
    assert (refused.change.record_id, refused.code, refused.data["name"]) == (poison, "office.internal", "毒")
    assert_equal(desk, office)
