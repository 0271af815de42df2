"""Templates in work: every step can be undone, what is locked stays, what a file brings is judged."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.protocol.poster_layers import Stack, Symbol, Text
from guide_app.sharing.editing import Editing, bring, export
from tests.guide_app.sharing.posters import TEMPLATES

A4 = TEMPLATES["a4"]
PRODUCT = next(n for n, layer in enumerate(A4.layers) if layer.box == (14.0, 168.0, 182.0, 37.0))
SYMBOL = next(n for n, layer in enumerate(A4.layers) if isinstance(layer, Symbol))


@pytest.fixture
def editing() -> Editing:
    return Editing(A4, A4)


def test_items_of_a_stack_stand_under_it(editing: Editing) -> None:
    lines = {element.path: element for element in editing.elements()}
    assert isinstance(lines[PRODUCT,].layer, Stack)
    assert isinstance(lines[PRODUCT, 0].layer, Text)
    assert not lines[PRODUCT, 0].locked
    assert lines[SYMBOL,].locked


def test_a_change_can_be_undone_and_done_again(editing: Editing) -> None:
    editing.move((PRODUCT,), 0, -2)
    editing.set((PRODUCT, 0), size=11, colour="brand")
    later = editing.template
    editing.undo()
    editing.undo()
    assert editing.template == A4
    assert not editing.changed
    editing.redo()
    editing.redo()
    assert editing.template == later
    editing.undo()
    editing.set((), title="另一个")
    assert not editing.undone  # a new step forgets what was taken back


@pytest.mark.parametrize("deed", ["move", "set", "remove", "reorder", "copy"])
def test_what_is_locked_cannot_be_touched(editing: Editing, deed: str) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "move": lambda: editing.move((SYMBOL,), 1, 0),
        "set": lambda: editing.set((SYMBOL,), quiet=6),
        "remove": lambda: editing.remove(SYMBOL),
        "reorder": lambda: editing.reorder(SYMBOL, 1),
        "copy": lambda: editing.copy(SYMBOL),
    }
    with pytest.raises(GuideError, match="锁定"):
        deeds[deed]()
    assert editing.template == A4


def test_a_draft_of_head_offices_is_free() -> None:
    draft = Editing(A4, None)
    draft.move((SYMBOL,), -1, 0)
    assert draft.problems() == []


def test_covering_the_symbol_is_told(editing: Editing) -> None:
    editing.add(Text(box=(140.0, 210.0, 30.0, 8.0), text="店庆", size=5.0))
    assert [p.code for p in editing.problems()] == ["covers"]


@pytest.mark.parametrize(
    "fields", [{"size": 0}, {"size": "big"}, {"weight": 1000}, {"align": "middle"}, {"smallest": 2}]
)
def test_a_value_that_cannot_be_is_refused(editing: Editing, fields: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        editing.set((PRODUCT, 0), **fields)
    assert not editing.changed


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-9, 9)), max_size=12))
def test_undoing_all_steps_leads_back_to_the_beginning(steps: list[tuple[int, int]]) -> None:
    editing = Editing(A4, A4)
    for kind, by in steps:
        free = [e.path[0] for e in editing.elements() if not e.locked and len(e.path) == 1]
        number = free[by % len(free)]
        if kind == 0:
            editing.move((number,), by, by)
        elif kind == 1:
            editing.reorder(number, by)
        elif kind == 2 and len(free) > 1:
            editing.remove(number)
        elif kind == 3:
            editing.copy(number)
        else:
            editing.set((), title=f"第 {by} 步")
    while editing.changed:
        editing.undo()
    assert editing.template == A4


def test_a_file_brings_back_what_was_exported() -> None:
    for template in TEMPLATES.values():
        assert bring(export(template), template.name) == template


def test_a_file_that_is_no_template_is_refused() -> None:
    for data in (b"[]", b"{", msgspec.json.encode({"title": "x"})):
        with pytest.raises(InvalidInputError, match="版式文件"):
            bring(data, "x")
