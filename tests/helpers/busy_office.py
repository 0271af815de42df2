"""The demo store's head office in memory, and its PCs, for tests of what sync shows and of the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guide_app.flows.desk import Desk, make_desk
from guide_app.protocol.messages import Mutation
from guide_app.store.search import SearchIndex
from tests.helpers.book import OTHER_STORE, STORE, HandClock, first_load
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import Done, MemoryOffice, OfficeServer, serving

CODES = ("CODE-1", "CODE-2", "CODE-3")


def busy_office(clock: HandClock) -> MemoryOffice:
    """An office that holds the small book's records, knows three codes, and takes no coupon twice."""
    office = MemoryOffice(clock, {"coupon.redeem": _already_redeemed})
    office.open_store(STORE, "南京西路店", CODES[0])
    office.open_store(OTHER_STORE, "徐家汇店", "OTHER")
    for code in CODES[1:]:
        office.codes[code] = STORE
    for frame in first_load():
        store = frame.scope.partition(":")[2]
        data = {key: value for key, value in frame.data.items() if key != "image"}
        office.write(frame.kind, frame.id, data, store)
    return office


def _already_redeemed(_office: MemoryOffice, _mutation: Mutation) -> Done:
    return Done("coupon.redeemed")


class Pc:
    """One PC of the store: a desk over its own book, and the rounds it makes with the office."""

    def __init__(self, folder: Path, server: OfficeServer, clock: HandClock, number: int) -> None:
        index = SearchIndex()
        self.line = TestDesk(folder, server.origin, clock, code=CODES[number - 1], search=index, seed=number)
        self.desk: Desk = make_desk(self.line.db, index, clock)

    def sync(self) -> None:
        """One round."""
        self.line.sync()


@contextmanager
def two_pcs(folder: Path, clock: HandClock) -> Iterator[tuple[Pc, Pc, OfficeServer]]:
    """Two PCs of the store, enrolled and in step, and the office's server."""
    with serving(busy_office(clock)) as server:
        pcs = [Pc(folder / f"pc{n}", server, clock, n) for n in (1, 2)]
        try:
            for pc in pcs:
                pc.sync()
            yield pcs[0], pcs[1], server
        finally:
            for pc in pcs:
                pc.line.close()
