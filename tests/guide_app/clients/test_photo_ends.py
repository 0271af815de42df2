"""Photos go from the book with what names them: at once, whatever else still waits."""

from __future__ import annotations

import hashlib

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import GoneFrame, LeaveFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store import photos
from guide_app.store.photos import PhotoRef
from tests.helpers.book import CHEN, STORE, Frames, actor, ident
from tests.helpers.photos import photo

FIELD, ANSWER = ident(205), ident(830)
FIRST, SECOND = photo(1), photo(2)
NAME = hashlib.sha256(FIRST).hexdigest()
REF = PhotoRef("custom_value", ANSWER, NAME)


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """An answer that came from head office with its photo, and a newer one that waits to be sent."""
    frame = Frames()
    frame._seq = 800
    rows = [
        frame("custom_field", FIELD, name="足型照片", type="image"),
        frame("custom_value", ANSWER, store=STORE, client_id=CHEN, field_id=FIELD, value=NAME, at=1),
    ]
    desk.db.apply(lambda applier: applier.apply(rows))
    assert desk.db.query(photos.wanted) == [REF]
    desk.db.apply(lambda applier: photos.keep_arrived(applier.conn, REF, FIRST, applier.now_ms))
    desk.card_deeds.custom.answer_photo(CHEN, FIELD, SECOND, actor())
    assert kept(desk) == 2
    return desk


def kept(desk: Desk) -> int:
    return desk.db.query(lambda c: int(c.exec_driver_sql("SELECT count(*) FROM photo").scalar_one()))


def test_the_photo_of_a_change_that_waits_is_not_sent_yet(answered: Desk) -> None:
    assert answered.db.query(photos.unsent) == []


def test_what_leaves_takes_its_photos_along_though_a_change_waits(answered: Desk) -> None:
    leave = LeaveFrame(store_scope(STORE), "custom_value", ANSWER, 900)
    answered.db.apply(lambda applier: applier.apply([leave]))
    assert kept(answered) == 0


def test_who_is_erased_has_no_photo_from_the_first_mark_on(answered: Desk) -> None:
    answered.db.apply(lambda applier: applier.apply([GoneFrame(store_scope(STORE), "client", CHEN, 900)]))
    assert kept(answered) == 0


def test_a_replaced_photo_stays_for_a_day(answered: Desk) -> None:
    now = answered.clock.now_ms()
    assert not answered.db.query(lambda conn: photos.has_unnamed(conn, now - 1))
    later = now + DAY_MS
    assert answered.db.query(lambda conn: photos.has_unnamed(conn, later)) is False, "the change that waits may fail"


def test_a_photo_that_nothing_names_any_more_is_not_taken_in(answered: Desk) -> None:
    other = PhotoRef("custom_value", ANSWER, hashlib.sha256(b"other").hexdigest())
    answered.db.apply(lambda applier: photos.keep_arrived(applier.conn, other, b"other", 1))
    assert kept(answered) == 2
