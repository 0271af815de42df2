"""Opens today's list as a sheet of paper, and notes that it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from guide_app.flows.paper import CallList, read_call_list
from guide_app.followup.model import Suggestion
from ui.kit.desk_page import DeskPage
from ui.kit.paper_dialog import PaperDialog
from ui.pages.today.call_list import call_list_html


class ListPrinting(QObject):
    """Shows the list that stands on the page as it will be printed."""

    def __init__(self, page: DeskPage) -> None:
        """Nothing is read before it is asked for."""
        super().__init__(page)
        self._page = page

    def open(self, suggestions: Sequence[Suggestion]) -> None:
        """Read the masked numbers of these and show the sheet."""
        desk, actor = self._page.desk, self._page.actor
        self._page.work.query(
            lambda _job: read_call_list(desk, actor, suggestions), owner=self._page, slot="call list", done=self._show
        )

    def _show(self, calls: CallList) -> None:
        dialog = PaperDialog(self._page, self.tr("今日名单"), call_list_html(calls), f"{calls.day:%Y-%m-%d}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.left.connect(partial(self._note, len(calls.lines)))
        dialog.open()

    def _note(self, records: int, _how: str) -> None:
        actor, deeds = self._page.actor, self._page.desk.privacy_deeds
        reason = self.tr("今日名单")
        self._page.work.change(lambda _job: deeds.printed(reason, records, actor), owner=self._page)
