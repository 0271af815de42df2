"""The window: rail, header, lazily made pages, status bar, shortcuts, search, toast, lock.

It knows no trade word. Pages come as `PageSpec`s and talk to it by signal; what it cannot do itself (sync, switch
guide, quit) it announces by signal to whoever built it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.confirm import FailureDialog
from ui.kit.empty import Skeleton
from ui.kit.errors import Failure
from ui.kit.header import HeaderBar
from ui.kit.help import ShortcutSheet
from ui.kit.hit import Hit, SearchProvider
from ui.kit.page import Header, Page, PageContext, PageSpec, Target
from ui.kit.rail import Rail, RailEntry
from ui.kit.search import SearchBox
from ui.kit.status import Status, StatusBar
from ui.kit.toast import Notice, Toast
from ui.kit.work import Undo

if TYPE_CHECKING:
    from ui.kit.lock import LockOverlay

_GEOMETRY = "window/geometry"
_NUMBERED = 9


class MainWindow(QMainWindow):
    """The shell around all pages. Paints at once; pages are made after `activate`, each when first shown."""

    painted = Signal()
    """Once, after the first paint: load the rest now."""
    sync_asked = Signal()
    """F5 or the menu: sync now."""
    guide_changed = Signal(object)
    """`GuideFace` who unlocked the window."""
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
        self._specs = {spec.key: spec for spec in pages}
        self._settings = settings
        self._status_page = status_page
        self._made: dict[str, Page] = {}
        self._history: list[Target] = []
        self._current = Target(pages[0].key)
        self._active = False
        self._seen = False
        commands = SearchProvider("commands", self._commands, local=True)
        self.search = SearchBox(context.theme, context.work, (*providers, commands))
        self.header = HeaderBar(self.search)
        self.rail = Rail(context.theme, [RailEntry(s.key, s.icon, s.at_bottom) for s in pages if s.on_rail])
        self.stack = QStackedWidget()
        self.stack.addWidget(Skeleton(context.theme, rows=8))
        self.status = StatusBar(context.theme, context.work)
        self.lock_overlay: LockOverlay | None = None
        self._layers = QStackedWidget()
        self._body = self._lay_out()
        self.toast = Toast(self._body)
        self._shortcuts = self._make_shortcuts()
        self._connect()
        self._restore()
        self.retranslate()
        self.rail.select(self._current.page)

    # -- what the composition root calls --------------------------------------------------------------------

    def activate(self) -> None:
        """Services are ready: make the first page, or the one asked for meanwhile."""
        self._active = True
        self._show(self._current)

    def set_status(self, status: Status) -> None:
        """Show the state of sync and who works here; conflicts are counted on the sync page's rail item."""
        self.status.set_status(status)
        item = self.rail.items.get(self._status_page)
        if item is not None:
            item.set_badge(status.needs)

    def show_failure(self, failure: Failure) -> None:
        """Show a failure over the window, without blocking what runs."""
        dialog = FailureDialog(self._context.theme, self, failure)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def set_lock(self, overlay: "LockOverlay") -> None:
        """Give the window its lock; before that, `lock` does nothing."""
        self.lock_overlay = overlay
        self._layers.addWidget(overlay)
        overlay.unlocked.connect(self._unlocked)

    def lock(self) -> None:
        """Take everything personal off the screen until a guide gives her PIN."""
        if self.lock_overlay is None or self.locked:
            return
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # commits an edit under way
        self.search.leave()
        self.toast.hide()
        self._layers.setCurrentWidget(self.lock_overlay)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self.lock_overlay.prepare()

    @property
    def locked(self) -> bool:
        """Whether the lock hides the pages."""
        return self.lock_overlay is not None and self._layers.currentWidget() is self.lock_overlay

    def cover(self, widget: QWidget) -> None:
        """Show `widget` (e.g. the first-run wizard) instead of everything, until `uncover`."""
        self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)

    def uncover(self) -> None:
        """Bring the pages back."""
        covering = self._layers.currentWidget()
        self._layers.setCurrentWidget(self._body)
        if covering is not None and covering not in (self._body, self.lock_overlay):
            self._layers.removeWidget(covering)
            covering.deleteLater()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(True)

    # -- navigation -----------------------------------------------------------------------------------------

    def go(self, target: Target) -> None:
        """Show the page of `target`. Raises `KeyError` for a page that does not exist."""
        if target.page not in self._specs:
            raise KeyError(target.page)
        if target != self._current:
            self._history.append(self._current)
            del self._history[:-50]
        self._current = target
        self.rail.select(target.page)
        if self._active:
            self._show(target)
        else:
            self._say(Header(self._specs[target.page].title(), self._specs[target.page].subtitle()))

    def back(self) -> None:
        """Esc: close what is open in the page, else go where we came from."""
        page = self._made.get(self._current.page)
        if (page is not None and page.back()) or not self._history:
            return
        self._current = self._history.pop()
        self.rail.select(self._current.page)
        if self._active:
            self._show(self._current)

    def page(self, key: str) -> Page | None:
        """The page of `key`, if it has been made."""
        return self._made.get(key)

    def _show(self, target: Target) -> None:
        page = self._made.get(target.page) or self._make(self._specs[target.page])
        spec = self._specs[target.page]
        self._say(Header(spec.title(), spec.subtitle()) if page.shown_header is None else page.shown_header)
        page.open(target)
        self.stack.setCurrentWidget(page)
        if not self.search.hasFocus():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, spec: PageSpec) -> Page:
        page = spec.factory(self._context)
        page.navigate.connect(self.go)
        page.notice.connect(self.toast.show_notice)
        page.failure.connect(self.show_failure)
        page.header_changed.connect(partial(self._page_says, spec.key))
        self._made[spec.key] = page
        self.stack.addWidget(page)
        return page

    def _page_says(self, key: str, header: Header) -> None:
        if key == self._current.page:
            self._say(header)

    def _say(self, header: Header) -> None:
        self.header.show_header(header)
        self.setWindowTitle(f"{header.title} · {self.tr('导购台')}")

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
        inset.addWidget(self.stack)
        down.addLayout(inset, 1)
        down.addWidget(self.status)
        across.addLayout(down, 1)
        self._layers.addWidget(body)
        self.setCentralWidget(self._layers)
        self.setMinimumSize(QSize(960, 600))
        return body

    def _connect(self) -> None:
        self.rail.chosen.connect(self._go_to)
        self.status.clicked.connect(partial(self._go_to, self._status_page))
        self.search.chosen.connect(self._follow)
        self._context.work.failed.connect(self.show_failure)
        self._context.work.offered_undo.connect(self._offer_undo)
        self._context.undo.undone.connect(self._undone)

    def _make_shortcuts(self) -> list[QShortcut]:
        rail = list(self.rail.items)[:_NUMBERED]
        pairs: list[tuple[str, Callable[[], object]]] = [
            (f"Ctrl+{number}", partial(self._go_to, key)) for number, key in enumerate(rail, start=1)
        ]
        pairs += [("Ctrl+K", self.search.call), ("Ctrl+Z", self._undo), ("Ctrl+L", self.lock)]
        pairs += [("F1", self._help), ("F5", self.sync_asked.emit)]
        made = []
        for keys, deed in pairs:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(deed)
            made.append(shortcut)
        return made

    def _go_to(self, key: str) -> None:
        self.go(Target(key))

    def _follow(self, hit: Hit) -> None:
        if hit.target is not None:
            self.go(hit.target)
        if hit.command is not None:
            hit.command()

    def _commands(self, text: str) -> list[Hit]:
        hits = [
            Hit(spec.title(), self.tr("打开页面"), spec.icon, Target(spec.key))
            for spec in self._specs.values()
            if spec.on_rail
        ]
        hits.append(Hit(self.tr("立即同步"), "F5", "sync", command=self.sync_asked.emit))
        hits.append(Hit(self.tr("撤销上一步"), "Ctrl+Z", "undo", command=self._undo))
        hits.append(Hit(self.tr("快捷键"), "F1", "help", command=self._help))
        if self.lock_overlay is not None:
            hits.append(Hit(self.tr("锁定或换人"), "Ctrl+L", "lock", command=self.lock))
        return [hit for hit in hits if text.casefold() in hit.title.casefold()]

    def _help(self) -> None:
        rows = [(f"Ctrl+{n}", self._specs[key].title()) for n, key in enumerate(list(self.rail.items)[:_NUMBERED], 1)]
        rows += [("Ctrl+K", self.tr("搜客户、商品、券码、命令")), ("F5", self.tr("立即同步"))]
        rows += [("Ctrl+Z", self.tr("撤销上一步")), ("Esc", self.tr("返回、关闭"))]
        rows += [("Ctrl+L", self.tr("锁定或换人")), ("F1", self.tr("快捷键"))]
        sheet = ShortcutSheet(self, rows)
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

    def _unlocked(self, face: object) -> None:
        self.uncover()
        self.guide_changed.emit(face)

    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1280, 800)

    def retranslate(self) -> None:
        """Say everything in the language now in force; pages are made anew, edits having been committed."""
        self.rail.set_titles({spec.key: spec.title() for spec in self._specs.values()})
        self.search.retranslate()
        self.status.retranslate()
        if self.lock_overlay is not None:
            self.lock_overlay.retranslate()
        for page in self._made.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._made.clear()
        spec = self._specs[self._current.page]
        self._say(Header(spec.title(), spec.subtitle()))
        if self._active:
            self._show(self._current)

    # -- Qt -------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a language switch."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc arrives here when nobody nearer wanted it (a shortcut would take it from the fields)."""
        if event.key() == Qt.Key.Key_Escape and not self.locked:
            self.back()
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
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)
