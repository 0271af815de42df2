"""The card that says what is under way: the round of sync, the pictures, and what stands in the way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide_app.sync.pictures import PictureState
from guide_app.sync.watch import SyncStatus
from ui.kit.buttons import button
from ui.kit.card import Card, row
from ui.kit.painted import Meter
from ui.kit.problems import trouble_words
from ui.kit.text import ElidedLabel, label
from ui.kit.theme import Theme
from ui.pages.sync.trouble import NEEDS_A_PERSON

# A round of fewer records (or of unknown length) is over before anybody could break it off.
_LONG_ROUND = 2_000


class _Bar(QWidget):
    """Title, a meter, and the count below."""

    def __init__(self, theme: Theme, *tail: QWidget) -> None:
        super().__init__()
        self.title = label("", "section")
        self.count = ElidedLabel("", "hint")
        self.meter = Meter(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(row(self.title, None, *tail, gap=6, margins=(0, 0, 0, 0)))
        column.addWidget(self.meter)
        column.addWidget(self.count)

    def show_step(self, title: str, done: int, total: int, hint: str = "") -> None:
        """`done` of `total`, 0 for an unknown length."""
        self.title.setText(title)
        count = f"{done:,} / {total:,}" if total else f"{done:,}" if done else ""
        self.count.setText(" · ".join(part for part in (count, hint) if part))
        self.count.setVisible(bool(self.count.text()))
        self.meter.setVisible(total > 0)
        self.meter.set_ratio(done / total if total else 0.0)
        self.meter.setAccessibleName(f"{title} {count}".strip())


class ProgressCard(Card):
    """Hidden while nothing is under way and nothing is wrong."""

    pause_asked = Signal(bool)
    """Hold the pictures (True), or go on."""
    break_off_asked = Signal()
    """End the round after the page it is at."""
    go_on_asked = Signal()
    """Go on with a round that was broken off."""

    def __init__(self, theme: Theme) -> None:
        """Start hidden."""
        super().__init__()
        self.hold = button("", "link")
        self.stop = button("", "link")
        self.round = _Bar(theme, self.stop)
        self.pictures = _Bar(theme, self.hold)
        self.trouble = label("", "warn", wrap=True)
        for part in (self.trouble, self.round, self.pictures):
            self.add(part)
            part.hide()
        self._paused = False
        self._broken_off = False
        self._errors = {"round": "", "pictures": ""}
        self.hold.clicked.connect(lambda: self.pause_asked.emit(not self._paused))
        self.stop.clicked.connect(self._stop_or_go_on)
        self.hide()

    def show_status(self, status: SyncStatus | None) -> None:
        """Say how far the round is, or why there is none."""
        syncing = status is not None and status.state == "syncing"
        step = status.progress if status is not None and syncing else None
        self._broken_off = status is not None and status.broken_off and not syncing
        self.round.setVisible(syncing or self._broken_off)
        if self._broken_off:
            self.round.show_step(self.tr("接收已停下"), 0, 0, self.tr("收到的都已保存"))
        elif step is None:
            self.round.show_step(self.tr("正在同步"), 0, 0)
        else:
            title = self.tr("正在上交") if step.phase == "push" else self.tr("正在接收资料")
            self.round.show_step(title, step.done, step.total)
        self.stop.setText(self.tr("继续") if self._broken_off else self.tr("取消"))
        self.stop.setAccessibleName(f"{self.stop.text()} {self.round.title.text()}")
        self.stop.setVisible(self._broken_off or (step is not None and step.total > _LONG_ROUND))
        self._show_error("round", _round_error(status))
        self._settle()

    def show_pictures(self, state: PictureState | None) -> None:
        """Say how many pictures have come."""
        self._paused = state is not None and state.paused
        self.pictures.setVisible(state is not None and (state.running or state.paused))
        if state is not None:
            title = self.tr("商品图片已暂停") if self._paused else self.tr("正在接收商品图片")
            self.pictures.show_step(title, state.done, state.total, "" if self._paused else self.tr("不影响使用"))
            self._show_error("pictures", str(trouble_words(state.trouble_code, state.trouble)))
        self.hold.setText(self.tr("继续") if self._paused else self.tr("暂停"))
        self.hold.setAccessibleName(f"{self.hold.text()} {self.pictures.title.text()}")
        self._settle()

    def _stop_or_go_on(self) -> None:
        if self._broken_off:
            self.go_on_asked.emit()
        else:
            self.break_off_asked.emit()

    def _show_error(self, of: str, sentence: str) -> None:
        self._errors[of] = sentence
        told = "\n".join(filter(None, self._errors.values()))
        self.trouble.setText(told)
        self.trouble.setVisible(bool(told))

    def _settle(self) -> None:
        self.setVisible(any(not part.isHidden() for part in (self.trouble, self.round, self.pictures)))


def _round_error(status: SyncStatus | None) -> str:
    """Why there is no round now; what needs a person stands among the needs instead."""
    if status is None or status.state == "syncing" or not status.last_error or status.error_code in NEEDS_A_PERSON:
        return ""
    return str(trouble_words(status.error_code, status.last_error))
