"""What the office sends, applied in any cut, order of arrival and number of times."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from guide_app.protocol.messages import GoneFrame, LeaveFrame, RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.apply import DataFrame
from guide_app.store.database import Database
from guide_app.store.holding import held_digest
from tests.helpers.plain_book import STORE, open_book

SCOPE = store_scope(STORE)
IDS = [f"018f0000-0000-7000-8000-00000000c00{n}" for n in range(6)]
CLIENT = IDS[0]


def record(record_id: str, seq: int, kind: str = "client", **data: Any) -> RecordFrame:
    return RecordFrame(SCOPE, kind, record_id, seq, data)


def held(db: Database) -> tuple[Any, ...]:
    return db.query(
        lambda c: (
            held_digest(c, SCOPE),
            c.exec_driver_sql("SELECT id, name, remark, seq FROM client ORDER BY id").all(),
            c.exec_driver_sql("SELECT id, client_id, body FROM note ORDER BY id").all(),
        )
    )


@st.composite
def feeds(draw: st.DrawFn) -> list[DataFrame]:
    """A feed as an office would give it: each record once, in order of seq."""
    ids = draw(st.permutations([(kind, i) for kind in ("client", "note") for i in IDS]))
    frames: list[DataFrame] = []
    for seq, (kind, record_id) in enumerate(ids, 1):
        what = draw(st.sampled_from(["record", "record", "record", "gone", "leave"]))
        if what == "gone":
            frames.append(GoneFrame(SCOPE, kind, record_id, seq))
        elif what == "leave":
            frames.append(LeaveFrame(SCOPE, kind, record_id, seq))
        elif kind == "client":
            frames.append(record(record_id, seq, name=draw(st.text(max_size=3)), remark=str(seq)))
        else:
            frames.append(record(record_id, seq, "note", client_id=CLIENT, body=str(seq)))
    return frames


@settings(max_examples=40)
@given(feeds(), st.lists(st.integers(1, 12), max_size=5), st.integers(0, 3))
def test_any_paging_and_any_repetition_is_one_pull(frames: list[DataFrame], cuts: list[int], again: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, cut = open_book(Path(folder) / "a"), open_book(Path(folder) / "b")
        try:
            whole.apply(lambda a: a.apply(frames))
            start = 0
            for end in [*sorted({min(c, len(frames)) for c in cuts}), len(frames)]:
                page = frames[start:end]
                for _ in range(1 + again % 2):
                    cut.apply(lambda a, page=page: a.apply(page))  # type: ignore[misc]
                start = end
            if again > 1:
                cut.apply(lambda a: a.apply(frames))
            assert held(cut) == held(whole)
        finally:
            whole.close()
            cut.close()


def test_an_older_version_never_replaces_a_newer_one(db: Database) -> None:
    db.apply(lambda a: a.apply([record(CLIENT, 9, name="新")]))
    db.apply(lambda a: a.apply([record(CLIENT, 3, name="旧"), GoneFrame(SCOPE, "client", CLIENT, 4)]))
    assert held(db)[1] == [(CLIENT, "新", "", 9)]


def test_a_record_that_moved_here_from_a_sister_store_is_not_purged_by_its_leaving_there(db: Database) -> None:
    sister = "018f0000-0000-7000-8000-0000000000a2"
    there = RecordFrame(store_scope(sister), "client", CLIENT, 50, {"name": "王"})
    db.apply(lambda a: a.apply([there]))
    db.apply(lambda a: a.apply([record(CLIENT, 7, name="王"), LeaveFrame(store_scope(sister), "client", CLIENT, 51)]))
    assert held(db)[1] == [(CLIENT, "王", "", 7)]


def test_the_digest_counts_what_is_hidden_by_a_waiting_removal(db: Database) -> None:
    db.apply(lambda a: a.apply([record(CLIENT, 1, "client_tag", client_id=IDS[1], name="乐福鞋")]))
    before = db.query(lambda c: held_digest(c, SCOPE))
    db.change(lambda u: u.remove("client_tag", CLIENT), by=None, origin="t")
    assert db.query(lambda c: held_digest(c, SCOPE)) == before
    assert before[1] == 1


def test_a_pull_beneath_waiting_edits_changes_the_rest_and_keeps_the_edits(db: Database) -> None:
    db.apply(lambda a: a.apply([record(CLIENT, 1, name="王", remark="旧")]))
    db.change(lambda u: u.patch("client", CLIENT, {"remark": "我的"}), by=None, origin="t")
    db.apply(lambda a: a.apply([record(CLIENT, 2, name="王女士", remark="别人的")]))
    assert held(db)[1] == [(CLIENT, "王女士", "我的", 2)]


def test_erasure_leaves_no_byte_of_her_in_any_file(tmp_path: Path) -> None:
    """The plain bytes are looked for in a dump of every table, the write-ahead log being empty."""
    db = open_book(tmp_path)
    client = db.change(lambda u: u.put("client", {"name": "赵秘密", "phone": "13911112222"}), by=None, origin="t")
    db.change(lambda u: u.put("note", {"client_id": client, "body": "赵秘密爱红色"}), by=None, origin="t")
    db.apply(lambda a: a.apply([record(client, 1, name="赵秘密", phone="13911112222")]))
    db.change(lambda u: u.patch("client", client, {"remark": "13911112222"}), by=None, origin="t")
    db.change(lambda u: u.command("client.erase", client, {"reason": "赵秘密本人要求"}, ()), by=None, origin="t")
    db.apply(lambda a: a.apply([GoneFrame(SCOPE, "client", client, 2)]))
    tables = db.query(
        lambda c: [r[0] for r in c.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    )
    dump = db.query(lambda c: [tuple(r) for t in tables for r in c.exec_driver_sql(f'SELECT * FROM "{t}"')])
    wal = tmp_path / "guide.db-wal"
    size = wal.stat().st_size if wal.exists() else 0
    db.close()
    assert "赵秘密" not in repr(dump)
    assert "13911112222" not in repr(dump)
    assert size == 0


def test_brand_records_are_held_beside_a_stores(db: Database) -> None:
    product = RecordFrame(BRAND, "product", IDS[2], 4, {"name": "乐福鞋", "points": ["头层牛皮"]})
    db.apply(lambda a: a.apply([product, record(CLIENT, 4, name="王")]))
    assert db.query(lambda c: held_digest(c, BRAND))[1] == 1
    db.apply(lambda a: a.drop_scope(SCOPE))
    assert db.query(lambda c: held_digest(c, BRAND))[1] == 1
    assert db.query(lambda c: held_digest(c, SCOPE))[1] == 0


def test_a_page_of_mixed_kinds_is_written_in_a_few_statements(db: Database) -> None:
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db._write_engine, "before_cursor_execute", count)
    ids = [f"{CLIENT[:-4]}{n:04d}" for n in range(200)]
    mixed = [
        record(i, n, "client", name="王") if n % 2 else record(i, n, "note", client_id=CLIENT, body="红")
        for n, i in enumerate(ids, 1)
    ]
    db.apply(lambda a: a.apply(mixed))
    assert len(held(db)[1]) + len(held(db)[2]) == len(mixed)
    assert len(statements) < 20
