"""核销: coupons, goods, Enter. By keyboard or scanner alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from guide_app.base.actor import Actor
from guide_app.coupons.model import HeldCoupon, RedemptionRow, told_once
from guide_app.flows.desk import Desk
from guide_app.flows.scanned import Found
from guide_app.flows.till import Reckoned
from guide_app.performance.queries import AttributionRow
from guide_app.protocol.coupon_code import is_valid_code, normalise_code, show_code
from guide_app.protocol.coupon_text import coupon_in
from ui.kit.card import Card
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.errors import Failure, present
from ui.kit.page import PageContext, Target
from ui.kit.paged import RowModel
from ui.kit.rows import RowList
from ui.kit.scroll import scrolled
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.counter.asking import Asking
from ui.pages.counter.bill import BillCard
from ui.pages.counter.bills import Bills
from ui.pages.counter.entry import EntryCard
from ui.pages.counter.external import External
from ui.pages.counter.external_card import ExternalCard
from ui.pages.counter.goods import title_of
from ui.pages.counter.lines import RedemptionDelegate, describe
from ui.pages.counter.mixes import MixCard
from ui.pages.counter.screenshot import codes_in, has_picture, pasted_picture
from ui.pages.counter.verdict import VerdictCard
from ui.pages.counter.whose import WhoseCard

_LINES = 30


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists show, read in one go."""

    redemptions: Sequence[RedemptionRow]
    attributions: Sequence[AttributionRow]
    names: Mapping[str, str]


class CounterPage(DeskPage):
    """核销."""

    key = "counter"
    watches = frozenset({"coupon", "coupon_template", "redemption", "attribution", "purchase", "recall_list"})

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Lay the cards out; data comes with `refresh`."""
        super().__init__(context, desk, acting)
        self._entered = False
        self._names: Mapping[str, str] = {}
        self.bills = Bills(self)
        self.entry = EntryCard(self.theme)
        self.code, self.paste = self.entry.code, self.entry.paste
        self.verdict = VerdictCard()
        self.asking = Asking(self, self.verdict)
        self.bill = BillCard(self.theme)
        self.external_card = ExternalCard()
        self.external = External(self, self.external_card, self.bill)
        self.mixes = MixCard()
        self.whose = WhoseCard()
        self.order, self.lines = self.whose.order, self.whose.lines
        self.redemptions: RowModel[RedemptionRow] = RowModel(describe)
        self.list = RowList(RedemptionDelegate(self.theme), self.tr("最近核销"))
        self.list.setModel(self.redemptions)
        hint = self.tr("扫一张券试试: 核销过的都列在这里, 总部确认没有也看得到。")
        self._recent = QStackedWidget()
        self._recent.addWidget(self.list)
        empty = EmptyState(self.theme, "coupon", self.tr("还没有核销记录"), hint)
        self._recent.addWidget(scrolled(empty))  # it gives way to a long bill
        self.setFocusProxy(self.code)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        recent = Card()
        recent.set_header(self.tr("最近核销"))
        recent.fill(self._recent)
        left = QVBoxLayout()
        left.setSpacing(14)
        for card in (self.entry, self.verdict, self.external_card, self.bill):
            left.addWidget(card)
        left.addWidget(recent, 1)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.mixes, 1)
        side.addWidget(self.whose, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addLayout(left, 7)
        columns.addLayout(side, 3)

    def _connect(self) -> None:
        self.code.textChanged.connect(self._code_typed)
        self.code.returnPressed.connect(self._code_entered)
        self.code.picture_pasted.connect(self.paste_picture)
        self.paste.clicked.connect(self.paste_picture)
        self.entry.hits.picked.connect(self._picked)
        self.entry.client_dropped.connect(lambda: self.bills.name_client(None))
        self.bill.changed.connect(self._goods_typed)
        self.bill.entered.connect(self.redeem)
        self.verdict.redeem_asked.connect(self.redeem)
        self.external.taken.connect(self._show_external)
        self.external.used.connect(self._external_used)
        self.verdict.give_asked.connect(self.give)
        self.mixes.taken.connect(self.bills.lay_only)
        self.mixes.toggled.connect(self.bills.toggle)
        self.whose.order_typed.connect(self._read_lists)
        self.bills.reckoned.connect(self._show)
        self.bills.unknown.connect(self.asking.take)
        self.bills.refused.connect(self._unknown)
        self.asking.told.connect(self._told)
        self.asking.refused.connect(self._unknown)
        self.bills.redeemed.connect(self._redeemed)
        for keys, deed in (
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste_picture),
            (QKeySequence("F8"), self.mixes.take),
            (QKeySequence("Ctrl+O"), self.ask_picture),
            (QKeySequence("F9"), self.verdict.give.click),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Lay the coupon whose code is the target's record on the bill; `client` in its args names the client."""
        if "client" in target.args:
            self.bills.name_client(target.args["client"])
        if target.record and coupon_in(target.record):
            self._take_coupon(coupon_in(target.record))
        elif target.record:
            self.order.setText(target.record)

    def refresh(self) -> None:
        """Read the lists again, and the bill in hand."""
        self._read_lists()
        self.bills.look_again()

    def scanned(self, found: Found) -> bool:
        """Take what the gun read on this page: coupons, articles and clients belong to the bill.

        The code of her for whom the bill is already leads to her page.
        """
        buyer = self.bills.seen.buyer if self.bills.seen is not None else None
        known = found.kind == "client" and buyer is not None and buyer.id == found.clients[0].id
        if known or found.kind not in ("coupon", "external", "article", "client", "receipt"):
            return False
        self._take(found)
        return True

    def back(self) -> bool:
        """Esc closes the list of what was found, then gives the bill up."""
        if self.entry.hits.isVisible():
            self.entry.hits.hide()
        elif self.code.text() or not self.bill.empty or not self.bills.empty or self.external.active:
            self._drop_external()
            self.asking.drop()
            self.code.clear()
            self.bill.clear()
            self.bills.forget()
        else:
            return False
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _read_lists(self) -> None:
        desk, actor, order = self.desk, self.actor, self.whose.order_no
        # A receipt may be looked up by everybody in the store; the list without one is the guide's own.
        whose = None if actor.is_manager or order else actor.guide_id

        def read(_job: Job) -> Lists:
            lines = desk.performance.attributions(whose, order, _LINES)
            return Lists(told_once(desk.coupons.redemptions(limit=_LINES)), lines, desk.roster.names())

        self.work.query(read, owner=self, slot="lists", done=self._show_lists)

    def _show_lists(self, lists: Lists) -> None:
        self._names = lists.names
        self.say(self.tr("核销"), self.tr("扫客户的券码, 或输入券码"))
        self.redemptions.set_rows(lists.redemptions)
        self._recent.setCurrentIndex(0 if lists.redemptions else 1)
        self.whose.show_judged(lists.attributions, lists.names)
        self.whose.show_outlook(self.bills.seen, lists.names)

    # -- the bill ----------------------------------------------------------------------------------------

    def _code_typed(self, text: str) -> None:
        self._entered = False
        code = coupon_in(text)
        if text and code != self.asking.code:
            self.asking.drop()  # another one is being typed; an emptied field takes nothing back
        if is_valid_code(code) and code != normalise_code(text):
            self.code.setText(show_code(code))  # out of a message, which comes back here as the code alone
        elif is_valid_code(code):
            self._lay(code)
        elif not text and not self.bills.draft.texts:
            self.verdict.show_nothing()

    def _code_entered(self) -> None:
        text = self.code.text().strip()
        if not text:
            self.redeem()
        elif is_valid_code(normalise_code(text)):
            self._entered = True
            self._lay(normalise_code(text))
        else:
            scans = self.desk.scans
            self.work.query(
                lambda _job: scans.find(text, typed=True), owner=self, slot="found", done=self._take,
                failed=self._unknown,
            )  # fmt: skip

    def _take(self, found: Found) -> None:
        """What was typed, scanned or picked."""
        self.entry.hits.hide()
        if self.external.settled:
            self._drop_external()
        if found.kind == "coupon":
            self._take_coupon(found.text)
        elif found.kind == "external":
            self._take_external(found.text)
        elif found.kind == "article":
            self._add(found)
        elif found.kind == "client":
            self.bills.name_client(found.clients[0].id)
            self._next()
        elif found.kind == "receipt":
            self.code.selectAll()
            self.order.setText(found.text)
        elif found.kind in ("articles", "clients"):
            self.entry.hits.offer(found)
        elif found.kind == "product":
            self.navigate.emit(Target("products", found.product_id))
        else:
            self._unknown(present(found.fault) if found.fault else self._nothing(found.text))

    def _picked(self, found: Found) -> None:
        self._take(found)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_coupon(self, text: str) -> None:
        code = normalise_code(text)
        self._entered = True
        if is_valid_code(code):
            self.code.setText(show_code(code))
        else:
            self.code.clear()
        self._entered = True  # typing took it back
        self._lay(code)

    def _take_external(self, code: str) -> None:
        """A coupon of another system: its card stands in the place of the verdict on ours."""
        self.code.clear()
        self.external.take(code)

    def _show_external(self) -> None:
        self.verdict.setVisible(bool(self.bills.draft.texts))
        if self.bill.amount_fen is None:
            self.bill.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _external_used(self) -> None:
        """The next customer's bill is another one, unless coupons of ours still wait on this."""
        if not self.bills.draft.texts:
            self.bill.clear()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_external(self) -> None:
        self.external.drop()
        self.verdict.show()

    def _lay(self, code: str) -> None:
        """A coupon of ours; it takes the place of another system's that suffers none beside it."""
        if self.external.active and (self.external.settled or not self.external.stacking):
            self._drop_external()
        self.verdict.show()
        self.bills.lay(code)

    def _add(self, found: Found) -> None:
        (variant,) = found.variants
        self.bill.put(variant)
        self.notice.emit(Notice(self.tr("已加入 {title}").format(title=title_of(variant))))
        self._next()

    def _next(self) -> None:
        self.code.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _goods_typed(self) -> None:
        lines, freight = self.bill.lines, self.bill.freight_fen
        amount = None if lines else self.bill.amount_fen
        self.external.bill_changed()
        self.bills.change_goods(lambda draft: replace(draft, lines=lines, amount_fen=amount, freight_fen=freight))

    def _show(self, seen: Reckoned | None) -> None:
        self.whose.show_outlook(seen, self._names)
        laid = len(seen.laid) if seen is not None else 0
        self.external.lie_beside(laid, seen.discount_fen if seen is not None and seen.usable else 0)
        if seen is None:
            self.verdict.show_nothing()
            self.bill.show_discount(None)
            self.mixes.show_nothing()
            self.entry.show_buyer(None, chosen=False)
            return
        self.mixes.show_reckoned(seen)
        self.entry.show_buyer(seen.buyer, chosen=seen.draft.client_id is not None)
        self.bill.show_discount(seen.discount_fen if seen.usable else None, seen.shares)
        if seen.laid:
            self.verdict.show_reckoned(seen)
        elif not seen.refused and not self.asking.code:
            self.verdict.show_nothing()
        if self._entered:
            self._entered = False
            if seen.usable and not seen.bill.lines:
                self.bill.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        if seen.laid and not seen.usable and is_valid_code(normalise_code(self.code.text())):
            self._await_next()

    def _await_next(self) -> None:
        """What was typed is no good: the next code takes its place, and is not written behind it."""
        if self.code.hasFocus():
            self.code.selectAll()

    def _told(self, voucher: str) -> None:
        """Head office knows the coupon: it counts as its voucher scanned."""
        self._entered = self.code.hasFocus()
        self._lay(voucher)

    def _unknown(self, failure: Failure) -> None:
        self._entered = False
        self._await_next()
        self.verdict.show_failure(failure.sentence, failure.way_out)

    def _nothing(self, text: str) -> Failure:
        told = self.tr("没有找到「{text}」。").format(text=text)
        return Failure(told, told, self.tr("核对后再输一次, 或先按 F5 同步。"), "")

    # -- deeds -------------------------------------------------------------------------------------------

    def redeem(self) -> None:
        """Redeem what lies on the bill; Enter before the amount asks for it."""
        if not self.bills.draft.texts and not self.external.active:
            return
        if self.bill.amount_fen is None:
            self.bill.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.external.active and not self.external.settled:
            self.external.redeem()
        elif self.bills.redeem(self.bill.order.text().strip()):
            self.verdict.redeem.setEnabled(False)

    def give(self, coupon: HeldCoupon) -> None:
        """Let its holder give a coupon to a friend: on her own page, where clients are found and made."""
        client_id = coupon.client_id or ""
        target = Target("clients", client_id, {"give": coupon.code})
        self.code.clear()
        self.bills.let_go(lambda: self.navigate.emit(target))

    def _redeemed(self, coupons: Sequence[HeldCoupon]) -> None:
        names = " + ".join(coupon.terms.name for coupon in coupons)
        self.notice.emit(Notice(self.tr("已核销「{name}」, 联网后由总部确认").format(name=names)))
        self.bill.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    # -- pictures ----------------------------------------------------------------------------------------

    def paste_picture(self) -> None:
        """Read the codes out of the picture on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        text = data.text() if data.hasText() and not has_picture(data) else ""
        if text:
            self.code.setText(text)
            self._code_entered()
        else:
            self._read_picture(data)

    def ask_picture(self) -> None:
        """Read the codes out of a picture file."""
        dialog = QFileDialog(self, self.tr("打开二维码图片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("图片") + " (*.png *.jpg *.jpeg *.webp *.bmp *.gif)")
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, name: str) -> None:
        """Read the codes out of the picture in a file."""
        self._read(lambda scans: codes_in(name, scans))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Pictures may be dropped."""
        if has_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Read the codes out of a dropped picture."""
        event.acceptProposedAction()
        self._read_picture(event.mimeData())

    def _read_picture(self, data: QMimeData) -> None:
        picture = pasted_picture(data)
        self._read(lambda scans: codes_in(picture, scans))

    def _read(self, codes: Callable[..., tuple[Found, ...]]) -> None:
        scans = self.desk.scans
        self.work.query(
            lambda _job: codes(scans), owner=self, slot="picture", done=self._take_all, failed=self._unknown
        )

    def _take_all(self, found: Sequence[Found]) -> None:
        """Everything in the picture that belongs to a bill; if nothing does, what it is."""
        ours = [one for one in found if one.kind in ("coupon", "external", "article", "client")]
        for one in ours or found[:1]:
            self._take(one)
