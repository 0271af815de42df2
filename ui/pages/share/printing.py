"""Posters on paper: at true millimetres, on the sheet that the printer really has."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.calibration import Offset
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.sheet import A4, STICKERS_24, Paper, grid, ruler, sheets, stickers
from ui.kit.poster.render import PosterRenderer
from ui.kit.work import Job

_MM_PER_INCH = 25.4
_STRAIGHT = Offset()
_FREE_MM = 10.0
"""Round a picture that has no size of its own in millimetres."""


def new_printer(pages: Sequence[Drawing]) -> QPrinter:
    """A printer set to the first page's own paper (A4 for pictures), edge to edge, to be shown in the dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(pages[0].title)
    printer.setFullPage(True)
    printer.setPageSize(_paper(pages[0]))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return printer


def print_pages(
    pages: Sequence[Drawing], printer: QPrinter, renderer: PosterRenderer, job: Job, offset: Offset = _STRAIGHT
) -> None:
    """Paint each drawing on a page: those in millimetres at their true size, pictures as large as the paper allows.

    Everything is moved by `offset`, to make up for how far this printer is off.

    Runs away from the GUI thread (QPainter may paint on a QPrinter there). Raises InvalidInputError where the paper
    in the printer is too small, PhotoError.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise InvalidInputError(
            "print.failed",
            QCoreApplication.translate("Printing", "打印机没有接受任务。"),
            QCoreApplication.translate("Printing", "检查打印机是否开机、有纸, 或换一台。"),
        )
    try:
        for number, page in enumerate(pages):
            job.report(number, len(pages))
            if number:
                printer.newPage()
            _print_page(page, painter, printer, renderer, offset)
    finally:
        painter.end()


def label_sheet(label: Drawing, paper: Paper = A4, *, cells: bool = False) -> list[Drawing]:
    """One sheet full of the same label.

    With marks to cut along; or, with `cells`, one in the middle of each of 24 stickers on A4, without marks.
    """
    if cells:
        return stickers([label] * (STICKERS_24.columns * STICKERS_24.rows), STICKERS_24, paper)
    across, down = grid(paper, label.width, label.height)
    return sheets([label] * (across * down), paper)


def fits_cell(label: Drawing) -> bool:
    """Whether it goes on a sheet of 24 stickers."""
    return label.unit == "mm" and label.width <= STICKERS_24.width and label.height <= STICKERS_24.height


def ruler_page(renderer: PosterRenderer, paper: Paper = A4) -> list[Drawing]:
    """The page by which a printer's true size is checked and its offset measured."""
    return [ruler(paper, renderer.measure)]


def _print_page(page: Drawing, painter: QPainter, printer: QPrinter, renderer: PosterRenderer, offset: Offset) -> None:
    dots = printer.resolution() / _MM_PER_INCH
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()
    if page.unit == "mm":
        unit = 1.0
        if page.width > paper.width() + 1 or page.height > paper.height() + 1:
            raise InvalidInputError(
                "print.paper",
                QCoreApplication.translate("Printing", "纸张 {paper} 毫米, 放不下 {page} 毫米。").format(
                    paper=f"{paper.width():.0f}×{paper.height():.0f}", page=f"{page.width:g}×{page.height:g}"
                ),
                QCoreApplication.translate("Printing", "请给打印机换纸, 或选「拼满一张 A4」。"),
            )
    else:
        unit = min((paper.width() - 2 * _FREE_MM) / page.width, (paper.height() - 2 * _FREE_MM) / page.height)
    left, top = (paper.width() - page.width * unit) / 2, (paper.height() - page.height * unit) / 2
    painter.save()
    painter.translate((left + offset.right) * dots, (top + offset.down) * dots)
    renderer.print_on(painter, page, unit * dots)
    painter.restore()


def _paper(page: Drawing) -> QPageSize:
    if page.unit == "px":
        return QPageSize(QPageSize.PageSizeId.A4)
    size = QSizeF(page.width, page.height)
    return QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
