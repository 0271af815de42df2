"""Templates judged without painting them: what every template keeps to, and what a store may not change."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from guide_app.protocol.poster_layers import TEXT_NAMES, BarCode, Layer, Rect, Symbol, Template, Text
from guide_app.protocol.poster_rules import body_of, is_locked, lock_problems, problems, read_body
from guide_app.sharing.content import PosterContent
from tests.guide_app.sharing.posters import TEMPLATES


def changed(template: Template, number: int, **fields: object) -> Template:
    """The template with fields of one layer changed."""
    layers = list(template.layers)
    layers[number] = msgspec.structs.replace(layers[number], **fields)
    return msgspec.structs.replace(template, layers=tuple(layers))


def added(template: Template, layer: Layer) -> Template:
    return msgspec.structs.replace(template, layers=(*template.layers, layer))


def place(template: Template, kind: type[Layer]) -> int:
    return next(number for number, layer in enumerate(template.layers) if isinstance(layer, kind))


def showing(template: Template, text: str) -> int:
    found = (n for n, layer in enumerate(template.layers) if isinstance(layer, Text) and text in layer.text)
    return next(found)


def test_the_names_of_texts_are_those_that_a_poster_fills() -> None:
    assert PosterContent("-", "-", "-").texts().keys() == TEXT_NAMES


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_ships_has_no_problem_and_survives_a_record(name: str) -> None:
    template = TEMPLATES[name]
    assert list(problems(template)) == []
    again, found = read_body(body_of(template), name)
    assert (again, found) == (template, [])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"quiet": 3.9}, "quiet"),
        ({"box": (21.0, 8.9, 13.4, 13.4)}, "module"),
        ({"dark": "#B0B0B0"}, "contrast"),
        ({"dark": "#FFFFFF", "light": "#000000"}, "inverted"),
        ({"box": (21.0, 0.0, 17.6, 17.6)}, "safe"),
    ],
)
def test_a_symbol_that_phones_would_not_read_is_told(fields: dict[str, object], code: str) -> None:
    label = TEMPLATES["label"]
    assert code in {p.code for p in problems(changed(label, place(label, Symbol), **fields))}


def test_a_body_of_wrong_types_is_told_and_not_raised() -> None:
    template, found = read_body({"title": "x", "layers": 3}, "x")
    assert template is None
    assert [p.code for p in found] == ["types"]


def test_brand_legal_line_and_symbol_are_locked_in_every_template() -> None:
    for template in TEMPLATES.values():
        locked = [layer for layer in template.layers if is_locked(layer)]
        assert any(isinstance(layer, Symbol | BarCode) for layer in locked), template.name


_A4 = TEMPLATES["a4"]
_BRAND = showing(_A4, "{brand}")
_SYMBOL = place(_A4, Symbol)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: changed(t, _BRAND, box=(15.0, 12.0, 182.0, 12.0)), "locked"),
        (lambda t: changed(t, _BRAND, size=9.0), "locked"),
        (lambda t: changed(t, _SYMBOL, quiet=5.0), "locked"),
        (lambda t: changed(t, len(t.layers) - 1, when=("price",)), "locked"),
        (lambda t: msgspec.structs.replace(t, layers=t.layers[:-1]), "locked"),
        (lambda t: msgspec.structs.replace(t, layers=(*t.layers[:_BRAND], *t.layers[_BRAND + 1 :])), "locked"),
        (lambda t: msgspec.structs.replace(t, colours={**t.colours, "code": "#400000"}), "locked"),
        (lambda t: msgspec.structs.replace(t, width=211.0), "locked"),
        (lambda t: added(t, Rect(box=(150.0, 210.0, 9.0, 9.0), fill="ink")), "covers"),
    ],
)  # fmt: skip
def test_a_store_cannot_touch_what_is_locked(change: Callable[[Template], Template], code: str) -> None:
    assert code in {p.code for p in lock_problems(_A4, change(_A4))}


def test_a_store_may_change_the_rest() -> None:
    product = next(n for n, layer in enumerate(_A4.layers) if layer.box == (14.0, 168.0, 182.0, 37.0))
    own = changed(_A4, product, box=(14.0, 166.0, 120.0, 37.0))
    own = added(own, Text(box=(14.0, 206.0, 60.0, 7.0), text="店庆", size=5.0))
    assert list(lock_problems(_A4, own)) == []


def test_a_layer_marked_by_head_office_is_locked_too() -> None:
    base = changed(_A4, 0, locked=True)
    assert is_locked(base.layers[0])
    assert [p.where for p in lock_problems(base, changed(base, 0, fill="ink"))] == ["$.layers[0]"]
