"""Everything behind the window that has no face: the open book, the line to head office, who may come in.

Its methods are called on worker threads unless they say otherwise.
"""

from __future__ import annotations

import importlib.util
import logging
import platform
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, LockedError, NotEnrolledError
from guide_app.base.freed import hand_back
from guide_app.cli.context import Place, open_desk
from guide_app.cli.refill import Refill
from guide_app.cli.shell.session import Session
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import Scope
from guide_app.store.backup import backup
from guide_app.store.device import enrolled_device, read_device
from guide_app.store.keys import recovery_text
from guide_app.sync import removal
from guide_app.sync.blobs import BlobStore
from guide_app.sync.engine import SyncEngine
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.fetch import BUDGET_SETTING, BlobFetcher, room_mib
from guide_app.sync.hints import HINT_LIMITS, HintListener
from guide_app.sync.parked import ParkedService
from guide_app.sync.photos import PhotoCarrier
from guide_app.sync.pictures import PictureRun, PictureState
from guide_app.sync.queries import SyncQueries
from guide_app.sync.report import Progress
from guide_app.sync.transport import Limits, Transport
from guide_app.sync.watch import Stopped, SyncStatus, SyncWatch
from ui.kit.lock import GuideFace, PinAnswer
from ui.kit.poster.maker import PosterMaker
from ui.pages.settings.deeds import BackedUp

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ui.kit.work import Job
    from ui.pages.setup.wizard import Joined

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ears:
    """Who listens to sync: both are called on sync's own threads."""

    status: Callable[[SyncStatus], None]
    pictures: Callable[[PictureState], None]


@dataclass(frozen=True, slots=True)
class Opening:
    """How the window begins: with the wizard, with the lock, or at work."""

    enrolled: bool
    actor: Actor | None
    guides: tuple[GuideFace, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """The lines to head office while they are up: one for records, which wait for nothing, for pictures, for news."""

    transports: tuple[Transport, ...]
    watch: SyncWatch
    pictures: PictureRun


class Backstage:
    """Queries, deeds and sync of one window."""

    def __init__(self, desk: Desk, place: Place, ears: Ears) -> None:
        """Work over an open `desk`, which stays its owner's to close."""
        self.desk = desk
        self.place = place
        self.session = Session()
        self.blobs = BlobStore(place.pictures, desk.clock)
        self.sync = SyncQueries(desk.db)
        self.parked = ParkedService(desk.db)
        self.maker = PosterMaker()
        self._ears = ears
        self._owned = ExitStack()
        self._line: _Line | None = None
        self._closing = threading.Event()
        self._refill = Refill(desk.allotments, desk.clock)

    @classmethod
    def open(cls, place: Place, ears: Ears) -> Backstage:
        """Open the book of `place`, and own it. Raises LockedError, DamagedError."""
        owned = ExitStack()
        desk = owned.enter_context(open_desk(place))
        stage = cls(desk, place, ears)
        stage._owned = owned
        return stage

    def opening(self) -> Opening:
        """What there is at the start."""
        enrolled = self.desk.db.query(lambda conn: read_device(conn).enrolled)
        if enrolled:
            self.desk.coupon_holds.release_all()  # the bills of the last run are gone
        try:
            actor = self.desk.roster.acting("window")
        except (LockedError, NotEnrolledError):
            actor = None
        if actor is not None:
            self.session.begin(actor)
        return Opening(enrolled, actor, self.faces())

    def faces(self) -> tuple[GuideFace, ...]:
        """Guides of this store who have a PIN."""
        return tuple(GuideFace(row.id, row.name, row.number) for row in self.desk.roster.guides() if row.ready)

    def verify(self, guide_id: str, pin: str) -> PinAnswer:
        """Let a guide in. Raises LockedError in words for a wrong PIN."""
        face = next((face for face in self.faces() if face.guide_id == guide_id), None)
        number = face.number if face is not None else ""
        self.session.begin(self.desk.roster.login(number, pin, "window"))
        return PinAnswer(ok=True)

    def leave(self) -> None:
        """The window was locked: whoever starts the program next must give a PIN."""
        self.desk.roster.logout()

    def rest(self) -> None:
        """Nobody asks for anything: give memory back that only makes answers quicker; at once, from any thread."""

        def over(given: Future[None]) -> None:
            if given.exception() is not None:
                _log.warning("the book kept its memory: %s", given.exception())

        self.desk.db.give_back().add_done_callback(over)
        self.desk.db.writer.submit(hand_back)  # after it, and never on the window's thread

    def back_up(self, target: Path, _job: Job) -> BackedUp:
        """A verified, encrypted copy of the book. Raises InvalidInputError if `target` exists, DamagedError."""
        made = backup(self.place.book, self.place.key(), target)
        return BackedUp(made.path, made.size, made.records)

    # -- head office ----------------------------------------------------------------------------------------

    def enrol(self, address: str, code: str, job: Job) -> Joined:
        """Enrol this PC and load its book. A second call after a broken first load goes on where that ended.

        Raises what `guide_app.sync.enrol.enrol` and `SyncEngine.run_once` raise; GuideError while no guide has a PIN.
        """
        from ui.pages.setup.wizard import Joined  # noqa: PLC0415 - only on a PC's first day

        db, key = self.desk.db, self.place.key()
        if not db.query(lambda conn: read_device(conn).enrolled):
            transport = Transport(address, None, self.desk.clock)
            with ExitStack() as stack:
                stack.callback(transport.close)
                enrol(db, transport, address, Application(code, platform.node(), version("guide-desk"), key))
        self._first_load(job)
        faces = self.faces()
        if not faces:
            raise GuideError(
                "roster.no_pin", "已接入总部, 但本店还没有设好 PIN 的导购。", "请店长设好 PIN, 再点一次「接入总部」。"
            )
        store = db.query(lambda conn: read_device(conn).store_name)
        return Joined(store, faces, recovery_text(key))

    @property
    def demo(self) -> Callable[[Job], None] | None:
        """How to open the demo in a window of its own; None where head office's program is not installed."""
        return _open_demo if importlib.util.find_spec("head_office") is not None else None

    def _first_load(self, job: Job) -> None:
        with ExitStack() as stack:
            transport = self._transport()
            stack.callback(transport.close)

            def progress(step: Progress) -> None:
                if self._closing.is_set():
                    raise Stopped
                job.report(step.done, step.total)

            SyncEngine(self.desk.db, transport).run_once(progress)

    def _transport(self, limits: Limits | None = None) -> Transport:
        device = self.desk.db.query(enrolled_device)
        return Transport(self.place.office or device.office, device.token, self.desk.clock, limits=limits)

    def start_sync(self) -> None:
        """Keep the book in step from now on. Raises NotEnrolledError."""
        if self._line is not None or self._closing.is_set():
            return
        records, blobs, news = self._transport(), self._transport(), self._transport(HINT_LIMITS)
        fetcher, photos = BlobFetcher(self.desk.db, blobs, self.blobs), PhotoCarrier(self.desk.db, blobs)
        pictures = PictureRun(fetcher, self._ears.pictures, photos)
        watch = SyncWatch(
            self.desk.db,
            SyncEngine(self.desk.db, records),
            after_round=lambda _stopping: self._after_round(pictures),
            hints=HintListener(self.desk.db, news),
        )
        watch.on_status(self._ears.status)
        watch.on_status(lambda status: pictures.give_way(on=status.state == "syncing"))
        self._line = _Line((records, blobs, news), watch, pictures)
        watch.start()

    def _after_round(self, pictures: PictureRun) -> None:
        """What follows a good round, on sync's thread: pictures, allotments, head office's rules."""
        pictures.wake()
        if self.session.actor is not None:
            by_rule = replace(self.session.actor, origin="rules")
            self._refill.ask(by_rule)
            self.desk.rhythm.learn_when_due(by_rule)  # before the rules, which may ask who has left
            report = self.desk.auto_tags.run_when_due(by_rule)
            if report is not None:
                self.desk.auto_sops.run(by_rule)
            for fault in report.faults if report is not None else ():
                _log.warning("a tag rule cannot work: %s", fault)

    def sync_now(self) -> None:
        """A round now; from any thread, returns at once."""
        if self._line is not None:
            self._line.watch.request()

    def network_joined(self) -> None:
        """There is a network, or another one: look at once; from any thread, returns at once."""
        if self._line is not None:
            self._line.watch.network_changed()

    def pause_pictures(self, on: bool) -> None:
        """Hold the pictures, or go on; from any thread, returns at once."""
        if self._line is not None:
            self._line.pictures.pause(on=on)

    def break_off(self) -> None:
        """End the round under way after the page it is at; from any thread, returns at once."""
        if self._line is not None:
            self._line.watch.break_off()

    def allow_removal(self, scope: Scope, guide_id: str) -> None:
        """Let head office remove what is held in `scope`. Raises NotFoundError."""
        removal.allow(self.desk.db, scope, guide_id)

    def postpone_removal(self, scope: Scope, guide_id: str) -> None:
        """Let what is held in `scope` stay for now. Raises NotFoundError."""
        removal.postpone(self.desk.db, scope, guide_id)

    def rejoin(self, code: str) -> None:
        """Become a new device of the store, keeping what waits, and go on. Raises what `enrol` raises."""
        db, key = self.desk.db, self.place.key()
        origin = self.place.office or db.query(read_device).office
        self._hang_line_up()
        try:
            transport = Transport(origin, None, self.desk.clock)
            with ExitStack() as stack:
                stack.callback(transport.close)
                enrol(
                    db, transport, origin, Application(code, platform.node(), version("guide-desk"), key), rejoin=True
                )
        finally:
            if db.query(lambda conn: read_device(conn).enrolled):
                self.start_sync()

    def picture_room(self) -> int:
        """How much room pictures may take (MiB)."""
        return self.desk.db.query(room_mib)

    def set_picture_room(self, mib: int) -> None:
        """Let pictures take so much room (MiB) from now on."""
        self.desk.db.change(lambda uow: uow.save_setting(BUDGET_SETTING, str(mib)), by=None, origin="settings-page")
        if self._line is not None:
            self._line.pictures.wake()

    def hang_up(self) -> None:
        """Ask everything under way to end; from any thread, returns at once."""
        self._closing.set()
        if self._line is not None:
            for transport in self._line.transports:
                transport.interrupt()

    def close(self) -> None:
        """End sync, let the line and, if it is ours, the book go. Nobody else may work here any more."""
        self.hang_up()
        self._hang_line_up()
        self._owned.close()

    def _hang_line_up(self) -> None:
        """End sync after the step under way, and wait for it."""
        line, self._line = self._line, None
        if line is not None:
            for transport in line.transports:
                transport.interrupt()
            line.watch.stop()
            line.pictures.stop()
            for transport in line.transports:
                transport.close()


def _open_demo(_job: Job) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "guide_app", "demo"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
