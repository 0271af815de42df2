"""The share log, and who may be told that a client opened what she was sent."""

from __future__ import annotations

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from guide_app.followup.signals import shares
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.sharing.log import ShareLine
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LI, LIN, LOAFER, NOW, OFFER, STORE, WANG, ZHOU, actor, ident


def shared(desk: Desk, client_id: str | None = None, channel: str = "copy", offer: str | None = None) -> str:
    """A share of the loafer that left this PC; returns its id."""
    draft = ShareDraft(LOAFER, 7, 56_900, "moments", offer, 3 if offer else 0, client_id)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    return desk.share_deeds.record(draft, link, channel, actor())


def came_of(desk: Desk, n: int, share_id: str, kind: str = "scan", client_id: str | None = None) -> None:
    """What head office says came of a share."""
    data = {
        "share_id": share_id, "guide_id": WANG, "product_id": LOAFER, "kind": kind, "at": NOW, "client_id": client_id,
    }  # fmt: skip
    frames = [RecordFrame(store_scope(STORE), "share_event", ident(n), 9_000 + n, data)]
    desk.db.apply(lambda applier: applier.apply(frames))


@pytest.mark.parametrize("channel", ["copy", "link", "save", "print", "cli"])
def test_every_way_out_is_an_event_with_who_what_to_whom_and_when(desk: Desk, channel: str) -> None:
    share_id = shared(desk, CHEN, channel, OFFER)
    (line,) = desk.share_log.lines()
    assert line == ShareLine(
        share_id, desk.clock.now_ms(), "王敏", "陈雅婷", "软底乐福鞋 2026 秋", channel, True, line.state, 0, 0
    )
    assert [entry.kind for entry in timeline(desk.db, CHEN, kinds=frozenset({"share"}))] == ["share"]


def test_it_is_narrowed_to_a_guide_a_way_and_days(desk: Desk) -> None:
    shared(desk, None, "save")
    shared(desk, None, "print")
    lines = desk.share_log.lines
    assert [line.channel for line in lines()] == ["print", "save"]
    assert [line.channel for line in lines(WANG, "save")] == ["save"]
    assert lines(LI) == []
    assert len(lines(limit=1)) == 1
    assert lines(days=0) == []


def test_openings_are_told_of_the_consenting_client_only(desk: Desk) -> None:
    for n, client_id in ((200, CHEN), (210, ZHOU), (220, LIN), (230, None)):
        share_id = shared(desk, client_id)
        came_of(desk, n, share_id, client_id=CHEN if client_id == CHEN else None)
        came_of(desk, n + 1, share_id, client_id=CHEN if client_id == CHEN else None)
    opened = {line.client: line.opened for line in desk.share_log.lines()}
    assert opened == {"陈雅婷": 2, "周建国": None, "林小满": None, "": 2}
    assert sum(entry.kind == "share_event" for entry in timeline(desk.db, CHEN)) == 2


@pytest.mark.parametrize("change", [{"contact_state": "refused"}, {"no_profiling": True}])
def test_what_she_took_back_is_not_told_any_more(desk: Desk, change: dict[str, object]) -> None:
    share_id = shared(desk, CHEN)
    came_of(desk, 200, share_id, client_id=CHEN)
    came_of(desk, 201, share_id, "claim", CHEN)
    data = {"name": "陈雅婷", "phone": "13800005678", "primary_guide_id": WANG, "contact_state": "marketing", **change}
    desk.db.apply(lambda a: a.apply([RecordFrame(store_scope(STORE), "client", CHEN, 9_900, data)]))
    (line,) = desk.share_log.lines()
    assert (line.opened, line.claimed) == (None, 1)
    told = [str(entry.title) for entry in timeline(desk.db, CHEN, kinds=frozenset({"share_event"}))]
    assert told == ["通过「软底乐福鞋 2026 秋」领券"]
    assert "打开" not in str(desk.followup.today(WANG))


def test_the_list_of_today_tells_of_the_consenting_client(desk: Desk) -> None:
    came_of(desk, 200, shared(desk, CHEN), client_id=CHEN)
    told = desk.db.query(lambda conn: [signal.reason for signal in shares(conn, NOW)])
    assert [str(reason) for reason in told] == ["近 3 天打开「软底乐福鞋 2026 秋」1 次, 未领券"]


def test_what_must_not_be_shared_never_leaves_and_what_does_not_leave_is_not_recorded(desk: Desk) -> None:
    draft = ShareDraft(LOAFER, 7, 56_900, "moments", price_until=NOW + 5, client_id=CHEN)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    left: list[str] = []

    def fails() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        desk.share_deeds.record(draft, link, "save", actor(), leave=fails)
    assert desk.share_log.lines() == []
    desk.share_deeds.record(draft, link, "save", actor(), leave=lambda: left.append("once"))
    kept = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT price_until FROM share").scalar_one())
    assert (left, kept) == (["once"], NOW + 5)
    desk.share_deeds.require_printable(LOAFER, CHEN, discreet=False)
    desk.client_deeds.edit(CHEN, {"flag": "complaint", "flag_why": "鞋跟"}, actor())
    for deed in (
        lambda: desk.share_deeds.record(draft, link, "save", actor(), leave=lambda: left.append("again")),
        lambda: desk.share_deeds.require_printable(LOAFER, CHEN, discreet=False),
    ):
        with pytest.raises(InvalidInputError, match="陈雅婷"):
            deed()
    assert left == ["once"]
