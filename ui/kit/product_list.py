"""Finding a product: a search field over a list of photo, name, price and stock with its age."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductRow
from ui.kit.ages import age_text, is_stale
from ui.kit.inline import Field
from ui.kit.paged import RowModel
from ui.kit.paint import paint_pill, pill_width
from ui.kit.rows import Chosen, RowDelegate, RowList, paint_line
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs, paint_thumb
from ui.kit.work import Work

Find = Callable[[str], Sequence[ProductRow]]
"""Products for a typed text, on a reader thread."""

_EDGE = 46
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


def stock_text(row: ProductRow, now_ms: int) -> str:
    """`本店 14 · 12 分钟前`; never a number without its age."""
    if row.available is None:
        return QCoreApplication.translate("ProductList", "本店未报库存")
    age = age_text(row.as_of, now_ms)
    return QCoreApplication.translate("ProductList", "本店 {count} · {age}").format(count=row.available, age=age)


def mark_text(row: ProductRow) -> str:
    """Why a product is marked: stopped, sensitive or for the shop alone; empty for most."""
    if row.status != "on_sale":
        return QCoreApplication.translate("ProductList", "停售")
    if row.sensitive:
        return QCoreApplication.translate("ProductList", "敏感商品")
    return "" if row.private else QCoreApplication.translate("ProductList", "不在私域卖")


class ProductDelegate(RowDelegate):
    """Photo, name, code, price, stock. `compact` leaves the code out and puts price and stock into one line."""

    def __init__(self, theme: Theme, thumbs: Thumbs, now: Callable[[], int], *, compact: bool) -> None:
        """`now` gives UTC ms, for the age of the stock."""
        super().__init__(theme, height=62)
        self._thumbs, self._now, self._compact = thumbs, now, compact
        self.hairlines = not compact

    def paint_row(self, painter: QPainter, rect: QRectF, row: ProductRow, *, selected: bool) -> None:
        """Paint one product."""
        del selected
        picture = QRectF(rect.left(), round(rect.center().y() - _EDGE / 2), _EDGE, _EDGE)
        ratio = painter.device().devicePixelRatio()
        paint_thumb(painter, picture, self._thumbs.get(row.image, _EDGE, ratio), self.theme)
        words = rect.adjusted(_EDGE + 12, 0, 0, 0)
        middle = words.center().y()
        upper = QRectF(words.left(), middle - 21, words.width(), 20)
        lower = QRectF(words.left(), middle + 1, words.width(), 18)
        price = yuan(row.price_fen)
        if self._compact:
            self._upper(painter, upper, row, "")
            stock = stock_text(row, self._now())
            whole = f"{price} · {stock}"
            painter.setFont(self.theme.font(self.theme.tokens.font.small))
            # A figure may lose the price before it, never the age behind it.
            fits = painter.fontMetrics().horizontalAdvance(whole) <= lower.width()
            self._small(painter, lower, whole if fits else stock, self._ink(row))
        else:
            self._upper(painter, upper, row, price)
            stock = stock_text(row, self._now())
            self._small(painter, lower, row.spu, "ink_3")
            self._small(painter, lower, stock, self._ink(row), align=_RIGHT)

    def _upper(self, painter: QPainter, line: QRectF, row: ProductRow, price: str) -> None:
        theme, mark = self.theme, mark_text(row)
        ink = theme.colour("ink_3" if row.status != "on_sale" else "ink")
        if price:
            wide = painter.fontMetrics().horizontalAdvance(price) + 16.0
            paint_line(painter, line, price, theme.font(), ink, align=_RIGHT)
            line = line.adjusted(0, 0, -wide, 0)
        if mark:
            wide = pill_width(mark, theme)
            room = QRectF(line.left(), line.top(), line.width() - wide - 6, line.height())
        else:
            room, wide = line, 0.0
        paint_line(painter, room, row.name, theme.font(bold=not self._compact), ink)
        if mark:
            used = min(room.width(), painter.fontMetrics().horizontalAdvance(row.name))
            tone = "grey" if row.status != "on_sale" else "warm"
            paint_pill(painter, QPointF(room.left() + used + 6, line.center().y()), mark, tone, theme)

    def _small(
        self,
        painter: QPainter,
        line: QRectF,
        text: str,
        ink: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        theme = self.theme
        paint_line(painter, line, text, theme.font(theme.tokens.font.small), theme.colour(ink), align=align)

    def _ink(self, row: ProductRow) -> str:
        old = row.available is not None and is_stale(row.as_of, self._now())
        return "warm" if old else "ink_3" if not row.available else "ink_2"


class ProductFinder(QWidget):
    """Search field over the list. Arrow keys move in the list while the field has the keyboard."""

    moved = Signal(object)
    """`ProductRow` now current."""
    chosen = Signal(object)
    """`ProductRow` opened by Enter or double click."""
    counted = Signal(int)
    """How many products are listed."""

    def __init__(
        self, theme: Theme, work: Work, find: Find, thumbs: Thumbs, now: Callable[[], int], *, compact: bool = False
    ) -> None:
        """List what `find` answers; nothing is read before `refresh`."""
        super().__init__()
        self._work, self._find, self._now = work, find, now
        self._wanted = ""
        self.search = Field()
        self.search.setClearButtonEnabled(True)
        self.model: RowModel[ProductRow] = RowModel(self._describe)
        self.list = RowList(ProductDelegate(theme, thumbs, now, compact=compact), self.tr("商品"))
        self.list.setModel(self.model)
        self.search.setPlaceholderText(
            self.tr("商品名 / 货号 / 扫条码") if compact else self.tr("商品名、货号、条码、拼音、颜色")
        )
        self.search.setAccessibleName(self.tr("查找商品"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self.refresh)
        self.search.installEventFilter(self)
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(lambda chosen: self.chosen.emit(chosen.row))
        thumbs.arrived.connect(self.list.viewport().update)

    @property
    def current(self) -> ProductRow | None:
        """The product the list stands on."""
        row = self.list.row_at(self.list.currentIndex().row())
        return row if isinstance(row, ProductRow) else None

    def refresh(self) -> None:
        """Read the list again for what is typed; the current product stays current if it is still listed."""
        text, find = self.search.text(), self._find
        self._work.query(lambda _job: find(text), owner=self, slot="find", done=self._show)

    def select(self, product_id: str) -> None:
        """Make this product current, now or when the list has been read; a search that hides it is cleared."""
        self._wanted = product_id
        if self.search.text():
            self.search.clear()
        elif self.model.rowCount():
            self._stand()

    def keys(self, event: QKeyEvent) -> bool:
        """Take the keys that move in the list or open its row; whether it was one of those."""
        if event.key() in _MOVES or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.keyPressEvent(event)
            return True
        return False

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: N802 - Qt's name
        """Let the search field drive the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            return self.keys(event)
        return False

    def _show(self, rows: Sequence[ProductRow]) -> None:
        before = self._wanted or (self.current.id if self.current else "")
        self.model.set_rows(rows)
        self.counted.emit(len(rows))
        self._wanted = before
        self._stand()

    def _stand(self) -> None:
        ids = [row.id for row in self.model.rows]
        if not ids:
            return
        number = ids.index(self._wanted) if self._wanted in ids else 0
        self._wanted = ""
        index = self.model.index(number, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _moved(self, chosen: Chosen) -> None:
        self.moved.emit(chosen.row)

    def _describe(self, row: ProductRow) -> str:
        parts = (row.name, row.spu, yuan(row.price_fen), stock_text(row, self._now()), mark_text(row))
        return " ".join(filter(None, parts))
