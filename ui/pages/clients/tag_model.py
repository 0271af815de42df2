"""The lines of the tag picker: titles of groups, tags on offer, and the new word that was typed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from guide_app.clients.tag_choice import Offer, TagChoice, matching
from ui.kit.paged import RowModel
from ui.kit.paint import paint_pill
from ui.kit.rows import RowDelegate, paint_line
from ui.kit.tag_tones import tag_tone
from ui.kit.theme import Theme

_MARK, _RADIUS = 22, 6.5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The title over some tags."""

    text: str


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag on offer. `number` is its key (0: none); `hung`: she carries it; `single`: one of its group at most."""

    tag: TagChoice
    hung: bool
    single: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class NewLine:
    """A word that no tag says, to become the guide's own."""

    name: str


Line = GroupLine | TagLine | NewLine


def lines(offer: Offer, typed: str, hung: Collection[str]) -> list[Line]:
    """What the picker shows: without words the usual tags first; then the groups; a new word at the end."""
    made: list[Line] = []
    if not typed.strip() and offer.usual:
        made.append(GroupLine(QCoreApplication.translate("TagPicker", "常用 · 按数字键")))
        made += [TagLine(tag, tag.name in hung, not tag.multi, number) for number, tag in enumerate(offer.usual, 1)]
    for group in matching(offer, typed):
        made.append(GroupLine(_title(group.name, single=group.single)))
        made += [TagLine(tag, tag.name in hung, not tag.multi) for tag in group.tags]
    word = typed.strip()
    if word and offer.named(word) is None:
        made.append(GroupLine(QCoreApplication.translate("TagPicker", "新标签")))
        made.append(NewLine(word))
    return made


def describe(line: Line) -> str:
    """A line in words, for screen readers."""
    match line:
        case GroupLine(text):
            return text
        case NewLine(name):
            return QCoreApplication.translate("TagPicker", "打上新标签「{name}」").format(name=name)
        case TagLine(tag, hung, _, number):
            state = QCoreApplication.translate("TagPicker", "已打上") if hung else ""
            return " ".join(filter(None, (str(number or ""), tag.group, tag.name, state)))


def _title(name: str, *, single: bool) -> str:
    shown = name or QCoreApplication.translate("TagPicker", "我的标签")
    one = QCoreApplication.translate("TagPicker", "单选")
    return f"{shown} · {one}" if single else shown


class TagModel(RowModel[Line]):
    """The lines; titles can neither be chosen nor walked to."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(describe)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Nothing for a title, so that the arrow keys pass it."""
        if not 0 <= index.row() < len(self.rows) or isinstance(self.rows[index.row()], GroupLine):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def places(self) -> Iterator[int]:
        """Numbers of the rows that can be chosen."""
        return (n for n, row in enumerate(self.rows) if not isinstance(row, GroupLine))


class TagDelegate(RowDelegate):
    """A box or a ring, the tag's pill, and its number key at the right."""

    hairlines = False

    def __init__(self, theme: Theme) -> None:
        """Lines are low: many are seen at once."""
        super().__init__(theme, height=30)

    def paint_row(self, painter: QPainter, rect: QRectF, row: Line, *, selected: bool) -> None:
        """Paint one line."""
        del selected
        if isinstance(row, GroupLine):
            small = self.theme.font(self.theme.tokens.font.small)
            paint_line(painter, rect.adjusted(0, 6, 0, 0), row.text, small, self.theme.colour("ink_2"))
            return
        words = rect.adjusted(_MARK, 0, 0, 0)
        if isinstance(row, NewLine):
            paint_line(painter, words, describe(row), self.theme.font(), self.theme.colour("accent"))
            return
        self._paint_mark(painter, QPointF(rect.left() + 8, rect.center().y()), single=row.single, on=row.hung)
        tone = "red" if row.tag.blocks else tag_tone(row.tag.name)
        paint_pill(painter, QPointF(words.left(), rect.center().y()), row.tag.name, tone, self.theme)
        own = QCoreApplication.translate("TagPicker", "仅自己可见") if row.tag.private else ""
        said = " · ".join(filter(None, (own, str(row.number or ""))))
        paint_line(painter, words, said, self.theme.font(), self.theme.colour("ink_2"), align=_RIGHT)

    def _paint_mark(self, painter: QPainter, at: QPointF, *, single: bool, on: bool) -> None:
        accent = self.theme.colour("accent")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(accent if on else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent if on else self.theme.colour("ink_3"), 1.4))
        box = QRectF(at.x() - _RADIUS, at.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        if single:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(self.theme.colour("panel"), 1.8))
            painter.drawPolyline([at + QPointF(-3, 0), at + QPointF(-0.8, 2.4), at + QPointF(3.2, -2.6)])
