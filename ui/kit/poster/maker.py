"""From what a poster says to a finished file that has been read back: one call for the window and the command line."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.advertising import AdvertisingLaw
from guide_app.sharing.check import CheckReport
from guide_app.sharing.content import Photo, PosterContent
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.layout import layout
from guide_app.sharing.template import Template, load_templates
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.photos import PHOTO_BYTES, PhotoCache
from ui.kit.poster.render import PRINT_DPI, PosterRenderer, dots_per_inch, encode_png, encode_webp
from ui.kit.poster.verify import verify

Format = Literal["png", "jpg", "webp", "pdf"]
Kind = Literal["png", "jpg", "webp", "pdf", "none"]
"""What file is made of a poster; `none` where only its drawing is wanted, read back."""


_ENCODE = {"png": encode_png, "jpg": encode_jpeg, "webp": encode_webp}


@dataclass(frozen=True, slots=True)
class MadePoster:
    """A finished poster: the file's bytes, and what a decoder of another maker read in it."""

    drawing: Drawing
    format: Kind
    data: bytes
    report: CheckReport


@dataclass(frozen=True, slots=True)
class Commission:
    """A poster to be made, here or on another process.

    The photo is a file, opened where the poster is made; `content` has none yet. `for_chat` keeps posters in
    millimetres as small as chats can make use of.
    """

    template: str
    content: PosterContent
    photo: Path | None
    kind: Kind
    palette: str = ""
    for_chat: bool = False


class PosterMaker:
    """Makes posters by the templates on offer, at first those that ship. Needs a QGuiApplication; on any thread."""

    def __init__(self, photo_bytes: int = PHOTO_BYTES) -> None:
        """`photo_bytes` of decoded photos are kept."""
        self.photos = PhotoCache(photo_bytes)
        self.renderer = PosterRenderer(self.photos)
        resources = Path(str(importlib.resources.files("resources")))
        self._law = AdvertisingLaw.load(resources / "words" / "advertising.json")
        self.shipped, self.palettes = load_templates(resources / "templates")
        self.templates: Mapping[str, Template] = self.shipped

    def learn(self, templates: Mapping[str, Template]) -> None:
        """Offer these from now on, in their order: what shipped, with what head office and the store have made."""
        self.templates = dict(templates)

    def template(self, name: str) -> Template:
        """The template with this name. Raises InvalidInputError naming those there are."""
        if name not in self.templates:
            raise InvalidInputError(
                "template.unknown",
                QCoreApplication.translate("Poster", "没有版式「{name}」。").format(name=name),
                QCoreApplication.translate("Poster", "有：{names}。").format(names=", ".join(self.templates)),
            )
        return self.templates[name]

    def photo(self, path: Path | None) -> Photo | None:
        """A photo for the content, None where the picture has not come yet. Raises PhotoError."""
        return self.photos.open(path) if path is not None else None

    def drawing(self, template: str, content: PosterContent, palette: str = "") -> Drawing:
        """The poster as drawing commands. Raises InvalidInputError for words that advertisements must not use."""
        colours = self.palettes[palette] if palette else None
        drawing = layout(self.template(template), content, self.renderer.measure, colours)
        said = (*content.texts().values(), *(item.name for item in content.items), drawing.alternative)
        self._law.require(said, "poster.law", QCoreApplication.translate("Poster", "海报"))
        return drawing

    def make(self, template: str, content: PosterContent, fmt: Format, palette: str = "") -> MadePoster:
        """Render, read back, and only then hand out. Raises PosterRefused with the reason."""
        return self._made(self.drawing(template, content, palette), fmt, PRINT_DPI)

    def commissioned(self, commission: Commission) -> MadePoster:
        """The same of a commission. Raises GuideError with the reason, PhotoError among them."""
        content = replace(commission.content, photo=self.photo(commission.photo))
        drawing = self.drawing(commission.template, content, commission.palette)
        return self._made(drawing, commission.kind, dots_per_inch(drawing) if commission.for_chat else PRINT_DPI)

    def _made(self, drawing: Drawing, kind: Kind, dpi: float) -> MadePoster:
        picture = self.renderer.picture(drawing, dpi)
        report = verify(drawing, picture)
        return MadePoster(drawing, kind, self._file(drawing, picture, kind), report)

    def _file(self, drawing: Drawing, picture: QImage, kind: Kind) -> bytes:
        if kind == "none":
            return b""
        return self.renderer.pdf(drawing) if kind == "pdf" else _ENCODE[kind](picture)
