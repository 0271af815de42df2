"""What leaves the studio is read by two decoders that the program does not use: OpenCV and zbar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from guide_app.protocol.poster_layers import Symbol
from guide_app.sharing.layout import layout
from tests.guide_app.sharing.posters import FULL, PALETTES, TEMPLATES
from tests.helpers.readers import OTHER_MAKERS, need_reader
from ui.kit.poster.photos import PhotoCache
from ui.kit.poster.render import PosterRenderer
from ui.kit.poster.verify import as_in_chat

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from guide_app.sharing.template import Palette

Pictures = Mapping[str, tuple[Image.Image, Image.Image]]
EDGE = 2000
"""Prints of A4 and A5 are larger; what is seen of them on a screen or in a shop window is their chat picture."""

WITH_A_LINK = [name for name, of in TEMPLATES.items() if any(isinstance(layer, Symbol) for layer in of.layers)]

readers = pytest.mark.parametrize("reader", OTHER_MAKERS)


def grey(picture: QImage) -> Image.Image:
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    size = plain.width(), plain.height()
    return Image.frombuffer("L", size, bytes(plain.constBits()), "raw", "L", plain.bytesPerLine(), 1)


@pytest.fixture(scope="module")
def posters(qapp: QApplication, snapshot: bytes) -> Pictures:
    """Each template with a busy photo, as made and after a chat program."""
    del qapp
    renderer = PosterRenderer(PhotoCache())
    content = replace(FULL, photo=renderer.photos.open(snapshot))
    made = {name: renderer.picture(layout(template, content, renderer.measure)) for name, template in TEMPLATES.items()}
    return {name: (grey(picture), grey(as_in_chat(picture))) for name, picture in made.items()}


@readers
@pytest.mark.parametrize("template", WITH_A_LINK)
def test_every_template_is_read_by_decoders_of_other_makers(posters: Pictures, template: str, reader: str) -> None:
    read = need_reader(reader)
    made, in_chat = posters[template]
    assert read(in_chat) == (FULL.url,)
    if max(made.size) < EDGE:
        assert read(made) == (FULL.url,)


@readers
@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_every_palette_is_read_by_decoders_of_other_makers(
    renderer: PosterRenderer, palette: Palette, reader: str
) -> None:
    read = need_reader(reader)
    drawing = layout(TEMPLATES["square"], FULL, renderer.measure, palette)
    assert read(grey(renderer.picture(drawing))) == (FULL.url,)
