"""The conditions that a row of the segment builder offers: their words, their inputs, their form in a rule.

A condition is keyed as in the grammar: `field:sex`, `flag:starred`, `figure:orders`, `tag`, `bought`, `event:call`,
`consent`. What is typed is kept as text by input, and read when the rule is wanted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication

from guide_app.base.errors import InvalidInputError
from guide_app.segments import model as m
from guide_app.segments.parse import dump

_MONEY = ("total_fen", "average_fen")
_FEN = 100
_NUMBERS = ("at_least", "at_most", "within_days", "times")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be looked up in a row: names of tags, categories, and products (id → name and number)."""

    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    products: Mapping[str, str] = field(default_factory=dict)

    def choices(self, condition: str) -> dict[str, Mapping[str, str]]:
        """For each input of a condition that is looked up: its form in the rule → its word."""
        if condition == "tag":
            return {"tag": {name: name for name in self.tags}}
        if condition == "bought":
            return {"category": {name: name for name in self.categories}, "product_id": self.products}
        values = value_texts(condition)
        return {next(iter(input_texts(condition))): values} if values else {}


def condition_texts() -> dict[str, str]:
    """All conditions in the order in which they are offered."""
    texts = {
        "tag": QCoreApplication.translate("Conditions", "标签"),
        "bought": QCoreApplication.translate("Conditions", "买过"),
        "figure:days_since_purchase": QCoreApplication.translate("Conditions", "距上次购买 (天)"),
        "figure:orders": QCoreApplication.translate("Conditions", "购买次数"),
        "figure:total_fen": QCoreApplication.translate("Conditions", "累计消费 (元)"),
        "figure:average_fen": QCoreApplication.translate("Conditions", "每单平均 (元)"),
        "figure:rhythm_percent": QCoreApplication.translate("Conditions", "已过惯常间隔 (%)"),
        "figure:left_percent": QCoreApplication.translate("Conditions", "可能已离开 (%)"),
        "figure:days_since_contact": QCoreApplication.translate("Conditions", "距上次联系 (天)"),
        "figure:days_known": QCoreApplication.translate("Conditions", "建档天数"),
        "figure:birth_month": QCoreApplication.translate("Conditions", "生日月份"),
        "consent": QCoreApplication.translate("Conditions", "同意"),
        "field:sex": QCoreApplication.translate("Conditions", "性别"),
        "field:age_band": QCoreApplication.translate("Conditions", "年龄段"),
        "field:level": QCoreApplication.translate("Conditions", "会员等级"),
        "field:source_channel": QCoreApplication.translate("Conditions", "来源"),
        "field:shoe_size": QCoreApplication.translate("Conditions", "鞋码"),
        "field:top_size": QCoreApplication.translate("Conditions", "上装尺码"),
        "field:trousers_size": QCoreApplication.translate("Conditions", "裤装尺码"),
        "flag:starred": QCoreApplication.translate("Conditions", "在亲密名单"),
        "flag:has_phone": QCoreApplication.translate("Conditions", "有手机号"),
        "flag:has_wechat": QCoreApplication.translate("Conditions", "有微信"),
        "flag:has_birthday": QCoreApplication.translate("Conditions", "有生日"),
    }
    events = {
        "call": QCoreApplication.translate("Conditions", "通过电话"),
        "message": QCoreApplication.translate("Conditions", "发过消息"),
        "visit": QCoreApplication.translate("Conditions", "到过店"),
        "reply": QCoreApplication.translate("Conditions", "回复过"),
        "share": QCoreApplication.translate("Conditions", "分享给她"),
        "scan": QCoreApplication.translate("Conditions", "扫过码"),
        "claim": QCoreApplication.translate("Conditions", "领过券"),
        "redeemed": QCoreApplication.translate("Conditions", "核销过券"),
        "held_coupon": QCoreApplication.translate("Conditions", "有未用券"),
        "open_wish": QCoreApplication.translate("Conditions", "有心愿"),
    }
    return texts | {f"event:{name}": text for name, text in events.items()}


def input_texts(condition: str) -> dict[str, str]:
    """The inputs of a condition by their name in the rule, each with a word for what belongs there."""
    days = QCoreApplication.translate("Conditions", "最近几天")
    times = QCoreApplication.translate("Conditions", "至少几次")
    kind = condition.partition(":")[0]
    if kind == "figure":
        return {
            "at_least": QCoreApplication.translate("Conditions", "至少"),
            "at_most": QCoreApplication.translate("Conditions", "至多"),
        }
    if kind == "bought":
        return {
            "category": QCoreApplication.translate("Conditions", "品类, 如 女鞋/靴子"),
            "product_id": QCoreApplication.translate("Conditions", "商品, 名称或货号"),
            "size": QCoreApplication.translate("Conditions", "尺码"),
            "colour": QCoreApplication.translate("Conditions", "颜色"),
            "within_days": days,
        }
    return {
        "field": {"in": QCoreApplication.translate("Conditions", "值, 几个用逗号隔开")},
        "tag": {"tag": QCoreApplication.translate("Conditions", "标签名")},
        "event": {"within_days": days, "times": times},
        "consent": {"consent": QCoreApplication.translate("Conditions", "用途")},
    }.get(kind, {})


def value_texts(condition: str) -> dict[str, str]:
    """What may be chosen for the first input: its form in the rule → its word. Empty: anything may be typed."""
    if condition == "consent":
        return {
            "marketing": QCoreApplication.translate("Conditions", "接收优惠"),
            "service": QCoreApplication.translate("Conditions", "服务联系"),
            "profiling": QCoreApplication.translate("Conditions", "用于画像"),
        }
    if condition == "field:sex":
        return {
            "female": QCoreApplication.translate("Conditions", "女"),
            "male": QCoreApplication.translate("Conditions", "男"),
        }
    return {}


def read(condition: str, typed: Mapping[str, str], known: Known) -> dict[str, Any]:
    """The rule in its wire form of what was typed into the inputs.

    Raises InvalidInputError for a product that is none, a number that is none, and bounds that leave nobody between.
    """
    kind, _, name = condition.partition(":")
    words = {text: value for value, text in value_texts(condition).items()}
    given = {key: text.strip() for key, text in typed.items() if text.strip()}
    if kind == "field":
        listed = given.get("in", "").replace("\uff0c", ",").replace("\u3001", ",").split(",")
        return {"field": name, "in": [words.get(text.strip(), text.strip()) for text in listed if text.strip()]}
    scale = _FEN if name in _MONEY else 1
    asked = input_texts(condition)
    numbers = {key: _number(text, asked[key]) * scale for key, text in given.items() if key in _NUMBERS}
    if "at_least" in numbers and "at_most" in numbers and numbers["at_most"] < numbers["at_least"]:
        raise _not_so(QCoreApplication.translate("Conditions", "「至多」比「至少」小。"))
    if kind == "consent":
        text = given.get("consent", "")
        return {"consent": words.get(text, text)}
    if kind == "tag":
        return {"tag": given.get("tag", "")}
    if kind == "bought":
        named = {"product_id": _product(given["product_id"], known)} if "product_id" in given else {}
        return {"bought": given | named | numbers}
    return {kind: name} | numbers


def write(leaf: m.Leaf, known: Known) -> tuple[str, dict[str, str]] | None:
    """The condition of a leaf and what stands in its inputs; None for one that the builder does not offer."""
    data = dump(leaf)
    kind = next(iter(data))
    condition = f"{kind}:{data[kind]}" if kind in {"field", "flag", "figure", "event"} else kind
    values = value_texts(condition)
    if condition not in condition_texts():
        return None
    if isinstance(leaf, m.Bought) and leaf.product_id and leaf.product_id not in known.products:
        return None
    given = data["bought"] if kind == "bought" else data
    if kind == "field":
        return condition, {"in": ", ".join(values.get(value, value) for value in data["in"])}
    scale = _FEN if isinstance(leaf, m.Figure) and leaf.name in _MONEY else 1
    values = {**values, **known.products}
    typed = {key: _shown(given[key], scale, values) for key in input_texts(condition) if key in given}
    try:
        again = read(condition, typed, known)
    except InvalidInputError:  # as of an amount that is no whole yuan
        return None
    return (condition, typed) if _same(leaf, again) else None


def _product(text: str, known: Known) -> str:
    ids = {shown: product for product, shown in known.products.items()}
    if text not in ids:
        raise InvalidInputError(
            "segment.product",
            QCoreApplication.translate("Conditions", "没有商品「{text}」。").format(text=text),
            QCoreApplication.translate("Conditions", "输入名称或货号的一部分, 再从列表里选一个。"),
        )
    return ids[text]


def _same(leaf: m.Leaf, data: Mapping[str, Any]) -> bool:
    """Whether nothing of the leaf was lost on the way through the inputs."""
    now = dump(leaf)
    if isinstance(leaf, m.Bought | m.Event) and leaf.times == 1:
        (now["bought"] if isinstance(leaf, m.Bought) else now).pop("times", None)
        data = {key: value for key, value in data.items() if key != "times"}
    return now == data


def _shown(value: str | int, scale: int, values: Mapping[str, str]) -> str:
    return values.get(value, value) if isinstance(value, str) else f"{value / scale:g}" if scale > 1 else str(value)


def _number(text: str, asked: str) -> int:
    """The whole number that was typed where `asked` stands; the grammar's own words for it name no input."""
    try:
        return int(text)
    except ValueError:
        said = QCoreApplication.translate("Conditions", "「{asked}」要填整数。").format(asked=asked)
        raise _not_so(said) from None


def _not_so(sentence: str) -> InvalidInputError:
    way_out = QCoreApplication.translate("Conditions", "改好就重新计数。")
    return InvalidInputError("segment.number", sentence, way_out)
