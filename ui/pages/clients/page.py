"""客户: three panes, and every deed a guide does with a client."""

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.clients.dates import with_age_band
from guide_app.clients.model import ClientFilter, ClientRow, Edit
from guide_app.clients.sizes import SizeKind
from guide_app.clients.stated_sizes import SIZE_FIELDS
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import authors, last_contact, timeline
from guide_app.followup.intimate import USUAL_RHYTHM_DAYS
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.errors import Failure
from ui.kit.page import PageContext, Target
from ui.kit.rows import Chosen, RowList
from ui.kit.scroll import scrolled
from ui.kit.text import ElidedLabel, restyle
from ui.kit.thumbs import Pictures, Thumbs
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.birthday_dialog import BirthdayDialog
from ui.pages.clients.book_list import ClientDelegate, book_model, book_source, found_model
from ui.pages.clients.brief_deed import BriefDeed
from ui.pages.clients.bring_file import ask_file
from ui.pages.clients.card_deeds import CardActions
from ui.pages.clients.dialogs import PromiseDialog
from ui.pages.clients.finder import FinderField
from ui.pages.clients.gift import CouponGiving
from ui.pages.clients.handing_over import HandingOver
from ui.pages.clients.her_rights import HerRights
from ui.pages.clients.intimate_dialog import RhythmDialog
from ui.pages.clients.newcomer import Newcomers
from ui.pages.clients.nobody import FoundStack
from ui.pages.clients.offering import CouponOffering
from ui.pages.clients.portrait import PortraitPane
from ui.pages.clients.reveal_dialog import RevealDialog
from ui.pages.clients.sale import NotedSales
from ui.pages.clients.segment_deeds import SegmentActions
from ui.pages.clients.side import SegmentPane, Sides
from ui.pages.clients.tag_deeds import TagActions
from ui.pages.clients.take_dialog import ask_to_take
from ui.pages.clients.tool_row import ToolRow
from ui.pages.clients.twins import Twins
from ui.pages.clients.view import Ask, ClientView, FieldEdit, NewNote

_FOUND = 200
_NARROW = 960  # px: the page in a window of less than 1,080
# Who runs down the list with a held key stands on nobody for so long.
_STANDS_MS = 150
_SIZE_KINDS: Mapping[str, SizeKind] = MappingProxyType({field: kind for kind, field in SIZE_FIELDS.items()})


def _no_picture(_sha256: str) -> None:
    """Nothing lies on this PC."""


class ClientsPage(DeskPage):
    """客户."""

    key = "clients"
    watches = frozenset(
        {
            "client", "client_tag", "note", "purchase", "task", "share", "share_event", "coupon", "coupon_gift",
            "client_date", "relation", "wish", "stated_size", "service", "bought_for", "custom_value", "custom_field",
            "consent", "segment", "segment_member",
        }
    )  # fmt: skip

    def __init__(
        self, context: PageContext, desk: Desk, acting: Callable[[], Actor], pictures: Pictures = _no_picture
    ) -> None:
        """Lay the panes out; data comes with `refresh`. `pictures` says where a product's picture lies."""
        super().__init__(context, desk, acting)
        now = desk.clock.now_ms
        self._client_id = self._sought = ""
        self._chosen_anew = False
        self.side = SegmentPane()
        self.side.setFixedWidth(190)
        self.list = RowList(ClientDelegate(self.theme, now), self.tr("客户"))
        self.search = FinderField(self.list.keyPressEvent)
        self.search.setPlaceholderText(self.tr("姓名、拼音、首字母、手机号任意几位、标签、备注"))
        self.search.setAccessibleName(self.tr("查找客户"))
        self.search.setClearButtonEnabled(True)
        self.count = ElidedLabel("", "hint")
        self.add = button(self.tr("+ 客户"), "primary")
        self.bring = button(self.tr("导入"), "quiet")
        self.take = button(self.tr("导出"), "quiet")
        self.results = FoundStack(self.theme, self.list)
        self._tools = ToolRow((self.add, self.bring, self.take), (self.search, self.count))
        self.book = book_model(self.work, desk.clients, ClientFilter(), "")
        self.found = found_model()
        self.list.setModel(self.book)
        self.thumbs = Thumbs(self.work, pictures)
        self.thumbs.setParent(self)
        self.portrait = PortraitPane(self.theme, now, self.thumbs)
        self.portrait.writing.guard = desk.client_deeds.guard
        self.handing_over = HandingOver(self, lambda: self.portrait.view.portrait if self.portrait.view else None)
        self.twins = Twins(self, self.handing_over.join)
        self.rights = HerRights(self, lambda: self.portrait.view.portrait if self.portrait.view else None)
        self.sales = NotedSales(
            self, self.portrait, lambda: self.portrait.view.portrait if self.portrait.view else None
        )
        self.card = CardActions(self, lambda: self.portrait.view)
        self.tags = TagActions(self, lambda: self.portrait.view)
        self.segments = SegmentActions(self, self.side, pictures=pictures)
        self.brief = BriefDeed(self)
        self.newcomers = Newcomers(self, self._show_client)
        self.giving = CouponGiving(self, self.newcomers.ask)
        self.offering = CouponOffering(self)
        self._right = QStackedWidget()
        hint = self.tr("从左边的列表选一位, 或按 Ctrl+K 查找。")
        self._right.addWidget(_in_card(EmptyState(self.theme, "clients", self.tr("选一位客户"), hint)))
        self._right.addWidget(self.portrait)
        self._standing = QTimer(self)
        self._standing.setSingleShot(True)
        self._standing.setInterval(_STANDS_MS)
        self._standing.timeout.connect(self._ask_why)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        middle = Card()
        middle.add_row(self._tools)
        middle.add_quiet(self.twins.hint)
        middle.add_row(self.segments.bar)
        middle.fill(self.results)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        self._right.setMinimumWidth(340)  # four figures and the deeds fit
        columns.addWidget(_scrolled_card(self.side))
        columns.addWidget(middle, 11)
        columns.addWidget(self._right, 8)

    def _connect(self) -> None:
        self.side.chosen.connect(self._filter)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self.results.add)
        self.work.offered_undo.connect(self.search.yield_undo)
        self.results.add_asked.connect(lambda typed: self.newcomers.ask(self._show_client, typed))
        self.add.clicked.connect(self.new_client)
        self.bring.clicked.connect(lambda: ask_file(self))
        self.take.clicked.connect(lambda: ask_to_take(self))
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(self._moved)
        self.book.loaded.connect(self._loaded)
        pane = self.portrait
        pane.edited.connect(self._edit)
        pane.tag_added.connect(lambda name: self.tags.hang(self._client_id, Hanging(name)))
        pane.tag_removed.connect(lambda name: self.tags.take_off(self._client_id, name))
        pane.tags_asked.connect(self.tags.pick)
        pane.sources_asked.connect(self.tags.sources)
        pane.rhythm_asked.connect(self._rhythm)
        pane.note_written.connect(self._note)
        pane.piece_opened.connect(lambda product: self.navigate.emit(Target("products", product)))
        pane.asked.connect(self.card.act)
        pane.said.connect(self.card.answer)
        pane.narrowed.connect(lambda: self._show_client(self._client_id))
        for keys, ask in (("F8", Ask("sops")), ("F9", Ask("state.next")), ("Shift+F9", Ask("state.back"))):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.card.act, ask))
        for keys, open_it in (("F7", self.tags.pick), ("Shift+F7", self.tags.sources), ("Ctrl+N", self.new_client)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(open_it)
        pane.promise_asked.connect(self._promise)
        pane.promise_kept.connect(self._kept)
        pane.share_asked.connect(lambda: self.navigate.emit(Target("share", args={"client": self._client_id})))
        pane.words_asked.connect(lambda: self.navigate.emit(Target("scripts", args=dict(self.in_hand))))
        pane.coupon_asked.connect(lambda: self.offering.ask(self._client_id))
        pane.tabs.coupons.give_asked.connect(self.giving.ask)
        pane.reveal_asked.connect(self._ask_reveal)
        pane.star_asked.connect(lambda on: self._change({"starred": on}))
        pane.birthday_asked.connect(self._birthday)
        pane.contact_asked.connect(self.rights.consents)
        pane.profiling_refused.connect(self.rights.profiling)
        pane.copy_asked.connect(self.rights.copy)
        pane.archive_asked.connect(self._archive)
        pane.colleague_asked.connect(self.handing_over.to_colleague)
        pane.store_asked.connect(self.handing_over.to_store)
        pane.merge_asked.connect(self.handing_over.merge)
        pane.unmerge_asked.connect(self.handing_over.unmerge)
        pane.brief_asked.connect(self._open_brief)
        brief_key = QShortcut(QKeySequence("Ctrl+P"), self)
        brief_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        brief_key.activated.connect(self._open_brief)

    # -- reading -----------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Show the client that `target` names; `give` in its args is the code of a coupon that she gives on."""
        if target.record:
            self._show_client(target.record)
        if "give" in target.args:
            self.giving.ask(target.args["give"])

    @property
    def in_hand(self) -> Mapping[str, str]:
        """The client shown."""
        return {"client": self._client_id}

    def refresh(self) -> None:
        """Read list, counts, tags and the shown portrait again."""
        guide = self.actor.guide_id
        what = self.side.filter
        clients = self.desk.clients

        def sides(_job: object) -> Sides:
            return Sides(clients.books(guide), dict(clients.counts(what.book, guide)), clients.used_tags(guide))

        self.work.query(sides, owner=self, slot="sides", done=self._show_sides)
        self.segments.refresh()
        self.twins.refresh()
        self._reload(what)
        if self._client_id:
            self._show_client(self._client_id)

    def pictures_arrived(self) -> None:
        """New pictures lie on this PC: show them."""
        self.thumbs.look_again()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever comes to the page can type whom she looks for; a focus proxy would hide the buttons before it."""
        super().focusInEvent(event)
        self.search.setFocus(event.reason())

    def back(self) -> bool:
        """Esc clears the search first."""
        if self.search.text():
            self.search.clear()
            return True
        return False

    def _reload(self, what: ClientFilter) -> None:
        if self.search.text().strip():
            self._find(self.search.text())
        else:
            chosen = self.segments.source()
            self.book.set_source(chosen or book_source(self.desk.clients, what, self.actor.guide_id))

    def _filter(self, what: ClientFilter) -> None:
        self._chosen_anew = True
        self.search.clear()
        self.refresh()
        del what

    def _show_sides(self, sides: Sides) -> None:
        self.side.show_sides(sides)
        self.say(self.tr("客户"), self.tr("{count} 位").format(count=f"{sides.counts['all']:,}"))

    def _find(self, text: str) -> None:
        if not text.strip():
            self._sought = ""
            self.list.setModel(self.book)
            self.results.show_found("", 0)
            self._loaded()
            return
        started, guide = perf_counter(), self.actor.guide_id

        def found(rows: tuple[ClientRow, ...]) -> None:
            self.found.set_rows(rows)
            if self.list.model() is not self.found:
                self.list.setModel(self.found)
            spent = round((perf_counter() - started) * 1000)
            self.count.setText(self.tr("{count} 位 · {ms} 毫秒").format(count=len(rows), ms=spent))
            self.results.show_found(text, len(rows))
            anew, self._sought = text != self._sought or not self._client_id, text
            if not anew:
                self.list.mark(lambda row: row.id == self._client_id)  # the book changed under what was found
            elif rows:
                self._first_row()
            else:
                self._show_nobody()  # whoever stood at the right is not who was looked for

        self.work.query(lambda _job: self.desk.clients.search(text, _FOUND, guide), owner=self, slot="find", done=found)

    def _loaded(self) -> None:
        if not self.search.text().strip():
            self.count.setText(self.tr("{count} 位").format(count=f"{self.book.rowCount():,}"))
            self.results.show_list(self.book.rowCount())
            anew, self._chosen_anew = self._chosen_anew, False
            if anew and not self.book.rowCount():
                self._show_nobody()  # whoever stood at the right is not on the list that was asked for
            elif self._client_id:
                self.list.mark(lambda row: row.id == self._client_id)
            else:
                self._first_row()

    def _first_row(self) -> None:
        model = self.list.model()
        if model is not None and model.rowCount():
            self.list.setCurrentIndex(model.index(0, 0))

    def _moved(self, chosen: Chosen) -> None:
        if chosen.row is not None:
            self._show_client(chosen.row.id)

    def _show_client(self, client_id: str) -> None:
        self._client_id = client_id
        desk, guide, shown = self.desk, self.actor.guide_id, self.portrait.tabs.timeline
        kinds, author = shown.kinds, shown.author

        def read(_job: object) -> ClientView:
            promises = tuple(t for t in desk.followup.of_client(client_id) if t.kind == "promise")
            return ClientView(
                desk.clients.portrait(client_id, guide), desk.clients.purchases(client_id),
                desk.coupons.of_client(client_id),
                promises, timeline(desk.db, client_id, guide_id=guide, kinds=kinds, author=author),
                desk.card.card(client_id, guide), desk.clock.now_ms(), desk.followup.contact_room(client_id),
                tuple(authors(desk.db, client_id, guide)), last_contact(desk.db, client_id),
                outlook=desk.rhythm.outlook(client_id), limits=desk.segments.limits(),
                hanging=desk.tags.of_client(client_id, guide),
            )  # fmt: skip

        self.work.query(read, owner=self, slot="portrait", done=self._show_portrait, failed=self._not_shown)
        self._standing.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give search a line of its own where there is little room: side by side, it would show three letters."""
        super().resizeEvent(event)
        self._tools.stack(narrow=event.size().width() < _NARROW)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody stands on anybody any more: the window closes, or another page is shown."""
        super().hideEvent(event)
        self._standing.stop()

    def _ask_why(self) -> None:
        """Ask why to contact whoever is shown: it means looking through the whole book."""
        client_id, guide, followup = self._client_id, self.actor.guide_id, self.desk.followup
        if client_id:
            self.work.query(
                lambda _job: followup.about(client_id, guide),
                owner=self,
                slot="suggestion",
                done=partial(self.portrait.show_suggestion, client_id),
            )

    def _show_portrait(self, view: ClientView) -> None:
        if view.portrait.id == self._client_id:
            self.portrait.show_client(view)
            self.sales.refresh(view.portrait.id)
            self._right.setCurrentWidget(self.portrait)

    def _not_shown(self, failure: Failure) -> None:
        """Who was erased, or went to another store, while she was looked at does not stay on the screen."""
        if failure.code != "client.unknown":
            self.failure.emit(failure)
            return
        self._show_nobody()
        self.notice.emit(Notice(self.tr("这位客户已不在本机: 被抹除, 或转到了别店")))

    def _show_nobody(self) -> None:
        """No deed, and no page that is opened from here, is about who was shown before."""
        self._standing.stop()
        self._client_id = ""
        self.portrait.show_nobody()
        self._right.setCurrentIndex(0)

    # -- deeds -------------------------------------------------------------------------------------------

    def new_client(self) -> None:
        """Ask for a new client's fields and add her."""
        self.newcomers.ask(self._show_client)

    def _edit(self, edit: FieldEdit) -> None:
        kind = _SIZE_KINDS.get(edit.field)
        if kind is not None:
            self.card.size(edit.client_id, kind, edit.value)
            return
        self._change({edit.field: edit.value}, edit.client_id)

    def _change(self, fields: dict[str, Any], client_id: str = "") -> None:
        actor, deeds = self.actor, self.desk.client_deeds
        which = client_id or self._client_id

        def write(_job: Job) -> Undoable[Edit]:
            edit = deeds.edit(which, fields, actor)
            return Undoable(edit, Undo(self.tr("已修改客户资料"), lambda _j: deeds.undo(edit, actor)))

        self.work.change(write, owner=self, title=self.tr("修改客户"))

    def _archive(self) -> None:
        actor, deeds, which = self.actor, self.desk.client_deeds, self._client_id

        def write(_job: Job) -> Undoable[Edit]:
            edit = deeds.archive(which, actor)
            return Undoable(edit, Undo(self.tr("已归档客户"), lambda _j: deeds.undo(edit, actor)))

        self.work.change(write, owner=self, title=self.tr("归档客户"))

    def _rhythm(self) -> None:
        if self.portrait.view is None:
            return
        dialog = RhythmDialog(self, int(self.portrait.view.portrait.fields["rhythm_days"]) or USUAL_RHYTHM_DAYS)
        dialog.accepted.connect(lambda: self._change({"rhythm_days": dialog.days.value()}))
        _open(dialog)

    def _note(self, note: NewNote) -> None:
        actor, which = self.actor, self._client_id

        def not_taken(failure: Failure) -> None:
            if which == self._client_id:
                self.portrait.writing.put_back(note)
            self.work.failed.emit(failure)

        self.work.change(
            lambda _job: self.desk.client_deeds.note(which, note.text, actor, note.kind, private=note.private),
            owner=self,
            failed=not_taken,
            title=self.tr("记一笔"),
        )

    def _open_brief(self) -> None:
        if self._client_id:
            self.brief.open(self._client_id)

    def _promise(self) -> None:
        dialog = PromiseDialog(self, self.desk.clock.now_ms())
        actor, which = self.actor, self._client_id

        def write() -> None:
            title, due = dialog.title.text(), dialog.due_ms()
            self.work.change(
                lambda _job: self.desk.followup_deeds.promise(which, title, due, actor),
                owner=self,
                title=self.tr("记下承诺"),
            )

        dialog.accepted.connect(write)
        _open(dialog)

    def _kept(self, task_id: str) -> None:
        actor = self.actor
        self.work.change(
            lambda _job: self.desk.followup_deeds.done(task_id, actor), owner=self, title=self.tr("兑现承诺")
        )

    def _ask_reveal(self) -> None:
        dialog = RevealDialog(self)
        dialog.accepted.connect(lambda: self._reveal(dialog.reason()))
        _open(dialog)

    def _reveal(self, reason: str) -> None:
        actor, which = self.actor, self._client_id

        def shown(phone: str) -> None:
            if which == self._client_id:
                QTimer.singleShot(0, self, partial(self.portrait.show_phone, phone))

        self.work.change(
            lambda _job: self.desk.privacy_deeds.reveal_phone(which, reason, actor), owner=self, done=shown
        )

    def _birthday(self) -> None:
        if self.portrait.view is None:
            return
        today = china_date(self.desk.clock.now_ms())
        dialog = BirthdayDialog(self, dict(self.portrait.view.portrait.fields), today)
        dialog.accepted.connect(lambda: self._change(with_age_band(dialog.fields(), today)))
        _open(dialog)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _scrolled_card(pane: QWidget) -> Card:
    """The pane, as wide as it is, in a card that keeps its frame while what is inside scrolls."""
    restyle(pane, card="inner")
    area = scrolled(pane, by_keys=True)
    around = Card()
    around.setFixedWidth(pane.width() + 14)  # the scroll bar has its place beside the pane
    around.fill(area)
    return around


def _in_card(widget: QWidget) -> Card:
    card = Card()
    card.fill(widget)
    return card
