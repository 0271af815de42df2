"""What a client may ask for: her will taken down, no profiling, a copy of what is held of her."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from guide_app.clients.model import Portrait
from guide_app.flows.take_copy import Copied, take_copy
from guide_app.privacy.model import Agreement, Ledger, Purpose
from ui.kit.confirm import ConfirmDialog
from ui.kit.desk_page import DeskPage
from ui.kit.paper import paper_pdf
from ui.kit.toast import Notice
from ui.pages.clients.consent_dialog import ConsentDialog
from ui.pages.clients.consent_words import purpose_text, standing_text
from ui.pages.clients.copy_dialog import CopyDialog


class HerRights(QObject):
    """Asks and acts for the client page."""

    def __init__(self, page: DeskPage, shown: Callable[[], Portrait | None]) -> None:
        """`shown` says whose portrait is on the page."""
        super().__init__(page)
        self._page, self._shown = page, shown

    def consents(self, purpose: Purpose = "service") -> None:
        """Show her ledger, and take down what she says now."""
        portrait, desk = self._shown(), self._page.desk
        if portrait is None:
            return

        def ask(ledger: Ledger) -> None:
            dialog = ConsentDialog(self._page, str(portrait.fields["name"]), ledger, desk.clock.now_ms(), purpose)
            dialog.accepted.connect(lambda: self._file(portrait.id, dialog))
            _open(dialog)

        self._page.work.query(lambda _job: desk.privacy.ledger(portrait.id), owner=self._page, slot="ledger", done=ask)

    def profiling(self, refused: bool) -> None:
        """Take down that she wants no profiling (画像); to be profiled again she must agree, with proof."""
        portrait = self._shown()
        if portrait is None:
            return
        if not refused:
            self.consents("profiling")
            return
        name = str(portrait.fields["name"])
        dialog = ConfirmDialog(
            self._page.theme,
            self._page,
            self.tr("不做画像"),
            self.tr("以后不再按 {name} 的购买习惯推荐和提醒。只有她本人能重新同意, 导购不能改回。").format(name=name),
            self.tr("登记: 她不要画像"),
        )
        dialog.accepted.connect(lambda: self._withdraw_profiling(portrait.id))
        _open(dialog)

    def copy(self) -> None:
        """Ask how she showed who she is and where the copy goes, and write it (查阅复制)."""
        portrait = self._shown()
        if portrait is None:
            return
        dialog = CopyDialog(self._page, str(portrait.fields["name"]))
        dialog.accepted.connect(lambda: self._copy(portrait.id, dialog.folder(), dialog.proof()))
        _open(dialog)

    def _file(self, client_id: str, dialog: ConsentDialog) -> None:
        actor, deeds = self._page.actor, self._page.desk.privacy_deeds
        purpose, channel, way = dialog.what()
        version, proof = dialog.version.text(), dialog.proof.text()
        if dialog.granted:
            deed = partial(deeds.grant, client_id, purpose, actor, version=version)
        else:
            deed = partial(deeds.withdraw, client_id, purpose, actor)
        self._page.work.change(
            lambda _job: deed(channel=channel, way=way, proof=proof),
            owner=self._page,
            done=self._filed,
            title=self.tr("登记同意"),
        )

    def _withdraw_profiling(self, client_id: str) -> None:
        actor, deeds = self._page.actor, self._page.desk.privacy_deeds
        self._page.work.change(
            lambda _job: deeds.withdraw(client_id, "profiling", actor),
            owner=self._page,
            done=self._filed,
            title=self.tr("不做画像"),
        )

    def _filed(self, held: Agreement) -> None:
        purpose, standing = purpose_text(held.purpose), standing_text(held.standing)[0]
        self._page.notice.emit(
            Notice(self.tr("已登记: {purpose} — {standing}").format(purpose=purpose, standing=standing))
        )

    def _copy(self, client_id: str, folder: Path, proof: str) -> None:
        actor, desk = self._page.actor, self._page.desk

        def done(copied: Copied) -> None:
            told = self.tr("副本在 {folder}: copy.pdf 和 copy.html 供阅读和打印").format(folder=copied.folder)
            if copied.withheld:
                told += " · " + self.tr("{count} 条由其他同事保管, 只列出是谁的").format(count=copied.withheld)
            self._page.notice.emit(Notice(told))

        def write(_job: object) -> Copied:
            copied = take_copy(desk.db, desk.clock, actor, client_id, folder, proven_by=proof)
            text = (copied.folder / "copy.html").read_text(encoding="utf-8")
            (copied.folder / "copy.pdf").write_bytes(paper_pdf(text, "copy"))
            return copied

        self._page.work.change(
            write,
            owner=self._page,
            done=done,
            title=self.tr("给客户副本"),
        )


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
