"""The lines of 同步: a refused change, a value that lost, a change that waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide_app.sync.queries import LostValue, ParkedChange, QueuedChange
from ui.kit.buttons import button
from ui.kit.paint import paint_pill, pill_width
from ui.kit.painted import Painted
from ui.kit.rows import RowDelegate, paint_two_lines
from ui.kit.text import ElidedLabel
from ui.kit.theme import Theme
from ui.pages.sync.words import change_words, field_words, fields_words, moment, value_words

_EDGE = 30
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


class _Line(QWidget):
    """Tile, a strong line over a muted one, buttons at the right."""

    def __init__(self, theme: Theme, tile: tuple[str, str], title: str, detail: str) -> None:
        super().__init__()
        self.title = ElidedLabel(title, "strong")
        self.detail = ElidedLabel(detail, "muted")
        self.setFixedHeight(LINE_HEIGHT - 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(14, 0, 14, 0)
        self.line.setSpacing(8)
        self.line.addWidget(LetterTile(theme, *tile))
        self.line.addSpacing(4)
        self.line.addLayout(words, 1)


class ParkedLine(_Line):
    """A change that head office refused."""

    looked_into = Signal(object)
    """`ParkedChange` to be dealt with."""
    export_asked = Signal(object)
    """`ParkedChange` to be written to a file."""

    def __init__(self, theme: Theme, parked: ParkedChange, now_ms: int) -> None:
        """Say what was refused, why, and when it was done."""
        words = change_words(parked.change)
        title = QCoreApplication.translate("ParkedLine", "{what} 未被接受").format(what=words.title)
        done = QCoreApplication.translate("ParkedLine", "{time} 在本机完成").format(
            time=moment(parked.change.created_at, now_ms)
        )
        super().__init__(theme, ("!", "red"), title, " · ".join(part for part in (parked.sentence, done) if part))
        self.look = button(self.tr("查看处理办法"), "primary")
        self.export = button(self.tr("导出"))
        for made in (self.look, self.export):
            made.setAccessibleName(f"{made.text()} {words.title}")
            self.line.addWidget(made)
        self.look.clicked.connect(lambda: self.looked_into.emit(parked))
        self.export.clicked.connect(lambda: self.export_asked.emit(parked))


@dataclass(frozen=True, slots=True)
class LostChange:
    """The values of one change of ours that a later edit overtook; all of one record."""

    mid: int
    values: tuple[LostValue, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that lost."""
        return tuple(value.field for value in self.values)


def lost_changes(values: tuple[LostValue, ...]) -> list[LostChange]:
    """Values that lost, by the change they belong to, in the order given."""
    by_mid: dict[int, list[LostValue]] = {}
    for value in values:
        by_mid.setdefault(value.mid, []).append(value)
    return [LostChange(mid, tuple(found)) for mid, found in by_mid.items()]


class LostLine(_Line):
    """Values of ours that lost to a later edit: put them back, or let it be."""

    restore_asked = Signal(object)
    """`LostChange` to be written once more."""
    accepted = Signal(object)
    """`LostChange` that may stay lost."""

    def __init__(self, theme: Theme, lost: LostChange, guides: Mapping[str, str], now_ms: int) -> None:
        """Say what stood there and what stands now."""
        first = lost.values[0]
        title = QCoreApplication.translate("LostLine", "{who} 的{fields} 被较新的修改覆盖").format(
            who=first.about or field_words(first.kind), fields=fields_words(lost.fields)
        )
        changes = [
            f"{value_words(v.field, v.sent, guides)} → {value_words(v.field, v.now, guides)}" for v in lost.values
        ]
        kept = QCoreApplication.translate("LostLine", "{time} 得知 · 保留 90 天可恢复").format(
            time=moment(first.at, now_ms)
        )
        tile = (QCoreApplication.translate("LostLine", "改"), "gold")
        super().__init__(theme, tile, title, " · ".join((*changes, kept)))
        only = len(lost.values) == 1
        words = (
            self.tr("恢复为 {value}").format(value=_short(value_words(first.field, first.sent, guides)))
            if only
            else self.tr("恢复这 {count} 项").format(count=len(lost.values))
        )
        self.restore = button(words)
        self.accept = button(self.tr("知道了"))
        for made in (self.restore, self.accept):
            made.setAccessibleName(f"{made.text()} {title}")
            self.line.addWidget(made)
        self.restore.clicked.connect(lambda: self.restore_asked.emit(lost))
        self.accept.clicked.connect(lambda: self.accepted.emit(lost))


def _short(text: str, most: int = 12) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


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
    """Which fields, and when."""
    fields = fields_words(change.fields) if change.op == "patch" else ""
    return " · ".join(part for part in (fields, moment(change.created_at, now_ms)) if part)


def describe_waiting(change: QueuedChange) -> str:
    """A change in words, for screen readers."""
    return change_words(change).title
