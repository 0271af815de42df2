"""Carries photos of clients and receipts to head office and back: after the records that name them, one at a time.

A photo is told from its name before it is kept. What head office has not got, or will not take, waits for a later
round; nothing of it stands in the way of records, which travel on another line.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from guide_app.base.clock import DAY_MS
from guide_app.protocol.photo import MEDIA_TYPE, MOST_BYTES
from guide_app.store import photos
from guide_app.store.database import Database
from guide_app.store.photos import PhotoRef
from guide_app.sync.errors import OfficeRefusedError, unreachable
from guide_app.sync.office import BLOBS
from guide_app.sync.transport import Transport

#: What was refused or not there is tried again after this time (ms).
_TRY_AGAIN_MS = 10 * 60_000
_log = logging.getLogger(__name__)


class PhotoCarrier:
    """Sends and fetches photos. Not for two threads at once."""

    def __init__(self, db: Database, transport: Transport) -> None:
        """`transport` is the pictures' own."""
        self._db = db
        self._transport = transport
        self._put_off: dict[PhotoRef, int] = {}

    def carry(self, held: Callable[[], bool] = lambda: False) -> int:
        """Send what waits, then fetch what is missing, until `held()`; returns how many travelled.

        Raises OfficeUnreachableError (OfficeBusyError with the office's wish); what is done stays done.
        """
        now = self._db.clock.now_ms()
        self._put_off = {ref: at for ref, at in self._put_off.items() if at > now}
        if self._db.query(lambda conn: photos.has_unnamed(conn, now - DAY_MS)):
            self._db.apply(lambda applier: photos.drop_unnamed(applier.conn, now - DAY_MS))
        count = 0
        for step, refs in ((self._send, photos.unsent), (self._fetch, photos.wanted)):
            for ref in self._db.query(refs):
                if held():
                    return count
                count += ref not in self._put_off and self._did(step, ref)
        return count

    def _did(self, step: Callable[[PhotoRef], None], ref: PhotoRef) -> bool:
        try:
            step(ref)
        except OfficeRefusedError as e:
            _log.info("a photo waits: %s", e.code)
            self._put_off[ref] = self._db.clock.now_ms() + _TRY_AGAIN_MS
            return False
        return True

    def _send(self, ref: PhotoRef) -> None:
        body = self._db.query(lambda conn: photos.photo_bytes(conn, ref.record_id, ref.sha256))
        if body:  # it may have been taken back meanwhile
            self._transport.upload(_path(ref), body, MEDIA_TYPE)
            self._db.apply(lambda applier: photos.mark_sent(applier.conn, ref))

    def _fetch(self, ref: PhotoRef) -> None:
        with self._transport.download(_path(ref), types=frozenset({MEDIA_TYPE})) as coming:
            body = b""
            for piece in coming.pieces:
                body += piece
                if len(body) > MOST_BYTES:
                    raise unreachable("office.too_large", "总部的照片太大, 已中止。")
        if hashlib.sha256(body).hexdigest() != ref.sha256:
            raise unreachable("office.corrupt", "照片没有传完, 下次再传。")
        self._db.apply(lambda applier: photos.keep_arrived(applier.conn, ref, body, applier.now_ms))


def _path(ref: PhotoRef) -> str:
    asked: Mapping[str, str] = {"kind": ref.kind, "id": ref.record_id}
    return f"{BLOBS}{ref.sha256}?{urlencode(asked)}"
