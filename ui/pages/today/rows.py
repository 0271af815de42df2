"""The lines of 今日: a client to contact, a task, a message from head office."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.clock import china_date, china_datetime
from guide_app.base.money import yuan
from guide_app.followup.model import Cause, Suggestion, TaskRow
from guide_app.followup.results import Result
from ui.kit.buttons import button
from ui.kit.i18n import counted, say
from ui.kit.painted import Avatar
from ui.kit.pill import Pill
from ui.kit.tag_tones import tag_tone
from ui.kit.text import ElidedLabel
from ui.kit.theme import Theme
from ui.pages.today.results import result_text

_TAGS = 3
# Less than a yuan (in fen) says nothing.
_WORTH_SAYING = 100


class SuggestionLine(QWidget):
    """Who, why, and two buttons: the deed that fits the reason, and how it ended."""

    opened = Signal(object)
    """`Suggestion` whose client should be shown."""
    acted = Signal(object)
    """`Suggestion` whose first deed should be done."""
    ended = Signal(object, object)
    """`Suggestion` of which the guide wants to say how it ended, and the `Result` that a key said; None: ask."""
    words_asked = Signal(object)
    """`Suggestion` for whose client the guide wants a script."""

    def __init__(self, theme: Theme, suggestion: Suggestion) -> None:
        """Show one suggestion."""
        super().__init__()
        self.suggestion = suggestion
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(12)
        line.addWidget(Avatar(theme, suggestion.name))
        line.addLayout(self._words(), 1)
        act = button(deed_text(suggestion.cause), "primary")
        act.setAccessibleName(f"{deed_text(suggestion.cause)} {suggestion.name}")
        act.clicked.connect(lambda: self.acted.emit(suggestion))
        end = button(self.tr("结果"))
        end.setAccessibleName(f"{end.text()} {suggestion.name}")
        end.clicked.connect(lambda: self.ended.emit(suggestion, None))
        words = button(self.tr("话术"))
        words.setAccessibleName(f"{words.text()} {suggestion.name}")
        words.clicked.connect(lambda: self.words_asked.emit(suggestion))
        line.addWidget(act)
        line.addWidget(words)
        line.addWidget(end)
        self.setMinimumHeight(60)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit that the buttons leave over is a result."""
        if is_result(event):
            self.ended.emit(self.suggestion, result_of(event))
        else:
            super().keyPressEvent(event)

    def _words(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(6)
        name = button(self.suggestion.name, "name")
        name.clicked.connect(lambda: self.opened.emit(self.suggestion))
        top.addWidget(name)
        for tag in self.suggestion.tags[:_TAGS]:
            top.addWidget(Pill(tag, tag_tone(tag)))
        top.addStretch(1)
        reasons = [say(reason) for reason in self.suggestion.reasons]
        if self.suggestion.total_fen > 0:
            reasons.append(self.tr("累计 {amount}").format(amount=yuan(self.suggestion.total_fen)))
        if self.suggestion.gain_fen >= _WORTH_SAYING:
            reasons.append(self._gain())
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(top)
        words.addWidget(ElidedLabel(" · ".join(reasons), "muted"))
        return words

    def _gain(self) -> str:
        """Why she stands where she stands: what she usually spends, times how often such a contact sells."""
        s = self.suggestion
        text = self.tr("预计 {gain} = 每单 {order} × {chance}%")
        return text.format(gain=_whole(s.gain_fen), order=_whole(s.order_fen), chance=f"{100 * s.chance:.0f}")


def _whole(fen: int) -> str:
    """Whole yuan: an estimate has no fen."""
    return yuan(round(fen / 100) * 100)


def deed_text(cause: Cause) -> str:
    """What the first button does for a cause."""
    return {
        Cause.PROMISE: QCoreApplication.translate("SuggestionLine", "兑现了"),
        Cause.STEP: QCoreApplication.translate("SuggestionLine", "发消息"),
        Cause.WELCOME: QCoreApplication.translate("SuggestionLine", "打招呼"),
        Cause.DATE: QCoreApplication.translate("SuggestionLine", "发祝福"),
        Cause.FIRST_DAY: QCoreApplication.translate("SuggestionLine", "发祝福"),
        Cause.WARRANTY: QCoreApplication.translate("SuggestionLine", "告诉她"),
        Cause.RESTOCKED: QCoreApplication.translate("SuggestionLine", "告诉她"),
        Cause.BIRTHDAY: QCoreApplication.translate("SuggestionLine", "发祝福"),
        Cause.CLAIMED: QCoreApplication.translate("SuggestionLine", "提醒用券"),
        Cause.SCANNED: QCoreApplication.translate("SuggestionLine", "发这款"),
        Cause.EXPIRING: QCoreApplication.translate("SuggestionLine", "提醒用券"),
        Cause.CARE: QCoreApplication.translate("SuggestionLine", "发回访"),
        Cause.OVERDUE: QCoreApplication.translate("SuggestionLine", "发新品"),
        Cause.INTIMATE: QCoreApplication.translate("SuggestionLine", "打招呼"),
    }[cause]


def is_result(event: QKeyEvent) -> bool:
    """Whether a key on a line is one of the digits that say how it ended."""
    return 0 <= event.key() - Qt.Key.Key_1 < len(Result)


def result_of(event: QKeyEvent) -> Result | None:
    """What a digit says; None for those that need a day or a second thought."""
    result = list(Result)[event.key() - Qt.Key.Key_1]
    return None if result in (Result.POSTPONED, Result.REFUSED) else result


class TaskLine(QWidget):
    """A task with its box: ticking it finishes it, 1 to 6 say how it ended, Enter asks for words too."""

    finished = Signal(object)
    """`TaskRow` that is done."""
    ended = Signal(object, object)
    """`TaskRow`, and the `Result` that a key said; None: ask."""

    def __init__(self, row: TaskRow, now_ms: int) -> None:
        """Show one task."""
        super().__init__()
        self.row = row
        done = row.status == "done"
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 9, 14, 9)
        line.setSpacing(10)
        box = QCheckBox()
        box.setAccessibleName(row.title)
        box.setChecked(done)
        box.setEnabled(not done)
        box.setIconSize(QSize(16, 16))
        box.toggled.connect(lambda: self.finished.emit(row))
        self.setFocusProxy(box)
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = ElidedLabel(row.title, "muted" if done else "")
        font = title.font()
        font.setStrikeOut(done)
        title.setFont(font)
        words.addWidget(title)
        words.addWidget(ElidedLabel(self._detail(now_ms), "warn" if self._late(now_ms) else "hint"))
        line.addLayout(words, 1)
        if not done:
            self._add_result(line)

    def _add_result(self, line: QHBoxLayout) -> None:
        end = button(self.tr("结果"), "quiet")
        end.setAccessibleName(f"{end.text()} {self.row.title}")
        end.clicked.connect(lambda: self.ended.emit(self.row, None))
        line.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that the box leaves over: a digit is a result, except those that need a day or a second thought."""
        open_still = self.row.status == "open"
        if open_still and is_result(event):
            self.ended.emit(self.row, result_of(event))
        elif open_still and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit(self.row, None)
        else:
            super().keyPressEvent(event)

    def _late(self, now_ms: int) -> bool:
        due = self.row.due_at
        return self.row.status == "open" and due is not None and china_date(due) < china_date(now_ms)

    def _detail(self, now_ms: int) -> str:
        origins = {
            "hq": self.tr("总部"),
            "manager": self.tr("店长"),
            "rule": self.tr("规则"),
            "guide": self.tr("自己"),
        }
        parts = [self.tr("催办")] if self.row.urged and self.row.status == "open" else []
        parts.append(self.tr("答应过的事") if self.row.kind == "promise" else origins[self.row.origin])
        if self.row.client_name:
            parts.append(self.row.client_name)
        if self.row.status == "done":
            parts.append(result_text(self.row.result) or self.tr("已完成"))
        elif self.row.due_at is not None:
            parts.append(due_text(self.row.due_at, now_ms))
        return " · ".join(parts)


def due_text(due_ms: int, now_ms: int) -> str:
    """`今天 18:00 前`, `已过期 1 天`, `11/28 前`."""
    due, today = china_datetime(due_ms), china_date(now_ms)
    days = (due.date() - today).days
    if days < 0:
        return counted(QCoreApplication.translate("TaskLine", "已过期 {days} 天").format(days=-days))
    if days == 0:
        return QCoreApplication.translate("TaskLine", "今天 {time} 前").format(time=f"{due:%H:%M}")
    return QCoreApplication.translate("TaskLine", "{date} 前").format(date=f"{due.month}/{due.day}")
