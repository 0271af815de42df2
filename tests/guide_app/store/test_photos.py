"""A photo is there as long as anything may still name it, and goes out again when it was taken anew."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection

from guide_app.flows.desk import Desk
from guide_app.store import photos
from guide_app.store.apply import Applier
from guide_app.store.uow import UnitOfWork
from tests.helpers.book import CHEN, NOW, WANG

BODY = b"a picture"
NAME = hashlib.sha256(BODY).hexdigest()


def write(uow: UnitOfWork) -> str:
    said = {"client_id": CHEN, "order_no": "T-9", "kind": "sale", "at": NOW, "verified": False, "photo": NAME}
    purchase_id = uow.put("purchase", said)
    photos.add_photo(uow, "purchase", purchase_id, CHEN, BODY)
    return purchase_id


def kept(conn: Connection) -> list[tuple[bool, bytes]]:
    return [(bool(sent), body) for sent, body in conn.exec_driver_sql("SELECT sent, bytes FROM photo").all()]


def test_the_photo_of_what_head_office_refused_waits_for_what_is_decided(desk: Desk) -> None:
    purchase_id = desk.db.change(write, by=WANG, origin="test")

    def refused(applier: Applier) -> None:
        applier.conn.exec_driver_sql("UPDATE outbox SET state = 'parked'")
        applier.lay_over([("purchase", purchase_id)])
        photos.drop_unnamed(applier.conn)

    desk.db.apply(refused)
    assert desk.db.query(kept) == [(False, BODY)], "it may be sent again, mended"

    def given_up(applier: Applier) -> None:
        applier.conn.exec_driver_sql("DELETE FROM outbox")
        photos.drop_unnamed(applier.conn)

    desk.db.apply(given_up)
    assert desk.db.query(kept) == []


def test_a_photo_taken_anew_is_sent_anew(desk: Desk) -> None:
    purchase_id = desk.db.change(write, by=WANG, origin="test")
    sent = photos.PhotoRef("purchase", purchase_id, NAME)
    desk.db.apply(lambda applier: photos.mark_sent(applier.conn, sent))
    assert desk.db.query(photos.n_unsent) == 0
    desk.db.change(lambda uow: photos.add_photo(uow, "purchase", purchase_id, CHEN, BODY), by=WANG, origin="test")
    assert desk.db.query(photos.n_unsent) == 1
