"""Who has looked at nearly as many clients' numbers today as she may: a line for her manager, who is to ask why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from guide_app.privacy.queries import Alarm
from ui.kit.card import Card
from ui.kit.i18n import listed
from ui.kit.text import label, plain_tip


class RevealAlarm(Card):
    """Hidden while nobody comes near the limit."""

    def __init__(self) -> None:
        """Start without anybody."""
        super().__init__("wash", padding=8)
        self.words = label("", "danger", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        self.use_body().addLayout(line)
        self.body.setContentsMargins(14, 6, 14, 6)
        self.show_alarms(())

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Show others, each with the reasons that she gave last."""
        told = self.tr("⚠ {guide} 今天已查看 {clients} 位客户的完整号码 (每天最多 {limit} 位); 写的原因: {reasons}")
        lines = [
            told.format(guide=one.guide, clients=one.clients, limit=one.limit, reasons=listed(one.reasons))
            for one in alarms
        ]
        self.words.setText("\n".join(lines))
        self.words.setToolTip(plain_tip(self.tr("请当面问一句用途。每一次都记在案, 总部也看得到。")))
        self.setVisible(bool(lines))
