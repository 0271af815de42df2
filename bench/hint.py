"""Thousands of idle PCs wait for news: what each costs the office meanwhile, and how soon the last of them hears.

Every PC has its own store, token and line, and waits as the desktop does. Then the office writes: into single stores,
as a stock figure would be, and into what all share, as a new campaign would be. Measured is from the commit to the
answer that the PC has read.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench.lines import Line, Standing, allow_connections, enrol_many
from bench.load import device_headers
from bench.measure import held_mib, options, tree_cpu
from bench.report import Bench, Target
from bench.scene import Size, office
from guide_app.base.clock import SystemClock
from guide_app.base.ids import NIL, uuid7
from guide_app.protocol.messages import Cursor, Enrolled
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.cli.database import Office, open_office
from head_office.feed.write import write_all

_HINT = "/sync/v1/hint"
_NEWS, _QUIET = 204, 304
_WAIT_S = 50
_KIB = 1024
_PERCENT = 100
_LOOK_S = 0.2
_WAITING = re.compile(r"^guide_hint_waiting\S* (\S+)$", re.MULTILINE)

Address = tuple[str, int]


class _Waiting:
    """All the PCs, and the moment at which each was told."""

    def __init__(self, address: Address, pcs: Sequence[Standing]) -> None:
        self._address = address
        self._pcs = pcs
        self.told = [asyncio.get_running_loop().create_future() for _ in pcs]
        self._tasks = [asyncio.create_task(self._wait(n)) for n in range(len(pcs))]

    async def all_wait(self) -> None:
        """Come back when the office says that all of them wait."""
        async with Line(self._address) as line:
            while True:
                found = _WAITING.findall((await line.ask("GET", "/metrics")).body.decode())
                if sum(map(float, found)) >= len(self._pcs):
                    return
                await asyncio.sleep(_LOOK_S)

    async def end(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _wait(self, n: int) -> None:
        pc = self._pcs[n]
        path, headers = pc.path(_HINT, wait=str(_WAIT_S)), device_headers(pc.device.token)
        async with Line(self._address) as line:
            status = _QUIET
            while status == _QUIET:
                status = (await line.ask("GET", path, headers=headers)).status
            if status != _NEWS:
                raise AssertionError(f"a wait for news was answered {status}")
            self.told[n].set_result(perf_counter())


def _places(opened: Office, devices: Sequence[Enrolled]) -> list[Standing]:
    """Where each PC would stand after its first pull."""
    with opened.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT store_id::text, epoch, seq FROM feed_head").all()
    heads = {store: (epoch, seq) for store, epoch, seq in rows}
    return [
        Standing(device, (Cursor(BRAND, *heads[NIL]), Cursor(store_scope(device.store_id), *heads[device.store_id])))
        for device in devices
    ]


def _write(opened: Office, scope: Scope, kind: str, number: int) -> float:
    """A record that the devices of the scope will fetch; returns the moment of its commit."""
    now = SystemClock().now_ms()
    write_all(opened.engine, now, [((scope, kind, uuid7(now, number)), {"name": f"新 {number}"})])
    return perf_counter()


async def _measure(
    opened: Office, address: Address, pid: int, pcs: Sequence[Standing], given: tuple[int, int]
) -> list[float]:
    """KiB a PC, per cent of a core idle, seconds until the PC of one store (the slowest of some) and all were told."""
    stores, idle_s = given
    empty = held_mib(pid)
    waiting = _Waiting(address, pcs)
    await waiting.all_wait()
    kib = (held_mib(pid) - empty) * _KIB / len(pcs)
    cpu, began = tree_cpu(pid), perf_counter()
    await asyncio.sleep(idle_s)
    idle = (tree_cpu(pid) - cpu) / (perf_counter() - began)
    single: list[float] = []
    for n in range(stores):
        at = await asyncio.to_thread(_write, opened, store_scope(pcs[n].device.store_id), "client", n)
        single.append(await waiting.told[n] - at)
    at = await asyncio.to_thread(_write, opened, BRAND, "tag", stores)
    last = max(await asyncio.gather(*waiting.told[stores:])) - at
    await waiting.end()
    return [kib, idle * _PERCENT, max(single), last]


def main(arguments: Sequence[str] | None = None) -> None:
    """Enrol the PCs, let them wait, write."""
    given = options("hint", arguments, devices=5_000, stores=5, idle_s=60)
    bench = Bench("hint", given.given, given.out)
    allow_connections(given.devices)
    devices: list[Enrolled] = []

    def prepare(opened: Office) -> None:
        devices.extend(enrol_many(opened, [f"B{n:04d}" for n in range(1, given.devices + 1)]))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = Size(0, 0, products=1, stores=given.devices)
        with office(folder, size, prepare=prepare) as running, open_office(None, folder / "office") as opened:
            pcs = _places(opened, devices)  # the office writes its keys as it starts
            work = _measure(opened, running.address, running.pid, pcs, (given.stores, given.idle_s))
            kib, idle, single, last = asyncio.run(work)
    what = f"{given.devices:,} PCs wait"
    bench.add(f"{what}: memory of the office, each", max(kib, 0.0), "KiB", Target(most=50))
    bench.add(f"{what}: processor, with the waits that end", idle, "% of a core", Target(most=5))
    bench.add("a write into one store, until its PC is told", single, "s", Target(most=2))
    bench.add("a write for all, until the last PC is told", last, "s", Target(most=2))
    bench.finish()


if __name__ == "__main__":
    main()
