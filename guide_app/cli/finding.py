"""One check of `doctor` or `--self-test`, and how all of them are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guide_app.base.errors import DamagedError, GuideError
from guide_app.cli.outcome import Exit, Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether it is well, what was seen or is to be done, and whether the data is `damaged`."""

    name: str
    well: bool
    said: str
    damaged: bool = False


def checked(name: str, check: Callable[[], str]) -> Finding:
    """The finding of a check that raises GuideError where something is wrong."""
    try:
        return Finding(name, True, check())
    except GuideError as e:
        return Finding(name, False, str(e), damaged=isinstance(e, DamagedError))


def told(findings: Sequence[Finding]) -> Outcome:
    """All findings; attention if one of them is not well, damaged if the data is."""
    doc = {"checks": [{"name": f.name, "well": f.well, "said": f.said} for f in findings]}
    lines = [f"{'✓' if f.well else '✗'} {f.name}: {f.said}" for f in findings]
    if any(f.damaged for f in findings):
        return Outcome(doc, lines, Exit.DAMAGED)
    return Outcome(doc, lines, Exit.DONE if all(f.well for f in findings) else Exit.ATTENTION)
