"""A coupon that ends soon brings its client onto today's list."""

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, NOW, WANG, Frames, HandClock, ident

BATCH, COUPON = ident(81), ident(82)


@pytest.mark.parametrize(
    ("days", "fields", "told"),
    [
        (7, {}, True),
        (8, {}, False),
        (-1, {}, False),
        (3, {"status": "redeemed"}, False),
        (3, {"status": "void"}, False),
        (3, {"recalled_at": NOW}, False),
    ],
)
def test_a_coupon_that_ends_within_a_week_is_spoken_of(
    desk: Desk, clock: HandClock, arrives: Arrives, days: int, fields: dict[str, object], *, told: bool
) -> None:
    clock.ms = NOW
    frames = Frames()
    frames._seq = 5_000
    recalled = {"recalled_at": NOW} if "recalled_at" in fields else {}
    batch = frames("coupon_template", BATCH, store="", no=9, name="满四百减八十", **recalled)
    desk.db.apply(lambda applier: applier.apply([batch]))
    status = {name: value for name, value in fields.items() if name == "status"}
    until = NOW + days * DAY_MS
    arrives("coupon", COUPON, template_id=BATCH, client_id=CHEN, code="X", valid_until=until, **status)
    said = [str(reason) for one in desk.followup.today(WANG, whole_store=True) for reason in one.reasons]
    assert any("满四百减八十" in reason for reason in said) == told
