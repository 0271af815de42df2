"""One client's portrait: who she is, what she bought, what happened, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.clock import china_datetime
from guide_app.followup.model import Suggestion
from ui.kit.buttons import IconButton, button
from ui.kit.card import Card, SectionTitle
from ui.kit.i18n import counted, listed
from ui.kit.inline import Edited, InlineEdit, InlineText
from ui.kit.painted import Avatar
from ui.kit.scroll import scrolled
from ui.kit.text import ElidedLabel, label
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs
from ui.pages.clients.brief import brief
from ui.pages.clients.facts import FactGrid
from ui.pages.clients.history import HistoryTabs
from ui.pages.clients.lines import clear
from ui.pages.clients.next_deed import NextDeed
from ui.pages.clients.note_line import NoteLine
from ui.pages.clients.segment_outlook import OutlookLine
from ui.pages.clients.standing_bar import StandingBar
from ui.pages.clients.tag_strip import TagStrip
from ui.pages.clients.view import Ask, ClientView, FieldEdit
from ui.pages.clients.words import birthday_text, contact_text, sex_text


class PortraitPane(Card):
    """Shows one client and says what the guide wants: every signal carries one frozen object or the client's id."""

    edited = Signal(object)
    """`FieldEdit`."""
    tag_added = Signal(str)
    tag_removed = Signal(str)
    tags_asked = Signal()
    """The picker is wanted."""
    sources_asked = Signal()
    rhythm_asked = Signal()
    note_written = Signal(object)
    """`NewNote`."""
    asked = Signal(object)
    """`Ask`."""
    said = Signal(object)
    """`Said`."""
    narrowed = Signal()
    """Other kinds or authors of the timeline are wanted: `tabs.timeline.kinds` and `.author`."""
    piece_opened = Signal(str)
    """The id of a product of her closet."""
    promise_asked = Signal()
    share_asked = Signal()
    words_asked = Signal()
    coupon_asked = Signal()
    reveal_asked = Signal()
    star_asked = Signal(bool)
    birthday_asked = Signal()
    contact_asked = Signal()
    archive_asked = Signal()
    colleague_asked = Signal()
    store_asked = Signal()
    merge_asked = Signal()
    unmerge_asked = Signal()
    brief_asked = Signal()
    profiling_refused = Signal(bool)
    copy_asked = Signal()
    sale_asked = Signal()
    promise_kept = Signal(str)

    def __init__(self, theme: Theme, now: Callable[[], int], thumbs: Thumbs) -> None:
        """Lay out empty; `show_client` fills it."""
        super().__init__(padding=0)
        self._theme, self._now = theme, now
        self.view: ClientView | None = None
        inner = QWidget()
        self._sheet = QVBoxLayout(inner)
        self._sheet.setContentsMargins(14, 14, 14, 14)
        self._sheet.setSpacing(10)
        self.fill(scrolled(inner, by_keys=True))
        self._head()
        self._tags()
        self._promises = QVBoxLayout()
        self._sheet.addLayout(self._promises)
        self._next()
        self.facts = FactGrid()
        self._sheet.addWidget(self.facts)
        self.outlook = OutlookLine()
        self._sheet.addWidget(self.outlook)
        self._write_note()
        self._history(thumbs)
        self._fields()

    # -- parts -------------------------------------------------------------------------------------------

    def _head(self) -> None:
        self.face = Avatar(self._theme, "", 48)
        self.name = InlineEdit(self.tr("姓名"))
        self.name.setProperty("strong", True)
        self.name.edited.connect(lambda e: self._edit("name", e))
        self.who = label("", "muted")
        self.phone = button("", "link")
        self.phone.setToolTip(self.tr("显示完整号码 (会记录)"))
        self.phone.clicked.connect(self.reveal_asked)
        self.contact = button("", "link")
        self.contact.clicked.connect(self.contact_asked)
        self.star = IconButton(self._theme, "star", self.tr("加入亲密名单"))
        self.star.setCheckable(True)
        self.star.clicked.connect(self._ask_star)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.who)
        first.addWidget(self.star)
        first.addWidget(self._more())
        second = QHBoxLayout()
        second.setSpacing(2)
        second.addWidget(self.phone)
        second.addWidget(self.contact)
        second.addStretch(1)
        lines.addLayout(first)
        lines.addLayout(second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.face)
        head.addLayout(lines, 1)
        self._sheet.addLayout(head)
        self.colleagues = label("", "hint", wrap=True)
        self._sheet.addWidget(self.colleagues)
        self.caution = label("", "danger", wrap=True)
        self._sheet.addWidget(self.caution)

    def _more(self) -> IconButton:
        """The seldom deeds, behind three dots."""
        self.more = IconButton(self._theme, "more", self.tr("更多"))
        self.menu = QMenu(self)
        for text, wanted in (
            (self.tr("转给同事…"), self.colleague_asked),
            (self.tr("转到别的门店…"), self.store_asked),
            (self.tr("合并到…"), self.merge_asked),
            (self.tr("撤销合并…"), self.unmerge_asked),
        ):
            self.menu.addAction(text).triggered.connect(wanted)
        self.menu.addSeparator()
        self.rhythm = self.menu.addAction(self.tr("联系节奏…"))
        self.rhythm.triggered.connect(self.rhythm_asked)
        brief = self.menu.addAction(self.tr("30 秒速览…"))
        brief.setShortcut("Ctrl+P")
        brief.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page has the key itself
        brief.triggered.connect(self.brief_asked)
        self.menu.addAction(self.tr("补录购买…")).triggered.connect(self.sale_asked)
        self.menu.addAction(self.tr("给客户一份副本…")).triggered.connect(self.copy_asked)
        self.no_profiling = self.menu.addAction(self.tr("不做画像"))
        self.no_profiling.setCheckable(True)
        self.no_profiling.triggered.connect(self._ask_profiling)
        self.more.clicked.connect(lambda: self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        return self.more

    def _tags(self) -> None:
        self.tags = TagStrip()
        self.new_tag = self.tags.new_tag
        self.tags.added.connect(self.tag_added)
        self.tags.removed.connect(self.tag_removed)
        self.tags.pick_asked.connect(self.tags_asked)
        self.tags.sources_asked.connect(self.sources_asked)
        self.standing = StandingBar()
        self.standing.asked.connect(self.asked)
        # Side by side they are wider than the pane in English.
        self._sheet.addWidget(self.tags)
        self._sheet.addWidget(self.standing)

    def _next(self) -> None:
        self.next = NextDeed()
        for said, asked in (
            (self.next.share_asked, self.share_asked),
            (self.next.words_asked, self.words_asked),
            (self.next.coupon_asked, self.coupon_asked),
            (self.next.promise_asked, self.promise_asked),
        ):
            said.connect(asked)
        self.share, self.coupon = self.next.share, self.next.coupon
        self.promise = self.next.promise
        self._sheet.addWidget(self.next)

    def _fields(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        self.inputs: dict[str, InlineEdit] = {}
        names = {
            "wechat": self.tr("微信"),
            "preference": self.tr("偏好"),
            "shoe_size": self.tr("鞋码"),
            "top_size": self.tr("上装"),
            "trousers_size": self.tr("下装"),
            "ring_size": self.tr("戒指"),
        }
        for number, (field, text) in enumerate(names.items()):
            line, column = divmod(number, 2)
            grid.addWidget(label(text, "hint"), line, column * 2)
            made = InlineEdit(text, placeholder="—")
            made.edited.connect(lambda e, f=field: self._edit(f, e))
            self.inputs[field] = made
            grid.addWidget(made, line, column * 2 + 1)
        grid.addWidget(label(self.tr("生日"), "hint"), 3, 0)
        self.birthday = button("—", "link")
        self.birthday.clicked.connect(self.birthday_asked)
        grid.addWidget(self.birthday, 3, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(self.tr("专属导购"), "hint"), 3, 2)
        self.guide = label("")
        grid.addWidget(self.guide, 3, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.archive = button(self.tr("归档"), "link")
        self.archive.clicked.connect(self.archive_asked)
        self.add_size = button(self.tr("+ 按品牌记尺码"), "link")
        self.add_size.clicked.connect(lambda: self.asked.emit(Ask("size.add")))
        self._sheet.addWidget(SectionTitle(self.tr("资料"), "", self.add_size, self.archive))
        self._sheet.addLayout(grid)
        self.remark = InlineText(self.tr("备注"))
        self.remark.setPlaceholderText(self.tr("备注: 只有本店导购看得到"))
        self.remark.setFixedHeight(48)
        self.remark.edited.connect(lambda e: self._edit("remark", e))
        self._sheet.addWidget(self.remark)

    def _write_note(self) -> None:
        self.writing = NoteLine()
        self.writing.written.connect(self.note_written)
        self.note, self.private = self.writing.field, self.writing.private
        self._sheet.addWidget(self.writing)

    def _history(self, thumbs: Thumbs) -> None:
        self.tabs = HistoryTabs(self._theme, thumbs)
        self.tabs.asked.connect(self.asked)
        self.tabs.said.connect(self.said)
        self.tabs.narrowed.connect(self.narrowed)
        self.tabs.purchases.closet.opened.connect(self.piece_opened)
        self._sheet.addWidget(self.tabs, 1)

    # -- showing -----------------------------------------------------------------------------------------

    def show_client(self, view: ClientView) -> None:
        """Show a client; fields being typed in are left alone."""
        if self.view is None or self.view.portrait.id != view.portrait.id:
            self.writing.reset()
            self.next.show_suggestion(None)
            self.new_tag.clear()
        self.view = view
        portrait, fields = view.portrait, view.portrait.fields
        self.face.set_name(fields["name"])
        self.name.set_value(fields["name"])
        self.who.setText(" ".join(filter(None, (sex_text(fields["sex"]), fields["level"]))))
        self.phone.setText(portrait.phone_masked or self.tr("没有手机号"))
        self.phone.setEnabled(bool(portrait.phone_masked))
        words, _role = contact_text(fields["contact_state"])
        self.contact.setText(words)
        self.no_profiling.setChecked(bool(fields["no_profiling"]))
        self.star.setChecked(bool(fields["starred"]))
        for field, made in self.inputs.items():
            made.set_value(fields[field])
        self.remark.set_value(fields["remark"])
        self.birthday.setText(birthday_text(fields) or self.tr("填写"))
        self.guide.setText(portrait.primary_guide_name or "—")
        self.tags.show_tags(view.hanging)
        self.rhythm.setVisible(bool(fields["starred"]))
        self._show_colleagues(view)
        self._show_caution(view)
        self._show_promises(view)
        self.next.show_room(view.room, promised=bool(view.promises))
        self.standing.show_view(view)
        self.outlook.show_view(view)
        self.facts.set_facts(brief(view))
        self.tabs.show_view(view)

    def show_nobody(self) -> None:
        """Forget who was shown: no key that is pressed from now on is about her."""
        self.view = None

    def show_suggestion(self, client_id: str, suggestion: Suggestion | None) -> None:
        """Say why to contact the client of this id, if she is still the one who is shown."""
        if self.view is not None and self.view.portrait.id == client_id:
            self.next.show_suggestion(suggestion)

    def show_phone(self, phone: str) -> None:
        """Show the number in clear until another client is shown."""
        self.phone.setText(phone)

    def _show_colleagues(self, view: ClientView) -> None:
        served = view.card.colleagues
        said = [counted(self.tr("还有 {count} 位同事服务过").format(count=served.count))] if served.count else []
        said += [listed(served.here)] if served.here else []
        said += [self.tr("别家店 {count} 位").format(count=served.elsewhere)] if served.elsewhere else []
        self.colleagues.setText(" · ".join(said))
        self.colleagues.setVisible(bool(said))

    def _show_caution(self, view: ClientView) -> None:
        """What head office says is to be heeded: those who carry it are on no list, and whoever writes should know."""
        heeded = listed(tag.name for tag in view.hanging if tag.blocks)
        self.caution.setText(self.tr("⚠ 注意: {tags}。她不进名单, 不派任务; 联系前先想一想").format(tags=heeded))
        self.caution.setVisible(bool(heeded))

    def _show_promises(self, view: ClientView) -> None:
        clear(self._promises)
        before: QWidget = self.standing.sops
        for promise in view.promises:
            box = Card("wash", padding=8)
            line = QHBoxLayout()
            due = f" · {china_datetime(promise.due_at):%m-%d}" if promise.due_at else ""
            line.addWidget(ElidedLabel(self.tr("答应过: {title}").format(title=promise.title) + due, "strong"), 1)
            kept = button(self.tr("兑现了"), "primary")
            kept.setAccessibleName(f"{kept.text()} {promise.title}")
            kept.clicked.connect(lambda _=False, task=promise.id: self.promise_kept.emit(task))
            line.addWidget(kept)
            box.use_body().addLayout(line)
            self._promises.addWidget(box)
            self.setTabOrder(before, kept)  # made later than what stands below
            before = kept

    # -- deeds -------------------------------------------------------------------------------------------

    def _ask_star(self, on: bool) -> None:
        self.star.setChecked(not on)  # it shows what is filed: the list may be full
        self.star_asked.emit(on)

    def _ask_profiling(self, refused: bool) -> None:
        self.no_profiling.setChecked(not refused)  # it shows what is filed, not what was pressed
        self.profiling_refused.emit(refused)

    def _edit(self, field: str, edit: Edited) -> None:
        if self.view is not None:
            self.edited.emit(FieldEdit(self.view.portrait.id, field, edit.after))
