"""A quiet hint that some records look like one person, and the way to join them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from PySide6.QtCore import QObject, Qt

from guide_app.clients.merging import Choice
from guide_app.clients.model import Portrait
from guide_app.privacy.doubles import Double, Why
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.pages.clients.doubles_dialog import DoublesDialog

_SHOWN = 50


class Twins(QObject):
    """Counts the pairs that are proposed and shows them; `join` is the page's deed that merges two records."""

    def __init__(self, page: DeskPage, join: Callable[[str, str, Choice], None]) -> None:
        """The hint is hidden until there is something to say."""
        super().__init__(page)
        self._page, self._join = page, join
        self.hint = button("", "link")
        self.hint.setVisible(False)
        self.hint.clicked.connect(self.ask)

    def refresh(self) -> None:
        """Count the pairs again."""
        privacy = self._page.desk.privacy
        self._page.work.query(lambda _job: len(privacy.doubles()), owner=self._page, slot="doubles", done=self._counted)

    def ask(self) -> None:
        """Show the pairs side by side."""
        desk = self._page.desk

        def read(_job: object) -> list[tuple[Portrait, Portrait, tuple[Why, ...]]]:
            pairs: list[Double] = list(islice(desk.privacy.doubles(), _SHOWN))
            return [(desk.clients.portrait(p.gone.id), desk.clients.portrait(p.stays.id), p.why) for p in pairs]

        self._page.work.query(read, owner=self._page, slot="pairs", done=self._show)

    def _counted(self, count: int) -> None:
        self.hint.setText(self.tr("{count} 对可能是同一个人").format(count=count))
        self.hint.setVisible(count > 0)

    def _show(self, pairs: list[tuple[Portrait, Portrait, tuple[Why, ...]]]) -> None:
        if not pairs:
            self._counted(0)
            return
        dialog = DoublesDialog(self._page, pairs)
        dialog.joined.connect(self._join)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
