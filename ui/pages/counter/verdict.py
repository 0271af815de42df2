"""The card that says whether a coupon may be used, and what came of it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.coupons.model import HeldCoupon, RedemptionRow, Verdict
from guide_app.protocol.coupon_code import show_code
from guide_app.protocol.coupon_records import CouponTemplate
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.i18n import say
from ui.kit.text import ElidedLabel, label, restyle

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """A coupon, whether it may be used for the amount asked about, and its last redemption if there was one."""

    coupon: HeldCoupon
    verdict: Verdict
    amount_fen: int | None
    redemption: RedemptionRow | None


def value_text(terms: CouponTemplate) -> str:
    """`¥80` or `9 折`: a coupon's worth in large letters."""
    if terms.kind == "percent_off":
        tenths = f"{(_PERCENT - terms.percent_off) / 10:g}"
        return QCoreApplication.translate("VerdictCard", "{tenths} 折").format(tenths=tenths)
    return yuan(terms.discount_fen)


class VerdictCard(Card):
    """Value at the left, words in the middle, the button at the right."""

    redeem_asked = Signal()

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__()
        self.value = label("", "figure")
        self.value.setMinimumWidth(84)
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = label("", "section", wrap=True)
        self.who = ElidedLabel("", "muted")
        self.facts = label("", "accent", wrap=True)
        self.redeem = button(self.tr("核销 Enter"), "primary", big=True)
        self.redeem.clicked.connect(self.redeem_asked)
        words = QVBoxLayout()
        words.setSpacing(3)
        for widget in (self.title, self.who, self.facts):
            words.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.value)
        line.addLayout(words, 1)
        line.addWidget(self.redeem)
        self.use_body().addLayout(line)
        self.setMinimumHeight(102)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No code yet."""
        self._dress("plain", "section")
        self._say("", self.tr("等待券码"), self.tr("扫一扫、输入或粘贴客户的券码, 就知道能不能用。"), "")
        self.redeem.hide()

    def show_failure(self, sentence: str, way_out: str) -> None:
        """The code could not be looked up."""
        self._dress("plain", "alarm")
        self._say("✕", sentence, way_out, "")
        self.redeem.hide()

    def show_seen(self, seen: Seen) -> None:
        """Show a coupon with its verdict."""
        coupon, usable = seen.coupon, seen.verdict.usable
        done = coupon.status == "redeemed" and seen.redemption is not None
        state = self.tr("可用") if usable else self._done(seen) if done else self.tr("不能用")
        pending = done and seen.redemption is not None and seen.redemption.status == "pending"
        self._dress("wash" if usable or pending else "plain", "section" if usable or pending else "alarm")
        self._say(
            value_text(coupon.terms), f"{coupon.terms.name} · {state}", self._who(coupon), self._facts(seen, done=done)
        )
        restyle(self.facts, role="accent" if usable or pending else "warn")
        self.redeem.setVisible(usable)
        self.redeem.setEnabled(usable and seen.amount_fen is not None)

    def _who(self, coupon: HeldCoupon) -> str:
        claimed, until = china_datetime(coupon.claimed_at), china_datetime(coupon.valid_until)
        given = f"{claimed.month}/{claimed.day}"
        parts = (
            show_code(coupon.code),
            coupon.client_name,
            self.tr("{guide} {day} 发出").format(guide=coupon.guide_name, day=given)
            if coupon.guide_name
            else self.tr("{day} 领取").format(day=given),
            self.tr("{day} 前有效").format(day=f"{until.month}/{until.day}"),
        )
        return " · ".join(filter(None, parts))

    def _done(self, seen: Seen) -> str:
        status = seen.redemption.status if seen.redemption else ""
        return {
            "pending": self.tr("已核销, 等总部确认"),
            "conflict": self.tr("总部没有接受: 之前已在别处核销"),
        }.get(status, self.tr("已核销"))

    def _facts(self, seen: Seen, *, done: bool) -> str:
        redemption = seen.redemption
        if done and redemption is not None:
            at = china_datetime(redemption.at)
            parts = [f"{at:%m-%d %H:%M}", redemption.guide_name]
            if redemption.discount_fen:
                parts.append(self.tr("优惠 {amount}").format(amount=yuan(redemption.discount_fen)))
            if redemption.status == "pending":
                parts.append(self.tr("联网后自动上报, 不用再操作"))
            return " · ".join(filter(None, parts))
        if not seen.verdict.usable:
            return "；".join(say(reason) for reason in seen.verdict.reasons)
        facts = [self.tr("券码校验无误"), self.tr("本机未核销过")]
        if seen.coupon.terms.min_spend_fen:
            facts.append(self.tr("满 {amount} 可用").format(amount=yuan(seen.coupon.terms.min_spend_fen)))
        return " · ".join(facts)

    def _say(self, value: str, title: str, who: str, facts: str) -> None:
        self.value.setText(value)
        self.value.setVisible(bool(value))
        self.title.setText(title)
        self.who.setText(who)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.setAccessibleName(" ".join(filter(None, (value, title, who, facts))))

    def _dress(self, card: str, title: str) -> None:
        restyle(self, card=card)
        restyle(self.title, role=title)
        restyle(self.value, role="value" if card == "wash" else "figure")
