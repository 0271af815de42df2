"""Templates in work: every step can be undone, what is locked stays, what a file brings is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.protocol.poster_layers import TEXT_NAMES, Layer, Stack, Symbol, Template, Text
from guide_app.sharing.editing import Editing, bring, export
from guide_app.sharing.element_names import COLOURS, FIELDS, TEXTS
from tests.guide_app.sharing.posters import TEMPLATES

A4 = TEMPLATES["a4"]
PRODUCT = next(n for n, layer in enumerate(A4.layers) if layer.box == (14.0, 168.0, 182.0, 37.0))
SYMBOL = next(n for n, layer in enumerate(A4.layers) if isinstance(layer, Symbol))

NOT_EDITED = frozenset({"name", "order", "angle", "kind"})
"""Properties that only files have: a sentence calls them as the file does."""


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
    ("path", "fields", "said"),
    [
        ((PRODUCT, 0), {"size": 0}, "「字号」不能是「0」, 可以是: 大于 0 的数。"),
        ((PRODUCT, 0), {"size": "big"}, "「字号」不能是「big」, 可以是: 大于 0 的数。"),
        ((PRODUCT, 0), {"weight": 1000}, "「字重」不能是「1000」, 可以是: 100 到 900 的整数。"),
        ((PRODUCT, 0), {"align": "middle"}, "「左右对齐」不能是「middle」, 可以是: 这几种之一 (center, left, right)。"),
        ((PRODUCT, 0), {"smallest": 2}, "「最小缩到」不能是「2」, 可以是: 大于 0、不超过 1 的数。"),
        ((PRODUCT, 0), {"max_lines": 0}, "「最多几行」不能是「0」, 可以是: 不小于 1 的整数。"),
        ((PRODUCT,), {"gap": -1}, "「间距」不能是「-1」, 可以是: 不小于 0 的数。"),
        ((PRODUCT,), {"box": (1, 2, 0, 3)}, "「宽」不能是「0」, 可以是: 大于 0 的数。"),
        ((), {"safe": -3}, "「安全边距」不能是「-3」, 可以是: 不小于 0 的数。"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_a_sentence_that_names_its_place(
    editing: Editing, path: tuple[int, ...], fields: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        editing.set(path, **fields)
    assert refused.value.sentence == said
    assert not editing.changed


def test_everything_that_can_be_edited_has_a_name_that_people_use() -> None:
    kinds = (Template, *get_args(Layer))
    assert {field for kind in kinds for field in kind.__struct_fields__} - FIELDS.keys() <= NOT_EDITED
    assert {name for template in TEMPLATES.values() for name in template.colours} <= COLOURS.keys()
    assert TEXTS.keys() == TEXT_NAMES
    for names in (COLOURS, TEXTS):  # so that what is typed says which one is meant
        assert len(set(map(str, names.values()))) == len(names)


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


def in_product(**fields: object) -> bytes:
    """The file of the template with other values at the product's name; `None` leaves one out."""
    body = msgspec.json.decode(export(A4))
    item = body["layers"][PRODUCT]["items"][0]
    item.update(fields)
    body["layers"][PRODUCT]["items"][0] = {name: value for name, value in item.items() if value is not None}
    return msgspec.json.encode(body)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "内容不是 JSON"),
        (b"\xff\xfe", "内容不是 JSON"),
        (b"[]", "整个文件的值不对"),
        (b'{"title": "x"}', "整个文件缺少「单位」"),
        (in_product(size="x"), f"「各项」第 {PRODUCT + 1} 项「组内各项」第 1 项「字号」的值不对"),
        (in_product(size=None), f"「各项」第 {PRODUCT + 1} 项「组内各项」第 1 项缺少「字号」"),
        (in_product(shade=1), f"「各项」第 {PRODUCT + 1} 项「组内各项」第 1 项里有不认识的「shade」"),
        (msgspec.json.encode({**msgspec.json.decode(export(A4)), "colours": {"ink": 3}}), "「颜色」中一项的值不对"),
    ],
)
def test_a_file_that_is_no_template_is_refused_by_a_sentence_that_names_the_place(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        bring(data, "x")
    assert refused.value.sentence == f"这不是版式文件: {said}。"
