"""Poster templates as data: what a template is made of. `resources/templates/README.md` is the manual."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from guide_app.base.canvas import Colour

About = Literal["product", "look", "card", "coupon", "campaign"]
"""What a poster may be about: one product, a look of several, the guide herself, a coupon alone, a campaign."""

TEXT_NAMES = frozenset(
    {
        "brand", "product", "subtitle", "article", "price_note", "price_label", "tag_label", "coupon", "guide",
        "guide_card", "recommend", "valid_until", "footer", "guide_initial", "brand_initial", "variant",
    }
)  # fmt: skip
"""The names that a template may put between braces."""

FACT_NAMES = TEXT_NAMES | {"price", "photo", "cutout", "opaque", "pale", "items", "gtin"}
"""The names that a template's `when` may ask for."""

Size = Annotated[float, msgspec.Meta(gt=0)]
Length = Annotated[float, msgspec.Meta(ge=0)]
Factor = Annotated[float, msgspec.Meta(gt=0, le=1)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Weight = Annotated[int, msgspec.Meta(ge=100, le=900)]
Corners = tuple[float, float, Size, Size]
Align = Literal["left", "center", "right"]
Valign = Literal["top", "middle", "bottom"]


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    """What all layers have. `above` is the space before an item of a stack (instead of the stack's gap).

    What is `locked` no store may move, change or cover in a template of its own.
    """

    box: Corners | None = None
    when: tuple[str, ...] = ()
    above: Length | None = None
    locked: bool = False


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


Symbology = Literal["ean", "datamatrix"]


class BarCode(_Layer, tag="gtin", frozen=True, kw_only=True):
    """A variant's GTIN for the till: `ean` bars (EAN-13, of eight digits EAN-8) with digits, or GS1 DataMatrix (01).

    Left out where the product has no GTIN. The quiet zone lies inside the box.
    """

    symbology: Symbology = "ean"
    dark: str = "code"
    light: str = "code_ground"


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
Layer = Rect | Blend | Picture | Items | Text | Chip | Price | Symbol | BarCode | Avatar | Rule | Stack


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

    @property
    def linked(self) -> bool:
        """Whether its posters carry a link; labels for the till alone do not."""
        return any(isinstance(layer, Symbol) for layer in self.layers)

    def colour(self, name: str, palette: Palette | None = None) -> Colour:
        """The value of a colour name (or of a literal `#RRGGBB`)."""
        given = palette.colours.get(name) if palette and not self.one_colour else None
        value = given or self.colours.get(name, name)
        return Colour.parse(value)
