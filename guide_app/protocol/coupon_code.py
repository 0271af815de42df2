"""Coupon codes: 13 random characters (65 bits) and a check character, without 0/O/1/I.

The check character is the sum of the characters times powers of a generator in GF(32) (polynomial x^5 + x^2 + 1): one
wrong character and any two swapped characters are always detected. 65 bits hold against guessing for longer than any
coupon lives, and head office limits the rate.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 14
_DATA = LENGTH - 1
_POLYNOMIAL = 0b100101
_FIELD_BITS = 5
_VALUES = {c: i for i, c in enumerate(ALPHABET)}
_GROUP = 4
_SEPARATORS = " -\u2010\u2013\u2014\u2212·"
_UNSEEN = frozenset({"Cc", "Cf"})  # ends of lines, and the marks without width that chats put into words


def _times_generator(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value >> _FIELD_BITS else value


def check_character(data: str) -> str:
    """The check character of 13 code characters. Raises KeyError for foreign characters."""
    total = 0
    for c in data:  # Horner's scheme: each character ends up multiplied by its own power of the generator
        total = _times_generator(total ^ _VALUES[c])
    return ALPHABET[total]


def make_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code, 14 characters."""
    data = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(_DATA))
    return data + check_character(data)


def derive_code(secret: bytes, said: str) -> str:
    """The code that follows from `said` under a secret: whoever holds both makes the same one, nobody else can."""
    value = int.from_bytes(hmac.digest(secret, said.encode(), hashlib.sha256))
    data = "".join(ALPHABET[value >> _FIELD_BITS * i & len(ALPHABET) - 1] for i in range(_DATA))
    return data + check_character(data)


def plain_form(text: str) -> str:
    """Capitals of the ordinary width (Unicode NFKC): an input method may widen what is typed or copied."""
    return unicodedata.normalize("NFKC", text).upper()


def normalise_code(text: str) -> str:
    """The stored form of what a person typed or a scanner read: upper case, without separators and unseen signs."""
    plain = plain_form(text)
    return "".join(c for c in plain if c not in _SEPARATORS and unicodedata.category(c) not in _UNSEEN)


def is_valid_code(code: str) -> bool:
    """Whether a normalised code has the right length, alphabet and check character."""
    return len(code) == LENGTH and all(c in _VALUES for c in code) and check_character(code[:_DATA]) == code[_DATA]


def show_code(code: str) -> str:
    """`7KQ2-M9RT-X4HD-3J`: how a code is printed."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))
