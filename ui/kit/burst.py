"""What tells a scanner gun from a typist: the pace. No Qt here; times are ms of any one clock."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

GAP_MS = 40
"""Guns send a key every 1 to 20 ms; the fastest typists need 60 and more."""
HELD_GAP_MS = 25
"""Letters held by an input method have no time stamps of their own, so only what no hand can do counts there."""
FEWEST = 6
HELD = 3
"""So many letters that an input method composes at a gun's pace are taken from it."""
DUPLICATE_MS = 700
"""A gun in presentation mode reads a code again and again while it lies before it; nobody scans two so fast."""

Ending = Literal["key", "pause"]


@dataclass(frozen=True, slots=True)
class GunSetup:
    """How the gun of this PC is programmed: characters before and after each code, and what ends it.

    `key`: Enter or Tab; `pause`: nothing, the code is over when no more characters come.
    """

    prefix: str = ""
    suffix: str = ""
    ending: Ending = "key"

    def bare(self, text: str) -> str:
        """The code itself."""
        return text.removeprefix(self.prefix).removesuffix(self.suffix).strip()


class Burst:
    """Collects characters as long as they come fast enough."""

    def __init__(self) -> None:
        """Nothing typed yet."""
        self._typed: list[str] = []
        self._last_ms = 0

    @property
    def empty(self) -> bool:
        """Whether the next character begins a burst."""
        return not self._typed

    @property
    def text(self) -> str:
        """What came so far."""
        return "".join(self._typed)

    def add(self, text: str, at_ms: int) -> bool:
        """More characters at once; True when they begin a new burst."""
        begins = self.empty or not 0 <= at_ms - self._last_ms <= GAP_MS
        if begins:
            self._typed.clear()
        self._typed.append(unicodedata.normalize("NFKC", text))
        self._last_ms = at_ms
        return begins

    def enter(self, at_ms: int) -> str:
        """What was scanned, now that Enter came; empty if it was somebody typing."""
        fast = not self.empty and 0 <= at_ms - self._last_ms <= GAP_MS
        code = self.rest()
        return code if fast else ""

    def rest(self) -> str:
        """What was scanned, now that nothing follows any more; empty if it is too short for a code."""
        code = self.text.strip()
        self._typed.clear()
        return code if len(code) >= FEWEST else ""

    def clear(self) -> None:
        """Something else was pressed."""
        self._typed.clear()


class Composition:
    """Letters that an input method holds back to make Chinese of them, watched for a gun's pace."""

    def __init__(self) -> None:
        """Nothing is composed."""
        self._letters = ""
        self._fast = 0
        self._last_ms = 0

    def compose(self, held: str, at_ms: int) -> str:
        """What is held now; returns the letters once they are surely a gun's, else nothing.

        Separators that an input method puts between syllables do not count.
        """
        letters = "".join(c for c in unicodedata.normalize("NFKC", held) if c.isascii() and c.isalnum())
        grew = len(letters) == len(self._letters) + 1 and letters.startswith(self._letters)
        quick = bool(self._letters) and 0 <= at_ms - self._last_ms <= HELD_GAP_MS
        self._fast = self._fast + 1 if grew and quick else int(grew and not self._letters)
        self._letters, self._last_ms = letters, at_ms
        if self._fast < HELD:
            return ""
        self.clear()
        return letters

    def clear(self) -> None:
        """The composition is over."""
        self._letters, self._fast = "", 0


class Repeats:
    """Keeps a code from being told twice while it lies before the gun."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._code, self._at_ms = "", 0

    def is_repeat(self, code: str, at_ms: int) -> bool:
        """Whether this is the same code as a moment ago; a moment begins anew with each reading."""
        again = code == self._code and 0 <= at_ms - self._at_ms <= DUPLICATE_MS
        self._code, self._at_ms = code, at_ms
        return again


def is_plain(text: str) -> bool:
    """Whether these are characters of a code, perhaps widened by an input method."""
    return unicodedata.normalize("NFKC", text).isascii()
