"""The list that drops down under the search box. Apart from it, because no start should pay for a list view."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from ui.kit.hit import Hit
from ui.kit.paged import RowModel
from ui.kit.rows import RowDelegate, RowList, paint_line
from ui.kit.text import label
from ui.kit.theme import Theme

_ROW = 46
_MOST = 9


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


class HitList(QFrame):
    """The drop-down: a child of the window, so that the box keeps the keyboard."""

    def __init__(self, theme: Theme, box: QWidget) -> None:
        """Sit hidden under `box`."""
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
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say it in the language now in force."""
        self.list.setAccessibleName(QCoreApplication.translate("SearchBox", "搜索结果"))

    def answers(self, event: QKeyEvent, fold: Callable[[], bool]) -> bool:
        """Let a key of the box above move in the list, take what is marked or `fold` it; whether it was such a key."""
        key = event.key()
        if key == Qt.Key.Key_Escape and fold():
            return True
        if not self.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.keyPressEvent(event)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self.list.row_at(self.list.currentIndex().row())
            if current is not None:
                self.take(current, fold)
            return True
        return False

    def take(self, hit: Hit, fold: Callable[[], bool]) -> None:
        """Do what a hit stands for, the list folded."""
        fold()
        if hit.command is not None:
            hit.command()

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
