"""Why a file is no template, as a sentence that names the place: what msgspec says in English, said in our words."""

from __future__ import annotations

import re

import msgspec

from guide_app.base.phrase import Phrase
from guide_app.sharing.element_names import field_name

_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_MISSING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"unknown field `(\w+)`")


def misread(error: msgspec.DecodeError) -> Phrase:
    """`「各项」第 2 项「字号」的值不对`: the place and what is the matter there, without a full stop."""
    if not isinstance(error, msgspec.ValidationError):
        return Phrase("内容不是 JSON")
    said = str(error)
    place = _PLACE.search(said)
    where = _place(place["path"]) if place is not None else Phrase("整个文件")
    if (missing := _MISSING.search(said)) is not None:
        return Phrase("{where}缺少「{field}」", {"where": where, "field": field_name(missing[1])})
    if (unknown := _UNKNOWN.search(said)) is not None:
        return Phrase("{where}里有不认识的「{field}」", {"where": where, "field": unknown[1]})
    return Phrase("{where}的值不对", {"where": where})


def _place(path: str) -> Phrase:
    """The steps from the whole to the place, each by what people call it."""
    steps = [_named(found[1]) if found[1] else _numbered(found[2]) for found in _STEP.finditer(path)]
    if not steps:
        return Phrase("整个文件")
    return Phrase("".join(f"{{s{n}}}" for n in range(len(steps))), {f"s{n}": step for n, step in enumerate(steps)})


def _named(name: str) -> Phrase:
    return Phrase("「{name}」", {"name": field_name(name)})


def _numbered(number: str) -> Phrase:
    """Places are counted from nought, and msgspec leaves a mapping's key out."""
    return Phrase("第 {number} 项", {"number": int(number) + 1}) if number.isdigit() else Phrase("中一项")
