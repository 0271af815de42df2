"""The window: rail, header, pages, status bar, commands, search, toast, lock.

It knows no trade word. Pages come as `PageSpec`s and talk to it by signal; what it cannot do itself (sync, switch
guide, quit) it announces by signal to whoever built it.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.commands import Command, CommandTable
from ui.kit.confirm import FailureDialog
from ui.kit.errors import Failure
from ui.kit.header import HeaderBar
from ui.kit.help import ShortcutSheet, page_lines
from ui.kit.hit import Hit, SearchProvider
from ui.kit.page import Header, PageContext, PageSpec, Target
from ui.kit.page_stack import PageStack
from ui.kit.rail import Rail, RailEntry
from ui.kit.search import SearchBox
from ui.kit.status import Status, StatusBar
from ui.kit.toast import Notice, Toast
from ui.kit.work import Undo

if TYPE_CHECKING:
    from ui.kit.lock import GuideFace, LockOverlay

_GEOMETRY = "window/geometry"
_NUMBERED = 9
_DEEDS = ("Ctrl+", "Shift+", "F")  # a page's own keys; Enter, Esc, letters and digits answer what stands there


class MainWindow(QMainWindow):
    """The shell around all pages. Paints at once; pages are made after `activate`, each when first shown."""

    painted = Signal()
    """Once, after the first paint: load the rest now."""
    sync_asked = Signal()
    """F5, or the command: sync now."""
    guide_changed = Signal(object)
    """`GuideFace` who unlocked the window, before her pages are shown."""
    was_locked = Signal()
    """Nobody works here any more until somebody unlocks."""
    closing = Signal()
    """The user closed the window; edits are committed."""

    def __init__(
        self,
        context: PageContext,
        pages: Sequence[PageSpec],
        settings: QSettings,
        *,
        providers: Sequence[SearchProvider] = (),
        status_page: str = "sync",
    ) -> None:
        """Build the shell. `settings` keeps the geometry; a click on the status bar opens `status_page`."""
        super().__init__()
        self._context = context
        self._settings = settings
        self._status_page = status_page
        self._seen = False
        self._guide_id = ""
        self._held: list[Failure] = []
        self.lock_overlay: LockOverlay | None = None
        self.commands = CommandTable(self)
        own = SearchProvider("commands", self.commands.find, local=True)
        self.search = SearchBox(context.theme, context.work, (*providers, own))
        self.header = HeaderBar(self.search)
        self.rail = Rail(context.theme, [RailEntry(s.key, s.icon, s.at_bottom) for s in pages if s.on_rail])
        self.pages = PageStack(context, pages)
        self.status = StatusBar(context.theme, context.work)
        self._layers = QStackedWidget()
        self._body = self._lay_out()
        self.toast = Toast(self._body)
        self.commands.add((*self._page_commands(), *self._own_commands()))
        self._connect()
        self._restore()
        self.retranslate()

    # -- what the composition root calls --------------------------------------------------------------------

    def activate(self) -> None:
        """Services are ready: make the first page, or the one asked for meanwhile."""
        self.pages.activate()

    def go(self, target: Target) -> None:
        """Show the page of `target`. Raises `KeyError` for a page that does not exist."""
        self.pages.go(target)

    def set_status(self, status: Status) -> None:
        """Show the state of sync and who works here; conflicts are counted on the sync page's rail item."""
        self.status.set_status(status)
        item = self.rail.items.get(self._status_page)
        if item is not None:
            item.set_badge(status.needs)

    def show_failure(self, failure: Failure) -> None:
        """Show a failure over the window, without blocking what runs; while locked, keep it for afterwards."""
        if self.locked:
            self._held.append(failure)
            return
        dialog = FailureDialog(self._context.theme, self, failure)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def set_guide(self, guide_id: str) -> None:
        """Say who works here at the start; the same guide's unlock then keeps pages, way back and undo."""
        self._guide_id = guide_id

    def set_lock(self, overlay: "LockOverlay") -> None:
        """Give the window its lock; before that, `lock` does nothing."""
        self.lock_overlay = overlay
        self._layers.addWidget(overlay)
        overlay.unlocked.connect(self._unlocked)

    def lock(self) -> None:
        """Take everything personal off the screen until a guide gives her PIN."""
        if self.lock_overlay is None or self.locked:
            return
        self._commit_edit()
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.search.leave()
        self.toast.hide()
        self.setWindowTitle(self.tr("导购台"))
        self._layers.setCurrentWidget(self.lock_overlay)
        self.commands.enable(on=False)
        self.lock_overlay.prepare()
        self.was_locked.emit()

    @property
    def locked(self) -> bool:
        """Whether the lock hides the pages."""
        return self.lock_overlay is not None and self._layers.currentWidget() is self.lock_overlay

    def cover(self, widget: QWidget) -> None:
        """Show `widget` (e.g. the first-run wizard) instead of everything, until `uncover`."""
        self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)
        self.commands.enable(on=False)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Bring the pages back."""
        covering = self._layers.currentWidget()
        self._layers.setCurrentWidget(self._body)
        if covering is not None and covering not in (self._body, self.lock_overlay):
            self._layers.removeWidget(covering)
            covering.deleteLater()
        self.commands.enable(on=True)
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # it lay with what covered the page

    def retranslate(self) -> None:
        """Say everything in the language now in force; pages are made anew, edits having been committed."""
        self._commit_edit()
        self.rail.set_titles({spec.key: spec.title() for spec in self.pages.specs.values()})
        self.search.retranslate()
        self.status.retranslate()
        if self.lock_overlay is not None:
            self.lock_overlay.retranslate()
        self.pages.rebuild()

    # -- inside ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> QWidget:
        body = QWidget()
        body.setProperty("ground", True)
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(self.header)
        inset = QVBoxLayout()
        inset.setContentsMargins(22, 0, 22, 12)
        inset.addWidget(self.pages)
        down.addLayout(inset, 1)
        down.addWidget(self.status)
        across.addLayout(down, 1)
        self._layers.addWidget(body)
        self.setCentralWidget(self._layers)
        self.setMinimumSize(QSize(960, 600))
        return body

    def _connect(self) -> None:
        self.rail.chosen.connect(self._go_to)
        self.pages.moved.connect(self.rail.select)
        self.pages.header.connect(self._say)
        self.pages.notice.connect(self.toast.show_notice)
        self.pages.failure.connect(self.show_failure)
        self.status.clicked.connect(partial(self._go_to, self._status_page))
        self.search.chosen.connect(self._follow)
        self._context.work.failed.connect(self.show_failure)
        self._context.work.offered_undo.connect(self._offer_undo)
        self._context.undo.undone.connect(self._undone)

    def _page_commands(self) -> list[Command]:
        specs = [self.pages.specs[key] for key in self.rail.items]
        numbered = [
            Command(spec.title, spec.icon, partial(self._go_to, spec.key), _numbered(number))
            for number, spec in enumerate(specs, start=1)
        ]
        quick = [
            Command(spec.quick.words, spec.icon, partial(self._take_to, spec.key), spec.quick.keys)
            for spec in self.pages.specs.values()
            if spec.quick is not None
        ]
        own = [
            Command(partial(_own_words, spec, keys), spec.icon, partial(self._do_there, spec.key, keys), page_keys=keys)
            for spec in self.pages.specs.values()
            for keys, _words in spec.shortcuts()
            if keys.startswith(_DEEDS) and " " not in keys
        ]
        return numbered + quick + own

    def _own_commands(self) -> tuple[Command, ...]:
        return (
            Command(lambda: self.tr("搜客户、商品、券码、命令"), "search", self.search.call, "Ctrl+K"),
            Command(lambda: self.tr("立即同步"), "sync", self.sync_asked.emit, "F5"),
            Command(lambda: self.tr("撤销上一步"), "undo", self._undo, "Ctrl+Z"),
            Command(lambda: self.tr("锁定或换人"), "lock", self.lock, "Ctrl+L"),
            Command(lambda: self.tr("快捷键"), "help", self._help, "F1"),
        )

    def _go_to(self, key: str) -> None:
        self.go(Target(key))

    def _take_to(self, key: str) -> None:
        """Go there with what the page in sight has in hand; from that page itself nothing changes."""
        page = self.pages.page(self.pages.current.page)
        if page is None or self.pages.current.page == key:
            self._go_to(key)
            return
        self.go(Target(key, args={name: value for name, value in page.in_hand.items() if value}))

    def _do_there(self, key: str, keys: str) -> None:
        """Go to a page and do there what its own keys do; in sight already, with what had the keyboard there."""
        page = self.pages.page(key) if self.pages.current.page == key else None
        if page is None:
            self._go_to(key)
            page = self.pages.page(key)
        else:
            (page.focusWidget() or page).setFocus(Qt.FocusReason.OtherFocusReason)
        for shortcut in page.findChildren(QShortcut) if page is not None else ():
            holder = shortcut.parent()
            mine = isinstance(holder, QWidget) and holder.window() is self  # a dialog has keys of its own
            if mine and shortcut.key() == QKeySequence(keys) and shortcut.isEnabled():
                shortcut.activated.emit()

    def _follow(self, hit: Hit) -> None:
        if hit.target is not None:
            self.go(hit.target)
        if hit.command is not None:
            hit.command()

    def _say(self, header: Header) -> None:
        self.header.show_header(header)
        if not self.locked:
            self.setWindowTitle(" · ".join((header.title, self.tr("导购台"))))

    def _help(self) -> None:
        own = page_lines((spec.title(), spec.shortcuts()) for spec in self.pages.specs.values())
        sheet = ShortcutSheet(self, (*self.commands.sheet(), ("Esc", self.tr("返回、关闭")), *own))
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _undo(self) -> None:
        if not self._context.undo.undo():
            self.toast.show_notice(Notice(self.tr("没有可以撤销的操作")))

    def _offer_undo(self, undo: Undo) -> None:
        take_back = partial(self._context.undo.undo, undo)
        self.toast.show_notice(Notice(undo.text, self.tr("撤销"), take_back))

    def _undone(self, undo: Undo) -> None:
        self.toast.show_notice(Notice(self.tr("已撤销：{what}").format(what=undo.text)))

    def _unlocked(self, face: "GuideFace") -> None:
        self.uncover()
        other = face.guide_id != self._guide_id
        self._guide_id = face.guide_id
        self.guide_changed.emit(face)
        if other:
            self._context.undo.clear()
            self.pages.forget_way()
            self.pages.rebuild()
        held, self._held = self._held, []
        for failure in held:
            self.show_failure(failure)

    def _commit_edit(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def _come_back(self) -> None:
        if QApplication.activeWindow() is None and self.isVisible():
            self.activateWindow()

    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1280, 800)

    # -- Qt -------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a language switch."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the keyboard back from a dialog that closes: not every window system gives it by itself."""
        active = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if event.type() is QEvent.Type.WindowUnblocked and active:
            QTimer.singleShot(0, self, self._come_back)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc arrives here when nobody nearer wanted it (a shortcut would take it from the fields)."""
        if event.key() == Qt.Key.Key_Escape and self._layers.currentWidget() is self._body:
            self.pages.back()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Commit an edit under way, keep the geometry, tell the owner."""
        self._commit_edit()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)


def _numbered(number: int) -> str:
    return f"Ctrl+{number}" if number <= _NUMBERED else ""


def _own_words(spec: PageSpec, keys: str) -> str:
    return f"{spec.title()} · {dict(spec.shortcuts())[keys]}"
