"""Kinto and PouchDB as sync systems of their own: a server process each, and a client that does one work at a time.

Kinto runs over a PostgreSQL of the same make and settings as the head office's. Installed by `make bench-peers`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers import PROGRAMS, PYTHON
from bench.report import Bench
from bench.scene import Wiretap
from head_office.store.embedded import EmbeddedPostgres

_POUCH = Path(".cache/peers/pouch")
_WORKERS, _THREADS = "2", "2"
_READY_S, _WORK_S, _STOP_S = 60.0, 900, 20
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Rival:
    """A running server and the program that syncs with it; `folder` is for the program's own files."""

    name: str
    address: tuple[str, int]
    program: tuple[str, ...]
    environ: Mapping[str, str]
    folder: Path

    def ask(self, work: str, book: str, file: Path, origin: str | None = None) -> dict[str, Any]:
        """What the program measured at `work` on the records of `file`. Raises AssertionError with what it said."""
        host, port = self.address
        arguments = (work, origin or f"http://{host}:{port}", book, str(file), str(self.folder))
        done = subprocess.run(
            [*self.program, *arguments],
            capture_output=True, text=True, timeout=_WORK_S, check=False, env={**os.environ, **self.environ},
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"{self.name}, {work}: {done.stderr.strip()[-400:]}")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def push_rate(self, file: Path, times: int) -> float:
        """Records a second from the client to a new book, the best of so many."""
        return max(_rate(self.ask("push", f"timed-{n}", file)) for n in range(times))

    def pull_rate(self, file: Path, times: int) -> float:
        """Records a second from the last pushed book to an empty client, the best of so many."""
        return max(_rate(self.ask("pull", f"timed-{times - 1}", file)) for _ in range(times))

    def bytes_each(self, work: str, book: str, file: Path) -> float:
        """Bytes on the wire a record, both ways."""
        with Wiretap(self.address) as tap:
            found = self.ask(work, book, file, tap.origin)
        return float((tap.up + tap.down) / found["records"])


def _rate(found: Mapping[str, Any]) -> float:
    return float(found["records"] / found["seconds"])


@contextmanager
def rivals(bench: Bench, folder: Path) -> Iterator[list[Rival]]:
    """Those that are installed, serving; a line for each that is not."""
    with ExitStack() as stack:
        running: list[Rival] = []
        if (PYTHON.parent / "granian").exists():
            running.append(stack.enter_context(_kinto(folder / "kinto")))
        else:
            bench.skip("Kinto", "not installed; `make bench-peers` installs it")
        node = shutil.which("node")
        if node and (_POUCH / "node_modules").exists():
            running.append(stack.enter_context(_pouch(folder / "pouch", node)))
        else:
            bench.skip("PouchDB", "not installed; `make bench-peers` installs it where there is npm")
        yield running


@contextmanager
def _kinto(folder: Path) -> Iterator[Rival]:
    folder.mkdir(parents=True)
    with EmbeddedPostgres(folder / "pg", loopback=True) as server:
        environ = {"KINTO_STORAGE": server.url.replace("+psycopg", ""), "PYTHONPATH": str(PROGRAMS)}
        made = (str(PYTHON), "-W", "ignore", str(PROGRAMS / "kinto_app.py"))
        subprocess.run(made, check=True, capture_output=True, env={**os.environ, **environ})
        port = _free_port()
        serve = (
            str(PYTHON.parent / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", _WORKERS,
            "--blocking-threads", _THREADS, "--no-ws", "--log-level", "error", "kinto_app:application",
        )  # fmt: skip
        with _serving(serve, environ, port, folder / "log.txt") as address:
            yield Rival("Kinto", address, (str(PYTHON), str(PROGRAMS / "kinto_sync.py")), environ, folder)


@contextmanager
def _pouch(folder: Path, node: str) -> Iterator[Rival]:
    stored, own = folder / "server", folder / "client"
    for made in (stored, own):
        made.mkdir(parents=True)
    environ = {"NODE_PATH": str((_POUCH / "node_modules").absolute())}
    programs, port = PROGRAMS / "pouch", _free_port()
    serve = (node, str(programs / "server.js"), str(port), str(stored))
    with _serving(serve, environ, port, folder / "log.txt") as address:
        yield Rival("PouchDB", address, (node, str(programs / "sync.js")), environ, own)


@contextmanager
def _serving(command: tuple[str, ...], environ: Mapping[str, str], port: int, log: Path) -> Iterator[tuple[str, int]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environ})
    try:
        _wait(process, port, log)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(_POLL_S)  # nothing tells when another's program listens
        else:
            return
    raise AssertionError(f"did not come up: {log.read_text('utf-8', 'replace')[-400:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
