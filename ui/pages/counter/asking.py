"""The coupon that this PC does not know: head office is asked about its code while the counter goes on."""

from PySide6.QtCore import QObject, Signal

from guide_app.base.errors import NotFoundError
from guide_app.flows.till import Refused
from guide_app.protocol.coupon_code import is_valid_code, show_code
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure, present
from ui.kit.work import Job
from ui.pages.counter.verdict import VerdictCard


class Asking(QObject):
    """Asks about one code at a time, off the GUI thread; an answer that nobody waits for any more is dropped."""

    told = Signal(str)
    """The voucher of the coupon that was asked about."""
    refused = Signal(object)
    """`Failure`: why there is none."""

    def __init__(self, page: DeskPage, card: VerdictCard) -> None:
        """Work for `page`; `card` says what is under way."""
        super().__init__(page)
        self._page, self._card = page, card
        self._code = ""
        self._job: Job | None = None

    @property
    def code(self) -> str:
        """What is asked about; empty: nothing."""
        return self._code

    def take(self, refused: Refused) -> None:
        """What was shown could not be looked up: ask head office, if that could know more than this PC."""
        if not isinstance(refused.error, NotFoundError) or not is_valid_code(refused.text):
            self.drop()
            self.refused.emit(present(refused.error))
        else:
            self._card.show_asking(show_code(refused.text))
            if refused.text != self._code:
                self._ask(refused.text)

    def drop(self) -> None:
        """Wait for no answer any more."""
        self._code = ""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self, code: str) -> None:
        self.drop()
        self._code = code
        codes = self._page.desk.asked_codes

        def ask(job: Job) -> str:
            job.check()  # given up before its turn came
            return codes.voucher_of(code)

        self._job = self._page.work.query(
            ask, owner=self._page, slot="asked code", done=lambda voucher: self._told(code, voucher),
            failed=lambda failure: self._refused(code, failure),
        )  # fmt: skip

    def _told(self, code: str, voucher: str) -> None:
        if code == self._code:
            self.drop()
            self.told.emit(voucher)

    def _refused(self, code: str, failure: Failure) -> None:
        if code == self._code:
            self.drop()
            self.refused.emit(failure)
