"""`guide` as a process: what other programs see of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guide_app.cli.conftest import Guide
from tests.helpers.book import CHEN

_SECONDS = 60


def _start(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "guide_app", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [(["clients", "search", "cyt"], 0), (["clients", "show", "nobody"], 1), (["sync"], 4), (["doctor"], 5)],
)
def test_one_document_on_stdout_and_the_code_of_the_contract(guide: Guide, words: list[str], code: int) -> None:
    done = _start("--data-dir", str(guide.folder), "--json", *words)
    assert done.returncode == code, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_a_name_that_the_terminal_cannot_write_ends_nothing(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    assert guide("clients", "add", "--name", "小满😀", "--phone", "13911112222").code == 0
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for words in (["--json", "clients", "search", "13911112222"], ["clients", "search", "13911112222"], ["--help"]):
        command = [sys.executable, "-m", "guide_app", "--data-dir", str(guide.folder), *words]
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        if words[0] == "--json":
            assert json.loads(done.stdout.decode(encoding))["clients"][0]["name"] == "小满😀"


def test_usage_and_enrolment_have_their_codes_too(fresh: Guide) -> None:
    assert _start("--data-dir", str(fresh.folder), "juggle").returncode == 2
    assert _start("--data-dir", str(fresh.folder), "--json", "today").returncode == 3


def test_the_installed_command_and_the_environment_say_where_the_book_is(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDE_DATA_DIR", str(guide.folder))
    command = Path(sys.executable).with_name("guide")
    done = subprocess.run(
        [command, "--json", "clients", "show", CHEN], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, CHEN)


def test_warnings_go_to_stderr_alone(guide: Guide) -> None:
    done = _start("--data-dir", str(guide.folder), "sync")
    assert (done.returncode, done.stdout) == (4, "")
    assert "总部" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_ends_when_asked_with_a_document(guide: Guide, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "guide_app", "--data-dir", str(guide.folder), "--json", "sync", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            assert "待上交" in running.stderr.readline()
            running.send_signal(number)
            out, _ = running.communicate(timeout=_SECONDS)
        finally:
            running.kill()
    assert running.returncode == 0
    assert {"state", "waiting"} <= set(json.loads(out))


def test_the_program_tests_itself_without_a_book(fresh: Guide) -> None:
    done = _start("--data-dir", str(fresh.folder), "--json", "--self-test")
    assert done.returncode == 0, done.stdout
    assert all(check["well"] for check in json.loads(done.stdout)["checks"])
    assert not fresh.folder.exists()


def test_a_reader_that_goes_away_is_no_fault(guide: Guide) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "guide_app", "--data-dir", str(guide.folder), "clients", "search", "王"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=_SECONDS, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("options", [["--json"], []])
def test_a_full_disk_is_told_in_a_sentence(guide: Guide, options: list[str]) -> None:
    command = [sys.executable, "-m", "guide_app", "--data-dir", str(guide.folder), *options, "today"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("结果写不到标准输出: ")
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_closed_output_is_told_in_a_sentence(guide: Guide) -> None:
    started = ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "guide_app", "--data-dir", str(guide.folder)]
    done = subprocess.run([*started, "today"], stderr=subprocess.PIPE, text=True, timeout=_SECONDS, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert done.stderr.startswith("结果写不到标准输出: ")
