"""Her closet: a small picture of each piece that she kept, found by any of its words."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.clients.closet import Piece
from ui.kit.flow import FlowLayout
from ui.kit.inline import Field
from ui.kit.rows import paint_line
from ui.kit.text import label, plain_tip
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs, paint_thumb

_EDGE, _WORDS, _GAP = 58, 18, 6
_TILE = QSize(_EDGE + 6, _EDGE + _WORDS + 6)
_MOST = 24


class PieceButton(QPushButton):
    """A picture with colour and size below it; pressing shows the product."""

    def __init__(self, theme: Theme, thumbs: Thumbs, piece: Piece) -> None:
        """Paint `piece`, its picture as soon as it is there."""
        super().__init__()
        self._theme, self._thumbs, self._piece = theme, thumbs, piece
        said = " ".join(filter(None, (piece.title, piece.colour, piece.size, f"{china_datetime(piece.at):%Y-%m-%d}")))
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.setAutoDefault(False)
        self.setFixedSize(_TILE)
        thumbs.arrived.connect(self._repaint)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The whole tile: the style gives buttons a least height of their own, that of a line of text."""
        return _TILE

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint picture, words, and a frame while it has the keyboard."""
        painter = QPainter(self)
        theme = self._theme
        if self.hasFocus() or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("selected" if self.hasFocus() else "hover"))
        picture = self._thumbs.get(self._piece.image, _EDGE, self.devicePixelRatioF())
        paint_thumb(painter, QRectF(3, 3, _EDGE, _EDGE), picture, theme)
        words = f"{self._piece.colour} {self._piece.size}".strip() or self._piece.title
        small = theme.font(theme.tokens.font.small)
        paint_line(painter, QRectF(3, _EDGE + 4, _EDGE, _WORDS), words, small, theme.colour("ink_2"))

    def _repaint(self) -> None:
        self.update()


class ClosetView(QWidget):
    """A search field over the pictures. `opened` carries the id of the product that is wanted."""

    opened = Signal(str)

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        """Start empty."""
        super().__init__()
        self._theme, self._thumbs = theme, thumbs
        self._pieces: tuple[Piece, ...] = ()
        self.search = Field()
        self.search.setPlaceholderText(self.tr("找她的衣橱: 款式、颜色、尺码、货号"))
        self.search.setAccessibleName(self.tr("找她的衣橱"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.tiles = QWidget()
        self._flow = FlowLayout(self.tiles, _GAP)
        self.hint = label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.search, self.tiles, self.hint):
            column.addWidget(part)

    def set_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show another closet; what is searched stays searched."""
        if pieces != self._pieces:
            self._pieces = pieces
            self._show()
        self.setVisible(bool(pieces))

    def shown(self) -> list[PieceButton]:
        """The pieces that are on screen."""
        buttons = (self._flow.itemAt(n).widget() for n in range(self._flow.count()))  # type: ignore[union-attr] # there
        return [made for made in buttons if isinstance(made, PieceButton)]

    def _show(self) -> None:
        found = [piece for piece in self._pieces if piece.matches(self.search.text())]
        self._flow.clear()
        for piece in found[:_MOST]:
            made = PieceButton(self._theme, self._thumbs, piece)
            made.clicked.connect(partial(self._open, piece))
            self._flow.addWidget(made)
        self._keep_room()
        over = len(found) - _MOST
        if over > 0:
            self.hint.setText(self.tr("还有 {n} 件, 输入几个字就能找到。").format(n=over))
        elif not found:
            self.hint.setText(self.tr("衣橱里没有这样的一件。"))
        self.hint.setVisible(over > 0 or not found)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the pictures as many lines as the new width needs."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """Tabs ask nobody how high he would be at their width, so the pictures say it themselves.

        Counted, not asked of the layout: it takes what is not on screen yet for nothing.
        """
        in_line = max(1, (self.width() + _GAP) // (_TILE.width() + _GAP))
        lines = -(-self._flow.count() // in_line)
        self.tiles.setMinimumHeight(max(0, lines * (_TILE.height() + _GAP) - _GAP))

    def _open(self, piece: Piece) -> None:
        if piece.product_id is not None:
            self.opened.emit(piece.product_id)
