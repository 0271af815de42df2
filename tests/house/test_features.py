"""docs/features.md tells, for every feature id, what works and which test shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.helpers.repository import ROOT

GROUPS = {
    "CB": 20,
    "TG": 12,
    "SG": 9,
    "PH": 7,
    "TK": 14,
    "BD": 8,
    "CT": 11,
    "QR": 16,
    "CP": 18,
    "CA": 14,
    "CM": 7,
    "AT": 12,
    "KP": 7,
    "HQ": 10,
    "IN": 6,
    "PR": 14,
    "PC": 7,
    "PT": 6,
    "SC": 5,
    "I": 5,
    "OF": 8,
    "U": 20,
}
IDS = [f"{group}{n}" for group, count in GROUPS.items() for n in range(1, count + 1)]
IDS += [f"S{n:02d}" for n in range(1, 42)]
TEST_PATH = re.compile(r"\b(tests/[\w/.-]+?\.py)(?:::(\w+))?")


@dataclass(frozen=True)
class Row:
    id: str
    state: str
    shown_by: str

    @property
    def faults(self) -> list[str]:
        named = TEST_PATH.findall(self.shown_by)
        faults = [f"no such test: {path}" for path, _ in named if not (ROOT / path).is_file()]
        faults += [
            f"no {name} in {path}"
            for path, name in named
            if name and (ROOT / path).is_file() and f"def {name}(" not in (ROOT / path).read_text("utf-8")
        ]
        if self.state not in ("works", "part", "not"):
            faults.append(f"unknown state {self.state!r}")
        if self.state in ("works", "part") and not named:
            faults.append(f"{self.state!r}, but no test is named")
        sentence = TEST_PATH.sub("", self.shown_by).strip(" `,;·")
        if self.state in ("part", "not") and not sentence:
            faults.append(f"{self.state!r}, but nothing says what is missing")
        return faults


def rows_of(text: str) -> list[Row]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if "|" in line]
    return [Row(*cells) for cells in rows if len(cells) == 3 and re.fullmatch(r"[A-Z]+\d+", cells[0])]


def test_every_id_stands_there_once() -> None:
    assert sorted(row.id for row in rows_of((ROOT / "docs/features.md").read_text("utf-8"))) == sorted(IDS)


def test_every_row_keeps_its_promise() -> None:
    rows = rows_of((ROOT / "docs/features.md").read_text("utf-8"))
    assert not {row.id: row.faults for row in rows if row.faults}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("| CB1 | works | three lists |", "no test is named"),
        ("| CB1 | works | tests/house/test_absent.py |", "no such test"),
        ("| CB1 | works | tests/house/test_features.py::test_absent |", "no test_absent in"),
        ("| CB1 | part | tests/house/test_features.py |", "nothing says what is missing"),
        ("| CB1 | done | tests/house/test_features.py |", "unknown state"),
        ("| CB1 | not | |", "nothing says"),
    ],
)
def test_a_broken_promise_is_found(line: str, fault: str) -> None:
    [row] = rows_of(line)
    assert any(fault in found for found in row.faults)
