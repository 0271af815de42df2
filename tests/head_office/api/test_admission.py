"""The gate: never more at once than it says, nobody forgotten, and honest appointments for those who are sent away."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from head_office.api.admission import Admission, Gate
from head_office.api.app import create_app
from head_office.api.call import RefusalError
from head_office.api.metrics import Metrics
from tests.head_office.api.conftest import Caller, House
from tests.head_office.api.test_hint_routes import cursors

_PATIENCE_S = 20


@dataclass
class Works:
    """Work that lasts until it is let go, and counts itself."""

    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    under_way: int = 0
    most: int = 0
    done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> str:
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        assert self.go.acquire(timeout=_PATIENCE_S)
        with self._lock:
            self.under_way -= 1
            self.done += 1
        return "done"


def gate_of(in_flight: int, workers: int, queued: int, patience_s: float = 60.0) -> Admission:
    return Admission(Gate(in_flight, workers, queued, patience_s), Metrics(), jitter=lambda _top: 0.0)


def busy_in(error: BaseException) -> int:
    """The seconds after which somebody was told to come again."""
    assert isinstance(error, RefusalError)
    assert error.code == "office.busy"
    return int(error.headers["Retry-After"])


def in_loop(scene: Callable[[], Any]) -> Any:
    return asyncio.run(asyncio.wait_for(scene(), _PATIENCE_S))


async def settle() -> None:
    """Let everything that can go on go on."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_so_many_are_in_so_many_wait_and_the_others_are_sent_away() -> None:
    admission, works = gate_of(4, 2, 3), Works()

    async def scene() -> list[Any]:
        asking = [asyncio.ensure_future(admission.run(works)) for _ in range(10)]
        await settle()
        assert sum(task.done() for task in asking) == 3, "sent away at once, before anybody is done"
        for _ in range(7):
            works.go.release()
        return list(await asyncio.gather(*asking, return_exceptions=True))

    said = in_loop(scene)
    assert Counter(map(str, said))["done"] == 7
    assert [busy_in(one) for one in said if one != "done"] == [1, 1, 1]
    assert works.most <= 2


def test_who_waited_too_long_is_sent_away_and_the_place_goes_to_the_next() -> None:
    admission, works = gate_of(1, 1, 9, patience_s=0.1), Works()
    admission._each_s = 0.01

    async def scene() -> None:
        first = asyncio.ensure_future(admission.run(works))
        await settle()
        with pytest.raises(RefusalError) as late:
            await admission.run(works)
        assert busy_in(late.value) >= 1
        works.go.release()
        assert await first == "done"
        works.go.release()
        assert await admission.run(works) == "done"

    in_loop(scene)


def test_who_hangs_up_while_waiting_leaves_no_gap() -> None:
    admission, works = gate_of(1, 1, 1), Works()

    async def scene() -> None:
        asking = []
        for _ in range(4):
            asking.append(asyncio.ensure_future(admission.run(works)))
            await settle()
            if len(asking) in (2, 3):
                asking[-1].cancel()
                await settle()
        for _ in range(2):
            works.go.release()
        assert await asking[0] == "done"
        assert await asking[3] == "done", "the only place to wait was free again"

    in_loop(scene)
    assert admission._in_flight == 0


def test_a_failure_frees_its_place() -> None:
    admission = gate_of(1, 1, 0)

    async def scene() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await admission.run(lambda: 1 // 0)

    in_loop(scene)


def test_appointments_follow_each_other_as_fast_as_the_office_works() -> None:
    admission = Admission(Gate(1, 1, 0, 60), Metrics(), now=lambda: 1_000.0, jitter=lambda _top: 0.5)
    admission._each_s = 0.01  # 100 a second

    told = Counter(int(admission._sent_away("full").headers["Retry-After"]) for _ in range(5_000))
    assert max(told.values()) <= 101, "never more in one second than get done in one"
    assert 49 <= max(told) <= 52, "and no longer than it takes"


def test_an_appointment_is_never_further_than_five_minutes() -> None:
    admission = Admission(Gate(1, 1, 0, 60), Metrics(), jitter=lambda _top: 0.0)
    admission._each_s = 1_000.0
    assert [int(admission._sent_away("full").headers["Retry-After"]) for _ in range(3)] == [301, 301, 301]


def test_processes_share_a_gate_but_none_gets_too_little_to_do_anything() -> None:
    whole = Gate(64, 8, 128, 0.8)
    assert [whole.shared_by(number) for number in (0, 1, 2, 99)] == [
        whole, whole, Gate(32, 4, 64, 0.8), Gate(8, 4, 8, 0.8),
    ]  # fmt: skip


def test_on_a_slow_day_fewer_are_let_in() -> None:
    admission = Admission(Gate(64, 4, 128, 0.8), Metrics())
    for _ in range(600):
        admission._learn(3.2, 64)  # 20 a second
    assert (round(admission.rate), admission._places(64), admission._places(128)) == (20, 8, 8)
    for _ in range(600):
        admission._learn(0.128, 64)  # 500 a second
    assert (round(admission.rate), admission._places(64), admission._places(128)) == (500, 64, 128)
    before = admission.rate
    admission._learn(9.0, 1)  # alone it has nothing to say about a full house
    assert admission.rate == before


@settings(max_examples=60, deadline=None)
@given(
    in_flight=st.integers(1, 4),
    workers=st.integers(1, 3),
    queued=st.integers(1, 4),
    steps=st.lists(st.one_of(st.just("come"), st.just("done"), st.integers(0, 30)), max_size=40),
)
def test_whatever_comes_ends_and_hangs_up_nobody_is_forgotten(
    in_flight: int, workers: int, queued: int, steps: list[str | int]
) -> None:
    admission, works = gate_of(in_flight, workers, queued), Works()

    async def scene() -> list[Any]:
        asking: list[asyncio.Future[str]] = []
        for step in steps:
            if step == "come":
                asking.append(asyncio.ensure_future(admission.run(works)))
            elif step == "done":
                works.go.release()
            elif isinstance(step, int) and step < len(asking):
                asking[step].cancel()
            await settle()
            assert admission._in_flight <= max(in_flight, workers)
            assert len(admission._queue) <= max(queued, workers)
        for _ in asking:
            works.go.release()
        return list(await asyncio.gather(*asking, return_exceptions=True))

    for one in in_loop(scene):
        assert one == "done" or isinstance(one, (asyncio.CancelledError, RefusalError))
    assert (admission._in_flight, len(admission._queue), works.under_way) == (0, 0, 0)
    assert works.most <= workers


def test_polls_hints_and_health_do_not_pass_the_gate(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(house.services, gate=Gate(in_flight=1, workers=1, queued=1, patience_s=40))
    app.state.front.admission._each_s = 20.0
    pc = Caller(app, house.pc().headers)
    stands, held, begun = cursors(pc), threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> list[Any]:
        begun.set()
        assert held.wait(_PATIENCE_S)
        return []

    monkeypatch.setattr("head_office.api.sync_routes.pull", slow)

    async def scene() -> dict[str, int]:
        stuck = [asyncio.ensure_future(pc._call("GET", "/sync/v1/pull", b"", pc.headers, [])) for _ in range(2)]
        await asyncio.to_thread(begun.wait, _PATIENCE_S)
        asked = {
            "pull": ("/sync/v1/pull", []),
            "idle poll": ("/sync/v1/pull", stands),
            "hint": ("/sync/v1/hint", [*stands, ("wait", "1")]),
            "health": ("/healthz", []),
            "ready": ("/readyz", []),
            "metrics": ("/metrics", []),
        }
        said = {name: await pc._call("GET", path, b"", pc.headers, query) for name, (path, query) in asked.items()}
        assert said["pull"].code == "office.busy"
        assert int(said["pull"].headers["retry-after"]) >= 20, "as long as it takes here"
        text = said["metrics"].body.decode()
        assert 'guide_admission_total{outcome="full"' in text
        assert "guide_admission_in_flight{" in text
        held.set()
        assert {reply.status for reply in await asyncio.gather(*stuck)} == {200}
        return {name: reply.status for name, reply in said.items()}

    assert in_loop(scene) == {
        "pull": 503, "idle poll": 304, "hint": 304, "health": 200, "ready": 200, "metrics": 200,
    }  # fmt: skip
