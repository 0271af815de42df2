"""The PC's clock is a day or a year off, either way: work goes on, and the later deed wins as people saw it."""

from __future__ import annotations

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.cli.outcome import Exit
from tests.faults.brand import NUMBER, PIN, Pc, Work, healed
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom

_OFF = [-365 * DAY_MS, -DAY_MS, DAY_MS, 365 * DAY_MS]
_IDS = ["a year behind", "a day behind", "a day ahead", "a year ahead"]


def say(pc: Pc, client: str, remark: str, doom: Doom) -> None:
    """The guide writes a remark."""
    ended = pc.guide("clients", "set", client, f"remark={remark}", doom=doom)
    assert ended.code == Exit.DONE, ended


@pytest.mark.parametrize("off", _OFF, ids=_IDS)
def test_a_wrong_clock_loses_and_refuses_nothing(stage: Stage, pc: Pc, off: int) -> None:
    wrong, right = Doom(offset_ms=off), Doom()
    for one in (pc, stage.control):
        one.settled()
        assert one.guide("login", "--guide", NUMBER, stdin=PIN + "\n").code == Exit.DONE
    with pc.book() as book:
        work = book.work()
    pc.settled()
    stage.control.settled()

    say(pc, work.client, "走错的钟", wrong)
    ended = pc.sync(doom=wrong)
    assert ended.code == Exit.DONE, ended
    assert (ended.doc["rejected"], ended.doc["merged"]) == (0, 0)
    assert stage.truth.scalar("SELECT remark FROM client WHERE id::text = %(id)s", id=work.client) == "走错的钟"

    stage.control.settled()
    say(stage.control, work.client, "后来", right)
    stage.control.settled()
    assert pc.sync(doom=wrong).code == Exit.DONE
    say(pc, work.client, "又后来", wrong)
    assert pc.sync(doom=wrong).code == Exit.DONE
    stage.control.settled()
    assert stage.truth.scalar("SELECT remark FROM client WHERE id::text = %(id)s", id=work.client) == "又后来"

    say(pc, work.client, "钟已校正", right)
    healed(pc, stage.control, stage.truth, work)
    assert stage.truth.scalar("SELECT remark FROM client WHERE id::text = %(id)s", id=work.client) == "钟已校正"


@pytest.mark.parametrize("off", [-DAY_MS, 365 * DAY_MS], ids=["a day behind", "a year ahead"])
def test_stamps_never_go_back(stage: Stage, pc: Pc, off: int) -> None:
    assert pc.guide("login", "--guide", NUMBER, stdin=PIN + "\n").code == Exit.DONE
    with pc.book() as book:
        work = book.work()
    for doom in (Doom(), Doom(offset_ms=off), Doom(), Doom(offset_ms=-off), Doom()):
        say(pc, work.client, f"{doom.offset_ms}", doom)
    with pc.book() as book:
        stamps = [row[0] for row in book.rows("SELECT stamp FROM outbox WHERE state = 'waiting' ORDER BY mid")]
    assert len(stamps) == 9
    assert stamps == sorted(set(stamps))
    healed(pc, stage.control, stage.truth, Work(work.ids, work.client))
