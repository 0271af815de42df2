"""What the template editor calls things: kinds of elements, their properties, and what may be wrong with them."""

import re
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from guide_app.protocol.poster_layers import Layer, Stack, Template, Text
from guide_app.protocol.poster_rules import Problem
from guide_app.sharing.element_names import COLOURS, FIELDS, TEXTS, field_name
from ui.kit.i18n import say

FieldKind = Literal["number", "factor", "whole", "text", "colour", "choice", "flag"]
_MOST_LETTERS = 14
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Field:
    """A property that can be changed; `choices` are its values with their words."""

    name: str
    words: str
    kind: FieldKind
    choices: tuple[tuple[str, str], ...] = ()


def fields_of(layer: Layer, *, free: bool) -> list[Field]:
    """The properties of an element in the order they are shown; `free` drafts may also lock it."""
    known = _known()
    found = [known[name] for name in layer.__struct_fields__ if name in known and (name != "locked" or free)]
    return sorted(found, key=lambda field: list(known).index(field.name))


def kind_words(layer: Layer) -> str:
    """What kind of element this is."""
    return {
        "rect": QCoreApplication.translate("TemplateWords", "色块"),
        "gradient": QCoreApplication.translate("TemplateWords", "渐变"),
        "photo": QCoreApplication.translate("TemplateWords", "商品图"),
        "items": QCoreApplication.translate("TemplateWords", "搭配的各件"),
        "text": QCoreApplication.translate("TemplateWords", "文字"),
        "chip": QCoreApplication.translate("TemplateWords", "标签"),
        "price": QCoreApplication.translate("TemplateWords", "价格"),
        "qr": QCoreApplication.translate("TemplateWords", "二维码"),
        "gtin": QCoreApplication.translate("TemplateWords", "商品条码"),
        "avatar": QCoreApplication.translate("TemplateWords", "导购头像"),
        "line": QCoreApplication.translate("TemplateWords", "线"),
        "stack": QCoreApplication.translate("TemplateWords", "一组"),
    }[str(layer.__struct_config__.tag)]


def colour_words(name: str) -> str:
    """What a colour of the template is called; a brand's own keeps its name."""
    return say(COLOURS[name]) if name in COLOURS else name


def shown_text(text: str) -> str:
    """A text with the names between braces as people call them: `{商品名}`."""
    for name, words in TEXTS.items():
        text = text.replace(f"{{{name}}}", f"{{{say(words)}}}")
    return text


def meant_text(shown: str) -> str:
    """What was typed, with names between braces as templates have them; either may be typed."""
    for name, words in TEXTS.items():
        shown = shown.replace(f"{{{say(words)}}}", f"{{{name}}}")
    return shown


def element_words(layer: Layer) -> str:
    """The element with what it shows, for the list."""
    said = getattr(layer, "text", "") or ("".join(s.text for s in layer.spans) if isinstance(layer, Text) else "")
    if isinstance(layer, Stack):
        said = QCoreApplication.translate("TemplateWords", "{count} 项").format(count=len(layer.items))
    shown = _listed(said)
    if said == "{footer}":
        return shown
    if isinstance(layer, Text) and "{footer}" in said:
        return QCoreApplication.translate("TemplateWords", "页脚 · {text}").format(text=shown)
    if "{guide_card}" in said:
        return QCoreApplication.translate("TemplateWords", "导购名片 · {text}").format(text=shown)
    return f"{kind_words(layer)} · {shown}" if said else kind_words(layer)


def _listed(said: str) -> str:
    """A text as the list shows it: names without braces, and no more of it than there is room for."""
    plain = shown_text(said).replace("{", "").replace("}", "")
    return plain if len(plain) <= _MOST_LETTERS else f"{plain[: _MOST_LETTERS - 1]}…"


def problem_words(problem: Problem, own: Template, base: Template | None) -> str:
    """What is wrong and where, in the person's language; `own` is the template in work, `base` what it must keep to."""
    known = {
        "safe": QCoreApplication.translate("TemplateWords", "超出安全边距"),
        "box": QCoreApplication.translate("TemplateWords", "缺少位置"),
        "items": QCoreApplication.translate("TemplateWords", "搭配版式要有「搭配的各件」"),
        "one_qr": QCoreApplication.translate("TemplateWords", "要有一个二维码 (有商品条码的可以没有), 不能更多"),
        "stack": QCoreApplication.translate("TemplateWords", "组内各项的位置由组决定"),
        "name": QCoreApplication.translate("TemplateWords", "花括号里的名字不认识"),
        "colour": QCoreApplication.translate("TemplateWords", "颜色不认识"),
        "quiet": QCoreApplication.translate("TemplateWords", "二维码四周留白不足 4 格"),
        "module": QCoreApplication.translate("TemplateWords", "二维码太小, 每格不到 0.33 毫米 (或 3 像素)"),
        "bar_module": QCoreApplication.translate("TemplateWords", "太小, 放不下收银扫得出的条码"),
        "bar_height": QCoreApplication.translate("TemplateWords", "条码太矮, 收银难扫"),
        "contrast": QCoreApplication.translate("TemplateWords", "二维码深浅对比不足 4.5"),
        "inverted": QCoreApplication.translate("TemplateWords", "二维码深浅颠倒"),
        "locked": QCoreApplication.translate("TemplateWords", "总部锁定的部分被移动、修改或删除"),
        "covers": QCoreApplication.translate("TemplateWords", "盖住了总部锁定的部分"),
        "base": QCoreApplication.translate("TemplateWords", "原来的版式不再提供"),
        "types": QCoreApplication.translate("TemplateWords", "格式不对"),
    }
    # What was moved or removed is named by its place in the original: it may not be here any more.
    template = base if problem.code == "locked" and base is not None else own
    return f"{known.get(problem.code, problem.told)} ({_place_words(problem.where, template)})"


def _place_words(where: str, template: Template) -> str:
    """`文字 · 商品名: 字号` for `$.layers[7].size`: the element as the list names it, and the property."""
    steps = _STEP.findall(where)
    names = [name for name, _ in steps if name]
    numbers = [int(number) for _, number in steps if number]
    if names[:1] == ["colours"] and len(names) > 1:
        return f"{say(field_name(names[0]))}: {colour_words(names[1])}"
    if names[:1] != ["layers"] or not numbers or numbers[0] >= len(template.layers):
        return say(field_name(names[0])) if names else template.title
    layer, words = template.layers[numbers[0]], names[1:]
    if words[:1] == ["items"] and isinstance(layer, Stack) and len(numbers) > 1 and numbers[1] < len(layer.items):
        layer, words = layer.items[numbers[1]], words[1:]
    return ": ".join([element_words(layer), *(say(field_name(name)) for name in words[-1:])])


def _field(name: str, kind: FieldKind, choices: tuple[tuple[str, str], ...] = ()) -> Field:
    words = say(FIELDS[name])  # within a sentence it may begin small, in English
    return Field(name, words[:1].upper() + words[1:], kind, choices)


def _known() -> dict[str, Field]:
    """Every property that can be changed, by its name in the template."""
    middle = QCoreApplication.translate("TemplateWords", "中")
    left, right = QCoreApplication.translate("TemplateWords", "左"), QCoreApplication.translate("TemplateWords", "右")
    top, bottom = QCoreApplication.translate("TemplateWords", "上"), QCoreApplication.translate("TemplateWords", "下")
    auto = QCoreApplication.translate("TemplateWords", "自动")
    cover, contain = (
        QCoreApplication.translate("TemplateWords", "铺满"),
        QCoreApplication.translate("TemplateWords", "完整"),
    )
    aligns = (("left", left), ("center", middle), ("right", right))
    valigns = (("top", top), ("middle", middle), ("bottom", bottom))
    symbologies = (("ean", "EAN-13"), ("datamatrix", "GS1 DataMatrix"))
    fits = (("auto", auto), ("cover", cover), ("contain", contain))
    fields = (
        _field("text", "text"),
        _field("size", "number"),
        _field("weight", "whole"),
        _field("colour", "colour"),
        _field("fill", "colour"),
        _field("stroke", "colour"),
        _field("symbology", "choice", symbologies),
        _field("dark", "colour"),
        _field("light", "colour"),
        _field("quiet", "number"),
        _field("align", "choice", aligns),
        _field("valign", "choice", valigns),
        _field("max_lines", "whole"),
        _field("smallest", "factor"),
        _field("line_height", "number"),
        _field("spacing", "number"),
        _field("gap", "number"),
        _field("fit", "choice", fits),
        _field("focus", "factor"),
        _field("pad", "number"),
        _field("pad_x", "number"),
        _field("pad_y", "number"),
        _field("radius", "number"),
        _field("thickness", "number"),
        _field("symbol", "factor"),
        _field("tag", "factor"),
        _field("label", "factor"),
        _field("locked", "flag"),
    )
    return {field.name: field for field in fields}
