"""What a template must keep to, beyond its types; and what a store may not change of head office's (brand lock)."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guide_app.base.canvas import Box, Colour
from guide_app.protocol.poster_layers import (
    FACT_NAMES,
    TEXT_NAMES,
    Avatar,
    BarCode,
    Blend,
    Chip,
    Items,
    Layer,
    Price,
    Stack,
    Symbol,
    Template,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

QUIET_MODULES = 4
"""The margin of light modules that ISO/IEC 18004 asks for on each side."""

MIN_CONTRAST = 4.5
"""Between dark and light modules (ratio 1-21), so that cheap cameras and thermal print keep them apart."""

MIN_MODULE_PX = 3
MIN_MODULE_MM = 0.33
"""GS1 General Specifications, symbol specification tables: the smallest X-dimension for phones is near this."""

USUAL_MODULES = 33
"""Modules across the symbol of a share's address: version 4, level M, holds 62 bytes (origins of 32 characters)."""

MIN_BAR_MM = 0.264
"""GS1 General Specifications, symbol specification table 1: X of EAN-13 at the smallest magnification of 80 %."""

MAX_BAR_MM = 0.66
"""The same table: the magnification of 200 %."""

MIN_BAR_PX = 2

MIN_BAR_HEIGHT = 18.0
"""Modules. Standard bars are 69 high; labels may cut them down (GS1 General Specifications, 5.2.3.2), not away."""

EAN_MODULES, EAN_QUIET = 95, (11, 7)
"""Of an EAN-13: modules across, and light ones to its left and right (GS1 General Specifications, 5.2.3)."""

EAN8_QUIET = (7, 7)

EAN_DIGITS = 8.0
"""Modules that the digits under the bars take."""

DATAMATRIX_MODULES, DATAMATRIX_QUIET = 16, 1
"""AI (01) with 14 digits fits a Data Matrix of 16 x 16 (ISO/IEC 16022), which wants one light module around it."""

_LOCKED_TEXTS = frozenset({"brand", "footer"})
_TOLERANCE = 1e-6


class Problem(NamedTuple):
    """`where` is a JSON path, `code` one of a closed list that windows have words for, `told` the English sentence."""

    where: str
    code: str
    told: str

    def __str__(self) -> str:
        """Place and sentence."""
        return f"{self.where}: {self.told}"


def read_body(body: Mapping[str, Any], name: str) -> tuple[Template | None, list[Problem]]:
    """The template of a record's `body`, and all that is wrong with it; None where not even its types are right."""
    try:
        template = msgspec.convert(dict(body), Template)
    except msgspec.ValidationError as e:
        return None, [Problem("$", "types", str(e))]
    return msgspec.structs.replace(template, name=name), list(problems(template))


def body_of(template: Template) -> dict[str, Any]:
    """A template as plain data, as records and files hold it; what is as the schema presumes is left out."""
    plain = _lean(template)
    plain.pop("name", None)
    return plain


def problems(template: Template) -> Iterator[Problem]:
    """All that is wrong with a template, beyond what its types can say."""
    yield from _problems(template)
    for number, layer in enumerate(template.layers):
        if isinstance(layer, Symbol) and layer.box is not None:
            yield from _symbol_problems(layer, Box(*layer.box), template, f"$.layers[{number}]")
        if isinstance(layer, BarCode) and layer.box is not None:
            yield from _bar_problems(layer, Box(*layer.box), template, f"$.layers[{number}]")


def is_locked(layer: Layer) -> bool:
    """Whether stores must leave this alone: marked so, symbols with their quiet zones, the brand, the legal line."""
    if layer.locked or isinstance(layer, Symbol | BarCode):
        return True
    parts = layer.items if isinstance(layer, Stack) else (layer,)
    return any(_LOCKED_TEXTS.intersection(placeholders(text)) for part in parts for _, text in _texts_of(part))


def lock_problems(base: Template, own: Template) -> Iterator[Problem]:
    """Where a store's template breaks the brand lock of the one it was made of."""
    for field in ("unit", "width", "height", "safe", "subjects", "one_colour"):
        if getattr(base, field) != getattr(own, field):
            yield Problem(f"$.{field}", "locked", "belongs to head office")
    rest = list(own.layers)
    for number, layer in enumerate(base.layers):
        if not is_locked(layer):
            continue
        if layer not in rest:
            yield Problem(f"$.layers[{number}]", "locked", "was moved, changed or removed")
            continue
        place = rest.index(layer)
        rest = rest[place + 1 :]
        yield from _covering(layer, rest, base, len(own.layers) - len(rest))
    used = {colour for layer in base.layers if is_locked(layer) for colour in _all_colours(layer)}
    for name in sorted(used & base.colours.keys()):
        if own.colours.get(name) != base.colours[name]:
            yield Problem(f"$.colours.{name}", "locked", "is the colour of something locked")


def _covering(locked: Layer, later: list[Layer], base: Template, first: int) -> Iterator[Problem]:
    """What a store put over something locked; what head office itself put there may stay."""
    area = Box(*locked.box) if locked.box else Box(0, 0, 0, 0)
    for number, layer in enumerate(later, first):
        if layer not in base.layers and layer.box is not None and Box(*layer.box).meets(area):
            yield Problem(f"$.layers[{number}]", "covers", "covers something locked")


def _all_colours(layer: Layer) -> set[str]:
    parts = (layer, *layer.items) if isinstance(layer, Stack) else (layer,)
    return {colour for part in parts for _, colour in _colours_of(part)}


def _symbol_problems(symbol: Symbol, box: Box, template: Template, where: str) -> Iterator[Problem]:
    if symbol.quiet < QUIET_MODULES - _TOLERANCE:
        yield Problem(f"{where}.quiet", "quiet", f"{symbol.quiet:g} < {QUIET_MODULES} modules")
    side = min(box.width, box.height) / (USUAL_MODULES + 2 * symbol.quiet)
    smallest = MIN_MODULE_MM if template.unit == "mm" else MIN_MODULE_PX
    if side < smallest - _TOLERANCE:
        yield Problem(f"{where}.box", "module", f"modules of {side:.2f} {template.unit} < {smallest}")
    yield from _ground_problems(symbol, template, where)


def bar_module(symbology: str, width: float, height: float) -> float:
    """How wide a module of a GTIN's symbol may be in a box, with its quiet zone."""
    if symbology == "datamatrix":
        return min(width, height) / (DATAMATRIX_MODULES + 2 * DATAMATRIX_QUIET)
    return width / (EAN_MODULES + sum(EAN_QUIET))


def smallest_module(symbology: str, unit: str) -> float:
    """How wide a module of a GTIN's symbol must be: scanners at a till read finer ones than phones do."""
    if symbology == "datamatrix":
        return MIN_MODULE_MM if unit == "mm" else MIN_MODULE_PX
    return MIN_BAR_MM if unit == "mm" else MIN_BAR_PX


def _bar_problems(code: BarCode, box: Box, template: Template, where: str) -> Iterator[Problem]:
    side, smallest = bar_module(code.symbology, box.width, box.height), smallest_module(code.symbology, template.unit)
    if side < smallest - _TOLERANCE:
        yield Problem(f"{where}.box", "bar_module", f"modules of {side:.3f} {template.unit} < {smallest}")
    wanted = min(side, MAX_BAR_MM if template.unit == "mm" else side) * (MIN_BAR_HEIGHT + EAN_DIGITS)
    if code.symbology == "ean" and side >= smallest - _TOLERANCE and box.height < wanted - _TOLERANCE:
        yield Problem(f"{where}.box", "bar_height", f"{box.height:g} {template.unit} high < {wanted:.1f}")
    yield from _ground_problems(code, template, where)


def _ground_problems(symbol: Symbol | BarCode, template: Template, where: str) -> Iterator[Problem]:
    try:
        dark, light = template.colour(symbol.dark), template.colour(symbol.light)
    except ValueError:
        return  # told already: not a colour
    if dark.luminance() > light.luminance():
        yield Problem(f"{where}.dark", "inverted", "lighter than its ground")
    elif dark.contrast(light) < MIN_CONTRAST:
        yield Problem(f"{where}.dark", "contrast", f"{dark.contrast(light):.1f} < {MIN_CONTRAST}")


def placeholders(text: str) -> list[str]:
    """The names between braces. Raises ValueError for unbalanced braces."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def _problems(template: Template) -> Iterator[Problem]:
    """(field, what is wrong with it), beyond what the types can say."""
    yield from bad_colours(template.colours, "$.colours")
    canvas = Box(0, 0, template.width, template.height)
    for number, layer in enumerate(template.layers):
        where = f"$.layers[{number}]"
        if layer.box is None:
            yield Problem(f"{where}.box", "box", "missing")
            continue
        yield from _layer_problems(layer, where, template.colours)
        held = isinstance(layer, Text | Chip | Price | Symbol | BarCode | Avatar | Stack | Items)
        if held and not _inside(Box(*layer.box), canvas.inset(template.safe)):
            told = f"leaves the safe area ({template.safe:g} {template.unit} from the edges)"
            yield Problem(f"{where}.box", "safe", told)
        if isinstance(layer, Stack):
            yield from _stack_problems(layer, where, template.colours)
    if "look" in template.subjects and not any(isinstance(layer, Items) for layer in template.layers):
        yield Problem("$.subjects", "items", "a template for looks needs a layer of items")
    symbols = sum(isinstance(layer, Symbol) for layer in template.layers)
    if symbols > 1 or not (symbols or any(isinstance(layer, BarCode) for layer in template.layers)):
        yield Problem("$.layers", "one_qr", "exactly one layer must be a qr, or none where one is a gtin")


def _stack_problems(stack: Stack, where: str, colours: Mapping[str, str]) -> Iterator[Problem]:
    for number, item in enumerate(stack.items):
        place = f"{where}.items[{number}]"
        if item.box is not None:
            yield Problem(f"{place}.box", "stack", "the stack gives the place")
        yield from _layer_problems(item, place, colours)


def _layer_problems(layer: Layer, where: str, colours: Mapping[str, str]) -> Iterator[Problem]:
    for fact in layer.when:
        if fact.removeprefix("!") not in FACT_NAMES:
            yield Problem(f"{where}.when", "name", f"unknown name {fact!r}")
    for field, colour in _colours_of(layer):
        if colour not in colours and not _is_colour(colour):
            yield Problem(f"{where}.{field}", "colour", f"unknown colour {colour!r}")
    for field, text in _texts_of(layer):
        try:
            unknown = [n for n in placeholders(text) if n not in TEXT_NAMES]
        except ValueError as e:
            yield Problem(f"{where}.{field}", "name", str(e))
            continue
        if unknown:
            yield Problem(f"{where}.{field}", "name", f"unknown name {{{unknown[0]}}}")


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


def bad_colours(colours: Mapping[str, str], where: str) -> Iterator[Problem]:
    """The values that are no colours, each at its place."""
    for name, value in colours.items():
        if not _is_colour(value):
            yield Problem(f"{where}.{name}", "colour", f"not a colour: {value!r}")


def _is_colour(text: str) -> bool:
    try:
        Colour.parse(text)
    except ValueError:
        return False
    return True


def _inside(inner: Box, outer: Box) -> bool:
    return inner.x >= outer.x and inner.y >= outer.y and inner.right <= outer.right and inner.bottom <= outer.bottom


def _lean(struct: msgspec.Struct) -> dict[str, Any]:
    """A struct as data, its tag first, without fields that are as presumed."""
    config, found = struct.__struct_config__, {}
    if config.tag_field is not None:
        found[config.tag_field] = config.tag
    for info in msgspec.structs.fields(struct):
        value = getattr(struct, info.name)
        if info.required or value != info.default:
            found[info.name] = _plain(value)
    return found


def _plain(value: object) -> Any:
    if isinstance(value, msgspec.Struct):
        return _lean(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
