"""Who is refused is told what to do next: no refusal without a way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.protocol.problems import PROBLEMS
from guide_app.protocol.ways_out import WAYS_OUT
from tests.helpers.repository import ROOT, python_files, tree_of

_ERRORS = frozenset({"GuideError", "InvalidInputError", "NotFoundError", "LockedError", "NotEnrolledError",
                     "DamagedError", "TableError", "SyncStuckError", "StorageError", "BusyError"})  # fmt: skip
#: Verdicts on a row of a file, shown beside the row: the sentence itself says what would fit.
_OF_ROWS = ("guide_app/base/tabular", "guide_app/flows/bringing", "head_office/imports")
#: The demo tells an engineer of itself; the field editor passes on what an error of the field said, way out and all.
_OTHERS = ("guide_app/cli/demo", "ui/pages/sync/dialog.py")
#: Where the way out stands among the arguments.
_WAY = 2


def test_every_problem_of_the_wire_has_a_way_out() -> None:
    assert WAYS_OUT.keys() == PROBLEMS.keys()
    assert all(WAYS_OUT.values())


@pytest.mark.parametrize("room", ["guide_app", "head_office", "ui"])
def test_no_refusal_is_without_a_way_out(room: str) -> None:
    found = [f"{path.relative_to(ROOT)}:{call.lineno}" for path, call in _refusals(room) if not _has_way(call)]
    assert found == [], "name what to do next (the third argument), or use a code of the table of ways out"


def _refusals(room: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in python_files(room):
        if path.relative_to(ROOT).as_posix().startswith((*_OF_ROWS, *_OTHERS)):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ERRORS:
                yield path, node


def _has_way(call: ast.Call) -> bool:
    """Whether a call names a way out; of a code of the table it stands there."""
    if any(isinstance(part, ast.Starred) for part in call.args):
        return True
    if len(call.args) > _WAY:
        way = call.args[_WAY]
        return not (isinstance(way, ast.Constant) and not way.value)
    code = call.args[0]
    return isinstance(code, ast.Constant) and code.value in WAYS_OUT
