"""Icons: our own 24 × 24 line drawings, recoloured by token, cached, sharp on any screen."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_INK = b"currentColor"


class _SvgEngine(QIconEngine):
    """Paints the drawing at whatever pixel size the screen asks for, so that no scale is ever blurred."""

    def __init__(self, svg: QByteArray) -> None:
        super().__init__()
        self._svg = svg
        self._renderer = QSvgRenderer(svg)

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, _state: QIcon.State) -> None:
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(rect))  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        canvas = QPixmap(size)
        canvas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(canvas)
        self.paint(painter, QRectF(QPointF(0, 0), size).toRect(), mode, state)
        painter.end()
        return canvas

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._svg)


class IconSet:
    """All `*.svg` files of one folder. Each draws with `currentColor`, which is replaced by the wanted ink."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; files are read when first asked for."""
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def names(self) -> tuple[str, ...]:
        """All icon names, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def icon(self, name: str, colour: str) -> QIcon:
        """Icon in `colour` (`#RRGGBB`); raises `FileNotFoundError` for an unknown name."""
        key = (name, colour)
        if key not in self._icons:
            self._icons[key] = QIcon(_SvgEngine(QByteArray(self._source(name).replace(_INK, colour.encode()))))
        return self._icons[key]

    def pixmap(self, name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Picture of `size` logical px for a screen of `ratio` device pixels, cached for painters."""
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self.icon(name, colour).pixmap(QSize(size, size), ratio)
        return self._pixmaps[key]

    def clear(self) -> None:
        """Let go of all icons while the application object still stands: none of them may outlive it."""
        self._pixmaps.clear()
        self._icons.clear()

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
        return self._sources[name]
