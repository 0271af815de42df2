"""Several labels on one sheet of paper, with marks to cut along; and a ruler page to set a printer right by. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.drawing import EM_ASCENT, Colour, Command, Drawing, Stroke, TextRun, moved
from guide_app.sharing.typeset import Font

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guide_app.sharing.typeset import Measure

_INK = Colour(0, 0, 0)
_MARK, _MARK_GAP, _HAIR = 4.0, 1.0, 0.1
_RULER, _TICK, _TICK_FIVE, _TICK_TEN = 100, 2.0, 3.0, 4.5
_FIVE, _TEN = 5, 10
_FRAME, _BOLD = 2.0, 0.25
_LETTERS = Font(3.0)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in millimetres: `margin` stays free, labels lie `gap` apart.

    `shift_x`, `shift_y` move everything right and down, to make up for a printer that feeds off centre (read from
    the ruler page).
    """

    width: float = 210.0
    height: float = 297.0
    margin: float = 8.0
    gap: float = 3.0
    shift_x: float = 0.0
    shift_y: float = 0.0


A4 = Paper()


@dataclass(frozen=True, slots=True)
class Cells:
    """Stickers on a sheet, in the middle of the paper; millimetres."""

    columns: int
    rows: int
    width: float
    height: float
    gap_x: float = 0.0
    gap_y: float = 0.0


STICKERS_24 = Cells(3, 8, 63.5, 33.9, 2.54)
"""The common A4 sheet of 24 stickers, 3 x 8 of 63.5 x 33.9 mm."""


def grid(paper: Paper, width: float, height: float) -> tuple[int, int]:
    """How many labels of `width` x `height` mm go across and down. Raises InvalidInputError when none does."""
    across = int((paper.width - 2 * paper.margin + paper.gap) // (width + paper.gap))
    down = int((paper.height - 2 * paper.margin + paper.gap) // (height + paper.gap))
    if across < 1 or down < 1:
        raise InvalidInputError("sheet.paper", "纸张比货签还小，一张也放不下。", "请换更大的纸。")
    return across, down


def sheets(labels: Sequence[Drawing], paper: Paper = A4) -> list[Drawing]:
    """Pages with `labels` row by row, in the middle of the paper, with cut marks outside the labels.

    All labels are in millimetres and of one size. Raises InvalidInputError otherwise.
    """
    if not labels:
        return []
    first = labels[0]
    if any(d.unit != "mm" or (d.width, d.height) != (first.width, first.height) for d in labels):
        raise InvalidInputError("sheet.mixed", "拼版的货签必须是同一种毫米尺寸。", "请分开打印。")
    across, down = grid(paper, first.width, first.height)
    full = across * down
    return [_page(labels[i : i + full], paper, across, down) for i in range(0, len(labels), full)]


def stickers(labels: Sequence[Drawing], cells: Cells, paper: Paper = A4) -> list[Drawing]:
    """Pages of stickers that are cut already, a label in the middle of each, row by row. Nothing marks the edges.

    All labels are in millimetres and no larger than a cell. Raises InvalidInputError otherwise.
    """
    if any(d.unit != "mm" or d.width > cells.width or d.height > cells.height for d in labels):
        raise InvalidInputError(
            "sheet.cell",
            "这种不干胶每枚 {width:g}×{height:g} 毫米, 放不下这个货签。",
            "请选小一些的货签版式。",
            width=cells.width,
            height=cells.height,
        )
    left = (paper.width - cells.columns * cells.width - (cells.columns - 1) * cells.gap_x) / 2 + paper.shift_x
    top = (paper.height - cells.rows * cells.height - (cells.rows - 1) * cells.gap_y) / 2 + paper.shift_y
    full = cells.columns * cells.rows
    pages = []
    for first in range(0, len(labels), full):
        commands: list[Command] = []
        for number, label in enumerate(labels[first : first + full]):
            row, column = divmod(number, cells.columns)
            x = left + column * (cells.width + cells.gap_x) + (cells.width - label.width) / 2
            y = top + row * (cells.height + cells.gap_y) + (cells.height - label.height) / 2
            commands += moved(label.commands, x, y)
        pages.append(_drawing(paper, commands, f"{len(labels[first : first + full])} 枚货签"))
    return pages


def ruler(paper: Paper, measure: Measure) -> Drawing:
    """A page with a ruler of 100 mm across and one down, both from the point that must lie 20 mm from two edges."""
    x, y = 20.0 + paper.shift_x, 20.0 + paper.shift_y
    commands: list[Command] = [
        Stroke(x, y, x + _RULER, y, _HAIR, _INK),
        Stroke(x, y, x, y + _RULER, _HAIR, _INK),
    ]
    for mm in range(_RULER + 1):
        tick = _tick(mm)
        commands.append(Stroke(x + mm, y, x + mm, y + tick, _HAIR, _INK))
        commands.append(Stroke(x, y + mm, x + tick, y + mm, _HAIR, _INK))
    told = (
        "两条标尺都应正好 100 毫米；不是时，请在打印对话框选择「实际大小」。",
        "左上角应距纸的左边和上边各 20 毫米；差多少，就在校准里填多少。",
    )
    for number, text in enumerate(told):
        baseline = y + _TEN + number * 2 * _LETTERS.size + EM_ASCENT * _LETTERS.size
        commands.append(TextRun(x + _TEN, baseline, text, _LETTERS, _INK, measure.width(text, _LETTERS)))
    return _drawing(paper, commands, "打印校准页")


def frame(width: float, height: float, measure: Measure) -> Drawing:
    """A test page of any size: a frame 2 mm from each edge, ticks of 1 mm along two of its sides.

    A printer that is right leaves 2 mm on every side; how much it is off is what its setting wants.
    """
    far_x, far_y = width - _FRAME, height - _FRAME
    commands: list[Command] = [
        Stroke(_FRAME, _FRAME, far_x, _FRAME, _BOLD, _INK),
        Stroke(_FRAME, far_y, far_x, far_y, _BOLD, _INK),
        Stroke(_FRAME, _FRAME, _FRAME, far_y, _BOLD, _INK),
        Stroke(far_x, _FRAME, far_x, far_y, _BOLD, _INK),
    ]
    across, down = (range(1, int(side - 2 * _FRAME) + 1) for side in (width, height))
    commands += [Stroke(_FRAME + mm, _FRAME, _FRAME + mm, _FRAME + _tick(mm) / 2, _BOLD, _INK) for mm in across]
    commands += [Stroke(_FRAME, _FRAME + mm, _FRAME + _tick(mm) / 2, _FRAME + mm, _BOLD, _INK) for mm in down]
    text = f"{width:g} × {height:g}"
    taken = measure.width(text, _LETTERS)
    if taken < width - 4 * _FRAME and height > 4 * _FRAME + _LETTERS.size:
        x, y = (width - taken) / 2, height / 2 + _LETTERS.size / 2
        commands.append(TextRun(x, y, text, _LETTERS, _INK, taken))
    return Drawing("frame", "mm", width, height, tuple(commands), "", "打印测试页", "打印测试页")


def _tick(mm: int) -> float:
    return _TICK_TEN if mm % _TEN == 0 else _TICK_FIVE if mm % _FIVE == 0 else _TICK


def _page(labels: Sequence[Drawing], paper: Paper, across: int, down: int) -> Drawing:
    width, height = labels[0].width, labels[0].height
    left = (paper.width - across * width - (across - 1) * paper.gap) / 2 + paper.shift_x
    top = (paper.height - down * height - (down - 1) * paper.gap) / 2 + paper.shift_y
    commands: list[Command] = []
    for number, label in enumerate(labels):
        row, column = divmod(number, across)
        commands += moved(label.commands, left + column * (width + paper.gap), top + row * (height + paper.gap))
    rows = -(-len(labels) // across)
    columns = min(across, len(labels))
    edges_x = [left + c * (width + paper.gap) + side for c in range(columns) for side in (0, width)]
    edges_y = [top + r * (height + paper.gap) + side for r in range(rows) for side in (0, height)]
    commands += _cut_marks(edges_x, edges_y)
    return _drawing(paper, commands, f"{len(labels)} 张货签")


def _cut_marks(xs: Sequence[float], ys: Sequence[float]) -> Iterator[Stroke]:
    """Short lines outside the block of labels, one at each edge to cut along."""
    near, far = _MARK_GAP, _MARK_GAP + _MARK
    for x in xs:
        yield Stroke(x, ys[0] - far, x, ys[0] - near, _HAIR, _INK)
        yield Stroke(x, ys[-1] + near, x, ys[-1] + far, _HAIR, _INK)
    for y in ys:
        yield Stroke(xs[0] - far, y, xs[0] - near, y, _HAIR, _INK)
        yield Stroke(xs[-1] + near, y, xs[-1] + far, y, _HAIR, _INK)


def _drawing(paper: Paper, commands: Sequence[Command], title: str) -> Drawing:
    return Drawing("sheet", "mm", paper.width, paper.height, tuple(commands), "", title, title)
