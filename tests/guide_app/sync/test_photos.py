"""A photo is kept if it is what its name says, and no larger than one may be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from guide_app.base.errors import OfficeUnreachableError
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.photo import MOST_BYTES
from guide_app.protocol.scopes import store_scope
from guide_app.sync.photos import PhotoCarrier
from guide_app.sync.transport import Transport
from tests.helpers.book import CHEN, NOW, STORE, ident

GOOD, LARGE = b"a picture", bytes(MOST_BYTES + 1)


class Line:
    """Hands out the same bytes whatever is asked for."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    @contextmanager
    def download(self, _path: str, **_asked: Any) -> Iterator[Any]:
        """What comes."""
        yield SimpleNamespace(pieces=iter([self.body[:5], self.body[5:]]))


def kept(conn: Connection) -> list[bytes]:
    return [row[0] for row in conn.exec_driver_sql("SELECT bytes FROM photo")]


@pytest.mark.parametrize(
    ("named", "comes", "code"),
    [(GOOD, GOOD, ""), (GOOD, b"another", "office.corrupt"), (GOOD, GOOD[:-1], "office.corrupt"),
     (LARGE, LARGE, "office.too_large")],
    ids=["right", "another", "cut", "large"],
)  # fmt: skip
def test_only_what_its_name_says_is_kept(desk: Desk, named: bytes, comes: bytes, code: str) -> None:
    said = {"client_id": CHEN, "order_no": "T-9", "kind": "sale", "at": NOW, "photo": hashlib.sha256(named).hexdigest()}
    frame = RecordFrame(store_scope(STORE), "purchase", ident(700), 9_001, said)
    desk.db.apply(lambda applier: applier.apply([frame]))
    carrier = PhotoCarrier(desk.db, cast("Transport", Line(comes)))
    if code:
        with pytest.raises(OfficeUnreachableError) as caught:
            carrier.carry()
        assert caught.value.code == code
    else:
        assert carrier.carry() == 1
    assert desk.db.query(kept) == ([] if code else [named])
