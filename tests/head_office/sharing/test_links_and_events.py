from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.link import CODE_LENGTH, Link, Subject, sign
from guide_app.protocol.scopes import BRAND
from head_office.clients.identity import note_everyone
from head_office.coupons.claim import Choice, Claim, Claimed, claim
from head_office.deeds import push_rules
from head_office.enrolment.devices import revoke
from head_office.feed.write import in_transaction
from head_office.sharing.events import record_scan
from head_office.sharing.links import OpenedLink, open_link
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_guide,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)

PRODUCT_ID = new_id()


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    put_all(office_engine, BRAND, "product", {PRODUCT_ID: {"no": 42, "spu": "RM-2411", "name": "羊皮短靴"}})
    return Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))


@pytest.fixture
def guide_id(pc: Pc) -> str:
    return make_guide(pc.engine, pc.who.store_id)


@pytest.fixture
def template_id(pc: Pc) -> str:
    return make_template(pc.engine, no=7)


def _code(pc: Pc, share_no: int = 1, **changes: int) -> str:
    fields = {"guide_no": 1, "subject": Subject.PRODUCT, "subject_no": 42, "coupon_no": 7, **changes}
    link = Link(key_no=pc.who.key_no, share_no=share_no, **fields)  # type: ignore[arg-type]  # the table mixes Subject and int
    return sign(link, bytes.fromhex(pc.who.link_key))


def _open(pc: Pc, code: str) -> OpenedLink:
    with pc.engine.connect() as connection:
        return open_link(connection, SECRET, code)


def _scan(pc: Pc, code: str) -> None:
    opened = _open(pc, code)
    in_transaction(pc.engine, lambda c: record_scan(c, opened, NOW))


def _share(pc: Pc, code: str, guide_id: str, client_id: str | None = None, share_no: int = 1) -> str:
    share_id = new_id()
    pc.push(
        pc.mutation(
            "put",
            "share",
            share_id,
            code=code,
            guide_id=guide_id,
            client_id=client_id,
            product_id=PRODUCT_ID,
            key_no=pc.who.key_no,
            share_no=share_no,
        )
    )
    return share_id


def _claim(pc: Pc, code: str, phone: str, choice: Choice = "none", claim_id: str | None = None) -> Claimed:
    asked = Claim(claim_id or new_id(), _open(pc, code), phone, choice, "2026-11")
    return in_transaction(pc.engine, lambda c: claim(c, SECRET, asked, NOW))


def test_a_link_names_its_records_before_its_share_has_arrived(pc: Pc, guide_id: str, template_id: str) -> None:
    opened = _open(pc, _code(pc))
    assert (opened.store_id, opened.guide_id, opened.product_id) == (pc.who.store_id, guide_id, PRODUCT_ID)
    assert (opened.template_id, opened.share_id, opened.recipient_id) == (template_id, None, None)


def test_nothing_but_our_own_signature_opens(pc: Pc) -> None:
    code = _code(pc)
    for i in range(CODE_LENGTH):
        wrong = code[:i] + ("A" if code[i] != "A" else "B") + code[i + 1 :]
        with pytest.raises(NotFoundError):
            _open(pc, wrong)
    for wrong in ("", code[:-1], code + "A", "店" * CODE_LENGTH, sign(Link(99, 1, Subject.CARD, 0, 0, 1), bytes(32))):
        with pytest.raises(NotFoundError):
            _open(pc, wrong)


def test_a_lost_pc_signs_no_new_links_but_its_posters_live_on(pc: Pc, guide_id: str) -> None:
    old, fresh = _code(pc, 1), _code(pc, 2)
    _share(pc, old, guide_id)
    in_transaction(pc.engine, lambda c: revoke(c, pc.who.device_id, NOW))
    assert _open(pc, old).share_id is not None
    with pytest.raises(NotFoundError):
        _open(pc, fresh)


def test_a_scan_before_the_share_is_joined_when_it_arrives(pc: Pc, guide_id: str) -> None:
    code = _code(pc)
    _scan(pc, code)
    (event,) = rows_of(pc.engine, "share_event")
    assert (event["share_id"], event["guide_id"], event["product_id"]) == (None, guide_id, PRODUCT_ID)
    share_id = _share(pc, code, guide_id)
    (event,) = rows_of(pc.engine, "share_event")
    assert event["share_id"] == share_id
    with pc.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM waiting_event")).scalar_one() == 0
    pc.pull()
    assert pc.digests() == pc.promised()


def test_a_scan_that_missed_its_share_is_joined_by_the_next(pc: Pc, guide_id: str) -> None:
    code = _code(pc, 1)
    opened = _open(pc, code)
    share_id = _share(pc, code, guide_id)
    in_transaction(pc.engine, lambda c: record_scan(c, replace(opened, share_id=None), NOW))
    _share(pc, _code(pc, 2), guide_id, share_no=2)
    assert rows_of(pc.engine, "share_event")[-1]["share_id"] == share_id


@pytest.mark.parametrize(
    ("consent", "named"),
    [
        ({"contact_state": "marketing"}, True),
        ({"contact_state": "marketing", "no_profiling": True}, False),
        ({"contact_state": "one_to_one"}, False),
        ({}, False),
    ],
)
def test_a_scan_names_the_client_only_with_her_consent(
    pc: Pc, guide_id: str, consent: dict[str, str | bool], named: bool
) -> None:
    client_id = new_id()
    put_all(pc.engine, pc.scope, "client", {client_id: {"name": "王姐", **consent}})
    early, late = _code(pc, 1), _code(pc, 2)
    _scan(pc, early)
    _share(pc, early, guide_id, client_id, 1)
    _share(pc, late, guide_id, client_id, 2)
    _scan(pc, late)
    expected = client_id if named else None
    assert [event["client_id"] for event in rows_of(pc.engine, "share_event")] == [expected, expected]


def test_a_claim_makes_client_coupon_and_event_at_once(pc: Pc, guide_id: str, template_id: str) -> None:
    code = _code(pc)
    share_id = _share(pc, code, guide_id)
    claimed = _claim(pc, code, "+86 138-1234-5678", "one_to_one")
    (client,) = rows_of(pc.engine, "client")
    assert (client["name"], client["phone"], client["primary_guide_id"]) == ("顾客5678", "13812345678", guide_id)
    assert (client["contact_state"], client["consent_version"], client["consent_at"]) == ("one_to_one", "2026-11", NOW)
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["code"], coupon["client_id"], coupon["guide_id"]) == (claimed.code, client["id"], guide_id)
    assert (coupon["share_id"], coupon["template_id"]) == (share_id, template_id)
    (event,) = rows_of(pc.engine, "share_event")
    assert (event["kind"], event["client_id"], event["coupon_id"]) == ("claim", client["id"], coupon["id"])
    pc.pull()
    assert pc.digests() == pc.promised()


def test_without_a_tick_nothing_about_contact_is_written(pc: Pc, guide_id: str, template_id: str) -> None:
    assert guide_id
    assert template_id
    _claim(pc, _code(pc), "13812345678")
    (client,) = rows_of(pc.engine, "client")
    assert (client["contact_state"], client["consent_at"]) == ("none", None)


@pytest.mark.parametrize(
    ("before", "choice", "after"),
    [
        ("none", "marketing", "marketing"),
        ("one_to_one", "none", "one_to_one"),
        ("marketing", "one_to_one", "marketing"),
        ("refused", "none", "refused"),
        ("refused", "one_to_one", "one_to_one"),
    ],
)
def test_who_is_known_keeps_her_record_and_changes_only_what_she_ticks(
    pc: Pc, guide_id: str, template_id: str, before: str, choice: Choice, after: str
) -> None:
    assert guide_id
    assert template_id
    client_id = new_id()
    record = {"name": "王姐", "phone": "13812345678", "contact_state": before, "primary_guide_id": new_id()}
    put_all(pc.engine, pc.scope, "client", {client_id: record})
    note_everyone(pc.engine, SECRET)
    assert _claim(pc, _code(pc), "13812345678", choice).client_id == client_id
    (client,) = rows_of(pc.engine, "client")
    assert (client["name"], client["contact_state"]) == ("王姐", after)
    assert client["primary_guide_id"] == record["primary_guide_id"]


def test_a_repeated_tap_returns_the_same_coupon_but_nobody_elses(pc: Pc, guide_id: str, template_id: str) -> None:
    assert guide_id
    assert template_id
    claim_id = new_id()
    first = _claim(pc, _code(pc), "13812345678", claim_id=claim_id)
    again = _claim(pc, _code(pc), "13812345678", claim_id=claim_id)
    assert (again.code, again.fresh) == (first.code, False)
    for phone, repeated in (("13812345678", None), ("13900000000", claim_id)):
        with pytest.raises(GuideError) as caught:
            _claim(pc, _code(pc), phone, claim_id=repeated)
        assert caught.value.code == "coupon.limit"
    assert len(rows_of(pc.engine, "coupon")) == 1


@pytest.mark.parametrize(
    ("phone", "coupon_no", "code"),
    [("12345", 7, "phone.invalid"), ("", 7, "phone.invalid"), ("13812345678", 0, "coupon.unknown")],
)
def test_a_claim_that_cannot_be_says_why(pc: Pc, template_id: str, phone: str, coupon_no: int, code: str) -> None:
    assert template_id
    with pytest.raises(GuideError) as caught:
        _claim(pc, _code(pc, coupon_no=coupon_no), phone)
    assert caught.value.code == code
    assert rows_of(pc.engine, "client") == []


def test_a_failed_claim_leaves_no_trace(pc: Pc, guide_id: str) -> None:
    assert guide_id
    make_template(pc.engine, no=7, status="ended")
    with pytest.raises(GuideError):
        _claim(pc, _code(pc), "13812345678")
    with pc.engine.connect() as connection:
        for table in ("client", "coupon", "share_event", "coupon_claim", "client_identity", "waiting_event"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_of_many_taps_for_one_phone_exactly_one_counts(pc: Pc, guide_id: str) -> None:
    assert guide_id
    make_template(pc.engine, no=7, claim_limit=1, quota=100)
    barrier = threading.Barrier(8)

    def tap() -> str:
        barrier.wait(20)
        try:
            return _claim(pc, _code(pc), "13812345678").code
        except GuideError as e:
            return e.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = [job.result() for job in [pool.submit(tap) for _ in range(8)]]
    assert sorted(len(outcome) == 14 for outcome in outcomes) == [False] * 7 + [True]
    assert len(rows_of(pc.engine, "client")) == len(rows_of(pc.engine, "coupon")) == 1
    pc.pull()
    assert pc.digests() == pc.promised()
