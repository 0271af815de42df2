"""After an outage: many PCs hand in at once what they did meanwhile. Nothing may be lost or doubled.

The PCs are enrolled in the office's database before it serves; each sends one push of changes, so many in flight.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter

import msgspec

from bench.load import Caller, Said, at_once, sealed
from bench.measure import options, quantile, tree_cpu
from bench.people import people
from bench.report import Bench, Target
from bench.scene import STORE_CODE, Size, office
from guide_app.base.clock import SystemClock
from guide_app.base.ids import uuid7
from guide_app.protocol.envelope import unseal
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.messages import SCHEMA, Enrol, Enrolled, Mutation, Push, Pushed, encode
from head_office.cli.database import Office, open_office
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import enrol
from head_office.store.secret import load_secret

_OK, _BUSY = 200, 503
_PLAIN = 1 << 24
_P99, _MS, _TRIES = 0.99, 1000, 50

_RATE = Target(least=25_000)
_SLOWEST = Target(most=1_000)
_CORE = Target(most=60)


@dataclass(frozen=True, slots=True)
class _Pc:
    """An enrolled PC and the push that it will send."""

    device: Enrolled
    push: Push


def _enrol_all(opened: Office, number: int, into: list[Enrolled]) -> None:
    secret, now = load_secret(opened.data_dir, {}), SystemClock().now_ms()
    with opened.engine.begin() as connection:
        for n in range(number):
            code = make_enrol_code(connection, STORE_CODE, now)
            message = Enrol(code, f"PC {n}", f"{n:064x}", "recovery", "0", SCHEMA)
            into.append(enrol(connection, secret, message, now_ms=now, link_origin="http://l.example", brand="测"))


def _push(device: Enrolled, number: int, first: int, now_ms: int) -> Push:
    made = []
    for n, fields in enumerate(people(number, seed=first)):
        stamp = make_stamp(now_ms, n, device.tag)
        fresh = {name: fields[name] for name in ("name", "sex", "shoe_size", "remark")}
        record_id = uuid7(now_ms, (first << 20) + n)
        made.append(Mutation(n + 1, "put", "client", record_id, device.store_id, stamp, fresh))
    return Push(made, "")


def _ask(caller: Caller, pc: _Pc) -> Said:
    body, headers = sealed(encode(pc.push), pc.device.token)
    began = perf_counter()
    for _ in range(_TRIES):
        said = caller.ask("POST", "/sync/v1/push", body, headers)
        if said.status != _BUSY:
            return said
    raise AssertionError(f"busy for {perf_counter() - began:.0f} s")


def _taken(pc: _Pc, said: Said) -> int:
    """Changes that the office says it applied."""
    if said.status != _OK:
        raise AssertionError(f"{said.status}: {said.body[:200]!r}")
    names = {name.lower(): value for name, value in said.headers.items()}
    plain = unseal(said.body, sha256=names["guide-sha256"], encoding=names.get("content-encoding"), limit=_PLAIN)
    pushed = msgspec.json.decode(plain, type=Pushed)
    refused = sum(result.status == "rejected" for result in pushed.results)
    return 0 if pushed.last_mid != pc.push.mutations[-1].mid else len(pc.push.mutations) - refused


def _held(data_dir: Path) -> int:
    """Clients in the database after the office has stopped."""
    with open_office(None, data_dir) as opened, opened.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM client").scalar_one())


def main(arguments: Sequence[str] | None = None) -> None:
    """Enrol the PCs, let them loose, count."""
    given = options("storm", arguments, devices=200, mutations=100, in_flight=64)
    bench = Bench("storm", given.given, given.out)
    devices: list[Enrolled] = []
    with tempfile.TemporaryDirectory() as name:
        size = Size(0, 0, products=1)
        with office(Path(name), size, prepare=lambda o: _enrol_all(o, given.devices, devices)) as running:
            now, numbers = SystemClock().now_ms(), count(1)
            pcs = [_Pc(device, _push(device, given.mutations, next(numbers), now)) for device in devices]
            cpu, began = tree_cpu(running.pid), perf_counter()
            said = at_once(running.address, pcs, _ask, given.in_flight)
            seconds, cpu = perf_counter() - began, tree_cpu(running.pid) - cpu
            taken = sum(_taken(pc, one) for pc, one in zip(pcs, said, strict=True))
        total, held = given.devices * given.mutations, _held(Path(name) / "office")
    what = f"{given.devices:,} PCs × {given.mutations} changes, {given.in_flight} in flight"
    bench.add(f"{what}: lost or doubled", abs(total - taken) + abs(total - held), "changes", Target(most=0))
    bench.add(f"{what}: taken", total / seconds, "changes/s", _RATE)
    bench.add("answer to a push, p99", quantile([one.ms for one in said], _P99), "ms", _SLOWEST)
    bench.add("processor time a change, API and database", cpu / total * _MS * _MS, "µs", _CORE)
    bench.finish()


if __name__ == "__main__":
    main()
