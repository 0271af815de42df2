"""What is wrong with a command line, in Chinese: argparse says it in English, naming the place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Final

_PLACE: Final = re.compile(r"argument (?P<place>.+?): (?P<what>.+)", re.DOTALL)
_QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
#: How many choices are told in full; of more, only those that are like what was typed.
_TOLD: Final = 12


def in_chinese(message: str) -> str:
    """What argparse (Python 3.11 to 3.14) says, as a Chinese sentence; what is Chinese already is only ended."""
    found = _PLACE.fullmatch(message)
    place, what = (found["place"], found["what"]) if found else ("", message)
    for pattern, words in _SAYINGS:
        if said := pattern.fullmatch(what):
            return f"{place}: {words(said)}" if place else words(said)
    told = what if what.endswith("。") else f"{what}。"
    return f"{place}: {told}" if place else told


def _choice(said: re.Match[str]) -> str:
    typed = _plain(said[1])
    known = [one or other for one, other in _QUOTED.findall(said[2])] or said[2].split(", ")
    near = difflib.get_close_matches(typed, known, n=3)
    hint = f"您要的是不是 {'、'.join(near)}? " if near else ""
    told = f"可用: {'、'.join(known)}。" if len(known) <= _TOLD or not near else "别的见 --help。"
    return f"没有「{typed}」。{hint}{told}"


def _plain(quoted: str) -> str:
    found = _QUOTED.fullmatch(quoted)
    return (found[1] or found[2] or "") if found else quoted


def _like(template: str) -> Callable[[re.Match[str]], str]:
    return lambda said: template.format(*map(_plain, said.groups()))


_SAYINGS: Final = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"invalid choice: (.+?) \(choose from (.+)\)", _choice),
        (r"unknown parser (.+?) \(choices: (.+)\)", _choice),
        (r"the following arguments are required: (.+)", _like("还缺 {0}。")),
        (r"one of the arguments (.+) is required", _like("{0} 里要给一个。")),
        (r"not allowed with argument (.+)", _like("不能和 {0} 一起用。")),
        (r"unrecognized arguments: (.+)", _like("不认识 {0}。")),
        (r"expected one argument", _like("后面要跟一个值。")),
        (r"expected at most one argument", _like("后面最多跟一个值。")),
        (r"expected at least one argument", _like("后面至少要跟一个值。")),
        (r"expected (\d+) arguments?", _like("后面要跟 {0} 个值。")),
        (r"ignored explicit argument (.+)", _like("后面不跟值, 去掉「{0}」。")),
        (r"ambiguous option: (.+?) could match (.+)", _like("「{0}」可以是 {1}, 请写全。")),
        (r"invalid int value: (.+)", _like("要一个整数, 不是「{0}」。")),
        (r"invalid float value: (.+)", _like("要一个数, 不是「{0}」。")),
        (r"invalid \S+ value: (.+)", _like("「{0}」不合写法。")),
        (r"can't open (.+?): (.+)", _like("打不开「{0}」: {1}。")),
    )
)
