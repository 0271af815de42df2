"""Small painters shared by widgets and list delegates: avatar, meter, bars, sparkline, pill, dot. All in px."""

from collections.abc import Sequence
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from ui.kit.theme import Theme
from ui.kit.tokens import qcolor

MARK = "导"
"""The character of our mark, the same in every language."""

_FACES = ("#C98B5B", "#5B87AB", "#A86B8B", "#7A9157", "#8A7BBF", "#4F9A8B", "#B5605F", "#8C7A5B")


def face_colour(name: str) -> QColor:
    """Return the colour that a name always gets, on every PC."""
    return qcolor(_FACES[crc32(name.encode()) % len(_FACES)])


def initial(name: str) -> str:
    """Return the one character shown in an avatar: the surname's first, or a Latin capital."""
    stripped = name.strip()
    return stripped[:1].upper() if stripped else "?"


def paint_avatar(painter: QPainter, rect: QRectF, name: str, theme: Theme) -> None:
    """Circle in the name's colour with its initial."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(face_colour(name))
    painter.drawEllipse(rect)
    painter.setPen(Qt.GlobalColor.white)
    painter.setFont(theme.font(max(9, round(rect.width() * 0.36)), bold=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initial(name))


def paint_meter(painter: QPainter, rect: QRectF, ratio: float, theme: Theme, ink: str = "accent") -> None:
    """Rounded bar filled to `ratio` (0…1, clipped) in token colour `ink`."""
    radius = rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(rect, radius, radius)
    filled = rect.width() * min(1.0, max(0.0, ratio))
    if filled > 0:
        painter.setBrush(theme.colour(ink))
        painter.drawRoundedRect(
            QRectF(rect.left(), rect.top(), max(filled, rect.height()), rect.height()), radius, radius
        )


def pill_width(text: str, theme: Theme) -> float:
    """Width that `paint_pill` will take."""
    return QFontMetrics(theme.font(theme.tokens.font.small)).horizontalAdvance(text) + 18.0


def paint_pill(painter: QPainter, at: QPointF, text: str, tone: str, theme: Theme) -> float:
    """Pill with its left middle at `at`; returns its width. `tone` as in the style sheet."""
    rect = QRectF(at.x(), at.y() - 10, pill_width(text, theme), 20)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{tone}_soft"))
    painter.drawRoundedRect(rect, 10, 10)
    painter.setPen(theme.colour(f"{tone}_soft_ink"))
    painter.setFont(theme.font(theme.tokens.font.small))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return rect.width()


def paint_dot(painter: QPainter, centre: QPointF, ink: str, theme: Theme, radius: float = 4) -> None:
    """Filled dot in token colour `ink`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ink))
    painter.drawEllipse(centre, radius, radius)


def paint_bars(painter: QPainter, rect: QRectF, values: Sequence[float], theme: Theme, mark: int = -1) -> None:
    """Bar chart from zero; the bar at index `mark` is drawn in full accent, the others softer."""
    if not values:
        return
    top = max(0.0, *values) or 1.0
    step = rect.width() / len(values)
    width = max(1.0, min(step * 0.66, 28.0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, value in enumerate(values):
        height = max(2.0, rect.height() * max(0.0, value) / top)
        painter.setBrush(theme.colour("accent" if index == mark or mark < 0 else "accent_line"))
        left = rect.left() + step * index + (step - width) / 2
        painter.drawRoundedRect(QRectF(left, rect.bottom() - height, width, height), 2, 2)


def paint_sparkline(painter: QPainter, rect: QRectF, values: Sequence[float], theme: Theme) -> None:
    """Line over a soft area, scaled between the smallest and the largest value; nothing for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004 - a line needs two points
        return
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = rect.width() / (len(values) - 1)
    points = [
        QPointF(rect.left() + step * index, rect.bottom() - rect.height() * (value - low) / span)
        for index, value in enumerate(values)
    ]
    area = QPainterPath(QPointF(rect.left(), rect.bottom()))
    for point in points:
        area.lineTo(point)
    area.lineTo(rect.right(), rect.bottom())
    area.closeSubpath()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(area, theme.colour("accent_soft"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("accent"), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(points))


def paint_logo(painter: QPainter, tile: QRectF, theme: Theme) -> None:
    """Our mark: 导 on a rounded tile."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("rail_logo"))
    painter.drawRoundedRect(tile, tile.width() * 0.28, tile.width() * 0.28)
    painter.setPen(theme.colour("rail_logo_ink"))
    painter.setFont(theme.font(round(tile.width() * 0.53), bold=True))
    painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, MARK)
