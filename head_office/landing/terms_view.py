"""A coupon's terms in a customer's words: what it is worth, what it asks for, where and when it counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guide_app.base.money import FEN_PER_YUAN, yuan
from head_office.coupons.model import Template

_PERCENT, _FOLD = 100, 10
_DAYS = "一二三四五六日"
_EVERY_DAY = (1 << len(_DAYS)) - 1
_MIDNIGHT = 24 * 60
_SHOWN = 3
_CHANNELS = {"store": "门店", "pos": "门店", "mini": "小程序", "online": "线上"}


def worth(template: Template, value_fen: int = 0) -> tuple[str, str]:
    """The big figure and its unit: (`80`, `¥`), (`8.5`, `折`), (`兑换`, ``); `value_fen` is what was drawn."""
    if template.kind in ("percent_off", "nth_item"):
        return ("免单", "") if template.percent_off == _PERCENT else (_fold(template.percent_off), "折")
    if template.kind == "exchange":
        return "兑换", ""
    if template.kind == "shipping_off" and not template.discount_fen:
        return "免运费", ""
    if template.kind == "random_off" and not value_fen:
        return f"{_bare(template.random_min_fen)}–{_bare(template.random_max_fen)}", "¥"
    return _bare(value_fen or template.discount_fen), "¥"


def conditions(template: Template) -> str:
    """What a bill must reach, what the figure is for, and the most that is taken off."""
    asked = [f"满 {_plain(template.min_spend_fen)}" if template.min_spend_fen else ""]
    asked.append(f"满 {template.min_qty} 件" if template.min_qty else "")
    reached = "且".join(part for part in asked if part)
    said = f"{reached}可用" if reached else "无门槛"
    if template.kind == "nth_item":
        said = f"第 {template.nth} 件" + (f"，{said}" if reached else "")
    if template.kind == "shipping_off":
        said = "抵运费" + (f"，{said}" if reached else "")
    if template.kind == "random_off":
        said = f"金额随机，{said}"
    capped = template.kind in ("percent_off", "nth_item") and template.max_discount_fen > 0
    return said + (f"，最多减 {_plain(template.max_discount_fen)}" if capped else "")


def rules(template: Template, names: Mapping[str, str]) -> tuple[str, ...]:
    """What else is to be known before she comes; `names` are those of products and stores by id."""
    return tuple(line for line in (*_goods(template, names), *_people(template, names), *_times(template)) if line)


def _goods(template: Template, names: Mapping[str, str]) -> Sequence[str]:
    goods = [f"「{names[one]}」" for one in template.for_products if one in names]
    unnamed = len(template.for_products) - len(goods)
    scope = [*template.for_categories, *(f"「{tag}」商品" for tag in template.for_tags), *goods[:_SHOWN]]
    more = len(goods) - _SHOWN > 0 or unnamed > 0
    gift = names.get(template.gift_product_id or "", "指定商品")
    return (
        f"凭券兑换「{gift}」一件，随单取走" if template.kind == "exchange" else "",
        f"限 {'、'.join(scope) or '指定商品'}{f' 等 {len(template.for_products)} 款' if more and scope else ''}"
        if template.for_categories or template.for_tags or template.for_products
        else "",
        f"不含 {_listed(template.not_products, names, '款商品')}" if template.not_products else "",
        f"单价从高到低排，每第 {template.nth} 件减价" if template.kind == "nth_item" else "",
    )


def _people(template: Template, names: Mapping[str, str]) -> Sequence[str]:
    channels = [_CHANNELS.get(one, one) for one in template.for_channels]
    return (
        f"限 {_listed(template.for_stores, names, '家门店')}" if template.for_stores else "",
        f"限 {'、'.join(dict.fromkeys(channels))}使用" if channels else "",
        f"限 {'、'.join(template.for_levels)}会员" if template.for_levels else "",
        "限首次购买" if template.new_only else "",
        "不与其他券同用" if not template.stacking else "同类的券一单用一张" if template.exclusive_group else "",
        "可以转给他人使用" if template.transferable else "限本人使用，转让、转卖无效",
    )


def _times(template: Template) -> Sequence[str]:
    days = [f"周{_DAYS[i]}" for i in range(len(_DAYS)) if template.weekdays >> i & 1]
    hours = bool(template.day_from or template.day_until not in (0, _MIDNIGHT))
    until = template.day_until or _MIDNIGHT
    over = "次日 " if until < template.day_from else ""
    return (
        f"{'、'.join(days)}可用" if 0 < template.weekdays < _EVERY_DAY else "",
        f"每天 {_clock(template.day_from)} 至 {over}{_clock(until)} 可用" if hours else "",
    )


def _listed(ids: Sequence[str], names: Mapping[str, str], counted: str) -> str:
    known = [names[one] for one in ids if one in names]
    if not known:
        return f"指定的 {len(ids)} {counted}"
    more = len(ids) - min(len(known), _SHOWN)
    return "、".join(known[:_SHOWN]) + (f" 等 {len(ids)} {counted}" if more else "")


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _fold(percent_off: int) -> str:
    whole, rest = divmod(_PERCENT - percent_off, _FOLD)
    return f"{whole}.{rest}" if rest else str(whole)


def _bare(fen: int) -> str:
    return yuan(fen).removeprefix("¥")


def _plain(fen: int) -> str:
    return f"{fen // FEN_PER_YUAN} 元" if fen % FEN_PER_YUAN == 0 else yuan(fen)
