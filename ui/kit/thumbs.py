"""Small product pictures for lists: decoded and cut off the GUI thread, kept scaled, absent until they come."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from ui.kit.poster.photos import MAX_FILE_BYTES, MAX_PIXELS
from ui.kit.theme import Theme
from ui.kit.work import Job, Work

Pictures = Callable[[str], Path | None]
"""Where the picture with a SHA-256 lies on this PC; None while it has not come."""

_MOST_BYTES = 32_000_000
_AT_ONCE = 6
_QUEUE = 60


@dataclass(frozen=True, slots=True)
class _Wish:
    sha256: str
    pixels: int
    radius: int


class Thumbs(QObject):
    """Square pictures with round corners. `arrived` says that something asked for before can now be painted."""

    arrived = Signal()

    def __init__(self, work: Work, pictures: Pictures) -> None:
        """Read through `work` from where `pictures` says."""
        super().__init__()
        self._work = work
        self._pictures = pictures
        self._kept: OrderedDict[_Wish, QPixmap] = OrderedDict()
        self._absent: set[str] = set()
        self._wanted: OrderedDict[_Wish, None] = OrderedDict()
        self._reading = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._read)

    def get(self, sha256: str, edge: int, ratio: float = 1.0, radius: int = 6) -> QPixmap | None:
        """The picture `edge` logical px wide and high for a screen of `ratio`; None now if it is not there yet."""
        wish = _Wish(sha256, round(edge * ratio), round(radius * ratio))
        found = self._kept.get(wish)
        if found is not None:
            self._kept.move_to_end(wish)
            found.setDevicePixelRatio(ratio)
            return found
        if sha256 and sha256 not in self._absent:
            self._wanted[wish] = None
            while len(self._wanted) > _QUEUE:  # what was scrolled past is no longer wanted
                self._wanted.popitem(last=False)
            self._later.start()
        return None

    def look_again(self) -> None:
        """Pictures have come: ask again for those that were missing."""
        self._absent.clear()
        self.arrived.emit()

    def _read(self) -> None:
        if self._reading or not self._wanted:
            return
        self._reading = True
        batch = [self._wanted.popitem()[0] for _ in range(min(_AT_ONCE, len(self._wanted)))]
        pictures = self._pictures

        def load(job: Job) -> list[tuple[_Wish, QImage | None]]:
            made: list[tuple[_Wish, QImage | None]] = []
            for wish in batch:
                job.check()
                path = pictures(wish.sha256)
                made.append((wish, square(path, wish.pixels, wish.radius) if path else None))
            return made

        self._work.query(load, owner=self, done=self._keep, failed=self._failed)

    def _keep(self, made: list[tuple[_Wish, QImage | None]]) -> None:
        self._reading = False
        for wish, image in made:
            if image is None:
                self._absent.add(wish.sha256)
            else:
                self._kept[wish] = QPixmap.fromImage(image)
        while len(self._kept) > 1 and sum(4 * w.pixels**2 for w in self._kept) > _MOST_BYTES:
            self._kept.popitem(last=False)
        self.arrived.emit()
        self._read()

    def _failed(self, failure: object) -> None:
        self._reading = False
        self._work.failed.emit(failure)


def square(path: Path, pixels: int, radius: int) -> QImage | None:
    """The middle of the picture at `path` as a square of `pixels`, corners rounded; None if it cannot be read.

    The file is decoded no larger than needed; too large ones are not decoded at all.
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    shortest = min(size.width(), size.height())
    # A file may vanish or be cut between the look-up and now: then it is as absent as before.
    if shortest < 1 or size.width() * size.height() > MAX_PIXELS or reader.device().size() > MAX_FILE_BYTES:
        return None
    if shortest > 2 * pixels:
        factor = 2 * pixels / shortest
        reader.setScaledSize(QSize(round(size.width() * factor), round(size.height() * factor)))
    image = reader.read()
    if image.isNull():
        return None
    edge = min(image.width(), image.height())
    middle = QRect((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge)
    cut = image.copy(middle).scaled(pixels, pixels, mode=Qt.TransformationMode.SmoothTransformation)
    return _rounded(cut, radius)


def _rounded(image: QImage, radius: int) -> QImage:
    canvas = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(0)
    path = QPainterPath()
    path.addRoundedRect(QRectF(canvas.rect()), radius, radius)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
    painter.drawImage(0, 0, image)
    painter.end()
    return canvas


def paint_thumb(painter: QPainter, rect: QRectF, picture: QPixmap | None, theme: Theme, radius: int = 6) -> None:
    """The picture in `rect`, or, until it has come, a quiet ground with the sign of a picture."""
    if picture is not None:
        painter.drawPixmap(rect.topLeft(), picture)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(rect, radius, radius)
    side = min(28, round(rect.width() * 0.42))
    corner = rect.center().toPoint()
    theme.icon("image", "ink_3").paint(painter, corner.x() - side // 2, corner.y() - side // 2, side, side)
