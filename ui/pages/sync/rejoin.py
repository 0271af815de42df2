"""重新接入: a PC that head office no longer takes for itself gets a new code, and keeps what it has not handed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guide_app.base.errors import GuideError
from ui.kit.buttons import button
from ui.kit.problems import error_words
from ui.kit.text import label
from ui.kit.work import Work

Rejoin = Callable[[str], object]
"""Takes head office's code; called on a worker thread, raises GuideError."""


class RejoinDialog(QDialog):
    """Asks for the code. `accepted` when head office has taken this PC in again."""

    def __init__(self, parent: QWidget, work: Work, rejoin: Rejoin, waiting: int) -> None:
        """`waiting` changes are kept and handed in under the new name."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("重新接入总部"))
        self.setMinimumWidth(440)
        self._work, self._rejoin = work, rejoin
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(self.tr("重新接入总部"), "section"))
        steps = self.tr(
            "1. 请店长在总部后台为这家门店开一个新的登记码。\n2. 填在下面。本机 {count} 条未上交的修改会保留并上交。"
        )
        column.addWidget(label(steps.format(count=f"{waiting:,}"), "muted", wrap=True))
        self.code = QLineEdit()
        self.code.setAccessibleName(self.tr("登记码"))
        self.code.setPlaceholderText(self.tr("登记码"))
        column.addWidget(self.code)
        self.wrong = label("", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.later = button(self.tr("以后再说"))
        self.go = button(self.tr("接入总部"), "primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.addStretch(1)
        line.addWidget(self.later)
        line.addWidget(self.go)
        column.addLayout(line)
        self.later.clicked.connect(self.reject)
        self.go.clicked.connect(self._ask)
        self.code.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.code.returnPressed.connect(self.go.click)
        self.code.setFocus()

    def _ask(self) -> None:
        code = self.code.text().strip()
        self.wrong.hide()
        self.go.setEnabled(False)
        rejoin = self._rejoin

        def ask(_job: object) -> GuideError | None:
            try:
                rejoin(code)
            except GuideError as e:
                return e
            return None

        self._work.change(ask, owner=self, done=self._answered, title=self.tr("重新接入总部"))

    def _answered(self, error: GuideError | None) -> None:
        if error is None:
            self.accept()
            return
        self.wrong.setText(str(error_words(error)))
        self.wrong.show()
        self.go.setEnabled(True)
        self.code.setFocus()
