"""How two lists lie over each other, before anything is sent to both."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from guide_app.segments.model import Overlap, Rule
from ui.kit.card import FigureStrip
from ui.kit.text import label
from ui.kit.work import Work
from ui.pages.clients.dialogs import FormDialog
from ui.pages.clients.segment_words import Choice


class OverlapDialog(FormDialog):
    """Two lists; how many stand on one, on the other, on both. Keeps nothing."""

    def __init__(
        self, parent: QWidget, work: Work, ask: Callable[[Rule, Rule], Overlap], choices: Sequence[Choice], first: int
    ) -> None:
        """`ask` is called off the GUI thread; `first` is the number of the choice to begin with."""
        super().__init__(
            parent,
            QCoreApplication.translate("OverlapDialog", "两份名单的重叠"),
            QCoreApplication.translate("OverlapDialog", "关闭"),
        )
        self._work, self._ask, self._choices = work, ask, tuple(choices)
        self.setMinimumWidth(520)
        self.first, self.second = QComboBox(), QComboBox()
        self.figures = FigureStrip()
        self.said = label("", "hint", wrap=True)
        for text, field, at in (
            (self.tr("名单一"), self.first, first),
            (self.tr("名单二"), self.second, 0 if first else min(1, len(choices) - 1)),
        ):
            for choice in choices:
                field.addItem(choice.name)
            field.setAccessibleName(text)
            field.setCurrentIndex(at)
            field.currentIndexChanged.connect(self._count)
            self.form.addRow(text, field)
        self.form.addRow(self.figures)
        self.form.addRow(self.said)
        self.finish()
        self.back.hide()  # nothing is decided here, so nothing is called off
        self.second.setFocus()
        self._count()

    def _count(self) -> None:
        rules = self._choices[self.first.currentIndex()].rule, self._choices[self.second.currentIndex()].rule
        self._work.query(lambda _job: self._ask(*rules), owner=self, slot="overlap", done=self._show)

    def _show(self, overlap: Overlap) -> None:
        both = overlap.both
        self.figures.set_figures(
            [
                (self.tr("只在名单一"), f"{overlap.first - both:,}"),
                (self.tr("两份都在"), f"{both:,}"),
                (self.tr("只在名单二"), f"{overlap.second - both:,}"),
            ]
        )
        whole = overlap.first + overlap.second - both
        share = round(100 * both / whole) if whole else 0
        self.said.setText(
            self.tr("合起来 {whole} 位, 其中 {share}% 两份都在: 分别发送会打扰两次。").format(
                whole=f"{whole:,}", share=share
            )
            if both
            else self.tr("合起来 {whole} 位, 没有人同时在两份名单里。").format(whole=f"{whole:,}")
        )
