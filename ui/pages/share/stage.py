"""The middle of the page: the poster as it will be, and under it whether it scans."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from guide_app.sharing.drawing import Drawing
from guide_app.sharing.score import Score, score
from ui.kit.card import Card
from ui.kit.i18n import say
from ui.kit.painted import Painted
from ui.kit.text import label, restyle
from ui.kit.theme import Theme

_MARGIN = 22
_RADIUS = 12
_SHADOW, _DROP = 12, 4


class PosterView(Painted):
    """Shows a poster with a soft shadow. Can be dragged out once it has been finished."""

    drag_asked = Signal()
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__(theme)
        self._image: QImage | None = None
        self._words = ""
        self._pressed: QPoint | None = None
        self.draggable = False
        self.setMinimumSize(160, 200)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("海报预览"))

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def room(self) -> QSize:
        """Logical px that a poster may fill."""
        return QSize(max(1, self.width() - 2 * _MARGIN), max(1, self.height() - 2 * _MARGIN))

    def show_image(self, image: QImage) -> None:
        """Show a poster."""
        self._image, self._words = image, ""
        self.update()

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a poster."""
        self._image, self._words = None, words
        self.draggable = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint shadow and poster, or the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._image is None:
            painter.setPen(self._theme.colour("ink_2"))
            room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._words)
            return
        size = self._image.deviceIndependentSize()
        box = QRectF(round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), 0, 0)
        box.setSize(size)
        self._paint_shadow(painter, box)
        path = QPainterPath()
        path.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.setClipPath(path)
        painter.drawImage(box.topLeft(), self._image)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent"))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), _RADIUS + 3, _RADIUS + 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a drag may begin."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a drag once the mouse has gone far enough."""
        if self._pressed is None or not self.draggable:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.drag_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another size needs another preview."""
        super().resizeEvent(event)
        self.resized.emit()

    def _paint_shadow(self, painter: QPainter, box: QRectF) -> None:
        colour = QColor(self._theme.colour("shadow"))  # a copy: the theme keeps its own
        painter.setPen(Qt.PenStyle.NoPen)
        colour.setAlpha(7)
        painter.setBrush(colour)
        for step in range(_SHADOW, 0, -2):
            spread = box.adjusted(-step, -step + _DROP, step, step + _DROP)
            painter.drawRoundedRect(spread, _RADIUS + step, _RADIUS + step)


class Stage(Card):
    """The view on its grey ground with a line of words under it."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__("stage", padding=0)
        self._size = self._missing = ""
        self._score = Score(0, ())
        self.view = PosterView(theme)
        self.caption = label("", "hint", wrap=True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body: QVBoxLayout = self.use_body()
        body.setContentsMargins(14, 8, 14, 16)
        body.setSpacing(2)
        body.addWidget(self.view, 1)
        body.addWidget(self.caption)

    def show_preview(self, image: QImage, drawing: Drawing, *, checked: bool, missing: Sequence[str] = ()) -> None:
        """Show a poster; `checked`: its symbol has been read back; `missing`: signs that this PC cannot draw."""
        self._missing = " ".join(missing)
        self._size = f"{drawing.width:g} × {drawing.height:g}" + (self.tr(" 毫米") if drawing.unit == "mm" else "")
        self.view.show_image(image)
        self.view.setAccessibleDescription(drawing.alternative)
        self._score = score(drawing)
        self._say(self.tr("二维码已自检可识别") if checked else self.tr("正在自检二维码…"))
        self.view.draggable = checked

    def checked(self) -> None:
        """The poster in sight has been read back: it may be dragged out."""
        self._say(self.tr("二维码已自检可识别"))
        self.view.draggable = True

    def refuse(self, sentence: str, way_out: str) -> None:
        """Say why this poster is not handed out; it stays in sight."""
        self.view.draggable = False
        restyle(self.caption, role="danger")
        self.caption.setText(f"{sentence} {way_out}".strip())

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a poster."""
        self.view.show_words(words)
        self.caption.setText("")

    def _say(self, check: str) -> None:
        restyle(self.caption, role="hint")
        words = self.tr("实时预览 · {size} · {check}").format(size=self._size, check=check)
        found = self._score.findings
        if found:
            judged = self.tr(" · 海报检查 {points} 分: {why}")
            words += judged.format(points=self._score.points, why=", ".join(say(one.words) for one in found))
        if self._missing:
            restyle(self.caption, role="warn")
            words += self.tr(" · 这台电脑画不出「{signs}」, 海报上会缺, 请改掉").format(signs=self._missing)
        self.caption.setText(words)
