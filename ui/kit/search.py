"""Ctrl+K from anywhere: one box for clients, products, coupon codes and commands.

Providers are handed in and run on a reader thread; a newer key press drops the older answer. A provider that fails
does not take the others with it: its error is shown the usual way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QVBoxLayout, QWidget

from ui.kit.page import Target
from ui.kit.paged import RowModel
from ui.kit.rows import Chosen, RowDelegate, RowList, paint_line
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.kit.work import Job, Work

_ROW = 46
_MOST = 9


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: what is read, and where Enter goes (`target`) or what it does (`command`, on the GUI thread)."""

    title: str
    detail: str = ""
    icon: str = "search"
    target: Target | None = None
    command: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class SearchProvider:
    """Finds hits for a text, best first. `local` ones are quick and run on the GUI thread, also for empty text."""

    key: str
    find: Callable[[str], Sequence[Hit]]
    local: bool = False


class _HitDelegate(RowDelegate):
    hairlines = False

    def paint_row(self, painter: QPainter, rect: QRectF, row: Hit, *, selected: bool) -> None:
        theme = self.theme
        ink = "accent_text" if selected else "ink_2"
        theme.icon(row.icon, ink).paint(painter, int(rect.left()), int(rect.center().y()) - 9, 18, 18)
        text = rect.adjusted(30, 0, 0, 0)
        middle = text.center().y()
        small = theme.font(theme.tokens.font.small)
        if row.detail:
            upper = QRectF(text.left(), middle - 19, text.width(), 19)
            paint_line(painter, upper, row.title, theme.font(), theme.colour("ink"))
            lower = QRectF(text.left(), middle, text.width(), 17)
            paint_line(painter, lower, row.detail, small, theme.colour("ink_3"))
        else:
            paint_line(painter, text, row.title, theme.font(), theme.colour("ink"))


class SearchBox(QLineEdit):
    """The box at the top right with its Ctrl K badge; the list of hits drops down under it."""

    chosen = Signal(object)
    """`Hit` that the user picked."""

    def __init__(self, theme: Theme, work: Work, providers: Sequence[SearchProvider]) -> None:
        """Search `providers`, whose hits are listed in their order."""
        super().__init__()
        self._work = work
        self.providers = tuple(providers)
        self._found: dict[str, Sequence[Hit]] = {}
        self._pending: set[str] = set()
        self.setFixedHeight(36)
        self.setMinimumWidth(220)
        self.setMaximumWidth(320)
        self.setTextMargins(2, 0, 52, 0)
        self.badge = label("Ctrl K", "keycap")
        self.badge.setParent(self)
        self.popup = _Popup(theme, self)
        self.popup.list.chosen.connect(self._pick)
        self.textChanged.connect(self._search)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the prompt in the language now in force."""
        prompt = QCoreApplication.translate("SearchBox", "搜客户、商品、券码，或输入命令")
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.popup.list.setAccessibleName(QCoreApplication.translate("SearchBox", "搜索结果"))

    def call(self) -> None:
        """Come forward: focus, select what is there, open the list."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    def leave(self) -> None:
        """Close the list and forget the text."""
        self.popup.hide()
        self.clear()
        self.popup.hide()

    def hits(self) -> tuple[Hit, ...]:
        """What is listed now."""
        return self.popup.model.rows

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move in the list, Enter picks, Esc closes."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.popup.list.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick_current()
        elif key == Qt.Key.Key_Escape and (self.popup.isVisible() or self.text()):
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list when the focus goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.popup.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the badge at the right edge."""
        super().resizeEvent(event)
        size = self.badge.sizeHint()
        self.badge.setGeometry(
            self.width() - size.width() - 11, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def _search(self, text: str) -> None:
        self.badge.setVisible(not text)
        if not self.hasFocus():
            return
        wanted = text.strip()
        self._found = {provider.key: provider.find(wanted) for provider in self.providers if provider.local}
        remote = [provider for provider in self.providers if not provider.local and wanted]
        self._pending = {provider.key for provider in remote}
        for provider in remote:
            self._work.query(
                partial(_find, provider, wanted),
                owner=self,
                slot=provider.key,
                done=partial(self._arrive, wanted, provider.key),
            )
        if not self._pending:
            self._show()

    def _arrive(self, asked: str, key: str, hits: Sequence[Hit]) -> None:
        if asked != self.text().strip() or not self.hasFocus():
            return
        self._pending.discard(key)
        self._found[key] = hits
        self._show()

    def _show(self) -> None:
        rows = [hit for provider in self.providers for hit in self._found.get(provider.key, ())]
        self.popup.show_hits(rows, searched=bool(self.text().strip()) and not self._pending)

    def _pick_current(self) -> None:
        row = self.popup.list.row_at(self.popup.list.currentIndex().row())
        if row is not None:
            self._pick(Chosen(0, row))

    def _pick(self, chosen: Chosen) -> None:
        hit: Hit = chosen.row
        self.leave()
        self.clearFocus()
        self.chosen.emit(hit)


def _find(provider: SearchProvider, text: str, job: Job) -> Sequence[Hit]:
    job.check()
    return tuple(provider.find(text))


class _Popup(QFrame):
    """The drop-down: a child of the window, so that the box keeps the keyboard."""

    def __init__(self, theme: Theme, box: SearchBox) -> None:
        super().__init__()
        self._box = box
        self.setProperty("popup", True)
        self.model: RowModel[Hit] = RowModel(_words)
        self.list = RowList(_HitDelegate(theme, _ROW), "")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.empty = label("", "muted")
        self.empty.setContentsMargins(14, 14, 14, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self.empty)
        self.list.clicked.connect(self.list.doubleClicked)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 50))
        self.setGraphicsEffect(shadow)
        box.installEventFilter(self)
        self.hide()

    def show_hits(self, rows: Sequence[Hit], *, searched: bool) -> None:
        """List `rows`; `searched` says that an empty list means nothing was found."""
        self.model.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setText(QCoreApplication.translate("SearchBox", "没有找到。试试姓名拼音、手机后四位或货号。"))
        self.empty.setVisible(not rows and searched)
        if not rows and not searched:
            self.hide()
            return
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._place(len(rows))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the box into its window, and go when it goes."""
        if event.type() is QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def _place(self, rows: int) -> None:
        window: QWidget = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        width = max(self._box.width(), 440)
        height = min(rows, _MOST) * _ROW + 12 if rows else 56
        corner = self._box.mapTo(window, QPoint(self._box.width(), self._box.height() + 6))
        self.setGeometry(corner.x() - width, corner.y(), width, min(height, window.height() - corner.y() - 40))


def _words(hit: Hit) -> str:
    return f"{hit.title} {hit.detail}".strip()
