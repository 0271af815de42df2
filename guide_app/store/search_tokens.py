"""What is searchable of a client, and how a search text is read: pure.

Each token begins with a letter that says what it is, so that one index answers tier by tier. The tokenizer folds case,
so kinds differ by more than that:

    n name       o a later part of it      t last four digits of the phone
    i initials   j a later part            d phone from its start   e any later three of its digits
    p pinyin     q a later part            m member number          w WeChat name
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from guide_app.store.pinyin import initials, readings, suffixes

#: The fields that `client_tokens` reads.
NAMED = ("name", "phone", "member_no", "wechat")
_GRAM = 3
_TAIL = 4
_RUNS = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
_SEPARATORS = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")


def fold(text: str) -> str:
    """Lower case, without ASCII punctuation and spaces: the form in which tokens are stored and asked for.

    What a Chinese input method types in full width (`２３４５`, `ＺＨＷ`) is the same as in half width.
    """
    plain = halved(text)
    return (plain if plain.isalnum() else _SEPARATORS.sub("", plain)).lower()


def halved(text: str) -> str:
    """The text with its compatibility forms (full-width letters, digits and spaces) as plain ones (Unicode NFKC)."""
    return text if text.isascii() or unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def client_tokens(client: Mapping[str, Any]) -> str:
    """The tokens of a client, separated by spaces."""
    return named_tokens(*(client[field] for field in NAMED))


def named_tokens(name: str, phone: str, member_no: str, wechat: str) -> str:
    """The tokens of a client of whom this is said, separated by spaces."""
    tokens: list[str] = []
    if name := fold(name):
        tokens.append(f"n{name}")
        for reading in readings(name):
            tokens += (f"i{initials(reading)}", f"p{''.join(reading)}", _later(name[1:], reading[1:]))
    if phone := fold(phone):
        # Three digits at a time: every later end of the number would cost the index twice as much as all the names.
        grams = [f" e{phone[i : i + _GRAM]}" for i in range(1, len(phone))]
        tokens.append(f"t{phone[-_TAIL:]} d{phone}{''.join(grams)}")
    if member_no:
        tokens.append(f"m{fold(member_no)}")
    if wechat:
        tokens.append(f"w{fold(wechat)}")
    return " ".join(filter(None, tokens))


@lru_cache(maxsize=4096)
def _later(name: str, reading: tuple[str, ...]) -> str:
    """The tokens of all ends of what stands behind a name's first character, which many names have in common."""
    short = initials(reading)
    ends = [f"o{name[i:]}" for i in range(len(name))]
    ends += [f"j{short[i:]}" for i in range(len(short))]
    return " ".join((*ends, *(f"q{end}" for end in suffixes(reading) if end)))


def note_tokens(text: str) -> str:
    """One token per character (words of Latin letters stay whole), so that a phrase finds any run of Chinese."""
    return " ".join(run if run.isascii() else " ".join(run) for run in _RUNS.findall(halved(text).lower()))


def term_tiers(term: str) -> Sequence[str]:
    """The queries for one word of a search text, best first: tokens that must all be there, `*` after a beginning.

    A run of more than three digits is asked by its threes, which may lie apart: see `runs_on`.
    """
    word = fold(term)
    if not word:
        return ()
    if word.isascii() and word.isdigit():
        tail = (f"t{word}",) if len(word) == _TAIL else ()
        later = " ".join(f"e{word[i : i + _GRAM]}" for i in range(len(word) - _GRAM + 1)) or f"e{word}*"
        return (*tail, f"d{word}*", later, f"m{word}*")
    if word.isascii():
        return (f"i{word}*", f"p{word}*", f"j{word}*", f"q{word}*", f"w{word}*", f"m{word}*", f"n{word}*", f"o{word}*")
    return (f"n{word}*", f"o{word}*", f"w{word}*")


def is_asked_in_parts(word: str) -> bool:
    """Whether what `term_tiers` finds for a folded word has to be looked at again: a run of more than three digits."""
    return len(word) > _GRAM and word.isascii() and word.isdigit()


def runs_on(word: str, phone: str, member_no: str) -> bool:
    """Whether a client with this phone and number has the digits of a folded word in one run, as they are typed."""
    return word in fold(phone) or fold(member_no).startswith(word)
