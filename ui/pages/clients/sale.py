"""Purchases that a guide writes down herself, and how new the till's are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt

from guide_app.base.clock import china_date, china_datetime
from guide_app.clients.model import Portrait
from guide_app.flows.note_sale import OrderAge, find_variants, note_sale, order_age
from ui.kit.desk_page import DeskPage
from ui.kit.text import restyle
from ui.kit.toast import Notice
from ui.pages.clients.photo_dialog import PhotoDialog
from ui.pages.clients.portrait import PortraitPane
from ui.pages.clients.sale_dialog import SaleDialog


class NotedSales(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, pane: PortraitPane, shown: Callable[[], Portrait | None]) -> None:
        """`shown` says whose portrait is on the page."""
        super().__init__(page)
        self._page, self._pane, self._shown = page, pane, shown
        pane.sale_asked.connect(self.ask)

    def ask(self) -> None:
        """Ask for a receipt and write it down."""
        portrait, page = self._shown(), self._page
        if portrait is None:
            return
        db = page.desk.db

        def find(text: str) -> None:
            page.work.query(lambda _job: find_variants(db, text), owner=dialog, slot="variants", done=dialog.show_hits)

        dialog = SaleDialog(page, str(portrait.fields["name"]), page.desk.clock.now_ms(), find)
        dialog.accepted.connect(lambda: self._note(portrait, dialog))
        dialog.photo_asked.connect(lambda: self._ask_photo(dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def refresh(self, client_id: str) -> None:
        """Say how new the order data of a client's store are."""
        desk = self._page.desk
        now = desk.clock.now_ms()
        self._page.work.query(
            lambda _job: order_age(desk.db, client_id, now), owner=self._page, slot="orders",
            done=partial(self._show_age, now),
        )  # fmt: skip

    def _ask_photo(self, dialog: SaleDialog) -> None:
        large = PhotoDialog(dialog, self._page.work, self.tr("小票照片"), dialog.body)
        large.accepted.connect(lambda: dialog.set_photo(large.body))
        large.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        large.open()

    def _note(self, portrait: Portrait, dialog: SaleDialog) -> None:
        actor, db, sale = self._page.actor, self._page.desk.db, dialog.sale()
        told = self.tr("已补录小票 {number}, 未核实").format(number=sale.order_no.strip())
        self._page.work.change(
            lambda _job: note_sale(db, actor, portrait.id, sale), owner=self._page,
            done=lambda _id: self._page.notice.emit(Notice(told)), title=self.tr("补录购买"),
        )  # fmt: skip

    def _show_age(self, now: int, age: OrderAge) -> None:
        line = self._pane.tabs.purchases.age
        if age.newest_at is None:
            line.setText(self.tr("还没有收到收银台的小票。"))
        else:
            at = china_datetime(age.newest_at)
            form = "%H:%M" if china_date(now) == at.date() else "%Y-%m-%d %H:%M"
            line.setText(self.tr("订单数据截至 {time}; 之后的购买可能还没到。").format(time=f"{at:{form}}"))
        restyle(line, role="warn" if age.stale else "hint")
