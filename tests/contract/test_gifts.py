"""A coupon given on by two PCs without network: who counts, what each then shows, and what an erased giver leaves."""

from __future__ import annotations

from collections.abc import Callable

from guide_app.coupons.gifts import CouponGifts
from guide_app.coupons.queries import CouponQueries
from guide_app.protocol.coupon_code import check_character
from guide_app.sync.queries import SyncQueries
from tests.contract.offices import OfficeUnderTest
from tests.contract.test_deeds import acting
from tests.contract.test_sync import GUIDE, assert_equal
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import HeldClock

Make = Callable[[int], TestDesk]
BATCH, COUPON = "018f0000-0000-7000-8000-00000000c001", "018f0000-0000-7000-8000-00000000c002"
CODE = "7KQ2M9RTX4HD3" + check_character("7KQ2M9RTX4HD3")


def gifts(desk: TestDesk, clock: HeldClock) -> CouponGifts:
    return CouponGifts(desk.db, CouponQueries(desk.db, clock), clock)


def holder(desk: TestDesk) -> object:
    return desk.field("coupon", COUPON, "client_id")


def ends(desk: TestDesk) -> set[tuple[str, str | None]]:
    rows = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT side, client_id FROM coupon_gift").all())
    return {(row[0], row[1]) for row in rows}


def test_two_pcs_give_one_coupon_away_and_the_erased_giver_leaves_no_word(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    giver, first, second = (one.put("client", name=name) for name in ("沈丽华", "小明", "小芳"))
    one.sync()
    batch = {"no": 7, "name": "满300减50", "transferable": True, "discount_fen": 5_000, "min_spend_fen": 30_000}
    office.write("coupon_template", BATCH, batch)
    office.write("coupon", COUPON, {"template_id": BATCH, "code": CODE, "client_id": giver, "guide_id": GUIDE})
    one.sync()
    two.sync()
    # Both tell their own friend's name without network; each shows it at once.
    clock.move(1_000)
    gifts(two, clock).give(CODE, second, acting())
    clock.move(1_000)
    gifts(one, clock).give(CODE, first, acting())
    assert (holder(one), holder(two)) == (first, second)
    # Head office hears of the later one first: that is the one that counts, and the other is told.
    assert one.sync().rejected == 0, SyncQueries(one.db).parked()
    assert two.sync().rejected == 1
    (refused,) = SyncQueries(two.db).parked()
    assert (refused.change.kind, refused.code) == ("coupon.give", "coupon.given")
    one.sync()
    for desk in (one, two):
        assert holder(desk) == first
        assert ends(desk) == {("gave", giver), ("got", first)}
    assert_equal(office, one, two)
    held = office.read("coupon", COUPON)
    assert held is not None
    assert held["given_at"] is not None
    # What follows: her friends' hands keep it, and of her nothing stays anywhere.
    one.db.change(lambda uow: uow.command("client.erase", giver, {"reason": "本人要求"}, ()), by=GUIDE, origin="test")
    one.sync()
    two.sync()
    for desk in (one, two):
        assert (holder(desk), desk.field("coupon", COUPON, "status")) == (first, "claimed")
        assert ends(desk) == {("got", first)}
        left = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT data FROM outbox").scalars().all())
        assert not any("沈丽华" in text for text in left)
    assert_equal(office, one, two)
