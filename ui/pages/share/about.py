"""分享什么: a product of the list, a coupon alone, a running campaign, or the guide's own card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QVBoxLayout, QWidget

from guide_app.campaigns.queries import CampaignCard
from guide_app.sharing.content import About
from ui.kit.flow import FlowLayout
from ui.kit.pill import PillButton
from ui.kit.text import plain_tip


class AboutStrip(QWidget):
    """Four pills, and the campaigns to choose from while one is shared.

    `chosen` carries what the next poster is about; a look counts as products. `campaign_chosen` carries the id of one.
    """

    chosen = Signal(str)
    campaign_chosen = Signal(str)

    def __init__(self) -> None:
        """Begin with products."""
        super().__init__()
        words: tuple[tuple[About, str, str], ...] = (
            ("product", self.tr("商品"), self.tr("分享列表里的商品或搭配")),
            ("coupon", self.tr("优惠券"), self.tr("单独分享一张券: 右边选哪一张")),
            ("campaign", self.tr("活动"), self.tr("分享总部正在进行的活动, 带上我的归因")),
            ("card", self.tr("名片与群"), self.tr("分享我的名片或社群邀请")),
        )
        self._cards: tuple[CampaignCard, ...] = ()
        self._pills: dict[About, PillButton] = {}
        group = QButtonGroup(self)
        self.campaigns = QComboBox()
        self.campaigns.setAccessibleName(self.tr("选活动"))
        self.campaigns.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.campaigns.activated.connect(lambda _place: self.campaign_chosen.emit(self.campaign_id))
        pills = QWidget()
        line = FlowLayout(pills, 6)
        down = QVBoxLayout(self)
        down.setContentsMargins(12, 10, 12, 0)
        down.setSpacing(8)
        down.addWidget(pills)
        down.addWidget(self.campaigns)
        for about, text, tip in words:
            pill = PillButton(text, checkable=True)
            pill.setToolTip(plain_tip(tip))
            pill.setAccessibleDescription(tip)
            pill.clicked.connect(lambda _=False, about=about: self.chosen.emit(about))
            group.addButton(pill)
            line.addWidget(pill)
            self._pills[about] = pill
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
        self.campaigns.setVisible(about == "campaign" and self.campaigns.count() > 0)

    @property
    def campaign_id(self) -> str:
        """The campaign chosen; empty while none is running."""
        return str(self.campaigns.currentData() or "")

    def campaign(self) -> CampaignCard | None:
        """The campaign chosen, as it was offered."""
        return next((card for card in self._cards if card.id == self.campaign_id), None)

    def set_campaigns(self, cards: tuple[CampaignCard, ...]) -> None:
        """Offer these; the one chosen stays while it runs."""
        before, self._cards = self.campaign_id, cards
        self.campaigns.clear()
        for card in cards:
            self.campaigns.addItem(card.title, card.id)
        self.campaigns.setCurrentIndex(max(0, self.campaigns.findData(before)) if cards else -1)
        self.show_about(self.current)
