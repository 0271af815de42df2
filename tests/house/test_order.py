"""The files that are begun first exist, and the gate keeps their order."""

from __future__ import annotations

from tests.helpers.order import LONG_FILES, turn
from tests.helpers.repository import ROOT


def test_the_long_files_exist_and_come_first() -> None:
    assert [name for name in LONG_FILES if not (ROOT / name).is_file()] == []
    assert sorted(["tests/ui/x.py", *reversed(LONG_FILES)], key=turn) == [*LONG_FILES, "tests/ui/x.py"]


def test_the_gate_keeps_the_order() -> None:
    assert "--no-loadscope-reorder" in (ROOT / "tools" / "check.sh").read_text("utf-8")
