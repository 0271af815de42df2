"""Takes over what is new, page by page: records and cursor in one transaction each."""

from __future__ import annotations

from collections.abc import Callable

from guide_app.protocol.scopes import Scope
from guide_app.store import cursors
from guide_app.store.apply import Applier
from guide_app.store.cursors import Stand
from guide_app.store.database import Database
from guide_app.store.device import read_device, save_device
from guide_app.sync.contact import OfficeTime, note_contact
from guide_app.sync.heal import heal, where_office_stands
from guide_app.sync.office import Office, Page
from guide_app.sync.plan import PagePlan, ScopePage, Standing, plan_page
from guide_app.sync.report import Progress


class PullRound:
    """Pulls until nothing is new. Counts what it took over."""

    def __init__(self, db: Database, office: Office, progress: Callable[[Progress], None], page_limit: int) -> None:
        self._db = db
        self._office = office
        self._progress = progress
        self._page_limit = page_limit
        self.pulled = 0

    def run(self) -> bool:
        """Take over every page; returns whether the office turned out to have lost changes, which then wait again."""
        while True:
            stands = self._db.query(cursors.read_stands)
            page = self._office.pull([stand.cursor for stand in stands.values()], self._page_limit)
            if page is None:
                self._db.apply(lambda applier: note_contact(applier, None))
                return False
            found = plan_page(page.frames, {scope: stand.cursor for scope, stand in stands.items()})
            if self._take(found, page, stands) != "agrees":
                heal(self._db, page.end.last_mid)
                return True
            if not found.more:
                return False

    def _take(self, found: PagePlan, page: Page, asked: dict[Scope, Stand]) -> Standing:
        self._db.apply(lambda applier: _take_over(applier, found, page, asked))
        self.pulled += found.n_records
        total = sum(scope.place.n_live for scope in found.scopes)
        self._progress(Progress("pull", self.pulled, max(total, self.pulled)))
        return self._db.query(lambda conn: where_office_stands(conn, page.end.last_mid))


def _take_over(applier: Applier, found: PagePlan, page: Page, asked: dict[Scope, Stand]) -> None:
    device = read_device(applier.conn)
    now = cursors.read_stands(applier.conn)
    for scope in found.dropped:
        applier.drop_scope(scope)
    for part in found.scopes:
        if now.get(part.place.scope) == asked.get(part.place.scope):  # else the page answers an outdated question
            _take_scope(applier, part, asked.get(part.place.scope))
    scopes = tuple(part.place.scope for part in found.scopes)
    if set(scopes) != set(device.scopes):
        save_device(applier.conn, scopes=list(scopes))
    note_contact(applier, OfficeTime(page.end.server_ms, page.offset_ms))


def _take_scope(applier: Applier, part: ScopePage, stand: Stand | None) -> None:
    if part.anew:
        applier.suspect(part.place.scope)
    anew = part.anew or (stand is not None and stand.anew)
    applier.apply(part.frames)
    if anew and not part.place.more:
        applier.drop_suspects(part.place.scope)
    cursors.place(applier.conn, part.place, applier.now_ms, anew=anew and part.place.more)
