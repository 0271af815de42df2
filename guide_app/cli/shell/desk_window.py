"""The main window joined with everything behind it.

The order is: paint, then load the rest on a thread, then work. Nothing heavy is imported before the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from guide_app.cli.context import Place
from guide_app.cli.shell.finders import finders, scanned_target
from guide_app.cli.shell.pages import Parts, load_pages, page_specs
from guide_app.cli.shell.status import status_of
from ui.app import app_object, bury, settings_in
from ui.kit.i18n import Language
from ui.kit.page import PageContext
from ui.kit.resources import resource
from ui.kit.rest import RestWatch
from ui.kit.sweep import Sweeper
from ui.kit.theme import load_theme
from ui.kit.toast import Notice
from ui.kit.undo import UndoStack
from ui.kit.work import Work
from ui.main_window import MainWindow
from ui.pages.settings.preferences import Preferences
from ui.pages.sync.monitor import SyncMonitor
from ui.pages.words import again_words, loading_words, not_known_words

if TYPE_CHECKING:
    from guide_app.base.change import Change
    from guide_app.cli.shell.backstage import Backstage, Ears, Opening
    from guide_app.flows.desk import Desk
    from guide_app.flows.scanned import Found
    from guide_app.sync.pictures import PictureState
    from guide_app.sync.watch import SyncStatus
    from ui.kit.chime import Chime
    from ui.kit.errors import Failure
    from ui.kit.lock import GuideFace, IdleWatch
    from ui.kit.network import NetworkWatch
    from ui.kit.scanner import Scanner
    from ui.kit.work import Job
    from ui.pages.settings.deeds import SettingsDeeds

OpenStage = Callable[["Ears"], "Backstage"]
#: New pictures are put on screen after this many, and at the end of a run.
_PICTURES_AT_ONCE = 24
#: So long after the last answer nobody is waiting for the next: the book's pages may be read anew.
_REST_SECONDS = 5
_LIKELY = ("share", "products")
"""Pages with many parts, made while nobody waits: the first visit then only shows them."""


class DeskWindow:
    """The main window and everything behind it, from the first paint to the last thread."""

    def __init__(self, place: Place, open_stage: OpenStage) -> None:
        """Make the shell; `open_stage` is called on a worker thread after the first paint. Needs the app object."""
        self._place = place
        self._open_stage = open_stage
        self._stage: Backstage | None = None
        self._opened: Backstage | None = None
        self._active = False
        self._closed = False
        self._stop_listening: Callable[[], None] = lambda: None
        self._idle: IdleWatch | None = None
        self._scanner: Scanner | None = None
        self._chime: Chime | None = None
        self._scans = 0
        self._network: NetworkWatch | None = None
        app = app_object(["guide"], version("guide-desk"))
        self._sweeper = Sweeper()
        settings = self._settings = settings_in(place.data_dir)
        self.preferences = Preferences(settings)
        self.theme = load_theme(self.preferences.mode)
        self.theme.apply(app)
        self.language = Language(resource("i18n"))
        self.language.use(self.preferences.tongue)
        self._deeds = ThreadPoolExecutor(1, "window-deeds")
        self._readers = ThreadPoolExecutor(2, "window-reader")
        self.work = Work(self._deeds, self._readers)
        self.rest = RestWatch(self.work, _REST_SECONDS)
        self.monitor = SyncMonitor()
        context = PageContext(self.theme, self.work, UndoStack(self.work))
        parts = Parts(lambda: self.stage, self.monitor, self._settings_deeds)
        self.context = context
        self.window = MainWindow(context, page_specs(parts), settings, providers=finders(self._desk, self._viewer))
        self._connect()

    @property
    def stage(self) -> Backstage:
        """What stands behind the window. Raises RuntimeError before it is loaded."""
        if self._stage is None:
            raise RuntimeError("the book is not open yet")
        return self._stage

    @property
    def active(self) -> bool:
        """Whether a guide is at work: the pages are there."""
        return self._active

    def come_forward(self) -> None:
        """Show the window above the others."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """End everything that was begun: no thread is left. The application object stays."""
        if self._closed:
            return
        self._closed = True
        if self._opened is not None:
            self._opened.hang_up()
        self._stop_listening()
        self.rest.stop()
        if self._idle is not None:
            self._idle.stop()
        self.window.close()
        self.work.close()
        for pool in (self._deeds, self._readers):
            pool.shutdown(wait=True)
        if self._opened is not None:
            self._opened.close()
        self.theme.release()
        bury(
            self.window, self.rest, self._idle, self._scanner, self._chime, self._network, self.context.undo, self.work,
            self.monitor, self.language, self.theme,
        )  # fmt: skip
        self._sweeper.stop()
        # No event loop may follow that would do it: the pages' own folders go with them, the settings are on disk.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._settings.sync()

    # -- beginning ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window = self.window
        window.painted.connect(self._load)
        window.guide_changed.connect(self._came_in)
        window.was_locked.connect(self._locked)
        window.sync_asked.connect(self._sync_now)
        self.monitor.status_changed.connect(self._show_status)
        self.monitor.pictures_changed.connect(self._pictures_came)
        self.work.changed.connect(self._book_changed)
        self.rest.came.connect(self._give_back)

    def _load(self) -> None:
        self.work.change(self._open, owner=self.window, done=self._begin, failed=self._stay_shut, title=loading_words())

    def _open(self, _job: Job) -> Opening:
        from guide_app.cli.shell.backstage import Ears  # noqa: PLC0415 - after the first paint

        if self._opened is None:
            self._opened = self._open_stage(Ears(self.monitor.hear_status, self.monitor.hear_pictures))
        opening = self._opened.opening()
        load_pages()
        return opening

    def _begin(self, opening: Opening) -> None:
        from ui.kit.chime import Chime  # noqa: PLC0415 - after the first paint
        from ui.kit.lock import IdleWatch, LockOverlay  # noqa: PLC0415 - same
        from ui.kit.scanner import Scanner  # noqa: PLC0415 - same

        stage = self._stage = self._opened
        if stage is None:
            raise RuntimeError("the book is not open")
        self._stop_listening = stage.desk.db.on_change(self.work.announce)
        overlay = LockOverlay(self.theme, self.work, stage.verify)
        overlay.set_guides(opening.guides, opening.actor.guide_id if opening.actor is not None else "")
        self.window.set_lock(overlay)
        self._idle = IdleWatch(self.preferences.idle_minutes)
        self._idle.idle.connect(self.window.lock)
        self._chime = Chime(on=self.preferences.scan_sound)
        self._scanner = Scanner(self.preferences.gun)
        self._scanner.scanned.connect(self._scanned)
        if not opening.enrolled:
            self._show_wizard()
            return
        if opening.actor is None:
            self.window.lock()
        else:
            self.window.set_guide(opening.actor.guide_id)
            self._activate()
        self._start_sync()

    def _activate(self) -> None:
        if not self._active:
            self._active = True
            self.window.activate()
            self._sweeper.settle()
            self.window.pages.make_ahead(_LIKELY, lambda: not self.window.locked)
        self._show_status()

    def _start_sync(self) -> None:
        from ui.kit.network import NetworkWatch  # noqa: PLC0415 - after the first paint

        stage = self.stage
        self.work.change(lambda _job: stage.start_sync(), owner=self.window)
        if self._network is None:
            self._network = NetworkWatch(self.window)
            self._network.joined.connect(stage.network_joined)

    def _stay_shut(self, failure: Failure) -> None:
        from ui.kit.empty import EmptyState  # noqa: PLC0415 - only when something is wrong

        shown = EmptyState(
            self.theme, "warn", failure.title, f"{failure.sentence} {failure.way_out}".strip(), again_words()
        )
        shown.action.clicked.connect(self._try_again)
        self.window.cover(shown)

    def _try_again(self) -> None:
        self.window.uncover()
        self._load()

    def _show_wizard(self) -> None:
        from ui.pages.setup.wizard import SetupDeeds, SetupWizard  # noqa: PLC0415 - only on a PC's first day

        stage = self.stage
        deeds = SetupDeeds(stage.enrol, stage.demo, stage.verify, self._print_test)
        wizard = SetupWizard(self.context, deeds, self._place.office)
        wizard.finished.connect(self._joined)
        self.window.cover(wizard)

    # -- what happens meanwhile -----------------------------------------------------------------------------

    def _joined(self, face: GuideFace) -> None:
        self.window.set_guide(face.guide_id)
        self.window.uncover()
        self._activate()
        self._start_sync()
        self._read_faces()

    def _came_in(self, _face: GuideFace) -> None:
        self._activate()
        if self._scanner is not None:
            self._scanner.enabled = True
        self._read_faces()  # with her chosen, who is likely to unlock next

    def _locked(self) -> None:
        if self._scanner is not None:
            self._scanner.enabled = False  # digits belong to the PIN pad now
        stage = self.stage
        self.work.query(lambda _job: stage.leave(), owner=self.window, done=lambda _none: None)

    def _scanned(self, code: str) -> None:
        if not self._active or self.window.locked:
            return
        desk = self.stage.desk
        self._scans += 1  # none of two quick scans may take the other's place
        slot = f"scanned {self._scans}"
        self.work.query(lambda _job: desk.scans.find(code), owner=self.window, slot=slot, done=self._lead)

    def _lead(self, found: Found) -> None:
        """Take what was scanned to the page in sight, or to its own."""
        pages = self.window.pages
        page = pages.page(pages.current.page)
        taken = page is not None and page.scanned(found)
        target = None if taken or page is None else scanned_target(found, page.in_hand.get("client", ""))
        if self._chime is not None:
            self._chime.sound(found=taken or target is not None)
        if target is not None:
            self.window.go(target)
        elif not taken:
            self.window.toast.show_notice(Notice(not_known_words(found)))

    def _sync_now(self) -> None:
        if self._stage is not None:
            self._stage.sync_now()

    def _book_changed(self, change: Change) -> None:
        if change.kinds & {"guide", "guide_pin"}:
            self._read_faces()

    def _give_back(self) -> None:
        if self._stage is not None:
            self._stage.rest()

    def _read_faces(self) -> None:
        stage, overlay = self.stage, self.window.lock_overlay
        actor = stage.session.actor
        if overlay is not None:
            last = actor.guide_id if actor is not None else ""
            self.work.query(
                lambda _job: stage.faces(),
                owner=overlay,
                slot="faces",
                done=lambda faces: overlay.set_guides(faces, last),
            )

    def _show_status(self, _status: SyncStatus | None = None) -> None:
        actor = None if self._stage is None else self._stage.session.actor
        self.window.set_status(status_of(self.monitor.status, actor))

    def _pictures_came(self, state: PictureState) -> None:
        if state.running and state.done % _PICTURES_AT_ONCE:
            return
        for key in ("clients", "products", "share", "scripts"):
            arrived = getattr(self.window.pages.page(key), "pictures_arrived", None)
            if callable(arrived):
                arrived()

    def _desk(self) -> Desk | None:
        return None if self._stage is None else self._stage.desk

    def _viewer(self) -> str | None:
        actor = None if self._stage is None else self._stage.session.actor
        return None if actor is None else actor.guide_id

    def _settings_deeds(self) -> SettingsDeeds:
        from ui.pages.settings.deeds import PictureRoom, SettingsDeeds  # noqa: PLC0415 - after the first paint

        stage, place = self.stage, self._place
        return SettingsDeeds(
            preferences=self.preferences,
            language=self.language,
            data_dir=place.data_dir,
            log_dir=place.logs,
            version=version("guide-desk"),
            now_ms=stage.desk.clock.now_ms,
            set_idle_minutes=self._set_idle,
            backup=stage.back_up,
            print_test=self._print_test,
            pictures=PictureRoom(stage.picture_room, stage.set_picture_room),
            gun_changed=self._set_gun,
        )

    def _set_gun(self) -> None:
        """The gun was programmed otherwise, or its tone switched."""
        if self._scanner is not None:
            self._scanner.setup = self.preferences.gun
        if self._chime is not None:
            self._chime.on = self.preferences.scan_sound

    def _set_idle(self, minutes: int) -> None:
        if self._idle is not None:
            self._idle.set_minutes(minutes)

    def _print_test(self) -> None:
        from guide_app.cli.shell.ruler import print_test_page  # noqa: PLC0415 - only when a printer is checked

        print_test_page(self.window, self.work, self.stage.maker)
