from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.drawing import Box, Stroke, extent
from guide_app.sharing.layout import layout
from guide_app.sharing.sheet import A4, STICKERS_24, Paper, grid, ruler, sheets, stickers
from tests.guide_app.sharing.posters import FULL, TEMPLATES, Ems

LABEL = layout(TEMPLATES["shelf"], FULL, Ems())


def test_eighteen_labels_go_on_an_a4_sheet() -> None:
    assert grid(A4, 60, 40) == (3, 6)
    pages = sheets([LABEL] * 20)
    assert [len(p.symbols()) for p in pages] == [18, 2]


@given(st.integers(1, 19), st.floats(2, 15), st.floats(0, 8))
def test_labels_neither_meet_nor_leave_the_margin(count: int, margin: float, gap: float) -> None:
    paper = Paper(margin=margin, gap=gap)
    for page in sheets([LABEL] * count, paper):
        grounds = [extent(c) for c in page.commands if extent(c)[2:] == (60, 40)]
        free = Box(0, 0, 210, 297).inset(margin - 1e-6)
        assert all(
            g.x >= free.x and g.right <= free.right and g.y >= free.y and g.bottom <= free.bottom for g in grounds
        )
        assert not any(a.inset(1e-6).meets(b) for i, a in enumerate(grounds) for b in grounds[:i])


def test_cut_marks_stay_outside_the_labels() -> None:
    (page,) = sheets([LABEL] * 18)
    block = Box(12, 21, 186, 255)
    marks = [c for c in page.commands if isinstance(c, Stroke) and c.thickness == 0.1]
    assert len(marks) == 2 * 6 + 2 * 12
    labels = [extent(c) for c in page.commands if extent(c)[2:] == (60, 40)]
    assert not any(extent(m).meets(label) for m in marks for label in labels)
    assert not any(extent(m).meets(block.inset(0.5)) for m in marks)


def test_calibration_moves_everything() -> None:
    (plain,), (shifted,) = sheets([LABEL]), sheets([LABEL], replace(A4, shift_x=1.5, shift_y=-0.5))
    (one,), (other,) = plain.symbols(), shifted.symbols()
    assert (other.box.x - one.box.x, other.box.y - one.box.y) == pytest.approx((1.5, -0.5))


def test_labels_of_two_sizes_or_in_pixels_are_refused() -> None:
    for other in (layout(TEMPLATES["a4"], FULL, Ems()), layout(TEMPLATES["square"], FULL, Ems())):
        with pytest.raises(InvalidInputError):
            sheets([LABEL, other])
    with pytest.raises(InvalidInputError):
        sheets([layout(TEMPLATES["a4"], FULL, Ems())])
    assert sheets([]) == []


def test_the_ruler_measures_a_hundred_millimetres_both_ways() -> None:
    page = ruler(A4, Ems())
    longest = [c for c in page.commands if isinstance(c, Stroke) and max(c.x2 - c.x1, c.y2 - c.y1) == 100]
    assert [(c.x1, c.y1) for c in longest] == [(20, 20), (20, 20)]
    assert sum(isinstance(c, Stroke) for c in page.commands) == 2 + 2 * 101


def test_24_stickers_lie_in_the_middle_of_their_cells() -> None:
    label = layout(TEMPLATES["label"], FULL, Ems())
    pages = stickers([label] * 30, STICKERS_24)
    assert [len(p.symbols()) for p in pages] == [24, 6]
    grounds = [extent(c) for c in pages[0].commands if extent(c)[2:] == (40, 30)]
    first, last = grounds[0], grounds[-1]
    assert (first.x, first.y) == pytest.approx((7.21 + 11.75, 12.9 + 1.95), abs=0.01)
    assert (last.right, last.bottom) == pytest.approx((210 - 7.21 - 11.75, 297 - 12.9 - 1.95), abs=0.01)
    assert not any(a.meets(b) for i, a in enumerate(grounds) for b in grounds[:i])
    with pytest.raises(InvalidInputError, match="放不下"):
        stickers([LABEL], STICKERS_24)
