"""Pages are taken over some at a time, and what has arrived over a bad line is kept all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.base.change import Change
from guide_app.base.errors import OfficeUnreachableError
from guide_app.sync.engine import SyncEngine
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer, no_fault
from tests.helpers.plain_book import STORE

_CLIENTS = 60


@pytest.fixture
def full(office: MemoryOffice) -> MemoryOffice:
    for n in range(_CLIENTS):
        office.write("client", f"018f0000-0000-7000-8000-0000000c{n:04d}", {"name": f"客{n}"}, STORE)
    return office


def test_many_small_pages_make_few_commits(full: MemoryOffice, desk: TestDesk) -> None:
    commits: list[Change] = []
    desk.db.on_change(commits.append)
    before = len(full.requests)
    report = SyncEngine(desk.db, desk.transport, page_limit=4).run_once()
    pulls = full.requests[before:].count("GET /sync/v1/pull")
    assert report.pulled == _CLIENTS + 2
    assert all(scope.equal for scope in report.scopes)
    assert pulls >= _CLIENTS // 4
    assert sum("client" in change.kinds for change in commits) <= pulls // 5 + 1


@pytest.mark.parametrize("lasts", [1, 2, 3, 7])
def test_a_line_that_breaks_every_few_pages_gets_there(
    full: MemoryOffice, server: OfficeServer, desk_of: Callable[..., TestDesk], lasts: int
) -> None:
    desk = desk_of(1)
    left = lasts

    def breaking(moment: str, request: str) -> str:
        nonlocal left
        if moment == "before" and "/pull" in request:
            left -= 1
            return "drop" if left < 0 else ""
        return ""

    server.fault = breaking
    held = 0
    for _ in range(_CLIENTS):
        left = lasts
        try:
            SyncEngine(desk.db, desk.transport, page_limit=4).run_once()
            break
        except OfficeUnreachableError:
            now = int(str(desk.scalar("SELECT count(*) FROM client")))
            assert now > held, "every page that arrived is kept"
            held = now
    server.fault = no_fault
    report = desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == _CLIENTS == len(full.feeds[f"store:{STORE}"].live)
    assert all(scope.equal for scope in report.scopes)
