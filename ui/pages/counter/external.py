"""The coupon of another system that is in hand at the counter: asked about, redeemed, asked about again."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from guide_app.flows.external_coupons import ExternalShown
from guide_app.protocol.external_coupon import ExternalBatch
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.toast import Notice
from ui.pages.counter.bill import BillCard
from ui.pages.counter.external_card import ExternalCard

_REST_MS = 400


class External(QObject):
    """Keeps one coupon and asks head office, off the GUI thread; amount and order number are the bill's."""

    taken = Signal()
    """Such a coupon is in hand now."""
    used = Signal()
    """The one in hand was redeemed."""

    def __init__(self, page: DeskPage, card: ExternalCard, bill: BillCard) -> None:
        """Work for `page`, with nothing in hand."""
        super().__init__(page)
        self._page, self._card, self._bill = page, card, bill
        self._code = ""
        self._batches: tuple[ExternalBatch, ...] = ()
        self._off_fen = self._beside = 0
        self._shown: ExternalShown | None = None
        self._redeeming = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.check)
        card.asked.connect(self.redeem)
        card.chosen.connect(self.check)

    @property
    def active(self) -> bool:
        """Whether such a coupon is in hand."""
        return bool(self._code)

    @property
    def settled(self) -> bool:
        """Whether it was redeemed just now."""
        return self._shown is not None and self._shown.told.state == "used"

    @property
    def stacking(self) -> bool:
        """Whether coupons of ours may lie beside the one in hand."""
        return self.active and self._batch.stacking

    @property
    def amount_fen(self) -> int:
        """What the bill comes to before this coupon; 0 while it is not known."""
        return max((self._bill.amount_fen or 0) - self._off_fen, 0)

    def take(self, code: str) -> None:
        """A coupon was scanned or typed."""
        book = self._page.desk.external_coupons.book
        self._page.work.query(
            lambda _job: book.batches(code), owner=self._page, slot="external",
            done=lambda batches: self._taken(code, batches), failed=self._page.failure.emit,
        )  # fmt: skip

    def drop(self) -> None:
        """Nothing of the kind is in hand any more."""
        self._code, self._shown = "", None
        self._rest.stop()
        self._card.hide()

    def bill_changed(self) -> None:
        """The amount is another: ask again once the typing rests."""
        if self.active and not self.settled:
            self._shown = None  # of another amount: Enter asks before it redeems
            self._rest.start()

    def lie_beside(self, coupons: int, off_fen: int) -> None:
        """So many coupons of ours lie on the bill and take so much off."""
        if (coupons, off_fen) != (self._beside, self._off_fen):
            self._beside, self._off_fen = coupons, off_fen
            self.bill_changed()

    def check(self) -> None:
        """Ask what it takes off."""
        if not self.active or self.settled or self._redeeming == self._code:
            return  # what it takes off is no question while it is being redeemed
        desk, code, batch = self._page.desk.external_coupons, self._code, self._batch
        amount, order_no = self.amount_fen, self._bill.order.text().strip()
        self._shown = None
        self._card.show_asking(batch, code)
        self._page.work.query(
            lambda _job: desk.check(code, batch, amount, order_no), owner=self._page, slot="external",
            done=self._show, failed=lambda failure: self._failed(code, failure),
        )  # fmt: skip

    def redeem(self) -> None:
        """Have it redeemed, or ask again what became of it or, after a time without network, what it takes off."""
        if not self._card.ready:
            return
        if self._shown is None:
            self.check()
            return
        desk, code, batch, actor = self._page.desk.external_coupons, self._code, self._batch, self._page.actor
        amount, order_no, beside = self.amount_fen, self._bill.order.text().strip(), self._beside
        self._redeeming = code
        self._card.redeem.setEnabled(False)
        self._page.work.change(
            lambda _job: desk.redeem(code, batch, amount, actor, order_no=order_no, beside=beside), owner=self._page,
            done=self._redeemed, failed=lambda failure: self._not_redeemed(code, failure), title=self.tr("联网核销"),
        )  # fmt: skip

    @property
    def _batch(self) -> ExternalBatch:
        return self._batches[max(self._card.batches.currentIndex(), 0)]

    def _taken(self, code: str, batches: tuple[ExternalBatch, ...]) -> None:
        if not batches:
            return  # head office took the batch back meanwhile
        self._code, self._batches, self._shown = code, batches, None
        self._card.offer(batches)
        self._card.show()
        self.taken.emit()
        self.check()

    def _show(self, shown: ExternalShown) -> None:
        if shown.code == self._code:  # else another one was scanned meanwhile
            self._shown = shown
            self._card.show_told(shown)

    def _redeemed(self, shown: ExternalShown) -> None:
        """Say what came of it, also where its card has gone meanwhile."""
        self._redeeming = ""
        self._show(shown)
        if self.settled:
            self.used.emit()
        if shown.code != self._code:
            translate = QCoreApplication.translate
            words = {
                "used": translate("ExternalCard", "{name} · 已核销"),
                "refused": translate("ExternalCard", "{name} · 不能用"),
            }.get(shown.told.state, translate("ExternalCard", "{name} · 还不知道结果"))
            self._page.notice.emit(Notice(words.format(name=shown.batch.name)))

    def _not_redeemed(self, code: str, failure: Failure) -> None:
        self._redeeming = ""
        if code == self._code:
            self._failed(code, failure)
        else:
            self._page.failure.emit(failure)

    def _failed(self, code: str, failure: Failure) -> None:
        if code == self._code:
            why = "" if failure.code.startswith("office.") else f"{failure.sentence} {failure.way_out}".strip()
            self._card.show_failure(self._batch, code, why)
