"""The files of one PostgreSQL cluster: making it, its settings, and the pid file that says how it is reached."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guide_app.base.errors import GuideError
from head_office.store.pg_account import Account, caller_name, clean_environment
from head_office.store.pg_address import LOOPBACK, ROLE, SUPERUSER, Address
from head_office.store.pg_binaries import Binaries

_NEW = "new-"
_MAIN_CONF = "include 'office.conf'  # rewritten at each start\n# Settings of this machine go below; they win.\n"

# What the office relies on. The log settings keep personal data out of the server's log: neither the text of a
# failing statement, nor its parameters, nor the DETAIL line that quotes the offending row.
_SETTINGS = {
    "cluster_name": "head-office",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_recycle": "off",  # a recycled segment keeps the rows of erased people on disk until it is overwritten
    "min_wal_size": "32MB",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",  # seven files, each overwritten after a week
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_file_mode": "0600",
    "log_line_prefix": "%m [%p] %a ",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_LOG_KEPT_S = 6 * 86_400
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PidFile:
    """What a running server wrote into `postmaster.pid` (PostgreSQL's `miscadmin.h` numbers the lines)."""

    pid: int
    port: int
    socket_dir: str
    listen: str
    ready: bool


_PID_FILE_LINES = 8


def read_pid_file(cluster: Path) -> PidFile | None:
    """The running server's entry, or None where there is none or it is not complete yet."""
    try:
        lines = (cluster / "postmaster.pid").read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) < _PID_FILE_LINES:
        return None
    return PidFile(int(lines[0]), int(lines[3]), lines[4].strip(), lines[5].strip(), lines[7].strip() == "ready")


def cluster_version(cluster: Path) -> int | None:
    """PostgreSQL major version that wrote the cluster; None if there is no cluster yet."""
    try:
        return int((cluster / "PG_VERSION").read_text("ascii"))
    except FileNotFoundError:
        return None


def create_cluster(cluster: Path, binaries: Binaries, account: Account, *, password: str | None, durable: bool) -> None:
    """Make a new cluster, so that it is either complete or not there at all. Raises GuideError.

    UTF-8, PostgreSQL's built-in C.UTF-8 locale (code-point order, the same on every system), page checksums.
    """
    for left_over in cluster.parent.glob(f"{_NEW}*"):
        shutil.rmtree(left_over)
    workplace = Path(tempfile.mkdtemp(prefix=_NEW, dir=cluster.parent))
    fresh = workplace / "cluster"
    fresh.mkdir(mode=0o700)
    if password is not None:
        (workplace / "password").write_text(password, "utf-8")
    account.own(workplace)
    _initdb(fresh, workplace / "password" if password is not None else None, binaries, account, durable=durable)
    (fresh / "postgresql.conf").write_text(_MAIN_CONF, "utf-8")
    fresh.rename(cluster)
    shutil.rmtree(workplace)


def _initdb(folder: Path, password_file: Path | None, binaries: Binaries, account: Account, *, durable: bool) -> None:
    argv = [str(binaries.program("initdb")), "-D", str(folder), "-U", SUPERUSER, "-E", "UTF8", "-k"]
    argv += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    argv += ["-A", "peer"] if password_file is None else ["-A", "scram-sha-256", f"--pwfile={password_file}"]
    argv += [] if durable else ["--no-sync"]
    done = subprocess.run(  # noqa: S603 - the wheel's own program
        account.command(argv),
        env=clean_environment(),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=folder.parent,
        **account.popen_options(),
    )
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip()
        raise GuideError("postgres.initdb", f"无法在 {folder.parent.parent} 建立数据库: {words}", "请检查磁盘与权限。")


def prune_logs(cluster: Path, now_s: float) -> None:
    """Delete server logs of last week's days (`now_s`: seconds since 1970).

    PostgreSQL empties a weekday's file only if it runs over midnight, which a machine shut down each night never does.
    """
    for log in (cluster / "log").glob("*.log"):
        if now_s - log.stat().st_mtime > _LOG_KEPT_S:
            log.unlink()


def write_settings(cluster: Path, account: Account, address: Address, *, durable: bool) -> None:
    """Write our settings and access rules anew, for this start's account and address."""
    private = address.password is None
    settings = dict(_SETTINGS) | ({} if durable else _THROW_AWAY)
    settings |= {
        "listen_addresses": "" if private else address.host,
        "unix_socket_directories": address.host if private else "",
        "unix_socket_permissions": "0700",
        "port": str(address.port),
    }
    _replace(cluster / "office.conf", _conf(settings), account)
    _replace(cluster / "pg_hba.conf", _access_rules(private=private), account)
    _replace(cluster / "pg_ident.conf", _user_map(), account)


def _conf(settings: Mapping[str, str]) -> str:
    return "".join("{} = '{}'\n".format(name, value.replace("'", "''")) for name, value in settings.items())


def _access_rules(*, private: bool) -> str:
    if private:
        return f"local all {ROLE},{SUPERUSER} peer map=office\n"
    return f"host all {ROLE},{SUPERUSER} {LOOPBACK}/32 scram-sha-256\n"


def _user_map() -> str:
    """Who may connect through the socket: the account that runs the office, and root."""
    users = dict.fromkeys((caller_name(), "root"))
    return "".join(f'office "{user}" {role}\n' for user in users for role in (ROLE, SUPERUSER))


def _replace(path: Path, text: str, account: Account) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.chmod(0o600)
    account.own(fresh)
    fresh.replace(path)
