"""Three PCs at work while lines break, programs are killed and clocks jump, in any order: in the end all agree."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from random import Random

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.cli.outcome import Exit
from tests.faults.brand import GUIDE, Book, Pc, new_id, sound
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom
from tests.faults.network_faults import faults
from tests.helpers.fault_proxy import FaultProxy, fault_proxy

_REMARKS = ["喜欢乐福鞋", "脚背高", "生日前联系", "不接电话"]
_ENDS = {Exit.DONE, Exit.FAILED, Exit.UNREACHABLE, Exit.ATTENTION, -signal.SIGKILL}
_SLOW = {"silence", "drip", "endless_headers", "endless_body", "bomb"}  # they cost a deadline, and show nothing new
_FAULTS = [fault for fault in faults("http://127.0.0.1:9") if fault.name not in _SLOW]


@pytest.fixture(scope="module", name="proxy")
def _proxy(stage: Stage) -> Iterator[FaultProxy]:
    with fault_proxy(stage.origin) as running:
        yield running


def work(book: Book, dice: Random, done: set[tuple[str, str]]) -> None:
    """One deed of a guide: a new client with a note, a change, a tag set or taken away."""
    clients = [row[0] for row in book.rows("SELECT id FROM client ORDER BY id")]
    deed = dice.choice(["client", "patch", "tag", "untag", "note"]) if clients else "client"
    client = dice.choice(clients) if clients else ""
    if deed == "client":
        client = book.put("client", name=f"客{dice.randrange(1000)}")
        done |= {("client", client), ("note", book.put("note", client_id=client, body="新客", at=1))}
    elif deed == "patch":
        field = {"remark": dice.choice(_REMARKS), "starred": dice.random() < 0.5}
        book.db.change(lambda u: u.patch("client", client, field), by=GUIDE, origin="test")
    elif deed == "tag":
        book.put("client_tag", client_id=client, name=dice.choice(["金卡", "新客", "宽脚"]))
    elif deed == "note":
        done.add(("note", book.put("note", client_id=client, body=dice.choice(_REMARKS), at=2)))
    elif tags := book.rows("SELECT id FROM client_tag ORDER BY id"):
        book.db.change(lambda u: u.remove("client_tag", dice.choice(tags)[0]), by=GUIDE, origin="test")


def weather(stage: Stage, pc: Pc, proxy: FaultProxy, dice: Random) -> None:
    """A round of sync in some weather: fair, on a broken line, with a wrong clock, or cut off by a kill."""
    kind = dice.choice(["fair", "line", "line", "clock", "kill", "kill"])
    doom = Doom()
    if kind == "line":
        fault = dice.choice(_FAULTS)
        proxy.arm(fault.act, skip=dice.randrange(3), times=dice.randrange(1, 4), at_connect=fault.at_connect)
    elif kind == "clock":
        doom = Doom(offset_ms=dice.choice([-400, -1, 1, 400]) * DAY_MS)
    elif kind == "kill":
        doom = Doom(log=str(pc.folder / "points"), at=dice.randrange(1, 400), watch=str(pc.folder), page=5)
    ended = pc.sync(proxy.origin, doom)
    proxy.disarm()
    assert ended.code in _ENDS, ended
    assert "Traceback" not in ended.err, ended.err
    sound(pc, stage.truth, comparing=True)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 22))])
def test_a_storm_passes_and_all_agree(stage: Stage, proxy: FaultProxy, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a die for a test
    steps = 8 if seed == 1 else 80
    pcs = [stage.pc(f"storm-{seed}") for _ in range(3)]
    done: set[tuple[str, str]] = set()
    for _ in range(steps):
        pc = dice.choice(pcs)
        with pc.book() as book:
            for _ in range(dice.randrange(1, 4)):
                work(book, dice, done)
        if dice.random() < 0.2:
            stage.truth.write_all("client", {new_id(): {"name": f"总部{n}"} for n in range(dice.randrange(20))})
        weather(stage, pc, proxy, dice)
    for pc in (*pcs, *pcs, stage.control):
        with pc.book() as book:
            report = book.settled()
    assert report.pushed == 0
    with pcs[0].book() as one, pcs[1].book() as two, pcs[2].book() as three, stage.control.book() as other:
        assert one.digests() == two.digests() == three.digests() == stage.truth.stands()
        assert one.contents() == two.contents() == three.contents() == other.contents()
        for book in (one, two, three):
            assert not book.rows("SELECT mid FROM outbox WHERE state <> 'acked'")
    for kind, record_id in done:
        assert stage.truth.holds(kind, record_id)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(30))
def test_a_kill_at_any_moment_of_the_clock(stage: Stage, pc: Pc, seed: int) -> None:
    """Not between two statements but whenever it comes: in the middle of a write, of a commit, of a checkpoint."""
    dice = Random(seed)  # noqa: S311 - a die for a test
    stage.truth.write_all("client", {new_id(): {"name": f"客{n}"} for n in range(200)})
    with pc.book() as book:
        works = [book.work(f"客{n}") for n in range(10)]
    running = pc.start("sync", "--once")
    stage.truth.scalar("SELECT pg_sleep(%(s)s)", s=dice.uniform(0.01, 0.25))
    running.kill()
    sound(pc, stage.truth)
    stage.control.settled()
    pc.settled()
    for one in works:
        assert all(stage.truth.holds(kind, record_id) for kind, record_id in one.ids)
