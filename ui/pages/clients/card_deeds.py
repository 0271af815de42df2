"""What the guide does on a card: dates, people, wishes, services, answers, the follow-up state."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.clients.card import CardDeeds
from guide_app.clients.model import Edit
from guide_app.clients.sizes import SizeKind
from guide_app.clients.standing import next_state
from ui.kit.desk_page import DeskPage
from ui.kit.page import Target
from ui.kit.sop_dialog import SopDialog
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.card_dialogs import (
    DateDialog,
    FlagDialog,
    ForWhomDialog,
    RelationDialog,
    ServiceDialog,
    WishDialog,
)
from ui.pages.clients.photo_deeds import PhotoActions
from ui.pages.clients.size_dialog import SizeDialog
from ui.pages.clients.view import Ask, ClientView, Said, What

T = TypeVar("T")
_OFFERED = 20


class CardActions(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, shown: Callable[[], ClientView | None]) -> None:
        """`shown` says whose portrait is on the page."""
        super().__init__(page)
        self._page, self._shown = page, shown
        photos = PhotoActions(page)
        self._acts: dict[What, Callable[[ClientView, str], None]] = {
            "date.add": self._add_date, "date.end": self._end_date, "relation.add": self._add_relation,
            "relation.end": self._end_relation, "relation.open": self._open_relative, "wish.add": self._add_wish,
            "wish.fulfilled": self._fulfil, "wish.dropped": self._drop, "service.add": self._add_service,
            "service.done": self._service_done, "line.for": self._for_whom, "line.own": self._own, "flag": self._flag,
            "size.add": self._add_size, "sops": self._sops, "photo": photos.answer, "receipt": photos.receipt,
            "state.next": lambda view, _: self._follow(view, 1), "state.back": lambda view, _: self._follow(view, -1),
        }  # fmt: skip

    def act(self, ask: Ask) -> None:
        """Do what was asked for the client who is shown."""
        view = self._shown()
        if view is not None:
            self._acts[ask.what](view, ask.record)

    def answer(self, said: Said) -> None:
        """Write an answer to a field of head office's."""
        view = self._shown()
        if view is None:
            return
        client, actor, deeds = view.portrait.id, self._actor, self._deeds.custom

        def write(_job: Job) -> Undoable[str]:
            before = deeds.answer(client, said.field_id, said.value, actor)
            undo = Undo(self.tr("已修改档案"), lambda _j: deeds.answer(client, said.field_id, before, actor))
            return Undoable(before, undo)

        # What did not fit is shown as it was.
        self._page.work.change(write, owner=self._page, title=self.tr("修改档案"))

    # -- dates and people --------------------------------------------------------------------------------

    def _add_date(self, view: ClientView, _record: str) -> None:
        dialog = DateDialog(self._page, china_date(self._page.desk.clock.now_ms()))
        actor, deeds = self._actor, self._deeds.dates

        def write() -> None:
            date = dialog.date()
            self._change(lambda: deeds.add(view.portrait.id, date, actor), self.tr("记日子"))

        dialog.accepted.connect(write)
        _open(dialog)

    def _end_date(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.dates
        self._change(
            lambda: deeds.end(record, actor),
            self.tr("不再记这个日子"),
            (self.tr("已去掉日子"), lambda: deeds.resume(record, actor)),
        )

    def _add_relation(self, view: ClientView, _record: str) -> None:
        dialog = RelationDialog(self._page)
        actor, deeds, client = self._actor, self._deeds.relations, view.portrait.id

        def find(text: str) -> None:
            search = self._page.desk.clients.search
            self._page.work.query(
                lambda _job: [row for row in search(text, _OFFERED) if row.id != client],
                owner=dialog,
                slot="relative",
                done=dialog.show_found,
            )

        def write() -> None:
            relation = dialog.relation()
            self._change(lambda: deeds.add(client, relation, actor), self.tr("记关系"))

        dialog.name.textChanged.connect(find)
        dialog.accepted.connect(write)
        _open(dialog)

    def _end_relation(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.relations
        self._change(
            lambda: deeds.end(record, actor),
            self.tr("解除关系"),
            (self.tr("已解除关系"), lambda: deeds.resume(record, actor)),
        )

    def _open_relative(self, view: ClientView, record: str) -> None:
        relative = next((row.relative_id for row in view.card.relations if row.id == record), None)
        if relative is not None:
            self._page.navigate.emit(Target("clients", relative))

    def _for_whom(self, view: ClientView, record: str) -> None:
        dialog = ForWhomDialog(self._page, view.card.relations)
        actor, deeds, client = self._actor, self._deeds.bought, view.portrait.id

        def write() -> None:
            relation, who = dialog.relation.currentData() or None, dialog.who.text()
            self._change(
                lambda: deeds.mark(client, record, actor, who="" if relation else who, relation_id=relation),
                self.tr("给别人买的"),
                (self.tr("已记下是给别人买的"), lambda: deeds.unmark(record, actor)),
            )

        dialog.accepted.connect(write)
        _open(dialog)

    def _own(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.bought
        self._change(lambda: deeds.unmark(record, actor), self.tr("是她自己的"))

    # -- wishes and services -----------------------------------------------------------------------------

    def _add_wish(self, view: ClientView, _record: str) -> None:
        dialog = WishDialog(self._page)
        actor, deeds = self._actor, self._deeds.wishes

        def find(text: str) -> None:
            search = self._page.desk.catalogue.products
            self._page.work.query(
                lambda _job: [(row.id, row.name) for row in search(text, _OFFERED)],
                owner=dialog,
                slot="wanted",
                done=dialog.show_found,
            )

        def write() -> None:
            wish = dialog.wish()
            self._change(lambda: deeds.add(view.portrait.id, wish, actor), self.tr("记心愿"))

        dialog.want.textChanged.connect(find)
        dialog.accepted.connect(write)
        _open(dialog)

    def _add_size(self, view: ClientView, _record: str) -> None:
        dialog = SizeDialog(self._page)
        client = view.portrait.id
        dialog.accepted.connect(
            lambda: self.size(client, dialog.kind.currentData(), dialog.worn.text(), dialog.brand.text())
        )
        _open(dialog)

    def size(self, client_id: str, kind: SizeKind, size: str, brand: str = "") -> None:
        """Write a size down as the client says it now; undo brings back what she said before."""
        actor, deeds = self._actor, self._deeds.sizes

        def write(_job: Job) -> Undoable[str]:
            before = deeds.state(client_id, kind, size, actor, brand=brand)
            undo = Undo(self.tr("已记下尺码"), lambda _j: deeds.state(client_id, kind, before, actor, brand=brand))
            return Undoable(before, undo)

        self._page.work.change(write, owner=self._page, title=self.tr("记尺码"))

    def _fulfil(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.wishes
        self._change(lambda: deeds.settle(record, "fulfilled", actor), self.tr("心愿实现了"))

    def _drop(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.wishes
        self._change(lambda: deeds.settle(record, "dropped", actor), self.tr("不想要了"))

    def _add_service(self, view: ClientView, _record: str) -> None:
        lines = [
            (p.line_id, " ".join(filter(None, (p.title, p.colour, p.size)))) for p in view.purchases if p.kind == "sale"
        ]
        dialog = ServiceDialog(self._page, view.now_ms, lines)
        actor, deeds = self._actor, self._deeds.aftercare

        def write() -> None:
            service = dialog.service()
            self._change(lambda: deeds.add(view.portrait.id, service, actor), self.tr("记售后"))

        dialog.accepted.connect(write)
        _open(dialog)

    def _service_done(self, _view: ClientView, record: str) -> None:
        actor, deeds = self._actor, self._deeds.aftercare
        self._change(lambda: deeds.done(record, actor), self.tr("售后办好了"))

    # -- standing ----------------------------------------------------------------------------------------

    def _follow(self, view: ClientView, step: int) -> None:
        state = next_state(str(view.portrait.fields["follow_state"]), step)
        actor, deeds, client = self._actor, self._deeds.standing, view.portrait.id
        before = str(view.portrait.fields["follow_state"])
        self._change(
            lambda: deeds.follow(client, state, actor),
            self.tr("改跟进状态"),
            (self.tr("已改跟进状态"), lambda: deeds.follow(client, before, actor)),
        )

    def _sops(self, view: ClientView, _record: str) -> None:
        page, name = self._page, str(view.portrait.fields["name"])
        SopDialog(page, page.work, page.desk, self._actor, view.portrait.id, name).open()

    def _flag(self, view: ClientView, _record: str) -> None:
        fields = view.portrait.fields
        dialog = FlagDialog(self._page, fields["flag"], str(fields["flag_why"]))
        actor, deeds = self._actor, self._deeds.standing
        undo = self._page.desk.client_deeds.undo

        def write() -> None:
            flag, why = dialog.flag.currentData(), dialog.why.text()

            def deed(_job: Job) -> Undoable[Edit]:
                edit = deeds.flag(view.portrait.id, flag, why, actor)
                return Undoable(edit, Undo(self.tr("已改标记"), lambda _j: undo(edit, actor)))

            self._page.work.change(deed, owner=self._page, title=self.tr("改标记"))

        dialog.accepted.connect(write)
        _open(dialog)

    # -- common ------------------------------------------------------------------------------------------

    @property
    def _actor(self) -> Actor:
        return self._page.actor

    @property
    def _deeds(self) -> CardDeeds:
        return self._page.desk.card_deeds

    def _change(self, deed: Callable[[], T], title: str, undo: tuple[str, Callable[[], object]] | None = None) -> None:
        """Do `deed`; `undo` is what the toast says and what takes it back."""

        def write(_job: Job) -> T | Undoable[T]:
            result = deed()
            return result if undo is None else Undoable(result, Undo(undo[0], lambda _j: undo[1]()))

        self._page.work.change(write, owner=self._page, title=title)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
