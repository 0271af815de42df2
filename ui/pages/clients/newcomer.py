"""Adds somebody to the book by the usual dialog, for whoever on the client page asks."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from guide_app.base.said import Said
from ui.kit.desk_page import DeskPage
from ui.kit.toast import Notice
from ui.pages.clients.dialogs import NewClientDialog


class Newcomers(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, opened: Callable[[str], None]) -> None:
        """`opened` shows a client who turns out to be in the book."""
        super().__init__(page)
        self._page, self._opened = page, opened

    def ask(self, then: Callable[[str], None], typed: str = "") -> None:
        """Ask for a new client's fields and add her; `then` gets her id. `typed`: her name or number, so far."""
        page, desk = self._page, self._page.desk
        dialog = NewClientDialog(page)
        dialog.accepted.connect(lambda: self._add(dialog.fields(), dialog.said(), then))
        dialog.open_asked.connect(self._opened)
        dialog.typed.connect(
            lambda phone, wechat: page.work.query(
                lambda _job: desk.clients.same(phone, wechat), owner=dialog, slot="same", done=dialog.show_same
            )
        )
        dialog.propose(typed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        notice = desk.privacy.notice_version
        page.work.query(lambda _job: notice(), owner=dialog, slot="notice", done=dialog.set_notice)

    def _add(self, fields: dict[str, Any], said: Said | None, then: Callable[[str], None]) -> None:
        page, deeds = self._page, self._page.desk.client_deeds
        actor = page.actor

        def added(client_id: str) -> None:
            then(client_id)
            page.notice.emit(Notice(self.tr("已添加 {name}").format(name=fields["name"] or fields["wechat"])))

        page.work.change(
            lambda _job: deeds.add(fields, actor, said=said), owner=page, done=added, title=self.tr("新增客户")
        )
