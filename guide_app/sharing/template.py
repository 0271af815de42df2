"""Poster templates: JSON files that say where things stand (`resources/templates/README.md` is the manual)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.poster_layers import (
    About,
    Align,
    Avatar,
    BarCode,
    Blend,
    Chip,
    Item,
    Items,
    Layer,
    Palette,
    Picture,
    Price,
    Rect,
    Rule,
    SpanStyle,
    Stack,
    Symbol,
    Template,
    Text,
    Valign,
)
from guide_app.protocol.poster_rules import bad_colours, placeholders, problems

if TYPE_CHECKING:
    from pathlib import Path

#: What a template is made of is known at head office, too, and stands in the protocol.
__all__ = [
    "PALETTES_FILE",
    "About",
    "Align",
    "Avatar",
    "BarCode",
    "Blend",
    "Chip",
    "Item",
    "Items",
    "Layer",
    "Palette",
    "Picture",
    "Price",
    "Rect",
    "Rule",
    "SpanStyle",
    "Stack",
    "Symbol",
    "Template",
    "TemplateError",
    "Text",
    "Valign",
    "load_palettes",
    "load_template",
    "load_templates",
    "placeholders",
    "template_schema",
]  # fmt: skip

PALETTES_FILE = "palettes.json"


class TemplateError(InvalidInputError):
    """A template file is wrong; the sentence names the file and the field."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__("template.invalid", f"海报模板 {file} 有误：{problem}", "请改正该文件。")


def load_template(file: str, data: bytes) -> Template:
    """Decode and check one template; its name is the file's stem. Raises TemplateError."""
    try:
        template = msgspec.json.decode(data, type=Template)
    except msgspec.MsgspecError as e:
        raise TemplateError(file, str(e)) from e
    for problem in problems(template):
        raise TemplateError(file, str(problem))
    return msgspec.structs.replace(template, name=file.removesuffix(".json"))


def load_palettes(file: str, data: bytes) -> dict[str, Palette]:
    """Decode the palettes, by name. Raises TemplateError."""
    try:
        palettes = msgspec.json.decode(data, type=dict[str, Palette])
    except msgspec.MsgspecError as e:
        raise TemplateError(file, str(e)) from e
    for name, palette in palettes.items():
        for problem in bad_colours(palette.colours, f"{name}.colours"):
            raise TemplateError(file, str(problem))
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
