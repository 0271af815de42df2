"""One suggestion with its reasons, and the deeds that follow from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from guide_app.followup.contact import ContactRoom
from guide_app.followup.model import Suggestion
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.flow import FlowLayout
from ui.kit.i18n import say
from ui.kit.text import ElidedLabel, label, restyle

_REASONS = 3


class NextDeed(Card):
    """Why to contact her now, if there is a reason, over the buttons that do it."""

    share_asked = Signal()
    words_asked = Signal()
    coupon_asked = Signal()
    promise_asked = Signal()

    def __init__(self) -> None:
        """Start without a reason."""
        super().__init__("wash", padding=10)
        self.use_body().setSpacing(6)
        self.why = ElidedLabel("", "strong")
        self.more = label("", "muted", wrap=True)
        self.add(self.why)
        self.add(self.more)
        self.limit = label("", "warn", wrap=True)
        self.limit.hide()
        self.add(self.limit)
        holder = QWidget()
        line = FlowLayout(holder, 8)  # breaks where the window is narrow
        self.share = button(self.tr("做海报发给客户"), "primary")
        self.words = button(self.tr("发话术"), tip=self.tr("找一条话术发给客户 (Ctrl+J)"))
        self.coupon = button(self.tr("发券"))
        self.promise = button(self.tr("答应一件事"))
        for made, asked in (
            (self.share, self.share_asked),
            (self.words, self.words_asked),
            (self.coupon, self.coupon_asked),
            (self.promise, self.promise_asked),
        ):
            made.clicked.connect(asked)
            line.addWidget(made)
        self.add(holder)
        self.show_suggestion(None)

    def show_room(self, room: ContactRoom | None, *, promised: bool) -> None:
        """Say when she may be written to again, and lead to what is allowed; what was promised may always be done."""
        day = None if room is None or promised else room.next_day
        if room is not None and day is not None:
            told = self.tr("{days} 天内已联系 {used} 次, {day} 起可以再发; 现在可以发券或记下答应的事")
            self.limit.setText(told.format(days=room.limit.days, used=room.used, day=day.isoformat()))
        self.limit.setVisible(day is not None)
        for made in (self.share, self.words):
            made.setEnabled(day is None)
        restyle(self.share, kind="primary" if day is None else "secondary")
        restyle(self.coupon, kind="secondary" if day is None else "primary")

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Say why; without a suggestion only the deeds remain."""
        reasons = [say(reason) for reason in suggestion.reasons] if suggestion else []
        first = self.tr("建议: {reason}").format(reason=reasons[0]) if reasons else ""
        self.why.setText(first)
        self.why.setVisible(bool(first))
        others = self.tr("还因为: {reasons}").format(reasons=" · ".join(reasons[1:_REASONS])) if reasons[1:] else ""
        self.more.setText(others)
        self.more.setVisible(bool(others))
