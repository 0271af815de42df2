from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from guide_app.sharing.template import (
    TemplateError,
    load_palettes,
    load_template,
    load_templates,
    template_schema,
)
from tests.guide_app.sharing.posters import PALETTES, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: dict[str, Any] = {
    "title": "小样",
    "unit": "px",
    "width": 400,
    "height": 300,
    "safe": 10,
    "colours": {"ink": "#000000", "price": "#C4353B", "code": "#000000", "code_ground": "#FFFFFF"},
    "layers": [
        {"type": "text", "box": [10, 10, 200, 30], "text": "{product}", "size": 20},
        {"type": "qr", "box": [220, 100, 170, 170]},
    ],
}


def load(change: Callable[[dict[str, Any]], None]) -> None:
    template = json.loads(json.dumps(GOOD))
    change(template)
    load_template("own.json", json.dumps(template).encode())


def set_layer(number: int, **fields: object) -> Callable[[dict[str, Any]], None]:
    return lambda t: t["layers"][number].update(fields)


def test_the_shipped_templates_load_in_their_order() -> None:
    assert {name: (t.width, t.height, t.unit) for name, t in TEMPLATES.items()} == {
        "moments": (1080, 1920, "px"),
        "square": (1080, 1080, "px"),
        "a4": (210, 297, "mm"),
        "a5": (148, 210, "mm"),
        "a6": (105, 148, "mm"),
        "table": (200, 100, "mm"),
        "shelf": (60, 40, "mm"),
        "label": (40, 30, "mm"),
        "jewel": (20, 10, "mm"),
        "plain": (60, 40, "mm"),
        "label100": (100, 150, "mm"),
        "slip58": (58, 112, "mm"),
        "slip80": (80, 134, "mm"),
        "card": (90, 54, "mm"),
        "invite": (1080, 1920, "px"),
        "coupon": (1080, 1920, "px"),
        "campaign": (1080, 1920, "px"),
    }
    assert list(TEMPLATES) == [t.name for t in sorted(TEMPLATES.values(), key=lambda t: t.order)]
    assert list(PALETTES) == ["sand", "jade", "sky", "festive"]


def test_each_subject_has_its_templates() -> None:
    about = {kind: [n for n, t in TEMPLATES.items() if kind in t.subjects] for kind in ("product", "look", "card")}
    assert about["look"] == ["moments", "square", "a4", "a5", "a6", "table"]
    assert about["card"] == ["card", "invite"]
    assert set(about["look"]) < set(about["product"])


@pytest.mark.parametrize("name", ["shelf", "label", "jewel", "plain", "label100", "slip58", "slip80"])
def test_what_thermal_printers_print_is_black_in_every_palette(name: str) -> None:
    template = TEMPLATES[name]
    for palette in PALETTES.values():
        assert {template.colour(c, palette) for c in template.colours} == {template.colour(c) for c in template.colours}


def test_a_good_template_is_named_after_its_file() -> None:
    assert load_template("own.json", json.dumps(GOOD).encode()).name == "own"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.pop("width"), "width"),
        (lambda t: t.update(width=0), "$.width"),
        (lambda t: t.update(colour={}), "colour"),
        (lambda t: t.update(unit="in"), "$.unit"),
        (lambda t: t["colours"].update(ink="black"), "$.colours.ink"),
        (lambda t: t["layers"].append({"type": "video"}), "$.layers[2]"),
        (lambda t: t["layers"].pop(), "exactly one"),
        (lambda t: t["layers"].append(t["layers"][1]), "exactly one"),
        (set_layer(0, size="big"), "$.layers[0].size"),
        (set_layer(0, sise=3), "sise"),
        (set_layer(0, colour="inc"), "$.layers[0].colour"),
        (set_layer(0, text="{prodct}"), "{prodct}"),
        (set_layer(0, text="{product.__class__}"), "{product.__class__}"),
        (set_layer(0, text="{product"), "$.layers[0].text"),
        (set_layer(0, spans=[{"text": "{nobody}"}]), "$.layers[0].spans[0].text"),
        (set_layer(0, when=["!coupn"]), "$.layers[0].when"),
        (set_layer(0, box=None), "$.layers[0].box"),
        (set_layer(0, box=[5, 10, 200, 30]), "safe area"),
        (set_layer(1, box=[235, 100, 170, 170]), "safe area"),
        (set_layer(1, dark="coal"), "$.layers[1].dark"),
        (lambda t: t.update(subjects=["look"]), "$.subjects"),
        (lambda t: t.update(subjects=["shoe"]), "$.subjects"),
        (
            lambda t: t["layers"].append(
                {"type": "stack", "box": [10, 50, 100, 100], "items": [{"type": "price", "size": 9, "colour": "zinc"}]}
            ),
            "$.layers[2].items[0].colour",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_field(
    change: Callable[[dict[str, Any]], None], told: str
) -> None:
    with pytest.raises(TemplateError) as refused:
        load(change)
    assert "own.json" in str(refused.value)
    assert told in str(refused.value)


def test_a_file_that_is_no_json_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"broken\.json"):
        load_templates(tmp_path)


def test_a_palette_with_a_wrong_colour_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"dark\.colours\.ink"):
        load_palettes("palettes.json", b'{"dark": {"title": "x", "colours": {"ink": "red"}}}')


def test_palettes_only_name_colours_that_some_template_has() -> None:
    known = {name for t in TEMPLATES.values() for name in t.colours}
    for palette in PALETTES.values():
        assert set(palette.colours) <= known


def test_the_schema_for_other_programs_is_the_one_that_is_checked() -> None:
    published = Path(__file__).resolve().parents[3] / "docs" / "gallery" / "template.schema.json"
    assert published.read_bytes() == template_schema()
