"""The day of the first purchase, by head office's rule, and warranties that end soon."""

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.followup.model import Cause
from guide_app.followup.results import Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LOAFER, NOW, WANG, HandClock, actor, ident

#: She bought first 187 days ago, and last 52 days ago, one pair each.
FIRST, LAST = NOW - 187 * DAY_MS, NOW - 52 * DAY_MS


def reasons(desk: Desk, cause: Cause) -> list[str]:
    found = desk.followup.today(WANG, whole_store=True)
    words = {Cause.FIRST_DAY: "首购", Cause.WARRANTY: "保修"}[cause]
    return [str(r) for s in found for r in s.reasons if words in str(r)]


@pytest.mark.parametrize(
    ("value", "days", "reason"),
    [
        ({"on": 1}, 365, ["今天首购满 1 年"]),
        ({"on": 1}, 362, ["3 天后首购满 1 年"]),
        ({"on": 1}, 361, []),
        ({"on": 1, "days_before": 10}, 355, ["10 天后首购满 1 年"]),
        ({"on": 1}, 0, []),
        ({}, 365, []),
    ],
)
def test_the_day_of_the_first_purchase_is_kept_if_head_office_says_so(
    desk: Desk, clock: HandClock, arrives: Arrives, value: dict[str, int], days: int, reason: list[str]
) -> None:
    arrives("house_rule", ident(80), name="first_purchase_day", value=value)
    clock.ms = FIRST + days * DAY_MS
    assert reasons(desk, Cause.FIRST_DAY) == reason


def test_it_comes_once_a_year_and_to_nobody_who_is_not_to_be_profiled(
    desk: Desk, clock: HandClock, arrives: Arrives
) -> None:
    arrives("house_rule", ident(80), name="first_purchase_day", value={"on": 1})
    clock.ms = FIRST + 364 * DAY_MS
    (found,) = [s for s in desk.followup.today(WANG) if s.client_id == CHEN]
    assert found.scenes == ("首购纪念",)
    desk.followup_deeds.handle(found, Result.NO_ANSWER, actor())
    clock.ms += DAY_MS
    assert reasons(desk, Cause.FIRST_DAY) == []
    clock.ms = FIRST + 731 * DAY_MS  # 2028 has a 29 February
    assert reasons(desk, Cause.FIRST_DAY) == ["今天首购满 2 年"]
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    assert reasons(desk, Cause.FIRST_DAY) == []


def under_warranty(arrives: Arrives, days: int) -> None:
    arrives("product", LOAFER, no=7, spu="LF2601", name="软底乐福鞋 2026 秋", warranty_days=days)


def test_a_warranty_is_spoken_of_before_it_ends(desk: Desk, clock: HandClock, arrives: Arrives) -> None:
    under_warranty(arrives, 90)
    clock.ms = LAST + 75 * DAY_MS
    assert reasons(desk, Cause.WARRANTY) == []
    clock.ms = LAST + 76 * DAY_MS
    assert reasons(desk, Cause.WARRANTY) == ["「软底乐福鞋」保修还有 14 天 (12/29)"]
    clock.ms = LAST + 90 * DAY_MS
    assert reasons(desk, Cause.WARRANTY) == ["「软底乐福鞋」保修今天到期"]
    (found,) = [s for s in desk.followup.today(WANG) if s.client_id == CHEN]
    desk.followup_deeds.handle(found, Result.NO_ANSWER, actor())
    assert reasons(desk, Cause.WARRANTY) == []


@pytest.mark.parametrize(("origin", "left"), [("NJ-46", 0), ("", 0), ("NJ-40", 1)])
def test_what_came_back_has_no_warranty(desk: Desk, clock: HandClock, arrives: Arrives, origin: str, left: int) -> None:
    under_warranty(arrives, 90)
    clock.ms = LAST + 80 * DAY_MS
    arrives("purchase", ident(300), order_no="R-1", kind="return", origin_order_no=origin, client_id=CHEN,
            at=LAST + DAY_MS, total_fen=-56900)  # fmt: skip
    arrives("purchase_line", ident(301), purchase_id=ident(300), sku_id=ident(10), product_id=LOAFER,
            title="软底乐福鞋", qty=-1, amount_fen=-56900)  # fmt: skip
    assert len(reasons(desk, Cause.WARRANTY)) == left


def test_a_warranty_that_a_guide_wrote_down_counts_by_head_offices_days(desk: Desk, arrives: Arrives) -> None:
    arrives("service", ident(310), client_id=CHEN, kind="warranty", title="手表电池", until=NOW + 20 * DAY_MS)
    assert reasons(desk, Cause.WARRANTY) == []
    arrives("house_rule", ident(80), name="warranty_ahead", value={"days": 30})
    assert reasons(desk, Cause.WARRANTY) == ["「手表电池」保修还有 20 天 (12/11)"]
