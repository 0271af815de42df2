"""Opens a client's brief from her portrait, and notes where it went."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from guide_app.flows.paper import Brief, read_brief
from ui.kit.desk_page import DeskPage
from ui.kit.paper_dialog import PaperDialog
from ui.pages.clients.brief_paper import brief_html


class BriefDeed(QObject):
    """Asks for the sheet of one client and shows it."""

    def __init__(self, page: DeskPage) -> None:
        """Nothing is read before it is asked for."""
        super().__init__(page)
        self._page = page

    def open(self, client_id: str) -> None:
        """Read what matters of her and show it; printing and saving are noted with her id."""
        desk, guide = self._page.desk, self._page.actor.guide_id
        self._page.work.query(
            lambda _job: read_brief(desk, client_id, guide), owner=self._page, slot="brief", done=self._show
        )

    def _show(self, brief: Brief) -> None:
        name = str(brief.portrait.fields["name"])
        title = self.tr("30 秒速览 · {name}").format(name=name)
        dialog = PaperDialog(self._page, title, brief_html(brief), f"{name}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.left.connect(partial(self._note, brief.portrait.id))
        dialog.open()

    def _note(self, client_id: str, _how: str) -> None:
        actor, deeds = self._page.actor, self._page.desk.privacy_deeds
        reason = self.tr("30 秒速览")
        self._page.work.change(lambda _job: deeds.printed(reason, 1, actor, client_id), owner=self._page)
