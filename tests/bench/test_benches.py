"""Every measurement still runs, at a size that says nothing about speed, and writes its figures as promised."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bench.report import Bench, Peer, Target
from tests.bench.tiny import ALONE, WITH_OFFICE, require_figures

#: The gallery paints pictures and measures nothing; the photographs are not there on every machine.
_OTHERS = {"gallery", "scan_photos"}


@pytest.mark.parametrize("name", ALONE)
def test_a_bench_runs_and_writes_its_figures(
    name: str, tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    del qapp
    if name in ("start", "memory") and shutil.which("Xvfb") is None:
        pytest.skip("no virtual screen on this machine")
    require_figures(name, ALONE[name], tmp_path, capsys)


def test_every_bench_is_among_these() -> None:
    benches = {path.stem for path in Path("bench").glob("*.py") if "\ndef main(" in path.read_text("utf-8")}
    assert benches - _OTHERS == {*ALONE, *WITH_OFFICE}


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
