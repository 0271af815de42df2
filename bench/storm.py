"""After an outage every PC comes back at once with what was done meanwhile. Nothing may be lost or doubled.

Each PC has its own store, token and line, and sends one push as the desktop does: sealed, gapless, chained. Sent away
(503) it comes back when the office said, as the desktop would. `--over-s` lets them come within so many seconds
instead of all in the first. Beside them one idle PC goes on asking whether there is anything new.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import msgspec

from bench.lines import Line, Standing, allow_connections, enrol_many, first_pull, opened
from bench.load import Said, device_headers, sealed
from bench.measure import options, programs_cpu, quantile, tree_cpu
from bench.people import people
from bench.report import Bench, Target
from bench.scene import Size, office
from guide_app.base.clock import SystemClock
from guide_app.base.ids import uuid7
from guide_app.protocol.chain import EMPTY_CHAIN, chain_over
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.messages import Enrolled, Mutation, Push, Pushed, encode
from guide_app.sync.backoff import Backoff
from guide_app.sync.errors import OfficeBusyError
from head_office.cli.database import Office, open_office

_PUSH, _PULL = "/sync/v1/push", "/sync/v1/pull"
_BUSY, _NOTHING_NEW = 503, 304
_P99, _TRIES = 0.99, 60
_IDLE_EVERY_S = 0.05
_FULL = 5_000  # PCs, for which the targets are written

_COUNT = """
SELECT (SELECT count(*) FROM client),
       (SELECT count(DISTINCT id) FROM client),
       (SELECT count(*) FROM device WHERE last_mid = %(mutations)s),
       (SELECT count(*) FROM (SELECT 1 FROM client GROUP BY store_id HAVING count(*) = %(mutations)s) AS whole),
       (SELECT count(*) FROM feed_head AS head, (SELECT n_live FROM feed_head AS bystander WHERE NOT EXISTS (
            SELECT 1 FROM client WHERE client.store_id = bystander.store_id) ORDER BY n_live LIMIT 1) AS before
        WHERE head.seq = head.n_live AND head.n_live = before.n_live + %(mutations)s)
"""


@dataclass(frozen=True, slots=True)
class _Pc:
    """An enrolled PC and the push that it will send."""

    device: Enrolled
    body: bytes
    headers: dict[str, str]
    chain: str


@dataclass(slots=True)
class _Storm:
    """What was seen: milliseconds of pushes taken and of idle polls, how often a PC was sent away, seconds in all."""

    pushes: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    sent_away: int = 0
    seconds: float = 0.0


def _make_pc(device: Enrolled, number: int, first: int, now_ms: int) -> _Pc:
    made = []
    for n, fields in enumerate(people(number, seed=first)):
        stamp = make_stamp(now_ms, n, device.tag)
        fresh = {name: fields[name] for name in ("name", "sex", "shoe_size", "remark")}
        record_id = uuid7(now_ms, (first << 20) + n)
        made.append(Mutation(n + 1, "put", "client", record_id, device.store_id, stamp, fresh))
    body, headers = sealed(encode(Push(made, EMPTY_CHAIN, brief=True)), device.token)
    return _Pc(device, body, headers, chain_over(EMPTY_CHAIN, made))


async def _come(address: tuple[str, int], pc: _Pc, after_s: float, storm: _Storm) -> None:
    """One PC: come, and come again when told to."""
    await asyncio.sleep(after_s)
    async with Line(address) as line:
        for failures in range(1, _TRIES):
            said = await line.ask("POST", _PUSH, pc.body, pc.headers)
            if said.status != _BUSY:
                _check(pc, said)
                storm.pushes.append(said.ms)
                return
            storm.sent_away += 1
            error = OfficeBusyError(said.status, "", float(said.headers["retry-after"]))
            await asyncio.sleep(Backoff().pause(failures, error, lambda top: random.uniform(0, top)))
    raise AssertionError(f"sent away {_TRIES} times")


def _check(pc: _Pc, said: Said) -> None:
    """The office says that it took everything, and comes to the same chain."""
    pushed = msgspec.json.decode(opened(said), type=Pushed)
    if pushed.results or pushed.chain != pc.chain:
        raise AssertionError(f"{pushed.results[:3]} {pushed.chain}")


async def _idle(address: tuple[str, int], one: Standing, storm: _Storm) -> None:
    """An idle PC asks on and on."""
    async with Line(address) as line:
        while True:
            said = await line.ask("GET", one.path(_PULL), headers=device_headers(one.device.token))
            if said.status != _NOTHING_NEW:
                raise AssertionError(f"an idle poll was answered {said.status}")
            storm.polls.append(said.ms)
            await asyncio.sleep(_IDLE_EVERY_S)


async def _let_loose(address: tuple[str, int], bystander: Enrolled, pcs: Sequence[_Pc], over_s: float) -> _Storm:
    storm = _Storm()
    async with Line(address) as line:
        one = await first_pull(line, bystander)
    idle = asyncio.create_task(_idle(address, one, storm))
    began = perf_counter()
    async with asyncio.TaskGroup() as all_of_them:
        for pc in pcs:
            all_of_them.create_task(_come(address, pc, random.uniform(0, over_s), storm))
    storm.seconds = perf_counter() - began
    if idle.done():
        idle.result()
    idle.cancel()
    return storm


def _wrong(data_dir: Path, devices: int, mutations: int) -> int:
    """By how much the database differs from every push taken exactly once, after the office has stopped."""
    with open_office(None, data_dir) as found, found.engine.connect() as connection:
        rows, ids, pcs, stores, heads = connection.exec_driver_sql(_COUNT, {"mutations": mutations}).one()
    total = devices * mutations
    return int(abs(rows - total) + abs(ids - total) + sum(abs(each - devices) for each in (pcs, stores, heads)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Enrol the PCs, let them loose, count."""
    given = options("storm", arguments, devices=_FULL, mutations=100, over_s=0, workers=2)
    bench = Bench("storm", given.given, given.out)
    allow_connections(given.devices)
    enrolled: list[Enrolled] = []

    def prepare(opened_office: Office) -> None:
        enrolled.extend(enrol_many(opened_office, [f"B{n:04d}" for n in range(1, given.devices + 2)]))

    with tempfile.TemporaryDirectory() as name:
        size, workers = Size(0, 0, products=1, stores=given.devices + 1), ("--workers", str(given.workers))
        with office(Path(name), size, *workers, prepare=prepare) as running:
            now = SystemClock().now_ms()
            pcs = [_make_pc(device, given.mutations, n, now) for n, device in enumerate(enrolled[1:], 1)]
            cpu, api = tree_cpu(running.pid), programs_cpu(running.pid)
            storm = asyncio.run(_let_loose(running.address, enrolled[0], pcs, given.over_s))
            cpu, api = tree_cpu(running.pid) - cpu, programs_cpu(running.pid) - api
        wrong = _wrong(Path(name) / "office", given.devices, given.mutations)
    _report(bench, storm, wrong, (cpu, api), f"{given.devices:,} PCs × {given.mutations} changes", given.over_s)
    bench.finish()


def _report(bench: Bench, storm: _Storm, wrong: int, spent: tuple[float, float], what: str, over_s: int) -> None:
    cpu, api = spent
    within = f" within {over_s} s" if over_s else " at once"
    bench.add(f"{what}{within}: lost or doubled", wrong, "rows", Target(most=0))
    bench.add(f"{what}{within}: until the last is taken", storm.seconds, "s", Target(most=over_s + 20))
    bench.add("processor time, API and database", cpu, "core-s", Target(most=30))
    bench.add("processor time, API alone", api, "core-s", Target(most=20))
    bench.add("answer to a push that is taken, p99", quantile(storm.pushes, _P99), "ms", Target(most=1_000))
    bench.add("sent away and come again", storm.sent_away / len(storm.pushes), "times a PC", Target(most=3))
    if storm.polls:
        bench.add("idle poll meanwhile, p99", quantile(storm.polls, _P99), "ms", Target(most=250))


if __name__ == "__main__":
    main()
