"""kill -9 of head office while it takes in what a PC did: answered means kept, not answered means asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide_app.cli.outcome import Exit
from guide_app.sync.engine import SyncEngine
from tests.faults.brand import NUMBER, OFFER, PIN, Pc, Work, healed, sound
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom
from tests.faults.scenes import shares

_MOMENTS = (*shares(2), pytest.param("before commit"), pytest.param("after commit"))


def busy(pc: Pc) -> Work:
    """A guide's day with a sale: a coupon issued and redeemed, which must not count twice."""
    assert pc.guide("login", "--guide", NUMBER, stdin=PIN + "\n").code == Exit.DONE
    with pc.book() as book:
        work = book.work()
    issued = pc.guide("coupon", "issue", OFFER, "--client", work.client)
    assert issued.code == Exit.DONE, issued
    redeemed = pc.guide("coupon", "redeem", issued.doc["code"], "--order", work.client[-6:], "--amount", "50000")
    assert redeemed.code == Exit.DONE, redeemed
    return work


@pytest.fixture(scope="module", name="points")
def _points(stage: Stage) -> list[str]:
    """What an office does while it takes in a PC's work, from one that lives."""
    log = stage.folder / "office-points"
    pc = stage.pc("office-alive")
    busy(pc)
    running, origin = stage.office.serve(Doom(log=str(log), since="push", office=True))
    try:
        assert pc.sync(origin).code == 0
    finally:
        running.kill()
    points = log.read_text("utf-8").splitlines()
    return points[: points.index("after commit") + 1]


@pytest.mark.parametrize("moment", _MOMENTS)
def test_an_office_killed_while_it_takes_in(stage: Stage, points: list[str], moment: float | str) -> None:
    at = points.index(moment) + 1 if isinstance(moment, str) else max(1, round(moment * len(points)))
    pc = stage.pc(f"pc-at-{at}")
    work = busy(pc)
    log = stage.folder / "office-killed"
    running, origin = stage.office.serve(Doom(log=str(log), at=at, since="push", office=True))
    ended = pc.sync(origin)
    assert running.wait().killed
    assert ended.code == Exit.UNREACHABLE, ended
    assert ended.doc["error"]["code"] == "office.unreachable"
    assert Path(log).read_text("utf-8").splitlines()[-1] == points[at - 1]
    sound(pc, stage.truth)
    with pc.book() as book:
        assert book.rows("SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(6,)]
    healed(pc, stage.control, stage.truth, work)
    with pc.book() as book:
        held = (
            "SELECT r.status, c.status FROM redemption r JOIN coupon c ON c.id = r.coupon_id"
            f" WHERE c.client_id = '{work.client}'"
        )
        assert book.rows(held) == [("confirmed", "redeemed")]


def test_an_open_line_survives_a_new_start_of_the_office(stage: Stage) -> None:
    pc = stage.pc("pc-again")
    running, origin = stage.office.serve()
    with pc.book() as book, book.line(origin) as line:
        SyncEngine(book.db, line).run_once()
        running.kill()
        work = book.work()
        again, _ = stage.office.serve(port=int(origin.rpartition(":")[2]))
        try:
            report = SyncEngine(book.db, line).run_once()
        finally:
            again.kill()
    assert report.pushed == 4
    healed(pc, stage.control, stage.truth, work)
