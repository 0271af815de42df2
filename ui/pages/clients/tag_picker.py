"""The tag picker: open it, press a number or type two letters, Enter. What hangs is ticked; Enter takes it off."""

from collections.abc import Collection
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QLineEdit, QVBoxLayout, QWidget

from guide_app.base.clock import DAY_MS, day_start_ms
from guide_app.clients.tag_choice import Offer, best, matching
from guide_app.clients.tags import MOST_NAME, Hanging
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.rows import RowList
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.pages.clients.tag_model import NewLine, TagDelegate, TagLine, TagModel, lines

_USUAL_DAYS = 30
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TagPicker(QDialog):
    """Says one tag and closes: `picked` carries a `Hanging`, `dropped` the name of one to take off."""

    picked = Signal(object)
    dropped = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme, offer: Offer, hung: Collection[str], today: date) -> None:
        """`hung` are the names of the tags that she carries."""
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.translate("TagPicker", "打标签"))
        self.resize(420, 520)
        self._offer, self._hung = offer, frozenset(hung)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("标签名、拼音或首字母; 数字键选常用"))
        self.typed.setAccessibleName(self.tr("找标签"))
        self.typed.setMaxLength(MOST_NAME)
        self.typed.setClearButtonEnabled(True)
        self.model = TagModel()
        self.list = RowList(TagDelegate(theme), self.tr("标签"))
        self.list.setModel(self.model)
        self.private = QCheckBox(self.tr("仅自己可见"))
        self.ends = QCheckBox(self.tr("到期自动去掉"))
        self.until = QDateEdit()
        self.until.setAccessibleName(self.tr("到期日"))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setMinimumDate(_qt_date(today))
        self.until.setDate(_qt_date(today + timedelta(days=_USUAL_DAYS)))
        self.until.setEnabled(False)
        self.go = button(self.tr("打上"), "primary")
        self.go.setDefault(True)
        self.close_button = button(self.tr("取消"))
        self._lay_out()
        self._connect()
        self._show("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.typed)
        column.addWidget(self.list, 1)
        column.addWidget(row(self.private, None, self.ends, self.until))
        self.hint = label(self.tr("上下键选, 回车打上; 已打上的再回车取下"), "hint")
        column.addWidget(row(self.hint, None, self.close_button, self.go))

    def _connect(self) -> None:
        self.typed.textChanged.connect(self._show)
        self.typed.installEventFilter(self)
        self.list.chosen.connect(lambda chosen: self._take(chosen.row))
        self.list.moved.connect(lambda chosen: self._moved(chosen.row))
        self.ends.toggled.connect(self.until.setEnabled)
        self.go.clicked.connect(lambda: self._take(self.list.row_at(self.list.currentIndex().row())))
        self.close_button.clicked.connect(self.reject)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Number keys hang while nothing is typed; the arrows walk the list from where one types."""
        if watched is self.typed and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _WALKING:
                self.list.keyPressEvent(event)
                return True
            if not self.typed.text() and event.text().isdecimal():
                numbered = (r for r in self.model.rows if isinstance(r, TagLine) and str(r.number) == event.text())
                usual = next(numbered, None)
                if usual is not None:
                    self._take(usual)
                    return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        self.model.set_rows(lines(self._offer, typed, self._hung))
        meant = best(matching(self._offer, typed), typed) if typed.strip() else None
        places = [*self.model.places()]
        rows = self.model.rows
        at = next((n for n in places if isinstance(line := rows[n], TagLine) and line.tag is meant), None)
        # Enter on the fresh list must not take a tag off.
        loose = (n for n in places if not (isinstance(line := rows[n], TagLine) and line.hung))
        first = next(loose, places[0] if places else None)
        if (place := first if at is None else at) is not None:
            self.list.setCurrentIndex(self.model.index(place, 0))
        self.go.setEnabled(bool(places))

    def _moved(self, line: object) -> None:
        on = isinstance(line, TagLine) and line.hung
        self.go.setText(self.tr("取下") if on else self.tr("打上"))

    def _take(self, line: object) -> None:
        if isinstance(line, TagLine) and line.hung:
            self.dropped.emit(line.tag.name)
        elif isinstance(line, TagLine):
            self.picked.emit(self._what(line.tag.name, line.tag.group, private=line.tag.private))
        elif isinstance(line, NewLine):
            self.picked.emit(self._what(line.name, "", private=False))
        else:
            return
        self.accept()

    def _what(self, name: str, group: str, *, private: bool) -> Hanging:
        until = None
        if self.ends.isChecked():  # the day is her last with it
            until = day_start_ms(_date(self.until.date())) + DAY_MS
        return Hanging(name, group, private=private or self.private.isChecked(), until=until)


def _qt_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
