"""Opening, damage, keys, durability settings, announcements, two processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine

from guide_app.base.change import Change
from guide_app.base.errors import DamagedError, GuideError, InvalidInputError, LockedError, NotEnrolledError
from guide_app.base.freed import hand_back
from guide_app.store import schema
from guide_app.store.connect import connector
from guide_app.store.database import Database
from guide_app.store.faults import StorageError
from guide_app.store.lock import BusyError, file_lock
from guide_app.store.tables import METADATA
from guide_app.store.uow import UnitOfWork
from tests.helpers.plain_book import KEY, HeldClock, open_book, seed_office_rows

ROOT = Path(__file__).resolve().parents[3]
CLIENT = "018f0000-0000-7000-8000-00000000c001"


def everything(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.endswith((".lock", "-shm"))}


def test_a_book_is_unreadable_without_its_key(tmp_path: Path) -> None:
    book = open_book(tmp_path)
    book.change(lambda uow: uow.put("client", {"name": "赵秘密", "phone": "13911112222"}), by=None, origin="test")
    book.close()
    for body in everything(tmp_path).values():
        assert b"SQLite format 3" not in body
        assert "赵秘密".encode() not in body
        assert b"13911112222" not in body


def test_a_wrong_key_is_told_from_damage_and_changes_nothing(tmp_path: Path) -> None:
    open_book(tmp_path).close()
    before = everything(tmp_path)
    with pytest.raises(LockedError) as caught:
        Database.open(tmp_path / "guide.db", bytes(32), HeldClock())
    assert caught.value.code == "store.wrong_key"
    assert everything(tmp_path) == before
    open_book(tmp_path, enrol=False).close()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda _: b"", "store.empty"),
        (lambda body: body[:100], "store.damaged"),
        (lambda body: body[:64] + bytes([body[64] ^ 1]) + body[65:], "store.damaged"),
        (lambda body: os.urandom(len(body)), "store.damaged"),
    ],
)
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, harm: object, code: str) -> None:
    open_book(tmp_path).close()
    file = tmp_path / "guide.db"
    file.write_bytes(harm(file.read_bytes()))  # type: ignore[operator]
    before = everything(tmp_path)
    with pytest.raises(DamagedError) as caught:
        Database.open(file, KEY, HeldClock())
    assert caught.value.code == code
    assert everything(tmp_path) == before


def test_a_new_book_is_its_owners_alone_whatever_a_breakdown_left_there(tmp_path: Path) -> None:
    file = tmp_path / "guide.db"
    file.with_name("guide.db.new").write_bytes(b"half a book")
    schema.create_file(file, KEY)
    assert file.stat().st_mode & 0o777 == 0o600
    Database.open(file, KEY, HeldClock()).close()
    assert not file.with_name("guide.db.new").exists()


def test_another_programs_database_is_none_of_ours_even_under_our_key(tmp_path: Path) -> None:
    file = tmp_path / "guide.db"
    open_book(tmp_path).close()
    raw = connector(file, KEY, read_only=False)()
    raw.execute("PRAGMA application_id = 7")
    raw.close()
    with pytest.raises(DamagedError) as caught:
        Database.open(file, KEY, HeldClock())
    assert caught.value.code == "store.foreign"


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "guide.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()
    with pytest.raises(DamagedError) as caught:
        Database.open(file, KEY, HeldClock())
    assert caught.value.code == "store.foreign"


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, db: Database) -> None:
    db.apply(lambda a: a.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    db.close()
    with pytest.raises(DamagedError) as caught:
        open_book(tmp_path)
    assert caught.value.code == "store.newer_schema"


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(DamagedError, match=r"3\.51\.3"):
        open_book(tmp_path)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("query_only", 0),
     ("temp_store", 2)],
)  # fmt: skip
def test_the_writer_is_set_to_lose_nothing_and_to_leave_nothing_plain(db: Database, pragma: str, value: object) -> None:
    assert db.change(lambda u: u.conn.exec_driver_sql(f"PRAGMA {pragma}").scalar(), by=None, origin="t") == value


def test_readers_cannot_write_and_full_text_search_is_there(db: Database) -> None:
    assert db.query(lambda c: c.exec_driver_sql("PRAGMA query_only").scalar()) == 1
    assert db.query(lambda c: c.exec_driver_sql("SELECT sqlite_compileoption_used('ENABLE_FTS5')").scalar()) == 1


def shape(conn: Connection) -> dict[str, list[object]]:
    """Columns (name, type, not null, default, key) and indexes of every table of the program."""
    found: dict[str, list[object]] = {}
    for name in METADATA.tables:
        columns = conn.exec_driver_sql(f'PRAGMA table_info("{name}")').all()
        statement = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        indexes = conn.exec_driver_sql(statement, (name,)).all()
        # A column that a later migration added stands last there, and in the order of the record here.
        found[name] = [*sorted((tuple(c[1:]) for c in columns), key=str), *sorted(tuple(i) for i in indexes)]
    return found


def test_migrations_build_exactly_the_tables_of_the_program(db: Database) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        METADATA.create_all(conn)
        wanted = shape(conn)
    engine.dispose()
    assert db.query(shape) == wanted
    assert all(wanted.values())
    assert db.query(schema.schema_version) == schema.HEAD


def test_head_is_the_newest_migration() -> None:
    from alembic.config import Config  # noqa: PLC0415 - as the program does
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - same

    config = Config()
    config.set_main_option("script_location", str(ROOT / "guide_app/store/migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_opening_a_current_book_imports_no_alembic_keyring_or_network(tmp_path: Path) -> None:
    open_book(tmp_path).close()
    program = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from guide_app.base.clock import SystemClock
        from guide_app.store.database import Database
        Database.open(Path({str(tmp_path / "guide.db")!r}), bytes(range(32)), SystemClock()).close()
        print([m for m in ("alembic", "keyring", "requests", "cryptography") if m in sys.modules])
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_commit_is_announced_once_with_what_it_touched(db: Database) -> None:
    heard: list[Change] = []
    stop = db.on_change(heard.append)
    client = db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="clients")
    db.change(lambda uow: uow.patch("client", client, {"name": "王"}), by=None, origin="clients")
    seed_office_rows(db, "stock", [{"id": CLIENT, "on_hand": 1}])
    stop()
    db.change(lambda uow: uow.put("client", {"name": "李"}), by=None, origin="clients")
    assert heard == [
        Change(frozenset({"client"}), frozenset({client}), "clients"),
        Change(frozenset({"stock"}), frozenset({CLIENT}), "sync"),
    ], "an edit that changes nothing is not announced"


@pytest.mark.error_logs("a listener failed")
def test_a_faulty_listener_does_not_make_a_change_fail(db: Database) -> None:
    def faulty(_: Change) -> None:
        raise ZeroDivisionError

    heard: list[Change] = []
    db.on_change(faulty)
    db.on_change(heard.append)
    db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")
    assert len(heard) == 1


def test_a_change_within_a_change_is_refused_instead_of_hanging(db: Database) -> None:
    def outer(_: object) -> None:
        db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")

    with pytest.raises(RuntimeError, match="within a change"):
        db.change(outer, by=None, origin="t")


def test_a_query_sees_one_moment(db: Database) -> None:
    def read(conn: object) -> tuple[int, int]:
        count = "SELECT count(*) FROM client"
        first = conn.exec_driver_sql(count).scalar_one()  # type: ignore[attr-defined]
        db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")
        return first, conn.exec_driver_sql(count).scalar_one()  # type: ignore[attr-defined]

    assert db.query(read) == (0, 0)
    assert db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM client").scalar()) == 1


def test_queries_run_beside_a_long_change(db: Database) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(uow: object) -> None:
        uow.put("client", {"name": "王"})  # type: ignore[attr-defined]
        inside.set()
        assert go_on.wait(10)

    running = db.submit_change(slow, by=None, origin="t")
    assert inside.wait(10)
    assert db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM client").scalar()) == 0
    go_on.set()
    running.result(10)


def test_two_processes_number_their_changes_without_gap_or_double(tmp_path: Path) -> None:
    db = open_book(tmp_path)
    program = textwrap.dedent(f"""
        from pathlib import Path
        from guide_app.base.clock import SystemClock
        from guide_app.store.database import Database
        db = Database.open(Path({str(tmp_path / "guide.db")!r}), bytes(range(32)), SystemClock())
        for n in range(60):
            db.change(lambda uow: uow.put("client", {{"name": f"客{{n}}"}}), by=None, origin="cli")
        db.close()
    """)
    others = [subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) for _ in range(2)]
    for n in range(60):
        db.change(lambda uow, n=n: uow.put("client", {"name": f"窗{n}"}), by=None, origin="window")  # type: ignore[misc]
    assert [other.wait(60) for other in others] == [0, 0]
    mids = db.query(lambda c: [row[0] for row in c.exec_driver_sql("SELECT mid FROM outbox ORDER BY mid")])
    stamps = db.query(lambda c: [row[0] for row in c.exec_driver_sql("SELECT stamp FROM outbox ORDER BY mid")])
    db.close()
    assert mids == list(range(1, 181))
    assert stamps == sorted(set(stamps)), "stamps grow with the numbers, whichever process made them"


@pytest.mark.parametrize("nth", range(1, 9))
def test_killed_at_any_statement_row_and_outbox_agree(tmp_path: Path, nth: int) -> None:
    """The process dies before its nth statement of a change; the next start finds all of it or nothing."""
    db = open_book(tmp_path)
    seed_office_rows(db, "client", [{"id": CLIENT, "name": "王", "remark": "旧"}])
    db.close()
    program = textwrap.dedent(f"""
        import os
        from pathlib import Path
        from sqlalchemy import Engine, event
        from guide_app.base.clock import SystemClock
        from guide_app.store.database import Database
        db = Database.open(Path({str(tmp_path / "guide.db")!r}), bytes(range(32)), SystemClock())
        left = [{nth}]
        def count(*_):
            left[0] -= 1
            if not left[0]:
                os._exit(9)
        def deed(uow):
            event.listen(Engine, "before_cursor_execute", count)
            event.listen(Engine, "commit", count)
            uow.patch("client", {CLIENT!r}, {{"remark": "新"}})
            uow.put("note", {{"client_id": {CLIENT!r}, "body": "来过", "at": 1}})
        db.change(deed, by=None, origin="cli")
        os._exit(0)
    """)
    code = subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode
    assert code in (0, 9)
    db = open_book(tmp_path, enrol=False)
    remark, notes, queued, base, last = db.query(
        lambda c: [
            c.exec_driver_sql(s).scalar()
            for s in (
                "SELECT remark FROM client",
                "SELECT count(*) FROM note",
                "SELECT count(*) FROM outbox",
                "SELECT count(*) FROM base",
                "SELECT last_mid FROM device",
            )
        ]
    )
    db.close()
    assert (remark, notes, queued, base, last) == (("新", 1, 2, 1, 2) if code == 0 else ("旧", 0, 0, 0, 0))


def test_a_read_only_folder_is_a_named_error_or_works(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises((GuideError, OSError)):
        Database.open(blocked / "guide.db", KEY, HeldClock())


def test_before_enrolment_nothing_can_be_written_that_would_have_no_home(tmp_path: Path) -> None:
    db = open_book(tmp_path, enrol=False)
    try:
        with pytest.raises(NotEnrolledError):
            db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")
    finally:
        db.close()


def test_the_file_lock_is_let_go_with_its_holder(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    with file_lock(lock, 0), pytest.raises(BusyError), file_lock(lock, 0):
        pass
    with file_lock(lock, 0):
        pass


def test_errors_undo_everything(db: Database) -> None:
    def deed(uow: object) -> None:
        uow.put("client", {"name": "王"})  # type: ignore[attr-defined]
        uow.put("client", {"name": "x" * 65})  # type: ignore[attr-defined]

    with pytest.raises(InvalidInputError):
        db.change(deed, by=None, origin="t")
    assert db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM client").scalar()) == 0
    assert db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM outbox").scalar()) == 0


def test_a_full_disk_is_named_and_keeps_everything_before(db: Database) -> None:
    client = db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")
    pages = db.change(lambda u: u.conn.exec_driver_sql("PRAGMA page_count").scalar_one(), by=None, origin="t")
    db.change(lambda u: u.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}"), by=None, origin="t")

    def much(uow: UnitOfWork) -> None:
        for n in range(200):
            uow.put("note", {"client_id": client, "body": "满" * 1000, "at": n})

    with pytest.raises(StorageError) as caught:
        db.change(much, by=None, origin="t")
    assert caught.value.code == "store.full"
    db.change(lambda u: u.conn.exec_driver_sql("PRAGMA max_page_count = 1000000"), by=None, origin="t")
    counts = db.query(
        lambda c: [c.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in ("client", "note", "outbox")]
    )
    assert counts == [1, 0, 1]
    db.change(much, by=None, origin="t")


def test_flipped_bits_are_noticed_at_the_latest_when_they_are_read(tmp_path: Path) -> None:
    db = open_book(tmp_path)
    seed_office_rows(db, "client", [{"id": CLIENT[:-4] + f"{n:04x}", "name": f"客{n}"} for n in range(2000)])
    db.close()
    file = tmp_path / "guide.db"
    body = bytearray(file.read_bytes())
    for place in range(len(body) // 2, len(body), 4096):
        body[place + 100] ^= 1
    file.write_bytes(body)

    def read_all() -> None:
        db = Database.open(file, KEY, HeldClock())
        try:
            db.query(lambda c: [c.exec_driver_sql(f'SELECT * FROM "{t}"').all() for t in METADATA.tables])
        finally:
            db.close()

    with pytest.raises(DamagedError):
        read_all()
    assert file.read_bytes()[: len(body)] == bytes(body)


def test_at_rest_the_book_gives_its_memory_back_and_answers_as_before(db: Database) -> None:
    client = db.change(lambda uow: uow.put("client", {"name": "王"}), by=None, origin="t")

    def much(uow: UnitOfWork) -> None:
        for n in range(3_000):
            uow.put("note", {"client_id": client, "body": "满" * 1000, "at": n})

    db.change(much, by=None, origin="t")

    def all_notes(conn: Connection) -> str:
        return str(conn.exec_driver_sql("SELECT count(*) || ' ' || sum(length(body)) FROM note").scalar_one())

    def held() -> int:
        hand_back()
        return int(psutil.Process().memory_info().rss)

    before = db.query(all_notes)
    full = held()
    db.give_back().result()
    assert full - held() > 20_000_000, "of the writer and of the reader, 12 MB and more each"
    assert db.query(all_notes) == before == "3000 3000000"
    with db._read_engine.connect() as busy:  # who reads meanwhile keeps what she has begun
        rows = busy.exec_driver_sql("SELECT at FROM note ORDER BY at")
        first = rows.fetchone()
        db.give_back().result()
        assert [first, *rows.all()] == [(n,) for n in range(3_000)]
