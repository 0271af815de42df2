"""分享什么: a product of the list, a coupon alone, or the guide's own card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from guide_app.sharing.content import About
from ui.kit.pill import PillButton
from ui.kit.text import plain_tip


class AboutStrip(QWidget):
    """Three pills. `chosen` carries what the next poster is about; a look counts as products."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Begin with products."""
        super().__init__()
        words: tuple[tuple[About, str, str], ...] = (
            ("product", self.tr("商品"), self.tr("分享列表里的商品或搭配")),
            ("coupon", self.tr("优惠券"), self.tr("单独分享一张券: 右边选哪一张")),
            ("card", self.tr("名片与群"), self.tr("分享我的名片或社群邀请")),
        )
        self._pills: dict[About, PillButton] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 0)
        line.setSpacing(6)
        for about, text, tip in words:
            pill = PillButton(text, checkable=True)
            pill.setToolTip(plain_tip(tip))
            pill.setAccessibleDescription(tip)
            pill.clicked.connect(lambda _=False, about=about: self.chosen.emit(about))
            group.addButton(pill)
            line.addWidget(pill)
            self._pills[about] = pill
        line.addStretch(1)
        self.show_about("product")

    @property
    def current(self) -> About:
        """What is chosen."""
        return next(about for about, pill in self._pills.items() if pill.isChecked())

    def choose(self, about: About) -> None:
        """Choose as if pressed."""
        self._pills[about].click()

    def show_about(self, about: About) -> None:
        """Show what is shared without asking for it."""
        self._pills["product" if about == "look" else about].setChecked(True)
