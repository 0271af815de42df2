"""Every measurement still runs, at a size that says nothing about speed, and writes its figures as promised."""

from __future__ import annotations

import importlib
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bench.report import Bench, Peer, Target

_TINY = {
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
    "sync": [
        *("--clients", "40", "--purchases", "20", "--products", "4", "--notes", "12"),
        *("--records", "30", "--book", "150", "--seconds", "1"),
    ],
    "blobs": ["--pictures", "6", "--kib", "2", "--clients", "20", "--purchases", "10", "--repeats", "1"],
    "growth": ["--small", "40", "--large", "80"],
    "office": ["--clients", "30", "--repeats", "4", "--batches", "2"],
    "storm": ["--devices", "4", "--mutations", "5"],
    "hint": ["--devices", "4", "--stores", "1", "--idle-s", "1"],
    "claim": ["--coupons", "2", "--customers", "5", "--in-flight", "2"],
    "landing": ["--requests", "3", "--repeats", "1"],
    "book_lists": ["--clients", "30"],
    "catalogue": ["--clients", "30", "--skus", "1500"],
    "portrait": ["--clients", "30"],
    "segments": ["--clients", "30"],
    "torture": ["--posters", "1"],
}
#: The gallery paints pictures and measures nothing; the photographs are not there on every machine.
_OTHERS = {"gallery", "scan_photos"}
_EXACT = ("storm", "claim")
_KEYS = ["work", "value", "unit", "against", "against_value", "ratio", "target", "ok", "machine", "command"]


@pytest.mark.parametrize("name", _TINY)
def test_a_bench_runs_and_writes_its_figures(
    name: str, tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    del qapp
    if name in ("start", "memory") and shutil.which("Xvfb") is None:
        pytest.skip("no virtual screen on this machine")
    importlib.import_module(f"bench.{name}").main([*_TINY[name], "--out", str(tmp_path)])
    if name in _EXACT:
        assert json.loads((tmp_path / f"{name}.json").read_text("utf-8"))[0]["value"] == 0, "nothing lost or doubled"
    figures = json.loads((tmp_path / f"{name}.json").read_text("utf-8"))
    assert figures
    for figure in figures:
        assert list(figure) == _KEYS
        assert figure["value"] >= 0
        assert figure["command"].startswith(f"python -m bench.{name} --" if _TINY[name] else f"make bench-{name}")
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("ok", "miss"))]
    assert len(told) == len(figures)


def test_every_bench_is_among_these() -> None:
    benches = {path.stem for path in Path("bench").glob("*.py") if "\ndef main(" in path.read_text("utf-8")}
    assert benches - _OTHERS == set(_TINY)


@pytest.mark.parametrize(
    ("target", "value", "peer", "ok"),
    [
        (Target(most=8), 8.0, None, True),
        (Target(most=8), 8.1, None, False),
        (Target(least=20), 19.0, None, False),
        (Target(ratio_most=0.2), 2.0, Peer("peer", 10.0), True),
        (Target(ratio_least=5), 40.0, Peer("peer", 10.0), False),
        (Target(most=25, ratio_most=0.2), 5.0, None, True),
        (Target(most=25, ratio_most=0.2), 5.0, Peer("peer", 10.0), False),
    ],
)
def test_a_figure_is_judged_by_its_target(
    tmp_path: Path, target: Target, value: float, peer: Peer | None, ok: bool
) -> None:
    bench = Bench("made", [], tmp_path)
    bench.add("work", value, "ms", target, peer)
    (figure,) = bench.finish()
    assert (figure.ok, figure.against_value) == (ok, peer.value if peer else None)
    assert figure.command == "make bench-made"


def test_a_peer_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Bench("made", [], tmp_path).skip("segno", "not installed")
    assert capsys.readouterr().out == "skipped: segno: not installed\n"
