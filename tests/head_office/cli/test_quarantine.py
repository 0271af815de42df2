"""`head-office quarantine` as staff use it: a real process on a real database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests.head_office.cli.test_commands import _json, _run
from tests.head_office.kit import Pc, enrol_device, make_store, new_id, rows_of


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine))


def test_staff_look_mend_and_replay(tmp_path: Path, office_url: str, pc: Pc) -> None:
    where: dict[str, Any] = {"data_dir": tmp_path, "url": office_url}
    task_id = new_id()
    pc.push(pc.mutation("patch", "task", task_id, body="答应周六送货"), pc.mutation("void", "note", new_id()))
    late, empty = _json("quarantine", "list", **where)["quarantine"]
    assert (late["kind"], late["code"], late["state"]) == ("task", "record.unknown", "open")
    assert "mutation" not in late
    assert "送货" not in _run("quarantine", "list", **where).stdout
    shown = _json("quarantine", "show", late["id"], **where)
    assert shown["mutation"]["data"] == {"body": "答应周六送货"}
    assert "答应周六送货" in _run("quarantine", "show", late["id"], **where).stdout

    refused = _run("quarantine", "replay", late["id"], **where)
    assert refused.returncode == 1
    assert "记录不存在" in refused.stderr
    pc.push(pc.mutation("put", "task", task_id, ms=1, title="回访"))
    done = _json("quarantine", "replay", late["id"], **where)
    assert done["result"] == {"mid": 1, "status": "applied"}
    assert rows_of(pc.engine, "task")[0]["body"] == "答应周六送货"

    assert _run("quarantine", "replay", empty["id"], **where).returncode == 1
    assert _json("check", **where)["notes"] == {"拒收的修改待处理": 1}
    assert _json("quarantine", "dismiss", empty["id"], **where) == {"dismissed": empty["id"]}
    assert "没有待处理的" in _run("quarantine", "list", **where).stdout
    report = _json("check", **where)
    assert report["notes"] == {}
    assert report["heads"][pc.scope]["n_live"] == 1
    with pc.engine.connect() as connection:
        deeds = connection.execute(
            sa.text("SELECT deed FROM audit WHERE deed LIKE 'quarantine%' ORDER BY id")
        ).scalars()
        assert sorted(deeds) == [
            "quarantine.dismissed",
            "quarantine.replayed",
            "quarantine.show",
            "quarantine.show",
        ]
    unknown = _run("--json", "quarantine", "show", new_id(), **where)
    assert (unknown.returncode, json.loads(unknown.stdout)["error"]) == (1, "quarantine.unknown")
