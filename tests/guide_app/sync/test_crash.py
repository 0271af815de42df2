"""kill -9 at any statement of a round: the next round finishes it, nothing lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE

ROOT = Path(__file__).resolve().parents[3]
SCOPE = store_scope(STORE)
CLIENT = "018f0000-0000-7000-8000-00000000c001"

PROGRAM = """
    import os, sys
    from pathlib import Path
    from sqlalchemy import Engine, event
    from tests.helpers.desk import TestDesk
    from tests.helpers.plain_book import HeldClock
    desk = TestDesk(Path({folder!r}), {origin!r}, HeldClock({now}))
    desk.engine._page_limit = 3
    left = [{nth}]
    def count(*_):
        left[0] -= 1
        if left[0] <= 0:
            os._exit(9)
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    desk.sync()
    print({nth} - left[0])
    sys.stdout.flush()
    os._exit(0)
"""


@pytest.mark.parametrize("nth", [1, 6, 14, 22, 30, 38, 46, 54, 65, 80, 100, 130])
def test_a_round_killed_anywhere_is_finished_by_the_next(
    desk_of: Callable[..., TestDesk], office: MemoryOffice, server: OfficeServer, nth: int
) -> None:
    desk = desk_of(1)
    for n in range(7):
        office.write("client", CLIENT[:-1] + str(n), {"name": f"客{n}"}, STORE)
    desk.sync()
    client = desk.put("client", name="王")
    note = desk.put("note", client_id=client, body="来过", at=1)
    desk.patch("client", CLIENT[:-1] + "3", remark="改过")
    office.write("client", CLIENT[:-1] + "3", {"level": "金卡"}, STORE)
    for n in range(7, 10):
        office.write("client", CLIENT[:-1] + str(n), {"name": f"客{n}"}, STORE)
    office.end("client", CLIENT[:-1] + "5", STORE)
    folder = desk.db.path.parent
    desk.close()

    text = PROGRAM.format(folder=str(folder), origin=server.origin, now=desk.clock.now_ms(), nth=nth)
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(text)], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode in (0, 9), done.stderr.decode()

    again = desk_of(1, code="")
    again.sync()
    held = again.db.query(lambda c: [held_digest(c, scope) for scope in (BRAND, SCOPE)])
    assert held == [(office.feeds[s].digest, len(office.feeds[s].live)) for s in (BRAND, SCOPE)]
    assert again.scalar("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 0
    assert (again.field("client", client, "name"), again.field("note", note, "body")) == ("王", "来过")
    three = CLIENT[:-1] + "3"
    assert (again.field("client", three, "remark"), again.field("client", three, "level")) == ("改过", "金卡")
    assert again.field("client", CLIENT[:-1] + "5", "name") is None
    assert sum(kind == "note" for kind, _ in office.feeds[SCOPE].live) == 1
