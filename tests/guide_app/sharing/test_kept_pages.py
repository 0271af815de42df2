"""Pages of the print log: whatever can be drawn comes back as it was; what cannot be read is said not to be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide_app.base.errors import NotFoundError
from guide_app.sharing.barcode import bar_symbol
from guide_app.sharing.content import Photo
from guide_app.sharing.drawing import (
    Bars,
    Box,
    Circle,
    Colour,
    Drawing,
    FillRect,
    Gradient,
    Image,
    Modules,
    Stroke,
    StrokeRect,
    TextRun,
)
from guide_app.sharing.kept_pages import KeptPages, PaperChoice, bundle, unbundle
from guide_app.sharing.print_log import Printout, pages_of
from guide_app.sharing.printers import Printer
from guide_app.sharing.qr import qr_matrix
from guide_app.sharing.typeset import Font

BOX, INK, PAPER = Box(1.5, 2.0, 30.25, 40.0), Colour(29, 35, 33), Colour(255, 255, 255, 128)
PHOTO = Photo(b"\xff\xd8 a photo \x00", "k1")
ALL = Drawing(
    "a4", "mm", 210.0, 297.0,
    (
        FillRect(BOX, PAPER, 2.0),
        StrokeRect(BOX, INK, 0.5),
        Gradient(BOX, ((0.0, INK), (1.0, PAPER)), "radial", 45.0, 3.0),
        Circle(4.0, 5.0, 6.0, INK),
        Stroke(0.0, 0.0, 9.0, 9.0, 0.25, INK),
        TextRun(1.0, 8.0, "软底乐福鞋 ¥569", Font(4.5, 700, 0.1), INK, 33.3),
        Image(BOX, PHOTO, "cover", 0.25, 4.0),
        Image(BOX, PHOTO, "contain"),
        Modules(BOX, qr_matrix("https://s.example/s/1"), INK, PAPER, 4.0),
        Bars(BOX, bar_symbol("ean", "2000000000015"), INK, PAPER, (11.0, 7.0), 2.0),
    ),
    "https://s.example/s/1", "软底乐福鞋", "海报",
)  # fmt: skip
KEPT = KeptPages((ALL, replace(ALL, commands=ALL.commands[:1])), PaperChoice(297.0, 420.0, landscape=True, copies=3))


def test_every_kind_of_command_comes_back_and_a_photo_is_kept_once() -> None:
    asked: list[str] = []

    def read(photo: Photo) -> bytes:
        asked.append(photo.key)
        return bytes(PHOTO.source) if isinstance(PHOTO.source, bytes) else b""

    data = bundle(KEPT, read)
    assert unbundle(data) == KEPT
    assert asked == [PHOTO.key]


@pytest.mark.parametrize("data", [b"", b"\x90", bundle(KEPT, lambda _: b"").replace(b"Circle", b"Square")])
def test_what_another_program_kept_is_said_not_to_be_kept(data: bytes) -> None:
    with pytest.raises(NotFoundError, match="没有留存"):
        pages_of(Printout("t", "a4", "p", data=data, printer=Printer()))
