"""What the buttons of 同步 do: each deed on a worker thread, told when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from guide_app.base.actor import Actor
from guide_app.protocol.scopes import Scope
from guide_app.sync.health import OddRecord
from guide_app.sync.parked import ParkedService
from guide_app.sync.parked_file import write_odd, write_parked
from guide_app.sync.queries import ParkedChange
from guide_app.sync.removal import HeldRemoval
from ui.kit.confirm import ConfirmDialog
from ui.kit.page import PageContext, Target
from ui.kit.toast import Notice
from ui.pages.sync.dialog import ParkedDialog
from ui.pages.sync.lost_dialog import LostDialog
from ui.pages.sync.needs import Do, LostChange, Need, scope_words
from ui.pages.sync.odd_dialog import OddDialog
from ui.pages.sync.rejoin import Rejoin, RejoinDialog
from ui.pages.sync.words import change_words

Deed = Callable[[Actor], object]


@dataclass(frozen=True, slots=True)
class SyncControls:
    """What the page may ask of sync.

    `sync_now`, `pause_pictures` (hold, or go on) and `break_off` (the round under way) return at once; `allow_removal`
    and `postpone_removal` (a scope and the guide's id) and `rejoin` (head office's code) are called on a worker thread
    and raise GuideError.
    """

    sync_now: Callable[[], None]
    pause_pictures: Callable[[bool], None]
    break_off: Callable[[], None]
    allow_removal: Callable[[Scope, str], object]
    postpone_removal: Callable[[Scope, str], object]
    rejoin: Rejoin


class Deciding(QObject):
    """Opens the dialogs of the page and carries out what is decided. `decided` follows every deed."""

    decided = Signal()
    notice = Signal(object)
    """`ui.kit.toast.Notice`."""
    leads_to = Signal(object)
    """`ui.kit.page.Target`."""

    def __init__(
        self, page: QWidget, context: PageContext, acting: Callable[[], Actor], parked: ParkedService,
        controls: SyncControls,
    ) -> None:  # fmt: skip
        """Dialogs stand over `page`; `acting` raises LockedError if nobody is at work."""
        super().__init__(page)
        self._page, self._context, self._acting = page, context, acting
        self._parked, self._controls = parked, controls
        self.guides: Mapping[str, str] = {}
        self.stores: Mapping[Scope, str] = {}
        self.waiting = 0
        self.now_ms = 0

    def carry_out(self, need: Need, do: Do) -> None:
        """What a button of a line asks for."""
        about = need.about
        if do is Do.SYNC:
            self._controls.sync_now()
        elif do is Do.REJOIN:
            self._rejoin()
        elif isinstance(about, ParkedChange):
            self.look_into(about) if do is Do.LOOK else self.ask_export(about)
        elif isinstance(about, LostChange):
            self._look_at_lost(about) if do is Do.LOOK else self._settle_lost(about, restore=do is Do.RESTORE)
        elif isinstance(about, HeldRemoval):
            self._ask_allow(about) if do is Do.ALLOW else self._postpone(about)
        elif isinstance(about, tuple):
            self._show_odd(about) if do is Do.LOOK else self.ask_export_odd(about)

    # -- refused changes ------------------------------------------------------------------------------------

    def look_into(self, parked: ParkedChange) -> None:
        """Show what can be done about a refused change."""
        dialog = ParkedDialog(self._page, parked, self.guides)
        dialog.export_asked.connect(lambda: self.ask_export(parked))
        dialog.given_up.connect(lambda: self._ask_give_up(parked, dialog))
        dialog.requests_asked.connect(lambda: self._show_requests(parked, dialog))
        dialog.resubmitted.connect(lambda changes: self._resubmit(parked, changes, dialog))
        _open(dialog)

    def _show_requests(self, parked: ParkedChange, dialog: ParkedDialog) -> None:
        dialog.reject()
        self.leads_to.emit(Target("products", parked.change.product_id, {"requests": "1"}))

    def _resubmit(self, parked: ParkedChange, changes: Mapping[str, Any], dialog: ParkedDialog) -> None:
        service, mid = self._parked, parked.change.mid

        def handed_in() -> None:
            dialog.accept()
            self.notice.emit(Notice(self.tr("已重新排队上传")))

        self._do(
            lambda actor: service.resubmit(mid, changes, by=actor.guide_id, origin=actor.origin),
            self.tr("重新提交"), owner=dialog, then=handed_in,
        )  # fmt: skip

    def _ask_give_up(self, parked: ParkedChange, dialog: ParkedDialog) -> None:
        what = change_words(parked.change).title
        sentence = self.tr("「{what}」将从本机丢弃，不能恢复。需要留底请先导出。").format(what=what)
        confirm = self._confirm(dialog, self.tr("放弃这条修改？"), sentence, self.tr("放弃"))
        service, mid = self._parked, parked.change.mid

        def give_up() -> None:
            dialog.accept()
            self._do(lambda actor: service.discard(mid, by=actor.guide_id, origin=actor.origin), self.tr("放弃修改"))

        confirm.accepted.connect(give_up)

    # -- values that lost -----------------------------------------------------------------------------------

    def _look_at_lost(self, lost: LostChange) -> None:
        dialog = LostDialog(self._page, lost, self.guides, self.now_ms)
        dialog.restored.connect(lambda: self._settle_lost(lost, restore=True))
        dialog.accepted.connect(lambda: self._settle_lost(lost, restore=False))
        _open(dialog)

    def _settle_lost(self, lost: LostChange, *, restore: bool) -> None:
        service = self._parked
        if restore:
            self._do(
                lambda actor: service.restore(lost.mid, lost.fields, by=actor.guide_id, origin=actor.origin),
                self.tr("恢复"),
            )
        else:
            self._do(lambda actor: service.mark_seen((lost.mid,), origin=actor.origin), self.tr("知道了"))

    # -- many records that would go -------------------------------------------------------------------------

    def _ask_allow(self, held: HeldRemoval) -> None:
        what = self.tr("{count} 条{what}").format(count=f"{held.removed:,}", what=scope_words(held.scope, self.stores))
        sentence = self.tr("{what}将从本机删除，不能在本机恢复。请先与店长或总部确认这不是误操作。").format(what=what)
        confirm = self._confirm(self._page, self.tr("允许删除？"), sentence, self.tr("允许删除"))
        allow = self._controls.allow_removal
        confirm.accepted.connect(lambda: self._do(lambda actor: allow(held.scope, actor.guide_id), self.tr("允许删除")))

    def _postpone(self, held: HeldRemoval) -> None:
        postpone = self._controls.postpone_removal
        said = Notice(self.tr("先不删，这些记录仍在本机"))
        self._do(
            lambda actor: postpone(held.scope, actor.guide_id), self.tr("先不删"), then=lambda: self.notice.emit(said)
        )

    # -- what stops sync altogether -------------------------------------------------------------------------

    def _rejoin(self) -> None:
        dialog = RejoinDialog(self._page, self._context.work, self._controls.rejoin, self.waiting)
        said = Notice(self.tr("已重新接入总部，未上交的修改都还在"))
        dialog.accepted.connect(lambda: self.notice.emit(said))
        dialog.accepted.connect(self.decided)
        _open(dialog)

    # -- files ----------------------------------------------------------------------------------------------

    def _show_odd(self, odd: tuple[OddRecord, ...]) -> None:
        dialog = OddDialog(self._page, odd, self.stores)
        dialog.export_asked.connect(lambda: self.ask_export_odd(odd))
        _open(dialog)

    def ask_export(self, parked: ParkedChange) -> None:
        """Ask for a file, and write the refused change into it."""
        self._ask_file(f"{parked.change.kind}-{parked.change.mid}.json", lambda path: write_parked([parked], path))

    def ask_export_odd(self, odd: tuple[OddRecord, ...]) -> None:
        """Ask for a file, and write the records into it."""
        self._ask_file("records.json", lambda path: write_odd(odd, path))

    def export_to(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write a file on a worker thread, and say its name."""
        said = Notice(self.tr("已导出 {name}").format(name=path.name))
        self._context.work.query(
            lambda _job: write(path), owner=self._page, done=lambda _none: self.notice.emit(said), title=self.tr("导出")
        )

    def _ask_file(self, name: str, write: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._page, self.tr("导出到"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("JSON 文件 (*.json)"), self.tr("表格 (*.csv)")])
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "json"))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen), write))
        _open(dialog)

    # -- how ------------------------------------------------------------------------------------------------

    def _confirm(self, over: QWidget, title: str, sentence: str, action: str) -> ConfirmDialog:
        confirm = ConfirmDialog(self._context.theme, over, title, sentence, action)
        _open(confirm)
        return confirm

    def _do(
        self, deed: Deed, title: str, *, owner: QObject | None = None, then: Callable[[], None] | None = None
    ) -> None:
        actor = self._acting()

        def done(_answer: object) -> None:
            if then is not None:
                then()
            self.decided.emit()

        self._context.work.change(lambda _job: deed(actor), owner=owner or self._page, done=done, title=title)


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
