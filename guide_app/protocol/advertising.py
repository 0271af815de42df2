"""Words that the law keeps out of advertisements, with the article, why, and what to say instead.

The list is data (`resources/words/advertising.json`), made for footwear and apparel: 广告法 arts. 8, 9, 11-13, 17, 28,
商标法 art. 14, 价格法 art. 14 and WeChat's rules for links. `bar` must not be sent; `warn` depends on what is meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase

Severity = Literal["bar", "warn"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that one article is about."""

    article: str
    severity: Severity
    why: str
    instead: str
    words: list[str]


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    industry: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Finding:
    """A word found: `text[start:end]`, as it was written."""

    word: str
    start: int
    end: int
    entry: Entry


class AdvertisingLaw:
    """Looks for the words of a list, also where spaces or signs were put between their letters."""

    def __init__(self, entries: list[Entry]) -> None:
        self._words = [(_plain(word)[0], word, entry) for entry in entries for word in entry.words]

    @classmethod
    def load(cls, path: Path) -> AdvertisingLaw:
        """From a JSON file. Raises OSError, msgspec.ValidationError."""
        return cls(msgspec.json.decode(path.read_bytes(), type=_List).entries)

    def require(self, texts: Iterable[str], code: str, where: str) -> None:
        """Raise InvalidInputError `code` naming `where`, word, article and a way out, if a text holds a barred word."""
        for text in texts:
            first = next((found for found in self.check(text) if found.entry.severity == "bar"), None)
            if first is not None:
                entry = first.entry
                raise InvalidInputError(
                    code,
                    "{where}不能用「{word}」({article}): {why}",
                    Phrase(entry.instead),
                    where=where,
                    word=first.word,
                    article=Phrase(entry.article),
                    why=Phrase(entry.why),
                )

    def check(self, text: str) -> list[Finding]:
        """What stands in `text`, in order; of words that overlap, the one that is barred or else the longest."""
        letters, places = _plain(text)
        found = []
        for plain, word, entry in self._words:
            at = letters.find(plain)
            while at >= 0:
                found.append(Finding(word, places[at], places[at + len(plain) - 1] + 1, entry))
                at = letters.find(plain, at + 1)
        found.sort(key=lambda f: (f.entry.severity != "bar", f.start - f.end, f.start))
        kept: list[Finding] = []
        for finding in found:
            if all(finding.end <= other.start or other.end <= finding.start for other in kept):
                kept.append(finding)
        return sorted(kept, key=lambda f: f.start)


def _plain(text: str) -> tuple[str, list[int]]:
    """Letters, digits and % of a text in one width and case, and where each stands in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKC", sign).casefold():
            if letter.isalnum() or letter == "%":
                letters.append(letter)
                places.append(place)
    return "".join(letters), places
