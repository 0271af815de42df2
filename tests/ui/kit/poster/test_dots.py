"""What a thermal printer gets: the dots of the job itself are read by a decoder of another maker."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.sharing.check import PosterRefused
from guide_app.sharing.layout import layout
from guide_app.sharing.printers import Printer, deliver, host_of, purpose_of
from guide_app.sharing.sheet import frame
from tests.guide_app.sharing.posters import FULL, LINKED, TEMPLATES
from tests.guide_app.sharing.raster import read_escpos, read_tspl, read_zpl
from ui.kit.poster.dots import dots, picture_of, raw_job
from ui.kit.poster.verify import read

if TYPE_CHECKING:
    from guide_app.sharing.thermal import Bitmap, Language
    from ui.kit.poster.render import PosterRenderer

PAPER = [n for n, t in LINKED.items() if t.one_colour]
DPI_203, DPI_300 = 8.0, 11.81


def dots_of(language: Language, job: bytes) -> Bitmap:
    if language == "escpos":
        return read_escpos(job)
    return (read_tspl(job) if language == "tspl" else read_zpl(job))[0]


def black(bitmap: Bitmap) -> int:
    return sum(byte.bit_count() for byte in bitmap.data)


def printer(language: Language, dots_mm: float = DPI_203) -> Printer:
    return Printer(way="network", address="127.0.0.1", language=language, dots_mm=dots_mm)


@pytest.mark.parametrize("dots_mm", [DPI_203, DPI_300])
@pytest.mark.parametrize("language", ["escpos", "tspl", "zpl"])
@pytest.mark.parametrize("template", PAPER)
def test_the_job_itself_scans(renderer: PosterRenderer, template: str, language: Language, dots_mm: float) -> None:
    drawing = layout(TEMPLATES[template], FULL, renderer.measure)
    job = raw_job(renderer, drawing, printer(language, dots_mm))
    bitmap = dots_of(language, job)
    assert read(picture_of(bitmap), "paper").texts == (FULL.url,)
    assert bitmap.width == pytest.approx(drawing.width * dots_mm, abs=8)
    assert bitmap.height == pytest.approx(drawing.height * dots_mm, abs=1)


@pytest.mark.parametrize(("template", "reach"), [("slip58", 384), ("slip80", 576)])
def test_a_slip_fits_what_the_printer_reaches(renderer: PosterRenderer, template: str, reach: int) -> None:
    drawing = layout(TEMPLATES[template], FULL, renderer.measure)
    set_up = Printer(way="network", address="127.0.0.1", language="escpos", reach=reach)
    bitmap = read_escpos(raw_job(renderer, drawing, set_up))
    assert bitmap.width == reach
    lost = black(dots(renderer, drawing, DPI_203)) - black(bitmap)
    assert 0 <= lost <= 16  # the very ends of the dividing lines
    assert read(picture_of(bitmap), "paper").texts == (FULL.url,)


def test_a_module_is_a_third_of_a_millimetre_and_whole_dots(renderer: PosterRenderer) -> None:
    drawing = layout(TEMPLATES["label"], FULL, renderer.measure)
    bitmap = dots(renderer, drawing, DPI_203)
    (symbol,) = drawing.symbols()
    y = round((symbol.box.y + 3.5 * symbol.module) * DPI_203)
    line = "".join("#" if bitmap.black(x, y) else " " for x in range(round(20 * DPI_203), bitmap.width))
    runs = [len(run) for run in line.replace(" ", "\n").split() if run]
    assert min(runs) / DPI_203 >= 0.33
    assert {run % min(runs) for run in runs} == {0}


def test_a_print_that_would_not_scan_does_not_leave(renderer: PosterRenderer) -> None:
    drawing = layout(TEMPLATES["label"], FULL, renderer.measure)
    cut = Printer(way="network", address="127.0.0.1", right_mm=10.0)
    with pytest.raises(PosterRefused):
        raw_job(renderer, drawing, cut)
    with pytest.raises(PosterRefused):
        raw_job(renderer, replace(drawing, url=FULL.url + "x"), printer("tspl"))


def test_pixels_have_no_size_on_a_label(renderer: PosterRenderer) -> None:
    with pytest.raises(InvalidInputError):
        raw_job(renderer, layout(TEMPLATES["square"], FULL, renderer.measure), printer("zpl"))


def test_the_test_page_has_its_frame_two_millimetres_in_and_moves_by_the_setting(renderer: PosterRenderer) -> None:
    page = frame(60, 40, renderer.measure)
    for right, down in ((0.0, 0.0), (0.5, -1.0)):
        set_up = Printer(way="network", address="x", language="zpl", right_mm=right, down_mm=down)
        bitmap = read_zpl(raw_job(renderer, page, set_up))[0]
        xs = [x for x in range(bitmap.width) if bitmap.black(x, bitmap.height // 2)]
        ys = [y for y in range(bitmap.height) if bitmap.black(bitmap.width * 4 // 5, y)]
        assert min(xs) / DPI_203 == pytest.approx(2 + right, abs=0.25)
        assert min(ys) / DPI_203 == pytest.approx(2 + down, abs=0.25)
        assert max(xs) / DPI_203 == pytest.approx(58 + right, abs=0.25)


def test_each_paper_has_its_purpose() -> None:
    found = {name: purpose_of(template) for name, template in TEMPLATES.items()}
    assert {n for n, p in found.items() if p == "receipt"} == {"slip58", "slip80"}
    assert {"shelf", "label", "label100"} <= {n for n, p in found.items() if p == "label"}
    assert found["a4"] == found["moments"] == "poster"


def test_a_network_printer_gets_every_byte(renderer: PosterRenderer) -> None:
    job = raw_job(renderer, layout(TEMPLATES["slip80"], FULL, renderer.measure), printer("escpos"))
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            line, _ = server.accept()
            with line:
                while part := line.recv(65536):
                    got.extend(part)

        thread = threading.Thread(target=take)
        thread.start()
        deliver(job, Printer(way="network", address=f"127.0.0.1:{server.getsockname()[1]}"))
        thread.join(10)
    assert bytes(got) == job


def test_a_printer_that_is_off_is_said_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(GuideError, match="PDF"):
        deliver(b"x", Printer(way="network", address=f"127.0.0.1:{port}"), wait_s=1)


def test_a_file_or_device_gets_the_job(tmp_path: Path) -> None:
    deliver(b"^XA^XZ", Printer(way="file", address=str(tmp_path / "lp0")))
    assert (tmp_path / "lp0").read_bytes() == b"^XA^XZ"
    with pytest.raises(GuideError, match="没有接受"):
        deliver(b"", Printer(way="file", address=str(tmp_path / "no" / "lp0")))


def test_addresses_of_printers() -> None:
    assert host_of("192.168.1.80") == ("192.168.1.80", 9100)
    assert host_of("printer.local:9101") == ("printer.local", 9101)
    assert host_of("[fe80::1]:9100") == ("fe80::1", 9100)
    for wrong in ("", "a b", "host:0", "host:99999", "host:port", ":9100"):
        with pytest.raises(InvalidInputError):
            host_of(wrong)
