"""The lines of 同步: what needs a decision, and a change that waits."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.sync.queries import QueuedChange
from ui.kit.buttons import button
from ui.kit.paint import paint_pill, pill_width
from ui.kit.painted import Painted
from ui.kit.rows import RowDelegate, paint_two_lines
from ui.kit.text import ElidedLabel
from ui.kit.theme import Theme
from ui.pages.sync.needs import Do, Need
from ui.pages.sync.words import change_words, fields_words, moment

_EDGE = 30
# Fields of a new client that are worth naming.
_TELLING = frozenset({"phone", "wechat", "shoe_size", "top_size", "preference", "remark"})
LINE_HEIGHT = 61
"""Height of a line that needs a decision, its hairline included, in px."""


def paint_letter(painter: QPainter, rect: QRectF, letter: str, tone: str, theme: Theme) -> None:
    """A white letter on a rounded tile of colour token `tone`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setPen(theme.colour("on_accent"))
    painter.setFont(theme.font(bold=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


class LetterTile(Painted):
    """A letter on a coloured tile."""

    def __init__(self, theme: Theme, letter: str, tone: str) -> None:
        """Show `letter`."""
        super().__init__(theme)
        self._letter, self._tone = letter, tone
        self.setFixedSize(_EDGE, _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the tile."""
        paint_letter(QPainter(self), QRectF(self.rect()), self._letter, self._tone, self._theme)


class NeedLine(QWidget):
    """Tile, a strong line over a muted one, buttons at the right."""

    asked = Signal(object, object)
    """`Need`, and the `Do` of its button."""

    def __init__(self, theme: Theme, need: Need) -> None:
        """Show `need`."""
        super().__init__()
        self.need = need
        self.title = ElidedLabel(need.title, "strong")
        self.detail = ElidedLabel(need.detail, "muted")
        self.buttons: dict[Do, QPushButton] = {}
        self.setFixedHeight(LINE_HEIGHT - 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(8)
        line.addWidget(LetterTile(theme, need.letter, need.tone))
        line.addSpacing(4)
        line.addLayout(words, 1)
        for deed in need.deeds:
            made = button(deed.words, deed.kind)
            made.setAccessibleName(f"{deed.words} {need.title}")
            made.setAccessibleDescription(need.detail)
            made.clicked.connect(partial(self._ask, deed.do))
            line.addWidget(made)
            self.buttons[deed.do] = made

    def _ask(self, do: Do) -> None:
        self.asked.emit(self.need, do)


class WaitingDelegate(RowDelegate):
    """A change that waits: tile, title, fields and time, and that it queues."""

    def __init__(self, theme: Theme, now: Callable[[], int]) -> None:
        """`now` gives UTC ms."""
        super().__init__(theme, height=60)
        self._now = now

    def paint_row(self, painter: QPainter, rect: QRectF, row: QueuedChange, *, selected: bool) -> None:
        """Paint one change."""
        del selected
        words = change_words(row)
        middle = rect.center().y()
        paint_letter(
            painter, QRectF(rect.left(), middle - _EDGE / 2, _EDGE, _EDGE), words.letter, words.tone, self.theme
        )
        queued = QCoreApplication.translate("WaitingDelegate", "排队")
        width = pill_width(queued, self.theme)
        paint_pill(painter, QPointF(rect.right() - width, middle), queued, "grey", self.theme)
        text = QRectF(rect.left() + _EDGE + 12, rect.top(), rect.width() - _EDGE - width - 28, rect.height())
        paint_two_lines(painter, text, words.title, waiting_detail(row, self._now()), self.theme)


def waiting_detail(change: QueuedChange, now_ms: int) -> str:
    """Which fields, or what holds meanwhile, and when."""
    said = ""
    if change.op == "patch":
        said = fields_words(change.fields)
    elif (change.op, change.kind) == ("put", "client"):
        said = fields_words(
            name for name in change.fields if name in _TELLING or name.startswith(("birth_", "consent_"))
        )
    elif (change.op, change.kind) == ("put", "share"):
        said = QCoreApplication.translate("WaitingDelegate", "链接已签名，客户现在就能打开")
    return " · ".join(part for part in (said, moment(change.created_at, now_ms)) if part)


def describe_waiting(change: QueuedChange) -> str:
    """A change in words, for screen readers."""
    return change_words(change).title
