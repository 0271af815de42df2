"""Sheets of A5 from rich text: what a guide takes along where there is no screen."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from ui.kit.poster.fonts import FAMILIES, poster_font
from ui.kit.poster.pdf import searchable

_MARGIN_MM = 9.0
_TEXT_PT = 9.0
_DPI = 300
_A5 = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A5),
    QPageLayout.Orientation.Portrait,
    QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
    QPageLayout.Unit.Millimeter,
)
#: Ink on white, whatever the window looks like.
STYLE = """body { color: #1D2321; } h1 { font-size: 15pt; margin: 0; } .hint { color: #5D6763; font-size: 8pt; }
.head { font-size: 9pt; font-weight: 600; color: #0E7C66; margin-top: 7pt; margin-bottom: 1pt; } p { margin: 0; }
td { padding: 2pt 4pt 3pt 0; } .do { font-weight: 600; } .box { font-size: 8pt; }"""


def paper_pdf(html: str, title: str) -> bytes:
    """The text on A5 sheets, as a PDF whose words can be searched."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    writer.setPageLayout(_A5)
    _paint(html, writer)
    buffer.close()
    letters = set(map(ord, paper_document(html).toPlainText()))
    return searchable(bytes(data.data()), letters, FAMILIES)


def new_paper_printer(title: str) -> QPrinter:
    """A printer set to A5, to be shown in the dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageLayout(_A5)
    return printer


def print_paper(html: str, printer: QPrinter) -> None:
    """Print the text on whatever sheet the printer was set to. Raises OSError where it takes none."""
    _paint(html, printer)


def paper_document(html: str) -> QTextDocument:
    """The text as it is shown and printed."""
    document = QTextDocument()
    font = poster_font(FAMILIES, 400)
    font.setPointSizeF(_TEXT_PT)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(STYLE)
    document.setDocumentMargin(0)
    document.setHtml(html)
    return document


def _paint(html: str, device: QPagedPaintDevice) -> None:
    document = paper_document(html)
    layout = document.documentLayout()
    layout.setPaintDevice(device)
    rect = device.pageLayout().paintRectPixels(device.logicalDpiX())
    size = QSizeF(rect.width(), rect.height())
    document.setPageSize(size)
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("the printer took no page")
    try:
        for page in range(document.pageCount()):
            if page:
                device.newPage()
            painter.save()
            painter.translate(0, -page * size.height())
            # A line that begins where the next page does is not of this one.
            view = QRectF(0, page * size.height(), size.width(), size.height() - 1)
            document.drawContents(painter, view)
            painter.restore()
    finally:
        painter.end()
