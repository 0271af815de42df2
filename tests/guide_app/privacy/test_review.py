"""Who is listed for review after years of silence, and who is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.privacy.review import Touches, review
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, LIN, NOW, OFFER, STORE, WANG, ZHOU, HandClock, actor, ident
from tests.helpers.house_rules import set_rule

MOMENTS = st.integers(0, NOW)


def due(desk: Desk) -> list[str]:
    return [one.touches.client_id for one in desk.privacy.reviews()]


def test_nobody_is_listed_before_her_time_and_each_with_her_reason(desk: Desk, clock: HandClock) -> None:
    assert due(desk) == []
    clock.ms = NOW + (1_095 - 300) * DAY_MS
    (zhou,) = desk.privacy.reviews()
    assert (zhou.touches.client_id, zhou.days) == (ZHOU, 1_095)
    assert "最后一次建档是 2026-01-25" in zhou.reason
    clock.ms = NOW + (1_095 - 2) * DAY_MS
    assert due(desk) == [ZHOU, LIN, CHEN], "she took a coupon two days ago"
    assert "最后一次联系是 2026-11-19" in desk.privacy.reviews()[2].reason


def test_a_coupon_given_on_is_a_contact_with_both_of_them(desk: Desk, clock: HandClock) -> None:
    def give(applier: Any) -> None:
        given = {"coupon_id": ident(60), "template_id": OFFER, "deed_id": ident(705), "at": NOW}
        coupon = {"template_id": OFFER, "client_id": ZHOU, "claimed_at": NOW - 2 * DAY_MS, "given_at": NOW}
        frames = [RecordFrame(store_scope(STORE), "coupon", ident(60), 969, coupon)]
        for n, end in enumerate(({"client_id": CHEN, "side": "gave"}, {"client_id": ZHOU, "side": "got"})):
            frames.append(RecordFrame(store_scope(STORE), "coupon_gift", ident(701 + n), 970 + n, {**given, **end}))
        applier.apply(frames)

    desk.db.apply(give)
    clock.ms = NOW + 1_094 * DAY_MS
    assert due(desk) == [LIN]


def test_a_contact_takes_her_off_and_nothing_is_erased(desk: Desk, clock: HandClock) -> None:
    clock.ms = NOW + 1_095 * DAY_MS
    assert set(due(desk)) == {CHEN, ZHOU, LIN}
    desk.client_deeds.note(ZHOU, "搬家了, 仍来店", actor())
    assert set(due(desk)) == {CHEN, LIN}
    assert desk.clients.portrait(CHEN).fields["name"] == "陈雅婷"


def test_what_is_under_way_keeps_her_and_the_archive_does_not_hide_her(desk: Desk, clock: HandClock) -> None:
    clock.ms = NOW + 1_095 * DAY_MS

    def open_repair(applier: Any) -> None:
        repair = {"client_id": ZHOU, "kind": "repair", "title": "换跟", "at": NOW - 100 * DAY_MS}
        applier.apply([RecordFrame(store_scope(STORE), "service", ident(700), 970, repair)])

    desk.db.apply(open_repair)
    desk.client_deeds.archive(LIN, actor())
    listed = {one.touches.client_id: one.touches.archived for one in desk.privacy.reviews()}
    assert listed == {CHEN: False, LIN: True}


@pytest.mark.parametrize(("said", "listed"), [(60, {ZHOU}), (299, {ZHOU}), (301, set())])
def test_head_office_sets_the_time(desk: Desk, said: int, listed: set[str]) -> None:
    set_rule(desk, "retention_days", said)
    assert set(due(desk)) == listed


def test_the_reason_names_what_was_last() -> None:
    touches = Touches(CHEN, "陈", WANG, archived=False, created_at=0, bought_at=NOW, contact_at=DAY_MS, open=0)
    found = review(touches, NOW + 30 * DAY_MS, 30)
    assert found is not None
    assert found.reason.startswith("30 天没有购买和联系, 最后一次购买是 2026-11-21")


@given(MOMENTS, MOMENTS, MOMENTS, st.integers(30, 3_650))
def test_a_client_is_listed_exactly_when_all_has_been_silent(made: int, bought: int, contact: int, days: int) -> None:
    touches = Touches(CHEN, "陈", WANG, archived=False, created_at=made, bought_at=bought, contact_at=contact, open=0)
    silent = all(NOW - moment >= days * DAY_MS for moment in (made, bought, contact))
    assert (review(touches, NOW, days) is not None) == silent
