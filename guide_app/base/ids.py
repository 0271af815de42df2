"""Record ids: UUID version 7 (RFC 9562, section 5.7) in canonical text form.

Python 3.11 has no `uuid.uuid7`, and ours take time and randomness from outside, so that demo data and
tests are the same on every run.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Callable

_RAND_BITS = 74
_PAGE = 4096
_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NIL = "00000000-0000-0000-0000-000000000000"


def uuid7(ms: int, rand: int) -> str:
    """The UUIDv7 of a moment (UTC ms, 48 bits) and 74 random bits, canonical text.

    Raises ValueError if either does not fit.
    """
    if not 0 <= ms < 1 << 48 or not 0 <= rand < 1 << _RAND_BITS:
        raise ValueError(f"uuid7 parts out of range: ms={ms} rand={rand}")
    value = ms << 80 | 0x7 << 76 | (rand >> 62) << 64 | 0b10 << 62 | rand & (1 << 62) - 1
    digits = f"{value:032x}"  # a UUID object would take three times as long, and imports make many
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def derived_id(ms: int, said: str) -> str:
    """The UUIDv7 of a moment whose random bits follow from `said`: PCs that say the same make the same record."""
    return uuid7(ms, int.from_bytes(hashlib.sha256(said.encode()).digest()) & ((1 << _RAND_BITS) - 1))


def uuid7_ms(value: str) -> int:
    """The UTC milliseconds that a UUIDv7 carries."""
    return uuid.UUID(value).int >> 80


def parse_id(text: str) -> str:
    """Canonical lower-case form of a UUID given in any usual spelling. Raises ValueError."""
    return str(uuid.UUID(text))


def is_id(text: object) -> bool:
    """Whether it is a UUID in canonical text."""
    return isinstance(text, str) and _CANONICAL.fullmatch(text) is not None


class RandomBits:
    """Random bits from the system, asked for by the page: a question to it for each id costs as much as the id.

    Calls must come from one thread.
    """

    def __init__(self) -> None:
        self._held = b""
        self._at = 0

    def __call__(self, bits: int) -> int:
        """A whole number of so many bits."""
        size = (bits + 7) // 8
        end = self._at + size
        if end > len(self._held):
            self._held, self._at, end = secrets.token_bytes(_PAGE + size), 0, size
        taken, self._at = self._held[self._at : end], end
        return int.from_bytes(taken) >> (size * 8 - bits)


class IdMaker:
    """Makes ids that never go backwards, even within one millisecond or when the clock steps back.

    `now_ms` and `random_bits` are handed in; calls must come from one thread.
    """

    def __init__(self, now_ms: Callable[[], int], random_bits: Callable[[int], int] | None = None) -> None:
        self._now_ms = now_ms
        self._random_bits = random_bits or RandomBits()
        self._ms = 0
        self._rand = 0

    def __call__(self) -> str:
        """The next id: greater than every id this maker has given."""
        ms = self._now_ms()
        if ms > self._ms:
            self._ms, self._rand = ms, self._random_bits(_RAND_BITS)
        else:  # RFC 9562, section 6.2, method 2: count up within the millisecond
            self._rand += 1 + self._random_bits(32)
            if self._rand >= 1 << _RAND_BITS:
                self._ms, self._rand = self._ms + 1, self._random_bits(_RAND_BITS)
        return uuid7(self._ms, self._rand)
