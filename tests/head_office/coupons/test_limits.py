"""What a page calls used up is exactly what cannot be taken any more."""

from __future__ import annotations

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError
from head_office.coupons.limits import Giver, remaining, take_one, used_up
from head_office.coupons.queries import template_by_id
from tests.head_office.kit import NOW, Pc, make_template


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("day", {"day_quota": 2}),
        ("store", {"store_quota": 2}),
        ("guide", {"guide_quota": 2}),
        ("budget", {"budget_fen": 10_000}),
        ("", {"quota": 2}),
    ],
)
def test_the_last_one_is_on_offer_until_it_is_taken(pc: Pc, guide_id: str, what: str, limit: dict[str, int]) -> None:
    template_id, giver = make_template(pc.engine, **limit), Giver(pc.who.store_id, guide_id, NOW)
    with pc.engine.begin() as connection:
        template = template_by_id(connection, template_id)
        assert template is not None
        left: list[int | None] = []
        for _ in range(2):
            assert used_up(connection, template, giver) == ""
            left.append(remaining(connection, template))
            take_one(connection, template, None, giver, worth_fen=5_000)
        assert used_up(connection, template, giver) == what
        assert [*left, remaining(connection, template)] == ([None] * 3 if what else [2, 1, 0])
        savepoint = connection.begin_nested()
        with pytest.raises(GuideError, match="完"):
            take_one(connection, template, None, giver, worth_fen=5_000)
        savepoint.rollback()
        tomorrow = Giver(pc.who.store_id, guide_id, NOW + DAY_MS)
        assert used_up(connection, template, tomorrow) == ("" if what == "day" else what)
