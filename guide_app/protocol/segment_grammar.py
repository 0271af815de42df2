"""Reads a rule from its form on the wire and writes it back. Every fault names its place in the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.protocol import segment_rules as m

#: No honest rule is deeper or longer; SQLite refuses statements that are.
MOST_DEPTH, MOST_LEAVES = 8, 100
_MOST_VALUES, _MOST_TEXT, _MOST_NUMBER = 100, 64, 1 << 53
_MOST_DAYS, _HOURS = 36_500, 24


def parse(data: object) -> m.Rule:
    """The rule of `data`. Raises InvalidInputError, `segment.rule`, whose sentence names the place of the fault."""
    rule = _node(data, "", 1)
    count = sum(1 for _ in m.leaves(rule))
    if count > MOST_LEAVES:
        _fault("", Phrase("有 {count} 个条件, 最多 {most} 个", {"count": count, "most": MOST_LEAVES}))
    return rule


def dump(rule: m.Rule) -> dict[str, Any]:  # noqa: C901, PLR0911 - one case for each kind of condition
    """The wire form of a rule: `parse(dump(rule)) == rule`."""
    match rule:
        case m.All(parts):
            return {"all": [dump(part) for part in parts]}
        case m.Some(parts):
            return {"any": [dump(part) for part in parts]}
        case m.Not(part):
            return {"not": dump(part)}
        case m.Field(name, values):
            return {"field": name, "in": list(values)}
        case m.Flag(name):
            return {"flag": name}
        case m.Figure(name, low, high):
            return {"figure": name} | _given(at_least=low, at_most=high)
        case m.Tagged(name, group):
            return {"tag": name} | _given(group=group or None)
        case m.Bought():
            asked = {key: getattr(rule, key) or None for key in ("category", "product_id", "size", "colour")}
            return {"bought": _given(**asked, within_days=rule.within_days, times=rule.times)}
        case m.Event(name, days, times, hours):
            return {"event": name} | _given(within_days=days, times=times, hours=None if hours is None else [*hours])
        case m.Said(word, days):
            return {"said": word} | _given(within_days=days)
        case m.Consented(purpose):
            return {"consent": purpose}
        case m.Listed(segment_id):
            return {"list": segment_id}


def _given(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _node(data: object, place: str, depth: int) -> m.Rule:
    if depth > MOST_DEPTH:
        _fault(place, Phrase("套得太深, 最多 {most} 层", {"most": MOST_DEPTH}))
    if not isinstance(data, Mapping):
        _fault(place, Phrase("要是一个对象"))
    kinds = [key for key in data if key in _READERS]
    if len(kinds) != 1:
        _fault(place, Phrase("要有且只有一个条件: {known}", {"known": ", ".join(_READERS)}))
    kind = kinds[0]
    reader, more = _READERS[kind]
    for key in data:
        if key != kind and key not in more:
            _fault(_at(place, str(key)), Phrase("条件 {kind} 没有这一项", {"kind": kind}))
    return reader(data, place, depth)


def _all(data: Mapping[str, Any], place: str, depth: int) -> m.Rule:
    return m.All(_parts(data["all"], _at(place, "all"), depth))


def _any(data: Mapping[str, Any], place: str, depth: int) -> m.Rule:
    return m.Some(_parts(data["any"], _at(place, "any"), depth))


def _parts(data: object, place: str, depth: int) -> tuple[m.Rule, ...]:
    if not isinstance(data, list | tuple):
        _fault(place, Phrase("要是一个列表"))
    return tuple(_node(part, f"{place}[{n}]", depth + 1) for n, part in enumerate(data))


def _not(data: Mapping[str, Any], place: str, depth: int) -> m.Rule:
    return m.Not(_node(data["not"], _at(place, "not"), depth + 1))


def _field(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    values = data.get("in")
    here = _at(place, "in")
    if not isinstance(values, list | tuple) or not 0 < len(values) <= _MOST_VALUES:
        _fault(here, Phrase("要是 1 到 {most} 个值的列表", {"most": _MOST_VALUES}))
    texts = tuple(_text(value, f"{here}[{n}]") for n, value in enumerate(values))
    return m.Field(_one_of(data["field"], m.TEXT_FIELDS, _at(place, "field")), texts)


def _flag(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    return m.Flag(_one_of(data["flag"], m.FLAGS, _at(place, "flag")))


def _figure(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    name = _one_of(data["figure"], m.FIGURES, _at(place, "figure"))
    most = _MOST_DAYS if name.startswith("days") else _MOST_NUMBER
    low = _number(data, "at_least", place, -most, most)
    high = _number(data, "at_most", place, -most, most)
    if low is None and high is None:
        _fault(place, Phrase("要有 at_least 或 at_most"))
    if low is not None and high is not None and low > high:
        _fault(_at(place, "at_most"), Phrase("{high} 小于 at_least 的 {low}", {"high": high, "low": low}))
    return m.Figure(name, low, high)


def _tag(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    name = _text(data["tag"], _at(place, "tag"))
    group = _text(data.get("group", ""), _at(place, "group"))
    if not name and not group:
        _fault(_at(place, "tag"), Phrase("要有标签名或标签组"))
    return m.Tagged(name, group)


def _bought(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    asked, here = data["bought"], _at(place, "bought")
    if not isinstance(asked, Mapping):
        _fault(here, Phrase("要是一个对象"))
    texts = ("category", "product_id", "size", "colour")
    for key in asked:
        if key not in (*texts, "within_days", "times"):
            _fault(_at(here, str(key)), Phrase("没有这一项"))
    said = {key: _text(asked.get(key, ""), _at(here, key)) for key in texts}
    return m.Bought(
        **said,
        within_days=_number(asked, "within_days", here, 1, _MOST_DAYS),
        times=_number(asked, "times", here, 1, _MOST_DAYS) or 1,
    )


def _event(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    return m.Event(
        _one_of(data["event"], m.EVENTS, _at(place, "event")),
        within_days=_number(data, "within_days", place, 1, _MOST_DAYS),
        times=_number(data, "times", place, 1, _MOST_DAYS) or 1,
        hours=_hours(data.get("hours"), _at(place, "hours")),
    )


def _hours(value: object, place: str) -> tuple[int, int] | None:
    if value is None:
        return None
    hours = value if isinstance(value, list | tuple) else ()
    whole = [hour for hour in hours if isinstance(hour, int) and not isinstance(hour, bool)]
    if len(hours) != len(whole) or len(whole) != len(("from", "until")):
        _fault(place, Phrase("要是两个整点, 如 [18, 22]"))
    first, until = whole
    if not (0 <= first < _HOURS and 0 <= until <= _HOURS) or first == until:
        _fault(
            place,
            Phrase("从 0 到 {last} 点开始, 到另一个整点为止 (最晚 {hours})", {"last": _HOURS - 1, "hours": _HOURS}),
        )
    return first, until


def _said(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    here = _at(place, "said")
    word = _text(data["said"], here).strip()
    if not word:
        _fault(here, Phrase("要写关键词"))
    return m.Said(word, within_days=_number(data, "within_days", place, 1, _MOST_DAYS))


def _consent(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    return m.Consented(_one_of(data["consent"], m.PURPOSES, _at(place, "consent")))


def _list(data: Mapping[str, Any], place: str, _depth: int) -> m.Rule:
    segment_id = _text(data["list"], _at(place, "list"))
    if not segment_id:
        _fault(_at(place, "list"), Phrase("要写静态分群的编号"))
    return m.Listed(segment_id)


_Reader = Callable[[Mapping[str, Any], str, int], m.Rule]
#: How each condition is read, and which other keys may stand beside its own.
_READERS: Mapping[str, tuple[_Reader, tuple[str, ...]]] = {
    "all": (_all, ()),
    "any": (_any, ()),
    "not": (_not, ()),
    "field": (_field, ("in",)),
    "flag": (_flag, ()),
    "figure": (_figure, ("at_least", "at_most")),
    "tag": (_tag, ("group",)),
    "bought": (_bought, ()),
    "event": (_event, ("within_days", "times", "hours")),
    "said": (_said, ("within_days",)),
    "consent": (_consent, ()),
    "list": (_list, ()),
}


def _one_of(value: object, known: tuple[str, ...], place: str) -> str:
    if not isinstance(value, str) or value not in known:
        _fault(place, Phrase("不认识「{value}」, 可用: {known}", {"value": value, "known": ", ".join(known)}))
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        _fault(place, Phrase("要是不超过 {most} 个字的文字", {"most": _MOST_TEXT}))
    return value


def _number(data: Mapping[str, Any], key: str, place: str, least: int, most: int) -> int | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        _fault(_at(place, key), Phrase("要是 {least} 到 {most} 的整数", {"least": least, "most": most}))
    return value


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _fault(place: str, what: Phrase) -> NoReturn:
    raise InvalidInputError(
        "segment.rule",
        "分群规则的 {place}: {what}。",
        "请改正这一处后再保存。",
        place=place or Phrase("开头"),
        what=what,
    )
