"""What whole lists count and page by is what the records say, after whatever happened to them."""

from __future__ import annotations

from contextlib import closing
from typing import get_args

import pytest
from sqlalchemy import event

from guide_app.base.clock import DAY_MS
from guide_app.clients.model import Book, ClientFilter, Segment
from guide_app.flows.desk import Desk
from guide_app.store.connect import connector
from tests.helpers.book import CHEN, KEY, LI, LIN, NOW, WANG, ZHOU, actor


def _patch(desk: Desk, client_id: str, **changes: object) -> None:
    desk.db.change(lambda uow: uow.patch("client", client_id, changes), by=WANG, origin="test")


def _ids(desk: Desk, what: ClientFilter) -> list[str]:
    return [row.id for row in desk.clients.page(what, WANG).rows]


@pytest.mark.parametrize("book", ["mine", "store"])
def test_every_segment_counts_whom_its_list_shows(desk: Desk, book: Book) -> None:
    _patch(desk, ZHOU, starred=True)
    _patch(desk, LIN, created_at=NOW - DAY_MS)
    for n in range(5):
        desk.client_deeds.add({"name": f"顾客{n}"}, actor())
    counts = desk.clients.counts(book, WANG)
    assert counts == {segment: len(_ids(desk, ClientFilter(book, segment))) for segment in counts}
    assert counts == {segment: desk.clients.count(ClientFilter(book, segment), WANG) for segment in counts}
    assert counts["starred"] == 1
    assert counts["new"] == (6 if book == "store" else 5)
    assert set(get_args(Segment)) - set(counts) == {"recent"}


def test_who_is_archived_handed_over_or_starred_moves_between_the_lists_at_once(desk: Desk) -> None:
    assert set(_ids(desk, ClientFilter("mine"))) == {CHEN, ZHOU}
    _patch(desk, ZHOU, primary_guide_id=LI)
    _patch(desk, LIN, primary_guide_id=WANG, starred=True)
    assert set(_ids(desk, ClientFilter("mine"))) == {CHEN, LIN}
    assert _ids(desk, ClientFilter("mine", "starred")) == [LIN]
    _patch(desk, LIN, archived_at=NOW)
    assert _ids(desk, ClientFilter("mine")) == [CHEN]
    assert set(_ids(desk, ClientFilter("store"))) == {CHEN, ZHOU}
    _patch(desk, LIN, archived_at=None)
    assert desk.clients.count(ClientFilter("mine"), WANG) == 2


def test_pages_end_where_the_anchors_say(desk: Desk) -> None:
    for n in range(11):
        desk.client_deeds.add({"name": f"顾客{n}"}, actor())
    rows = desk.clients.page(ClientFilter(), WANG).rows
    ends = desk.clients.anchors(ClientFilter(), WANG, 4)
    assert ends == [row.key for row in rows[3::4]]
    starts = (None, *ends)
    paged = [row for after in starts for row in desk.clients.page(ClientFilter(), WANG, after, 4).rows]
    assert paged == list(rows), "those who bought, and those who never did, each once"


def test_states_and_tags_narrow_the_count_as_the_list(desk: Desk) -> None:
    _patch(desk, CHEN, follow_state="跟进中")
    for what in (ClientFilter(states=("跟进中",)), ClientFilter(tags=("金卡",))):
        assert _ids(desk, what) == [CHEN]
        assert desk.clients.count(what, WANG) == 1
    assert desk.clients.count(ClientFilter(tags=("金卡", "没有这个")), WANG) == 0


def test_a_page_is_read_from_where_it_begins(desk: Desk) -> None:
    asked: list[str] = []
    engine = desk.db._read_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(_plan(desk, *given[2:4])))
    (last,) = desk.clients.page(ClientFilter("mine"), WANG, limit=1).rows
    desk.clients.page(ClientFilter("mine"), WANG, last.key, 1)
    desk.clients.count(ClientFilter("mine"), WANG)
    top, same, earlier, counted = filter(None, asked)
    assert "SCAN f USING INDEX client_figure_recent" in top
    assert "SEARCH f USING INDEX client_figure_recent (last_at=? AND rid>?)" in same
    assert "SEARCH f USING INDEX client_figure_recent (last_at<?)" in earlier
    assert "SCAN f USING COVERING INDEX client_figure_recent" in counted


def _plan(desk: Desk, statement: str, parameters: object) -> str:
    """How SQLite goes about a question to whole lists; empty for others."""
    if "client_figure f" not in statement:
        return ""
    with closing(connector(desk.db.path, KEY, read_only=True)()) as raw:
        steps = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    return "\n".join(steps)
