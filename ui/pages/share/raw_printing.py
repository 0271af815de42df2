"""Receipt and label printers at the easel: one deed prints on the printer kept for this paper, once more if asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from guide_app.protocol.poster_layers import Template
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.printers import Printer, Purpose, deliver, purpose_of
from ui.kit.desk_page import DeskPage
from ui.kit.poster.dots import raw_job
from ui.kit.poster.render import PosterRenderer
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.share.draft import Draft
from ui.pages.share.easel import Easel
from ui.pages.share.printer_dialog import PrinterDialog, purpose_words
from ui.pages.share.studio import Finished


@dataclass(frozen=True, slots=True)
class _Printed:
    """The last job, to be sent again as it was."""

    data: bytes
    printer: Printer
    title: str


class RawPrinting(QObject):
    """Prints what stands on the easel on the printer kept for its paper."""

    printed = Signal(object, str)
    """`Draft` and template of what has been printed."""

    def __init__(self, page: DeskPage, renderer: PosterRenderer, easel: Easel) -> None:
        """Nothing is read before `refresh`."""
        super().__init__(page)
        self._page, self._renderer, self._easel = page, renderer, easel
        self._printers: dict[Purpose, Printer] = {}
        self._last: _Printed | None = None

    def refresh(self) -> None:
        """Read which printers this PC has."""
        printers = self._page.desk.printers
        self._page.work.query(lambda _job: printers.all(), owner=self, slot="printers", done=self._know)

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
        menu.addAction(self.tr("打印机设置…"), partial(self.settings, purpose_of(template)))

    def print(self, purpose: Purpose, copies: int = 1) -> None:
        """Print on the purpose's printer and record the share once it has been taken."""
        self._easel.when_ready(partial(self._print, purpose, copies), finished=True)

    def again(self) -> None:
        """Send the last job once more: the same link, and no second share."""
        last = self._last
        if last is not None:
            self._send(lambda _job: last, lambda: None)

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

    def _know(self, printers: dict[Purpose, Printer]) -> None:
        self._printers = printers

    def _print(self, purpose: Purpose, copies: int) -> None:
        draft, finished = cast("Draft", self._easel.draft), cast("Finished", self._easel.finished)
        drawing: Drawing = finished.drawing
        printer, renderer = self._printers.get(purpose, Printer()), self._renderer
        deeds = self._page.desk.share_deeds

        def job(_job: Job) -> _Printed:
            deeds.require_shareable(draft.share)
            return _Printed(raw_job(renderer, drawing, printer, copies), printer, drawing.title)

        self._send(job, lambda: self.printed.emit(draft, drawing.template))

    def _send(self, made: Callable[[Job], _Printed], then: Callable[[], None]) -> None:
        def run(job: Job) -> _Printed:
            printed = made(job)
            deliver(printed.data, printed.printer)
            return printed

        def done(printed: _Printed) -> None:
            self._last = printed
            self._page.notice.emit(Notice(self.tr("已送到打印机 {printer}").format(printer=printed.printer.address)))
            then()

        self._page.work.query(run, owner=self, done=done, title=self.tr("打印"))
