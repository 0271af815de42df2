"""Runs the office: joins its rooms to one application and serves it until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from sqlalchemy import Engine
from starlette.applications import Starlette

from guide_app.base.clock import SystemClock
from guide_app.base.errors import GuideError
from head_office.api.admission import Gate
from head_office.api.app import create_app
from head_office.api.front import OUTSIDE, Front
from head_office.api.limits import AttemptLimit
from head_office.api.looks import THREADS as LOOKS
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.cli.database import Office, open_office
from head_office.cli.logs import log_to_stderr
from head_office.coupons.external.config import load_systems
from head_office.coupons.signing import ensure_signing
from head_office.deeds import push_rules
from head_office.feed.write import in_transaction
from head_office.landing.routes import routes as landing_routes
from head_office.landing.services import make_services as landing_services
from head_office.landing.site import Site
from head_office.store.engine import make_engine
from head_office.store.secret import load_secret
from head_office.store.settings import read_settings, write_settings

if sys.platform != "win32":
    import resource

#: Heavy requests worked on at once in one process, and all others; with those that wait for another company, the looks
#: and the watch over the heads they are the connections that its pool may need.
GATE = Gate()
THREADS = 12
_POOL = GATE.workers + THREADS + OUTSIDE + LOOKS + 1
_PLAN_VARIABLE = "HEAD_OFFICE_SERVE_PLAN"
#: Connections that may wait to be accepted; and that are held by one process, as every waiting PC holds one.
_BACKLOG, _CONNECTIONS = 4_096, 16_384
#: How long workers get to send waiting PCs away before they are told to stop, in seconds.
_PARTING_S = 0.5
_POLL_S = 0.02
#: How many more objects must be there before the youngest are looked through for cycles.
_NEW_OBJECTS = 50_000
_ENROLMENTS, _ENROLMENT_SPAN_MS = 30, 60_000


class Plan(msgspec.Struct, frozen=True):
    """What a serving process must know; workers get it by their environment."""

    url: str
    data_dir: str
    brand: str
    company: str
    contact: str
    link_origin: str
    proxies: int
    workers: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the office listens."""

    host: str
    port: int

    @property
    def origin(self) -> str:
        """The address to open on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"


def serve_verb(args: argparse.Namespace, data_dir: Path, environ: Mapping[str, str]) -> None:
    """Serve until SIGTERM or SIGINT. Raises GuideError."""
    place = _Place(args.host, args.port or _free_port(args.host))
    _check_port(place)
    _allow_connections()
    with open_office(args.database, data_dir, pool=_POOL) as office:
        plan = _plan(office, args, place)
        with _announced(place, args.ready_file):
            _have_signing_key(office.engine, data_dir, environ)
            app = build_app(plan, office.engine, environ)  # also before workers start: a fault shows here, once
            if args.workers > 1:
                _serve_many(plan, place, args.workers)
            else:
                _spare_the_collector()
                asyncio.run(_serve_here(app, place))


def _have_signing_key(engine: Engine, data_dir: Path, environ: Mapping[str, str]) -> None:
    """PCs need the public key before the first coupon that they are to check without network."""
    secret, now_ms = load_secret(data_dir, environ), SystemClock().now_ms()
    in_transaction(engine, lambda connection: ensure_signing(connection, secret, now_ms))


def build_app(plan: Plan, engine: Engine, environ: Mapping[str, str]) -> Starlette:
    """All rooms of the office as one application."""
    clock, secret = SystemClock(), load_secret(Path(plan.data_dir), environ)
    services = Services(
        engine=engine,
        secret=secret,
        clock=clock,
        rules=push_rules(secret),
        brand=plan.brand,
        link_origin=plan.link_origin,
        metrics=Metrics(),
        enrolments=AttemptLimit(_ENROLMENTS, _ENROLMENT_SPAN_MS),
        external=load_systems(Path(plan.data_dir), environ, clock),
    )
    secure = plan.link_origin.startswith("https://")
    site = Site(plan.brand, plan.company, plan.contact, secure=secure, proxies=plan.proxies)
    landing = landing_routes(landing_services(engine, secret, site, clock))
    return create_app(services, landing, threads=THREADS, gate=GATE.shared_by(plan.workers))


def worker_app() -> Starlette:
    """The application of one worker process, from the plan in its environment."""
    log_to_stderr()
    plan = msgspec.json.decode(os.environ[_PLAN_VARIABLE], type=Plan)
    app = build_app(plan, make_engine(plan.url, pool_size=_POOL), os.environ)
    if sys.platform != "win32":
        signal.signal(signal.SIGUSR1, lambda *_: _release(app))
    _spare_the_collector()
    return app


def _spare_the_collector() -> None:
    """Let Python look for cycles less often, and never again among what stays for the life of the process.

    A page of records is some thousand objects without a cycle: looking through them at every 700 new ones was a third
    of the page's processor time (measured: 9.5 against 6.6 ms a page of 1,000).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def _release(app: Starlette) -> None:
    """Send the waiting PCs away: the server waits for everybody whom it has not answered."""
    front: Front = app.state.front
    front.heads.release()


def _plan(office: Office, args: argparse.Namespace, place: _Place) -> Plan:
    given = {name: value for name in ("brand", "company", "contact", "link_origin") if (value := getattr(args, name))}
    with office.engine.begin() as connection:
        write_settings(connection, given)
        settings = read_settings(connection)
    brand = settings["brand"] or "导购台"
    return Plan(
        url=office.url,
        data_dir=str(office.data_dir),
        brand=brand,
        company=settings["company"] or brand,
        contact=settings["contact"],
        link_origin=(settings["link_origin"] or place.origin).rstrip("/"),
        proxies=args.proxies,
        workers=args.workers,
    )


async def _serve_here(app: Starlette, place: _Place) -> None:
    """Serve in this process until a signal comes."""
    server = Server(
        app,
        address=place.host,
        port=place.port,
        interface=Interfaces.ASGI,
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        log_enabled=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()

    def stop() -> None:
        _release(app)
        server.stop()  # type: ignore[no-untyped-call]  # granian ships no types

    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)
    await server.serve()


class _Workers(Granian):  # type: ignore[misc,valid-type]  # chosen by granian at run time, without types
    """Worker processes that let their waiting PCs go before they stop."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop them all."""
        if sys.platform != "win32":
            for worker in multiprocessing.active_children():
                if worker.pid is not None:
                    os.kill(worker.pid, signal.SIGUSR1)
            # A worker that is told to stop in the same moment stops its loop before these answers have left, and then
            # waits for them until it is killed.
            time.sleep(_PARTING_S)
        super().shutdown(exit_code)


def _serve_many(plan: Plan, place: _Place, workers: int) -> None:
    """Serve in worker processes; this one watches over them."""
    os.environ[_PLAN_VARIABLE] = msgspec.json.encode(plan).decode()
    _Workers(
        f"{__name__}:worker_app",
        address=place.host,
        port=place.port,
        interface=Interfaces.ASGI,
        workers=workers,
        factory=True,
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_enabled=False,
        log_level=LogLevels.error,
    ).serve()


@contextlib.contextmanager
def _announced(place: _Place, ready_file: Path | None) -> Iterator[None]:
    """Print one line (and write `ready_file`) as soon as the office answers."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_POLL_S):
            if _answers(place.origin):
                line = msgspec.json.encode({"event": "ready", "origin": place.origin, "pid": os.getpid()}).decode()
                if ready_file is not None:
                    fresh = ready_file.with_name(f".{ready_file.name}.new")
                    fresh.write_text(line, "utf-8")
                    fresh.replace(ready_file)
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
                return

    watcher = threading.Thread(target=watch, name="office-ready", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _answers(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP
    except (urllib.error.URLError, OSError):
        return False


def _allow_connections() -> None:
    """Let this process and its workers hold as many connections open as the system allows without asking."""
    if sys.platform == "win32":
        return  # there the limit is far away
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * _CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _check_port(place: _Place) -> None:
    """Say clearly that a port is taken, before anything is started."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as e:
            sentence = f"不能在 {place.host}:{place.port} 上监听: {e.strerror}。"
            raise GuideError("serve.port", sentence, "换一个 --port, 或用 --port 0。") from e
