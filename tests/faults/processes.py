"""The two programs as processes that can be killed anywhere, and what they said."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.crash_points import Doom
from tests.faults.fork_server import Done, Send, Start, Wait

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 60.0
NO_DOOM = Doom()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its exit code or, when killed, minus the signal; what it printed."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether it was killed and did not end by itself."""
        return self.code == -signal.SIGKILL

    @property
    def doc(self) -> dict[str, Any]:
        """The JSON document that it printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(slots=True)
class Running:
    """A program under way."""

    server: Programs
    pid: int
    out: Path
    err: Path
    ended: Ended | None = None

    def wait(self, seconds: float = _PATIENCE_S) -> Ended:
        """How it ended; killed after `seconds`."""
        if self.ended is None:
            code = self.server.order(Wait(self.pid, seconds)).code
            if code is None:
                raise AssertionError("a wait is answered with how it ended")
            out = "" if self.out.is_fifo() else self.out.read_text("utf-8")
            self.ended = Ended(code, out, self.err.read_text("utf-8"))
        return self.ended

    def kill(self) -> Ended:
        """Kill it as a power cut would end it, as far as the program can tell."""
        if self.ended is None:
            self.server.order(Send(self.pid, signal.SIGKILL))
        return self.wait()


class Programs:
    """Starts `guide` and `head-office` in processes of their own, within milliseconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        command = [sys.executable, "-m", "tests.faults.fork_server"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)

    def close(self) -> None:
        """Kill what is left and end."""
        if self._server.stdin is None or self._server.stdout is None:
            raise AssertionError("the server was started with pipes")
        self._server.stdin.close()
        self._server.wait(_PATIENCE_S)
        self._server.stdout.close()

    def order(self, order: Start | Wait | Send) -> Done:
        """Give an order to the server of processes."""
        if self._server.stdin is None or self._server.stdout is None:
            raise AssertionError("the server was started with pipes")
        self._server.stdin.write(msgspec.json.encode(order) + b"\n")
        self._server.stdin.flush()
        return msgspec.json.decode(self._server.stdout.readline(), type=Done)

    def start(
        self,
        program: str,
        words: list[str],
        environ: dict[str, str],
        doom: Doom = NO_DOOM,
        *,
        stdin: str = "",
        out: Path | None = None,
    ) -> Running:
        """Start a program, whose output goes to `out`; it is under way when this returns."""
        out, err, given = out or self.file("out"), self.file("err"), self.file("in")
        given.write_text(stdin, "utf-8")
        order = Start(program, words, environ, str(given), str(out), str(err), doom)
        return Running(self, self.order(order).pid, out, err)

    def file(self, ending: str) -> Path:
        """A path that nobody else has."""
        self._count += 1
        return self._folder / f"{self._count}.{ending}"


@dataclass(frozen=True, slots=True)
class OfficeProgram:
    """`head-office` over one database."""

    programs: Programs
    database: str
    folder: Path

    def run(self, *verb: str | Path, code: int = 0) -> dict[str, Any]:
        """A verb; returns its document."""
        ended = self._start([*map(str, verb)], NO_DOOM).wait()
        assert ended.code == code, (verb, ended)
        return ended.doc

    def serve(self, doom: Doom = NO_DOOM, port: int = 0) -> tuple[Running, str]:
        """Serve; returns the process and its origin as soon as it answers."""
        ready = self.programs.file("ready")
        os.mkfifo(ready)
        heard = os.open(ready, os.O_RDONLY | os.O_NONBLOCK)
        try:
            running = self._start(["serve", "--port", str(port)], doom, ready)
            if not select.select([heard], [], [], _PATIENCE_S)[0] or not (line := os.read(heard, 4096)):
                raise AssertionError(f"the office did not come up: {running.kill()}")
        finally:
            os.close(heard)
        return running, str(json.loads(line)["origin"])

    @contextmanager
    def serving(self, doom: Doom = NO_DOOM) -> Iterator[str]:
        """Serve for the length of a `with` block; yields the origin."""
        running, origin = self.serve(doom)
        try:
            yield origin
        finally:
            running.kill()

    def _start(self, verb: list[str], doom: Doom, out: Path | None = None) -> Running:
        words = ["--database", self.database, "--data-dir", str(self.folder), "--json", *verb]
        return self.programs.start("head-office", words, {}, doom, out=out)
