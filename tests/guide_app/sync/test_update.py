"""The program is updated: what the old one kept for the new is there, what waited is handed in, nothing is blanked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide_app.protocol.digest import digest_of
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.messages import Enrol, Enrolled, Frame, Mutation, Op, ScopeFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from tests.helpers.desk import TestDesk
from tests.helpers.first_book import make_first_book
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import NOW_MS, STORE, HeldClock

ANNA, BERTA, CLARA = (f"018f0000-0000-7000-8000-00000000c00{n}" for n in range(1, 4))
TASK, OPEN_TASK = (f"018f0000-0000-7000-8000-00000000e00{n}" for n in range(1, 3))
GUIDE = "018f0000-0000-7000-8000-00000000f001"
SCOPE = store_scope(STORE)

Updated = Callable[..., TestDesk]


@pytest.fixture
def given(office: MemoryOffice) -> Enrolled:
    return office.enrol(Enrol("CODE-1", "1号机", "ab" * 32, "words", "0.9", schema=1))


@pytest.fixture
def filled(office: MemoryOffice) -> MemoryOffice:
    """An office of this version: two clients were found to be one, a task was done by somebody."""
    office.write("client", ANNA, {"name": "王女士", "remark": "对羊毛过敏", "starred": True}, STORE)
    office.write("client", BERTA, {"name": "王小姐", "merged_into": ANNA, "field_of_2032": "新"}, STORE)
    office.write("client", CLARA, {"name": "李女士", "field_of_2031": {"deep": [1]}}, STORE)
    office.write("task", TASK, {"title": "回访", "status": "done", "done_by": GUIDE}, STORE)
    office.write("task", OPEN_TASK, {"title": "生日"}, STORE)
    return office


@pytest.fixture
def updated(
    tmp_path: Path, filled: MemoryOffice, server: OfficeServer, clock: HeldClock, given: Enrolled
) -> Iterator[Updated]:
    """Open a book of the first version with this program, for the first time."""
    made: list[TestDesk] = []

    def make(*waiting: Mutation) -> TestDesk:
        folder = tmp_path / "pc"
        folder.mkdir()
        make_first_book(folder / "guide.db", given, server.origin, everything(filled, given), waiting)
        desk = TestDesk(folder, server.origin, clock)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


def everything(office: MemoryOffice, given: Enrolled) -> list[Frame]:
    return office.pull(office.desks[given.token], [], 2_000) or []


def old_mutation(given: Enrolled, mid: int, op: Op, kind: str, record_id: str, **data: object) -> Mutation:
    stamp = make_stamp(NOW_MS + mid, 0, given.tag)
    return Mutation(mid, op, kind, record_id, STORE, stamp, dict(data), None, mid, schema=1)


def test_what_was_kept_for_this_version_is_shown_and_the_rest_is_kept_on(updated: Updated) -> None:
    desk = updated()
    assert desk.field("client", BERTA, "merged_into") == ANNA
    assert desk.field("task", TASK, "done_by") == GUIDE
    assert json.loads(str(desk.field("client", BERTA, "extra"))) == {"field_of_2032": "新"}
    assert desk.field("task", TASK, "extra") is None
    assert desk.field("client", ANNA, "remark") == "对羊毛过敏"


def test_cursors_and_digests_stand_where_they_stood(updated: Updated, filled: MemoryOffice, given: Enrolled) -> None:
    told = {f.scope: f for f in everything(filled, given) if isinstance(f, ScopeFrame)}
    desk = updated()
    for scope in (BRAND, SCOPE):
        held = desk.db.query(lambda conn, scope=scope: held_digest(conn, scope))  # type: ignore[misc]
        assert held == (told[scope].digest, told[scope].n_live)
    rows = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT scope, epoch, seq FROM cursor").all())
    assert {tuple(row) for row in rows} == {(f.scope, f.epoch, f.seq) for f in told.values()}
    report = desk.sync()
    assert report.pulled == 0, "nothing comes twice"
    assert [state.equal for state in report.scopes] == [True, True]


def test_what_waited_is_handed_in_under_its_own_version(
    updated: Updated, filled: MemoryOffice, given: Enrolled
) -> None:
    sent: list[str] = []
    real = filled.push

    def push(desk: object, message: object) -> object:
        sent.extend(f"{m.mid} {m.schema}" for m in message.mutations)  # type: ignore[attr-defined]
        return real(desk, message)  # type: ignore[arg-type]

    filled.push = push  # type: ignore[assignment, method-assign]
    desk = updated(
        old_mutation(given, 1, "patch", "client", CLARA, remark="喜欢红色"),
        old_mutation(given, 2, "patch", "client", ANNA, starred=False),
    )
    assert desk.field("client", CLARA, "remark") == "喜欢红色", "one's own change stays visible"
    desk.put("note", client_id=ANNA, body="新程序写的")
    report = desk.sync()
    assert (report.pushed, report.rejected) == (3, 0)
    assert sent[:3] == ["1 1", "2 1", "3 0"], "the present version is the request's"
    clara, anna, berta = (dict(filled.feeds[SCOPE].live["client", who][1].data) for who in (CLARA, ANNA, BERTA))
    assert clara == {"name": "李女士", "field_of_2031": {"deep": [1]}, "remark": "喜欢红色"}
    assert anna == {"name": "王女士", "remark": "对羊毛过敏", "starred": False}
    assert (berta["merged_into"], berta["field_of_2032"]) == (ANNA, "新")
    assert [state.equal for state in desk.sync().scopes] == [True, True]


def test_digests_of_the_office_are_computed_not_copied(updated: Updated, filled: MemoryOffice) -> None:
    desk = updated()
    rows = desk.db.query(
        lambda conn: [
            (kind, row[0], row[1])
            for kind in ("client", "task")
            for row in conn.exec_driver_sql(f"SELECT id, seq FROM {kind}")
        ]
    )
    assert digest_of(rows) == filled.feeds[SCOPE].digest
