"""A PC's data folder, and `guide` as its user types it."""

from __future__ import annotations

import io
import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from guide_app.cli import context
from guide_app.cli.main import main
from tests.helpers.book import KEY, PIN, HandClock, open_desk
from tests.helpers.memory_office import MemoryOffice, OfficeServer, serving
from tests.helpers.plain_book import STORE

CODE = "CODE-1"


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command gave back."""

    code: int
    out: str
    err: str

    @property
    def doc(self) -> dict[str, Any]:
        """The one JSON document on standard output; fails where there is anything else."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True, slots=True)
class Guide:
    """`guide --data-dir …`, in this process. `guide(…)` asks for JSON, `guide.says(…)` for words."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *words: object, stdin: str = "") -> Ran:
        return self._run("--json", *words, stdin=stdin)

    def says(self, *words: object, stdin: str = "") -> Ran:
        """Without `--json`."""
        return self._run(*words, stdin=stdin)

    def _run(self, *words: object, stdin: str) -> Ran:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        self.capture.readouterr()
        try:
            code = main(["--data-dir", str(self.folder), *map(str, words)])
        except SystemExit as e:  # argparse's way out
            code = e.code if isinstance(e.code, int) else 1
        out, err = self.capture.readouterr()
        return Ran(int(code), out, err)


@pytest.fixture(autouse=True)
def _widgets(qapp: QApplication) -> None:
    """Verbs that paint make do with the application object that is there; one without widgets would shut ours out."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The clock that every command of this test reads."""
    held = HandClock()
    monkeypatch.setattr(context, "SystemClock", lambda: held)
    return held


@pytest.fixture
def fresh(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Guide:
    """A PC on its first day: nothing there, nowhere to reach."""
    del clock
    monkeypatch.setenv("GUIDE_KEY_FILE", str(tmp_path / "book.key"))
    monkeypatch.setenv("GUIDE_OFFICE", f"http://127.0.0.1:{_closed_port()}")
    return Guide(tmp_path / "data", capsys, monkeypatch)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an enrolled book, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("book")
    with open_desk(folder, HandClock()):
        return folder


@pytest.fixture
def locked(fresh: Guide, book: Path) -> Guide:
    """An enrolled book with clients, head office away, nobody acting yet."""
    shutil.copytree(book, fresh.folder)
    (fresh.folder.parent / "book.key").write_text(KEY.hex(), "ascii")
    return fresh


@pytest.fixture
def guide(locked: Guide) -> Guide:
    """The same, 王敏 acting."""
    assert locked("login", "--guide", "0231", stdin=PIN).code == 0
    return locked


@pytest.fixture
def office(clock: HandClock) -> MemoryOffice:
    made = MemoryOffice(clock)
    made.write("store", STORE, {"name": "南京西路店", "code": "SH001"})
    made.open_store(STORE, "南京西路店", CODE)
    return made


@pytest.fixture
def server(office: MemoryOffice) -> Iterator[OfficeServer]:
    with serving(office) as running:
        yield running


@pytest.fixture
def joined(fresh: Guide, server: OfficeServer, monkeypatch: pytest.MonkeyPatch) -> Guide:
    """A PC enrolled by its own command with an office that answers."""
    monkeypatch.delenv("GUIDE_OFFICE")
    assert fresh("init", "--office", server.origin, "--code", CODE).code == 0
    return fresh


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
