"""Starts the two programs as processes of their own within milliseconds, and lets each meet its doom.

It imports both programs once and forks for every order, before any thread or connection exists; the child then runs
the very `main` that the command does. Orders come as JSON lines on standard input and are answered one by one.
"""

from __future__ import annotations

import importlib
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable

import msgspec
from msgspec import Struct

from tests.faults.crash_points import Doom, meet
from tests.helpers import network

_PROGRAMS = {"guide": "guide_app.cli.main", "head-office": "head_office.__main__"}
_LOADED_EARLY = (
    "alembic.command",
    "guide_app.cli.book",
    "guide_app.cli.care",
    "guide_app.cli.counter",
    "guide_app.cli.link",
    "guide_app.cli.office",
    "guide_app.cli.transfer",
    "guide_app.flows.desk",
    "guide_app.store.backup",
    "guide_app.store.search",
    "head_office.cli.archive",
    "head_office.cli.serving",
    "head_office.cli.verbs",
    "pypinyin",
)
_CRASHED = 70


class Start(Struct, frozen=True, tag="start"):
    """Start a program with these words; its input is `stdin`, its output and errors go to files."""

    program: str
    words: list[str]
    environ: dict[str, str]
    stdin: str
    out: str
    err: str
    doom: Doom


class Wait(Struct, frozen=True, tag="wait"):
    """Wait for a process; killed after `seconds`."""

    pid: int
    seconds: float


class Send(Struct, frozen=True, tag="send"):
    """Send a signal to a process."""

    pid: int
    signal: int


class Done(Struct, frozen=True):
    """The answer to any order: the process, and how it ended (exit code, or minus the signal)."""

    pid: int
    code: int | None = None


def serve() -> None:
    """Carry out orders until standard input ends; then kill what is left."""
    network.shut_outside()
    programs = {name: importlib.import_module(module).main for name, module in _PROGRAMS.items()}
    for module in _LOADED_EARLY:
        importlib.import_module(module)
    alive: set[int] = set()
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Start | Wait | Send)
        if isinstance(order, Start):
            pid = _start(programs[order.program], order)
            alive.add(pid)
            done = Done(pid)
        elif isinstance(order, Wait):
            done = Done(order.pid, _wait(order))
            alive.discard(order.pid)
        else:
            os.kill(order.pid, order.signal)
            done = Done(order.pid)
        sys.stdout.buffer.write(msgspec.json.encode(done) + b"\n")
        sys.stdout.buffer.flush()
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _start(main: Callable[[list[str]], int], order: Start) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = _CRASHED
    try:
        _take_place(order)
        meet(order.doom)
        code = int(main(order.words) or 0)
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 1
    except BaseException:  # noqa: BLE001 - the child ends here whatever it was
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _take_place(order: Start) -> None:
    made = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for path, mode, number in ((order.stdin, os.O_RDONLY, 0), (order.out, made, 1), (order.err, made, 2)):
        handle = os.open(path, mode, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os.environ.update(order.environ)


def _wait(order: Wait) -> int:
    watched = os.pidfd_open(order.pid)
    try:
        if not select.select([watched], [], [], order.seconds)[0]:
            os.kill(order.pid, signal.SIGKILL)
    finally:
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(order.pid, 0)[1])


if __name__ == "__main__":
    serve()
