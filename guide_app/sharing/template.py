"""Poster templates: JSON files that say where things stand (`resources/templates/README.md` is the manual)."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.content import FACT_NAMES, TEXT_NAMES, About
from guide_app.sharing.drawing import Box, Colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PALETTES_FILE = "palettes.json"

Size = Annotated[float, msgspec.Meta(gt=0)]
Length = Annotated[float, msgspec.Meta(ge=0)]
Factor = Annotated[float, msgspec.Meta(gt=0, le=1)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Weight = Annotated[int, msgspec.Meta(ge=100, le=900)]
Corners = tuple[float, float, Size, Size]
Align = Literal["left", "center", "right"]
Valign = Literal["top", "middle", "bottom"]


class TemplateError(InvalidInputError):
    """A template file is wrong; the sentence names the file and the field."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__("template.invalid", f"海报模板 {file} 有误：{problem}", "请改正该文件。")


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    """What all layers have. `above` is the space before an item of a stack (instead of the stack's gap)."""

    box: Corners | None = None
    when: tuple[str, ...] = ()
    above: Length | None = None


class Rect(_Layer, tag="rect", frozen=True, kw_only=True):
    """A filled and/or outlined rectangle."""

    fill: str | None = None
    stroke: str | None = None
    thickness: Size = 1.0
    radius: Length = 0.0


class Blend(_Layer, tag="gradient", frozen=True, kw_only=True):
    """A colour gradient."""

    stops: tuple[tuple[Share, str], ...]
    kind: Literal["linear", "radial"] = "linear"
    angle: float = 90.0
    radius: Length = 0.0


class Picture(_Layer, tag="photo", frozen=True, kw_only=True):
    """The product photo. `auto`: cut-outs are contained, with `pad` around them; others cover the box."""

    fit: Literal["auto", "cover", "contain"] = "auto"
    focus: Share = 0.5
    pad: Length = 0.0
    radius: Length = 0.0


class SpanStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a text with its own look; what is not given comes from the text."""

    text: str
    size: Size | None = None
    weight: Weight | None = None
    colour: str | None = None


class Text(_Layer, tag="text", frozen=True, kw_only=True):
    """Text with `{names}` of the content; a part with an empty name is left out. `smallest`: how far it may shrink."""

    size: Size
    text: str = ""
    spans: tuple[SpanStyle, ...] = ()
    weight: Weight = 400
    colour: str = "ink"
    align: Align = "left"
    valign: Valign = "top"
    max_lines: Annotated[int, msgspec.Meta(ge=1)] = 1
    smallest: Factor = 1.0
    line_height: Size = 1.3
    spacing: Length = 0.0


class Chip(_Layer, tag="chip", frozen=True, kw_only=True):
    """A short text on a rounded ground as wide as the text."""

    text: str
    size: Size
    fill: str
    weight: Weight = 400
    colour: str = "ink"
    align: Align = "left"
    pad_x: Length = 0.0
    pad_y: Length = 0.0
    radius: Length = 0.0
    smallest: Factor = 0.7


class Price(_Layer, tag="price", frozen=True, kw_only=True):
    """The price, with its label before it and the struck price behind it, all on one baseline; never cut off.

    Where the line would have to shrink below `smallest`, the struck price is left out.
    """

    size: Size
    colour: str = "price"
    weight: Weight = 700
    symbol: Factor = 0.7
    label: Factor = 0.42
    label_colour: str = "ink_soft"
    tag: Factor = 0.48
    tag_colour: str = "ink_faint"
    smallest: Factor = 0.6
    align: Align = "left"


class Items(_Layer, tag="items", frozen=True, kw_only=True):
    """The things of a look as tiles with photo, name and price, in two or three columns that fill the box.

    `pad` is the space inside a tile, `size` that of the names; prices are `price_size` times as large.
    """

    size: Size
    fill: str = "tile"
    colour: str = "ink"
    price_colour: str = "price"
    letter_colour: str = "line"
    price_size: Size = 1.1
    gap: Length = 0.0
    pad: Length = 0.0
    radius: Length = 0.0
    smallest: Factor = 0.75


class Symbol(_Layer, tag="qr", frozen=True, kw_only=True):
    """The QR symbol with `quiet` light modules around it, inside the box."""

    dark: str = "code"
    light: str = "code_ground"
    quiet: Length = 4.0
    radius: Length = 0.0


class Avatar(_Layer, tag="avatar", frozen=True, kw_only=True):
    """A circle with the first sign of a text."""

    fill: str
    colour: str
    text: str = "{guide_initial}"


class Rule(_Layer, tag="line", frozen=True, kw_only=True):
    """A straight line through the middle of the box, along its longer side."""

    colour: str
    thickness: Size


class Stack(_Layer, tag="stack", frozen=True, kw_only=True):
    """Texts, chips and prices one under another; what is empty takes no room; too much of it shrinks together."""

    items: tuple[Text | Chip | Price, ...]
    gap: Length = 0.0
    valign: Valign = "top"
    smallest: Factor = 0.6


Item = Text | Chip | Price
Layer = Rect | Blend | Picture | Items | Text | Chip | Price | Symbol | Avatar | Rule | Stack


class Palette(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other values for a template's colour names."""

    title: str
    colours: dict[str, str]


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A canvas of `width` x `height` px or mm; texts and symbols stay `safe` away from its edges.

    `subjects`: what posters of this template may be about. `one_colour`: for printers that have only black, so palettes
    change nothing.
    """

    title: str
    unit: Literal["px", "mm"]
    width: Size
    height: Size
    safe: Length
    colours: dict[str, str]
    layers: tuple[Layer, ...]
    order: int = 100
    subjects: tuple[About, ...] = ("product",)
    one_colour: bool = False
    name: str = ""

    def colour(self, name: str, palette: Palette | None = None) -> Colour:
        """The value of a colour name (or of a literal `#RRGGBB`)."""
        given = palette.colours.get(name) if palette and not self.one_colour else None
        value = given or self.colours.get(name, name)
        return Colour.parse(value)


def load_template(file: str, data: bytes) -> Template:
    """Decode and check one template; its name is the file's stem. Raises TemplateError."""
    try:
        template = msgspec.json.decode(data, type=Template)
    except msgspec.MsgspecError as e:
        raise TemplateError(file, str(e)) from e
    for where, problem in _problems(template):
        raise TemplateError(file, f"{where}: {problem}")
    return msgspec.structs.replace(template, name=file.removesuffix(".json"))


def load_palettes(file: str, data: bytes) -> dict[str, Palette]:
    """Decode the palettes, by name. Raises TemplateError."""
    try:
        palettes = msgspec.json.decode(data, type=dict[str, Palette])
    except msgspec.MsgspecError as e:
        raise TemplateError(file, str(e)) from e
    for name, palette in palettes.items():
        for where, problem in _bad_colours(palette.colours, f"{name}.colours"):
            raise TemplateError(file, f"{where}: {problem}")
    return palettes


def load_templates(folder: Path) -> tuple[dict[str, Template], dict[str, Palette]]:
    """All templates of a folder in their order, and its palettes. Raises TemplateError, OSError."""
    files = sorted(f for f in folder.glob("*.json") if f.name != PALETTES_FILE)
    templates = sorted((load_template(f.name, f.read_bytes()) for f in files), key=lambda t: (t.order, t.name))
    palettes = folder / PALETTES_FILE
    return {t.name: t for t in templates}, load_palettes(palettes.name, palettes.read_bytes())


def template_schema() -> bytes:
    """The JSON Schema (draft 2020-12) of a template file, for editors outside this program."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Template)}
    return msgspec.json.format(msgspec.json.encode(schema, order="deterministic"), indent=2) + b"\n"


def placeholders(text: str) -> list[str]:
    """The names between braces. Raises ValueError for unbalanced braces."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def _problems(template: Template) -> Iterator[tuple[str, str]]:
    """(field, what is wrong with it), beyond what the types can say."""
    yield from _bad_colours(template.colours, "$.colours")
    canvas = Box(0, 0, template.width, template.height)
    for number, layer in enumerate(template.layers):
        where = f"$.layers[{number}]"
        if layer.box is None:
            yield f"{where}.box", "missing"
            continue
        yield from _layer_problems(layer, where, template.colours)
        held = isinstance(layer, Text | Chip | Price | Symbol | Avatar | Stack | Items)
        if held and not _inside(Box(*layer.box), canvas.inset(template.safe)):
            yield f"{where}.box", f"leaves the safe area ({template.safe:g} {template.unit} from the edges)"
        if isinstance(layer, Stack):
            yield from _stack_problems(layer, where, template.colours)
    if "look" in template.subjects and not any(isinstance(layer, Items) for layer in template.layers):
        yield "$.subjects", "a template for looks needs a layer of items"
    if sum(isinstance(layer, Symbol) for layer in template.layers) != 1:
        yield "$.layers", "exactly one layer must be a qr"


def _stack_problems(stack: Stack, where: str, colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(stack.items):
        place = f"{where}.items[{number}]"
        if item.box is not None:
            yield f"{place}.box", "the stack gives the place"
        yield from _layer_problems(item, place, colours)


def _layer_problems(layer: Layer, where: str, colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for fact in layer.when:
        if fact.removeprefix("!") not in FACT_NAMES:
            yield f"{where}.when", f"unknown name {fact!r}"
    for field, colour in _colours_of(layer):
        if colour not in colours and not _is_colour(colour):
            yield f"{where}.{field}", f"unknown colour {colour!r}"
    for field, text in _texts_of(layer):
        try:
            unknown = [n for n in placeholders(text) if n not in TEXT_NAMES]
        except ValueError as e:
            yield f"{where}.{field}", str(e)
            continue
        if unknown:
            yield f"{where}.{field}", f"unknown name {{{unknown[0]}}}"


def _colours_of(layer: Layer) -> Iterator[tuple[str, str]]:
    """The (field, colour) pairs of a layer: by the fields' names, so that a new layer kind is covered."""
    for field in layer.__struct_fields__:
        value = getattr(layer, field)
        if isinstance(value, str) and (field in _COLOUR_FIELDS or field.endswith("colour")):
            yield field, value
    if isinstance(layer, Blend):
        yield from ((f"stops[{i}]", colour) for i, (_, colour) in enumerate(layer.stops))
    if isinstance(layer, Text):
        yield from ((f"spans[{i}].colour", s.colour) for i, s in enumerate(layer.spans) if s.colour)


_COLOUR_FIELDS = frozenset({"fill", "stroke", "dark", "light"})


def _texts_of(layer: Layer) -> Iterator[tuple[str, str]]:
    if isinstance(layer, Text | Chip | Avatar):
        yield "text", layer.text
    if isinstance(layer, Text):
        yield from ((f"spans[{i}].text", s.text) for i, s in enumerate(layer.spans))


def _bad_colours(colours: Mapping[str, str], where: str) -> Iterator[tuple[str, str]]:
    for name, value in colours.items():
        if not _is_colour(value):
            yield f"{where}.{name}", f"not a colour: {value!r}"


def _is_colour(text: str) -> bool:
    try:
        Colour.parse(text)
    except ValueError:
        return False
    return True


def _inside(inner: Box, outer: Box) -> bool:
    return inner.x >= outer.x and inner.y >= outer.y and inner.right <= outer.right and inner.bottom <= outer.bottom
