"""Handing out: clipboard, drag, paper, file. Whatever leaves is recorded, once for each link.

What goes to the clipboard is recorded first: a client who has been contacted enough is refused before it is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.flows.sending import Handed
from guide_app.sharing.caption import with_link
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.print_log import DISCREET, Printout
from ui.kit.errors import Failure
from ui.kit.poster.maker import Format
from ui.kit.poster.render import PosterRenderer
from ui.kit.work import Work
from ui.pages.share.draft import Draft, Outbox, Part, goods_of
from ui.pages.share.easel import Easel
from ui.pages.share.handout import Outlets, copy_picture, picture_data, write_file
from ui.pages.share.paper_printing import PaperPrinting, ToPrint
from ui.pages.share.parcel import Parcel, wrap_file, wrap_folder
from ui.pages.share.studio import Finished, Studio

Way = Literal["copy", "link", "drag", "print", "save", "pack"]
_CHANNELS: dict[Way, str] = {
    "copy": "copy", "link": "link", "drag": "copy", "print": "print", "save": "save", "pack": "save",
}  # fmt: skip
"""What the record of a share calls it: a picture dropped into a chat is as good as one pasted there."""

_KINDS: dict[str, Format] = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp", ".pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A half of a draft that has left, and how."""

    draft: Draft
    part: Part
    way: Way
    asks: bool = False
    """Whether there is a question now: was it sent?"""


class Post(QObject):
    """Sends what stands on the easel. `sent` comes after the share has been recorded."""

    sent = Signal(object)
    """`Sent`."""
    refused = Signal(object)
    """`Failure` that says why nothing was copied."""

    def __init__(
        self,
        work: Work,
        desk: Desk,
        acting: Callable[[], Actor],
        easel: Easel,
        studio: Studio,
        renderer: PosterRenderer,
        outlets: Outlets,
        folder: Path,
    ) -> None:
        """Files behind clipboard and drag are put into `folder`."""
        super().__init__()
        self._work, self._desk, self._acting = work, desk, acting
        self._easel, self._studio = easel, studio
        self._outlets, self._folder = outlets, folder
        self.paper = PaperPrinting(work, desk, acting, renderer, outlets)
        self.paper.setParent(self)
        self._outbox = Outbox()
        self._given: Draft | None = None
        self._asked: dict[int, str] = {}  # the questions' ids by share number

    @property
    def words_draft(self) -> Draft | None:
        """The draft whose link the next words carry: that of the picture just given, so that both say the same."""
        given, draft = self._given, self._easel.draft
        if given is not None and given.subject == self._easel.subject:
            return given
        return draft if draft is not None and not self._outbox.gone(draft, "words") else None

    # -- deeds -------------------------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """Picture and file onto the clipboard."""
        self._easel.when_ready(self._copy_picture, finished=True)

    def copy_words(self, words: str, script_id: str | None = None) -> None:
        """The words, written with a script or without, and, on the last line, the link."""
        draft = self.words_draft
        if draft is None:
            if self._easel.draft is not None:  # its words have gone before: this is another share
                self._easel.renew()
            self._easel.when_ready(partial(self.copy_words, words, script_id), finished=False)
            return
        text = with_link(words, draft.link.url)
        told = Sent(draft, "words", "link")
        self._hand(told, self._easel.look.template, lambda: QGuiApplication.clipboard().setText(text), text, script_id)

    def drag_picture(self, source: QWidget) -> None:
        """Let the picture be dragged out of `source`; recorded if it was dropped somewhere."""
        draft, finished = self._easel.draft, self._easel.finished
        if draft is not None and finished is not None:
            data = picture_data(finished.picture, self._file(draft, finished))
            if self._outlets.drag(source, data, finished.picture):
                self._send(draft, "picture", "drag", finished.drawing.template)

    def print_picture(self, parent: QWidget, pages: Callable[[Drawing], list[Drawing]]) -> None:
        """Ask for a printer and print what `pages` makes of the poster."""
        self._easel.when_ready(partial(self._print, parent, pages), finished=True)

    def printed(self, draft: Draft, template: str) -> None:
        """Record what a printer of this PC's own has taken."""
        self._send(draft, "picture", "print", template)

    def print_discreetly(self, parent: QWidget, drawing: Drawing, product_id: str) -> None:
        """Ask for a printer and print a label that shares nothing; only the log of this PC says so."""
        told = Printout("", DISCREET, "", discreet=True, product_id=product_id)
        self.paper.ask(parent, ToPrint([drawing], told), lambda: None)

    def print_plain(self, parent: QWidget, pages: list[Drawing]) -> None:
        """Ask for a printer and print pages that share nothing, as they come out: the ruler that measures it."""
        self.paper.ask(parent, ToPrint(pages, None), lambda: None)

    def save_pack(self, parent: QWidget, words: str, script_id: str | None = None) -> None:
        """Ask for a folder; put pictures, poster and words into a new one there, and the words onto the clipboard."""
        self._easel.when_ready(partial(self._pack, parent, words, script_id), finished=True)

    def save_picture(self, parent: QWidget) -> None:
        """Ask for a file and write it as PNG, JPEG or PDF."""
        self._easel.when_ready(partial(self._save, parent), finished=True)

    # -- steps -------------------------------------------------------------------------------------------

    def _copy_picture(self) -> None:
        draft, finished = self._ready()
        file = self._file(draft, finished)
        told = Sent(draft, "picture", "copy")
        self._hand(told, finished.drawing.template, lambda: copy_picture(finished.picture, file))

    def _print(self, parent: QWidget, pages: Callable[[Drawing], list[Drawing]]) -> None:
        draft, finished = self._ready()
        shared, template = _shared(draft, finished), finished.drawing.template
        told = Printout("", template, "", draft.share.client_id, product_id=draft.share.product_id or None,
                        goods=goods_of(draft))  # fmt: skip

        def printed() -> None:
            if shared is not None:
                self._send(shared, "picture", "print", template)

        share = shared.share if shared is not None else None
        self.paper.ask(parent, ToPrint(pages(finished.drawing), told, share), printed)

    def _save(self, parent: QWidget) -> None:
        draft, finished = self._ready()
        kinds = [QCoreApplication.translate("Post", "PNG 图片 (*.png)"),
                 QCoreApplication.translate("Post", "JPEG 图片 (*.jpg)"),
                 QCoreApplication.translate("Post", "WebP 图片 (*.webp)"),
                 QCoreApplication.translate("Post", "PDF 文件 (*.pdf)")]  # fmt: skip
        title = QCoreApplication.translate("Post", "存为文件")
        name = f"{draft.card.row.spu}-{finished.drawing.template}.png"
        self._outlets.ask_file(parent, title, name, kinds, partial(self._to_file, draft, finished))

    def _to_file(self, draft: Draft, finished: Finished, path: Path) -> None:
        studio, kind = self._studio, _KINDS.get(path.suffix.lower(), "png")
        told = Sent(draft, "picture", "save")
        self._work.query(
            lambda _job: wrap_file(path, studio.file(finished, kind)),
            owner=self,
            done=lambda parcel: self._let_go(told, finished.drawing.template, parcel),
            title=QCoreApplication.translate("Post", "保存海报"),
        )

    def _pack(self, parent: QWidget, words: str, script_id: str | None) -> None:
        draft, finished = self._ready()
        title = QCoreApplication.translate("Post", "素材包放到哪个文件夹")
        self._outlets.ask_folder(parent, title, partial(self._to_folder, draft, finished, words, script_id))

    def _to_folder(self, draft: Draft, finished: Finished, words: str, script_id: str | None, place: Path) -> None:
        studio, text = self._studio, with_link(words, draft.link.url)
        folder = place / f"{draft.card.row.spu}-{draft.link.share_no}"
        told = Sent(draft, "picture", "pack")

        def packed(parcel: Parcel) -> None:
            self._let_go(told, finished.drawing.template, parcel, (text, script_id))

        self._work.query(
            lambda _job: wrap_folder(folder, studio.pack(draft, finished, text)),
            owner=self,
            done=packed,
            title=QCoreApplication.translate("Post", "做素材包"),
        )

    def _let_go(self, told: Sent, template: str, parcel: Parcel, words: tuple[str, str | None] = ("", None)) -> None:
        """Record what lies written, and give it its name in the same change: both or neither."""

        def gone(sent: Sent) -> None:
            if sent.way == "pack":
                self._outbox.send(sent.draft, "words")
                self._given = None
                QGuiApplication.clipboard().setText(words[0])
                self._outlets.show_folder(parcel.path)
            self.sent.emit(sent)

        if self._leaves(told):
            self._record(told, template, gone, words, left=False, parcel=parcel)
        else:  # its words have gone before, and with them the record
            self._work.query(lambda _job: parcel.go(), owner=self, done=lambda _path: gone(told))

    def _ready(self) -> tuple[Draft, Finished]:
        """Draft and finished poster; `when_ready` has seen to it that both are there."""
        return cast("Draft", self._easel.draft), cast("Finished", self._easel.finished)

    def _file(self, draft: Draft, finished: Finished) -> Path:
        """The poster as a file with a name that a customer may see."""
        name = f"{draft.card.row.spu}-{finished.drawing.template}-{draft.link.share_no}.png"
        return write_file(self._folder / name, finished.png)

    def _send(self, draft: Draft, part: Part, way: Way, template: str) -> None:
        """Record what has left already."""
        told = Sent(draft, part, way)
        if self._leaves(told):
            self._record(told, template, self.sent.emit, None, left=True)
        else:
            self.sent.emit(told)

    def _hand(
        self, told: Sent, template: str, act: Callable[[], None], body: str = "", script_id: str | None = None
    ) -> None:
        """Record what is about to leave, then let it."""

        def go(recorded: Sent) -> None:
            act()
            self.sent.emit(recorded)

        if self._leaves(told):
            self._record(told, template, go, (body, script_id), left=False)
            return
        if told.part == "words":
            self._add_words(told.draft, body, script_id)
        go(told)

    def _leaves(self, told: Sent) -> bool:
        """Note that a half leaves; whether it is the first."""
        draft = told.draft
        first = self._outbox.send(draft, told.part)
        if told.part == "picture":
            self._given = None if self._outbox.gone(draft, "words") else draft
            if draft is self._easel.draft:
                self._easel.renew()
        elif draft is self._given:
            self._given = None
        return first

    def _record(
        self, told: Sent, template: str, then: Callable[[Sent], None], words: tuple[str, str | None] | None, *,
        left: bool, parcel: Parcel | None = None,
    ) -> None:  # fmt: skip
        draft, actor, sending = told.draft, self._acting(), self._desk.sending
        share, link, channel = replace(draft.share, template=template), draft.link, _CHANNELS[told.way]
        body, script_id = words or ("", None)
        body = body or QCoreApplication.translate("Post", "海报「{product}」").format(product=draft.card.row.name)

        def recorded(handed: Handed) -> None:
            if handed.copied_id is not None:
                self._asked[link.share_no] = handed.copied_id
            then(replace(told, asks=handed.copied_id is not None))

        def failed(failure: Failure) -> None:
            if parcel is not None:
                parcel.drop()
            self._outbox.take_back(draft, told.part)
            self._given = None if self._given is draft else self._given
            self.refused.emit(failure)

        self._work.change(
            lambda _job: sending.record(
                share,
                link,
                channel,
                actor,
                body=body,
                script_id=script_id,
                left=left,
                leave=parcel.go if parcel is not None else None,
            ),
            owner=self,
            done=recorded,
            failed=failed,
        )

    def _add_words(self, draft: Draft, body: str, script_id: str | None) -> None:
        """The picture went before: its question is about these words as well."""
        copied, actor, copies = self._asked.get(draft.link.share_no), self._acting(), self._desk.copies
        if copied is not None:
            self._work.change(lambda _job: copies.add_words(copied, body, script_id, actor), owner=self)


def _shared(draft: Draft, finished: Finished) -> Draft | None:
    """The share that leaves with a poster; none with a label for the till, on which there is no link."""
    return draft if finished.drawing.url else None
