"""A counter without network: what is genuine is taken within its limits, and nothing else ever is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.coupons.limits import HOUR_MS
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_bill import Bill, BillLine
from guide_app.protocol.recall import entry
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.protocol.voucher import Voucher, coupon_of, holder_mark, sign_by_device, sign_by_office, verify
from guide_app.store.device import save_device
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import ALLOTMENT, BATCH, OFFICE_KEY, SIZE, by_office
from tests.helpers.book import COUPON_CODE, DEVICE_KEY, LIN, LOAFER, NOW, STORE, ZHOU, HandClock, actor, ident

BILL = 42_900


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The counter's PC with head office's keys and Wang's allotment."""
    office.set_up(desk)
    return desk


def _refused(counter: Desk, text: str, **other: Any) -> str:
    with pytest.raises(GuideError) as refused:
        counter.coupon_deeds.redeem(text, actor(), amount_fen=BILL, **other)
    return refused.value.code


def test_a_coupon_never_heard_of_is_taken_by_its_signature_once(counter: Desk) -> None:
    text = by_office(client_id=ident(500))
    shown = counter.coupons.shown(text, amount_fen=BILL)
    assert (shown.coupon.known, shown.verdict.usable, shown.verdict.discount_fen) == ("signature", True, 5_000)
    used = counter.coupon_deeds.redeem(text, actor(), order_no="NJ-1", amount_fen=BILL)
    (row,) = counter.coupons.redemptions()
    assert (used.status, used.redeemed_at) == ("redeemed", row.at), "nobody need wait for its record to be told so"
    assert (row.order_no, row.discount_fen, row.status) == ("NJ-1", 5_000, "pending")
    assert _refused(counter, text) == "coupon.redeemed"
    ((kind, data),) = counter.db.query(lambda c: c.exec_driver_sql("SELECT kind, data FROM outbox").all())
    sent = msgspec.json.decode(data)
    assert (kind, sent["token"], sent["offline"]) == ("coupon.redeem", text, True)


def test_a_coupon_out_of_the_allotment_is_good_at_once(counter: Desk) -> None:
    given = counter.coupon_deeds.issue("满300减50", LIN, actor())
    keys = {1: OFFICE_KEY.public_key().public_bytes_raw()}
    voucher = verify(given.token, keys)
    assert (voucher.coupon_id, voucher.serial, voucher.is_for(LIN)) == (coupon_of(ALLOTMENT, 0), 0, True)
    assert counter.coupon_deeds.redeem(given.token, actor(), amount_fen=BILL, client_id=LIN).status == "redeemed"


def test_the_allotment_ends_with_its_last_coupon(counter: Desk) -> None:
    for left in range(SIZE - 1, -1, -1):
        counter.coupon_deeds.issue(BATCH, LIN, actor())
        (allotment,) = counter.allotments.of_guide(actor().guide_id or "")
        assert allotment.left == left
    with pytest.raises(InvalidInputError, match="用完"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())


def test_without_an_allotment_head_office_decides_while_it_is_in_contact(counter: Desk, clock: HandClock) -> None:
    office.publish(counter, (BRAND, "coupon_template", ident(75), {"no": 13, "name": "立减20", "kind": "cash_off",
                   "discount_fen": 2_000, "allot_count": 5}), seq=6_500)  # fmt: skip
    with pytest.raises(InvalidInputError, match="额度"):
        counter.coupon_deeds.issue("立减20", LIN, actor())
    counter.db.apply(lambda applier: save_device(applier.conn, last_contact_ms=clock.ms))
    given = counter.coupon_deeds.issue("立减20", LIN, actor())
    assert (given.status, given.token) == ("claimed", "")
    clock.ms += 10 * 60_000
    with pytest.raises(InvalidInputError, match="额度"):
        counter.coupon_deeds.issue("立减20", ZHOU, actor())


def test_setting_the_clock_back_wins_no_day(counter: Desk, clock: HandClock) -> None:
    clock.ms += 3 * DAY_MS
    with pytest.raises(InvalidInputError, match="到期"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())
    text = by_office(valid_until=NOW + DAY_MS)
    assert _refused(counter, text) == "coupon.expired"
    counter.coupon_deeds.redeem(COUPON_CODE, actor(), amount_fen=68_280)  # leaves a stamp of today
    clock.ms = NOW
    with pytest.raises(InvalidInputError, match="到期"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())
    assert _refused(counter, text) == "coupon.expired"


def test_a_copy_of_the_book_hands_out_the_same_coupons(counter: Desk) -> None:
    first = counter.coupon_deeds.issue(BATCH, LIN, actor())
    # What a PC with the same keys and the book of an hour ago would do:
    certificate = office.certificate()
    copied = Voucher(
        coupon_of(ALLOTMENT, 0), certificate.template_no, NOW, NOW + DAY_MS, 0, holder_mark(ZHOU), 1, 0, certificate
    )
    assert first.id == copied.coupon_id
    counter.coupon_deeds.redeem(first.token, actor(), amount_fen=BILL)
    assert _refused(counter, sign_by_device(copied, DEVICE_KEY)) == "coupon.redeemed"


def test_another_pcs_allotment_is_not_this_ones(counter: Desk) -> None:
    office.publish(
        counter, (store_scope(STORE), "allotment", ALLOTMENT, office.allotment(device_id=ident(98))), seq=6_000
    )
    with pytest.raises(InvalidInputError, match="额度"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())


@pytest.mark.parametrize("change", [{"count": 900}, {"expires_at": NOW + 900 * DAY_MS}, {"budget_fen": 10**9}])
def test_a_book_that_was_tampered_with_gives_nothing_more(counter: Desk, change: dict[str, Any]) -> None:
    office.publish(counter, (store_scope(STORE), "allotment", ALLOTMENT, {**office.allotment(), **change}), seq=6_000)
    with pytest.raises(InvalidInputError, match="额度"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())


def test_forged_coupons(counter: Desk) -> None:
    thief = Ed25519PrivateKey.from_private_bytes(b"t" * 32)
    genuine = by_office()
    forged = Voucher(ident(81), 12, NOW, NOW + DAY_MS, 0, holder_mark(None), 1)
    assert _refused(counter, sign_by_office(forged, thief)) == "coupon.forged"
    assert _refused(counter, sign_by_office(replace(forged, key_no=9), OFFICE_KEY)) == "coupon.forged"
    assert _refused(counter, genuine[:-1] + ("2" if genuine[-1] != "2" else "3")) == "coupon.forged"
    assert _refused(counter, genuine[:120]) == "coupon.forged"
    certificate = office.certificate()
    other_guide = replace(certificate, guide_no=2)
    voucher = Voucher("", 12, NOW, NOW + DAY_MS, 0, holder_mark(None), 1, 0, other_guide)
    assert _refused(counter, sign_by_device(voucher, DEVICE_KEY)) == "coupon.forged"
    beyond = replace(voucher, serial=SIZE, certificate=certificate)
    assert _refused(counter, sign_by_device(beyond, DEVICE_KEY)) == "coupon.forged"
    swapped = office.certificate(device_key=thief.public_key().public_bytes_raw())
    stolen = replace(voucher, certificate=replace(swapped, signature=certificate.signature))
    assert _refused(counter, sign_by_device(stolen, thief)) == "coupon.forged"
    assert counter.coupons.redemptions() == ()


def test_what_head_office_recalled_is_refused(counter: Desk) -> None:
    given = counter.coupon_deeds.issue(BATCH, LIN, actor())
    strange = by_office(82)
    office.recall(counter, entry("coupon", ident(82)), version=2)
    assert _refused(counter, strange) == "coupon.recalled"
    office.recall(counter, entry("coupon", ident(82)), entry("allotment", ALLOTMENT), version=3)
    assert _refused(counter, given.token) == "coupon.recalled"
    assert _refused(counter, given.code) == "coupon.recalled"  # typed, as it stands under the QR code
    with pytest.raises(InvalidInputError, match="额度"):
        counter.coupon_deeds.issue(BATCH, LIN, actor())
    office.recall(counter, entry("template", BATCH), version=4)
    assert _refused(counter, by_office(83)) == "coupon.recalled"


def test_one_reason_is_enough_for_what_head_office_recalled(counter: Desk) -> None:
    given = counter.coupon_deeds.issue(BATCH, LIN, actor())
    office.recall(counter, entry("coupon", given.id), version=2)
    void = "UPDATE coupon SET status = 'void' WHERE id = ?"  # which the record says as soon as it arrives
    counter.db.apply(lambda applier: applier.conn.exec_driver_sql(void, (given.id,)))
    verdict = counter.coupons.shown(given.code, amount_fen=BILL).verdict
    assert (verdict.codes, [str(why) for why in verdict.reasons]) == (("coupon.recalled",), ["这张券已由总部作废"])


def test_a_list_that_lost_an_entry_stops_the_counter(counter: Desk) -> None:
    office.recall(counter, entry("coupon", ident(82)), version=2, genuine=False)
    assert _refused(counter, by_office(82)) == "coupon.list_broken"
    assert _refused(counter, by_office(83)) == "coupon.list_broken"
    with pytest.raises(InvalidInputError, match="作废名单"):
        counter.coupons.state()


def test_a_list_that_was_lost_altogether_stops_it_too(counter: Desk) -> None:
    counter.db.apply(lambda applier: applier.conn.exec_driver_sql("DELETE FROM recall_list"))
    assert _refused(counter, by_office(82)) == "coupon.list_broken"


def test_a_stranger_cannot_use_her_coupon(counter: Desk) -> None:
    text = by_office(client_id=LIN)
    assert _refused(counter, text, client_id=ZHOU) == "coupon.holder"
    assert counter.coupon_deeds.redeem(text, actor(), amount_fen=BILL, client_id=LIN).known == "signature"


@pytest.mark.parametrize(
    ("rule", "taken"),
    [({"count": 2}, 2), ({"discount_fen": 12_000}, 2), ({"count": 0}, 0)],
)
def test_the_counter_has_its_limits_without_network(counter: Desk, rule: dict[str, int], taken: int) -> None:
    office.publish(counter, (BRAND, "house_rule", ident(74), {"name": "offline_redeem", "value": rule}), seq=7_000)
    for n in range(taken):
        counter.coupon_deeds.redeem(by_office(90 + n), actor(), amount_fen=BILL)
    assert _refused(counter, by_office(99)) == "coupon.offline_limit"
    assert len(counter.coupons.redemptions()) == taken


def test_after_so_many_hours_without_contact_it_waits(counter: Desk, clock: HandClock) -> None:
    office.publish(
        counter, (BRAND, "house_rule", ident(74), {"name": "offline_redeem", "value": {"hours": 48}}), seq=7_000
    )
    state = counter.coupons.state()
    assert (state.room.count, state.room.until, state.recalls_at) == (200, NOW + 48 * HOUR_MS, NOW)
    clock.ms += 48 * HOUR_MS
    assert _refused(counter, by_office(84)) == "coupon.offline_limit"


def test_allotments_are_asked_for_in_time_and_handed_back(counter: Desk, clock: HandClock) -> None:
    assert counter.allotments.provide(actor()) == 0
    counter.coupon_deeds.issue(BATCH, LIN, actor())
    counter.coupon_deeds.issue(BATCH, LIN, actor())
    assert counter.allotments.provide(actor()) == 1
    assert counter.allotments.provide(actor()) == 0  # it is on its way
    clock.ms += 3 * DAY_MS
    assert counter.allotments.provide(actor()) == 1
    assert counter.allotments.provide(actor()) == 0  # handed back once
    kinds = counter.db.query(lambda c: c.exec_driver_sql("SELECT kind FROM outbox ORDER BY mid").scalars().all())
    assert kinds == ["coupon.issue", "coupon.issue", "allotment.lease", "allotment.return"]


def test_more_is_asked_for_with_half_of_it_left(counter: Desk) -> None:
    office.set_up(counter, allot_count=2)  # of three one was left out: half of what a new one has
    for _ in range(2):
        counter.coupon_deeds.issue(BATCH, LIN, actor())
    assert counter.allotments.provide(actor()) == 1


def test_the_allotments_money_is_handed_out_to_the_last_fen(desk: Desk) -> None:
    office.set_up(desk, kind="random_off", discount_fen=0, random_min_fen=5_000, random_max_fen=5_000)
    for _ in range(3):
        assert desk.coupon_deeds.issue(BATCH, LIN, actor()).value_fen == 5_000


def test_a_refused_allotment_is_nobodys_work_and_is_asked_for_again_a_day_later(
    counter: Desk, clock: HandClock
) -> None:
    counter.coupon_deeds.issue(BATCH, LIN, actor())
    counter.coupon_deeds.issue(BATCH, LIN, actor())
    assert counter.allotments.provide(actor()) == 1
    counter.db.apply(
        lambda a: a.conn.exec_driver_sql("UPDATE outbox SET state = 'parked' WHERE kind = 'allotment.lease'")
    )
    assert counter.allotments.provide(actor()) == 0
    parked = counter.db.query(lambda c: c.exec_driver_sql("SELECT mid FROM outbox WHERE state = 'parked'").all())
    assert parked == []
    clock.ms += DAY_MS + 1
    assert counter.allotments.provide(actor()) == 1


def test_a_coupon_lies_in_one_bill_until_it_is_given_free(counter: Desk, clock: HandClock) -> None:
    text = by_office()
    counter.coupon_holds.hold("bill-1", [ident(80)], actor())
    assert _refused(counter, text) == "coupon.held"
    with pytest.raises(InvalidInputError, match="另一张"):
        counter.coupon_holds.hold("bill-2", [ident(80)], actor())
    counter.coupon_holds.hold("bill-1", [], actor())
    assert counter.coupons.shown(text, amount_fen=BILL).verdict.usable
    counter.coupon_holds.hold("bill-1", [ident(80)], actor())
    clock.ms += 15 * 60_000
    assert counter.coupons.shown(text, amount_fen=BILL).verdict.usable
    clock.ms -= 1
    counter.coupon_holds.release_all()
    assert counter.coupons.shown(text, amount_fen=BILL).verdict.usable


def test_two_coupons_on_one_bill_are_used_together_or_not_at_all(counter: Desk) -> None:
    bill = Bill((BillLine(LOAFER, "女鞋/乐福鞋", 1, 56_900),), NOW, STORE)
    counter.coupon_holds.hold("bill-1", [ident(80)], actor())
    used = counter.coupon_deeds.redeem_bill([by_office(), COUPON_CODE], bill, actor(), bill_id="bill-1", order_no="N-1")
    assert len(used) == 2
    assert {row.discount_fen for row in counter.coupons.redemptions()} == {5_000, 8_000}
    with pytest.raises(InvalidInputError):
        counter.coupon_deeds.redeem_bill([by_office(85), by_office(86)], bill, actor())
    assert len(counter.coupons.redemptions()) == 2
