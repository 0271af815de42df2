"""What a verb gives back: one JSON document, lines for people, and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """Exit codes that IT staff's scripts rely on."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    LOCKED = 3
    UNREACHABLE = 4
    ATTENTION = 5
    DAMAGED = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """`doc` is printed with `--json`, `lines` without."""

    doc: dict[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    code: Exit = Exit.DONE
