"""Rows of a catalogue to styles with their variants. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin
from guide_app.base.tabular.fields import Field
from guide_app.base.tabular.people import parse_line, parse_number, parse_short
from guide_app.base.tabular.values import parse_code, parse_flag, parse_money, parse_text, plain

_COLOURS = frozenset(("颜色", "色", "color", "colour", "款色", "花色"))
_SIZES = frozenset(("尺码", "尺寸", "规格", "size", "大小", "码数"))
_SEPARATOR = re.compile(r"[;；|\n]+")
_PAIR = re.compile(r"\s*[:：=]\s*")
_PATH = re.compile(r"\s*[>/|]\s*")
_ON_SALE = frozenset(("在售", "上架", "销售中", "正常", "on_sale", "on sale"))
_STOPPED = frozenset(("停售", "下架", "停产", "已停售", "stopped", "off"))
_MOST_POINTS = 8


@dataclass(frozen=True, slots=True)
class Spec:
    """What tells variants of one style apart."""

    colour: str = ""
    size: str = ""


def parse_spec(text: str) -> Spec:
    """A variant's description: `{"颜色": "白色", "尺码": "M"}`, `["1.5m", "浅杏粉"]`, `颜色:白色;尺码:M`, `标准`.

    Where nothing says which is which, the first word is the size and the others the colour. Raises InvalidInputError.
    """
    found = _decoded(text)
    if isinstance(found, dict):
        pairs = {str(name).strip(): str(value).strip() for name, value in found.items()}
    elif isinstance(found, list):
        return _spec("", str(found[0]) if found else "", [str(word) for word in found[1:]])
    else:
        parts = [_PAIR.split(part.strip(), maxsplit=1) for part in _SEPARATOR.split(found) if part.strip()]
        if not all(len(part) == 2 for part in parts):  # noqa: PLR2004 - a name and its value
            words = [part[-1] for part in parts]
            return _spec("", words[0] if words else "", words[1:])
        pairs = {part[0]: part[1] for part in parts}
    colour = next((value for name, value in pairs.items() if name.lower() in _COLOURS), "")
    size = next((value for name, value in pairs.items() if name.lower() in _SIZES), "")
    others = [value for name, value in pairs.items() if name.lower() not in _COLOURS | _SIZES]
    return _spec(colour, " ".join(filter(None, (size, *others))), [])


def _decoded(text: str) -> Any:
    """The text's JSON if it is some, else the text in plain form."""
    if text.strip()[:1] in ("{", "["):
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError as e:
            raise InvalidInputError("spec.invalid", f"规格「{text}」括号没有配对。") from e
    return plain(text)


def _spec(colour: str, size: str, more_colour: Sequence[str]) -> Spec:
    return Spec(parse_short(" ".join(filter(None, (colour, *more_colour)))), parse_short(size))


def _parse_status(text: str) -> str:
    word = plain(text).lower()
    if word in _ON_SALE:
        return "on_sale"
    if word in _STOPPED:
        return "stopped"
    raise InvalidInputError("product.status", f"「{text}」不是商品状态。", "请输入 在售 或 停售。")


def _parse_points(text: str) -> tuple[str, ...]:
    points = [part.strip() for part in _SEPARATOR.split(parse_text(text, 2_000)) if part.strip()]
    return tuple(parse_line(point) for point in points[:_MOST_POINTS])


def _parse_category(text: str) -> str:
    return parse_line("/".join(part for part in _PATH.split(text.strip()) if part))


def _parse_price(text: str) -> int:
    fen = parse_money(text)
    if fen < 0:
        raise InvalidInputError("money.negative", f"价格「{text}」是负数。")
    return fen


def _parse_gtin(text: str) -> str:
    return parse_gtin(parse_code(text))


CATALOGUE_FIELDS = (
    Field("spu", ("款号", "货号", "商品编号", "商品编码", "款式编号", "style", "goods_sn", "goods_id"), parse_number),
    Field("name", ("品名", "名称", "商品名称", "商品", "款名", "title", "product"), parse_line),
    Field("parent_category", ("大类", "一级分类"), parse_line),
    Field("category", ("分类", "类别", "品类", "categories"), _parse_category),
    Field("season", ("季节", "季", "波段"), parse_short),
    Field("points", ("卖点", "商品卖点", "selling points"), _parse_points),
    Field("material", ("材质", "面料", "成分"), parse_line),
    Field("care", ("洗护", "保养", "洗涤"), parse_line),
    Field("price", ("售价", "价格", "零售价", "现价", "retail_price", "price_yuan"), _parse_price),
    Field("tag_price", ("吊牌价", "原价", "市场价", "counter_price", "original_price"), _parse_price),
    Field("status", ("状态", "销售状态"), _parse_status),
    Field("on_sale", ("是否上架", "是否在售", "is_on_sale", "on_shelf"), parse_flag),
    Field("deleted", ("是否删除", "已删除", "deleted"), parse_flag),
    Field("sensitive", ("敏感商品", "敏感"), parse_flag),
    Field("image", ("图片", "主图", "图片文件", "照片", "picture", "image file", "photo"), parse_line),
    Field("sku_code", ("规格编码", "SKU", "SKU 编码", "货品编码", "sku_id"), parse_number),
    Field("gtin", ("条码", "条形码", "国际条码", "barcode", "ean"), _parse_gtin),
    Field("spec", ("规格", "specifications"), parse_spec),
    Field("colour", ("颜色", "color"), parse_short),
    Field("size", ("尺码", "尺寸"), parse_number),
)

_SAID_OF_STYLE = ("season", "points", "material", "care", "sensitive", "image")


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant as one row has it; None for what the row does not say."""

    code: str
    gtin: str | None = None
    colour: str | None = None
    size: str | None = None
    price_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style as the rows of one file have it. `fields` are those of the product record, `image` a path."""

    spu: str
    fields: Mapping[str, Any]
    variants: tuple[Variant, ...]
    image: str = ""


@dataclass
class _Open:
    """A style whose rows are still coming; `said_by` is the row that first said a field or a variant."""

    fields: dict[str, Any] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)
    said_by: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    def add(self, row_no: int, fields: Mapping[str, Any], variant: Variant | None) -> None:
        """Take a row in, or nothing of it where it contradicts an earlier one. Raises InvalidInputError."""
        for name, value in fields.items():
            if name != "price_fen" and self.fields.get(name, value) != value:
                self._contradicted(name, self.said_by[name])
        if variant is not None and self.variants.get(variant.code, variant) != variant:
            self._contradicted(f"规格 {variant.code}", self.said_by[variant.code])
        price = min((p for p in (self.fields.get("price_fen"), fields.get("price_fen")) if p is not None), default=None)
        self.fields |= fields if price is None else {**fields, "price_fen": price}
        if variant is not None:
            self.variants[variant.code] = variant
        for name in (*fields, *([variant.code] if variant else [])):
            self.said_by.setdefault(name, row_no)
        self.rows.append(row_no)

    @staticmethod
    def _contradicted(what: str, row_no: int) -> None:
        raise InvalidInputError("row.contradiction", f"与第 {row_no} 行是同一款, 「{what}」不同。", "请改成一致。")


class StyleGatherer:
    """Joins rows to styles; rows of one style need not stand together."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}
        self._owners: dict[str, str] = {}

    def add(self, row_no: int, values: Mapping[str, Any]) -> None:
        """Take one row in. Raises InvalidInputError if it cannot be taken."""
        spu = values.get("spu") or values.get("gtin")
        if not spu:
            raise InvalidInputError("product.no_key", "没有款号, 也没有条码。")
        style, variant = self._open.get(spu) or _Open(), variant_of(values)
        if variant is not None and self._owners.setdefault(variant.code, spu) != spu:
            other = self._owners[variant.code]
            raise InvalidInputError("sku.taken", f"规格编码「{variant.code}」在本文件里已属于款「{other}」。")
        style.add(row_no, style_fields(values), variant)
        self._open[spu] = style

    def styles(self) -> Iterator[tuple[tuple[int, ...], Style]]:
        """The styles and their rows, in the order of the file."""
        for spu, found in self._open.items():
            image = found.fields.pop("image", "")
            yield tuple(found.rows), Style(spu, found.fields, tuple(found.variants.values()), image)


def style_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says of its style. Its prices are the style's where the row names a style or no variant."""
    fields: dict[str, Any] = {name: values[name] for name in _SAID_OF_STYLE if values.get(name) is not None}
    if values.get("name"):
        fields["name"] = values["name"]
    category = "/".join(filter(None, (values.get("parent_category"), values.get("category"))))
    if category:
        fields["category"] = category
    if "points" in fields:
        fields["points"] = list(fields["points"])
    if "name" in fields or variant_of(values) is None:
        prices = {"price_fen": values.get("price"), "tag_price_fen": values.get("tag_price") or None}
        fields |= {name: fen for name, fen in prices.items() if fen is not None}
    status = _status(values)
    return fields if status is None else {**fields, "status": status}


def _status(values: Mapping[str, Any]) -> str | None:
    """What the row says about selling; the word that stops it counts most."""
    said: str | None = values.get("status")
    if values.get("deleted") or values.get("on_sale") is False or said == "stopped":
        return "stopped"
    return "on_sale" if values.get("on_sale") or said else None


def variant_of(values: Mapping[str, Any]) -> Variant | None:
    """The variant of a row, None for a row about the style alone. Raises InvalidInputError if nothing names it."""
    code = values.get("sku_code") or values.get("gtin")
    spec: Spec = values.get("spec") or Spec()
    colour, size = values.get("colour") or spec.colour, values.get("size") or spec.size
    if code:
        return Variant(code, values.get("gtin"), colour or None, size or None, values.get("price"))
    if colour or size:
        raise InvalidInputError("sku.no_code", "有颜色或尺码, 却没有规格编码或条码。")
    return None


def settle_status(fields: Mapping[str, Any], variants: Sequence[Variant], held: Mapping[str, Any] | None) -> str | None:
    """The status to write, None to leave it. What has no price yet is kept off sale, so that nobody shares it for ¥0.

    `held` is the product record as the office has it, None for a new style.
    """
    priced = bool(fields.get("price_fen") or (held and held["price_fen"]) or any(v.price_fen for v in variants))
    said: str | None = fields.get("status")
    if not priced:
        return "stopped" if held is None or said == "on_sale" else said
    if said is not None:
        return said
    newly_priced = held is not None and held["status"] == "stopped" and not held["price_fen"]
    return "on_sale" if held is None or newly_priced else None
