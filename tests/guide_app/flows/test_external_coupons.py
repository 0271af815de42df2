"""A coupon of another system at the counter: recognised, redeemed by head office alone, never asked for twice."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError, OfficeUnreachableError
from guide_app.coupons.external import _ALONE, ExternalBook, stands_alone
from guide_app.flows.desk import Desk
from guide_app.flows.external_coupons import ExternalShown
from guide_app.flows.timeline import _PARTS, timeline
from guide_app.protocol.external_coupon import ExternalBatch
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.sync.errors import OfficeRefusedError
from tests.helpers.book import CHEN, COUPON_CODE, NOW, STORE, WANG, actor, ident
from tests.helpers.external_office import CODE, FIFTY, TWELVE, ExternalOffice, with_office


@pytest.fixture
def office() -> ExternalOffice:
    """Head office."""
    return ExternalOffice()


@pytest.fixture
def counter(desk: Desk, office: ExternalOffice) -> Desk:
    """A desk whose head office redeems coupons of WeChat Pay's."""
    return with_office(desk, office, FIFTY, TWELVE)


def _batch(desk: Desk, code: str = CODE) -> ExternalBatch:
    return desk.external_coupons.book.batches(code)[0]


def _redeem(desk: Desk, amount_fen: int = 42_000, **more: int | str) -> ExternalShown:
    return desk.external_coupons.redeem(CODE, _batch(desk), amount_fen, actor(), **more)  # type: ignore[arg-type]


def _redeemed(desk: Desk, order_no: str, **more: object) -> None:
    """Head office's record of a redemption arrives."""
    said = {
        "coupon_code": CODE, "guide_id": WANG, "order_no": order_no, "amount_fen": 42_000, "discount_fen": 5_000,
        "at": NOW, "source": "wechat", "source_name": FIFTY["name"], **more,
    }  # fmt: skip
    frame = RecordFrame(store_scope(STORE), "redemption", ident(910), 9_002, said)
    desk.db.apply(lambda applier: applier.apply([frame]))


def test_a_code_is_recognised_by_its_shape_and_ours_stay_ours(counter: Desk) -> None:
    assert counter.scans.find(CODE).kind == "external"
    assert counter.scans.find("WX123456789").kind == "external"
    assert counter.scans.find(COUPON_CODE).kind == "coupon"
    assert counter.scans.find("LF2601-BK-37").kind == "article"
    assert counter.scans.find(CODE[1:]).kind == "nothing"


def test_a_number_of_hers_is_hers_whatever_a_batch_looks_like(desk: Desk, office: ExternalOffice) -> None:
    """Eleven digits are a phone number, too."""
    counter = with_office(desk, office, FIFTY | {"pattern": "#" * 11})
    for typed in (False, True):
        assert counter.scans.find("13800005678", typed=typed).kind == "client"
        assert counter.scans.find("13800000000", typed=typed).kind == "external"


def test_without_a_published_batch_nothing_is_recognised(desk: Desk) -> None:
    assert desk.scans.find(CODE).kind == "nothing"


def test_head_office_says_what_it_is_worth_and_redeems_it_once(counter: Desk, office: ExternalOffice) -> None:
    told = counter.external_coupons.check(CODE, _batch(counter), 42_000).told
    assert (told.state, told.discount_fen) == ("usable", 5_000)
    assert _redeem(counter, order_no="A1").told.state == "used"
    assert counter.external_coupons.book.waiting() == ()
    assert _redeem(counter, order_no="A2").told.reason == "coupon.redeemed"
    assert len(set(office.asked)) == 2


def test_without_network_nothing_is_taken_off(counter: Desk, office: ExternalOffice) -> None:
    office.cut = True
    with pytest.raises(OfficeUnreachableError):
        counter.external_coupons.check(CODE, _batch(counter), 42_000)
    assert office.asked == []


def test_a_lost_answer_is_asked_for_under_the_same_number(counter: Desk, office: ExternalOffice) -> None:
    office.lose = 2
    assert _redeem(counter, order_no="A1").told.state == "unsettled"
    office.cut = True
    assert _redeem(counter, order_no="A1").told.state == "unsettled"
    office.cut = False
    (waiting,) = ExternalBook(counter.db).waiting()  # as after the program was started again
    assert (waiting.code, waiting.order_no, waiting.amount_fen) == (CODE, "A1", 42_000)
    shown = counter.external_coupons.check(CODE, _batch(counter), 99_000)
    assert (shown.told.state, shown.use) == ("unsettled", waiting)
    assert _redeem(counter, 99_000, order_no="A1").told.state == "unsettled"
    settled = _redeem(counter, 99_000)
    assert (settled.told.state, settled.amount_fen) == ("used", 42_000)
    assert set(office.asked) == {waiting.request_no}
    assert counter.external_coupons.book.waiting() == ()


def test_what_head_office_never_heard_is_asked_with_the_present_bill(counter: Desk, office: ExternalOffice) -> None:
    office.cut = True
    assert _redeem(counter, order_no="A1").told.state == "unsettled"
    office.cut = False
    settled = _redeem(counter, 99_000, order_no="A7")
    (heard,) = office.first.values()
    assert (settled.told.state, settled.amount_fen, heard.order_no) == ("used", 99_000, "A7")


def test_what_head_office_was_asked_before_stays_open_when_it_refuses_to_be_asked_again(
    counter: Desk, office: ExternalOffice
) -> None:
    office.refuse = True
    with pytest.raises(OfficeRefusedError):
        _redeem(counter, order_no="A1")
    assert counter.external_coupons.book.waiting() == ()  # a first asking that was refused out of hand
    office.refuse, office.lose = False, 1
    assert _redeem(counter, order_no="A1").told.state == "unsettled"
    office.refuse = True
    assert _redeem(counter, order_no="A1").told.state == "unsettled"
    assert len(counter.external_coupons.book.waiting()) == 1  # the first asking may have used it up
    office.refuse = False
    assert _redeem(counter, order_no="A1").told.state == "used"


def test_ours_lie_beside_it_only_where_its_batch_says_so(counter: Desk, office: ExternalOffice) -> None:
    with pytest.raises(InvalidInputError) as refused:
        _redeem(counter, beside=1)
    assert refused.value.code == "coupon.exclusive"
    assert (office.asked, counter.external_coupons.book.waiting()) == ([], ())
    told = counter.external_coupons.redeem("WX123456789", _batch(counter, "WX123456789"), 42_000, actor(), beside=1)
    assert told.told.state == "used"


@pytest.mark.parametrize(("name", "alone"), [(FIFTY["name"], True), (TWELVE["name"], False)])
def test_ours_are_not_redeemed_on_a_receipt_that_it_has_to_itself(counter: Desk, name: str, alone: bool) -> None:
    _redeemed(counter, "A1", source_name=name)
    if alone:
        with pytest.raises(InvalidInputError, match="别家系统的券"):
            counter.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="A1", amount_fen=42_000)
        counter.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="A2", amount_fen=42_000)
    else:
        counter.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="A1", amount_fen=42_000)


def test_what_a_receipt_was_paid_with_is_found_by_its_number(counter: Desk) -> None:
    """A store has tens of thousands of redemptions, a client a hundred receipts: none reads all of the others."""

    def plan(conn: Connection, statement: str, said: Any) -> str:
        return "\n".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", said))

    def plans(conn: Connection) -> list[str]:
        (hers,) = [sql for _, sql in _PARTS if "r.source_name" in sql]
        return [plan(conn, hers, {"c": CHEN}), plan(conn, _ALONE, ("A1",))]

    for found in counter.db.query(plans):
        assert "ix_redemption_order_no" in found, found


def test_one_that_was_given_back_suffers_ours_again(counter: Desk) -> None:
    _redeemed(counter, "A1")
    assert counter.db.query(lambda conn: stands_alone(conn, "A1"))
    assert not counter.db.query(lambda conn: stands_alone(conn, "A2"))
    _redeemed(counter, "A1", returned_at=NOW + 1)
    assert not counter.db.query(lambda conn: stands_alone(conn, "A1"))


def test_the_list_and_her_history_tell_whose_coupon_it_was(counter: Desk) -> None:
    order = counter.db.query(
        lambda conn: conn.exec_driver_sql(
            "SELECT order_no FROM purchase WHERE client_id = ? LIMIT 1", (CHEN,)
        ).scalar_one()
    )
    _redeemed(counter, order)
    (row,) = counter.coupons.redemptions()
    assert (row.coupon_name, row.code, row.discount_fen, row.order_no) == (FIFTY["name"], CODE, 5_000, order)
    assert f"核销「{FIFTY['name']}」" in [str(entry.title) for entry in timeline(counter.db, CHEN)]
    _redeemed(counter, order, returned_at=NOW + 1)
    assert f"核销「{FIFTY['name']}」" not in [str(entry.title) for entry in timeline(counter.db, CHEN)]
