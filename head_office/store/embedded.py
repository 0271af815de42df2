"""A PostgreSQL of the office's own, for where none is configured: one folder holds everything.

    <data_dir>/cluster/     the cluster itself, mode 0700, owned by the account the server runs as
    <data_dir>/owner.lock   held by the process that started the server, for as long as that lives
    <data_dir>/start.log    the server's first words; later ones are in cluster/log, kept for a week
    <data_dir>/password     loopback mode only (Windows): the password of this server, mode 0600

Whoever starts the server stops it; any other process that opens the same folder meanwhile attaches to the running
server and leaves it alone. If the owner is killed, the server shuts down by itself.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from guide_app.base.errors import GuideError
from head_office.store import pg_cluster, pg_process
from head_office.store.file_lock import FileLock
from head_office.store.pg_account import Account, choose_account
from head_office.store.pg_address import LOOPBACK, Address, answers, ensure_database, url_of
from head_office.store.pg_binaries import find_binaries

_SOCKET_PREFIX = "guide-pg-"
_SOCKET_PORT = 5432  # only part of the socket's file name
_LONGEST_SOCKET = 103  # bytes of a path in sockaddr_un: 107 on Linux, 103 on macOS and the BSDs
_PASSWORD_BYTES = 24
_POLL_S = 0.02


class EmbeddedPostgres:
    """The PostgreSQL of `data_dir`, started or attached to by `start`; also a context manager.

    `durable=False` gives up safety against power cuts for speed (tests, throw-away demos). `loopback` listens on
    127.0.0.1 with a password instead of on a private Unix socket with peer authentication. `settings` are
    PostgreSQL parameters for a server that this object starts. Not thread-safe; not for use after a fork.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        loopback: bool = sys.platform == "win32",
        settings: Mapping[str, str] | None = None,
        patience_s: float = 30.0,
    ) -> None:
        self._data_dir = data_dir.absolute()
        self._cluster = self._data_dir / "cluster"
        self._durable = durable
        self._loopback = loopback
        self._settings = dict(settings or {})
        self._patience_s = patience_s
        self._lock = FileLock(self._data_dir / "owner.lock")
        self._server: pg_process.ServerProcess | None = None
        self._socket_dir: Path | None = None
        self._url: str | None = None

    @property
    def owned(self) -> bool:
        """Whether this object started the server and so will stop it."""
        return self._server is not None

    def start(self) -> str:
        """Start the server, or attach to the one that another process runs on this folder.

        Returns the SQLAlchemy URL (`postgresql+psycopg://…`) of the office's database, with an own role that is
        no superuser but may create databases. Raises GuideError with the reason.
        """
        if self._url is not None:
            raise RuntimeError("already started")
        _make_folder(self._data_dir)
        deadline = time.monotonic() + self._patience_s
        while self._url is None:
            if self._try_lock():
                self._url = self._launch_locked()
            elif (address := self._running()) is not None:
                self._url = url_of(address)
            elif time.monotonic() > deadline:
                raise GuideError(
                    "postgres.busy",
                    f"另一个程序正在启动或停止 {self._data_dir} 的 PostgreSQL, 等了 {self._patience_s:.0f} 秒。",
                    "请稍后再试。",
                )
            else:
                time.sleep(_POLL_S)
        return self._url

    def stop(self) -> None:
        """Stop the server if this object started it; sessions are cut. Else only forget it. May be repeated."""
        self._url = None
        if self._server is None:
            return
        server, self._server = self._server, None
        try:
            server.stop(self._patience_s)
        finally:
            self._drop_socket_dir()
            self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The URL that `start` returned. Raises RuntimeError when not started."""
        if self._url is None:
            raise RuntimeError("not started")
        return self._url

    def _try_lock(self) -> bool:
        try:
            return self._lock.acquire()
        except OSError as e:
            raise self._folder_error(e) from e

    def _launch_locked(self) -> str:
        try:
            return self._launch()
        except BaseException as e:
            self._drop_socket_dir()
            self._lock.release()
            if isinstance(e, OSError):
                raise self._folder_error(e) from e
            raise

    def _folder_error(self, cause: OSError) -> GuideError:
        return GuideError(
            "postgres.folder",
            f"无法使用数据文件夹 {self._data_dir}: {cause.strerror or cause}。",
            "请检查它的所有者、权限与剩余空间。",
        )

    def _launch(self) -> str:
        self._socket_dir = self._stale_socket_dir()
        pg_process.end_ownerless(self._cluster, self._patience_s)
        self._drop_socket_dir()
        binaries = find_binaries(pg_cluster.cluster_version(self._cluster))
        base = _socket_base(self._data_dir)
        account = choose_account(self._cluster, base, binaries)
        password = self._password() if self._loopback else None
        if pg_cluster.cluster_version(self._cluster) is None:
            pg_cluster.create_cluster(self._cluster, binaries, account, password=password, durable=self._durable)
        elif account.uid is not None and self._cluster.stat().st_uid != account.uid:
            account.own(self._cluster)  # copied or restored by root
        address = Address(LOOPBACK, _free_port(), password) if self._loopback else self._new_socket(base, account)
        pg_cluster.prune_logs(self._cluster, time.time())
        pg_cluster.write_settings(self._cluster, account, address, durable=self._durable)
        start_log = self._data_dir / "start.log"
        server = pg_process.start_server(
            pg_process.Launch(self._cluster, binaries, account, self._settings, start_log, self._socket_dir)
        )
        server.wait_ready(self._patience_s)
        try:
            ensure_database(address)
        except BaseException as e:
            server.stop(self._patience_s)
            if isinstance(e, psycopg.OperationalError):
                raise GuideError(
                    "postgres.refused",
                    f"{self._data_dir} 的 PostgreSQL 拒绝连接: {e}",
                    "请检查该目录的权限, 或看其中的日志。",
                ) from e
            raise
        self._server = server
        return url_of(address)

    def _new_socket(self, base: Path, account: Account) -> Address:
        self._socket_dir = Path(tempfile.mkdtemp(prefix=_SOCKET_PREFIX, dir=base))  # mode 0700
        account.own(self._socket_dir)
        return Address(str(self._socket_dir), _SOCKET_PORT)

    def _stale_socket_dir(self) -> Path | None:
        """The socket folder of a server that was killed, if it is one of ours."""
        entry = pg_cluster.read_pid_file(self._cluster)
        if entry is None or not entry.socket_dir:
            return None
        folder = Path(entry.socket_dir)
        return folder if folder.name.startswith(_SOCKET_PREFIX) and folder.is_dir() else None

    def _drop_socket_dir(self) -> None:
        if self._socket_dir is None:
            return
        with suppress(FileNotFoundError):  # a dead owner's watcher may be clearing up at the same moment
            shutil.rmtree(self._socket_dir)
        self._socket_dir = None

    def _running(self) -> Address | None:
        """Where the server of the process that holds the lock listens; None while it does not take connections."""
        try:
            entry = pg_cluster.read_pid_file(self._cluster)
            if entry is None or not entry.ready:
                return None
            private = bool(entry.socket_dir)
            password = None if private else (self._data_dir / "password").read_text("utf-8")
        except PermissionError as e:
            raise GuideError(
                "postgres.folder",
                f"{self._data_dir} 的 PostgreSQL 由另一个用户运行。",
                "请用同一用户或 root 运行。",
            ) from e
        address = Address(entry.socket_dir if private else LOOPBACK, entry.port, password)
        return address if answers(address) else None

    def _password(self) -> str:
        path = self._data_dir / "password"
        if not path.exists():
            # Written beside and renamed: a half-written password would lock the cluster for ever.
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(secrets.token_urlsafe(_PASSWORD_BYTES))
            fresh.replace(path)
        return path.read_text("utf-8")


def _make_folder(data_dir: Path) -> None:
    """Make the data folder if it is missing; an existing one keeps its mode."""
    try:
        if data_dir.is_dir():
            return
        data_dir.mkdir(parents=True)
        # The server's account must pass through on its way to the cluster, which is closed to all others.
        data_dir.chmod(0o711 if sys.platform != "win32" and os.geteuid() == 0 else 0o700)
    except OSError as e:
        raise GuideError(
            "postgres.folder", f"无法建立数据文件夹 {data_dir}: {e.strerror}。", "请检查路径与权限。"
        ) from e


def _socket_base(data_dir: Path) -> Path:
    """A folder for socket folders whose path is short enough: the system's, else the usual ones.

    Raises GuideError.
    """
    if sys.platform == "win32":
        return data_dir
    name = f"/{_SOCKET_PREFIX}12345678/.s.PGSQL.{_SOCKET_PORT}"
    places = [Path(place) for place in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp", "/run"))]  # noqa: S108 - mkdtemp makes a private folder below
    for place in places:
        fits = len(os.fsencode(place)) + len(name) <= _LONGEST_SOCKET
        if fits and place.is_dir() and os.access(place, os.W_OK | os.X_OK):
            return place
    raise GuideError(
        "postgres.socket",
        f"没有可写且路径够短的临时文件夹来放 PostgreSQL 的套接字 (试过 {'、'.join(map(str, places))})。",
        "请用 TMPDIR 指定一个。",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
