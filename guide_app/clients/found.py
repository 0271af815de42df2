"""Why a search found a client: which of her fields said what was typed, and the words around it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Field = Literal["name", "pinyin", "phone", "member", "wechat", "tag", "note", "remark", "preference"]

#: Which field a token's letter stands for (`guide_app.store.search_tokens`).
_FIELDS: Mapping[str, Field] = MappingProxyType(
    {"n": "name", "o": "name", "i": "pinyin", "j": "pinyin", "p": "pinyin", "q": "pinyin", "t": "phone", "d": "phone",
     "e": "phone", "m": "member", "w": "wechat"}
)  # fmt: skip
_BEFORE, _AFTER = 8, 20


@dataclass(frozen=True, slots=True)
class Match:
    """The field that matched, its words as far as they may be shown, and where in them (`start`, `length`) it is.

    Of a phone number nothing is shown but what was typed; of pinyin the name is the words and no place is marked.
    """

    field: Field
    words: str = ""
    start: int = 0
    length: int = 0


def named_match(letter: str, typed: str, name: str) -> Match:
    """Why the index of names found her by a token of this `letter`; `typed` is the search text's first word."""
    field = _FIELDS[letter]
    if field == "name":
        return _within(field, name, typed) or Match(field, name)
    if field == "pinyin":
        return Match(field, name)
    return Match(field, typed, 0, len(typed))


def told_match(typed: str, texts: Iterable[tuple[Field, str]]) -> Match | None:
    """The first of `texts` (field, words) that says what was typed, cut to what stands around it; None if none does."""
    for field, words in texts:
        found = _within(field, words, typed)
        if found is not None:
            return _cut(found)
    return None


def _within(field: Field, words: str, typed: str) -> Match | None:
    start = words.casefold().find(typed.casefold()) if typed else -1
    # Where folding changes lengths (ß) the place is not told.
    if start < 0 or len(words.casefold()) != len(words):
        return None
    return Match(field, words, start, len(typed))


def _cut(match: Match) -> Match:
    first = max(0, match.start - _BEFORE)
    last = match.start + match.length + _AFTER
    before = "…" if first else ""
    after = "…" if last < len(match.words) else ""
    words = f"{before}{match.words[first:last]}{after}".replace("\n", " ")
    return Match(match.field, words, len(before) + match.start - first, match.length)
