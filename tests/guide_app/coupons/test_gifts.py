"""转赠 on the guide's PC: what is shown at once, who may use it then, and why a coupon is not given on."""

from __future__ import annotations

from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from guide_app.protocol.messages import GoneFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import BATCH, by_office, set_up
from tests.helpers.book import (
    CHEN,
    COUPON_CODE,
    LIN,
    NOW,
    OFFER,
    OTHER_STORE,
    STORE,
    WANG,
    ZHOU,
    HandClock,
    actor,
    ident,
)

BILL = 68_280


def offer(desk: Desk, **terms: Any) -> None:
    """The batch of the book's coupon, which may be passed on."""
    batch = {
        "no": 3, "name": "满400减80", "min_spend_fen": 40_000, "discount_fen": 8_000, "valid_from": NOW - DAY_MS,
        "valid_until": NOW + 21 * DAY_MS, "transferable": True, **terms,
    }  # fmt: skip
    office.publish(desk, (BRAND, "coupon_template", OFFER, batch), seq=7_000)


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The book, with office keys, an allotment of three that may be passed on, and Chen's coupon that may too."""
    set_up(desk, transferable=True)
    offer(desk)
    return desk


def refused(desk: Desk, client_id: str = ZHOU, code: str = COUPON_CODE) -> str:
    with pytest.raises(GuideError) as caught:
        desk.coupon_gifts.give(code, client_id, actor())
    assert caught.value.sentence.endswith("。")
    assert caught.value.way_out
    return caught.value.code


def told(desk: Desk, client_id: str) -> list[tuple[str, str]]:
    lines = timeline(desk.db, client_id, kinds=frozenset({"coupon", "coupon_gift"}))
    return [(str(line.title), str(line.detail)) for line in lines]


def codes(desk: Desk, text: str, client_id: str | None) -> tuple[str, ...]:
    return desk.coupons.shown(text, amount_fen=BILL, client_id=client_id).verdict.codes


def test_a_coupon_changes_hands_without_network(counter: Desk) -> None:
    held = counter.coupon_gifts.give(COUPON_CODE, ZHOU, actor())
    assert (held.client_id, held.client_name, held.guide_name, held.is_hers_alone) == (ZHOU, "周建国", "王敏", True)
    assert [c.id for c in counter.coupons.of_client(CHEN)] == []
    assert [c.id for c in counter.coupons.of_client(ZHOU)] == [held.id]
    assert told(counter, CHEN) == [("转赠「满400减80」", "给 周建国")]
    assert told(counter, ZHOU) == [("受赠「满400减80」", "来自 陈雅婷")]
    (step,) = counter.coupon_gifts.of_coupon(held.id)
    assert (step.giver, step.receiver, step.guide, step.pending) == ("陈雅婷", "周建国", "王敏", True)
    # Hers alone from then on, by code; who does not say who she is cannot be asked.
    giver = counter.coupons.shown(COUPON_CODE, amount_fen=BILL, client_id=CHEN).verdict
    assert [str(why) for why in giver.reasons] == ["这张券已转赠, 只能由收券的客户本人用"]
    assert giver.codes == ("coupon.holder",)
    assert codes(counter, COUPON_CODE, ZHOU) == codes(counter, COUPON_CODE, None) == ()
    assert counter.coupon_deeds.redeem(COUPON_CODE, actor(), amount_fen=BILL, client_id=ZHOU).status == "redeemed"


def test_the_voucher_of_before_names_nobody_and_the_record_decides(counter: Desk) -> None:
    counter.coupon_gifts.give(counter.coupon_deeds.issue(BATCH, LIN, actor()).code, ZHOU, actor())
    (held,) = counter.coupons.of_client(ZHOU)
    assert codes(counter, held.token, LIN) == ("coupon.holder",)
    assert codes(counter, held.token, ZHOU) == ()


def test_another_counter_asks_for_the_mark_that_head_office_signed(counter: Desk) -> None:
    text = by_office(client_id=ZHOU)  # of another store's coupon, given to Zhou: this PC has no record of it
    assert codes(counter, text, ZHOU) == ()
    assert codes(counter, text, CHEN) == ("coupon.holder",)
    assert refused(counter, code=text) == "coupon.not_here"


def test_why_a_coupon_is_not_given_on(counter: Desk, clock: HandClock) -> None:
    assert refused(counter, CHEN) == "coupon.give_same"
    assert refused(counter, ident(999)) == "client.unknown"
    counter.coupon_holds.hold("bill", [ident(60)], actor())
    assert refused(counter) == "coupon.held"
    counter.coupon_holds.release("bill", actor())
    offer(counter, transferable=False)
    assert refused(counter) == "coupon.not_transferable"
    offer(counter, recalled_at=NOW - 1)
    assert refused(counter) == "coupon.recalled"
    offer(counter)
    office.recall(counter, f"coupon:{ident(60)}", version=2)
    assert refused(counter) == "coupon.recalled"
    office.recall(counter, version=3)
    counter.client_deeds.edit(ZHOU, {"flag": "complaint", "flag_why": "鞋跟"}, actor())
    assert refused(counter) == "client.flagged"
    clock.ms += 30 * DAY_MS
    assert refused(counter, LIN) == "coupon.expired"


def test_who_was_merged_gets_it_as_who_she_is_now(counter: Desk) -> None:
    twin = counter.client_deeds.add({"name": "周先生", "phone": "13900007799"}, actor())
    older = counter.client_deeds.add({"name": "老周", "phone": "13900007788"}, actor())
    counter.client_deeds.merge(older, twin, actor())
    counter.client_deeds.merge(twin, ZHOU, actor())
    double = counter.client_deeds.add({"name": "陈小姐", "phone": "13800001111"}, actor())
    counter.client_deeds.merge(double, CHEN, actor())
    assert refused(counter, double) == "coupon.give_same"
    there = {"name": "沈丽华", "phone": "13800002222"}
    office.publish(counter, (store_scope(OTHER_STORE), "client", ident(501), there), seq=7_200)
    assert refused(counter, ident(501)) == "coupon.elsewhere"
    counter.client_deeds.edit(ZHOU, {"flag": "complaint", "flag_why": "鞋跟"}, actor())
    assert refused(counter, older) == "client.flagged", "whatever his old record says"
    counter.client_deeds.edit(ZHOU, {"flag": "", "flag_why": ""}, actor())
    assert counter.coupon_gifts.give(COUPON_CODE, older, actor()).client_id == ZHOU


def test_a_second_record_with_the_same_number_is_the_giver_herself(counter: Desk) -> None:
    twin = {"name": "雅婷", "phone": "13800005678"}
    office.publish(counter, (store_scope(STORE), "client", ident(502), twin), seq=7_300)
    assert refused(counter, ident(502)) == "coupon.give_same"


def test_its_hands_are_told_from_the_first_to_the_last(counter: Desk) -> None:
    for n, (giver, receiver, at) in enumerate(((ZHOU, LIN, NOW - 1), (CHEN, ZHOU, NOW - 2))):
        said = {"coupon_id": ident(60), "template_id": OFFER, "deed_id": ident(600 + n), "guide_id": WANG, "at": at}
        ends = ({**said, "client_id": giver, "side": "gave"}, {**said, "client_id": receiver, "side": "got"})
        scope = store_scope(STORE)
        rows = [(scope, "coupon_gift", ident(610 + 2 * n + i), end) for i, end in enumerate(ends)]
        office.publish(counter, *rows, seq=7_400 + 10 * n)
    steps = counter.coupon_gifts.of_coupon(ident(60))
    assert [(step.giver, step.receiver) for step in steps] == [("陈雅婷", "周建国"), ("周建国", "林小满")]
    assert not any(step.pending for step in steps)


def test_once_from_hand_to_hand_and_no_more_of_a_batch_than_it_says(counter: Desk) -> None:
    office.publish(counter, (store_scope(STORE), "client", LIN, {"name": "林小满", "phone": "18600000921"}), seq=7_100)
    counter.coupon_gifts.give(COUPON_CODE, ZHOU, actor())
    assert refused(counter, LIN) == "coupon.given"
    codes = [counter.coupon_deeds.issue(BATCH, client, actor()).code for client in (CHEN, CHEN, LIN)]
    counter.coupon_gifts.give(codes[0], ZHOU, actor())
    assert refused(counter, LIN, codes[1]) == "coupon.give_limit"
    assert refused(counter, ZHOU, codes[2]) == "coupon.got_limit"
    counter.coupon_gifts.give(codes[2], CHEN, actor())  # being given is counted apart from giving
    redeemed = counter.coupon_deeds.redeem(codes[1], actor(), amount_fen=BILL, client_id=CHEN)
    assert refused(counter, LIN, redeemed.code) == "coupon.redeemed"


def test_who_gave_hers_on_has_still_had_her_share(counter: Desk) -> None:
    counter.coupon_gifts.give(COUPON_CODE, ZHOU, actor())
    with pytest.raises(InvalidInputError, match="已领过"):
        counter.coupon_deeds.issue(OFFER, CHEN, actor())
    assert counter.coupon_deeds.issue(OFFER, ZHOU, actor()).client_id == ZHOU  # what he was given is not what he took


def test_who_refused_contact_is_given_nothing(counter: Desk) -> None:
    counter.client_deeds.edit(ZHOU, {"contact_state": "refused"}, actor())
    assert refused(counter) == "consent.refused"


def test_an_erased_giver_leaves_no_word_and_the_receiver_keeps_the_coupon(counter: Desk) -> None:
    held = counter.coupon_gifts.give(COUPON_CODE, ZHOU, actor())
    counter.db.apply(lambda applier: applier.apply([GoneFrame(store_scope(STORE), "client", CHEN, 8_000)]))
    assert [c.id for c in counter.coupons.of_client(ZHOU)] == [held.id]
    assert told(counter, ZHOU) == [("受赠「满400减80」", "")]
    assert [step.giver for step in counter.coupon_gifts.of_coupon(held.id)] == [""]
    (kept,) = counter.db.query(lambda conn: conn.exec_driver_sql("SELECT data FROM outbox").scalars().all())
    assert CHEN not in kept
    assert counter.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM coupon_gift").scalar_one()) == 1
