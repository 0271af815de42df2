"""Words and numbers that a tag or a note may not say: sensitive personal information (个人信息保护法 arts. 28-31).

Pure but for `shipped`. Numbers are told by their check digits, so that a bar code or an order number stays free.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "words" / "tags"
_BETWEEN = re.compile(r"[\W_]+")
#: Digits in the groups in which people write them: 6-8-4 of an identity number, four by four of a card.
_ID = re.compile(r"(?<!\d)(\d{6}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXx])(?![\dA-Za-z])")
_CARD = re.compile(r"(?<!\d)((?:\d[ -]?){15,18}\d)(?!\d)")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
#: First digits of payment cards (ISO/IEC 7812) and how many there are: UnionPay up to 19, Visa, Mastercard and JCB 16.
#: Of order numbers, which web shops make 18 and 19 digits long, every tenth has the right check digit.
_ISSUERS = re.compile(r"62\d{14,17}|(?:4\d|5[1-5]|35)\d{14}")
#: No number that is checked has fewer digits in a row, once what stands between them is gone.
_MANY_DIGITS = r"\d{16}"
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class WordList:
    """One class of words; `resources/words/tags/README.md` says what each field is."""

    kind: str
    title: str
    purpose: str
    article: str
    answer: Literal["refuse", "consent"]
    words: tuple[str, ...]
    consent: Literal["", "sensitive", "child"] = ""
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_patterns: tuple[str, ...] = ()
    tags_only: tuple[str, ...] = ()
    check: Literal["", "resident_id", "bank_card"] = ""

    @classmethod
    def read(cls, path: Path) -> WordList:
        """The list in a file. Raises ValueError, KeyError or TypeError if it is none."""
        said: dict[str, Any] = json.loads(path.read_bytes())
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
        return cls(kind=fields.pop("class"), **fields)

    def number(self, text: str) -> str:
        """The beginning of a number of this class in `text` as it was typed; empty if there is none."""
        if not self.check:
            return ""
        pattern, valid = (_ID, is_resident_id) if self.check == "resident_id" else (_CARD, is_bank_card)
        found = (re.sub(r"[ -]", "", match[1]) for match in pattern.finditer(unicodedata.normalize("NFKC", text)))
        return next((f"{number[:_SHOWN]}…" for number in found if valid(number)), "")

    def names(self, text: str, *, tag: bool = True) -> str:
        """The part of `text` (already plain) of a tag, or of a note, that belongs to this class; empty if none does."""
        for harmless in (*self.unless, *(() if tag else self.tags_only)):
            text = text.replace(_plain_word(harmless), "\0")
        for pattern in self.unless_patterns:
            text = re.sub(pattern, "\0", text)
        word = next((word for word in self.words if _plain_word(word) in text), "")
        if word:
            return word
        found = (re.search(pattern, text) for pattern in self.patterns)
        return next((match[0] for match in found if match), "")


@dataclass(frozen=True, slots=True)
class Finding:
    """The word in a tag that is not free, and the class that it belongs to."""

    word: str
    words: WordList


class TagGuard:
    """Judges the text of tags and notes."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        # What is refused comes before what may be consented to.
        self._lists = sorted(lists, key=lambda words: words.answer != "refuse")
        words = (re.escape(plain(word)) for one in self._lists for word in one.words)
        patterns = (pattern for one in self._lists for pattern in one.patterns)
        # Nearly all texts are harmless, and lists of clients have a hundred thousand of them: one look tells.
        self._suspicious = re.compile("|".join((_MANY_DIGITS, *words, *patterns)))

    @classmethod
    def shipped(cls) -> TagGuard:
        """The guard with the lists of `resources/words/tags`."""
        return cls(WordList.read(path) for path in sorted(_FOLDER.glob("*.json")))

    def judge(self, text: str, *, tag: bool = True) -> Finding | None:
        """The first word or number of a tag's `text`, or of a note's, that is not free; None if all are."""
        said = plain(text)
        if not self._suspicious.search(said):
            return None
        for words in self._lists:
            word = words.number(text) or words.names(said, tag=tag)
            if word:
                return Finding(word, words)
        return None


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a number of a resident identity card: a date of birth and its check (GB 11643-1999)."""
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return number[17].upper() == _ID_CHECKS[total % 11]


def is_bank_card(number: str) -> bool:
    """Whether 16 to 19 digits are the number of a payment card: a known issuer and the check digit (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return _ISSUERS.fullmatch(number) is not None and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004 - Luhn


def plain(text: str) -> str:
    """Letters and digits alone, in one width and case, so that 怀-孕 and 怀 孕 are read as 怀孕."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4_096)
def _plain_word(word: str) -> str:
    """`plain` of a word of the lists: the same few hundred are asked for with every text."""
    return plain(word)
