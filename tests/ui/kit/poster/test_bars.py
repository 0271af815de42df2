"""GTINs on labels: read back from pictures, PDF pages and the very dots of label printers."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

from bench.readers import ZBAR
from guide_app.sharing.check import PosterRefused
from guide_app.sharing.layout import layout
from guide_app.sharing.printers import Printer
from tests.guide_app.sharing.posters import CONTENTS, FULL, TEMPLATES, Ems
from tests.guide_app.sharing.raster import read_tspl, read_zpl
from tests.guide_app.sharing.test_barcode import placed
from tests.helpers.readers import need_reader
from ui.kit.poster.dots import picture_of, raw_job
from ui.kit.poster.verify import read, verify

if TYPE_CHECKING:
    from guide_app.sharing.drawing import Drawing
    from guide_app.sharing.thermal import Language
    from ui.kit.poster.render import PosterRenderer

SAID = {"shelf": FULL.gtin, "label100": FULL.gtin, "jewel": f"(01)0{FULL.gtin}"}
DPI_203, DPI_300 = 8.0, 11.81


def formats(picture: QImage) -> set[str]:
    """What a decoder finds when it looks for everything."""
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    view = zxingcpp.ImageView(
        memoryview(plain.constBits()), plain.width(), plain.height(), zxingcpp.ImageFormat.Lum, plain.bytesPerLine()
    )
    return {str(found.symbology_identifier) for found in zxingcpp.read_barcodes(view) if found.valid}


def drawn(renderer: PosterRenderer, template: str) -> Drawing:
    return layout(TEMPLATES[template], FULL, renderer.measure)


@pytest.mark.parametrize("dots_mm", [DPI_203, DPI_300])
@pytest.mark.parametrize("language", ["tspl", "zpl"])
@pytest.mark.parametrize("template", list(SAID))
def test_the_dots_of_the_job_say_the_number(
    renderer: PosterRenderer, template: str, language: Language, dots_mm: float
) -> None:
    printer = Printer(way="network", address="127.0.0.1", language=language, dots_mm=dots_mm)
    job = raw_job(renderer, drawn(renderer, template), printer)
    bitmap = (read_tspl(job) if language == "tspl" else read_zpl(job))[0]
    assert read(picture_of(bitmap), "paper", bars=True).bars == (SAID[template],)


def test_bars_are_whole_dots_and_no_finer_than_scanners_read(renderer: PosterRenderer) -> None:
    drawing = drawn(renderer, "shelf")
    (bars,) = drawing.bars()
    for dots_mm in (DPI_203, DPI_300):
        printer = Printer(way="file", address="x", language="zpl", dots_mm=dots_mm)
        bitmap = read_zpl(raw_job(renderer, drawing, printer))[0]
        y = round((bars.box.y + 1) * dots_mm)
        span = range(round(bars.box.x * dots_mm) - 4, round(bars.box.right * dots_mm) + 4)
        runs = [len(r) for r in "".join("#" if bitmap.black(x, y) else " " for x in span).split()]
        assert min(runs) / dots_mm >= 0.264
        assert {run % min(runs) for run in runs} == {0}


def test_the_marks_are_gs1s_own(renderer: PosterRenderer) -> None:
    assert formats(renderer.picture(drawn(renderer, "shelf"))) == {"]E0", "]Q1"}
    assert formats(renderer.picture(drawn(renderer, "jewel"))) == {"]d2"}  # ISO/IEC 16022 with FNC1 first


@pytest.mark.parametrize("template", list(SAID))
@pytest.mark.parametrize("content", ["full", "long", "rare"])
def test_a_label_reads_on_screen_and_after_a_chat(renderer: PosterRenderer, template: str, content: str) -> None:
    drawing = layout(TEMPLATES[template], CONTENTS[content], renderer.measure)
    report = verify(drawing, renderer.picture(drawing))
    assert report.passed
    assert [r.bars for r in report.readings] == [(SAID[template],), (SAID[template],), None]


@pytest.mark.parametrize("template", list(SAID))
def test_a_page_of_paper_reads(renderer: PosterRenderer, tmp_path: Path, template: str) -> None:
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm (poppler-utils) is not on this machine")
    drawing, file = drawn(renderer, template), tmp_path / "label.pdf"
    file.write_bytes(renderer.pdf(drawing))
    subprocess.run([program, "-r", "300", "-png", "-singlefile", str(file), str(file.with_suffix(""))], check=True)
    assert read(QImage(str(file.with_suffix(".png"))), "paper", bars=True).bars == (SAID[template],)


def test_a_printer_too_coarse_for_the_label_says_so(renderer: PosterRenderer) -> None:
    small = placed(TEMPLATES["shelf"], (1.5, 27.9, 31, 10.6))  # 0.274 mm: two dots of 203 dpi are 0.25, three 0.375
    drawing = layout(small, FULL, Ems())
    with pytest.raises(PosterRefused) as refused:
        raw_job(renderer, drawing, Printer(way="file", address="x", dots_mm=DPI_203))
    assert refused.value.reason == "bar_size"


def test_a_label_whose_bars_are_smudged_does_not_leave(renderer: PosterRenderer) -> None:
    drawing = drawn(renderer, "shelf")
    (bars,) = drawing.bars()
    picture = renderer.picture(drawing)
    dots = picture.width() / drawing.width
    painter = QPainter(picture)
    box = bars.box
    painter.fillRect(round((box.x + 5) * dots), round(box.y * dots), 40, round(box.height * dots), QColor("black"))
    painter.end()
    with pytest.raises(PosterRefused) as refused:
        verify(drawing, picture)
    assert refused.value.reason == "bar_unreadable"


def test_another_number_on_the_paper_than_was_meant_is_found(renderer: PosterRenderer) -> None:
    picture = renderer.picture(drawn(renderer, "shelf"))
    meant = layout(TEMPLATES["shelf"], replace(FULL, gtin="4006381333931"), renderer.measure)
    with pytest.raises(PosterRefused):
        verify(meant, picture)


@pytest.mark.parametrize("template", ["shelf", "label100", "plain"])
def test_bars_are_read_by_a_decoder_of_another_maker(renderer: PosterRenderer, template: str) -> None:
    """Of zbar, which the program does not use."""
    picture = renderer.picture(drawn(renderer, template)).convertToFormat(QImage.Format.Format_Grayscale8)
    size = picture.width(), picture.height()
    grey = Image.frombuffer("L", size, bytes(picture.constBits()), "raw", "L", picture.bytesPerLine(), 1)
    need_reader(ZBAR)
    from pyzbar import pyzbar  # noqa: PLC0415 - loads a system library that is not on every machine

    read_by_zbar = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.EAN13])
    assert [code.data.decode() for code in read_by_zbar] == [FULL.gtin]
