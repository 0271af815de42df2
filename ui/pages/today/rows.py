"""The lines of 今日: a client to contact, a task, a message from head office."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.clock import china_date, china_datetime
from guide_app.base.money import yuan
from guide_app.followup.model import Cause, Suggestion, TaskRow
from ui.kit.buttons import button
from ui.kit.i18n import say
from ui.kit.painted import Avatar
from ui.kit.pill import Pill
from ui.kit.tag_tones import tag_tone
from ui.kit.text import ElidedLabel, label
from ui.kit.theme import Theme

_TAGS = 3


class SuggestionLine(QWidget):
    """Who, why, and two buttons: the deed that fits the reason, and a note."""

    opened = Signal(object)
    """`Suggestion` whose client should be shown."""
    acted = Signal(object)
    """`Suggestion` whose first deed should be done."""
    noted = Signal(object)
    """`Suggestion` about whose client something should be written down."""

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
        note = button(self.tr("记一笔"))
        note.setAccessibleName(f"{self.tr('记一笔')} {suggestion.name}")
        note.clicked.connect(lambda: self.noted.emit(suggestion))
        line.addWidget(act)
        line.addWidget(note)
        self.setMinimumHeight(60)

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
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(top)
        words.addWidget(ElidedLabel(" · ".join(reasons), "muted"))
        return words


def deed_text(cause: Cause) -> str:
    """What the first button does for a cause."""
    return {
        Cause.PROMISE: QCoreApplication.translate("SuggestionLine", "兑现了"),
        Cause.BIRTHDAY: QCoreApplication.translate("SuggestionLine", "发祝福"),
        Cause.CLAIMED: QCoreApplication.translate("SuggestionLine", "提醒用券"),
        Cause.SCANNED: QCoreApplication.translate("SuggestionLine", "发这款"),
        Cause.EXPIRING: QCoreApplication.translate("SuggestionLine", "提醒用券"),
        Cause.CARE: QCoreApplication.translate("SuggestionLine", "发回访"),
        Cause.OVERDUE: QCoreApplication.translate("SuggestionLine", "发新品"),
    }[cause]


class TaskLine(QWidget):
    """A task with its box; ticking it finishes it."""

    finished = Signal(object)
    """`TaskRow` that is done."""

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
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = ElidedLabel(row.title, "muted" if done else "")
        font = title.font()
        font.setStrikeOut(done)
        title.setFont(font)
        words.addWidget(title)
        words.addWidget(label(self._detail(now_ms), "warn" if self._late(now_ms) else "hint"))
        line.addLayout(words, 1)

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
            parts.append(self.tr("已完成"))
        elif self.row.due_at is not None:
            parts.append(due_text(self.row.due_at, now_ms))
        return " · ".join(parts)


def due_text(due_ms: int, now_ms: int) -> str:
    """`今天 18:00 前`, `已过期 1 天`, `11/28 前`."""
    due, today = china_datetime(due_ms), china_date(now_ms)
    days = (due.date() - today).days
    if days < 0:
        return QCoreApplication.translate("TaskLine", "已过期 {days} 天").format(days=-days)
    if days == 0:
        return QCoreApplication.translate("TaskLine", "今天 {time} 前").format(time=f"{due:%H:%M}")
    return QCoreApplication.translate("TaskLine", "{date} 前").format(date=f"{due.month}/{due.day}")
