"""Tests wait for signals, not for time; single shots die with the object they are for."""

from __future__ import annotations

import ast

import pytest

from tests.helpers.repository import python_files, short, tree_of


def waits_for_time(tree: ast.Module) -> list[int]:
    """Lines that sleep: `time.sleep`, `asyncio.sleep` of more than 0, `qtbot.wait`, `QTest.qWait`."""
    found = []
    for call in _calls(tree):
        owner = getattr(getattr(call.func, "value", None), "id", "")
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        yields = name == "sleep" and [getattr(argument, "value", None) for argument in call.args] == [0]
        if (name == "sleep" and not yields) or (owner == "qtbot" and name == "wait") or name == "qWait":
            found.append(call.lineno)
    return found


def bare_single_shots(tree: ast.Module) -> list[int]:
    """Lines with `QTimer.singleShot(ms, callable)`: without a receiver it fires after its object is gone."""
    return [
        call.lineno
        for call in _calls(tree)
        if getattr(call.func, "attr", "") == "singleShot" and len(call.args) + len(call.keywords) < 3
    ]


def _calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_tests_do_not_wait_for_time() -> None:
    assert not {short(path): lines for path in python_files("tests") if (lines := waits_for_time(tree_of(path)))}


def test_single_shots_have_a_receiver() -> None:
    assert not {
        short(path): lines for path in python_files("ui", "tests") if (lines := bare_single_shots(tree_of(path)))
    }


@pytest.mark.parametrize(
    "source", ["time.sleep(1)", "sleep(0.1)", "qtbot.wait(50)", "QTest.qWait(5)", "asyncio.sleep(x)"]
)
def test_a_wait_is_found(source: str) -> None:
    assert waits_for_time(ast.parse(source))


@pytest.mark.parametrize("source", ["asyncio.sleep(0)", "qtbot.waitSignal(s)", "event.wait(5)", "thread.join(5)"])
def test_a_proper_wait_is_not(source: str) -> None:
    assert not waits_for_time(ast.parse(source))


def test_a_bare_single_shot_is_found() -> None:
    assert bare_single_shots(ast.parse("QTimer.singleShot(0, f)\nQTimer.singleShot(0, self, f)")) == [1]
