"""Words that a tag may not say: sensitive personal information (个人信息保护法 arts. 28-31). Pure but for `shipped`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "words" / "tags"
_BETWEEN = re.compile(r"[\W_]+")


class WordList(msgspec.Struct, frozen=True, rename={"kind": "class"}):
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

    def names(self, text: str) -> str:
        """The part of `text` (already plain) that belongs to this class; empty if none does."""
        for harmless in self.unless:
            text = text.replace(plain(harmless), "\0")
        word = next((word for word in self.words if plain(word) in text), "")
        if word:
            return word
        found = (re.search(pattern, text) for pattern in self.patterns)
        return next((match[0] for match in found if match), "")


class Finding(msgspec.Struct, frozen=True):
    """The word in a tag that is not free, and the class that it belongs to."""

    word: str
    words: WordList


class TagGuard:
    """Judges the text of tags."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        # What is refused comes before what may be consented to.
        self._lists = sorted(lists, key=lambda words: words.answer != "refuse")

    @classmethod
    def shipped(cls) -> TagGuard:
        """The guard with the lists of `resources/words/tags`."""
        decoder = msgspec.json.Decoder(WordList)
        return cls(decoder.decode(path.read_bytes()) for path in sorted(_FOLDER.glob("*.json")))

    def judge(self, text: str) -> Finding | None:
        """The first word of `text` that is not free, None if all are."""
        said = plain(text)
        for words in self._lists:
            word = words.names(said)
            if word:
                return Finding(word, words)
        return None


def plain(text: str) -> str:
    """Letters and digits alone, in one width and case, so that 怀-孕 and 怀 孕 are read as 怀孕."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())
