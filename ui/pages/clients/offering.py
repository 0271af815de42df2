"""发券: which coupon a client gets, asked by a dialog and given."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from guide_app.sharing.queries import CouponOffer
from ui.kit.desk_page import DeskPage
from ui.kit.toast import Notice
from ui.pages.clients.dialogs import OfferDialog


class CouponOffering(QObject):
    """Gives coupons to clients of a page."""

    def __init__(self, page: DeskPage) -> None:
        """Work for `page`."""
        super().__init__(page)
        self._page = page

    def ask(self, client_id: str) -> None:
        """Ask which coupon she gets, of those that may be given now."""
        page = self._page
        page.work.query(
            lambda _job: page.desk.sharing.offers(), owner=page, slot="offers",
            done=lambda offers: self._offer(client_id, offers),
        )  # fmt: skip

    def _offer(self, client_id: str, offers: Sequence[CouponOffer]) -> None:
        page = self._page
        if not offers:
            page.notice.emit(Notice(self.tr("现在没有可发的券")))
            return
        dialog = OfferDialog(page, offers)
        dialog.accepted.connect(lambda: self._give(client_id, dialog.offer.currentData()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _give(self, client_id: str, template: str) -> None:
        page, actor = self._page, self._page.actor
        page.work.change(
            lambda _job: page.desk.coupon_deeds.issue(template, client_id, actor), owner=page,
            done=lambda held: page.notice.emit(Notice(self.tr("已发「{name}」").format(name=held.terms.name))),
            title=self.tr("发券"),
        )  # fmt: skip
