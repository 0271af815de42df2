"""A dialog that asks for another client of the book, found by whatever the guide remembers of her."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from guide_app.clients.model import ClientRow
from ui.kit.desk_page import DeskPage
from ui.pages.clients.dialogs import FormDialog

_OFFERED = 20
_WIDTH, _LIST_HEIGHT = 460, 160
_LINE = QSize(0, 32)


class ClientChooser(FormDialog):
    """A line to type in and the clients that it finds, the first of them chosen; `typed` asks for them."""

    typed = Signal(str)

    def __init__(self, parent: QWidget, title: str, go: str) -> None:
        """`title` names the dialog, `go` its deed; line and list are put into the form by `lay_choice`."""
        super().__init__(parent, title, go)
        self._looking = False
        self.setMinimumWidth(_WIDTH)
        self.search, self.found = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(QCoreApplication.translate("ClientChooser", "姓名、拼音、手机号任意几位"))
        self.search.textChanged.connect(self._look)
        self.found.setFixedHeight(_LIST_HEIGHT)
        self.found.setFrameShape(QListWidget.Shape.StyledPanel)
        self.found.currentItemChanged.connect(self.ready)

    def lay_choice(self, words: str, line: str, found: str) -> None:
        """Lay out the line, after `words`, and the list; `line` and `found` are what a screen reader calls them."""
        self.search.setAccessibleName(line)
        self.found.setAccessibleName(found)
        self.form.addRow(words, self.search)
        self.form.addRow(self.found)

    def find_in(self, page: DeskPage, but: str) -> None:
        """Look for what is typed in the book of `page`; the client with the id `but` is not offered."""
        clients = page.desk.clients

        def read(text: str) -> list[ClientRow]:
            return [row for row in clients.search(text, _OFFERED) if row.id != but]

        self.typed.connect(
            lambda text: page.work.query(lambda _job: read(text), owner=self, slot="found", done=self.show_found)
        )

    def show_found(self, rows: Sequence[ClientRow]) -> None:
        """Offer these clients."""
        self._looking = False
        self.found.clear()
        for row in rows:
            item = QListWidgetItem(" · ".join(filter(None, (row.name, row.phone, " ".join(row.tags)))))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setSizeHint(_LINE)
            self.found.addItem(item)
        if rows:
            self.found.setCurrentRow(0)
        self.ready()

    def chosen(self) -> str:
        """The id of who is chosen; empty if nobody is.

        Until the answer is there the list shows who was looked for before: none of them is meant any more.
        """
        item = None if self._looking else self.found.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def ready(self) -> None:
        """Offer the deed where somebody is chosen."""
        self.go.setEnabled(bool(self.chosen()))

    def _look(self, text: str) -> None:
        self._looking = True
        self.ready()
        self.typed.emit(text)
