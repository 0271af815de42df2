"""Ctrl+K from anywhere: one box for clients, products, coupon codes and commands.

Providers are handed in and run on a reader thread; a newer key press drops the older answer. A provider that fails
does not take the others with it: its error is shown the usual way.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

from ui.kit.hit import Hit, SearchProvider
from ui.kit.inline import Field
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.kit.work import Job, Work

if TYPE_CHECKING:
    from ui.kit.hit_list import HitList
    from ui.kit.rows import Chosen


class SearchBox(Field):
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
        self._theme = theme
        self._open = False
        self._popup: HitList | None = None
        self.textChanged.connect(self._search)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the prompt in the language now in force."""
        prompt = QCoreApplication.translate("SearchBox", "搜客户、商品、券码，或输入命令")
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        if self._popup is not None:
            self._popup.retranslate()

    @property
    def popup(self) -> "HitList":
        """The list of hits, made when first wanted."""
        if self._popup is None:
            from ui.kit.hit_list import HitList  # noqa: PLC0415 - a list view costs 20 ms of the start, so: at the first key

            self._popup = HitList(self._theme, self)
            self._popup.list.chosen.connect(self._pick)
        return self._popup

    def call(self) -> None:
        """Come forward: focus, select what is there, open the list."""
        self._open = True
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    def leave(self) -> None:
        """Close the list and forget the text."""
        self._fold()
        self.clear()

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
        elif key == Qt.Key.Key_Escape and ((self._popup is not None and self._popup.isVisible()) or self.text()):
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Listen to keys again, however the focus came."""
        super().focusInEvent(event)
        self._open = True

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list when the focus goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the badge at the right edge."""
        super().resizeEvent(event)
        size = self.badge.sizeHint()
        self.badge.setGeometry(
            self.width() - size.width() - 11, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def _fold(self) -> None:
        self._open = False
        if self._popup is not None:
            self._popup.hide()

    def _search(self, text: str) -> None:
        self.badge.setVisible(not text)
        if not self._open:
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
        if asked != self.text().strip() or not self._open:
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
            self._take(row)

    def _pick(self, chosen: "Chosen") -> None:
        self._take(chosen.row)

    def _take(self, hit: Hit) -> None:
        self.leave()
        self.clearFocus()
        self.chosen.emit(hit)


def _find(provider: SearchProvider, text: str, job: Job) -> Sequence[Hit]:
    job.check()
    return tuple(provider.find(text))
