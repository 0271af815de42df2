"""How it ended: six results, each one key, with a few words if there are any."""

from PySide6.QtCore import QCoreApplication, QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QDialog, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from guide_app.base.clock import china_date, day_start_ms
from guide_app.followup.results import Result
from ui.kit.buttons import button
from ui.kit.text import label

_EVENING_MS = 18 * 3_600_000
_COLUMNS = 3


def result_text(code: str) -> str:
    """The word for a stored result; one that is no code of ours is shown as it was written."""
    words: dict[str, str] = {
        Result.REACHED: QCoreApplication.translate("Result", "已联系"),
        Result.NO_ANSWER: QCoreApplication.translate("Result", "未接"),
        Result.NOT_INTERESTED: QCoreApplication.translate("Result", "无兴趣"),
        Result.SOLD: QCoreApplication.translate("Result", "成交"),
        Result.POSTPONED: QCoreApplication.translate("Result", "改期"),
        Result.REFUSED: QCoreApplication.translate("Result", "拒绝联系"),
    }
    return words.get(code, code)


class ResultDialog(QDialog):
    """Opened with Enter on a line; a digit from 1 to 6 says how it ended and closes it.

    `chosen` is None until then. Tab leads to the words and to the day for a postponement.
    """

    def __init__(self, parent: QWidget, name: str, now_ms: int) -> None:
        """`name` is whom or what it is about."""
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.translate("ResultDialog", "结果"))
        self.setMinimumWidth(420)
        self.chosen: Result | None = None
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("备注"))
        self.note.setPlaceholderText(self.tr("备注 (可不填)"))
        self.note.setMaxLength(4000)
        self.day = QDateEdit()
        self.day.setAccessibleName(self.tr("改到"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        today = china_date(now_ms)
        tomorrow = QDate(today.year, today.month, today.day).addDays(1)
        self.day.setMinimumDate(tomorrow)
        self.day.setDate(tomorrow)
        self.choices: dict[Result, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, result in enumerate(Result):
            choice = button(f"{place + 1}  {result_text(result)}")
            choice.setAccessibleName(result_text(result))
            choice.clicked.connect(lambda _=False, result=result: self._choose(result))
            grid.addWidget(choice, *divmod(place, _COLUMNS))
            self.choices[result] = choice
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        column.addWidget(label(name, "section", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addWidget(label(self.tr("改期改到 (拒绝联系之后, 不再给这位客户发消息)"), "hint", wrap=True))
        column.addWidget(self.day)
        self.choices[Result.REACHED].setFocus()

    def again_ms(self) -> int:
        """The evening of the day chosen for a postponement, UTC ms."""
        return day_start_ms(self.day.date().toPython()) + _EVENING_MS  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit chooses; it comes here only if the cursor stands in no field."""
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(Result):
            self._choose(list(Result)[digit])
            return
        super().keyPressEvent(event)

    def _choose(self, result: Result) -> None:
        self.chosen = result
        self.accept()
