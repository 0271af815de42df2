"""转赠: give a coupon of the client who is shown on to a friend of hers, from the book or new in it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from guide_app.coupons.model import HeldCoupon
from guide_app.protocol.coupon_code import show_code
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.kit.text import label
from ui.kit.toast import Notice
from ui.pages.clients.client_chooser import ClientChooser


class NewClient(Protocol):
    """Asks for a new client by the usual dialog, and calls back with her id once she is in the book."""

    def __call__(self, then: Callable[[str], None]) -> None:
        """Ask for her; return before she is there."""
        ...


class GiveDialog(ClientChooser):
    """To whom a coupon goes: somebody of the book, or new."""

    newcomer_asked = Signal()

    def __init__(self, parent: QWidget, coupon: HeldCoupon) -> None:
        """`coupon` can be given on."""
        super().__init__(
            parent,
            QCoreApplication.translate("GiveDialog", "把券转赠给朋友"),
            QCoreApplication.translate("GiveDialog", "转赠"),
        )
        self.form.addRow(self.tr("券"), label(f"{coupon.terms.name} · {show_code(coupon.code)}"))
        self.form.addRow(self.tr("现在是"), label(coupon.client_name))
        self.lay_choice(self.tr("转给"), self.tr("查找收券的人"), self.tr("收券的人"))
        self.newcomer = button(self.tr("不在客户本里: 新增客户…"), "link")
        self.newcomer.setAutoDefault(False)
        self.newcomer.clicked.connect(self._ask_newcomer)
        self.form.addRow(self.newcomer)
        told = self.tr("一张券只能转赠一次, 之后只限收券的人本人用, 不能撤回。业绩仍按发券的导购算。券不能买卖。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.ready()
        self.finish()

    def _ask_newcomer(self) -> None:
        self.reject()
        self.newcomer_asked.emit()


class CouponGiving(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, new_client: NewClient) -> None:
        """`new_client` adds somebody to the book."""
        super().__init__(page)
        self._page, self._new_client = page, new_client

    def ask(self, code: str) -> None:
        """Ask to whom the coupon with this code goes; say why if it cannot be given on."""
        gifts = self._page.desk.coupon_gifts
        self._page.work.query(lambda _job: gifts.giveable(code), owner=self._page, slot="gift", done=self._open)

    def _open(self, coupon: HeldCoupon) -> None:
        dialog = GiveDialog(self._page, coupon)
        dialog.find_in(self._page, coupon.client_id or "")
        dialog.accepted.connect(lambda: self._give(coupon.code, dialog.chosen()))
        dialog.newcomer_asked.connect(lambda: self._to_newcomer(coupon.code))
        _show(dialog)
        dialog.search.setFocus()

    def _to_newcomer(self, code: str) -> None:
        """Once the dialog before has gone: the keyboard then belongs to the next one."""
        QTimer.singleShot(0, self, lambda: self._new_client(lambda client_id: self._give(code, client_id)))

    def _give(self, code: str, client_id: str) -> None:
        actor, gifts = self._page.actor, self._page.desk.coupon_gifts
        self._page.work.change(
            lambda _job: gifts.give(code, client_id, actor),
            owner=self._page,
            done=self._given,
            title=self.tr("转赠券"),
        )

    def _given(self, coupon: HeldCoupon) -> None:
        told = self.tr("「{name}」已转给 {who}, 联网后由总部确认")
        self._page.notice.emit(Notice(told.format(name=coupon.terms.name, who=coupon.client_name)))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
