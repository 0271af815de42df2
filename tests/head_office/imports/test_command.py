"""`head-office import` as scripts use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from head_office.__main__ import main


@pytest.fixture(name="run")
def _run(office_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str, as_json: bool = True) -> tuple[int, Any, str]:
        shape = ["--json"] if as_json else []
        code = main(["--database", office_url, "--data-dir", str(tmp_path / "office"), *shape, *words])
        said = capsys.readouterr()
        return code, json.loads(said.out) if as_json else said.out, said.err

    return run


def test_an_import_tells_its_figures_and_its_exit_code_says_whether_to_look(run: Any, tmp_path: Path) -> None:
    (tmp_path / "stores.csv").write_text("代码,名称\nSH01,南京西路店\n", encoding="utf-8")
    code, doc, progress = run("import", "stores", str(tmp_path / "stores.csv"))
    assert (code, doc["added"], doc["sums"]) == (0, 1, None)
    assert "写入 1 / 1 行" in progress
    till = tmp_path / "till.csv"
    till.write_text("Bon,时间,品名,数量,单价\n1,2026-05-01,鞋,2,0.001\n2,2026-05-01,鞋,1,9.99\n", encoding="utf-8")
    words = ["import", "purchases", str(till), "--map", "Bon=order_no", "--store", "SH01", "--currency", "GBP"]
    code, doc, _ = run(*words, "--dry-run", "--errors", str(tmp_path / "refused.csv"))
    assert (code, doc["added"], doc["rejected"], doc["dry_run"], doc["currency"]) == (5, 1, 1, True, "GBP")
    assert doc["sums"]["file"] == "999.200"
    assert doc["sums"]["ok"]
    code, said, _ = run(*words, as_json=False)
    assert code == 5
    assert "合计: 文件 £9.992 = 收进 £9.99 + 拒绝 £0.002" in said
    assert "第 2 行" in said


def test_a_file_that_cannot_be_read_is_a_failure_with_a_way_out(run: Any, tmp_path: Path) -> None:
    code, doc, _ = run("import", "clients", str(tmp_path / "nothing.csv"))
    assert (code, doc["error"]) == (1, "table.missing")
    code, doc, _ = run("import", "stock", str(tmp_path / "nothing.csv"))
    assert (code, doc["error"]) == (1, "file.missing")
    code, doc, _ = run("import", "clients", str(tmp_path / "nothing.csv"), "--map", "nonsense")
    assert (code, doc["error"]) == (1, "map.syntax")
