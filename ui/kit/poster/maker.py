"""From what a poster says to a finished file that has been read back: one call for the window and the command line."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.advertising import AdvertisingLaw
from guide_app.sharing.check import CheckReport
from guide_app.sharing.content import Photo, PosterContent
from guide_app.sharing.drawing import Drawing
from guide_app.sharing.layout import layout
from guide_app.sharing.template import Template, load_templates
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.photos import PhotoCache
from ui.kit.poster.render import PosterRenderer, encode_png, encode_webp
from ui.kit.poster.verify import verify

Format = Literal["png", "jpg", "webp", "pdf"]


_ENCODE = {"png": encode_png, "jpg": encode_jpeg, "webp": encode_webp}


@dataclass(frozen=True, slots=True)
class MadePoster:
    """A finished poster: the file's bytes, and what a decoder of another maker read in it."""

    drawing: Drawing
    format: Format
    data: bytes
    report: CheckReport


class PosterMaker:
    """Makes posters by the templates on offer, at first those that ship. Needs a QGuiApplication; on any thread."""

    def __init__(self) -> None:
        self.photos = PhotoCache()
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
        drawing = self.drawing(template, content, palette)
        picture = self.renderer.picture(drawing)
        report = verify(drawing, picture)
        data = self.renderer.pdf(drawing) if fmt == "pdf" else _ENCODE[fmt](picture)
        return MadePoster(drawing, fmt, data, report)
