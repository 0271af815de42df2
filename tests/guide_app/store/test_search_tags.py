"""Tags in the search: found under the name they have now, while their time lasts, and no private words at all."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.clients.found import Match
from guide_app.clients.matching import OWN_TAGS
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import GoneFrame, RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex
from tests.helpers.book import CHEN, KEY, LI, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor, ident

HIKER, WALKER = ident(9_001), ident(9_002)
_numbers = count(5_000)


def say(desk: Desk, tag_id: str, **data: Any) -> None:
    frame = RecordFrame(BRAND, "tag", tag_id, next(_numbers), {"group": "爱好", **data})
    desk.db.apply(lambda applier: applier.apply([frame]))


def found(desk: Desk, text: str) -> set[str]:
    return {row.id for row in desk.clients.search(text)}


@pytest.mark.parametrize("known", [True, False])
def test_a_renamed_tag_is_found_under_its_present_name(desk: Desk, *, known: bool) -> None:
    if known:
        say(desk, HIKER, name="徒步爱好")
    desk.client_deeds.tag(CHEN, "徒步爱好", actor())
    assert found(desk, "徒步爱好") == {CHEN}
    say(desk, HIKER, name="登山客", was=["徒步爱好"])
    assert (found(desk, "登山客"), found(desk, "徒步爱好")) == ({CHEN}, set())


def test_a_merged_tag_is_found_under_the_name_of_the_other_also_when_that_changes(desk: Desk) -> None:
    say(desk, HIKER, name="徒步爱好")
    say(desk, WALKER, name="散步")
    desk.client_deeds.tag(CHEN, "徒步爱好", actor())
    desk.client_deeds.tag(ZHOU, "散步", actor())
    say(desk, HIKER, name="徒步爱好", merged_into=WALKER)
    assert (found(desk, "散步"), found(desk, "徒步爱好")) == ({CHEN, ZHOU}, set())
    say(desk, WALKER, name="户外", was=["散步"])
    assert (found(desk, "户外"), found(desk, "散步")) == ({CHEN, ZHOU}, set())


def test_a_tag_that_left_the_dictionary_is_found_by_what_its_mark_says(desk: Desk) -> None:
    say(desk, HIKER, name="登山客", was=["徒步爱好"])
    mark = {"client_id": LIN, "name": "徒步爱好", "at": NOW}
    frame = RecordFrame(store_scope(STORE), "client_tag", ident(9_100), next(_numbers), mark)
    desk.db.apply(lambda applier: applier.apply([frame]))
    assert found(desk, "登山客") == {LIN}
    desk.db.apply(lambda applier: applier.apply([GoneFrame(BRAND, "tag", HIKER, next(_numbers))]))
    assert (found(desk, "登山客"), found(desk, "徒步爱好")) == (set(), {LIN})


def test_an_expired_tag_finds_nobody_unless_other_words_say_it_too(desk: Desk, clock: HandClock) -> None:
    for client in (CHEN, ZHOU):
        desk.tag_deeds.hang(client, Hanging("双十一意向", until=NOW + DAY_MS), actor())
    desk.client_deeds.note(ZHOU, "说过双十一意向", actor())
    assert found(desk, "双十一意向") == {CHEN, ZHOU}
    clock.ms = NOW + DAY_MS
    assert found(desk, "双十一意向") == {ZHOU}


def test_an_index_that_holds_private_words_is_made_anew_when_the_book_is_opened(tmp_path: Path) -> None:
    index = SearchIndex()

    def record(kind: str, n: int, **data: Any) -> RecordFrame:
        return RecordFrame(store_scope(STORE), kind, ident(n), n, data)

    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        frames = [
            record("client", 1, name="林小满", created_at=NOW),
            record("note", 2, client_id=ident(1), body="准备搬去成都", at=NOW, private=True),
        ]
        db.apply(lambda applier: applier.apply(frames))
        spoil = (
            "INSERT OR REPLACE INTO search_text (rowid, t) VALUES (1, '准 备 搬 去 成 都')",
            "UPDATE setting SET value = '2' WHERE key = 'search.version'",
        )
        db.apply(lambda applier: [applier.conn.exec_driver_sql(said).rowcount for said in spoil])
        assert db.query(lambda conn: index.search(conn, "成都", 9))
    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        assert not db.query(lambda conn: index.search(conn, "成都", 9))


def test_a_private_tag_finds_for_its_guide_alone(desk: Desk, clock: HandClock) -> None:
    desk.tag_deeds.hang(ZHOU, Hanging("徒步搭子", private=True, until=NOW + DAY_MS), actor())
    desk.client_deeds.note(LIN, "找人一起: 徒步搭子", actor())
    (zhou, lin) = desk.clients.search("徒步", viewer=WANG)
    assert (zhou.id, zhou.match, zhou.tags) == (ZHOU, Match("tag", "徒步搭子", 0, 2), ("徒步搭子",))
    assert lin.id == LIN
    assert {row.id for row in desk.clients.search("徒步", viewer=LI)} == found(desk, "徒步") == {LIN}
    clock.ms = NOW + DAY_MS
    assert {row.id for row in desk.clients.search("徒步", viewer=WANG)} == {LIN}


def test_her_private_tags_are_read_by_an_index_of_their_own(desk: Desk) -> None:
    asked = {"viewer": WANG, "typed": "徒步", "now": NOW}
    plan = desk.db.query(lambda conn: conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {OWN_TAGS}", asked).all())
    assert "USING INDEX ix_client_tag_guide_id" in str(plan)
