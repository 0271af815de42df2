"""A share that is copied for a client asks whether it was sent; one without words of its own can be answered, too."""

from __future__ import annotations

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LOAFER, NOW, WANG, HandClock, actor

LOAFERS = "软底乐福鞋 2026 秋"


def handed(desk: Desk, draft: ShareDraft, body: str = "", channel: str = "copy") -> str:
    """A share that leaves by clipboard; returns the id of its question."""
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    asked = desk.sending.record(draft, link, channel, actor(), body=body).copied_id
    assert asked is not None
    return asked


def said(desk: Desk) -> list[str]:
    sql = "SELECT body FROM note WHERE kind = 'message'"
    return [row[0] for row in desk.db.query(lambda conn: conn.exec_driver_sql(sql).all())]


@pytest.mark.parametrize("body", ["", "  \n"])
def test_what_was_copied_without_words_is_answered_and_named_by_what_it_was(desk: Desk, body: str) -> None:
    loafer = handed(desk, ShareDraft(LOAFER, 7, 56_900, "moments", client_id=CHEN), body)
    card = handed(desk, ShareDraft("", 0, 0, "card", client_id=CHEN), body)
    assert [one.body for one in desk.copies.unanswered(WANG)] in ([LOAFERS, "分享"], ["分享", LOAFERS])
    for copied in (loafer, card):
        assert desk.copies.answer(copied, actor(), sent=True)
    assert sorted(said(desk)) == sorted([LOAFERS, "分享"])
    assert desk.copies.unanswered(WANG) == []


def test_a_wordless_question_of_another_pc_is_answered(desk: Desk) -> None:
    copied = handed(desk, ShareDraft(LOAFER, 7, 56_900, "moments", client_id=CHEN), "看看这双")
    desk.copies.add_words(copied, "", None, actor())
    assert desk.copies.answer(copied, actor(), sent=True)
    assert said(desk) == ["已发送"]


def test_a_share_copied_twice_is_one_line_of_the_log_and_of_the_timeline(desk: Desk, clock: HandClock) -> None:
    handed(desk, ShareDraft(LOAFER, 7, 56_900, "moments", client_id=CHEN))
    (share,) = desk.share_log.lines()
    clock.ms += 1
    second = desk.db.change(
        lambda uow: uow.put("copied", {"client_id": CHEN, "guide_id": WANG, "share_id": share.id, "at": uow.now_ms}),
        by=WANG, origin=actor().origin,
    )  # fmt: skip
    desk.copies.answer(second, actor(), sent=False)
    assert [line.state for line in desk.share_log.lines()] == ["open"]
    (first,) = desk.copies.unanswered(WANG)
    desk.copies.answer(first.id, actor(), sent=True)
    assert [(line.id, line.state) for line in desk.share_log.lines()] == [(share.id, "sent")]
    assert len(timeline(desk.db, CHEN, kinds=frozenset({"share"}))) == 1


def test_what_was_prepared_and_not_sent_keeps_nobody_off_the_review(desk: Desk, clock: HandClock) -> None:
    clock.ms = NOW + 1_095 * DAY_MS
    copied = handed(desk, ShareDraft(LOAFER, 7, 56_900, "moments", client_id=CHEN))
    assert CHEN in {one.touches.client_id for one in desk.privacy.reviews()}, "nothing was sent to her"
    desk.copies.answer(copied, actor(), sent=True)
    assert CHEN not in {one.touches.client_id for one in desk.privacy.reviews()}
