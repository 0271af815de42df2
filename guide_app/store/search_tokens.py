"""What is searchable of a client, and how a search text is read: pure.

Each token begins with a letter that says what it is, so that one index answers tier by tier:

    N full name      n a later part of it        L last four digits of the phone
    I initials       i a later part              D phone from its start   d any later run of its digits
    P pinyin         p a later part              M member number, W WeChat name
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from guide_app.store.pinyin import initials, readings, suffixes

_SHORTEST_RUN = 3
_TAIL = 4
_SEPARATORS = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


def fold(text: str) -> str:
    """Lower case, without ASCII punctuation and spaces: the form in which tokens are stored and asked for."""
    return _SEPARATORS.sub("", text).lower()


def client_tokens(client: Mapping[str, Any]) -> str:
    """The tokens of a client, separated by spaces."""
    tokens: list[str] = []
    name = fold(client["name"])
    tokens += _tiers("N", "n", [name[i:] for i in range(len(name))])
    for reading in readings(name):
        short = initials(reading)
        tokens += _tiers("I", "i", [short[i:] for i in range(len(short))])
        tokens += _tiers("P", "p", suffixes(reading))
    phone = fold(client["phone"])
    if phone:
        tokens.append("L" + phone[-_TAIL:])
        tokens += _tiers("D", "d", [phone[i:] for i in range(max(1, len(phone) - _SHORTEST_RUN + 1))])
    tokens += [letter + fold(client[name]) for letter, name in (("M", "member_no"), ("W", "wechat")) if client[name]]
    return " ".join(dict.fromkeys(tokens))


def note_tokens(text: str) -> str:
    """One token per character (words of Latin letters stay whole), so that a phrase finds any run of Chinese."""
    return " ".join(re.findall(r"[a-z0-9]+|[^\x00-\x7f]", text.lower()))


def term_tiers(term: str) -> Sequence[str]:
    """The prefix queries for one word of a search text, best first."""
    word = fold(term)
    if not word:
        return ()
    if word.isascii() and word.isdigit():
        tail = (f"L{word}",) if len(word) == _TAIL else ()
        return (*tail, f"D{word}*", f"d{word}*", f"M{word}*")
    if word.isascii():
        return (f"I{word}*", f"P{word}*", f"i{word}*", f"p{word}*", f"W{word}*", f"M{word}*", f"N{word}*")
    return (f"N{word}*", f"n{word}*")


def _tiers(first: str, later: str, parts: Sequence[str]) -> list[str]:
    return [(first if i == 0 else later) + part for i, part in enumerate(parts) if part]
