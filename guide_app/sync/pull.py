"""Takes over what is new, some pages at a time: records and cursors in one transaction, the next pages meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import Cursor
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors, outbox
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import read_device, save_device
from guide_app.sync.contact import OfficeTime, note_contact
from guide_app.sync.errors import unreachable
from guide_app.sync.heal import heal, where_office_stands
from guide_app.sync.office import Office, Page
from guide_app.sync.plan import PagePlan, answers, plan_page
from guide_app.sync.removal import held_among, may_remove, settled
from guide_app.sync.report import Progress

#: Pages to a transaction. A commit of mixed records touches much of every index: with one page to each it costs 20 µs
#: of processor time a record, with five 6 µs.
_TOGETHER = 5
_STALE = "网络给的是以前的回答, 不是总部现在的。"


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A page, what is to be done with it, and the cursors that it was asked with."""

    page: Page
    plan: PagePlan
    asked: Mapping[Scope, Cursor]

    def standing(self, scope: Scope) -> Cursor | None:
        """The cursor that this page follows; None where a scope begins, also one that it takes away and gives again."""
        return None if scope in self.plan.dropped else self.asked.get(scope)


class PullRound:
    """Pulls until nothing is new. Counts what it took over."""

    def __init__(self, db: Database, office: Office, progress: Callable[[Progress], None], page_limit: int) -> None:
        self._db = db
        self._office = office
        self._progress = progress
        self._page_limit = page_limit
        self.pulled = 0
        self._waiting = 0
        #: Scopes that the office began a new history of, to be reconciled before they can be followed on.
        self.restored: set[Scope] = set()

    def run(self) -> bool:
        """Take over every page; returns whether the office turned out to have lost changes, which then wait again."""
        asked = self._cursors()
        self._waiting = self._db.query(outbox.n_waiting)
        self.restored.clear()
        with ThreadPoolExecutor(1, "sync-ahead") as ahead:
            fetched, broken = self._fetch(asked, 1)  # written while the next ones come
            while fetched:
                last = fetched[-1]
                more = last.plan.more and broken is None
                coming = ahead.submit(self._fetch, last.plan.following(last.asked)) if more else None
                self._take(fetched)
                if self._office_lost(last.page.end.last_mid):
                    return True
                if broken is not None:
                    raise broken
                if coming is None:
                    return False
                fetched, broken = coming.result()
        self._db.apply(lambda applier: note_contact(applier, None))
        return False

    def _cursors(self) -> dict[Scope, Cursor]:
        return {scope: stand.cursor for scope, stand in self._db.query(cursors.read_stands).items()}

    def _office_lost(self, last_mid: int) -> bool:
        if self._agrees(last_mid):
            return False
        # An old page from a cache says the same as an office that was restored; nothing answers this for the office.
        now = self._office.push([], "")[0].last_mid
        if self._agrees(now):
            raise unreachable("office.stale", _STALE)
        heal(self._db, now)
        return True

    def _agrees(self, last_mid: int) -> bool:
        return self._db.query(lambda conn: where_office_stands(conn, last_mid)) == "agrees"

    def _fetch(self, asked: Mapping[Scope, Cursor], most: int = _TOGETHER) -> tuple[list[_Fetched], GuideError | None]:
        """The next pages, and what broke off after them: what has arrived is kept, or a bad line would never get on."""
        fetched: list[_Fetched] = []
        while len(fetched) < most:
            try:
                page = self._office.pull(list(asked.values()), self._page_limit, waiting=self._waiting)
            except GuideError as e:
                if not fetched:
                    raise
                return fetched, e
            if page is None:
                break
            if not answers(page.frames, asked):
                stale = unreachable("office.stale", _STALE)
                if not fetched:
                    raise stale
                return fetched, stale
            plan = plan_page(page.frames, asked)
            fetched.append(_Fetched(page, plan, asked))
            if not plan.more:
                break
            following = plan.following(asked)
            if following == asked:  # a cache that answers alike for ever, which would keep us asking for ever
                return fetched, unreachable("office.stale", _STALE)
            asked = following
        return fetched, None

    def _take(self, fetched: list[_Fetched]) -> None:
        self._db.apply(lambda applier: _take_over(applier, fetched))
        self.restored.update(*(one.plan.restored for one in fetched))
        self.pulled += sum(one.plan.n_records for one in fetched)
        total = sum(scope.place.n_live for scope in fetched[-1].plan.scopes)
        self._progress(Progress("pull", self.pulled, max(total, self.pulled)))


def _take_over(applier: Applier, fetched: list[_Fetched]) -> None:
    removing: Counter[Scope] = Counter()
    for one in fetched:
        removing.update(
            {page.place.scope: held_among(applier.conn, page.place.scope, page.frames) for page in one.plan.scopes}
        )
    for one in fetched:
        _take_page(applier, one, removing)
    end = fetched[-1].page.end
    outbox.revised(applier.conn, end.revised)
    note_contact(applier, OfficeTime(end.server_ms, fetched[-1].page.offset))


def _take_page(applier: Applier, one: _Fetched, removing: Mapping[Scope, int]) -> None:
    device = read_device(applier.conn)
    scopes = tuple(part.place.scope for part in one.plan.scopes)
    # The office takes back what we name a place in. What was written here before the first pull has none yet.
    for scope in {*one.plan.dropped, *device.scopes} - (set(scopes) - set(one.plan.dropped)):
        applier.drop_scope(scope)
    now = cursors.read_stands(applier.conn)
    for part in one.plan.scopes:
        place = part.place
        stand = now.get(place.scope)
        if part.restored or (stand.cursor if stand else None) != one.standing(place.scope):
            continue  # to be reconciled first; or it answers an outdated question
        if may_remove(applier.conn, place, removing[place.scope], applier.now_ms):
            applier.apply(part.frames)
            cursors.place(applier.conn, place, applier.now_ms)
            if not place.more:
                settled(applier.conn, place.scope)
    if set(scopes) != set(device.scopes):
        save_device(applier.conn, scopes=list(scopes))
