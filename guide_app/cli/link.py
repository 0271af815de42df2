"""How the command line and the window reach head office: transport, engine and pictures over an enrolled book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from guide_app.cli.context import Place
from guide_app.flows.desk import Desk
from guide_app.store.device import enrolled_device
from guide_app.sync.blobs import BlobStore
from guide_app.sync.engine import SyncEngine
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.hints import HINT_LIMITS, HintListener
from guide_app.sync.photos import PhotoCarrier
from guide_app.sync.transport import Transport


@dataclass(frozen=True, slots=True)
class OfficeLink:
    """The engine, what carries pictures and the ear for news of an enrolled book, each with a line of its own."""

    engine: SyncEngine
    pictures: BlobFetcher
    photos: PhotoCarrier
    hints: HintListener


@contextmanager
def office_link(desk: Desk, place: Place) -> Iterator[OfficeLink]:
    """Reach the office that this PC is enrolled with (GUIDE_OFFICE names another address of it).

    Raises NotEnrolledError.
    """
    device = desk.db.query(enrolled_device)
    origin = place.office or device.office
    with (
        closing(Transport(origin, device.token, desk.clock)) as records,
        closing(Transport(origin, device.token, desk.clock)) as blobs,
        closing(Transport(origin, device.token, desk.clock, limits=HINT_LIMITS)) as news,
    ):
        store = BlobStore(place.pictures, desk.clock)
        fetcher = BlobFetcher(desk.db, blobs, store)
        yield OfficeLink(
            SyncEngine(desk.db, records), fetcher, PhotoCarrier(desk.db, blobs), HintListener(desk.db, news)
        )
