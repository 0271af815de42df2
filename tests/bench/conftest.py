"""Benches run alone here, without the programs they are measured beside."""

from __future__ import annotations

from pathlib import Path

import pytest

import bench.peers
import bench.rivals


@pytest.fixture(autouse=True)
def _no_peers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others wrote is not started here, whatever `make bench-peers` has installed."""
    for module in (bench.peers, bench.rivals):
        monkeypatch.setattr(module, "PYTHON", tmp_path / "no peers" / "python")
    monkeypatch.setattr(bench.rivals, "_POUCH", tmp_path / "no peers")
