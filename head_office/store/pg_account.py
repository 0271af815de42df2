"""Under which operating-system account the embedded PostgreSQL runs, and how a program is started under it.

PostgreSQL refuses to run as root. A root caller therefore runs it as the owner of the existing cluster, else as
the owner of the data folder, else as `postgres` or `nobody`. Folder modes above the data folder are never
changed: where the account cannot reach the program or the data (a checkout below /root, a private temp folder),
the server gets one ambient capability instead, the weakest that a trial shows to be enough (capabilities(7)).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide_app.base.errors import GuideError
from head_office.store.pg_binaries import Binaries

_SYSTEM_USERS = ("postgres", "nobody")
# Weakest first: read and search only covers folders that are shut, override also files without read or exec bits.
_CAPABILITIES = ("dac_read_search", "dac_override")
_PROBE = 'for d in "$1" "$2"; do cd "$d" || exit 1; done; : <"$3" && exec "$0" --bindir'


@dataclass(frozen=True)
class Account:
    """An OS user for the server. `uid` None means: the caller's own, nothing to switch."""

    name: str
    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def command(self, argv: Sequence[str]) -> list[str]:
        """`argv`, preceded by what switches to this account where `popen_options` alone cannot."""
        return [*self.prefix, *argv]

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess` that go with `command`."""
        if self.uid is None or self.prefix:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand `path` with everything in it to this account; does nothing for the caller's own."""
        if self.uid is None or self.gid is None:
            return
        for entry in (path, *path.rglob("*")):
            os.chown(entry, self.uid, self.gid, follow_symlinks=False)


def clean_environment() -> dict[str, str]:
    """Environment for PostgreSQL's programs: no PG* variable and no locale of the caller leaks in."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
    return {"LC_ALL": "C", "TZ": "UTC"} | {name: os.environ[name] for name in kept if name in os.environ}


def caller_name() -> str:
    """OS user name of this process, as PostgreSQL's peer authentication sees it. Raises GuideError."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "")
    import pwd  # noqa: PLC0415 - does not exist on Windows

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as e:
        raise GuideError(
            "postgres.no_account",
            f"用户编号 {os.geteuid()} 在本机没有用户名, PostgreSQL 无法以它运行。",
            "请用有用户名的账号运行, 或以 --database 指定现有的 PostgreSQL。",
        ) from e


def choose_account(cluster: Path, socket_base: Path, binaries: Binaries) -> Account:
    """The account to run the server of `cluster` under; `cluster`'s parent and `socket_base` must exist.

    Raises GuideError where a root caller finds no account that reaches both.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return Account(caller_name())
    account = _account_for_root(cluster)
    for prefix in _ways(account):
        candidate = Account(account.name, account.uid, account.gid, prefix)
        if _reaches(candidate, cluster.parent, socket_base, binaries):
            return candidate
    raise GuideError(
        "postgres.unreachable",
        f"PostgreSQL 不能以 root 运行; 用户 {account.name} 又进不了 {cluster.parent} 或 {binaries.folder}。",
        "请换一个数据文件夹, 或用普通用户运行。",
    )


def _account_for_root(cluster: Path) -> Account:
    import pwd  # noqa: PLC0415 - does not exist on Windows

    for folder in (cluster, cluster.parent):
        if folder.exists() and (owner := folder.stat().st_uid) != 0:
            try:
                entry = pwd.getpwuid(owner)
            except KeyError:  # the owner's account is gone; PostgreSQL needs one with a name
                continue
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in _SYSTEM_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise GuideError(
        "postgres.no_account",
        "PostgreSQL 不能以 root 运行, 而本机没有 postgres 或 nobody 用户。",
        "请用普通用户运行。",
    )


def _ways(account: Account) -> list[tuple[str, ...]]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return [()]
    switch = (setpriv, f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups")
    # Without the securebit access(2) ignores ambient capabilities, and PostgreSQL asks access(2) about itself.
    kept = "--securebits=+no_setuid_fixup"
    return [
        (),
        *((*switch, kept, f"--inh-caps=+{cap}", f"--ambient-caps=+{cap}", "--") for cap in _CAPABILITIES),
    ]


def _reaches(account: Account, data_dir: Path, socket_base: Path, binaries: Binaries) -> bool:
    """Try it: enter the folders, read the catalogue template, run a program that locates itself."""
    argv = ["/bin/sh", "-c", _PROBE, str(binaries.program("pg_config"))]
    argv += [str(data_dir), str(socket_base), str(binaries.catalogue)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed script and our own paths
            account.command(argv),
            env=clean_environment(),
            capture_output=True,
            check=False,
            cwd="/",
            **account.popen_options(),
        )
    except PermissionError:  # a container without the right to switch accounts
        return False
    return done.returncode == 0
