import os
import sys
from pathlib import Path

import pytest

from guide_app.base.errors import DamagedError, GuideError, InvalidInputError
from guide_app.clients.model import ClientFilter
from guide_app.store.backup import FileReport, backup, check, decrypt, restore
from guide_app.store.faults import StorageError
from tests.helpers.book import KEY, WANG, HandClock, actor, open_desk


def test_a_backup_made_while_working_restores_to_the_same_book(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        desk.client_deeds.add({"name": "吴佳"}, actor())
        assert backup(desk.db.path, KEY, tmp_path / "b" / "book.backup").records == 4
        desk.client_deeds.add({"name": "唐可"}, actor())
        with pytest.raises(StorageError, match="正开着"):
            restore(tmp_path / "b" / "book.backup", KEY, desk.db.path)
        desk.client_deeds.add({"name": "许诺"}, actor())
        assert desk.clients.count(ClientFilter(), WANG) == 6, "the open book goes on as it was"
    assert restore(tmp_path / "b" / "book.backup", KEY, tmp_path / "book.db") is not None
    for file in (tmp_path / "b" / "book.backup", tmp_path / "book.db"):
        assert file.stat().st_mode & 0o077 == 0, "nobody else on the PC may read it"
    with open_desk(tmp_path, HandClock(), load=False) as desk:
        assert desk.clients.count(ClientFilter(), WANG) == 4
        assert [r.name for r in desk.clients.search("wj")] == ["吴佳"]


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        backup(desk.db.path, KEY, tmp_path / "copy")
    data = bytearray((tmp_path / "copy").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "copy").write_bytes(data)
    before = (tmp_path / "book.db").read_bytes()
    (fault,) = check(tmp_path / "copy", KEY).faults
    assert "page" in fault, "told once, not for every tree in which the page stands"
    with pytest.raises(DamagedError):
        restore(tmp_path / "copy", KEY, tmp_path / "book.db")
    assert capfd.readouterr().err == "", "what is raised needs not be said by the library as well"
    assert (tmp_path / "book.db").read_bytes() == before


def test_nothing_is_overwritten_and_nothing_half_done_stays(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        (tmp_path / "there").write_text("mine")
        with pytest.raises(InvalidInputError, match="已存在"):
            backup(desk.db.path, KEY, tmp_path / "there")
        with pytest.raises(GuideError):
            backup(desk.db.path, b"\0" * 32, tmp_path / "wrong")
    assert (tmp_path / "there").read_text() == "mine"
    assert not list(tmp_path.glob("*.part*"))
    assert not (tmp_path / "wrong").exists()


class Disk:
    """What was forced to the disk, and what got its name, in their order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.deeds: list[tuple[str, str]] = []
        force, rename = os.fsync, Path.replace

        def fsync(fd: int) -> None:
            self.deeds.append(("forced", Path(f"/proc/self/fd/{fd}").resolve().name))
            force(fd)

        def replace(path: Path, target: Path) -> Path:
            self.deeds.append(("named", path.name))
            return rename(path, target)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(Path, "replace", replace)

    def of(self, name: str) -> list[str]:
        return [deed for deed, which in self.deeds if which == name]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which file was forced to the disk")
def test_a_copy_is_on_the_disk_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        disk = Disk(monkeypatch)
        backup(desk.db.path, KEY, tmp_path / "kept")
        decrypt(desk.db.path, KEY, tmp_path / "plain.db")
    restore(tmp_path / "kept", KEY, tmp_path / "book.db")
    for name in ("kept.part", "plain.db.part", "book.db.restoring"):
        assert disk.of(name) == ["forced", "named"], name


def test_a_backup_that_does_not_verify_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(path: Path, _key: bytes) -> FileReport:
        assert path.name == "kept.part", "checked before it gets its name"
        return FileReport(path, 1, 0, ("page 3",))

    monkeypatch.setattr("guide_app.store.backup.check", faulty)
    with open_desk(tmp_path, HandClock()) as desk, pytest.raises(DamagedError, match="page 3"):
        backup(desk.db.path, KEY, tmp_path / "kept")
    assert not list(tmp_path.glob("kept*"))


def test_a_plain_copy_needs_the_key(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        decrypt(desk.db.path, KEY, tmp_path / "plain.db")
    assert (tmp_path / "plain.db").stat().st_mode & 0o077 == 0, "nobody else on the PC may read it"
    assert (tmp_path / "plain.db").read_bytes().startswith(b"SQLite format 3\0")
    assert "陈雅婷".encode() in (tmp_path / "plain.db").read_bytes()
    assert "陈雅婷".encode() not in (tmp_path / "book.db").read_bytes()
