"""From a template and a content to a drawing: which layers apply, where each letter stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guide_app.base.money import yuan
from guide_app.sharing import template as t
from guide_app.sharing.bar_layout import bar_code
from guide_app.sharing.drawing import (
    EM_ASCENT,
    Bars,
    Box,
    Circle,
    Colour,
    Command,
    Drawing,
    FillRect,
    Gradient,
    Image,
    Modules,
    Stroke,
    StrokeRect,
    TextRun,
    moved,
)
from guide_app.sharing.qr import qr_matrix
from guide_app.sharing.tiles import tiles
from guide_app.sharing.typeset import Font, Measure, Setting, Span, clean, fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guide_app.sharing.content import PosterContent

_STRIKE_HEIGHT, _STRIKE_THICKNESS = 0.36, 0.07
_PRICE_LINE, _PRICE_GAP, _LABEL_GAP = 1.12, 0.2, 0.12
_AVATAR_LETTER = 0.46
_STACK_STEP = 0.05
_SEPARATORS = " ·"


@dataclass(frozen=True, slots=True)
class _Content:
    """What the layers need to know: the content's texts and facts, the colours, the measurer."""

    poster: PosterContent
    texts: Mapping[str, str]
    facts: frozenset[str]
    template: t.Template
    palette: t.Palette | None
    measure: Measure

    def colour(self, name: str) -> Colour:
        return self.template.colour(name, self.palette)

    def wanted(self, layer: t.Layer) -> bool:
        return all((f[1:] not in self.facts) if f[0] == "!" else (f in self.facts) for f in layer.when)

    def fill(self, text: str) -> str:
        """`text` with its names filled in; empty when one of them is."""
        if not all(self.texts[name] for name in t.placeholders(text)):
            return ""
        return text.format_map(self.texts)


@dataclass(frozen=True, slots=True)
class _Block:
    """Commands set from the box's top left corner on, and the height they take."""

    height: float
    commands: tuple[Command, ...]


def layout(template: t.Template, content: PosterContent, measure: Measure, palette: t.Palette | None = None) -> Drawing:
    """Lay `content` out by `template`, in the colours of `palette` where one is given.

    Raises InvalidInputError where the address does not fit a QR symbol.
    """
    known = _Content(content, content.texts(), content.facts(), template, palette, measure)
    commands = tuple(c for layer in template.layers if known.wanted(layer) for c in _layer(layer, known))
    price = "" if content.price_fen is None else f" {yuan(content.price_fen)}"
    title = clean(f"{content.brand} {content.product}{price}")
    url = content.url if any(isinstance(command, Modules) for command in commands) else ""
    coded = any(isinstance(command, Bars) for command in commands)
    said = (f"二维码：{url}" if url else "", f"条码：{content.gtin}" if coded else "")
    return Drawing(
        template=template.name,
        unit=template.unit,
        width=template.width,
        height=template.height,
        commands=commands,
        url=url,
        title=title,
        alternative="，".join(filter(None, (title, *said))),
    )


def _layer(layer: t.Layer, known: _Content) -> tuple[Command, ...]:
    if layer.box is None:
        raise ValueError("a layer outside a stack has a box")
    box = Box(*layer.box)
    match layer:
        case t.Text() | t.Chip() | t.Price():
            block = _item(layer, box.width, known, 1.0)
            valign = layer.valign if isinstance(layer, t.Text) else "middle"
            return moved(block.commands, box.x, box.y + _offset(valign, box.height, block.height))
        case t.Stack():
            return _stack(layer, box, known)
        case t.Symbol() | t.BarCode():
            return _symbol(layer, box, known)
        case t.Avatar():
            return _avatar(layer, box, known)
        case t.Picture() | t.Items():
            return _seen(layer, box, known)
        case _:
            return _shape(layer, box, known)


def _shape(layer: t.Rect | t.Blend | t.Rule, box: Box, known: _Content) -> tuple[Command, ...]:
    match layer:
        case t.Rect():
            fill = [FillRect(box, known.colour(layer.fill), layer.radius)] if layer.fill else []
            stroke = layer.stroke and known.colour(layer.stroke)
            edge = [StrokeRect(box, stroke, layer.thickness, layer.radius)] if stroke else []
            return (*fill, *edge)
        case t.Blend():
            stops = tuple((at, known.colour(colour)) for at, colour in layer.stops)
            return (Gradient(box, stops, layer.kind, layer.angle, layer.radius),)
        case t.Rule():
            x, y = box.x + box.width / 2, box.y + box.height / 2
            ends = (box.x, y, box.right, y) if box.width >= box.height else (x, box.y, x, box.bottom)
            return (Stroke(*ends, layer.thickness, known.colour(layer.colour)),)


def _seen(layer: t.Picture | t.Items, box: Box, known: _Content) -> tuple[Command, ...]:
    """The product's photo, or the things of a look."""
    if isinstance(layer, t.Items):
        return tiles(layer, box, known.poster.items, known.measure, known.colour)
    photo = known.poster.photo
    if photo is None:
        return ()
    contained = layer.fit == "contain" or (layer.fit == "auto" and photo.cutout)
    place = box.inset(layer.pad) if contained else box
    return (Image(place, photo, "contain" if contained else "cover", layer.focus, layer.radius),)


def _symbol(layer: t.Symbol | t.BarCode, box: Box, known: _Content) -> tuple[Command, ...]:
    """The link, or the GTIN.

    The light ground fills the box; on a pixel canvas a module is a whole number of pixels, so edges stay sharp.
    """
    dark, light = known.colour(layer.dark), known.colour(layer.light)
    if isinstance(layer, t.BarCode):
        return bar_code(layer.symbology, box, known.poster.gtin, known.template.unit, (dark, light), known.measure)
    matrix = qr_matrix(known.poster.url)
    room = min(box.width, box.height)
    module = room / (matrix.size + 2 * layer.quiet)
    if known.template.unit == "px":
        module = max(1.0, float(int(module)))
    side = module * matrix.size
    left, top = box.x + (box.width - side) / 2, box.y + (box.height - side) / 2
    if known.template.unit == "px":
        left, top = float(int(left)), float(int(top))
    quiet = min(left - box.x, top - box.y, box.right - left - side, box.bottom - top - side) / module
    return (FillRect(box, light, layer.radius), Modules(Box(left, top, side, side), matrix, dark, light, quiet))


def _avatar(layer: t.Avatar, box: Box, known: _Content) -> tuple[Command, ...]:
    text = known.fill(layer.text)
    if not text:
        return ()
    x, y, radius = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) / 2
    font = Font(2 * radius * _AVATAR_LETTER, 700)
    width = known.measure.width(text, font)
    letter = TextRun(x - width / 2, y + (EM_ASCENT - 0.5) * font.size, text, font, known.colour(layer.colour), width)
    return (Circle(x, y, radius, known.colour(layer.fill)), letter)


def _stack(layer: t.Stack, box: Box, known: _Content) -> tuple[Command, ...]:
    items = [i for i in layer.items if known.wanted(i)]
    factor = 1.0
    while True:
        blocks = [(i, b) for i in items if (b := _item(i, box.width, known, factor)).commands]
        gaps = [0.0, *((layer.gap if i.above is None else i.above) * factor for i, _ in blocks[1:])]
        total = sum(b.height for _, b in blocks) + sum(gaps[: len(blocks)])
        if total <= box.height or factor - _STACK_STEP < layer.smallest:
            break
        factor -= _STACK_STEP
    y = box.y + max(0.0, _offset(layer.valign, box.height, total))
    commands: list[Command] = []
    for gap, (_, block) in zip(gaps, blocks, strict=False):
        commands += moved(block.commands, box.x, y + gap)
        y += gap + block.height
    return tuple(commands)


def _item(item: t.Item, width: float, known: _Content, factor: float) -> _Block:
    match item:
        case t.Text():
            return _text(item, width, known, factor)
        case t.Chip():
            return _chip(item, width, known, factor)
        case t.Price():
            return _price(item, width, known, factor)


def _text(layer: t.Text, width: float, known: _Content, factor: float) -> _Block:
    parts = layer.spans or (t.SpanStyle(layer.text),)
    spans: list[Span] = []
    colours: list[Colour] = []
    for part in parts:
        text = known.fill(part.text)
        text = text if spans else text.lstrip(_SEPARATORS)
        if text:
            size = (part.size or layer.size) * factor
            spans.append(Span(text, Font(size, part.weight or layer.weight, size * layer.spacing), len(colours)))
            colours.append(known.colour(part.colour or layer.colour))
    if not spans:
        return _Block(0.0, ())
    setting = fit(spans, width, layer.max_lines, known.measure, layer.smallest)
    line_height = layer.size * factor * setting.scale * layer.line_height
    em = layer.size * factor * setting.scale
    runs: list[Command] = []
    for number, line in enumerate(setting.lines):
        x = _offset(layer.align, width, line.width)
        baseline = number * line_height + (line_height - em) / 2 + EM_ASCENT * em
        runs += [
            TextRun(x + p.x, baseline, p.span.text, p.span.font, colours[p.span.mark], p.width) for p in line.pieces
        ]
    return _Block(line_height * len(setting.lines), tuple(runs))


def _chip(layer: t.Chip, width: float, known: _Content, factor: float) -> _Block:
    text = known.fill(layer.text)
    if not text:
        return _Block(0.0, ())
    pad_x, pad_y = layer.pad_x * factor, layer.pad_y * factor
    font = Font(layer.size * factor, layer.weight)
    setting: Setting = fit([Span(text, font)], width - 2 * pad_x, 1, known.measure, layer.smallest)
    line = setting.lines[0]
    ground = Box(0, 0, line.width + 2 * pad_x, font.size + 2 * pad_y)
    ground = ground.moved(_offset(layer.align, width, ground.width), 0)
    em = font.size * setting.scale
    baseline = (ground.height - em) / 2 + EM_ASCENT * em
    colour = known.colour(layer.colour)
    runs = (TextRun(ground.x + pad_x + p.x, baseline, p.span.text, p.span.font, colour, p.width) for p in line.pieces)
    return _Block(ground.height, (FillRect(ground, known.colour(layer.fill), layer.radius * factor), *runs))


@dataclass(frozen=True, slots=True)
class _Figure:
    """One part of the price line; `gap` is the space before it, in ems of the price.

    `side` figures belong to the former price and may be left out; `line` strikes a figure through.
    """

    text: str
    share: float
    weight: int
    colour: Colour
    gap: float = 0.0
    side: bool = False
    line: bool = False


def _price(layer: t.Price, width: float, known: _Content, factor: float) -> _Block:
    figures = _figures(layer, known)
    if not figures:
        return _Block(0.0, ())
    size = layer.size * factor
    room = width / _figures_width(figures, size, known.measure)
    if room < layer.smallest:  # the price itself stays readable; a struck one is no condition of it
        figures = [f for f in figures if not f.side]
        room = width / _figures_width(figures, size, known.measure)
    size *= min(1.0, room)
    x = _offset(layer.align, width, _figures_width(figures, size, known.measure))
    baseline = EM_ASCENT * size + (_PRICE_LINE - 1) * size / 2
    commands: list[Command] = []
    for figure in figures:
        font = Font(size * figure.share, figure.weight)
        taken = known.measure.width(figure.text, font)
        x += figure.gap * size
        commands.append(TextRun(x, baseline, figure.text, font, figure.colour, taken))
        if figure.line:
            y = baseline - _STRIKE_HEIGHT * font.size
            commands.append(Stroke(x, y, x + taken, y, _STRIKE_THICKNESS * font.size, figure.colour))
        x += taken
    return _Block(size * _PRICE_LINE, tuple(commands))


def _figures(layer: t.Price, known: _Content) -> list[_Figure]:
    price = known.poster.price_fen
    if price is None:
        return []
    colour, soft, faint = known.colour(layer.colour), known.colour(layer.label_colour), known.colour(layer.tag_colour)
    text = yuan(price)
    figures = [_Figure(text[0], layer.symbol, layer.weight, colour), _Figure(text[1:], 1.0, layer.weight, colour, 0.02)]
    if known.texts["price_label"]:
        figures[0] = replace(figures[0], gap=_LABEL_GAP)
        figures.insert(0, _Figure(known.texts["price_label"], layer.label, 400, soft))
    struck = known.poster.struck_fen()
    if struck is not None:
        if known.texts["tag_label"]:
            figures.append(_Figure(known.texts["tag_label"], layer.label, 400, faint, _PRICE_GAP, side=True))
        gap = _LABEL_GAP / 2 if known.texts["tag_label"] else _PRICE_GAP
        figures.append(_Figure(yuan(struck), layer.tag, 400, faint, gap, side=True, line=True))
    return figures


def _figures_width(figures: list[_Figure], size: float, measure: Measure) -> float:
    return sum(f.gap * size + measure.width(f.text, Font(size * f.share, f.weight)) for f in figures)


def _offset(align: t.Align | t.Valign, room: float, taken: float) -> float:
    match align:
        case "left" | "top":
            return 0.0
        case "center" | "middle":
            return (room - taken) / 2
        case "right" | "bottom":
            return room - taken
