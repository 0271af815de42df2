from pathlib import Path

import pytest

from guide_app.base.errors import DamagedError, GuideError, InvalidInputError
from guide_app.clients.model import ClientFilter
from guide_app.store.backup import backup, check, decrypt, restore
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


def test_a_plain_copy_needs_the_key(tmp_path: Path) -> None:
    with open_desk(tmp_path, HandClock()) as desk:
        decrypt(desk.db.path, KEY, tmp_path / "plain.db")
    assert (tmp_path / "plain.db").read_bytes().startswith(b"SQLite format 3\0")
    assert "陈雅婷".encode() in (tmp_path / "plain.db").read_bytes()
    assert "陈雅婷".encode() not in (tmp_path / "book.db").read_bytes()
