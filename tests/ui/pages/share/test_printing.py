"""Paper: true millimetres, whatever printer the person chooses. The printer here writes a PDF."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import BRAND
from guide_app.sharing.calibration import Offset
from guide_app.sharing.sheet import A4, grid
from tests.guide_app.coupons.office import publish
from tests.guide_app.sharing.posters import FULL
from tests.helpers.book import LOAFER, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.kit.work import Job
from ui.pages.share.page import SharePage
from ui.pages.share.print_log_dialog import PrintLogDialog
from ui.pages.share.printing import label_sheet, new_printer, print_pages, ruler_page

SHOE = {"no": 7, "spu": "LF2601", "name": "软底乐福鞋", "category": "女鞋/乐福鞋", "price_fen": 56900}
POINTS_PER_MM = 72 / 25.4
A4_MM = (210.0, 297.0)


def run(program: str, *arguments: str | Path) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} (poppler-utils) is not on this machine")
    return subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def size_mm(file: Path) -> tuple[float, float]:
    found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", file))
    assert found is not None
    return float(found[1]) / POINTS_PER_MM, float(found[2]) / POINTS_PER_MM


def page_picture(file: Path, dpi: int) -> QImage:
    run("pdftoppm", "-r", str(dpi), "-png", "-singlefile", file, file.with_suffix(""))
    return QImage(str(file.with_suffix(".png")))


def to_pdf(printer: QPrinter, file: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


@pytest.fixture
def maker(qapp: QApplication) -> PosterMaker:
    del qapp
    return PosterMaker()


@pytest.mark.parametrize(
    ("template", "paper"),
    [("shelf", (60.0, 40.0)), ("label100", (100.0, 150.0)), ("a4", A4_MM), ("moments", A4_MM)],
)
def test_each_template_gets_its_paper_and_scans(
    maker: PosterMaker, tmp_path: Path, template: str, paper: tuple[float, float]
) -> None:
    drawing = maker.drawing(template, FULL)
    file = tmp_path / "printed.pdf"
    print_pages([drawing], to_pdf(new_printer([drawing]), file), maker.renderer, Job())
    assert size_mm(file) == pytest.approx(paper, abs=0.4)
    assert read(page_picture(file, 300), "paper").texts == (FULL.url,)


def test_a_label_keeps_its_size_on_larger_paper(maker: PosterMaker, tmp_path: Path) -> None:
    drawing = maker.drawing("shelf", FULL)
    file = tmp_path / "printed.pdf"
    printer = to_pdf(new_printer([drawing]), file)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))  # what the person chose in the dialog
    print_pages([drawing], printer, maker.renderer, Job())
    image = page_picture(file, 254)  # ten dots to the millimetre
    ink = [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 200 for y in range(1280, 1700, 3))
    ]
    assert (max(ink) - min(ink)) / 10 < 60
    assert (max(ink) + min(ink)) / 20 == pytest.approx(105, abs=2)


def test_paper_that_is_too_small_is_refused(maker: PosterMaker, tmp_path: Path) -> None:
    drawing = maker.drawing("a4", FULL)
    printer = to_pdf(new_printer([drawing]), tmp_path / "printed.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    with pytest.raises(InvalidInputError, match="放不下"):
        print_pages([drawing], printer, maker.renderer, Job())


def test_a_sheet_is_full_of_labels_and_the_ruler_is_true(maker: PosterMaker, tmp_path: Path) -> None:
    label = maker.drawing("shelf", FULL)
    pages = label_sheet(label)
    across, down = grid(A4, 60, 40)
    assert len(pages) == 1
    assert len(pages[0].symbols()) == across * down
    file = tmp_path / "ruler.pdf"
    made = ruler_page(maker.renderer)
    print_pages(made, to_pdf(new_printer(made), file), maker.renderer, Job())
    image = page_picture(file, 254)
    dark = [x for x in range(image.width()) if image.pixelColor(x, 200).lightness() < 128]
    assert (max(dark) - min(dark)) / 10 == pytest.approx(100, abs=0.5)


class PaperHands:
    """Chooses the PDF printer in the dialog."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def ask_file(self, *_: object) -> None:
        raise AssertionError

    def ask_folder(self, *_: object) -> None:
        raise AssertionError

    def show_folder(self, *_: object) -> None:
        raise AssertionError

    def ask_printer(self, parent: QWidget, printer: QPrinter, then: object) -> None:
        del parent
        assert callable(then)
        then(to_pdf(printer, self.file))

    def drag(self, *_: object) -> bool:
        raise AssertionError


def test_ctrl_p_prints_and_records_the_share(open_pages: Open, desk: Desk, maker: PosterMaker, tmp_path: Path) -> None:
    hands = PaperHands(tmp_path / "printed.pdf")
    shown = open_pages(share=lambda c: SharePage(c, desk, actor, maker, lambda _sha: None, outlets=hands))
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    assert page.easel.draft is not None
    url = page.easel.draft.link.url
    page.setFocus()
    shown.press(Qt.Key.Key_P, control=True)
    shown.settle()
    first = page_picture(hands.file, 200)
    assert read(first, "paper").texts == (url,)
    assert channels(desk) == ["print"]
    # Another name and price by now: what is printed again is what was printed, under the link it had.
    publish(desk, (BRAND, "product", LOAFER, {**SHOE, "name": "改名的鞋", "price_fen": 9900}), seq=6_000)
    shown.settle()
    hands.file.unlink()
    page.setFocus()
    shown.press(Qt.Key.Key_P, control=True, shift=True)
    shown.settle()
    dialog = page.findChild(PrintLogDialog)
    assert isinstance(dialog, PrintLogDialog)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    shown.settle()
    assert page_picture(hands.file, 200) == first
    assert channels(desk) == ["print"]
    title = "红枫叶 REDMAPLE 软底乐福鞋 2026 秋 ¥569"
    assert [(line.again, line.title) for line in desk.print_log.lines()] == [(True, title)] * 2
    publish(desk, (BRAND, "product", LOAFER, {**SHOE, "sensitive": True}), seq=7_000)
    hands.file.unlink()
    page.printing.raw.again()
    shown.settle()
    (refused,) = shown.failures
    assert (refused.code, "隐私货签" in refused.way_out, hands.file.exists()) == ("print.not_again", True, False)
    shown.failures.clear()


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, on the offscreen platform
def test_labels_ask_one_or_a_sheet_and_the_ruler_is_no_share(
    open_pages: Open, desk: Desk, maker: PosterMaker, tmp_path: Path
) -> None:
    hands = PaperHands(tmp_path / "printed.pdf")
    shown = open_pages(share=lambda c: SharePage(c, desk, actor, maker, lambda _sha: None, outlets=hands))
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.side.templates.choose("shelf")
    shown.settle()
    choose(shown, page, 2)
    assert channels(desk) == []
    choose(shown, page, 1)
    assert size_mm(hands.file) == pytest.approx(A4_MM, abs=0.4)
    choose(shown, page, 0)
    assert size_mm(hands.file) == pytest.approx((60, 40), abs=0.4)
    assert channels(desk) == ["print", "print"]


def choose(shown: Shown, page: SharePage, number: int) -> None:
    page.side.print.click()
    shown.settle()
    menu = page.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[number].trigger()
    menu.close()
    shown.settle()


def channels(desk: Desk) -> list[str]:
    return [row[0] for row in desk.db.query(lambda c: c.exec_driver_sql("SELECT channel FROM share ORDER BY id").all())]


class Named(QPrinter):
    """A printer of the system's that writes a PDF and says a name, as a real one does."""

    def printerName(self) -> str:  # noqa: N802 - Qt's name
        return "前台激光"


def test_what_a_printer_prints_is_moved_by_its_own_offset(
    open_pages: Open, desk: Desk, maker: PosterMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.share.printing.QPrinter", Named)
    monkeypatch.setattr(Named, "PrinterMode", QPrinter.PrinterMode, raising=False)
    hands = PaperHands(tmp_path / "printed.pdf")
    shown = open_pages(share=lambda c: SharePage(c, desk, actor, maker, lambda _sha: None, outlets=hands))
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.side.templates.choose("shelf")
    shown.settle()
    places = []
    for printer in ("another one", "前台激光"):
        desk.calibration.keep(Offset(1.5, -1.0), actor(), printer)
        page.post.print_picture(page, lambda made: [made])
        shown.settle()
        image = page_picture(hands.file, 508)  # twenty dots to the millimetre
        dark = [(x, y) for x in range(0, image.width(), 2) for y in range(0, 460, 2) if is_dark(image, x, y)]
        places.append((min(x for x, _ in dark) / 20, min(y for _, y in dark) / 20))
    (left, top), (moved_left, moved_top) = places
    assert moved_left - left == pytest.approx(1.5, abs=0.2)
    assert moved_top - top == pytest.approx(-1.0, abs=0.2)


def is_dark(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128
