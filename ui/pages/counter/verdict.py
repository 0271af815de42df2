"""The card that says whether a coupon may be used, and what came of it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Signal

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.coupons.model import HeldCoupon, RedemptionRow
from guide_app.coupons.queries import Shown
from guide_app.flows.till import Reckoned
from guide_app.protocol.coupon_code import show_code
from ui.kit.ages import age_text
from ui.kit.buttons import button
from ui.kit.i18n import say, stated
from ui.kit.text import restyle
from ui.pages.counter.conflict import conflict_words
from ui.pages.counter.coupon_card import CouponCard

_PERCENT = 100


def value_text(coupon: HeldCoupon) -> str:
    """`¥80` or `9 折` (10% off): a coupon's worth in large letters."""
    terms = coupon.terms
    if terms.kind == "percent_off":
        tenths = f"{(_PERCENT - terms.percent_off) / 10:g}"
        words = QCoreApplication.translate("VerdictCard", "{tenths} 折")
        return words.format(tenths=tenths, percent=terms.percent_off)
    if terms.kind == "nth_item":
        return QCoreApplication.translate("VerdictCard", "第 {n} 件").format(n=terms.nth)
    if terms.kind == "exchange":
        return QCoreApplication.translate("VerdictCard", "兑换")
    if terms.kind == "shipping_off":
        return QCoreApplication.translate("VerdictCard", "运费")
    return yuan(coupon.value_fen if terms.kind == "random_off" else terms.discount_fen)


class VerdictCard(CouponCard):
    """Whether our coupons may be used, with the button that uses them and the one that gives one on."""

    redeem_asked = Signal()
    give_asked = Signal(object)
    """The `HeldCoupon` that its holder wants to give to a friend."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__()
        self.redeem = button(self.tr("核销 Enter"), "primary", big=True)
        self.redeem.clicked.connect(self.redeem_asked)
        self.give = button(self.tr("转赠… F9"), "quiet")
        self.give.setAccessibleName(self.tr("转赠给朋友"))
        self.give.clicked.connect(self._ask_give)
        self._alone: HeldCoupon | None = None
        self.arrange((self.title, self.who, self.facts), (self.redeem, self.give))
        self.show_nothing()

    def show_nothing(self) -> None:
        """No code yet."""
        self._offer_giving(None)
        self._dress("plain", "section")
        self._say("", self.tr("等待券码"), self.tr("扫一扫、输入或粘贴客户的券码, 就知道能不能用。"), "")
        self.redeem.hide()

    def show_asking(self, code: str) -> None:
        """This PC does not know the code; head office is being asked."""
        self._offer_giving(None)
        self._dress("plain", "section")
        self._say("", self.tr("本机没有这张券, 正在问总部…"), code, self.tr("不想等就按 Esc, 或扫她手机上的二维码。"))
        restyle(self.facts, role="accent")
        self.redeem.hide()

    def show_failure(self, sentence: str, way_out: str) -> None:
        """The code could not be looked up."""
        self._offer_giving(None)
        self._dress("plain", "alarm")
        self._say("✕", sentence, way_out, "")
        self.redeem.hide()

    def show_reckoned(self, seen: Reckoned) -> None:
        """Show the coupons on the bill with their verdict; of several those that speak against it."""
        wrong = [one for one in seen.laid if not one.verdict.usable]
        if len(seen.laid) == 1 and wrong and "coupon.redeemed" in wrong[0].verdict.codes and seen.latest:
            self._show_used(wrong[0].coupon, seen.latest)
        elif wrong:
            self._show_wrong(wrong, len(seen.laid))
        else:
            self._show_usable(seen)
        self._offer_giving(seen.laid[0].coupon if len(seen.laid) == 1 else None)
        self.redeem.setVisible(seen.usable)
        self.redeem.setEnabled(seen.usable and bool(seen.bill.lines))

    def _offer_giving(self, coupon: HeldCoupon | None) -> None:
        """Offer to give this coupon on, as far as it is unused and in somebody's hand that this store knows."""
        known = coupon is not None and (coupon.known, coupon.status) == ("record", "claimed") and coupon.client_id
        self._alone = coupon if known else None
        self.give.setVisible(self._alone is not None)

    def _ask_give(self) -> None:
        if self._alone is not None:
            self.give_asked.emit(self._alone)

    def _show_usable(self, seen: Reckoned) -> None:
        coupon = seen.laid[-1].coupon
        names = _joined(shown.coupon.terms.name for shown in seen.laid)
        several = len(seen.laid) > 1
        value = yuan(seen.discount_fen) if several and seen.bill.lines else value_text(coupon)
        who = self._together(len(seen.laid)) if several else _who(coupon)
        self._judge(value, " · ".join((names, self.tr("可用"))), who, self._grounds(seen), fine=True)

    def _show_wrong(self, wrong: Sequence[Shown], laid: int) -> None:
        """Every reason why not; with several coupons on the bill, which of them it is."""
        first = wrong[0].coupon
        names = _joined(one.coupon.terms.name for one in wrong)
        said = [stated(say(reason) for reason in one.verdict.reasons) for one in wrong]
        if len(wrong) > 1:
            said = [f"{one.coupon.terms.name}: {why}" for one, why in zip(wrong, said, strict=True)]
        who = _who(first)
        if laid > 1:
            count = self.tr("单上 {laid} 张券里有 {wrong} 张不能用").format(laid=laid, wrong=len(wrong))
            who = count if len(wrong) > 1 else f"{count} · {who}"
        value = "✕" if len(wrong) > 1 else value_text(first)
        self._judge(value, " · ".join((names, self.tr("不能用"))), who, "\n".join(said), fine=False)

    def _show_used(self, coupon: HeldCoupon, latest: Sequence[RedemptionRow]) -> None:
        """What was redeemed, with the coupons that were redeemed with it."""
        own, several = latest[0], len(latest) > 1
        names = _joined((coupon.terms.name, *(row.coupon_name or show_code(row.code) for row in latest[1:])))
        off = sum(row.discount_fen for row in latest)
        value = yuan(off) if several and off else value_text(coupon)
        who = self._together(len(latest)) if several else _who(coupon)
        self._judge(value, f"{names} · {_done(own)}", who, _used(own, off), fine=own.status == "pending")

    def _together(self, count: int) -> str:
        return self.tr("{count} 张券同用").format(count=count)

    def _judge(self, value: str, title: str, who: str, facts: str, *, fine: bool) -> None:
        self._dress("wash" if fine else "plain", "section" if fine else "alarm")
        self._say(value, title, who, facts)
        restyle(self.facts, role="accent" if fine else "warn")

    def _grounds(self, seen: Reckoned) -> str:
        """What the counter relies on."""
        state = seen.state
        proven = all(shown.coupon.id in seen.proven for shown in seen.laid)
        listed = self.tr("作废名单更新于 {age}") if state.recalls_at is not None else self.tr("还没有收到作废名单")
        room = self.tr("离线核销额度剩 {count} 张 / {amount}")
        facts = [
            self.tr("签名有效") if proven else self.tr("券码校验无误"),
            self.tr("本机未核销过"),
            listed.format(age=age_text(state.recalls_at or 0, state.present_ms)),
            room.format(count=state.room.count, amount=yuan(state.room.discount_fen)),
        ]
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


def _joined(names: Iterable[str]) -> str:
    return " + ".join(names)


def _who(coupon: HeldCoupon) -> str:
    translate = QCoreApplication.translate
    claimed = china_datetime(coupon.claimed_at)
    given = f"{claimed.month}/{claimed.day}"
    said = translate("VerdictCard", "{day} 领取")
    if coupon.guide_name:
        said = translate("VerdictCard", "{guide} {day} 发出")
    until = translate("VerdictCard", "长期有效")
    if coupon.valid_until:
        last = china_datetime(coupon.valid_until)
        until = translate("VerdictCard", "{day} 前有效").format(day=f"{last.month}/{last.day}")
    parts = (show_code(coupon.code), coupon.client_name, said.format(guide=coupon.guide_name, day=given), until)
    return " · ".join(filter(None, parts))


def _done(latest: RedemptionRow) -> str:
    translate = QCoreApplication.translate
    refused = translate("VerdictCard", "总部没有接受")
    if not latest.rule or latest.rule.startswith("twice."):
        refused = translate("VerdictCard", "总部没有接受: 之前已在别处核销")
    return {
        "pending": translate("VerdictCard", "已核销, 等总部确认"),
        "conflict": refused,
    }.get(latest.status, translate("VerdictCard", "已核销"))


def _used(latest: RedemptionRow, off_fen: int) -> str:
    """When, by whom and for how much in all it was redeemed; of one that was refused, who bears it."""
    translate = QCoreApplication.translate
    at = china_datetime(latest.at)
    parts = [f"{at:%m-%d %H:%M}", latest.guide_name, latest.order_no]
    if off_fen:
        parts.append(translate("VerdictCard", "优惠 {amount}").format(amount=yuan(off_fen)))
    if latest.status == "pending":
        parts.append(translate("VerdictCard", "联网后自动上报, 不用再操作"))
    parts.append(conflict_words(latest.rule, latest.borne_by))
    return " · ".join(filter(None, parts))
