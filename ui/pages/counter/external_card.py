"""The card of a coupon of another system: whose it is, what head office says of it, and its one button."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox

from guide_app.base.money import yuan
from guide_app.flows.external_coupons import ExternalShown
from guide_app.protocol.external_coupon import ExternalBatch, ExternalTold
from ui.kit.buttons import button
from ui.kit.text import restyle
from ui.pages.counter.coupon_card import CouponCard


class ExternalCard(CouponCard):
    """What head office says, with its button; a choice where several batches look alike."""

    asked = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.batches = QComboBox()
        self.batches.setAccessibleName(self.tr("客户手机上显示的券名"))
        self.batches.currentIndexChanged.connect(self.chosen)
        self.redeem = button("", "primary", big=True)
        self.redeem.clicked.connect(self.asked)
        self.arrange((self.title, self.who, self.batches, self.facts), (self.redeem,))
        self.hide()

    @property
    def ready(self) -> bool:
        """Whether the button may be pressed."""
        return not self.redeem.isHidden() and self.redeem.isEnabled()

    def offer(self, batches: Sequence[ExternalBatch]) -> None:
        """The batches that a code may be of; the guide says which her customer's phone shows."""
        self.batches.blockSignals(True)
        self.batches.clear()
        self.batches.addItems([batch.name for batch in batches])
        self.batches.blockSignals(False)
        self.batches.setVisible(len(batches) > 1)

    def show_asking(self, batch: ExternalBatch, code: str) -> None:
        """Head office is being asked."""
        self._say("", batch.name, _who(batch, code), self.tr("正在问总部…"), tone="plain")
        self._offer("", enabled=False)

    def show_failure(self, batch: ExternalBatch, code: str, why: str) -> None:
        """Nothing is known: no network (`why` empty), or our own coupons are in the way."""
        told = why or self.tr("没有联网就不能核销别家系统的券: 金额和是否用过只有对方知道。")
        self._say("", self.tr("{name} · 不能用").format(name=batch.name), _who(batch, code), told, tone="bad")
        self._offer("" if why else self.tr("再问一次 Enter"), enabled=not why)

    def show_told(self, shown: ExternalShown) -> None:
        """What head office says."""
        told, name, who = shown.told, shown.batch.name, _who(shown.batch, shown.code)
        value = yuan(told.discount_fen) if told.discount_fen else ""
        self.batches.setVisible(self.batches.count() > 1 and shown.use is None)  # what was asked stays what it was
        match told.state:
            case "used":
                facts = self.tr("减 {off}, 应付 {left}").format(
                    off=value, left=yuan(max(shown.amount_fen - told.discount_fen, 0))
                )
                self._say(value, self.tr("{name} · 已核销").format(name=name), who, facts, tone="good")
                self._offer("", enabled=False)
            case "usable":
                known = self.tr("核销时才知道是否用过")
                facts = self.tr("满 {amount} 可用 · ").format(amount=yuan(told.min_spend_fen))
                title = self.tr("{name} · 要联网核销").format(name=name)
                self._say(value, title, who, facts + known if told.min_spend_fen else known, tone="good")
                self._offer(self.tr("联网核销 Enter"), enabled=shown.amount_fen > 0)
            case "refused":
                self._say("", self.tr("{name} · 不能用").format(name=name), who, _why(told), tone="bad")
                self._offer("", enabled=False)
            case "unsettled":
                title = self.tr("{name} · 还不知道结果").format(name=name)
                facts = self.tr("没有收到回答。先不要优惠; 再问一次, 同一张券不会用两次。")
                if told.reason == "external.doubt" and shown.use is not None:
                    facts = self.tr("对方说不能用, 但可能正是上一次核销的: 看客户手机, 并报总部 (请求号 {no})").format(
                        no=shown.use.request_no
                    )
                self._say("", title, who, facts, tone="bad")
                self._offer(self.tr("再问一次 Enter"), enabled=True)

    def _say(self, value: str, title: str, who: str, facts: str, *, tone: str) -> None:
        for widget, text in ((self.value, value), (self.facts, facts)):
            widget.setText(text)
            widget.setVisible(bool(text))
        self.title.setText(title)
        self.who.setText(who)
        restyle(self, card="wash" if tone == "good" else "plain")
        restyle(self.title, role="alarm" if tone == "bad" else "section")
        restyle(self.value, role="value" if tone == "good" else "figure")
        restyle(self.facts, role="warn" if tone == "bad" else "accent")
        self.setAccessibleName(" ".join(filter(None, (value, title, who, facts))))

    def _offer(self, text: str, *, enabled: bool) -> None:
        self.redeem.setText(text)
        self.redeem.setVisible(bool(text))
        self.redeem.setEnabled(enabled)


def _who(batch: ExternalBatch, code: str) -> str:
    sources = {"wechat": QCoreApplication.translate("ExternalCard", "微信支付商家券")}
    return f"{sources[batch.source]} · {code}"


def _why(told: ExternalTold) -> str:
    """Why not, in the language in force where it is a reason of ours; else in the words of the other system."""
    translate = QCoreApplication.translate
    words = {
        "coupon.redeemed": translate("ExternalCard", "这张券之前已核销"),
        "coupon.exclusive": translate("ExternalCard", "本单已用了别的券, 这批券不能同用"),
        "external.off": translate("ExternalCard", "总部没有接入这个系统的券"),
        "external.kind": translate("ExternalCard", "这是换购券, 请在收银系统核销"),
        "external.batch": translate("ExternalCard", "总部没有发布这批券"),
        "external.in_hand": translate("ExternalCard", "同一张券正在另一台电脑上核销, 还没有结果, 稍后再试"),
        "external.returned": translate("ExternalCard", "这次核销已由总部退回"),
        "external.unreachable": translate("ExternalCard", "总部连不上对方系统: 没有问出去, 券没有被核销"),
    }
    if told.reason == "coupon.min_spend":
        return translate("ExternalCard", "满 {amount} 可用, 还没有到").format(amount=yuan(told.min_spend_fen))
    return words.get(told.reason, told.detail)
