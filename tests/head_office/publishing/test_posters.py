"""Templates from head office: judged before they go out, and never changed once they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from head_office.__main__ import main
from head_office.publishing.model import PublishError
from head_office.publishing.service import Published, publish
from tests.head_office.kit import NOW, rows_of

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "templates"
A4: dict[str, Any] = json.loads((SHIPPED / "a4.json").read_text("utf-8"))


def send(engine: Engine, folder: Path, *entries: dict[str, Any], minute: int = 1) -> Published:
    path = folder / "file.json"
    path.write_text(json.dumps({"templates": entries}, ensure_ascii=False), "utf-8")
    return publish(engine, path, NOW + 60_000 * minute)


def test_a_template_goes_out_once_and_a_second_version_beside_it(office_engine: Engine, tmp_path: Path) -> None:
    first = {"name": "a4", "version": 2, "template": A4}
    assert send(office_engine, tmp_path, first).added == {"poster_template": 1}
    assert send(office_engine, tmp_path, first, minute=2).unchanged == {"poster_template": 1}
    wider = {**A4, "title": "A4 冬季"}
    assert send(office_engine, tmp_path, {"name": "a4", "version": 3, "template": wider}, minute=3).added
    rows = {row["version"]: row for row in rows_of(office_engine, "poster_template")}
    assert {version: row["body"]["title"] for version, row in rows.items()} == {2: A4["title"], 3: "A4 冬季"}
    send(office_engine, tmp_path, {"name": "a4", "version": 3, "active": False}, minute=4)
    (ended,) = [row for row in rows_of(office_engine, "poster_template") if row["version"] == 3]
    assert (ended["active"], ended["body"]["title"]) == (False, "A4 冬季")


def test_a_published_version_does_not_change(office_engine: Engine, tmp_path: Path) -> None:
    send(office_engine, tmp_path, {"name": "a4", "version": 2, "template": A4})
    with pytest.raises(PublishError, match="新的版本号"):
        send(office_engine, tmp_path, {"name": "a4", "version": 2, "template": {**A4, "title": "另一个"}}, minute=2)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"name": "A4!", "template": A4}, "小写字母"),
        ({"name": "a4", "version": 0, "template": A4}, "版本"),
        ({"name": "a4", "template": {**A4, "layers": A4["layers"][:-5]}}, "exactly one"),
        ({"name": "a4", "template": {**A4, "safe": 40}}, "safe area"),
        ({"name": "a4", "template": {**A4, "width": "wide"}}, "width"),
        ({"name": "a4", "tempalte": A4}, "tempalte"),
    ],
)
def test_a_wrong_template_is_refused_whole(
    office_engine: Engine, tmp_path: Path, entry: dict[str, Any], told: str
) -> None:
    with pytest.raises(PublishError, match=told):
        send(office_engine, tmp_path, {"name": "good", "template": A4}, entry)
    assert rows_of(office_engine, "poster_template") == []


def test_the_command_judges_a_file_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "check", str(SHIPPED / "label.json")]) == 0
    moved = json.loads(json.dumps(A4))
    next(layer for layer in moved["layers"] if layer["type"] == "qr")["box"] = [130, 205, 62, 62]
    own = tmp_path / "own.json"
    own.write_text(json.dumps(moved), "utf-8")
    assert main(["--json", "templates", "check", str(own)]) == 0
    capsys.readouterr()
    assert main(["--json", "templates", "check", str(own), "--base", str(SHIPPED / "a4.json")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [p["code"] for p in told["problems"]] == ["locked"]
