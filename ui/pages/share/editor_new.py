"""Elements as they are when they are added to a template."""

from collections.abc import Callable

from guide_app.protocol.poster_layers import Layer, Price, Rect, Rule, Template, Text


def _corner(template: Template, width: float, height: float) -> tuple[float, float, float, float]:
    """A box of these shares of the canvas, at the upper left of the safe area."""
    return (template.safe, template.safe, round(template.width * width, 2), round(template.height * height, 2))


def _text(template: Template) -> Layer:
    return Text(box=_corner(template, 0.4, 0.06), text="{product}", size=round(template.height * 0.03, 2))


def _price(template: Template) -> Layer:
    return Price(box=_corner(template, 0.4, 0.08), size=round(template.height * 0.05, 2))


def _box(template: Template) -> Layer:
    return Rect(box=_corner(template, 0.2, 0.1), fill="panel" if "panel" in template.colours else "#FFFFFF")


def _line(template: Template) -> Layer:
    return Rule(box=_corner(template, 0.4, 0.01), colour="#1D2321", thickness=round(template.height * 0.001, 2))


NEW_ELEMENTS: tuple[Callable[[Template], Layer], ...] = (_text, _price, _box, _line)
"""In the order of the menu."""
