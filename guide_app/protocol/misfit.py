"""Why a value does not fit a field, as a sentence that names the field, what was given and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from guide_app.base.phrase import Phrase, listed

_LONGEST_SHOWN = 40
_EMPTY = Phrase("空")
_OR_EMPTY = Phrase("{allowed}或空")


def misfit(struct: type[msgspec.Struct], data: Mapping[str, object]) -> Phrase:
    """Of the fields of `struct` in `data`, the first whose value does not fit, and what would.

    Raises ValueError if all fit one by one.
    """
    known = set(struct.__struct_fields__)
    for name in filter(known.__contains__, data):
        if not fits(struct, name, data[name]):
            return field_misfit(struct, name, data[name])
    raise ValueError(f"all fields fit {struct.__name__}")


def fits(struct: type[msgspec.Struct], name: str, value: object) -> bool:
    """Whether the field `name` of `struct` takes `value`."""
    try:
        msgspec.convert(value, _type(struct, name))
    except msgspec.ValidationError:
        return False
    return True


def field_misfit(struct: type[msgspec.Struct], name: str, value: object, words: Phrase | None = None) -> Phrase:
    """`「birth_month」不能是「13」, 可以是: 1 到 12 的整数或空。` for the field `name`, which does not take `value`.

    `words` are what people call the field; left out, it is its name.
    """
    allowed = _allowed(inspect.type_info(_type(struct, name)))
    called = name if words is None else words
    return Phrase(
        "「{name}」不能是「{given}」, 可以是: {allowed}。", {"name": called, "given": _shown(value), "allowed": allowed}
    )


def _type(struct: type[msgspec.Struct], name: str) -> Any:
    return next(f.type for f in msgspec.structs.fields(struct) if f.name == name)


def _shown(value: object) -> object:
    if value is None or value == "":
        return _EMPTY
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _allowed(wanted: inspect.Type) -> Phrase:
    match wanted:
        case inspect.UnionType(types=types):
            return _either(types)
        case inspect.IntType() | inspect.FloatType():
            return _number(wanted) if isinstance(wanted, inspect.IntType) else _decimal(wanted)
        case inspect.StrType():
            return _text(wanted)
        case inspect.BoolType():
            return Phrase("是或否 (true, false)")
        case inspect.LiteralType(values=values):
            return _one_of(values)
    return Phrase("规定的形式")


def _either(types: Iterable[inspect.Type]) -> Phrase:
    parts = [_allowed(one) for one in types if not isinstance(one, inspect.NoneType)]
    return _OR_EMPTY.given(allowed=listed(parts, ", "))


def _text(wanted: inspect.StrType) -> Phrase:
    if wanted.pattern is not None:  # ids alone have one
        return Phrase("一个编号 (小写 UUID)")
    return Phrase("文字") if wanted.max_length is None else Phrase("至多 {most} 个字", {"most": wanted.max_length})


def _number(wanted: inspect.IntType) -> Phrase:
    low = wanted.ge if wanted.ge is not None or wanted.gt is None else wanted.gt + 1
    high = wanted.le if wanted.le is not None or wanted.lt is None else wanted.lt - 1
    if low is None:
        return Phrase("整数")
    if high is None:
        return Phrase("不小于 {low} 的整数", {"low": low})
    return Phrase("{low} 到 {high} 的整数", {"low": low, "high": high})


def _decimal(wanted: inspect.FloatType) -> Phrase:
    low, high = wanted.ge, wanted.le
    if wanted.gt is not None:
        above = Phrase("大于 {low} 的数", {"low": f"{wanted.gt:g}"})
        if high is None:
            return above
        return Phrase("大于 {low}、不超过 {high} 的数", {"low": f"{wanted.gt:g}", "high": f"{high:g}"})
    if low is None:
        return Phrase("数字")
    if high is None:
        return Phrase("不小于 {low} 的数", {"low": f"{low:g}"})
    return Phrase("{low} 到 {high} 的数", {"low": f"{low:g}", "high": f"{high:g}"})


def _one_of(values: Iterable[object]) -> Phrase:
    words = [str(value) for value in values]
    chosen = Phrase("这几种之一 ({words})", {"words": ", ".join(filter(None, words))})
    return chosen if all(words) else _OR_EMPTY.given(allowed=chosen)
