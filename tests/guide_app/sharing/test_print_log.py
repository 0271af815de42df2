"""打印记录: it outlives the program, stays small, and keeps nothing of a client who was erased."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import GoneFrame, LeaveFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.sharing import print_log
from guide_app.sharing.print_log import MOST, MOST_DAYS, Printout
from guide_app.sharing.printers import Printer
from guide_app.store.apply import Applier
from guide_app.sync.contact import OfficeTime, note_contact
from guide_app.sync.plan import Offset
from tests.guide_app.coupons.office import publish
from tests.helpers.book import CHEN, LOAFER, SNEAKER, STORE, HandClock, actor, open_desk

TICKET = Printer(way="network", address="192.168.1.80", language="escpos")
JOB = Printout(
    "软底乐福鞋 ¥569", "slip58", TICKET.address, CHEN, data=b"\x1b@" + bytes(9_000), printer=TICKET, product_id=LOAFER,
    goods=(LOAFER,),
)  # fmt: skip


def test_a_job_is_kept_whole_and_packed_beyond_the_programs_end(tmp_path: Path) -> None:
    clock = HandClock()
    with open_desk(tmp_path, clock) as desk:
        job_id = desk.print_log.note(JOB, actor())
        again = type(desk.print_log)(desk.db, clock)  # as a program that has just been started finds it
        assert again.job(job_id) == JOB
        line = again.last()
        assert line is not None
        assert (line.id, line.guide, line.title, line.printer, line.again) == (
            job_id, "王敏", JOB.title, TICKET.address, True,
        )  # fmt: skip
        size = desk.db.query(lambda c: c.exec_driver_sql("SELECT length(data) FROM print_job").scalar_one())
        assert size < 100
    assert JOB.title.encode() not in (tmp_path / "book.db").read_bytes()


def test_the_log_stays_small(desk: Desk, clock: HandClock) -> None:
    for number in range(MOST + 3):
        clock.ms += 1_000
        desk.print_log.note(replace(JOB, title=f"{number}"), actor())
    assert [line.title for line in desk.print_log.lines()] == [f"{n}" for n in range(MOST + 2, 2, -1)]
    clock.ms += MOST_DAYS * DAY_MS
    assert desk.print_log.lines() == []
    desk.print_log.note(JOB, actor())
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM print_job").scalar_one()) == 1


def test_a_job_too_large_is_noted_and_cannot_go_out_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_log, "MOST_BYTES", 10)
    job_id = desk.print_log.note(JOB, actor())
    by_the_system = replace(JOB, title="PDF", data=None, printer=None)
    desk.print_log.note(by_the_system, actor())
    told = {line.title: (line.again, line.too_large) for line in desk.print_log.lines()}
    assert told == {JOB.title: (False, True), "PDF": (False, False)}
    assert desk.print_log.last() is None
    with pytest.raises(NotFoundError):
        desk.print_log.job(job_id)


def test_all_jobs_together_stay_below_a_size_and_the_oldest_become_lines(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_log, "MOST_MIB", 1)
    noise = replace(JOB, data=random.Random(1).randbytes(400_000))  # noqa: S311 - bytes that do not pack
    for number in range(4):
        clock.ms += 1_000
        desk.print_log.note(replace(noise, title=f"{number}"), actor())
    told = [(line.title, line.again) for line in desk.print_log.lines()]
    assert told == [("3", True), ("2", True), ("1", False), ("0", False)]


def test_jobs_that_fill_their_room_to_the_last_byte_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(zlib.compress(JOB.data or b""))
    monkeypatch.setattr(print_log, "MOST_BYTES", size)
    monkeypatch.setattr(print_log, "_MIB", size)
    monkeypatch.setattr(print_log, "MOST_MIB", 2)
    for _ in range(3):
        desk.print_log.note(JOB, actor())
    assert [line.again for line in desk.print_log.lines()] == [True, True, False]


def test_what_was_printed_for_a_client_goes_when_she_is_erased(desk: Desk) -> None:
    desk.print_log.note(JOB, actor())
    desk.print_log.note(replace(JOB, title="for nobody", client_id=None), actor())
    desk.db.apply(lambda applier: applier.apply([GoneFrame(store_scope(STORE), "client", CHEN, 9_999)]))
    assert [line.title for line in desk.print_log.lines()] == ["for nobody"]


@pytest.mark.parametrize("how", ["leaves", "scope"])
def test_what_was_printed_for_a_client_goes_when_she_leaves_the_book(desk: Desk, how: str) -> None:
    """Should she be erased elsewhere afterwards, nobody would tell this PC."""
    desk.print_log.note(JOB, actor())

    def gone(applier: Applier) -> None:
        if how == "scope":
            applier.drop_scope(store_scope(STORE))
        else:
            applier.apply([LeaveFrame(store_scope(STORE), "client", CHEN, 9_999)])

    desk.db.apply(gone)
    assert desk.print_log.lines() == []


def test_a_job_ends_with_its_time_though_nothing_is_printed_any_more(desk: Desk, clock: HandClock) -> None:
    job_id = desk.print_log.note(JOB, actor())
    clock.ms += MOST_DAYS * DAY_MS
    with pytest.raises(NotFoundError):
        desk.print_log.job(job_id)
    desk.db.apply(lambda applier: note_contact(applier, OfficeTime(clock.ms, Offset(0, 0))))
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM print_job").scalar_one()) == 0


@pytest.mark.parametrize(
    ("now", "told", "discreet_too"),
    [
        ({}, None, False),
        ({"status": "stopped"}, "已停售", True),
        ({"sensitive": True}, "敏感", False),
        ({"channels": ["offline"]}, "不在私域渠道", False),
    ],
)
def test_goods_are_asked_for_again_before_a_second_print(
    desk: Desk, now: dict[str, object], told: str | None, discreet_too: bool
) -> None:
    shoe = {"no": 7, "spu": "LF2601", "name": "软底乐福鞋", "category": "女鞋", "price_fen": 56900, **now}
    publish(desk, (BRAND, "product", LOAFER, shoe))
    for discreet in (False, True):
        if told is None or (discreet and not discreet_too):
            desk.share_deeds.require_printable(LOAFER, CHEN, discreet=discreet)
            continue
        with pytest.raises(InvalidInputError, match=told) as refused:
            desk.share_deeds.require_printable(LOAFER, CHEN, discreet=discreet)
        assert ("隐私货签" in str(refused.value.way_out)) == ("sensitive" in now)


def test_goods_that_left_the_catalogue_are_not_printed_again(desk: Desk) -> None:
    desk.db.apply(lambda applier: applier.apply([GoneFrame(BRAND, "product", LOAFER, 9_999)]))
    with pytest.raises(InvalidInputError, match="不在目录"):
        desk.share_deeds.require_printable(LOAFER, None, discreet=True)
    with pytest.raises(InvalidInputError, match="不在目录"):
        desk.share_deeds.require_printable(None, None, discreet=False, goods=(SNEAKER, LOAFER))  # a look with it
    desk.share_deeds.require_printable(None, None, discreet=False)  # a card, or a coupon alone
