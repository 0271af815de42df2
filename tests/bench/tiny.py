"""Every measurement at a size that says nothing about speed, and what each must leave whatever the machine."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

ALONE: dict[str, list[str]] = {
    "search": ["--clients", "30", "--repeats", "1"],
    "import": ["--rows", "200"],
    "table": ["--rows", "3000", "--repeats", "3"],
    "qr": ["--repeats", "4"],
    "poster": ["--repeats", "1"],
    "poster_studio": ["--clients", "20", "--skus", "60", "--repeats", "1"],
    "poster_editor": ["--repeats", "1"],
    "scan": ["--repeats", "1", "--posters", "1"],
    "start": ["--clients", "20", "--repeats", "1"],
    "memory": ["--clients", "20"],
    "book_lists": ["--clients", "30"],
    "catalogue": ["--clients", "30", "--skus", "1500"],
    "portrait": ["--clients", "30"],
    "segments": ["--clients", "30"],
    "torture": ["--posters", "1"],
}
#: These start an office of their own: most of the time goes there.
WITH_OFFICE: dict[str, list[str]] = {
    "sync": [
        *("--clients", "40", "--purchases", "20", "--products", "4", "--notes", "12"),
        *("--records", "30", "--book", "150", "--seconds", "1", "--times", "1"),
    ],
    "blobs": ["--pictures", "6", "--kib", "2", "--clients", "20", "--purchases", "10", "--repeats", "1"],
    "growth": ["--small", "40", "--large", "80"],
    "office": ["--clients", "30", "--repeats", "4", "--batches", "2"],
    "storm": ["--devices", "4", "--mutations", "5"],
    "hint": ["--devices", "4", "--stores", "1", "--idle-s", "1"],
    "claim": ["--coupons", "2", "--customers", "5", "--in-flight", "2"],
    "landing": ["--requests", "3", "--repeats", "1"],
}
_EXACT = ("storm", "claim")
_KEYS = ["work", "value", "unit", "against", "against_value", "ratio", "target", "ok", "machine", "command"]


def require_figures(name: str, sizes: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The bench runs, and its figures stand in its file and on the screen."""
    importlib.import_module(f"bench.{name}").main([*sizes, "--out", str(out)])
    figures = json.loads((out / f"{name}.json").read_text("utf-8"))
    assert figures
    if name in _EXACT:
        assert figures[0]["value"] == 0, "nothing lost or doubled"
    for figure in figures:
        assert list(figure) == _KEYS
        assert figure["value"] >= 0
        assert figure["command"].startswith(f"python -m bench.{name} --")
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("ok", "miss"))]
    assert len(told) == len(figures)
