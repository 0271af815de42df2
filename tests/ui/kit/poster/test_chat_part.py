"""What the self-check reads of a chat's picture is the same, bit for bit, whether all of it is encoded or a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from guide_app.base.canvas import Box
from guide_app.sharing.check import PosterRefused, symbol_area
from guide_app.sharing.layout import layout
from tests.guide_app.sharing.posters import FULL, TEMPLATES
from ui.kit.poster.verify import as_in_chat, chat_part, read, verify

if TYPE_CHECKING:
    from ui.kit.poster.render import PosterRenderer

BLOCK = 16


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_part_is_the_whole_bit_for_bit(renderer: PosterRenderer, template: str, snapshot: bytes) -> None:
    drawing = layout(TEMPLATES[template], replace(FULL, photo=renderer.photos.open(snapshot)), renderer.measure)
    picture = renderer.picture(drawing)
    in_units = symbol_area(drawing)
    assert in_units is not None
    area = in_units.scaled(picture.width() / drawing.width)
    whole, part = as_in_chat(picture), as_in_chat(picture, area)
    place = chat_part(area.scaled(whole.width() / picture.width()), whole.size())
    assert part.size() == place.size()
    inner = QRect(place)
    inner.setLeft(place.left() + (place.left() > 0))
    inner.setTop(place.top() + (place.top() > 0))
    inner.setRight(place.right() - (place.right() < whole.width() - 1))
    inner.setBottom(place.bottom() - (place.bottom() < whole.height() - 1))
    assert part.copy(inner.translated(-place.topLeft())) == whole.copy(inner)
    every, some = read(whole, "", bars=True), read(part, "", bars=True)
    assert (every.texts, every.bars) == (some.texts, some.bars)


@given(
    st.integers(1, 1280), st.integers(1, 1280), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1)
)  # fmt: skip
def test_a_part_is_whole_blocks_with_one_to_spare(
    width: int, height: int, left: float, top: float, across: float, down: float
) -> None:
    area = Box(left * width, top * height, across * (1 - left) * width, down * (1 - top) * height)
    part = chat_part(area, QSize(width, height))
    assert QRect(QPoint(), QSize(width, height)).contains(part)
    edges = ((part.x(), area.x, part.x() + part.width(), area.right, width),
             (part.y(), area.y, part.y() + part.height(), area.bottom, height))  # fmt: skip
    for first, start, past, stop, full in edges:
        assert first == 0 or (first % BLOCK == 0 and first <= start - BLOCK)
        assert past == full or (past % BLOCK == 0 and past >= stop + BLOCK)


def test_a_foreign_symbol_far_from_ours_is_still_found(renderer: PosterRenderer) -> None:
    drawing = layout(TEMPLATES["moments"], FULL, renderer.measure)
    picture = renderer.picture(drawing)
    (symbol,) = drawing.symbols()
    other = layout(TEMPLATES["moments"], replace(FULL, url=f"{FULL.url[:-1]}X"), renderer.measure)
    box = symbol.box.inset(-4 * symbol.module)
    foreign = renderer.picture(other).copy(int(box.x), int(box.y), int(box.width), int(box.height))
    painter = QPainter(picture)
    painter.drawImage(QPoint(60, 60), foreign)
    painter.end()
    with pytest.raises(PosterRefused) as refused:
        verify(drawing, picture)
    assert refused.value.reason == "other"


def test_a_symbol_that_a_chat_spoils_is_refused(renderer: PosterRenderer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever JPEG leaves of the part is what is judged: with nothing left of it the poster does not leave."""
    drawing = layout(TEMPLATES["moments"], FULL, renderer.measure)
    picture = renderer.picture(drawing)

    def spoiled(_picture: QImage, area: Box | None = None) -> QImage:
        assert area is not None
        blank = QImage(int(area.width), int(area.height), QImage.Format.Format_RGB32)
        blank.fill(QColor("white"))
        return blank

    monkeypatch.setattr("ui.kit.poster.verify.as_in_chat", spoiled)
    with pytest.raises(PosterRefused) as refused:
        verify(drawing, picture)
    assert refused.value.reason == "unreadable"
