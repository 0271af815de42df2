"""Copied is not sent: the question, its answer on one PC or two, and what counts as a contact."""

from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import last_contact, timeline
from guide_app.followup.copies import Outgoing
from guide_app.followup.model import Cause
from guide_app.segments.model import Event, Figure
from guide_app.sharing.service import ShareDraft
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LI, LOAFER, NOW, WANG, ZHOU, HandClock, actor, ident

A = ident(101)


def copy(desk: Desk, client: str = CHEN, body: str = "新款到了", script: str | None = A) -> str:
    return desk.copies.copy(Outgoing(client, body, script), actor())


def notes(desk: Desk) -> list[tuple[object, ...]]:
    sql = "SELECT client_id, kind, body, script_id, at FROM note WHERE kind = 'message' ORDER BY at, id"
    return [tuple(row) for row in desk.db.query(lambda conn: conn.exec_driver_sql(sql).all())]


def used(desk: Desk, client: str = CHEN) -> int:
    return desk.followup.contact_room(client).used


def test_sent_files_the_message_and_counts_not_sent_counts_nowhere(desk: Desk, clock: HandClock) -> None:
    sent, kept_back = copy(desk), copy(desk, body="没发")
    assert (used(desk), notes(desk)) == (0, [])
    clock.ms += DAY_MS  # answered the next morning: the message went out when it was copied
    assert desk.copies.answer(sent, actor(), sent=True)
    assert not desk.copies.answer(kept_back, actor(), sent=False)
    assert notes(desk) == [(CHEN, "message", "新款到了", A, NOW)]
    assert used(desk) == 1
    assert desk.copies.unanswered(WANG) == []
    states = desk.db.query(lambda c: c.exec_driver_sql("SELECT body, state FROM copied ORDER BY state").all())
    assert [tuple(row) for row in states] == [("没发", "not_sent"), ("新款到了", "sent")]


def test_a_second_answer_writes_no_second_message_and_sent_stays_sent(desk: Desk) -> None:
    one = copy(desk)
    for answer in (False, True, True, False):
        desk.copies.answer(one, actor(), sent=answer)
    assert len(notes(desk)) == 1
    with pytest.raises(NotFoundError):
        desk.copies.answer(ident(999), actor(), sent=True)


def test_a_question_is_hers_and_the_newest_comes_first(desk: Desk, clock: HandClock) -> None:
    copy(desk, ZHOU, "早")
    clock.ms += 1000
    copy(desk, CHEN, "晚")
    desk.copies.copy(Outgoing(CHEN, "同事的"), replace(actor(), guide_id=LI))
    assert [(q.client_name, q.body) for q in desk.copies.unanswered(WANG)] == [("陈雅婷", "晚"), ("周建国", "早")]


def test_the_fourth_is_refused_with_the_day_before_anything_is_copied(desk: Desk) -> None:
    for _ in range(3):
        desk.copies.answer(copy(desk), actor(), sent=True)
    with pytest.raises(InvalidInputError, match="3 次") as refused:
        copy(desk)
    assert refused.value.code == "contact.limit"
    assert "11 月 28 日" in refused.value.way_out
    assert desk.copies.unanswered(WANG) == []


def test_unanswered_copies_hold_their_place_until_they_are_answered(desk: Desk) -> None:
    waiting = [copy(desk) for _ in range(3)]
    with pytest.raises(InvalidInputError) as refused:
        copy(desk)
    assert refused.value.code == "contact.open"
    desk.copies.answer(waiting[0], actor(), sent=False)
    copy(desk)


def test_a_promise_may_always_be_kept(desk: Desk) -> None:
    desk.followup_deeds.promise(CHEN, "到货告诉她", NOW + DAY_MS, actor())
    for _ in range(5):
        desk.copies.answer(copy(desk), actor(), sent=True)
    assert used(desk) == 5


def test_a_copied_share_counts_by_its_answer_alone(desk: Desk) -> None:
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=CHEN)
    handed = []
    for _ in range(2):
        link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
        handed.append(desk.sending.record(draft, link, "copy", actor(), body="分享「乐福鞋」"))
    assert used(desk) == 0
    assert handed[0].copied_id is not None
    desk.copies.answer(handed[0].copied_id, actor(), sent=True)
    assert used(desk) == 1
    nobody = replace(draft, client_id=None)
    link = desk.share_deeds.link(nobody, desk.share_deeds.take_number(actor()), actor())
    assert desk.sending.record(nobody, link, "copy", actor()).copied_id is None


def test_a_share_is_not_recorded_when_its_copy_is_refused(desk: Desk) -> None:
    for _ in range(3):
        desk.followup_deeds.message(CHEN, "新品", actor())
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=CHEN)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    with pytest.raises(GuideError):
        desk.sending.record(draft, link, "copy", actor())
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar()) == 0


def test_contacts_of_other_stores_refuse_the_copy_too(desk: Desk, arrives: Arrives) -> None:
    arrives("company_view", CHEN, client_id=CHEN, contacts=[NOW - DAY_MS * n for n in range(3)], as_of=NOW)
    with pytest.raises(InvalidInputError, match="3 次"):
        copy(desk)


def test_an_override_is_logged_with_who_when_word_and_reason(desk: Desk) -> None:
    desk.overrides.keep(["真皮", "专利"], " 吊牌写明 ", actor(), CHEN)
    found = {(o.at, o.guide, o.client, o.word, o.reason) for o in desk.overrides.since(NOW)}
    assert found == {(NOW, "王敏", "陈雅婷", word, "吊牌写明") for word in ("真皮", "专利")}
    assert desk.overrides.last_reason(["真皮"], WANG) == "吊牌写明"
    assert desk.overrides.last_reason(["真皮"], LI) == desk.overrides.last_reason(["限量"], WANG) == ""
    with pytest.raises(InvalidInputError):
        desk.overrides.keep(["真皮"], " ", actor())


def test_the_timeline_says_what_was_copied_and_not_sent(desk: Desk) -> None:
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=ZHOU)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    share = desk.sending.record(draft, link, "copy", actor())
    words = copy(desk, ZHOU, "来坐坐")

    def lines() -> list[str]:
        return [f"{e.title} · {e.detail}" for e in timeline(desk.db, ZHOU, kinds=frozenset({"share"}))]

    assert lines() == ["分享「软底乐福鞋 2026 秋」 · 复制了, 还没说发出没有", "话术: 来坐坐 · 复制了, 还没说发出没有"]
    assert share.copied_id is not None
    desk.copies.answer(share.copied_id, actor(), sent=False)
    desk.copies.answer(words, actor(), sent=False)
    assert lines() == ["分享「软底乐福鞋 2026 秋」 · 复制了, 没有发出", "话术: 来坐坐 · 复制了, 没有发出"]
    assert last_contact(desk.db, ZHOU) == 0
    desk.copies.answer(words, actor(), sent=True)
    assert lines() == ["分享「软底乐福鞋 2026 秋」 · 复制了, 没有发出"]
    assert last_contact(desk.db, ZHOU) == NOW


def test_what_was_copied_and_not_sent_met_nobody(desk: Desk, clock: HandClock) -> None:
    desk.client_deeds.edit(ZHOU, {"starred": True, "rhythm_days": 14}, actor())
    desk.client_deeds.note(ZHOU, "聊了聊", actor(), "call")
    clock.ms += 14 * DAY_MS
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=ZHOU)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    asked = desk.sending.record(draft, link, "copy", actor(), body="分享「乐福鞋」").copied_id
    assert asked is not None
    twice, lately = Event("contact", times=2), Figure("days_since_contact", at_most=1)

    def turns() -> list[str]:
        return [s.client_id for s in desk.followup.today(WANG) if s.cause == Cause.INTIMATE]

    desk.copies.answer(asked, actor(), sent=False)
    assert (turns(), desk.segments.ids(twice, WANG), desk.segments.ids(lately, WANG)) == ([ZHOU], (), ())
    desk.copies.answer(asked, actor(), sent=True)
    assert (turns(), desk.segments.ids(twice, WANG), desk.segments.ids(lately, WANG)) == ([], (ZHOU,), (ZHOU,))
