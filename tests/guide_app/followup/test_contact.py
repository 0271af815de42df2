"""How often a client is contacted, and how many a day: refused with the day on which it is allowed again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.followup.contact import SAME_CONTACT_MS, ContactLimit, contacts, room
from guide_app.followup.copies import Outgoing
from guide_app.followup.results import Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LIN, LOAFER, NOW, WANG, ZHOU, HandClock, actor, ident

TODAY = china_date(NOW)


@given(st.lists(st.integers(NOW - 20 * DAY_MS, NOW)), st.integers(1, 5), st.integers(1, 10))
def test_the_next_day_is_the_first_that_leaves_room(moments: list[int], most: int, days: int) -> None:
    limit = ContactLimit(most, days)
    left = room(moments, limit, TODAY)
    assert left.free == (left.used < most)
    if left.next_day is not None:
        assert left.next_day > TODAY
        assert room(moments, limit, left.next_day).free
        assert not room(moments, limit, left.next_day - dt.timedelta(days=1)).free


@given(st.lists(st.integers(0, 10**8), max_size=8), st.lists(st.integers(0, 10**8), max_size=8))
def test_a_share_takes_in_one_note_at_most(shares: list[int], notes: list[int]) -> None:
    found = contacts(shares, notes)
    assert max(len(shares), len(notes)) <= len(found) <= len(shares) + len(notes)
    assert found == sorted(found)


def test_a_note_right_after_a_share_tells_of_it() -> None:
    assert contacts([1000], [1000 + SAME_CONTACT_MS]) == [1000]
    assert contacts([1000], [1001 + SAME_CONTACT_MS]) == [1000, 1001 + SAME_CONTACT_MS]
    assert contacts([1000], [999, 1001, 1002]) == [999, 1000, 1002]


def test_the_fourth_message_in_seven_days_is_refused_with_the_day(desk: Desk, clock: HandClock) -> None:
    for _ in range(3):
        desk.followup_deeds.message(CHEN, "新品到了", actor())
        clock.ms += DAY_MS
    with pytest.raises(InvalidInputError, match="11 月 28 日") as refused:
        desk.followup_deeds.message(CHEN, "再说一次", actor())
    assert refused.value.code == "contact.limit"
    assert desk.followup.contact_room(CHEN).next_day == dt.date(2026, 11, 28)
    desk.followup_deeds.message(ZHOU, "别人不受影响", actor())
    clock.ms = NOW + 7 * DAY_MS
    desk.followup_deeds.message(CHEN, "可以了", actor())


def test_a_message_noted_in_the_portrait_obeys_the_limit_and_other_notes_do_not(desk: Desk) -> None:
    for _ in range(3):
        desk.client_deeds.note(CHEN, "新品到了", actor(), kind="message")
    with pytest.raises(InvalidInputError, match="7 天内已联系她 3 次") as refused:
        desk.client_deeds.note(CHEN, "再说一次", actor(), kind="message")
    assert "11 月 28 日起可以再发" in refused.value.way_out
    for kind in ("note", "call", "visit", "reply"):
        desk.client_deeds.note(CHEN, "她来了", actor(), kind=kind)
    assert "再说一次" not in desk.db.query(lambda c: c.exec_driver_sql("SELECT body FROM note").scalars().all())


def test_promises_calls_nobody_took_and_her_visits_are_free(desk: Desk) -> None:
    for _ in range(3):
        desk.followup_deeds.message(CHEN, "新品到了", actor())
    task = desk.followup_deeds.promise(CHEN, "留鞋", NOW, actor())
    desk.followup_deeds.done(task, actor(), Result.REACHED)
    for _ in range(4):
        desk.client_deeds.note(ZHOU, "到店", actor(), kind="visit")
    desk.followup_deeds.done(desk.followup_deeds.task("电话", NOW, actor(), ZHOU), actor(), Result.NO_ANSWER)
    assert desk.followup.contact_room(ZHOU).used == 0


def test_a_promise_that_was_kept_opens_no_door_any_more(desk: Desk) -> None:
    for _ in range(3):
        desk.followup_deeds.message(CHEN, "新品到了", actor())
    promise = desk.followup_deeds.promise(CHEN, "留鞋", NOW, actor())
    desk.copies.copy(Outgoing(CHEN, "鞋留好了"), actor())
    desk.followup_deeds.done(promise, actor(), Result.REACHED)
    with pytest.raises(InvalidInputError, match="已联系她 4 次"):
        desk.copies.copy(Outgoing(CHEN, "还有新品"), actor())


def test_shares_and_other_stores_count(desk: Desk, arrives: Arrives) -> None:
    arrives("share", ident(80), client_id=CHEN, guide_id=WANG, product_id=LOAFER, code="x", at=NOW - DAY_MS)
    arrives("company_view", CHEN, client_id=CHEN, contacts=[NOW - 2 * DAY_MS, NOW - 8 * DAY_MS], colleagues=1)
    assert desk.followup.contact_room(CHEN).used == 2
    desk.followup_deeds.message(CHEN, "新品到了", actor())
    assert desk.followup.contact_room(CHEN).next_day == TODAY + dt.timedelta(days=5)


def test_head_office_sets_the_figures(desk: Desk, arrives: Arrives) -> None:
    arrives("house_rule", ident(81), name="contact_limit", value={"count": 1, "days": 30})
    desk.followup_deeds.message(CHEN, "新品到了", actor())
    with pytest.raises(InvalidInputError, match="30 天内"):
        desk.followup_deeds.message(CHEN, "再说一次", actor())


@pytest.mark.parametrize("value", [{}, {"per_day": "many"}, {"per_day": True}])
def test_a_budget_that_makes_no_sense_is_the_usual_one(desk: Desk, arrives: Arrives, value: dict[str, object]) -> None:
    arrives("house_rule", ident(82), name="contact_budget", value=value)
    assert len(desk.followup.today(WANG)) == 2


def test_todays_contacts_use_up_the_budget_and_promises_stay(desk: Desk, arrives: Arrives) -> None:
    arrives("house_rule", ident(82), name="contact_budget", value={"per_day": 2})
    assert [s.client_id for s in desk.followup.today(WANG)] == [ZHOU, CHEN]
    desk.followup_deeds.message(LIN, "您好", actor())
    assert [s.client_id for s in desk.followup.today(WANG)] == [ZHOU]
    desk.followup_deeds.message(LIN, "同一位只算一次", actor())
    arrives("share", ident(87), client_id=None, guide_id=WANG, product_id=LOAFER, code="nobody", at=NOW)
    assert [s.client_id for s in desk.followup.today(WANG)] == [ZHOU]
    desk.client_deeds.note(ZHOU, "打过电话", actor(), kind="call")
    assert desk.followup.today(WANG) == []
    desk.followup_deeds.promise(CHEN, "留鞋", NOW - DAY_MS, actor())
    assert [s.client_id for s in desk.followup.today(WANG)] == [CHEN]


def test_a_client_refused_elsewhere_is_not_suggested(desk: Desk, arrives: Arrives) -> None:
    arrives("company_view", CHEN, client_id=CHEN, refused=True)
    assert CHEN not in [s.client_id for s in desk.followup.today(WANG)]


def test_the_contact_that_used_up_the_limit_can_still_be_told(desk: Desk, arrives: Arrives) -> None:
    (zhou,) = [s for s in desk.followup.today(WANG) if s.client_id == ZHOU]
    for n in range(3):
        arrives("share", ident(83 + n), client_id=ZHOU, guide_id=WANG, product_id=LOAFER, code=f"x{n}", at=NOW)
    desk.followup_deeds.handle(zhou, Result.REACHED, actor(), "发了祝福")
    assert desk.followup.contact_room(ZHOU).used == 3
