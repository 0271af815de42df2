"""Dialogs: the confirmation, only for what cannot be undone, and the one that shows a failure."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.errors import Failure
from ui.kit.text import label
from ui.kit.theme import Theme


class ConfirmDialog(QDialog):
    """Asks before a deed that cannot be undone. `accepted` when the user goes on; Esc and Enter both refuse."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, sentence: str, action: str) -> None:
        """`action` names the deed on the button that does it, e.g. 删除客户."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        column = _frame(self, theme, "warn", "red", title)
        column.addWidget(label(sentence, wrap=True))
        self.go = button(action, "danger")
        self.stop = button(QCoreApplication.translate("ConfirmDialog", "不，返回"))
        self.stop.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.stop.clicked.connect(self.reject)
        column.addLayout(_line(None, self.stop, self.go))
        self.stop.setFocus()


class FailureDialog(QDialog):
    """Shows a `Failure`: title, sentence, way out, and the detail to copy. Plain text throughout."""

    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget, failure: Failure) -> None:
        """Show `failure` over `parent`."""
        super().__init__(parent)
        self.setWindowTitle(failure.title)
        column = _frame(self, theme, "warn", "warm", failure.title)
        column.addWidget(label(failure.sentence, wrap=True))
        if failure.way_out:
            column.addWidget(label(failure.way_out, "muted", wrap=True))
        self.detail = QPlainTextEdit(failure.detail)
        self.detail.setReadOnly(True)
        self.detail.setFixedHeight(150)
        self.detail.setAccessibleName(QCoreApplication.translate("FailureDialog", "技术详情"))
        self.detail.hide()
        column.addWidget(self.detail)
        self.more = button(QCoreApplication.translate("FailureDialog", "查看详情"), "quiet")
        self.copy = button(QCoreApplication.translate("FailureDialog", "复制详情"))
        self.close_button = button(QCoreApplication.translate("FailureDialog", "知道了"), "primary")
        self.close_button.setDefault(True)
        self.more.clicked.connect(self._toggle)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        column.addLayout(_line(self.more, None, self.copy, self.close_button))
        self.close_button.setFocus()

    def _toggle(self) -> None:
        self.detail.setVisible(self.detail.isHidden())
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.detail.toPlainText())
        self.copied.emit()


def _frame(dialog: QDialog, theme: Theme, icon: str, ink: str, title: str) -> QVBoxLayout:
    dialog.setMinimumWidth(420)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(22, 20, 22, 18)
    column.setSpacing(10)
    head = QHBoxLayout()
    head.setSpacing(10)
    picture = QLabel()
    picture.setPixmap(theme.icon(icon, ink).pixmap(QSize(24, 24)))
    head.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
    head.addWidget(label(title, "section", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
    column.addLayout(head)
    return column


def _line(*widgets: QWidget | None) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(0, 8, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line
