"""A coupon shown by its 14 characters alone at a counter of another store, which has network: head office is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.coupons.queries import CouponQueries
from guide_app.coupons.service import CouponService
from guide_app.flows.asked_codes import AskedCodes
from guide_app.flows.office_door import office_door
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.voucher import verify
from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.coupons.lookup import DEED, MOST, SPAN_MS
from head_office.coupons.recall import recall
from head_office.coupons.signing import public_keys
from head_office.deeds import push_rules
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.tables import audit
from tests.head_office.api.conftest import Caller, Reply
from tests.head_office.coupons.till import Till
from tests.head_office.kit import NOW, SECRET, enrol_device, make_guide, make_store, put_all, rows_of
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import HeldClock
from tests.helpers.serving import serving

PATH = "/sync/v1/coupon-codes"
pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOW + DAY_MS)


@pytest.fixture
def app(office_engine: Engine, clock: HeldClock) -> Starlette:
    """Head office with its routes."""
    limit = AttemptLimit(99, 60_000)
    services = Services(
        office_engine, SECRET, clock, push_rules(SECRET), "红枫叶", "https://l.example", Metrics(), limit
    )
    return create_app(services)


@pytest.fixture
def elsewhere(till: Till) -> str:
    """Another store than the one whose coupon it is."""
    return make_store(till.pc.engine, "SH02", "徐家汇店")


def _pc(app: Starlette, engine: Engine) -> Caller:
    """A PC of the other store."""
    return Caller(app, {"Authorization": f"Bearer {enrol_device(engine, 'SH02').token}"})


def _ask(caller: Caller, code: str) -> Reply:
    return caller.sealed(PATH, {"code": code}, guide_schema="2")


def _trail(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        found = connection.execute(sa.select(audit.c.actor, audit.c.detail).where(audit.c.deed == DEED))
        return [dict(row) for row in found.mappings()]


def test_what_is_told_is_what_its_qr_code_says_and_nothing_is_used_up(till: Till, app: Starlette) -> None:
    till.coupon()
    before, engine = till.held, till.pc.engine
    told = _ask(_pc(app, engine), show_code(till.code).lower())
    assert (told.status, told.json) == (200, {"token": before["token"]})
    assert "王姐" not in told.plain.decode()
    with engine.connect() as connection:
        assert verify(told.json["token"], public_keys(connection)).coupon_id == till.coupon_id
    assert (till.held, rows_of(engine, "redemption")) == (before, [])
    (line,) = _trail(engine)
    assert line["detail"] == {"answer": "voucher", "coupon": till.coupon_id}
    assert till.code not in json.dumps(line)


def test_why_there_is_none_is_told_in_the_words_of_the_table(till: Till, app: Starlette, clock: HeldClock) -> None:
    caller, engine = _pc(app, till.pc.engine), till.pc.engine
    assert _ask(caller, make_code()).code == "coupon.unknown"
    till.coupon(for_stores=[till.pc.who.store_id])
    assert _ask(caller, till.code).code == "coupon.store"
    till.coupon()
    assert till.redeem() == []
    assert _ask(caller, till.code).code == "coupon.redeemed"
    till.coupon()
    recalled = till.coupon_id
    in_transaction(engine, lambda c: _recalled(c, recalled))
    assert _ask(caller, till.code).code == "coupon.recalled"
    till.coupon(valid_until=NOW + DAY_MS)
    clock.move(DAY_MS)
    assert _ask(caller, till.code).code == "coupon.expired"
    answers = [line["detail"]["answer"] for line in _trail(engine)]
    assert sorted(answers) == [f"coupon.{why}" for why in ("expired", "recalled", "redeemed", "store", "unknown")]


def _recalled(connection: sa.Connection, coupon_id: str) -> None:
    writer = FeedWriter(connection, NOW)
    recall(writer, SECRET, "coupon", coupon_id)
    writer.flush()


def test_a_coupon_kept_without_its_signed_form_is_signed_for_the_answer(till: Till, app: Starlette) -> None:
    till.coupon()
    said = {name: till.held[name] for name in ("template_id", "client_id", "claimed_at", "valid_from", "valid_until")}
    put_all(till.pc.engine, till.pc.scope, "coupon", {till.coupon_id: {**said, "code": till.code, "token": ""}})
    token = _ask(_pc(app, till.pc.engine), till.code).json["token"]
    with till.pc.engine.connect() as connection:
        assert verify(token, public_keys(connection)).coupon_id == till.coupon_id


def test_one_pc_does_not_find_coupons_by_trying(till: Till, app: Starlette, clock: HeldClock) -> None:
    till.coupon()
    thief, colleague = (_pc(app, till.pc.engine) for _ in range(2))
    for _ in range(MOST):
        assert _ask(thief, make_code()).code == "coupon.unknown"
    clock.move(SPAN_MS - 1_500)
    late = _ask(thief, till.code)
    assert (late.status, late.code, late.headers["retry-after"]) == (429, "rate.limited", "2")
    assert _ask(colleague, till.code).status == 200
    assert len(_trail(till.pc.engine)) == MOST + 1, "what was not answered fills no trail"
    clock.move(1_500)
    assert _ask(thief, till.code).status == 200


@contextmanager
def _desk(folder: Path, origin: str, engine: Engine, clock: HeldClock) -> Iterator[TestDesk]:
    code = in_transaction(engine, lambda c: make_enrol_code(c, "SH02", clock.ms))
    made = TestDesk(folder, origin, clock, code=code)
    try:
        yield made
    finally:
        made.close()


def test_another_stores_coupon_is_taken_by_its_code_with_network_alone(
    till: Till, elsewhere: str, app: Starlette, clock: HeldClock, tmp_path: Path
) -> None:
    till.coupon()
    engine = till.pc.engine
    guide = Actor(make_guide(engine, elsewhere, "G2", 2), 2, "G2", "李敏", "guide", elsewhere, "徐家汇店", "test")
    with ExitStack() as stack:
        with serving(app) as origin:
            desk = stack.enter_context(_desk(tmp_path, origin, engine, clock))
            desk.sync()
            coupons = CouponQueries(desk.db, clock)
            codes = AskedCodes(coupons, office_door(desk.db, clock))
            with pytest.raises(NotFoundError):
                coupons.by_code(till.code)
            voucher = codes.known(show_code(till.code))
            assert voucher == till.held["token"]
            CouponService(desk.db, coupons, clock).redeem(voucher, guide, order_no="B1", amount_fen=40_000)
            assert desk.sync().rejected == 0
            used = till.used
            assert (used["store_id"], used["order_no"], used["discount_fen"]) == (elsewhere, "B1", 5_000)
            assert (used["status"], till.held["status"]) == ("confirmed", "redeemed")
            with pytest.raises(GuideError) as again:
                codes.known(till.code)
            assert again.value.code == "coupon.redeemed"
            assert [desk.scalar(f"SELECT count(*) FROM {kind}") for kind in ("client", "coupon")] == [0, 0]
            till.coupon()
        with pytest.raises(NotFoundError) as away:  # head office is out of reach
            codes.known(till.code)
        assert away.value.code == "coupon.unknown"
