"""The one picture that a poster is being made with, fetched when it is asked for; all others can wait."""

from __future__ import annotations

from pathlib import Path

from guide_app.base.clock import Clock
from guide_app.base.errors import OfficeUnreachableError
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device
from guide_app.store.faults import StorageError
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.fetch import BlobFetcher

#: Whoever has heard of head office so shortly before may wait for a picture; without network nobody does (ms).
CONTACT_MS = 10 * 60_000


class OnePicture:
    """Brings single pictures while head office is within reach; after the first time in vain it asks no more."""

    def __init__(self, db: Database, clock: Clock, pictures: BlobFetcher) -> None:
        """`pictures` fetches into the store that posters read."""
        self._db, self._clock, self._pictures = db, clock, pictures
        self._within_reach: bool | None = None

    def __call__(self, sha256: str) -> Path | None:
        """Where the picture lies now; None if it is not here and does not come."""
        here = self._pictures.store.path(sha256)  # what is not here is wished for by this, and comes first
        if here is not None or not self._may_ask():
            return here
        try:
            self._pictures.fetch(limit=1)
        except (OfficeUnreachableError, OfficeRefusedError, StorageError):
            self._within_reach = False  # the poster goes without, and its report says so
        return self._pictures.store.path(sha256)

    def _may_ask(self) -> bool:
        if self._within_reach is None:
            device = self._db.query(enrolled_device)
            heard = device.last_contact_ms
            self._within_reach = heard is not None and self._clock.now_ms() - (heard + device.offset_ms) < CONTACT_MS
        return self._within_reach
