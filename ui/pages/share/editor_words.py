"""What the template editor calls things: kinds of elements, their properties, and what may be wrong with them."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from guide_app.protocol.poster_layers import Layer, Stack, Text
from guide_app.protocol.poster_rules import Problem

FieldKind = Literal["number", "factor", "whole", "text", "colour", "choice", "flag"]
_MOST_LETTERS = 18


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


def element_words(layer: Layer) -> str:
    """The element with what it shows, for the list."""
    said = getattr(layer, "text", "") or ("".join(s.text for s in layer.spans) if isinstance(layer, Text) else "")
    if isinstance(layer, Stack):
        said = QCoreApplication.translate("TemplateWords", "{count} 项").format(count=len(layer.items))
    if isinstance(layer, Text) and "{footer}" in said:
        return QCoreApplication.translate("TemplateWords", "页脚 · {text}").format(text=said[:_MOST_LETTERS])
    if "{guide_card}" in said:
        return QCoreApplication.translate("TemplateWords", "导购名片 · {text}").format(text=said[:_MOST_LETTERS])
    return f"{kind_words(layer)} · {said[:_MOST_LETTERS]}" if said else kind_words(layer)


def problem_words(problem: Problem) -> str:
    """What is wrong, in the person's language; the place stays as the file names it."""
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
    return f"{known.get(problem.code, problem.told)} ({problem.where})"


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
        Field("text", QCoreApplication.translate("TemplateWords", "内容"), "text"),
        Field("size", QCoreApplication.translate("TemplateWords", "字号"), "number"),
        Field("weight", QCoreApplication.translate("TemplateWords", "字重"), "whole"),
        Field("colour", QCoreApplication.translate("TemplateWords", "颜色"), "colour"),
        Field("fill", QCoreApplication.translate("TemplateWords", "底色"), "colour"),
        Field("stroke", QCoreApplication.translate("TemplateWords", "边线颜色"), "colour"),
        Field("symbology", QCoreApplication.translate("TemplateWords", "条码种类"), "choice", symbologies),
        Field("dark", QCoreApplication.translate("TemplateWords", "码的深色"), "colour"),
        Field("light", QCoreApplication.translate("TemplateWords", "码的底色"), "colour"),
        Field("quiet", QCoreApplication.translate("TemplateWords", "留白 (格)"), "number"),
        Field("align", QCoreApplication.translate("TemplateWords", "左右对齐"), "choice", aligns),
        Field("valign", QCoreApplication.translate("TemplateWords", "上下对齐"), "choice", valigns),
        Field("max_lines", QCoreApplication.translate("TemplateWords", "最多几行"), "whole"),
        Field("smallest", QCoreApplication.translate("TemplateWords", "最小缩到"), "factor"),
        Field("line_height", QCoreApplication.translate("TemplateWords", "行高"), "number"),
        Field("spacing", QCoreApplication.translate("TemplateWords", "字距"), "number"),
        Field("gap", QCoreApplication.translate("TemplateWords", "间距"), "number"),
        Field("fit", QCoreApplication.translate("TemplateWords", "图片摆法"), "choice", fits),
        Field("focus", QCoreApplication.translate("TemplateWords", "取景高低"), "factor"),
        Field("pad", QCoreApplication.translate("TemplateWords", "四周留空"), "number"),
        Field("pad_x", QCoreApplication.translate("TemplateWords", "左右留空"), "number"),
        Field("pad_y", QCoreApplication.translate("TemplateWords", "上下留空"), "number"),
        Field("radius", QCoreApplication.translate("TemplateWords", "圆角"), "number"),
        Field("thickness", QCoreApplication.translate("TemplateWords", "线粗"), "number"),
        Field("symbol", QCoreApplication.translate("TemplateWords", "「¥」大小"), "factor"),
        Field("tag", QCoreApplication.translate("TemplateWords", "划线价大小"), "factor"),
        Field("label", QCoreApplication.translate("TemplateWords", "价格说明大小"), "factor"),
        Field("locked", QCoreApplication.translate("TemplateWords", "门店不能改"), "flag"),
    )
    return {field.name: field for field in fields}
