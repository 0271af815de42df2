"""Receipt and label printers at the easel: one deed prints on the printer kept for this paper, once more if asked.

What was printed is kept in the book, so it goes out again as it was after the program ended, too.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from guide_app.protocol.poster_layers import Template
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.print_log import PrintLine, Printout
from guide_app.sharing.printers import Printer, Purpose, deliver, purpose_of
from ui.kit.desk_page import DeskPage
from ui.kit.poster.dots import raw_job
from ui.kit.poster.render import PosterRenderer
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.share.draft import Draft, goods_of
from ui.pages.share.easel import Easel
from ui.pages.share.print_log_dialog import PrintLogDialog
from ui.pages.share.printer_dialog import PrinterDialog, purpose_words
from ui.pages.share.studio import Finished


class RawPrinting(QObject):
    """Prints what stands on the easel on the printer kept for its paper."""

    printed = Signal(object, str)
    """`Draft` and template of what has been printed."""
    on_paper = Signal(object)
    """`Printout` of the log that is to go out by the system once more."""

    def __init__(self, page: DeskPage, renderer: PosterRenderer, easel: Easel) -> None:
        """Nothing is read before `refresh`."""
        super().__init__(page)
        self._page, self._renderer, self._easel = page, renderer, easel
        self._printers: dict[Purpose, Printer] = {}
        self._last: PrintLine | None = None

    def refresh(self) -> None:
        """Read which printers this PC has, and what was printed last."""
        printers, log = self._page.desk.printers, self._page.desk.print_log
        self._page.work.query(
            lambda _job: (printers.all(), log.last()),
            owner=self,
            slot="printers",
            done=lambda found: self._know(*found),
        )

    def serves(self, purpose: Purpose) -> bool:
        """Whether this PC has a printer of its own for the purpose, beside the operating system's."""
        return self._printers.get(purpose, Printer()).way != "system"

    def first(self, menu: QMenu, template: Template) -> None:
        """Begin the menu of printing with the printer kept for this paper, if there is one."""
        purpose = purpose_of(template)
        printer = self._printers.get(purpose, Printer())
        if printer.way != "system":
            words = self.tr("{purpose} · 打到 {printer}")
            said = words.format(purpose=purpose_words(purpose), printer=printer.address)
            menu.addAction(said, partial(self.print, purpose))

    def last(self, menu: QMenu, template: Template) -> None:
        """End the menu with printing the same once more, and with the settings."""
        if self._last is not None:
            menu.addAction(self.tr("再打一次「{title}」").format(title=self._last.title), self.again)
        menu.addAction(self.tr("打印记录…"), self.show_log)
        menu.addAction(self.tr("打印机设置…"), partial(self.settings, purpose_of(template)))

    def print(self, purpose: Purpose, copies: int = 1) -> None:
        """Print on the purpose's printer; record the share, if there is a link on it, once it has been taken."""
        self._easel.when_ready(partial(self._print, purpose, copies), finished=True)

    def again(self) -> None:
        """Send the last job once more: the same link, and no second share."""
        if self._last is not None:
            self.repeat(self._last.id)

    def repeat(self, job_id: str) -> None:
        """Send a job of the log once more, as it was, if its goods may still be printed: they are asked for again.

        What the system printed goes `on_paper`.
        """
        log, deeds = self._page.desk.print_log, self._page.desk.share_deeds

        def read(_job: Job) -> Printout:
            kept = log.job(job_id)
            deeds.require_printable(kept.product_id, kept.client_id, discreet=kept.discreet, goods=kept.goods)
            return kept

        def go(kept: Printout) -> None:
            if kept.on_paper:
                self.on_paper.emit(kept)
            else:
                self._send(lambda _job: kept, lambda: None)

        self._page.work.query(read, owner=self, slot="repeat", done=go, title=self.tr("打印"))

    def print_discreetly(self, drawing: Drawing, product_id: str) -> None:
        """Print a label that shares nothing on the printer kept for labels."""
        printer, renderer = self._printers.get("label", Printer()), self._renderer

        def job(_job: Job) -> Printout:
            data = raw_job(renderer, drawing, printer)
            return Printout(
                drawing.title, drawing.template, printer.address, discreet=True, data=data, printer=printer,
                product_id=product_id,
            )  # fmt: skip

        self._send(job, lambda: None)

    def show_log(self) -> PrintLogDialog:
        """What this PC printed, and any of it once more."""
        dialog = PrintLogDialog(self._page, self._page.work, self._page.desk.print_log)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.repeat)
        dialog.open()
        return dialog

    def settings(self, purpose: Purpose) -> PrinterDialog:
        """Open the settings of this PC's printers."""
        page = self._page
        known: dict[Purpose, Printer] = {
            "poster": Printer(), "label": Printer(), "receipt": Printer(), **self._printers,
        }  # fmt: skip
        dialog = PrinterDialog(
            page, page.work, page.desk.printers, self._renderer, lambda: page.actor, known, purpose
        )  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.refresh)
        dialog.open()
        return dialog

    # -- steps -------------------------------------------------------------------------------------------

    def _know(self, printers: dict[Purpose, Printer], last: PrintLine | None) -> None:
        self._printers, self._last = printers, last

    def _print(self, purpose: Purpose, copies: int) -> None:
        draft, finished = cast("Draft", self._easel.draft), cast("Finished", self._easel.finished)
        drawing: Drawing = finished.drawing
        printer, renderer = self._printers.get(purpose, Printer()), self._renderer
        deeds = self._page.desk.share_deeds

        def job(_job: Job) -> Printout:
            deeds.require_shareable(draft.share)
            data = raw_job(renderer, drawing, printer, copies)
            client_id = draft.share.client_id
            return Printout(
                drawing.title, drawing.template, printer.address, client_id=client_id, data=data, printer=printer,
                product_id=draft.share.product_id or None, goods=goods_of(draft),
            )  # fmt: skip

        self._send(job, lambda: self.printed.emit(draft, drawing.template) if drawing.url else None)

    def _send(self, made: Callable[[Job], Printout], then: Callable[[], None]) -> None:
        log, actor = self._page.desk.print_log, self._page.actor

        def run(job: Job) -> tuple[Printout, PrintLine | None]:
            printed = made(job)
            deliver(printed.data or b"", printed.printer or Printer())
            log.note(printed, actor)
            return printed, log.last()

        def done(printed: tuple[Printout, PrintLine | None]) -> None:
            self._last = printed[1]
            self._page.notice.emit(Notice(self.tr("已送到打印机 {printer}").format(printer=printed[0].printer_name)))
            then()

        self._page.work.query(run, owner=self, done=done, title=self.tr("打印"))
