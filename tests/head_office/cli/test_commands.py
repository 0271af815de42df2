"""The command line as scripts use it: real databases; real processes where the process is the point."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # its stubs are not among our packages
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.protocol.envelope import seal, unseal
from head_office.__main__ import main
from head_office.feed.check import check_feed
from head_office.store.engine import make_engine
from tests.head_office.kit import Pc, enrol_device, make_store, new_id, put_all, rows_of

PROGRAM = [sys.executable, "-m", "head_office"]


def _options(data_dir: Path, url: str) -> list[str]:
    return ["--data-dir", str(data_dir), *(["--database", url] if url else [])]


def _process(*arguments: str, data_dir: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    command = [*PROGRAM, *_options(data_dir, url), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def _run(*arguments: str, data_dir: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """The same without starting a process, which takes most of the time of a short verb."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([*_options(data_dir, url), *arguments])
        except SystemExit as e:  # the parser's
            code = e.code if isinstance(e.code, int) else 0
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def _json(*arguments: str, data_dir: Path, url: str = "") -> Any:
    done = _run("--json", *arguments, data_dir=data_dir, url=url)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextlib.contextmanager
def _serving(*arguments: str, data_dir: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A served office: its origin and its process, which is killed if the case leaves it running."""
    command = [*PROGRAM, "--data-dir", str(data_dir), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["event"] == "ready"
        yield ready["origin"], process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _fetch(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(url, data=body, headers=headers or {})  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=20) as reply:  # noqa: S310 - loopback
        plain = reply.read()
        sha = reply.headers["Guide-SHA256"]
        if sha:
            plain = unseal(plain, sha256=sha, encoding=reply.headers["Content-Encoding"], limit=1 << 26)
        return reply.status, plain


def test_the_embedded_office_serves_and_leaves_nothing_running(tmp_path: Path) -> None:
    ready_file = tmp_path / "ready.json"
    data_dir = tmp_path / "office"
    with _serving("serve", "--port", "0", "--ready-file", str(ready_file), data_dir=data_dir) as (origin, process):
        assert json.loads(ready_file.read_text("utf-8"))["origin"] == origin
        assert _fetch(f"{origin}/readyz")[0] == 200
        own = psutil.Process(process.pid).children(recursive=True)
        assert any("postgres" in child.name() for child in own)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""
    assert [child for child in own if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []
    assert not (data_dir / "cluster" / "postmaster.pid").exists()


def test_workers_share_one_port_and_a_pc_enrols_pushes_and_pulls_through_them(office_url: str, tmp_path: Path) -> None:
    engine = make_engine(office_url)
    make_store(engine)
    engine.dispose()
    code = _json("enrol-code", "--store", "SH01", data_dir=tmp_path, url=office_url)["code"]
    asks = {"code": code, "name": "收银台", "signing_key": "ab" * 32, "recovery_key": "words", "app_version": "1"}
    serve = ("--database", office_url, "serve", "--port", "0", "--workers", "2", "--link-origin", "https://go.example")
    with _serving(*serve, "--brand", "红枫叶", data_dir=tmp_path) as (origin, process):
        body, headers = seal(json.dumps(asks).encode())
        enrolled = json.loads(_fetch(f"{origin}/sync/v1/enrol", body, headers)[1])
        assert (enrolled["brand"], enrolled["link_origin"]) == ("红枫叶", "https://go.example")
        token = {"Authorization": f"Bearer {enrolled['token']}"}
        mutation = {"mid": 1, "op": "put", "kind": "client", "id": new_id(), "store": enrolled["store_id"]}
        mutation |= {"stamp": f"{1:016x}.{enrolled['tag']}", "data": {"name": "王姐"}}
        body, headers = seal(json.dumps({"mutations": [mutation]}).encode())
        assert json.loads(_fetch(f"{origin}/sync/v1/push", body, headers | token)[1])["last_mid"] == 1
        assert "王姐" in _fetch(f"{origin}/sync/v1/pull", headers=token)[1].decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 1)
    (line,) = _json("devices", data_dir=tmp_path, url=office_url)["devices"]
    assert (line["name"], line["last_mid"]) == ("收银台", 1)
    assert _json("revoke", line["id"], data_dir=tmp_path, url=office_url) == {"revoked": line["id"]}
    assert _json("devices", data_dir=tmp_path, url=office_url)["devices"][0]["revoked_ms"] is not None


def test_a_port_in_use_is_named_before_anything_starts(tmp_path: Path, office_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = _process("serve", "--port", port, data_dir=tmp_path, url=office_url)
    assert (done.returncode, done.stdout) == (1, "")
    assert port in done.stderr


def test_an_outdated_database_of_others_is_left_alone(blank_url: str, tmp_path: Path) -> None:
    refused = _process("devices", data_dir=tmp_path, url=blank_url)
    assert refused.returncode == 1
    assert "migrate" in refused.stderr
    assert _run("check", data_dir=tmp_path, url=blank_url).returncode == 1
    assert _json("migrate", data_dir=tmp_path, url=blank_url) == {"current": True, "changed": True}
    assert _json("migrate", data_dir=tmp_path, url=blank_url)["changed"] is False
    assert _json("check", data_dir=tmp_path, url=blank_url)["ok"] is True


def test_the_same_seed_gives_the_same_data(office_url: str, tmp_path: Path) -> None:
    sizes = ("--stores", "2", "--guides", "4", "--clients", "30", "--products", "5", "--purchases", "20")
    seeded = _json("seed", "bench", *sizes, data_dir=tmp_path, url=office_url)
    assert seeded["simulated"] is True
    engine = make_engine(office_url)
    assert check_feed(engine).ok
    assert len(rows_of(engine, "client")) == 30
    with engine.connect() as connection:
        digests = connection.execute(sa.text("SELECT store_id, digest FROM feed_head ORDER BY 1")).all()
    engine.dispose()
    assert len({row.digest for row in digests}) == 3
    again = _run("seed", "bench", data_dir=tmp_path, url=office_url)
    assert again.returncode == 1
    assert "空的总部" in again.stderr


def test_a_demo_is_whole_and_ready_to_enrol(office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    seeded = _json("seed", "demo", "--pictures", "2", data_dir=tmp_path, url=office_url)
    assert (seeded["simulated"], seeded["pictures"], len(seeded["stores"])) == (True, 2, 3)
    report = _json("check", data_dir=tmp_path, url=office_url)
    assert report["ok"], report
    engine = make_engine(office_url)
    pc = Pc(engine, enrol_device(engine, seeded["stores"][0]))
    pc.pull()
    assert pc.digests() == pc.promised()
    kinds = {frame.kind for frame in pc.held.values()}
    assert {"client", "purchase", "attribution", "guide_pin", "coupon", "stock_nearby", "product"} <= kinds
    sums = {"purchase": 0, "attribution": 0}
    for frame in pc.held.values():
        if frame.kind in sums:
            sums[frame.kind] += frame.data.get("total_fen", 0) + frame.data.get("amount_fen", 0)
    assert sums["purchase"] == sums["attribution"] > 0
    assert {row["image"] for row in rows_of(engine, "product")} > {""}
    engine.dispose()


def test_a_restored_office_is_whole_in_a_new_epoch_and_keeps_the_old(office_engine: Engine, tmp_path: Path) -> None:
    url = office_engine.url.render_as_string(hide_password=False)
    make_store(office_engine)
    pc = Pc(office_engine, enrol_device(office_engine))
    kept = new_id()
    put_all(office_engine, pc.scope, "client", {kept: {"name": "备份之前"}})
    file = tmp_path / "office.backup"
    saved = _json("backup", str(file), data_dir=tmp_path, url=url)
    assert (saved["bytes"], oct(file.stat().st_mode)[-3:]) == (file.stat().st_size, "644")
    put_all(office_engine, pc.scope, "client", {new_id(): {"name": "备份之后"}})
    pc.pull()
    before = pc.cursors[pc.scope]
    restored = _json("restore", str(file), data_dir=tmp_path, url=url)
    office_engine.dispose()
    pc.pull()
    after = pc.cursors[pc.scope]
    assert after.epoch != before.epoch
    assert after.seq > before.seq  # no number of the lost history is given out again
    assert after.n_live == before.n_live - 1
    assert {row["name"] for row in rows_of(office_engine, "client")} == {"备份之前"}
    assert check_feed(office_engine).ok
    with office_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{restored["kept"]}"')


def test_a_damaged_backup_changes_nothing(office_engine: Engine, tmp_path: Path) -> None:
    url = office_engine.url.render_as_string(hide_password=False)
    make_store(office_engine)
    file = tmp_path / "office.backup"
    _json("backup", str(file), data_dir=tmp_path, url=url)
    whole = file.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"PGDMP" + bytes(100)):
        file.write_bytes(damaged)
        done = _run("restore", str(file), data_dir=tmp_path, url=url)
        assert (done.returncode, done.stdout) == (6, "")
        assert "不是完好的备份" in done.stderr
    assert len(rows_of(office_engine, "store")) == 1
    assert _run("backup", str(tmp_path / "nowhere" / "x"), data_dir=tmp_path, url=url).returncode == 1
    for place in (str(tmp_path), "", str(tmp_path / ("long" * 200))):
        refused = _run("backup", place, data_dir=tmp_path, url=url)
        assert (refused.returncode, "Traceback" in refused.stderr, bool(refused.stderr)) == (1, False, True), place
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["fly"], 2),
        (["enrol-code"], 2),
        (["enrol-code", "--store", "SH01", "--valid", "-3"], 2),
        (["enrol-code", "--store", "SH01", "--valid", "99999999999999"], 2),
        (["enrol-code", "--store", "SH01", "--valid", "nan"], 2),
        (["demand", "--days", "9" * 20], 2),
        (["serve", "--port", "70000"], 2),
        (["tags", "rename", "\udcff", "x"], 2),
        (["api-key", "create", "--name", "x", "--rights", "everything"], 2),
        (["--database", "mysql://x", "check"], 1),
        (["--database", "postgresql://127.0.0.1:1/none", "check"], 1),
        (["--version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes_are_as_promised(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = _run(*arguments, data_dir=tmp_path / "unused")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_ends_with_the_code_of_its_verb(tmp_path: Path) -> None:
    done = _process("enrol-code", data_dir=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    as_json = _run("--json", "enrol-code", data_dir=tmp_path)
    assert (as_json.returncode, json.loads(as_json.stdout)["error"]) == (2, "usage")
    assert as_json.stderr == done.stderr
    assert as_json.stderr.startswith("usage: head-office enrol-code")


def test_errors_are_one_json_document_too(office_url: str, tmp_path: Path) -> None:
    done = _run("--json", "enrol-code", "--store", "NOWHERE", data_dir=tmp_path, url=office_url)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == "store.unknown"


def test_an_api_key_is_made_once_under_its_name(office_url: str, tmp_path: Path) -> None:
    create = ("api-key", "create", "--name", "pos", "--rights", "stock", "purchases")
    key = _json(*create, data_dir=tmp_path, url=office_url)["key"]
    assert key.startswith("gdk_")
    assert _run(*create, data_dir=tmp_path, url=office_url).returncode == 1
    assert _json("api-key", "revoke", "pos", data_dir=tmp_path, url=office_url) == {"revoked": "pos"}
    listed = _run("api-key", "list", data_dir=tmp_path, url=office_url).stdout
    assert ("停用" in listed, key in listed) == (True, False)


def test_the_data_folder_may_come_from_the_environment(tmp_path: Path) -> None:
    environment = {**os.environ, "HEAD_OFFICE_DATA_DIR": str(tmp_path / "office")}
    done = subprocess.run(
        [*PROGRAM, "--json", "migrate"], capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    assert (done.returncode, json.loads(done.stdout)["current"]) == (0, True)
    assert (tmp_path / "office" / "cluster").is_dir()
