"""复制了 → 已发送? One line and one key: Y files the message, N keeps that it was not sent; with Shift, of all."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.base.clock import china_datetime
from guide_app.flows.desk import Desk
from guide_app.followup.copies import OpenCopy
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.errors import Failure
from ui.kit.text import ElidedLabel, plain_tip
from ui.kit.toast import Notice
from ui.kit.work import Job, Work

_SEVERAL = 2


class Answer(Protocol):
    """Takes the one word that answers."""

    def __call__(self, *, sent: bool) -> None:
        """Say whether it was sent."""
        ...


class SentQuestion(Card):
    """Asks about the newest copy that has no answer, until there is none; hidden while there is nothing to ask.

    The questions are records of the book, so they outlive the window. Y and N work wherever nothing is being typed;
    after a batch Shift+Y and Shift+N answer all that wait.
    """

    said = Signal(object)
    """`Notice` of what an answer did."""

    def __init__(self, page: QWidget, work: Work, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Sit hidden in `page`, whose keys Y and N answer; nothing is read before `look`."""
        super().__init__("wash", padding=8)
        self._work, self._desk, self._acting = work, desk, acting
        self.question: OpenCopy | None = None
        self._waiting: Sequence[OpenCopy] = ()
        self._before: QWidget | None = None
        self.words = ElidedLabel("", "strong")
        self.yes = button(self.tr("已发送 (Y)"), "primary")
        self.no = button(self.tr("没有发 (N)"))
        self.all = button("")
        self.all.setToolTip(self.tr("Shift+Y 全部已发送, Shift+N 全部没有发"))
        self.later = button(self.tr("稍后 (Esc)"), "quiet")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for made in (self.yes, self.all, self.no, self.later):
            line.addWidget(made)
        self.use_body().addLayout(line)
        self.body.setContentsMargins(14, 6, 10, 6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys = [self._key(page, "Y", self.answer, sent=True), self._key(page, "N", self.answer, sent=False)]
        self._keys_of_all = [
            self._key(page, "Shift+Y", self.answer_all, sent=True),
            self._key(page, "Shift+N", self.answer_all, sent=False),
        ]
        self.all.clicked.connect(lambda: self.answer_all(sent=True))
        self.yes.clicked.connect(lambda: self.answer(sent=True))
        self.no.clicked.connect(lambda: self.answer(sent=False))
        self.later.clicked.connect(self.put_off)
        self._show([])

    def _key(self, page: QWidget, keys: str, deed: Answer, *, sent: bool) -> QShortcut:
        made = QShortcut(QKeySequence(keys), page)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: deed(sent=sent))
        return made

    def ask(self) -> None:
        """Something was copied just now: ask, and take the keyboard, so that the next key is the answer."""
        self._look(taking=True)

    def look(self) -> None:
        """Show what waits for an answer; the keyboard stays where it is."""
        self._look(taking=False)

    def answer(self, *, sent: bool) -> None:
        """Answer the question in sight."""
        asked, actor = self.question, self._acting()
        if asked is None:
            return
        self.question = None  # a second press of the key is none for the next question
        copies = self._desk.copies
        self._change(lambda _job: copies.answer(asked.id, actor, sent=sent), self._done(asked, sent=sent))

    def answer_all(self, *, sent: bool) -> None:
        """Answer all questions that wait, as many as were told, with one word."""
        actor, waiting = self._acting(), self._waiting
        if self.question is None or len(waiting) < _SEVERAL:
            return
        self.question = None
        copies, asked = self._desk.copies, [one.id for one in waiting]
        self._change(lambda _job: copies.answer_all(asked, actor, sent=sent), self._done_all(len(asked), sent=sent))

    def _change(self, deed: Callable[[Job], object], notice: Notice) -> None:
        def done(_result: object) -> None:
            self.said.emit(notice)
            self._look(taking=False)

        def failed(failure: Failure) -> None:
            self._work.failed.emit(failure)
            self._look(taking=False)  # what could not be answered is asked once more

        self._work.change(deed, owner=self, done=done, failed=failed)

    def put_off(self) -> bool:
        """Give the keyboard back; the question stays. False if the keyboard was not here."""
        focused = self.window().focusWidget()
        if focused is None or not (focused is self or self.isAncestorOf(focused)):
            return False
        self._give_back()
        return True

    def _done(self, asked: OpenCopy, *, sent: bool) -> Notice:
        if sent:
            return Notice(self.tr("已记到{name}的时间线").format(name=asked.client_name))
        return Notice(self.tr("记下了: 没有发给{name}, 不算联系").format(name=asked.client_name))

    def _done_all(self, count: int, *, sent: bool) -> Notice:
        if sent:
            return Notice(self.tr("{count} 条都记到各自的时间线了").format(count=count))
        return Notice(self.tr("记下了: {count} 条都没有发, 不算联系").format(count=count))

    def _look(self, *, taking: bool) -> None:
        copies, guide = self._desk.copies, self._acting().guide_id

        def show(waiting: Sequence[OpenCopy]) -> None:
            self._show(waiting)
            if taking and waiting:
                self._take()

        self._work.query(lambda _job: copies.unanswered(guide), owner=self, slot="look", done=show)

    def _show(self, waiting: Sequence[OpenCopy]) -> None:
        self.question = waiting[0] if waiting else None
        self._waiting = tuple(waiting)
        several = len(waiting) >= _SEVERAL
        for key in self._keys:
            key.setEnabled(bool(waiting))
        for key in self._keys_of_all:
            key.setEnabled(several)
        self.all.setText(self.tr("{count} 条都已发送 (Shift+Y)").format(count=len(waiting)))
        self.all.setVisible(several)
        if not waiting:
            if self.hasFocus() or self.isAncestorOf(self.window().focusWidget() or self.window()):
                self._give_back()
            self.hide()
            return
        asked = waiting[0]
        at = f"{china_datetime(asked.at):%H:%M}"
        text = self.tr("{time} 复制给{name}的消息, 发出去了吗?").format(time=at, name=asked.client_name)
        more = self.tr(" · 还有 {count} 条").format(count=len(waiting) - 1) if len(waiting) > 1 else ""
        self.words.setText(text + more)
        self.words.setToolTip(plain_tip(asked.body))
        self.setAccessibleName(text)
        self.show()

    def _take(self) -> None:
        window = self.window()
        focused = window.focusWidget()
        if focused is not self:
            self._before = focused
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_back(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
