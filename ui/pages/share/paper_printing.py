"""Paper through the operating system's print dialog: what was printed is logged with its pages, and goes out again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.sharing.calibration import Offset
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.kept_pages import KeptPages, PaperChoice, bundle
from guide_app.sharing.print_log import PrintLog, Printout, pages_of
from guide_app.sharing.printers import Printer
from guide_app.sharing.service import ShareDraft, SharingService
from ui.kit.poster.photos import PhotoError, photo_bytes
from ui.kit.poster.render import PosterRenderer
from ui.kit.work import Job, Work
from ui.pages.share.handout import Outlets
from ui.pages.share.printing import new_printer, print_pages


@dataclass(frozen=True, slots=True)
class ToPrint:
    """Pages and what they are: the share that leaves with them, if one does, and the words of the log.

    `told` needs only what the dialog does not say: template, client, goods. None for pages that are logged nowhere and
    come out where the printer puts them: the ruler that measures it. `again`: out of the log, once more.
    """

    pages: Sequence[Drawing]
    told: Printout | None
    share: ShareDraft | None = None
    again: bool = False


class PaperPrinting(QObject):
    """Asks for a printer of the system's and prints."""

    noted = Signal()
    """Something stands in the log that was not there."""

    def __init__(
        self, work: Work, desk: Desk, acting: Callable[[], Actor], renderer: PosterRenderer, outlets: Outlets
    ) -> None:
        """Nothing is asked before `ask`."""
        super().__init__()
        self._work, self._desk, self._acting = work, desk, acting
        self._renderer, self._outlets = renderer, outlets

    def ask(self, parent: QWidget, wanted: ToPrint, then: Callable[[], None]) -> None:
        """Ask for a printer, print, and only then call `then`."""
        self._outlets.ask_printer(parent, new_printer(wanted.pages), partial(self._print, wanted, then))

    def again(self, parent: QWidget, kept: Printout) -> None:
        """Ask for a printer, set as it was, and print pages of the log once more: no share."""

        def ask(found: KeptPages) -> None:
            printer = new_printer(found.pages)
            _set_up(printer, kept.printer_name, found.paper)
            wanted = ToPrint(found.pages, kept, again=True)
            self._outlets.ask_printer(parent, printer, partial(self._print, wanted, lambda: None))

        title = QCoreApplication.translate("Post", "打印")
        self._work.query(lambda _job: pages_of(kept), owner=self, slot="again", done=ask, title=title)

    def _print(self, wanted: ToPrint, then: Callable[[], None], printer: QPrinter) -> None:
        renderer, deeds, calibration = self._renderer, self._desk.share_deeds, self._desk.calibration
        log, actor, title = self._desk.print_log, self._acting(), printer.docName()

        def run(job: Job) -> None:
            _require(deeds, wanted)
            offset = calibration.offset(printer.printerName()) if wanted.told is not None else Offset()
            choice = _choice(printer)
            print_pages(wanted.pages, printer, renderer, job, offset)
            if wanted.told is not None:
                _note(log, wanted.told, title, KeptPages(tuple(wanted.pages), choice), printer.printerName(), actor)

        def printed(_none: None) -> None:
            if wanted.told is not None:
                self.noted.emit()
            then()

        self._work.query(run, owner=self, done=printed, title=QCoreApplication.translate("Post", "打印"))


def _require(deeds: SharingService, wanted: ToPrint) -> None:
    """Ask at the moment of printing: the dialog may have stood open while goods were recalled."""
    if wanted.share is not None:
        deeds.require_shareable(wanted.share)
    if wanted.again and wanted.told is not None:
        told = wanted.told
        deeds.require_printable(told.product_id, told.client_id, discreet=told.discreet, goods=told.goods)


def _note(log: PrintLog, told: Printout, title: str, kept: KeptPages, printer_name: str, actor: Actor) -> None:
    try:
        data = bundle(kept, photo_bytes)
    except PhotoError:  # its file went between drawing and printing: the log says that this one is not kept
        data = None
    printer = Printer(way="system", address=printer_name) if data is not None else None
    log.note(replace(told, title=title, printer_name=printer_name, data=data, printer=printer), actor)


def _choice(printer: QPrinter) -> PaperChoice:
    layout = printer.pageLayout()
    size = layout.pageSize().size(QPageSize.Unit.Millimeter)
    landscape = layout.orientation() is QPageLayout.Orientation.Landscape
    return PaperChoice(size.width(), size.height(), landscape, printer.copyCount())


def _set_up(printer: QPrinter, name: str, paper: PaperChoice) -> None:
    """The printer, sheet and number of copies as they were; a printer that is gone leaves the usual one."""
    if name and not QPrinterInfo.printerInfo(name).isNull():
        printer.setPrinterName(name)
    size = QSizeF(paper.width, paper.height)
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    turn = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turn)
    printer.setCopyCount(paper.copies)
