"""When a birthday is spoken of: its day, week or month, so many days before, once a year, with one coupon."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_date
from guide_app.flows.desk import Desk
from guide_app.followup.model import Cause, Suggestion
from guide_app.followup.results import Result
from guide_app.followup.rules import Span
from guide_app.followup.windows import spoken_of, window
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LIN, NOW, OFFER, WANG, ZHOU, HandClock, actor, ident

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
SPANS = st.sampled_from(["day", "week", "month"])


@given(DAYS, st.integers(0, 60), SPANS, st.integers(-40, 100))
def test_a_day_is_spoken_of_exactly_from_before_its_window_until_its_end(
    today: dt.date, ahead: int, span: Span, offset: int
) -> None:
    day = today + dt.timedelta(days=offset)
    opens, closes = window(day, span)
    assert opens <= day <= closes
    spoken = opens - dt.timedelta(days=ahead) <= today <= closes
    assert (day in set(spoken_of(today, ahead, span))) == spoken


def hers(desk: Desk, client: str = LIN) -> list[Suggestion]:
    return [s for s in desk.followup.today(WANG, whole_store=True) if s.client_id == client]


def born(desk: Desk, day: dt.date, client: str = LIN) -> None:
    fields = {"birth_calendar": "solar", "birth_month": day.month, "birth_day": day.day}
    desk.client_deeds.edit(client, fields, actor())


@pytest.mark.parametrize(
    ("value", "day", "reason"),
    [
        ({}, dt.date(2026, 11, 28), "7 天后生日 (11/28)"),
        ({}, dt.date(2026, 11, 29), None),
        ({"days_before": 0}, dt.date(2026, 11, 22), None),
        ({"days_before": 0}, dt.date(2026, 11, 21), "今天生日 (11/21)"),
        ({"days_before": 0, "span": 7}, dt.date(2026, 11, 22), "明天生日 (11/22)"),  # it is a Saturday
        ({"days_before": 0, "span": 7}, dt.date(2026, 11, 23), None),
        ({"days_before": 2, "span": 7}, dt.date(2026, 11, 29), "8 天后生日 (11/29)"),
        ({"days_before": 0, "span": 7}, dt.date(2026, 11, 16), "生日刚过 5 天 (11/16)"),
        ({"days_before": 0, "span": 31}, dt.date(2026, 11, 1), "生日刚过 20 天 (11/1)"),
        ({"days_before": 10, "span": 31}, dt.date(2026, 12, 31), "40 天后生日 (12/31)"),
        ({"days_before": 9, "span": 31}, dt.date(2026, 12, 1), None),
    ],
)
def test_head_office_says_how_long(
    desk: Desk, arrives: Arrives, value: dict[str, int], day: dt.date, reason: str | None
) -> None:
    arrives("house_rule", ident(80), name="birthday_window", value=value)
    born(desk, day)
    assert [str(s.reasons[0]) for s in hers(desk)] == ([] if reason is None else [reason])


def test_a_birthday_comes_with_its_script_and_its_coupon(desk: Desk, arrives: Arrives) -> None:
    arrives("script", ident(81), scene="生日", title="祝福", body="{称呼}, 生日快乐", rank=1)
    arrives("house_rule", ident(80), name="birthday_coupon", value={"template_no": 3})
    (found,) = hers(desk, ZHOU)
    assert (found.script_id, found.coupon_template_id) == (ident(81), OFFER)
    arrives("coupon_template", OFFER, no=3, name="满400减80", status="ended")
    (found,) = hers(desk, ZHOU)
    assert found.coupon_template_id is None


def test_who_is_reminded_of_a_coupon_gets_a_link_to_that_very_one(desk: Desk, arrives: Arrives) -> None:
    lapsing, later = ident(84), ident(85)
    for n, (template, days) in enumerate(((later, 9), (lapsing, 2), (OFFER, 5))):
        if template != OFFER:
            arrives("coupon_template", template, no=n + 20, name=f"券{n}", valid_until=NOW + 30 * DAY_MS)
        arrives(
            "coupon", ident(86 + n), template_id=template, code=f"ABCDEFGHJKLM{n + 2}A", client_id=CHEN, guide_id=WANG,
            status="claimed", claimed_at=NOW - DAY_MS, valid_from=NOW - DAY_MS, valid_until=NOW + days * DAY_MS,
        )  # fmt: skip
    (found,) = hers(desk, CHEN)
    assert (found.cause, found.coupon_template_id) == (Cause.EXPIRING, lapsing)
    desk.followup_deeds.handle(found, Result.REACHED, actor())
    kept = "SELECT coupon_template_id FROM task WHERE client_id = ? AND coupon_template_id IS NOT NULL"
    assert desk.db.query(lambda c: c.exec_driver_sql(kept, (CHEN,)).all()) == [], "it was hers already"


def test_one_coupon_a_year_also_after_her_birthday_was_corrected(
    desk: Desk, clock: HandClock, arrives: Arrives
) -> None:
    arrives("house_rule", ident(80), name="birthday_coupon", value={"template_no": 3})
    arrives("coupon_template", OFFER, no=3, name="生日券", valid_until=NOW + 2_000 * DAY_MS)
    (found,) = hers(desk, ZHOU)
    desk.followup_deeds.handle(found, Result.REACHED, actor(), "生日快乐")
    clock.ms = NOW + 200 * DAY_MS
    born(desk, china_date(clock.ms), ZHOU)
    (again,) = hers(desk, ZHOU)  # another year by her new date, and far enough from the last
    assert again.coupon_template_id is None
    clock.ms = NOW + 370 * DAY_MS
    born(desk, china_date(clock.ms), ZHOU)
    assert [s.coupon_template_id for s in hers(desk, ZHOU)] == [OFFER]


def test_who_gave_her_birthdays_coupon_on_gets_no_second_and_who_was_given_it_still_gets_her_own(
    desk: Desk, arrives: Arrives
) -> None:
    arrives("house_rule", ident(80), name="birthday_coupon", value={"template_no": 3})
    arrives(
        "coupon", ident(60), template_id=OFFER, client_id=ZHOU, code="ABCDEFGHJKLM2A", claimed_at=NOW - DAY_MS,
        given_at=NOW, valid_from=NOW - DAY_MS, valid_until=NOW + 9 * DAY_MS,
    )  # fmt: skip
    (found,) = hers(desk, ZHOU)
    assert found.coupon_template_id == OFFER
    arrives("coupon_gift", ident(61), client_id=ZHOU, coupon_id=ident(60), template_id=OFFER, side="gave", at=NOW)
    (found,) = hers(desk, ZHOU)
    assert found.coupon_template_id is None


def test_nobody_answered_means_the_coupon_is_still_to_give(desk: Desk, arrives: Arrives) -> None:
    arrives("house_rule", ident(80), name="birthday_coupon", value={"template_no": 3})
    desk.followup_deeds.handle(hers(desk, ZHOU)[0], Result.NO_ANSWER, actor())
    sql = "SELECT coupon_template_id FROM task WHERE cause LIKE 'birthday:%'"
    assert desk.db.query(lambda c: [row[0] for row in c.exec_driver_sql(sql)]) == [None]
