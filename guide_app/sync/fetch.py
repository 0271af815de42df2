"""Fetches product pictures: in the order of their use, each going on where it broke off, none believed unchecked."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from guide_app.base.errors import OfficeUnreachableError
from guide_app.store.database import Database
from guide_app.store.lock import BusyError, file_lock
from guide_app.sync import shelf
from guide_app.sync.blobs import BlobStore, Held, Part, disk_faults, no_room
from guide_app.sync.errors import OfficeRefusedError, unreachable
from guide_app.sync.office import BLOBS, IMAGE_TYPES
from guide_app.sync.shelf import Wanted
from guide_app.sync.transport import Download, Transport

#: The setting of this PC that says how much room pictures may take, in MiB.
BUDGET_SETTING = "pictures.mib"
#: The largest picture taken in (bytes); the office takes in no larger one either.
LARGEST = 8 << 20
#: Room that pictures leave on the disk for what matters more: the book, its log, a backup (bytes).
RESERVE = 256 << 20
#: What the office has not got, or sends wrong, is asked for again after this time (ms).
_ASK_AGAIN_MS = 3_600_000
#: So many wrong pictures one after the other are the line's fault, not the pictures'.
_MOST_WRONG = 3
#: Room is made after this many pictures, and at the end.
_TIDY_EVERY = 200
_NOT_FOUND = 404
_MIB = 1 << 20


class HeldError(Exception):
    """The fetching was held in the middle of a picture; what has come of it stays."""


class BlobFetcher:
    """Brings missing product pictures, up to the budget; lowest priority, stopped at will."""

    def __init__(
        self,
        db: Database,
        transport: Transport,
        store: BlobStore,
        *,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """`transport` is the pictures' own; `free` says how many bytes the disk of a folder has left."""
        self.store = store
        self._db = db
        self._transport = transport
        self._free = free
        self._put_off: dict[str, int] = {}
        self._complete: _Catalogue | None = None

    def missing(self) -> list[str]:
        """Pictures that products name and that are not here, the most useful first."""
        return self.store.missing(self._order(self.store.held()))

    def fetch(
        self,
        cancelled: Callable[[], bool] = lambda: False,
        limit: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Fetch up to `limit` missing pictures until `cancelled()`; returns how many came.

        `progress` is told before each picture how many are done, of how many in all. Pictures that the office has not
        got are passed over, wrong ones too. Raises OfficeUnreachableError (OfficeBusyError with the office's wish),
        OfficeRefusedError, StorageError `pictures.no_room` and `pictures.io`; what came before stays. If another
        process is fetching already, none come here.
        """
        with disk_faults():
            self.store.folder.mkdir(parents=True, exist_ok=True)
        try:
            with file_lock(self.store.folder / "fetch.lock", 0.0):
                return self._fetch(cancelled, limit, progress or _ignore)
        except BusyError:
            return 0

    def _fetch(
        self, cancelled: Callable[[], bool], limit: int | None, progress: Callable[[int, int], None]
    ) -> int:  # fmt: skip
        catalogue = self._db.query(_catalogue)
        if catalogue == self._complete and not self.store.wishes() and not self._due_again():
            return 0
        self._complete = None
        held = self.store.held()
        order = self._order(held)
        plan = shelf.plan(order, held, catalogue.room_mib * _MIB)
        self.store.drop(plan.drop)
        self.store.drop_parts(order)
        run = _Run(plan, frozenset(order), limit, sum(one.size for one in held.values()))
        try:
            self._bring_all(run, cancelled, progress)
        finally:
            if run.crowded:
                self._tidy()
        if run.wrong is not None:
            raise run.wrong
        if run.at_end:
            self._complete = catalogue
        return run.came

    def _bring_all(self, run: _Run, cancelled: Callable[[], bool], progress: Callable[[int, int], None]) -> None:
        in_a_row = 0
        while not cancelled() and (sha := self._next(run)) is not None:
            progress(run.came, run.total)
            if self._free(self.store.folder) < RESERVE:
                raise no_room()
            try:
                run.took(self._bring(sha, cancelled))
                in_a_row = 0
            except HeldError:
                return
            except WrongPictureError as e:
                run.wrong = e
                in_a_row += 1
                if in_a_row >= _MOST_WRONG:
                    return
                self._put_off[sha] = self._db.clock.now_ms() + _ASK_AGAIN_MS
            except OfficeRefusedError as e:
                if e.status != _NOT_FOUND:
                    raise
                self._put_off[sha] = self._db.clock.now_ms() + _ASK_AGAIN_MS
            self.store.grant(sha)
            if run.crowded and run.came % _TIDY_EVERY == 0:
                self._tidy()

    def _next(self, run: _Run) -> str | None:
        now = self._db.clock.now_ms()
        return run.following(lambda sha: self._put_off.get(sha, 0) <= now, self.store.wishes())

    def _bring(self, sha256: str, cancelled: Callable[[], bool]) -> int:
        """Bring one picture; returns its bytes. Raises WrongPictureError if twice it is not what its name says."""
        with self.store.part(sha256) as part:
            for _ in range(2):
                if not part.whole:
                    with self._transport.download(
                        BLOBS + sha256, types=IMAGE_TYPES, first=part.size, tag=f'"{sha256}"'
                    ) as body:
                        _take(body, part, cancelled)
                if part.whole:
                    part.keep()
                    return part.size
                part.restart()
        raise WrongPictureError("office.corrupt", "图片 {picture} 与校验和不符。", picture=sha256[:8])

    def _due_again(self) -> bool:
        return any(at <= self._db.clock.now_ms() for at in self._put_off.values())

    def _tidy(self) -> None:
        held = self.store.held()
        self.store.drop(shelf.plan(self._order(held), held, self._db.query(room_mib) * _MIB).drop)

    def _order(self, held: Mapping[str, Held]) -> list[str]:
        now = self._db.clock.now_ms()
        return shelf.in_order(self._db.query(_wanted), self.store.wishes(), held, now)


def room_mib(conn: Connection) -> int:
    """How much room pictures may take on this PC (MiB)."""
    found = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (BUDGET_SETTING,)).scalar()
    return int(found) if found and found.isascii() and found.isdigit() else shelf.DEFAULT_BUDGET // _MIB


class WrongPictureError(OfficeUnreachableError):
    """What came is not the picture of the name it was asked by, or larger than any picture may be."""


class _Run:
    """One run of fetching: what is left to do, and what was done of `total` pictures."""

    def __init__(self, plan: shelf.Plan, wanted: frozenset[str], limit: int | None, held_bytes: int) -> None:
        self._left = deque(plan.fetch)
        self._wanted = wanted
        self._limit = limit
        self.total = len(plan.fetch) if limit is None else min(limit, len(plan.fetch))
        self._budget = plan.budget
        self._held_bytes = held_bytes
        self._bytes = 0
        self._tried: set[str] = set()
        self.came = 0
        self.at_end = False
        self.wrong: WrongPictureError | None = None

    @property
    def crowded(self) -> bool:
        """Whether what came may have to be paid for with what was here."""
        return bool(self.came) and self._held_bytes + self._bytes > self._budget

    def following(self, due: Callable[[str], bool], wishes: list[str]) -> str | None:
        """The next picture: one that is looked for now before the others; None at the end."""
        if self._limit is not None and self.came >= self._limit:
            return None
        for sha in wishes:
            if sha in self._wanted and sha not in self._tried and due(sha):
                self._tried.add(sha)
                return sha
        while self._left:
            wish = self._left.popleft()
            if wish.above + self._bytes >= self._budget:
                break
            if wish.sha256 not in self._tried and due(wish.sha256):
                self._tried.add(wish.sha256)
                return wish.sha256
        self.at_end = True
        return None

    def took(self, size: int) -> None:
        """A picture of `size` bytes came."""
        self.came += 1
        self._bytes += size


def _take(body: Download, part: Part, cancelled: Callable[[], bool]) -> None:
    """Add what comes to the part. Raises HeldError, WrongPictureError, and what the line raises."""
    if body.first != part.size:
        part.restart()
        if body.first:
            raise unreachable("office.malformed", "总部回答的不是所问的那一段。")
    for piece in body.pieces:
        if max(part.size + len(piece), body.total or 0) > LARGEST:
            part.restart()
            raise WrongPictureError("office.too_large", "图片超过 {limit} MB, 已跳过。", limit=LARGEST >> 20)
        part.write(piece)
        if part.size != body.total and cancelled():
            raise HeldError
    if body.total is not None and part.size < body.total:
        raise unreachable("office.corrupt", "图片没有传完, 下次接着传。")


#: Pictures of scripts are few, and wanted as much as those of the newest products.
_SCRIPTS_FIRST = 1 << 31


class _Catalogue(NamedTuple):
    """What a run of fetching goes by: as long as it is the same, a run that came to its end has nothing to do."""

    products: int
    newest: int
    scripts: int
    newest_script: int
    room_mib: int


def _catalogue(conn: Connection) -> _Catalogue:
    # Every change of a product raises its `seq`; one that goes lowers the count.
    row = conn.exec_driver_sql("SELECT count(*), coalesce(max(seq), 0) FROM product").one()
    script = conn.exec_driver_sql("SELECT count(*), coalesce(max(seq), 0) FROM script").one()
    return _Catalogue(row[0], row[1], script[0], script[1], room_mib(conn))


def _wanted(conn: Connection) -> list[Wanted]:
    rows = conn.exec_driver_sql("SELECT image, status <> 'stopped', no FROM product WHERE image <> ''")
    media = conn.exec_driver_sql("SELECT DISTINCT m.value FROM script s, json_each(s.media) m WHERE s.active")
    with_scripts = [Wanted(sha, on_sale=True, no=_SCRIPTS_FIRST) for (sha,) in media]
    return [*with_scripts, *(Wanted(row[0], bool(row[1]), row[2]) for row in rows)]


def _ignore(done: int, total: int) -> None:
    del done, total
