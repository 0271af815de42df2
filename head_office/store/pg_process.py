"""The server process of one cluster: starting it, watching that it does not outlive us, stopping it."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil  # type: ignore[import-untyped]  # ships no types

from guide_app.base.errors import GuideError
from head_office.store.pg_account import Account, clean_environment
from head_office.store.pg_binaries import Binaries
from head_office.store.pg_cluster import PidFile, read_pid_file

_log = logging.getLogger(__name__)
_POLL_S = 0.005
_IMMEDIATE_S = 5.0
_TAIL_CHARACTERS = 800
# Ends quietly when told so by a line. When our end of the pipe is gone, however we died, it asks for a fast shutdown
# and takes the socket folder away as soon as the server has emptied it.
_WATCH = """
read -r _ && exit
kill -INT "$0"
n=0
while [ -d "$1" ] && ! rmdir "$1" && [ $n -lt 600 ]; do n=$((n + 1)); sleep 0.1; done
"""


class ServerProcess(Protocol):
    """A started PostgreSQL that belongs to this process."""

    def wait_ready(self, seconds: float) -> None:
        """Return once it takes connections. Raises GuideError with the server's own words if it does not."""

    def stop(self, seconds: float) -> None:
        """Fast shutdown: sessions are cut, everything committed is on disk. Raises GuideError."""


@dataclass(frozen=True)
class Launch:
    """What a server is started with.

    Its first words go to the file `start_log`, later ones to `cluster/log`. `settings` win over the cluster's
    files. `socket_dir` is the folder made for its socket, None if it listens on loopback.
    """

    cluster: Path
    binaries: Binaries
    account: Account
    settings: Mapping[str, str]
    start_log: Path
    socket_dir: Path | None


class PosixServer:
    """`postgres` as our child, with a watcher that stops it if this process is killed."""

    def __init__(self, launch: Launch) -> None:
        account = launch.account
        argv = [str(launch.binaries.program("postgres")), "-D", str(launch.cluster)]
        for name, value in launch.settings.items():
            argv += ["-c", f"{name}={value}"]
        self._cluster = launch.cluster
        self._start_log = launch.start_log
        # Sessions of their own: Ctrl-C in a terminal must reach the office first, which then stops the server.
        with launch.start_log.open("wb") as log:
            self._server = subprocess.Popen(  # noqa: S603 - the wheel's own program
                account.command(argv),
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **account.popen_options(),
            )
        self._watcher = subprocess.Popen(  # noqa: S603 - a fixed script
            account.command(["/bin/sh", "-c", _WATCH, str(self._server.pid), str(launch.socket_dir or "")]),
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **account.popen_options(),
        )

    def wait_ready(self, seconds: float) -> None:
        """See `ServerProcess`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._server.poll() is not None:
                break
            entry = read_pid_file(self._cluster)
            if entry is not None and entry.ready and entry.pid == self._server.pid:
                return
            time.sleep(_POLL_S)
        self.stop(seconds)
        raise not_started(self._cluster, self._start_log)

    def stop(self, seconds: float) -> None:
        """See `ServerProcess`; after the patience an immediate shutdown, repaired at the next start."""
        try:
            self._end_server(seconds)
        finally:
            self._dismiss_watcher()

    def _end_server(self, seconds: float) -> None:
        for sign, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, _IMMEDIATE_S)):
            if self._server.poll() is None:
                self._server.send_signal(sign)
            try:
                self._server.wait(patience)
            except subprocess.TimeoutExpired:
                _log.warning("PostgreSQL %d did not stop within %s s", self._server.pid, patience)
                continue
            return
        raise not_stopped(self._cluster, self._server.pid)

    def _dismiss_watcher(self) -> None:
        if self._watcher.stdin is None:
            raise AssertionError("the watcher was started with a pipe")
        try:
            self._watcher.stdin.write(b"\n")
            self._watcher.stdin.close()
        except BrokenPipeError:  # somebody ended the watcher; there is nobody to dismiss
            _log.warning("the watcher of PostgreSQL %d was gone", self._server.pid)
        self._watcher.wait()


class WindowsServer:
    """`pg_ctl` starts and stops it: it gives up an administrator's rights, which `postgres` refuses to have."""

    def __init__(self, launch: Launch) -> None:
        self._cluster = launch.cluster
        self._control = str(launch.binaries.program("pg_ctl"))
        self._account = launch.account
        self._start_log = launch.start_log
        self._options = " ".join(f'-c "{name}={value}"' for name, value in launch.settings.items())

    def wait_ready(self, seconds: float) -> None:
        """See `ServerProcess`."""
        argv = ["start", "-w", "-t", str(int(seconds)), "-l", str(self._start_log), "-o", self._options]
        if self._run(*argv).returncode:
            raise not_started(self._cluster, self._start_log)

    def stop(self, seconds: float) -> None:
        """See `ServerProcess`."""
        entry = read_pid_file(self._cluster)
        if entry is None:
            return
        for mode in ("fast", "immediate"):
            if self._run("stop", "-w", "-t", str(int(seconds)), "-m", mode).returncode == 0:
                return
        raise not_stopped(self._cluster, entry.pid)

    def _run(self, *argv: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - the wheel's own program
            self._account.command([self._control, "-D", str(self._cluster), *argv]),
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # no pipe: the server would inherit it and keep it open
            stderr=subprocess.DEVNULL,
            check=False,
        )


def start_server(launch: Launch) -> ServerProcess:
    """Start PostgreSQL; `wait_ready` says whether it came up."""
    return WindowsServer(launch) if sys.platform == "win32" else PosixServer(launch)


def end_ownerless(cluster: Path, seconds: float) -> None:
    """Stop a server on `cluster` whose owner is gone, and clear away a pid file that names somebody else.

    Only for the holder of the data folder's lock. After a crash nothing has to be done: PostgreSQL recovers by
    itself, unless the old process id belongs to another program by now, which it would take for a server.
    """
    entry = read_pid_file(cluster)
    if entry is None or not psutil.pid_exists(entry.pid):
        return
    if not _is_server_of(entry, cluster):
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        return
    _log.warning("PostgreSQL %d runs on %s without an owner; stopping it", entry.pid, cluster)
    try:
        process = psutil.Process(entry.pid)
        process.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
        process.wait(seconds)
    except psutil.NoSuchProcess:
        return
    except psutil.TimeoutExpired as e:
        raise not_stopped(cluster, entry.pid) from e


def _is_server_of(entry: PidFile, cluster: Path) -> bool:
    try:
        process = psutil.Process(entry.pid)
        return process.name().startswith("postgres") and Path(process.cwd()).samefile(cluster)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:  # another user's process, and our cluster's user would not be hidden from us
        return False


def not_started(cluster: Path, start_log: Path) -> GuideError:
    """The error of a server that does not come up, with the last words of its logs."""
    logs = [start_log, *sorted((cluster / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)[-1:]]
    words = "\n".join(log.read_text("utf-8", "replace")[-_TAIL_CHARACTERS:].strip() for log in logs if log.exists())
    return GuideError(
        "postgres.not_started", f"{cluster.parent} 的 PostgreSQL 没有启动:\n{words}", "日志在该文件夹中。"
    )


def not_stopped(cluster: Path, pid: int) -> GuideError:
    """The error of a server that stays although it was told to go."""
    return GuideError(
        "postgres.not_stopped",
        f"{cluster.parent} 的 PostgreSQL (进程 {pid}) 没有停止。",
        "请等它停下, 或看目录里的日志。",
    )
