"""核销: code, amount, Enter. By keyboard or scanner alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.coupons.model import HeldCoupon, RedemptionRow
from guide_app.flows.desk import Desk
from guide_app.performance.queries import AttributionRow
from guide_app.protocol.coupon_code import is_valid_code, normalise_code, show_code
from ui.kit.buttons import IconTextButton
from ui.kit.card import Card, row
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.errors import Failure
from ui.kit.inline import Field
from ui.kit.page import PageContext, Target
from ui.kit.paged import RowModel
from ui.kit.rows import RowList
from ui.kit.stack import LineStack
from ui.kit.text import label
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.counter.bill import BillCard
from ui.pages.counter.lines import AttributionLine, RedemptionDelegate, describe
from ui.pages.counter.screenshot import code_in, has_picture, pasted_picture
from ui.pages.counter.verdict import Seen, VerdictCard

_LINES = 30


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists show, read in one go."""

    redemptions: Sequence[RedemptionRow]
    attributions: Sequence[AttributionRow]
    names: Mapping[str, str]


class CodeField(Field):
    """Takes codes; a picture that is pasted is announced instead."""

    picture_pasted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Ctrl+V ask for a picture where the clipboard holds one and no text."""
        data = QGuiApplication.clipboard().mimeData() if event.matches(QKeySequence.StandardKey.Paste) else None
        if data is not None and has_picture(data) and not data.hasText():
            self.picture_pasted.emit()
        else:
            super().keyPressEvent(event)


class CounterPage(DeskPage):
    """核销."""

    key = "counter"
    watches = frozenset({"coupon", "coupon_template", "redemption", "attribution", "purchase"})

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Lay the cards out; data comes with `refresh`."""
        super().__init__(context, desk, acting)
        self._seen: Seen | None = None
        self._entered = False
        self._redeeming = False
        self.code = CodeField()
        self.code.setProperty("big", True)
        self.code.setPlaceholderText(self.tr("扫码或输入 14 位券码"))
        self.code.setAccessibleName(self.tr("券码"))
        self.code.setClearButtonEnabled(True)
        self.paste = IconTextButton(self.theme, "scan", self.tr("粘贴截图识别"))
        self.paste.setToolTip(self.tr("识别剪贴板里的二维码截图 (Ctrl+V)"))
        self.verdict = VerdictCard()
        self.bill = BillCard()
        self.redemptions: RowModel[RedemptionRow] = RowModel(describe)
        self.list = RowList(RedemptionDelegate(self.theme), self.tr("最近核销"))
        self.list.setModel(self.redemptions)
        hint = self.tr("扫一张券试试: 核销过的都列在这里, 总部确认没有也看得到。")
        self._recent = QStackedWidget()
        self._recent.addWidget(self.list)
        self._recent.addWidget(EmptyState(self.theme, "coupon", self.tr("还没有核销记录"), hint))
        self.order = QLineEdit()
        self.order.setPlaceholderText(self.tr("按小票号查"))
        self.order.setAccessibleName(self.tr("按小票号查归属"))
        self.order.setClearButtonEnabled(True)
        self.lines = LineStack(self.tr("这单算谁的, 为什么"))
        self.setFocusProxy(self.code)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        entry = Card()
        entry.add_row(
            row(self.code, self.paste, label(self.tr("扫码枪在任何页面都能用"), "hint"), margins=(14, 14, 14, 14))
        )
        recent = Card()
        recent.set_header(self.tr("最近核销"))
        recent.fill(self._recent)
        left = QVBoxLayout()
        left.setSpacing(14)
        for card in (entry, self.verdict, self.bill):
            left.addWidget(card)
        left.addWidget(recent, 1)
        side = Card()
        side.set_header(self.tr("这单算谁的, 为什么"))
        side.add_row(row(self.order, margins=(14, 10, 14, 10)))
        side.fill(self.lines)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addLayout(left, 7)
        columns.addWidget(side, 3)

    def _connect(self) -> None:
        self.code.textChanged.connect(self._code_typed)
        self.code.returnPressed.connect(self._code_entered)
        self.code.picture_pasted.connect(self.paste_picture)
        self.paste.clicked.connect(self.paste_picture)
        self.bill.changed.connect(self._amount_typed)
        self.bill.entered.connect(self.redeem)
        self.verdict.redeem_asked.connect(self.redeem)
        self.order.textChanged.connect(self._read_lists)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste_picture)

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Look at the coupon whose code is the target's record."""
        if target.record:
            self._take_code(target.record)

    def refresh(self) -> None:
        """Read the lists again, and the coupon in sight."""
        self._read_lists()
        if self._seen is not None:
            self._look()

    def back(self) -> bool:
        """Esc takes the code away first."""
        if self.code.text() or self.bill.amount.text():
            self.code.clear()
            self.bill.clear()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _read_lists(self) -> None:
        desk, actor, order = self.desk, self.actor, self.order.text().strip()
        # A receipt may be looked up by everybody in the store; the list without one is the guide's own.
        whose = None if actor.is_manager or order else actor.guide_id

        def read(_job: Job) -> Lists:
            lines = desk.performance.attributions(whose, order, _LINES)
            return Lists(desk.coupons.redemptions(limit=_LINES), lines, desk.roster.names())

        self.work.query(read, owner=self, slot="lists", done=self._show_lists)

    def _show_lists(self, lists: Lists) -> None:
        self.say(self.tr("核销"), self.tr("扫客户的券码, 或输入券码"))
        self.redemptions.set_rows(lists.redemptions)
        self._recent.setCurrentIndex(0 if lists.redemptions else 1)
        lines: list[QWidget] = [AttributionLine(line, lists.names) for line in lists.attributions]
        self.lines.set_lines(lines or [row(label(self._no_lines(), "hint", wrap=True))])

    def _no_lines(self) -> str:
        if self.order.text().strip():
            return self.tr("没有这张小票的归属。小票随同步到来, 可能还没到。")
        return self.tr("还没有归属记录。小票入账后, 这里逐单说明算谁的、为什么。")

    # -- the coupon --------------------------------------------------------------------------------------

    def _code_typed(self, text: str) -> None:
        self._entered = False
        if is_valid_code(normalise_code(text)):
            self._look()
        else:
            self._forget()

    def _code_entered(self) -> None:
        if not self.code.text().strip():
            return
        self._entered = True
        self._look()

    def _take_code(self, code: str) -> None:
        self.code.setText(show_code(normalise_code(code)))
        self._code_entered()

    def _forget(self) -> None:
        self._seen = None
        self.verdict.show_nothing()
        self.bill.show_discount(None)

    def _look(self) -> None:
        desk, text, amount = self.desk, self.code.text(), self.bill.amount_fen

        def read(_job: Job) -> Seen:
            coupon, verdict = desk.coupons.verify(text, amount)
            return Seen(coupon, verdict, amount, next(iter(desk.coupons.redemptions(coupon.id, 1)), None))

        self.work.query(read, owner=self, slot="verdict", done=self._show, failed=self._unknown)

    def _show(self, seen: Seen) -> None:
        if normalise_code(self.code.text()) != seen.coupon.code:
            return
        self._seen = seen
        self.verdict.show_seen(seen)
        self.bill.show_discount(seen.verdict.discount_fen if seen.verdict.usable else None)
        if self._entered:
            self._entered = False
            if seen.verdict.usable and seen.amount_fen is None:
                self.bill.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unknown(self, failure: Failure) -> None:
        self._seen = None
        self._entered = False
        self.verdict.show_failure(failure.sentence, failure.way_out)
        self.bill.show_discount(None)

    def _amount_typed(self) -> None:
        if self._seen is not None:
            self._look()

    # -- deeds -------------------------------------------------------------------------------------------

    def redeem(self) -> None:
        """Redeem the coupon in sight for the amount typed; Enter before the amount asks for it."""
        seen, amount = self._seen, self.bill.amount_fen
        if seen is None or not seen.verdict.usable or self._redeeming:
            return
        if amount is None:
            self.bill.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._redeeming = True
        self.verdict.redeem.setEnabled(False)
        actor, code, order = self.actor, seen.coupon.code, self.bill.order.text().strip()
        self.work.change(
            lambda _job: self.desk.coupon_deeds.redeem(code, actor, order_no=order, amount_fen=amount),
            owner=self,
            done=self._redeemed,
            failed=self._not_redeemed,
            title=self.tr("核销"),
        )

    def _redeemed(self, coupon: HeldCoupon) -> None:
        self._redeeming = False
        self.notice.emit(Notice(self.tr("已核销「{name}」, 联网后由总部确认").format(name=coupon.terms.name)))
        self.bill.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()
        self._look()

    def _not_redeemed(self, failure: Failure) -> None:
        self._redeeming = False
        self._look()
        self.failure.emit(failure)

    def paste_picture(self) -> None:
        """Read a code out of the picture on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        picture = pasted_picture(data)
        text = data.text() if data.hasText() and not has_picture(data) else ""
        if text:
            self._take_code(text)
            return
        self.work.query(
            lambda _job: code_in(picture), owner=self, slot="picture", done=self._take_code, failed=self._unknown
        )
