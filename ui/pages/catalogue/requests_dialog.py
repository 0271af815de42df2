"""What is kept and asked for: the requests that concern this store, each with what may be said to it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from guide_app.catalogue.requests import Answer, Request
from ui.kit.ages import age_text
from ui.kit.buttons import button
from ui.kit.paint import paint_pill, pill_width
from ui.kit.rows import ROW_ROLE, RowDelegate, paint_two_lines
from ui.kit.text import label
from ui.kit.theme import Theme

_ID = Qt.ItemDataRole.UserRole + 7  # the rows' own words stand beside it
_TONES = {"open": "gold", "accepted": "accent", "refused": "red", "done": "grey", "cancelled": "grey"}


@dataclass(frozen=True, slots=True)
class Line:
    """A request in words: what, whose way, how it stands in a tone, how old it is."""

    what: str
    way: str
    state: str
    tone: str
    age: str

    def __str__(self) -> str:
        return f"{self.what}\n{self.way} · {self.state} · {self.age}"


class RequestDelegate(RowDelegate):
    """What over whose way, how it stands at the right."""

    def paint_row(self, painter: QPainter, rect: QRectF, row: Line, *, selected: bool) -> None:
        """Paint one request."""
        del selected
        left = rect.right() - pill_width(row.state, self.theme)
        paint_pill(painter, QPointF(left, rect.center().y()), row.state, row.tone, self.theme)
        words = QRectF(rect.left(), rect.top(), left - rect.left() - 8, rect.height())
        paint_two_lines(painter, words, row.what, f"{row.way} · {row.age}", self.theme)


class RequestsDialog(QDialog):
    """Lists requests; a button a possible answer."""

    answered = Signal(str, str)
    """The request's id, and the answer."""

    def __init__(self, parent: QWidget, theme: Theme, rows: Sequence[Request], now_ms: int, *, manager: bool) -> None:
        """`now_ms` is UTC ms, for the ages; only a `manager` accepts and refuses."""
        super().__init__(parent)
        self._manager = manager
        self._rows = {row.id: row for row in rows}
        self.setWindowTitle(self.tr("留货与调货"))
        self.setMinimumSize(600, 420)
        column = QVBoxLayout(self)
        told = self.tr("选一条再答复。别店提出的由本店店长答复。")
        none = self.tr("没有留货和调货。在商品页按 F9 提出。")
        column.addWidget(label(told if rows else none, "hint", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("留货与调货"))
        self.list.setMouseTracking(True)
        delegate = RequestDelegate(theme)
        delegate.setParent(self.list)
        self.list.setItemDelegate(delegate)
        for row in rows:
            line = self._line(row, now_ms)
            item = QListWidgetItem(str(line))
            item.setData(_ID, row.id)
            item.setData(ROW_ROLE, line)
            self.list.addItem(item)
        column.addWidget(self.list, 1)
        self.deeds = {answer: button(text) for answer, text in self._answers().items()}
        foot = QHBoxLayout()
        for answer, made in self.deeds.items():
            made.clicked.connect(lambda _=False, answer=answer: self._say(answer))
            foot.addWidget(made)
        foot.addStretch(1)
        column.addLayout(foot)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.list.currentItemChanged.connect(self._offer)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._offer()

    def _answers(self) -> dict[Answer, str]:
        return {
            "accepted": self.tr("同意"),
            "refused": self.tr("没有了"),
            "done": self.tr("收到或取走"),
            "cancelled": self.tr("不要了"),
        }

    def _line(self, row: Request, now_ms: int) -> Line:
        what = " ".join(filter(None, (row.name, row.colour, row.size)))
        if row.gives and row.asks:
            way = self.tr("本店留货")
        elif row.kind == "transfer":
            way = self.tr("{source} → {target}").format(source=row.from_name, target=row.to_name)
        else:
            way = self.tr("{source}替{target}留").format(source=row.from_name, target=row.to_name)
        states = {
            "open": self.tr("等答复"), "accepted": self.tr("已同意"), "refused": self.tr("没有了"),
            "done": self.tr("已完成"), "cancelled": self.tr("不要了"),
        }  # fmt: skip
        state, tone = (self.tr("等上传"), "grey") if row.waiting else (states[row.state], _TONES[row.state])
        if row.is_late(now_ms):
            state, tone = self.tr("已同意, 过了约定的时间还没收到"), "red"
        return Line(f"{what} × {row.qty}", way, state, tone, age_text(row.at, now_ms))

    def _current(self) -> Request | None:
        item = self.list.currentItem()
        return self._rows.get(item.data(_ID)) if item is not None else None

    def _offer(self) -> None:
        row = self._current()
        may = row.answers(manager=self._manager) if row is not None else ()
        for answer, made in self.deeds.items():
            made.setVisible(answer in may)

    def _say(self, answer: Answer) -> None:
        row = self._current()
        if row is not None:
            self.accept()
            self.answered.emit(row.id, answer)
