"""The status bar: are we in step with head office, what waits, who works here; a click opens the sync page."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from guide_app.base.clock import china_datetime
from ui.kit.painted import StatusDot
from ui.kit.progress import ProgressStrip
from ui.kit.text import ElidedLabel
from ui.kit.theme import Theme
from ui.kit.work import Work


class Link(StrEnum):
    """How things stand between this PC and head office."""

    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    ATTENTION = "attention"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar says. `synced_at_ms` is UTC ms of the last complete sync; `needs` counts conflicts.

    `manages`: the guide is the store's manager.
    """

    link: Link = Link.NEVER
    synced_at_ms: int | None = None
    waiting: int = 0
    needs: int = 0
    store: str = ""
    guide: str = ""
    guide_number: str = ""
    manages: bool = False
    hints: tuple[str, ...] = ()


_DOTS = {
    Link.SYNCED: "dot_ok",
    Link.SYNCING: "dot_ok",
    Link.OFFLINE: "dot_wait",
    Link.ATTENTION: "dot_alarm",
    Link.NEVER: "dot_idle",
}


def status_words(status: Status) -> str:
    """The sentence beside the dot, which never relies on the dot's colour."""
    at = f"{china_datetime(status.synced_at_ms):%H:%M}" if status.synced_at_ms is not None else ""
    match status.link:
        case Link.SYNCED:
            return QCoreApplication.translate("StatusBar", "已同步 · {time}").format(time=at)
        case Link.SYNCING:
            return QCoreApplication.translate("StatusBar", "正在同步…")
        case Link.OFFLINE if status.waiting:
            words = QCoreApplication.translate("StatusBar", "离线工作中 · {count} 条待上传，联网后自动同步")
            return words.format(count=status.waiting)
        case Link.OFFLINE:
            return QCoreApplication.translate("StatusBar", "离线工作中 · 联网后自动同步")
        case Link.ATTENTION:
            return QCoreApplication.translate("StatusBar", "需要处理 · {count} 条").format(count=status.needs)
        case Link.NEVER:
            return QCoreApplication.translate("StatusBar", "尚未同步")


class StatusBar(QWidget):
    """Dot, sentence, waiting count, store and guide; progress and hints at the right."""

    clicked = Signal()

    def __init__(self, theme: Theme, work: Work) -> None:
        """Start with an unknown state."""
        super().__init__()
        self.setProperty("statusbar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self._status = Status()
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 1, 14, 0)
        line.setSpacing(3)
        self.dot = StatusDot(theme)
        self.state = _flat()
        self.waiting = _flat()
        self.who = ElidedLabel("", "tiny")
        self.progress = ProgressStrip(theme, work)
        self._hints = ElidedLabel("", "tiny")
        self._hints.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.dot)
        line.addWidget(self.state)
        line.addSpacing(4)
        line.addWidget(self.waiting)
        line.addSpacing(8)
        line.addWidget(self.who)
        line.addStretch(1)
        line.addWidget(self.progress)
        line.addSpacing(8)
        line.addWidget(self._hints)
        self.state.clicked.connect(self.clicked)
        self.waiting.clicked.connect(self.clicked)
        self.set_status(self._status)

    def set_status(self, status: Status) -> None:
        """Show `status`."""
        self._status = status
        words = status_words(status)
        self.dot.set_ink(_DOTS[status.link])
        self.state.setText(words)
        self.state.setAccessibleName(words)
        self.state.setToolTip(QCoreApplication.translate("StatusBar", "打开同步页"))
        waiting = QCoreApplication.translate("StatusBar", "待上传 {count}").format(count=status.waiting)
        self.waiting.setText(waiting)
        self.waiting.setAccessibleName(waiting)
        self.waiting.setVisible(status.link is not Link.OFFLINE)
        self.who.setText(_who(status))
        self._hints.setText(" · ".join(status.hints))

    def retranslate(self) -> None:
        """Say the same in the language now in force."""
        self.set_status(self._status)


def _flat() -> QPushButton:
    made = QPushButton()
    made.setProperty("status", True)
    made.setAutoDefault(False)
    return made


def _who(status: Status) -> str:
    guide = status.guide
    if guide and status.guide_number:
        words = QCoreApplication.translate("StatusBar", "{name}（导购 {number}）")
        if status.manages:
            words = QCoreApplication.translate("StatusBar", "{name}（店长 {number}）")
        guide = words.format(name=status.guide, number=status.guide_number)
    return " · ".join(part for part in (status.store, guide) if part)
