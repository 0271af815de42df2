"""Puts a drawing's commands on a QPainter: a picture, a PDF page, a printer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from guide_app.sharing.drawing import (
    Bars,
    Box,
    Circle,
    Colour,
    Command,
    Drawing,
    FillRect,
    Gradient,
    Image,
    Modules,
    Stroke,
    StrokeRect,
    TextRun,
    extent,
)
from guide_app.sharing.typeset import clusters
from ui.kit.poster.fonts import poster_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.kit.poster.photos import PhotoCache

_POINTS_PER_INCH = 72
_SMALLEST_SNAPPED = 2
_SMALLEST_BAR = 3  # narrower ones are only looked at, on a screen, where they keep their place beside the digits
_SNAP_GROWTH = 1.02  # a little larger rather than a whole pixel smaller; the quiet zone can spare it
_OPAQUE = 255
_PIXELS_PER_METRE = 2835
"""72 dots an inch, so that a font's point is one pixel."""


@dataclass(frozen=True, slots=True)
class Surface:
    """How a drawing meets its device.

    `scale` is device pixels for one unit of the drawing. `snap` puts QR modules on whole device pixels (pictures
    and printers, not PDF). `flat_scale`, where given, has photos and everything see-through painted first into
    one opaque picture of that many pixels for one unit: PDF would store them large, and viewers differ in them.
    """

    scale: float
    snap: bool = True
    flat_scale: float | None = None


def paint(drawing: Drawing, painter: QPainter, surface: Surface, photos: PhotoCache, families: Sequence[str]) -> None:
    """Paint `drawing` from the painter's origin on. Works in any thread that owns the painter.

    Raises PhotoError where the photo cannot be read.
    """
    brush = _Brush(painter, surface, photos, families)
    commands = drawing.commands
    if surface.flat_scale is None:
        brush.paint(commands)
        return
    flat = max((n for n, c in enumerate(commands, 1) if _needs_flat(c)), default=0)
    brush.paint([c for c in commands[:flat] if not _needs_flat(c)])
    if flat:
        page = Box(0, 0, drawing.width, drawing.height)
        zone = _union([extent(c) for c in commands[:flat] if isinstance(c, Image | Gradient)], page)
        brush.picture(zone, _flattened(commands[:flat], zone, surface.flat_scale, photos, families))
    brush.paint(commands[flat:])


def new_canvas(width: int, height: int) -> QImage:
    """An opaque white picture of one pixel to the point."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(_PIXELS_PER_METRE)
    image.setDotsPerMeterY(_PIXELS_PER_METRE)
    image.fill(Qt.GlobalColor.white)
    return image


def _needs_flat(command: Command) -> bool:
    clear = isinstance(command, Gradient) and any(colour.alpha < _OPAQUE for _, colour in command.stops)
    return clear or isinstance(command, Image)


def _union(boxes: Sequence[Box], page: Box) -> Box:
    left, top = max(page.x, min(b.x for b in boxes)), max(page.y, min(b.y for b in boxes))
    right, bottom = min(page.right, max(b.right for b in boxes)), min(page.bottom, max(b.bottom for b in boxes))
    return Box(left, top, right - left, bottom - top)


def _flattened(
    commands: Sequence[Command], zone: Box, scale: float, photos: PhotoCache, families: Sequence[str]
) -> QImage:
    """What `zone` shows once `commands` are painted."""
    image = new_canvas(max(1, round(zone.width * scale)), max(1, round(zone.height * scale)))
    painter = QPainter(image)
    painter.translate(-zone.x * scale, -zone.y * scale)
    _Brush(painter, Surface(scale), photos, families).paint(commands)
    painter.end()
    return image


@dataclass(frozen=True, slots=True)
class _Brush:
    painter: QPainter
    surface: Surface
    photos: PhotoCache
    families: Sequence[str]

    def paint(self, commands: Sequence[Command]) -> None:
        hints = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        self.painter.setRenderHints(hints | QPainter.RenderHint.SmoothPixmapTransform)
        for command in commands:
            match command:
                case FillRect():
                    self._fill(command.box, command.radius, QBrush(_colour(command.colour)))
                case Gradient():
                    self._fill(command.box, command.radius, QBrush(self._gradient(command)))
                case StrokeRect():
                    self._outline(command)
                case Circle():
                    self._circle(command)
                case Stroke():
                    self._line(command)
                case TextRun():
                    self._text(command)
                case Image():
                    self._image(command)
                case Modules() | Bars():
                    self._symbol(command)

    def picture(self, box: Box, image: QImage) -> None:
        """Draw `image` stretched over `box`."""
        self.painter.drawImage(self._rect(box), image)

    def _rect(self, box: Box) -> QRectF:
        k = self.surface.scale
        return QRectF(box.x * k, box.y * k, box.width * k, box.height * k)

    def _fill(self, box: Box, radius: float, brush: QBrush) -> None:
        if radius:
            self.painter.fillPath(self._rounded(box, radius), brush)
        else:
            self.painter.fillRect(self._rect(box), brush)

    def _rounded(self, box: Box, radius: float) -> QPainterPath:
        path = QPainterPath()
        r = min(radius, box.width / 2, box.height / 2) * self.surface.scale
        path.addRoundedRect(self._rect(box), r, r)
        return path

    def _gradient(self, command: Gradient) -> QGradient:
        k, box = self.surface.scale, command.box
        centre = QPointF((box.x + box.width / 2) * k, (box.y + box.height / 2) * k)
        made: QGradient
        if command.kind == "radial":
            made = QRadialGradient(centre, max(box.width, box.height) / 2 * k)
        else:
            across, down = math.cos(math.radians(command.angle)), math.sin(math.radians(command.angle))
            half = (abs(box.width * across) + abs(box.height * down)) / 2 * k
            reach = QPointF(across * half, down * half)
            made = QLinearGradient(centre - reach, centre + reach)
        made.setStops([(at, _colour(colour)) for at, colour in command.stops])
        return made

    def _outline(self, command: StrokeRect) -> None:
        half = command.thickness / 2
        self.painter.setPen(QPen(_colour(command.colour), command.thickness * self.surface.scale))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(self._rounded(command.box.inset(half), max(0.0, command.radius - half)))

    def _circle(self, command: Circle) -> None:
        k = self.surface.scale
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(_colour(command.colour))
        self.painter.drawEllipse(QPointF(command.x * k, command.y * k), command.radius * k, command.radius * k)

    def _line(self, command: Stroke) -> None:
        k = self.surface.scale
        self.painter.setPen(QPen(_colour(command.colour), command.thickness * k))
        self.painter.drawLine(QLineF(command.x1 * k, command.y1 * k, command.x2 * k, command.y2 * k))

    def _text(self, command: TextRun) -> None:
        k = self.surface.scale
        font = poster_font(self.families, command.font.weight)
        # Points, because Qt takes pixel sizes only as integers; the device says how many pixels a point is.
        font.setPointSizeF(command.font.size * k * _POINTS_PER_INCH / self.painter.device().logicalDpiY())
        self.painter.setFont(font)
        self.painter.setPen(_colour(command.colour))
        start = QPointF(command.x * k, command.y * k)
        if not command.font.spacing:
            self.painter.drawText(start, command.text)
            return
        # Sign by sign: QPainter ignores a font's absolute letter spacing on devices of another resolution.
        metrics = QFontMetricsF(font, self.painter.device())
        for sign in clusters(command.text):
            self.painter.drawText(start, sign)
            start += QPointF(metrics.horizontalAdvance(sign) + command.font.spacing * k, 0)

    def _image(self, command: Image) -> None:
        box = self._rect(command.box)
        size = QSize(max(1, round(box.width())), max(1, round(box.height())))
        picture = self.photos.scaled(command.photo, size, command.fit, command.focus)
        left, top = box.center().x() - picture.width() / 2, box.center().y() - picture.height() / 2
        self.painter.save()
        if command.radius:
            self.painter.setClipPath(self._rounded(command.box, command.radius))
        self.painter.drawImage(QPointF(round(left), round(top)), picture)
        self.painter.restore()

    def _symbol(self, command: Modules | Bars) -> None:
        if isinstance(command, Bars):
            self._bars(command)
        else:
            self._modules(command)

    def _modules(self, command: Modules) -> None:
        """One path of rectangles, so that neighbouring rows leave no seam."""
        box = self._rect(command.box)
        module = box.width() / command.matrix.size
        left, top = box.x(), box.y()
        whole = self.surface.snap and module >= _SMALLEST_SNAPPED
        if whole:
            module = snapped(module)
            spare = box.width() - module * command.matrix.size
            left, top = round(left + spare / 2), round(top + spare / 2)
        path = QPainterPath()
        for x, y, length in command.matrix.runs():
            path.addRect(QRectF(left + x * module, top + y * module, length * module, module))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not whole)
        self.painter.fillPath(path, _colour(command.dark))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _bars(self, command: Bars) -> None:
        """Bars on whole device pixels where there are any: a scanner measures how wide they are."""
        box, symbol = self._rect(command.box), command.symbol
        module, left, top = box.width() / symbol.width, box.x(), box.y()
        whole = self.surface.snap and snapped(module) >= _SMALLEST_BAR
        if whole:
            module = snapped(module)
            left = round(left + (box.width() - module * symbol.width) / 2)
            top = round(top) if symbol.linear else round(top + (box.height() - module * symbol.height) / 2)
        path = QPainterPath()
        for bar in command.rects(left, top, module, box.height()):
            path.addRect(QRectF(bar.x, bar.y, bar.width, bar.height))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not whole)
        self.painter.fillPath(path, _colour(command.dark))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def snapped(module: float) -> int:
    """The whole device pixels of a module that is `module` of them wide."""
    return int(module * _SNAP_GROWTH)


def _colour(colour: Colour) -> QColor:
    return QColor(*colour)
