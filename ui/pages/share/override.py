"""坚持用词: a doubtful word is sent only with a reason, which is logged with who, when and the word."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from ui.kit.buttons import button
from ui.kit.i18n import quoted
from ui.kit.text import label
from ui.kit.work import Work


class OverrideDialog(QDialog):
    """The words, what the law says of them, and a line for the reason."""

    def __init__(self, parent: QWidget, words: Sequence[str], law: str, reason: str) -> None:
        """Begin with the `reason` given last for these words."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("这样说有依据吗?"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(label(self.tr("「{words}」").format(words=quoted(words)), "strong", wrap=True))
        column.addWidget(label(law, "warn", wrap=True))
        self.reason = QLineEdit(reason)
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName(self.tr("依据"))
        self.reason.setPlaceholderText(self.tr("例如: 吊牌写明头层牛皮; 检测报告 2026-03"))
        self.reason.selectAll()
        column.addWidget(self.reason)
        column.addWidget(label(self.tr("谁、何时、哪个词、什么依据会记录下来, 店长和总部看得到。"), "hint", wrap=True))
        self.keep = button(self.tr("有依据, 复制"), "primary")
        self.keep.setDefault(True)
        self.change = button(self.tr("我改一改"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.change)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.reason.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.keep.setEnabled(bool(reason.strip()))
        self.keep.clicked.connect(self.accept)
        self.change.clicked.connect(self.reject)


class Doubts(QObject):
    """Sees to it that doubtful words leave with a reason only."""

    def __init__(self, page: QWidget, work: Work, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Ask over `page`."""
        super().__init__(page)
        self._page, self._work, self._desk, self._acting = page, work, desk, acting
        self.dialog: OverrideDialog | None = None

    def settle(self, words: Sequence[str], law: str, client_id: str, then: Callable[[], None]) -> None:
        """Call `then` once a reason for `words` is in the log; at once if there are none."""
        if not words:
            then()
            return
        overrides, guide = self._desk.overrides, self._acting().guide_id

        def ask(reason: str) -> None:
            dialog = OverrideDialog(self._page, words, law, reason)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._log(words, dialog.reason.text(), client_id, then))
            self.dialog = dialog
            dialog.open()
            dialog.reason.setFocus(Qt.FocusReason.OtherFocusReason)

        self._work.query(lambda _job: overrides.last_reason(words, guide), owner=self, slot="reason", done=ask)

    def _log(self, words: Sequence[str], reason: str, client_id: str, then: Callable[[], None]) -> None:
        overrides, actor = self._desk.overrides, self._acting()
        self._work.change(
            lambda _job: overrides.keep(words, reason, actor, client_id), owner=self, done=lambda _none: then()
        )
