"""What a PC costs the office: an idle poll, a page of 1,000 records, a push of 200 changes.

Processor time is the API process's own (the database's is not in it). An idle poll stands beside the cheapest request
that the same server answers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.load import Caller, Said, at_once, device_headers
from bench.measure import options, quantile
from bench.report import Bench, Peer, Target
from bench.scene import Size, desktop, engine, line, office
from bench.sync import take_notes
from guide_app.flows.desk import Desk
from guide_app.protocol.chain import chain_over
from guide_app.store import cursors, outbox
from guide_app.store.device import enrolled_device
from guide_app.sync.office import Office

_OK, _NOTHING_NEW = 200, 304
_PAGE, _BATCH = 1_000, 200
_MS, _P99 = 1000, 0.99
_IN_FLIGHT = 64

_POLL_CPU = Target(most=0.12)
_PULL_CPU = Target(most=6)


def _cpu_ms(pid: int) -> float:
    spent = psutil.Process(pid).cpu_times()
    return float(spent.user + spent.system) * _MS


def _each(pid: int, ask: Callable[[], Said], repeats: int, status: int) -> tuple[float, list[float]]:
    """Processor milliseconds of the office a request, and the wall milliseconds of each."""
    said = [ask() for _ in range(3)]
    before = _cpu_ms(pid)
    said = [ask() for _ in range(repeats)]
    spent = (_cpu_ms(pid) - before) / repeats
    if any(one.status != status for one in said):
        raise AssertionError({one.status for one in said})
    return spent, [one.ms for one in said]


def _measure_pull(bench: Bench, desk: Desk, address: tuple[str, int], pid: int, repeats: int) -> None:
    caller = Caller(address)
    headers = device_headers(str(desk.db.query(enrolled_device).token))
    stands = desk.db.query(cursors.read_stands).values()
    heads = [("c", stand.cursor.text()) for stand in stands]
    starts = [("c", f"{stand.scope}~{stand.epoch}~0") for stand in stands]
    health, _ = _each(pid, lambda: caller.ask("GET", "/healthz"), repeats, _OK)
    idle = f"/sync/v1/pull?{urlencode(heads)}"
    cpu, wall = _each(pid, lambda: caller.ask("GET", idle, headers=headers), repeats, _NOTHING_NEW)
    bench.add("idle poll, alone, processor time", cpu, "ms", Target(most=1), Peer("GET /healthz", health))
    bench.add("idle poll, alone, p99", quantile(wall, _P99), "ms", Target(most=20))
    before = _cpu_ms(pid)
    said = at_once(address, range(4 * repeats), lambda own, _: own.ask("GET", idle, headers=headers), _IN_FLIGHT)
    spent = (_cpu_ms(pid) - before) / len(said)
    if any(one.status != _NOTHING_NEW for one in said):
        raise AssertionError({one.status for one in said})
    bench.add(f"idle poll, {_IN_FLIGHT} in flight, processor time", spent, "ms", _POLL_CPU)
    page = f"/sync/v1/pull?{urlencode([*starts, ('limit', str(_PAGE))])}"
    cpu, wall = _each(pid, lambda: caller.ask("GET", page, headers=headers), max(3, repeats // 10), _OK)
    bench.add(f"page of {_PAGE:,} records, processor time", cpu, "ms", _PULL_CPU)
    bench.add(f"page of {_PAGE:,} records, p50", median(wall), "ms", Target(most=25))
    caller.close()


def _measure_push(bench: Bench, desk: Desk, origin: str, pid: int, batches: int) -> None:
    take_notes(desk, batches * _BATCH)
    waiting = desk.db.query(lambda conn: outbox.waiting(conn, batches * _BATCH))
    after = desk.db.query(lambda conn: outbox.chain_at(conn, waiting[0].mid - 1))
    spent: list[float] = []
    before = _cpu_ms(pid)
    with line(desk.db, origin) as transport:
        head_office = Office(transport)
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            began = perf_counter()
            answer, _ = head_office.push(batch, after)
            spent.append((perf_counter() - began) * _MS)
            if answer.last_mid != batch[-1].mid:
                raise AssertionError(f"the office stopped at {answer.last_mid}")
            after = chain_over(after, batch)
    cpu = (_cpu_ms(pid) - before) / batches
    bench.add(f"push of {_BATCH} changes, p50", median(spent), "ms", Target(most=20))
    bench.add(f"push of {_BATCH} changes, processor time", cpu, "ms", Target(most=6))


def main(arguments: Sequence[str] | None = None) -> None:
    """Seed an office, enrol a PC, ask."""
    given = options("office", arguments, clients=3_000, repeats=500, batches=50)
    bench = Bench("office", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with office(folder, Size(given.clients, 0)) as running, desktop(folder / "pc", running) as desk:
            with engine(desk.db, running.origin) as sync:
                sync.run_once()
            _measure_pull(bench, desk, running.address, running.pid, given.repeats)
            _measure_push(bench, desk, running.origin, running.pid, given.batches)
    bench.finish()


if __name__ == "__main__":
    main()
