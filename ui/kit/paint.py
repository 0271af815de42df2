"""Small painters shared by widgets and list delegates: avatar, meter, pill, dot, logo. All in px."""

from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

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


def paint_logo(painter: QPainter, tile: QRectF, theme: Theme) -> None:
    """Our mark: 导 on a rounded tile."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("rail_logo"))
    painter.drawRoundedRect(tile, tile.width() * 0.28, tile.width() * 0.28)
    painter.setPen(theme.colour("rail_logo_ink"))
    painter.setFont(theme.font(round(tile.width() * 0.53), bold=True))
    painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, MARK)
