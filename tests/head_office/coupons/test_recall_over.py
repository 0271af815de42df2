"""The recall list lets go of what has expired long ago, and of nothing that a stolen key could still sign for."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_records import RecallList
from guide_app.protocol.messages import Mutation
from guide_app.protocol.recall import What, entry, is_genuine, kept
from head_office.coupons.proof import recall_moments
from head_office.coupons.recall import recall
from head_office.coupons.recall_over import STAYS_MS
from head_office.coupons.signing import public_keys
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.coupons.test_allotment import ALLOTTED, _allotment, _client, _handed_out
from tests.head_office.coupons.test_commands import _issue
from tests.head_office.kit import NOW, SECRET, Pc, make_template, new_id, rows_of

DAYS = 7
END = NOW + DAYS * DAY_MS
OVER = END + STAYS_MS + DAY_MS


def _recall(pc: Pc, what: What, record_id: str, at: int) -> None:
    def work(connection: Any) -> None:
        writer = FeedWriter(connection, at)
        recall(writer, SECRET, what, record_id)
        writer.flush()

    in_transaction(pc.engine, work)


def _listed(pc: Pc) -> RecallList:
    (row,) = rows_of(pc.engine, "recall_list")
    listed = msgspec.convert({name: row[name] for name in RecallList.__struct_fields__ if name in row}, RecallList)
    with pc.engine.connect() as connection:
        assert is_genuine(listed, public_keys(connection))
    return listed


@pytest.fixture
def issued(pc: Pc) -> Mutation:
    """A coupon that head office signed, for seven days; it has been recalled."""
    mutation, _ = _issue(pc, make_template(pc.engine, no=8, valid_days=DAYS), _client(pc))
    pc.push(mutation)
    _recall(pc, "coupon", mutation.id, NOW + 1)
    return mutation


def _next(pc: Pc, at: int) -> RecallList:
    """The list after something else is recalled."""
    _recall(pc, "template", make_template(pc.engine, no=99), at)
    return _listed(pc)


def test_a_coupon_that_expired_half_a_year_ago_is_named_no_more(pc: Pc, issued: Mutation) -> None:
    first = _listed(pc)
    assert entry("coupon", issued.id) in first.entries
    after = _next(pc, OVER)
    assert entry("coupon", issued.id) not in after.entries
    assert (after.version, after.at) == (first.version + 1, OVER)
    with pc.engine.connect() as connection:  # head office itself forgets nothing: a late use is judged as ever
        assert recall_moments(connection, [entry("coupon", issued.id)]) == {entry("coupon", issued.id): NOW + 1}


def test_until_then_it_is_named(pc: Pc, issued: Mutation) -> None:
    assert entry("coupon", issued.id) in _next(pc, END + STAYS_MS - DAY_MS).entries


def test_what_never_ends_is_named_for_ever(pc: Pc) -> None:
    mutation, _ = _issue(pc, make_template(pc.engine, no=8, valid_days=0, valid_until=0), _client(pc))
    pc.push(mutation)
    _recall(pc, "coupon", mutation.id, NOW + 1)
    assert entry("coupon", mutation.id) in _next(pc, 10 * OVER).entries


def test_of_a_lost_pc_only_what_was_kept_goes(pc: Pc, guide_id: str) -> None:
    held = _allotment(pc, make_template(pc.engine, **{**ALLOTTED, "valid_days": DAYS}), guide_id)
    mutation, token = _handed_out(pc, held, 0, _client(pc))
    pc.push(mutation)
    _recall(pc, "device", pc.who.device_id, NOW + 1)
    assert kept(token) in _listed(pc).entries
    after = _next(pc, OVER).entries
    assert kept(token) not in after
    assert entry("allotment", held["id"]) in after  # its key could sign any end
    _recall(pc, "coupon", mutation.id, OVER + 1)
    assert entry("coupon", mutation.id) in _next_of(pc, OVER + 2)  # it came out of an allotment, too


def _next_of(pc: Pc, at: int) -> list[str]:
    _recall(pc, "template", make_template(pc.engine, no=98, name=f"券 {new_id()}"), at)
    return list(_listed(pc).entries)
