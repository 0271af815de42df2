"""The list of clients: a painted row each, as many as there are."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from guide_app.base.money import yuan
from guide_app.clients.found import Match
from guide_app.clients.model import ClientFilter, ClientRow, PageKey
from guide_app.clients.queries import ClientQueries
from ui.kit.paged import PagedModel, RowModel, Source
from ui.kit.paint import paint_pill, pill_width
from ui.kit.rows import RowDelegate, paint_line, paint_two_lines
from ui.kit.tag_tones import tag_tone
from ui.kit.theme import Theme
from ui.kit.work import Work
from ui.pages.clients.words import days_ago, field_text

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: Where the columns begin, as shares of the row's width; the last one ends at the right edge.
_COLUMNS = (0.0, 0.28, 0.57, 0.78)
#: Below this width of a row, px, four columns cut what they say.
_NARROW = 330
#: Room for `¥123,456.78`, and left of it for `365 days ago`, px.
_ROOM = {3: 88, 2: 90}


class ClientDelegate(RowDelegate):
    """Name over phone, tags, last purchase, total."""

    def __init__(self, theme: Theme, now: Callable[[], int]) -> None:
        """`now` gives UTC ms, for the days since the last purchase."""
        super().__init__(theme, height=50)
        self._now = now

    def paint_row(self, painter: QPainter, rect: QRectF, row: ClientRow, *, selected: bool) -> None:
        """Paint one client."""
        del selected
        if rect.width() < _NARROW:
            self._paint_narrow(painter, rect, row)
            return
        name, tags, last, total = self._cells(rect)
        paint_two_lines(painter, name, ("★ " if row.starred else "") + row.name, row.phone, self.theme)
        if row.match is not None and row.match.field == "name":
            self._mark_name(painter, name, row)
        if row.match is None or row.match.field == "name":
            self._paint_tags(painter, tags, row.tags)
        else:
            self._paint_match(painter, tags, row.match)
        ink = self.theme.colour("ink")
        paint_line(painter, last, days_ago(row.last_at, self._now()), self.theme.font(), ink)
        paint_line(painter, total, yuan(row.total_fen), self.theme.font(), ink, align=_RIGHT)

    def _paint_narrow(self, painter: QPainter, rect: QRectF, row: ClientRow) -> None:
        """Two columns of two lines: name over phone or over what was found, total over last purchase. No tags."""
        theme, match = self.theme, row.match
        left, right = self._halves(rect)
        found = match is not None and match.field != "name"
        paint_two_lines(painter, left, ("★ " if row.starred else "") + row.name, "" if found else row.phone, theme)
        if match is not None and found:
            self._paint_words(painter, left, match, field_text(match.field) + " ")
        elif match is not None:
            self._mark_name(painter, left, row)
        middle, small = rect.center().y(), theme.font(theme.tokens.font.small)
        upper, lower = (QRectF(right.left(), middle + up, right.width(), height) for up, height in ((-20, 20), (0, 18)))
        paint_line(painter, upper, yuan(row.total_fen), theme.font(), theme.colour("ink"), align=_RIGHT)
        paint_line(painter, lower, days_ago(row.last_at, self._now()), small, theme.colour("ink_2"), align=_RIGHT)

    def _cells(self, rect: QRectF) -> list[QRectF]:
        edges = [rect.left() + share * rect.width() for share in _COLUMNS] + [rect.right()]
        for (
            column,
            room,
        ) in _ROOM.items():  # a sum that is cut short says another sum: in a narrow window others give way
            edges[column] = min(edges[column], edges[column + 1] - room)
        return [QRectF(left, rect.top(), right - left - 8, rect.height()) for left, right in pairwise(edges)]

    def _halves(self, rect: QRectF) -> tuple[QRectF, QRectF]:
        edge = rect.right() - _ROOM[3]
        left = QRectF(rect.left(), rect.top(), edge - 8 - rect.left(), rect.height())
        return left, QRectF(edge, rect.top(), _ROOM[3], rect.height())

    def _mark_name(self, painter: QPainter, cell: QRectF, row: ClientRow) -> None:
        """A line under what was typed of the name."""
        match = row.match
        if match is None or not match.length:
            return
        painter.setFont(self.theme.font(bold=True))
        measure = painter.fontMetrics().horizontalAdvance
        start = ("★ " if row.starred else "") + match.words[: match.start]
        left = cell.left() + measure(start)
        width = measure(match.words[match.start : match.start + match.length])
        line = QRectF(left, cell.center().y() - 2, min(width, cell.right() - left), 2)
        painter.fillRect(line, self.theme.colour("accent"))

    def _paint_match(self, painter: QPainter, cell: QRectF, match: Match) -> None:
        """The field over its words, what was typed in colour."""
        theme = self.theme
        small = theme.font(theme.tokens.font.small)
        upper = QRectF(cell.left(), cell.center().y() - 19, cell.width(), 18)
        paint_line(painter, upper, field_text(match.field), small, theme.colour("ink_3"))
        self._paint_words(painter, cell, match)

    def _paint_words(self, painter: QPainter, cell: QRectF, match: Match, before: str = "") -> None:
        """What was found, on the lower line of `cell`, after `before`."""
        theme, middle = self.theme, cell.center().y()
        small = theme.font(theme.tokens.font.small)
        x, end = cell.left(), match.start + match.length
        for part, ink in (
            (before, "ink_3"),
            (match.words[: match.start], "ink_2"),
            (match.words[match.start : end], "accent_text"),
            (match.words[end:], "ink_2"),
        ):
            if part and x < cell.right():
                painter.setFont(small)
                width = painter.fontMetrics().horizontalAdvance(part)
                paint_line(painter, QRectF(x, middle, cell.right() - x, 18), part, small, theme.colour(ink))
                x += width

    def _paint_tags(self, painter: QPainter, cell: QRectF, tags: tuple[str, ...]) -> None:
        x = cell.left()
        for tag in tags:
            width = pill_width(tag, self.theme)
            if x + width > cell.right():
                break
            paint_pill(painter, QPointF(x, cell.center().y()), tag, tag_tone(tag), self.theme)
            x += width + 5


def describe(row: ClientRow) -> str:
    """A row in words, for screen readers."""
    why = f"{field_text(row.match.field)} {row.match.words}" if row.match is not None else ""
    return " ".join(filter(None, (row.name, row.phone, *row.tags, yuan(row.total_fen), why)))


def book_model(work: Work, queries: ClientQueries, what: ClientFilter, guide_id: str) -> PagedModel[PageKey, ClientRow]:
    """The paged list of `what`."""
    return PagedModel(work, book_source(queries, what, guide_id))


def book_source(queries: ClientQueries, what: ClientFilter, guide_id: str) -> Source[PageKey, ClientRow]:
    """Where the list of `what` comes from."""
    return Source(
        count=partial(queries.count, what, guide_id),
        page=lambda after, n: queries.page(what, guide_id, after, n).rows,
        anchors=partial(queries.anchors, what, guide_id),
        key=lambda row: row.key,
        describe=describe,
    )


def found_model() -> RowModel[ClientRow]:
    """The list of what a search found."""
    return RowModel(describe)
