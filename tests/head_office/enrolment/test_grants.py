"""Several stores on one PC, for a time: what it may see follows the moment, without any job."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.messages import Enrolled, Erased
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.clients.confirmations import confirm
from head_office.enrolment.devices import authenticate, list_devices, look_many, revoke
from head_office.enrolment.grants import end_grant, grant, list_grants
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, enrol_device, make_store, new_id


@pytest.fixture
def stores(office_engine: Engine) -> tuple[str, str]:
    return make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")


@pytest.fixture
def pc(office_engine: Engine, stores: tuple[str, str]) -> Enrolled:
    del stores
    return enrol_device(office_engine)


def _granted(engine: Engine, pc: Enrolled, now_ms: int) -> frozenset[str]:
    with engine.connect() as connection:
        who = authenticate(connection, pc.token, now_ms)
        assert look_many(connection, [pc.token], now_ms) == [who]
    return who.granted


def test_a_granted_store_is_seen_beside_its_own(office_engine: Engine, pc: Enrolled, stores: tuple[str, str]) -> None:
    in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", None, NOW))
    assert _granted(office_engine, pc, NOW + 365 * DAY_MS) == {BRAND, *map(store_scope, stores)}


def test_a_grant_until_a_moment_ends_by_itself(office_engine: Engine, pc: Enrolled, stores: tuple[str, str]) -> None:
    here, there = map(store_scope, stores)
    until = NOW + DAY_MS
    in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", until, NOW))
    assert there in _granted(office_engine, pc, until - 1)
    assert _granted(office_engine, pc, until) == {BRAND, here}
    with office_engine.connect() as connection:
        assert authenticate(connection, pc.token, until).ended == {there: until}


def test_a_grant_is_taken_back_at_once_and_can_be_given_again(office_engine: Engine, pc: Enrolled) -> None:
    in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", None, NOW))
    assert in_transaction(office_engine, lambda c: end_grant(c, pc.device_id, "SH02", NOW + 5))
    assert len(_granted(office_engine, pc, NOW + 5)) == 2
    assert not in_transaction(office_engine, lambda c: end_grant(c, pc.device_id, "SH02", NOW + 6))
    in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", None, NOW + 7))
    assert len(_granted(office_engine, pc, NOW + 7)) == 3


def test_who_may_see_a_store_is_listed_with_its_end(office_engine: Engine, pc: Enrolled) -> None:
    with office_engine.connect() as connection:
        assert list_grants(connection) == [], "its own store and the brand are not lent"
    until = NOW + DAY_MS
    in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", until, NOW))
    with office_engine.connect() as connection:
        (line,) = list_grants(connection)
        assert list_grants(connection, pc.device_id) == list_grants(connection, store_code="SH02") == [line]
        assert list_grants(connection, store_code="SH01") == []
        for unknown in ({"store_code": "SH99"}, {"device_id": new_id()}):
            with pytest.raises(NotFoundError):
                list_grants(connection, **unknown)
    assert (line.device_id, line.home_code, line.store_code) == (pc.device_id, "SH01", "SH02")
    assert (line.granted_ms, line.ended_ms) == (NOW, until)
    assert [line.state(now) for now in (until - 1, until)] == ["sees", "ended"]
    in_transaction(office_engine, lambda c: revoke(c, pc.device_id, NOW))
    with office_engine.connect() as connection:
        assert [line.state(NOW) for line in list_grants(connection)] == ["revoked"]


def test_strangers_and_the_past_are_refused(office_engine: Engine, pc: Enrolled) -> None:
    with pytest.raises(NotFoundError):
        in_transaction(office_engine, lambda c: grant(c, new_id(), "SH02", None, NOW))
    with pytest.raises(NotFoundError):
        in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH99", None, NOW))
    with pytest.raises(InvalidInputError):
        in_transaction(office_engine, lambda c: grant(c, pc.device_id, "SH02", NOW, NOW))


def test_a_revoked_pc_is_known_only_to_say_that_it_is_wiped(office_engine: Engine, pc: Enrolled) -> None:
    in_transaction(office_engine, lambda c: revoke(c, pc.device_id, NOW))
    with office_engine.connect() as connection:
        with pytest.raises(GuideError) as refused:
            authenticate(connection, pc.token, NOW)
        assert refused.value.code == "device.revoked"
        assert authenticate(connection, pc.token, NOW, even_revoked=True).device_id == pc.device_id
    for moment in (NOW + 1, NOW + 2):
        with office_engine.begin() as connection:
            confirm(connection, pc.store_id, pc.device_id, set(), Erased(wiped=True), moment)
    with office_engine.connect() as connection:
        assert [line.wiped_ms for line in list_devices(connection)] == [NOW + 1]
