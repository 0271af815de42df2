"""Where the database key comes from, and the text a person keeps of it."""

from __future__ import annotations

import stat
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from guide_app.base.errors import InvalidInputError, LockedError
from guide_app.store.keys import database_key, parse_recovery, recovery_text, save_key


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_comes_back_however_it_is_typed(key: bytes) -> None:
    text = recovery_text(key)
    assert parse_recovery(text) == key
    assert parse_recovery(text.lower().replace("-", " ")) == key
    assert parse_recovery(text.replace("O", "0").replace("I", "1")) == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, 52), st.integers(1, 31))
def test_one_wrong_character_of_a_recovery_key_is_noticed(key: bytes, place: int, shift: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    plain = recovery_text(key).replace("-", "")
    wrong = alphabet[(alphabet.index(plain[place]) + shift) % 32]
    with pytest.raises(InvalidInputError):
        parse_recovery(plain[:place] + wrong + plain[place + 1 :])


@pytest.mark.parametrize("text", ["", "ABCD", "A" * 53 + "!", "Z" * 400])
def test_other_text_is_no_recovery_key(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_recovery(text)


def test_a_recovered_key_takes_the_place_of_a_spoilt_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("spoilt" * 50)
    environ = {"GUIDE_KEY_FILE": str(file)}
    save_key("book", bytes(32), environ)
    assert database_key("book", environ, may_create=False) == bytes(32)


def test_a_key_that_another_program_made_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "key"

    def drawn(n: int) -> bytes:
        file.write_text(b"1".hex() * n)  # between the look and the writing
        return bytes(n)

    with pytest.raises(LockedError):
        database_key("book", {"GUIDE_KEY_FILE": str(file)}, may_create=True, random_bytes=drawn)
    assert bytes.fromhex(file.read_text()) == b"1" * 32


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "key"
    environ = {"GUIDE_KEY_FILE": str(file)}
    key = database_key("book", environ, may_create=True)
    assert len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert database_key("book", environ, may_create=False) == key


def test_a_missing_key_of_an_existing_book_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(LockedError) as caught:
        database_key("book", {"GUIDE_KEY_FILE": str(tmp_path / "key")}, may_create=False)
    assert caught.value.code == "key.missing"
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("text", ["", "xyz", "00" * 31, "00" * 33])
def test_a_spoilt_key_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(LockedError) as caught:
        database_key("book", {"GUIDE_KEY_FILE": str(tmp_path / "key")}, may_create=True)
    assert caught.value.code == "key.malformed"


def test_without_keyring_and_file_the_book_stays_locked() -> None:
    with pytest.raises(LockedError) as caught:
        database_key("book", {}, may_create=True)
    assert caught.value.code == "key.no_keyring"
    with pytest.raises(LockedError):
        save_key("book", bytes(32), {})


def test_the_keyring_keeps_one_key_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    monkeypatch.setattr(keyring, "get_password", drawer.get_password)
    monkeypatch.setattr(keyring, "set_password", drawer.set_password)
    key = database_key("/a/guide.db", {}, may_create=True)
    assert database_key("/a/guide.db", {}, may_create=False) == key
    assert database_key("/b/guide.db", {}, may_create=True) != key
    with pytest.raises(LockedError):
        database_key("/c/guide.db", {}, may_create=False)
    save_key("/c/guide.db", key, {})
    assert database_key("/c/guide.db", {}, may_create=False) == key
