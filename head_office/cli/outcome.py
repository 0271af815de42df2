"""What a verb gives back: one JSON document, lines for people, and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DONE, FAILED, USAGE = 0, 1, 2
#: Done, but something needs attention.
ATTENTION = 5
#: What was to be read is damaged; nothing was changed.
DAMAGED = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """`doc` is printed with `--json`, `lines` without."""

    doc: dict[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    code: int = DONE
