"""What the menu of a portrait does: hand the client over, or join two records of hers."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from guide_app.base.actor import Actor
from guide_app.clients.merging import Choice, MergeLine
from guide_app.clients.model import Edit, Portrait
from guide_app.roster.model import GuideRow, StoreRow
from ui.kit.desk_page import DeskPage
from ui.kit.page import Target
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.doubles_dialog import DoublesDialog
from ui.pages.clients.hand_over_dialogs import ColleagueDialog, MergeDialog, StoreDialog, UnmergeDialog


class HandingOver(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, shown: Callable[[], Portrait | None]) -> None:
        """`shown` says whose portrait is on the page."""
        super().__init__(page)
        self._page, self._shown = page, shown

    def to_colleague(self) -> None:
        """Ask which colleague, and hand her the client (转给同事)."""
        portrait, roster = self._shown(), self._page.desk.roster

        def ask(guides: tuple[GuideRow, ...]) -> None:
            if portrait is None:
                return
            now = portrait.fields["primary_guide_id"]
            dialog = ColleagueDialog(self._page, str(portrait.fields["name"]), guides, now)
            dialog.accepted.connect(lambda: self._give(portrait.id, dialog.guide.currentData()))
            _open(dialog)

        self._page.work.query(lambda _job: roster.guides(), owner=self._page, slot="colleagues", done=ask)

    def to_store(self) -> None:
        """Ask which store and why, and have the client moved there (转到别的门店)."""
        portrait, roster = self._shown(), self._page.desk.roster

        def ask(stores: tuple[StoreRow, ...]) -> None:
            if portrait is None:
                return
            dialog = StoreDialog(self._page, str(portrait.fields["name"]), stores)
            dialog.accepted.connect(
                lambda: self._transfer(portrait.id, dialog.store.currentData(), dialog.reason.text())
            )
            _open(dialog)

        self._page.work.query(lambda _job: roster.stores(), owner=self._page, slot="stores", done=ask)

    def unmerge(self) -> None:
        """Ask which of those who were joined to her is somebody else after all (撤销合并)."""
        portrait, clients = self._shown(), self._page.desk.clients
        if portrait is None:
            return

        def ask(found: tuple[MergeLine, ...]) -> None:
            if not found:
                self._say(self.tr("30 天内没有谁并入她"))
                return
            dialog = UnmergeDialog(self._page, str(portrait.fields["name"]), found)
            dialog.accepted.connect(lambda: self._unmerge(dialog.chosen()))
            _open(dialog)

        self._page.work.query(lambda _job: clients.merges(portrait.id), owner=self._page, slot="merges", done=ask)

    def merge(self) -> None:
        """Ask which other record is hers, and join this one to it (合并到)."""
        portrait = self._shown()
        if portrait is None:
            return
        dialog = MergeDialog(self._page, str(portrait.fields["name"]))
        dialog.find_in(self._page, portrait.id)
        dialog.accepted.connect(lambda: self.join(portrait.id, dialog.chosen()))
        dialog.compared.connect(lambda: self._compare(portrait.id, dialog.chosen()))
        _open(dialog)
        dialog.search.setFocus()

    def join(self, client_id: str, into_id: str, choice: Choice | None = None) -> None:
        """Join the first record to the second, which stays and is shown; Ctrl+Z takes it back."""
        actor, deeds, said = self._actor(), self._page.desk.client_deeds, choice or Choice()

        def write(_job: Job) -> Undoable[str]:
            name = deeds.merge(client_id, into_id, actor, take=said.take, keep=said.keep)
            told = self.tr("已并入 {name}").format(name=name)
            return Undoable(name, Undo(told, lambda _j: deeds.unmerge(client_id, actor)))

        self._page.work.change(
            write,
            owner=self._page,
            done=lambda _name: self._page.navigate.emit(Target("clients", into_id)),
            title=self.tr("合并客户"),
        )

    def _compare(self, client_id: str, into_id: str) -> None:
        clients = self._page.desk.clients

        def ask(pair: tuple[Portrait, Portrait]) -> None:
            dialog = DoublesDialog(self._page, [(*pair, ())])
            dialog.joined.connect(self.join)
            _open(dialog)

        self._page.work.query(
            lambda _job: (clients.portrait(client_id), clients.portrait(into_id)),
            owner=self._page,
            slot="compare",
            done=ask,
        )

    def _unmerge(self, client_id: str) -> None:
        actor, deeds = self._actor(), self._page.desk.client_deeds

        def back(name: str) -> None:
            self._say(self.tr("{name} 回到客户本; 合并以后写下的留在这里").format(name=name))
            self._page.navigate.emit(Target("clients", client_id))

        self._page.work.change(
            lambda _job: deeds.unmerge(client_id, actor), owner=self._page, done=back, title=self.tr("撤销合并")
        )

    def _give(self, client_id: str, guide_id: str) -> None:
        actor, deeds = self._actor(), self._page.desk.client_deeds

        def write(_job: Job) -> Undoable[Edit]:
            edit = deeds.edit(client_id, {"primary_guide_id": guide_id}, actor)
            return Undoable(edit, Undo(self.tr("已转给同事"), lambda _j: deeds.undo(edit, actor)))

        self._page.work.change(write, owner=self._page, title=self.tr("转给同事"))

    def _transfer(self, client_id: str, store_id: str, reason: str) -> None:
        actor, deeds = self._actor(), self._page.desk.client_deeds
        self._page.work.change(
            lambda _job: deeds.transfer(client_id, store_id, reason, actor),
            owner=self._page,
            done=lambda name: self._say(self.tr("{name} 将转店, 下次同步后从本店移走").format(name=name)),
            title=self.tr("转店"),
        )

    def _actor(self) -> Actor:
        return self._page.actor

    def _say(self, text: str) -> None:
        self._page.notice.emit(Notice(text))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
