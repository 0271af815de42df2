"""At rest memory goes back to the system, and the window waits for none of it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from guide_app.cli.context import Place
from guide_app.cli.shell import backstage
from tests.helpers.book import HandClock, open_desk


def test_memory_is_handed_back_on_the_books_own_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go: Future[None] = Future()
    let_go.set_result(None)  # the book was quick: it is over before anybody waits for it
    threads: list[str] = []
    monkeypatch.setattr(backstage, "hand_back", lambda: threads.append(threading.current_thread().name))
    with open_desk(tmp_path, HandClock()) as desk:
        monkeypatch.setattr(desk.db, "give_back", lambda: let_go)
        place = Place.of(tmp_path, {"GUIDE_KEY_FILE": str(tmp_path / "key")})
        backstage.Backstage(desk, place, backstage.Ears(print, print)).rest()
    assert [name.partition("_")[0] for name in threads] == ["book-writer"]
