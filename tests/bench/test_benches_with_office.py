"""The measurements that start an office run too; a file of their own, so that two workers share the benches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.tiny import WITH_OFFICE, require_figures


@pytest.mark.parametrize("name", WITH_OFFICE)
def test_a_bench_with_an_office_runs_and_writes_its_figures(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    require_figures(name, WITH_OFFICE[name], tmp_path, capsys)
