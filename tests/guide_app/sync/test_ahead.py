"""While an answer is being stored the next batch is on its way: still once, in order, and the same when sent again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree
from threading import Event

import pytest

from guide_app.base.errors import GuideError
from guide_app.sync.engine import SyncEngine
from guide_app.sync.push import PushRound
from guide_app.sync.report import Progress, SyncReport
from tests.guide_app.sync.test_exact import assert_equal, dump
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE

AT_ONCE = 3


class PowerCutError(Exception):
    """The PC stopped before the answer was stored."""


def hand_in(desk: TestDesk, progress: Callable[[Progress], None] | None = None) -> SyncReport:
    return SyncEngine(desk.db, desk.transport, batch_limit=AT_ONCE).run_once(progress)


def taken(office: MemoryOffice) -> int:
    return next(iter(office.desks.values())).last_mid


def lose_power(monkeypatch: pytest.MonkeyPatch, server: OfficeServer, pushes: int) -> None:
    """The PC stops before it stores the first answer, when the office has answered so many pushes."""
    answered: list[str] = []
    enough = Event()

    def count(moment: str, request: str) -> str:
        if moment == "after" and "push" in request:
            answered.append(request)
            if len(answered) == pushes:
                enough.set()
        return ""

    def stop(_round: PushRound, _answers: object) -> None:
        assert enough.wait(30), "the next batch did not go out"
        raise PowerCutError

    server.fault = count
    monkeypatch.setattr(PushRound, "_store", stop)


@pytest.fixture
def her(desk: TestDesk) -> str:
    """A client whom the office knows."""
    client = desk.put("client", name="欧阳")
    desk.sync()
    return client


def test_batches_follow_each_other_once_and_in_order(desk: TestDesk, office: MemoryOffice, her: str) -> None:
    notes = [desk.put("note", client_id=her, body=f"第{n}句", at=n) for n in range(10)]
    told: list[Progress] = []
    office.requests.clear()
    report = hand_in(desk, told.append)
    assert (report.pushed, report.rejected, taken(office)) == (10, 0, 11)
    assert sum("push" in request for request in office.requests) == 4
    assert [(one.done, one.total) for one in told if one.phase == "push"] == [(3, 10), (6, 10), (9, 10), (10, 10)]
    assert all(office.read("note", note, STORE) for note in notes)
    assert_equal(desk, office)


def test_the_office_works_on_the_next_batch_while_an_answer_is_stored(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer, her: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        desk.put("note", client_id=her, body=f"第{n}句", at=n)
    lose_power(monkeypatch, server, pushes=2)
    with pytest.raises(PowerCutError):
        hand_in(desk)
    assert desk.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 6
    monkeypatch.undo()
    office.requests.clear()
    assert hand_in(desk).pushed == 6
    assert_equal(desk, office)


def test_what_is_erased_while_two_answers_are_lost_makes_no_copy_of_a_pc(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer, her: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer blanks what the office has of the second batch: both are stored at once, or neither."""
    desk.patch("client", her, remark="欧阳要靴子")
    for n in range(5):
        desk.put("note", client_id=her, body=f"欧阳第{n}句", at=n)
    other = desk.put("client", name="好")
    lose_power(monkeypatch, server, pushes=2)
    with pytest.raises(PowerCutError):
        hand_in(desk)
    monkeypatch.undo()
    assert taken(office) == 7
    office.do("client.erase", her, {"reason": "本人要求"}, store_id=STORE)
    report = hand_in(desk)
    assert (report.pushed, taken(office)) == (7, 8)
    assert "欧阳" not in dump(desk)
    assert office.read("client", other, STORE) is not None
    assert_equal(desk, office)


def test_an_answer_that_blanks_what_waits_is_stored_before_the_next_batch_goes_out(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer, her: str
) -> None:
    """The batch after it says nothing of her, and its lost answer is asked for again with the same content."""
    desk.patch("client", her, remark="欧阳要靴子")
    for n in range(5):
        desk.put("note", client_id=her, body=f"欧阳第{n}句", at=n)
    office.do("client.erase", her, {"reason": "本人要求"}, store_id=STORE)
    lost: list[str] = []

    def lose_the_second(moment: str, request: str) -> str:
        if moment == "after" and "push" in request:
            lost.append(request)
        return "drop" if moment == "after" and "push" in request and len(lost) == 2 else ""

    server.fault = lose_the_second
    with pytest.raises(GuideError, match="总部"):
        hand_in(desk)
    assert "欧阳" not in dump(desk)
    hand_in(desk)
    assert taken(office) == 7
    assert "欧阳" not in repr(next(iter(office.desks.values())).quarantine)
    assert_equal(desk, office)


def test_a_poisonous_batch_sent_ahead_is_found_like_any_other(desk: TestDesk, office: MemoryOffice, her: str) -> None:
    notes = [desk.put("note", client_id=her, body=f"第{n}句", at=n) for n in range(9)]
    office.poison.add(notes[4])
    report = hand_in(desk)
    assert report.rejected == 1
    assert [office.read("note", note, STORE) is not None for note in notes] == [n != 4 for n in range(9)]
    assert_equal(desk, office)


def test_a_line_that_breaks_under_a_batch_sent_ahead_keeps_what_was_answered(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer, her: str
) -> None:
    for n in range(7):
        desk.put("note", client_id=her, body=f"第{n}句", at=n)
    pushes: list[str] = []

    def break_the_second(moment: str, request: str) -> str:
        if moment == "before" and "push" in request:
            pushes.append(request)
        return "drop" if moment == "before" and "push" in request and len(pushes) >= 2 else ""

    server.fault = break_the_second
    with pytest.raises(GuideError, match="总部"):
        hand_in(desk)
    assert desk.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 4
    server.fault = lambda *_: ""
    assert hand_in(desk).pushed == 4
    assert_equal(desk, office)


def test_a_pc_whose_backup_waits_with_all_that_the_office_has_is_no_copy(
    desk_of: Callable[..., TestDesk], office: MemoryOffice, tmp_path: Path
) -> None:
    desk = desk_of(1)
    her = desk.put("client", name="欧阳")
    desk.sync()
    desk.patch("client", her, remark="欧阳要靴子")
    for n in range(9):
        desk.put("note", client_id=her, body=f"欧阳第{n}句", at=n)
    folder, saved = desk.db.path.parent, tmp_path / "saved"
    desk.close()
    copytree(folder, saved)
    handed_in = desk_of(1, code="")
    hand_in(handed_in)
    handed_in.close()
    rmtree(folder)
    copytree(saved, folder)
    office.do("client.erase", her, {"reason": "本人要求"}, store_id=STORE)
    restored = desk_of(1, code="")
    assert hand_in(restored).pushed == 10
    assert "欧阳" not in dump(restored)
    assert_equal(restored, office)
