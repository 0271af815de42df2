"""Cards: the white panels that a page is made of, their headers and rows, and the figure tiles."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.painted import Meter
from ui.kit.text import ElidedLabel, label, restyle
from ui.kit.theme import Theme


def rule() -> QFrame:
    """Hairline from edge to edge."""
    line = QFrame()
    line.setProperty("rule", True)
    return line


class SectionTitle(QWidget):
    """A section's title, a hint after it, and actions at the right."""

    def __init__(self, title: str, hint: str = "", *actions: QWidget) -> None:
        """Lay out one line."""
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        self._title = label(title, "section")
        self._hint = ElidedLabel(hint, "hint")
        line.addWidget(self._title)
        line.addWidget(self._hint, 1)
        for action in actions:
            line.addWidget(action)

    def set_texts(self, title: str, hint: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._hint.setText(hint)


class Card(QFrame):
    """White panel with a hairline border. Put padded content into `body`, full-width rows by `add_row`."""

    def __init__(self, kind: str = "plain", *, padding: int = 14) -> None:
        """`kind` is plain, tile, wash or stage; `padding` px around `body`."""
        super().__init__()
        self.setProperty("card", kind)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)
        self._body_in = False
        self._rows = 0

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the padded body."""
        self.use_body()
        self.body.addWidget(widget, stretch)

    def use_body(self) -> QVBoxLayout:
        """Return the padded body, placed under what the card already holds."""
        if not self._body_in:
            self._column.addLayout(self.body)
            self._body_in = True
        return self.body

    def set_header(self, title: str, hint: str = "", *actions: QWidget) -> SectionTitle:
        """Put a header line at the top, before anything else."""
        head = SectionTitle(title, hint, *actions)
        head.setContentsMargins(14, 10, 14, 10)
        head.setMinimumHeight(48)
        self._column.insertWidget(0, head)
        self._rows += 1
        return head

    def add_row(self, widget: QWidget) -> None:
        """Append a full-width row, with a hairline above unless it is the card's first."""
        if self._rows:
            self._column.addWidget(rule())
        self._column.addWidget(widget)
        self._rows += 1

    def add_quiet(self, widget: QWidget) -> None:
        """Append a widget without a hairline: it may be hidden and leave no trace."""
        self._column.addWidget(widget)

    def fill(self, widget: QWidget) -> None:
        """Append a widget that takes all remaining height, edge to edge."""
        self._column.addWidget(widget, 1)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure: caption, value as text, a note below; `ratio` (0…1) adds a bar; `tone` is a label role."""

    caption: str
    value: str
    note: str = ""
    ratio: float | None = None
    tone: str = "accent"


class KpiTile(Card):
    """A card with one figure that can be read from two steps away."""

    def __init__(self, theme: Theme, kpi: Kpi) -> None:
        """Show `kpi`."""
        super().__init__()
        self._caption = label("", "tiny")
        self._value = label("", "figure")
        self._meter = Meter(theme)
        self._note = ElidedLabel("", kpi.tone)
        self.use_body().setSpacing(4)
        self.body.setContentsMargins(14, 12, 14, 12)
        for widget in (self._caption, self._value, self._meter, self._note):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_kpi(kpi)

    def set_kpi(self, kpi: Kpi) -> None:
        """Show other figures."""
        self._caption.setText(kpi.caption)
        self._value.setText(kpi.value)
        self._note.setText(kpi.note)
        restyle(self._note, role=kpi.tone)
        self._meter.setVisible(kpi.ratio is not None)
        if kpi.ratio is not None:
            self._meter.set_ratio(kpi.ratio)
        self.setAccessibleName(" ".join(part for part in (kpi.caption, kpi.value, kpi.note) if part))


class KpiStrip(QWidget):
    """Tiles of equal width and height side by side; no higher than they need."""

    def __init__(self, theme: Theme, kpis: Sequence[Kpi] = ()) -> None:
        """Show `kpis`."""
        super().__init__()
        self._theme = theme
        self.tiles: list[KpiTile] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_kpis(kpis)

    def set_kpis(self, kpis: Sequence[Kpi]) -> None:
        """Show other figures; tiles are kept as far as they go."""
        while len(self.tiles) > len(kpis):
            gone = self.tiles.pop()
            self._line.removeWidget(gone)
            gone.deleteLater()
        for tile, kpi in zip(self.tiles, kpis, strict=False):
            tile.set_kpi(kpi)
        for kpi in kpis[len(self.tiles) :]:
            tile = KpiTile(self._theme, kpi)
            self.tiles.append(tile)
            self._line.addWidget(tile, 1)


class FigureStrip(QWidget):
    """Small tiles of one caption and one figure each, side by side, for narrow panes."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._shown: list[tuple[ElidedLabel, ElidedLabel]] = []

    def set_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show (caption, figure) pairs; as many as at the first call."""
        while len(self._shown) < len(figures):
            tile = Card(padding=8)
            body = tile.use_body()
            body.setSpacing(1)
            pair = ElidedLabel("", "hint"), ElidedLabel("", "strong")
            for part in pair:
                body.addWidget(part)
            self._line.addWidget(tile, 1)
            self._shown.append(pair)
        for (caption, figure), (words, value) in zip(self._shown, figures, strict=True):
            caption.setText(words)
            figure.setText(value)
            figure.setAccessibleName(f"{words} {value}")


def row(*widgets: QWidget | None, gap: int = 10, margins: tuple[int, int, int, int] = (14, 10, 14, 10)) -> QWidget:
    """Widgets side by side, centred in height; `None` is the stretch between left and right."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(*margins)
    line.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
