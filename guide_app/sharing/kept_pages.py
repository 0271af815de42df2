"""Printed pages as bytes and back: the drawings with their photos, on which paper, so that they go out again alike.

A page is kept as what was drawn (words, lines, symbols, where), not as dots: it is small, and any printer prints it at
its own resolution. Photos are kept in full, once each: head office may give a product another picture meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from guide_app.sharing.content import Photo
from guide_app.sharing.drawing import (
    Bars,
    Box,
    Circle,
    Command,
    Drawing,
    FillRect,
    Gradient,
    Image,
    Modules,
    Stroke,
    StrokeRect,
    TextRun,
    Unit,
)

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (FillRect, StrokeRect, Gradient, Circle, Stroke, TextRun, Modules, Bars)
}


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What a person chose in the system's dialog: the sheet's upright size in millimetres, its turn, how many."""

    width: float
    height: float
    landscape: bool = False
    copies: int = 1


@dataclass(frozen=True, slots=True)
class KeptPages:
    """What went to a printer of the system's."""

    pages: tuple[Drawing, ...]
    paper: PaperChoice


class _Image(msgspec.Struct, frozen=True, array_like=True):
    """An image by its photo's key."""

    box: Box
    key: str
    fit: Literal["cover", "contain"]
    focus: float
    radius: float


class _Page(msgspec.Struct, frozen=True, array_like=True):
    """A drawing; its commands each with the name of their kind."""

    template: str
    unit: Unit
    width: float
    height: float
    url: str
    title: str
    alternative: str
    commands: list[tuple[str, Any]]


class _Bundle(msgspec.Struct, frozen=True, array_like=True):
    """All of a job; photos by their keys."""

    paper: PaperChoice
    pages: list[_Page]
    photos: dict[str, bytes]


def bundle(kept: KeptPages, read: Callable[[Photo], bytes]) -> bytes:
    """The pages as bytes, with every photo on them, which `read` gets. Raises what `read` raises."""
    photos = {photo.key: photo for page in kept.pages for photo in _photos(page.commands)}
    pages = [_page(page) for page in kept.pages]
    return msgspec.msgpack.encode(_Bundle(kept.paper, pages, {key: read(photo) for key, photo in photos.items()}))


def unbundle(data: bytes) -> KeptPages:
    """The pages out of their bytes. Raises msgspec.ValidationError for what an older program kept in another shape."""
    found = msgspec.msgpack.decode(data, type=_Bundle)
    photos = {key: Photo(source, key) for key, source in found.photos.items()}
    return KeptPages(tuple(_drawing(page, photos) for page in found.pages), found.paper)


def _photos(commands: Iterable[Command]) -> Iterator[Photo]:
    return (command.photo for command in commands if isinstance(command, Image))


def _page(page: Drawing) -> _Page:
    commands = [(type(command).__name__, _plain(command)) for command in page.commands]
    return _Page(page.template, page.unit, page.width, page.height, page.url, page.title, page.alternative, commands)


def _plain(command: Command) -> object:
    if isinstance(command, Image):
        return _Image(command.box, command.photo.key, command.fit, command.focus, command.radius)
    return command


def _drawing(page: _Page, photos: dict[str, Photo]) -> Drawing:
    commands = tuple(_command(kind, plain, photos) for kind, plain in page.commands)
    return Drawing(
        page.template, page.unit, page.width, page.height, commands, page.url, page.title, page.alternative,
    )  # fmt: skip


def _command(kind: str, plain: Any, photos: dict[str, Photo]) -> Command:
    if kind == Image.__name__:
        image = msgspec.convert(plain, _Image)
        photo = photos.get(image.key)
        if photo is None:
            raise msgspec.ValidationError(f"an image of the photo {image.key!r}, which is not there")
        return Image(image.box, photo, image.fit, image.focus, image.radius)
    if kind not in _KINDS:
        raise msgspec.ValidationError(f"a command of the kind {kind!r}")
    made: Command = msgspec.convert(plain, _KINDS[kind])
    return made
