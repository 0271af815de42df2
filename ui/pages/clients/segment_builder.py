"""The dialog in which a segment is put together: its rule, how many fit, and who of them may be addressed."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QScrollArea, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.segments.model import EVERYBODY, Kept, Reach, Rule
from guide_app.segments.parse import dump, parse
from ui.kit.text import label
from ui.kit.work import Work
from ui.pages.clients.dialogs import FormDialog
from ui.pages.clients.segment_conditions import Known
from ui.pages.clients.segment_rows import ConditionGroup
from ui.pages.clients.segment_words import reason_texts

_PAUSE_MS = 150


def reach_text(reach: Reach) -> str:
    """How many fit and may be addressed, and why the others are left out."""
    said = QCoreApplication.translate("Segments", "符合 {total} 位 · 可联系 {reached} 位").format(
        total=f"{reach.total:,}", reached=f"{reach.reached:,}"
    )
    words = reason_texts()
    left = " · ".join(f"{words[reason]} {count:,}" for reason, count in reach.left_out.items())
    return (
        f"{said}\n" + QCoreApplication.translate("Segments", "不联系: {reasons}").format(reasons=left) if left else said
    )


class SegmentDialog(FormDialog):
    """A name, the conditions, whether colleagues see it; the count follows while conditions are written."""

    def __init__(
        self, parent: QWidget, work: Work, reach: Callable[[Rule], Reach], known: Known, kept: Kept | None
    ) -> None:
        """Start with the segment `kept`, or empty. `reach` is asked off the GUI thread."""
        super().__init__(
            parent,
            QCoreApplication.translate("SegmentDialog", "分群"),
            QCoreApplication.translate("SegmentDialog", "保存"),
        )
        self._work, self._reach = work, reach
        self.setMinimumWidth(660)
        self.name = QLineEdit(kept.name if kept else "")
        self.name.setPlaceholderText(self.tr("例如 冬靴 38 码"))
        self.name.setAccessibleName(self.tr("名称"))
        self.root = ConditionGroup(known, kept.rule if kept else EVERYBODY, root=True)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setMinimumHeight(260)
        area.setWidget(self.root)
        self.shared = QCheckBox(self.tr("同事也看得到"))
        self.shared.setChecked(kept is not None and kept.shared)
        self.said = label("", "hint", wrap=True)
        self.form.addRow(self.tr("名称"), self.name)
        self.form.addRow(area)
        self.form.addRow(self.said)
        self.form.addRow(self.shared)
        self.finish()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.count)
        self.root.edited.connect(self._later.start)
        self.root.edited.connect(self._order)
        self.name.textChanged.connect(self._ready)
        if kept is None:
            self.root.add_row()
        self._order()
        self.name.setFocus()
        self.count()

    def rule(self) -> Rule:
        """The whole rule. Raises InvalidInputError for a fault of a row or of the whole."""
        rule = self.root.rule()
        return parse(dump(rule))

    def count(self) -> None:
        """Count who fits what stands there now; a fault is told at its row, and there is nothing to keep."""
        rule = self._rule_or_none()
        if rule is None:
            self.said.setText(self.tr("还有条件没有写好。"))
        else:
            self._work.query(
                lambda _job: self._reach(rule),
                owner=self,
                slot="reach",
                done=lambda reach: self.said.setText(reach_text(reach)),
            )
        self._ready()

    def accept(self) -> None:
        """Close only with a rule that can be kept."""
        if self._rule_or_none() is not None:
            super().accept()

    def _order(self) -> None:
        """Tab goes through the dialog as it is read, whatever was added when."""
        for before, after in pairwise((self.name, *self.root.stops(), self.shared, self.go)):
            QWidget.setTabOrder(before, after)

    def _ready(self) -> None:
        self.go.setEnabled(bool(self.name.text().strip()) and self._rule_or_none() is not None)

    def _rule_or_none(self) -> Rule | None:
        try:
            return self.rule()
        except InvalidInputError:
            return None  # the row says it
