"""What the command line says of sync and lets staff decide: `parked`, `status`, `doctor`, `sync --allow-removal`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from guide_app.cli.context import Place, open_desk
from guide_app.protocol.scopes import store_scope
from guide_app.store.apply import Applier
from guide_app.sync.health import note_former
from tests.guide_app.cli.conftest import Guide
from tests.helpers.book import PIN
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.plain_book import STORE

CLIENT, GUIDE_ID = "018f0000-0000-7000-8000-00000000c001", "018f0000-0000-7000-8000-00000000d001"


@pytest.fixture
def manned(joined: Guide, office: MemoryOffice) -> Guide:
    """A PC that holds a client and a guide, who is at work."""
    pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    office.write("guide", GUIDE_ID, {"no": 1, "number": "0231", "name": "王敏", "store_id": STORE})
    office.write("guide_pin", GUIDE_ID, {"pin_hash": pin}, STORE)
    office.write("client", CLIENT, {"name": "陈雅婷", "primary_guide_id": GUIDE_ID}, STORE)
    assert joined("sync").code == 0
    assert joined("login", "--guide", "0231", stdin=PIN).code == 0
    return joined


@pytest.fixture
def refused(manned: Guide) -> Guide:
    """A new client whom the office refused."""
    assert manned("clients", "add", "--name", "何俊", "--phone", "13911112222").code == 0
    rewrite(manned, _refuse)
    return manned


def _refuse(applier: Applier) -> None:
    """As if the office had settled everything, and refused the client."""
    conn = applier.conn
    conn.exec_driver_sql("UPDATE outbox SET state = CASE kind WHEN 'client' THEN 'parked' ELSE 'acked' END")
    conn.exec_driver_sql(
        "INSERT INTO result (mid, status, code, detail, at) SELECT mid, 'rejected', 'record.invalid', 'phone', 1"
        " FROM outbox WHERE state = 'parked'"
    )
    conn.exec_driver_sql("DELETE FROM client WHERE name = '何俊'")


def rewrite(guide: Guide, work: Callable[[Applier], Any]) -> None:
    """Write the book as only sync does."""
    with open_desk(Place.of(guide.folder)) as desk:
        desk.db.apply(work)


def well(ran: Any) -> dict[str, tuple[bool, str]]:
    return {check["name"]: (check["well"], check["said"]) for check in ran.doc["checks"]}


# -- parked ------------------------------------------------------------------------------------------------------------


def test_refused_changes_are_listed_with_numbers_masked(refused: Guide) -> None:
    (held,) = refused("parked", "list").doc["parked"]
    assert (held["kind"], held["op"], held["code"], held["detail"]) == ("client", "put", "record.invalid", "phone")
    assert held["data"]["phone"] == "139****2222"
    assert "phone" in held["editable"]
    assert "何俊" in refused.says("parked", "list").out


def test_refused_changes_are_exported_whole(refused: Guide, tmp_path: Path) -> None:
    assert refused("parked", "export", "--out", tmp_path / "r.json").doc["exported"] == 1
    (told,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["parked"]
    assert told["data"]["phone"] == "13911112222"
    mid = str(told["change"]["mid"])
    assert refused("parked", "export", mid, mid, "--out", tmp_path / "r.csv").doc["exported"] == 1
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["编号"], row["代码"], row["说明"]) == (mid, "record.invalid", "何俊")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export", "77", "--out", "x.json"], "outbox.unknown"),
        (["export", "--out", "x.docx"], "file.format"),
        (["resubmit", "77"], "outbox.unknown"),
        (["discard", "77"], "outbox.unknown"),
    ],
)
def test_what_is_not_there_is_said(refused: Guide, tmp_path: Path, words: list[str], code: str) -> None:
    ran = refused("parked", *(str(tmp_path / word) if word.startswith("x.") else word for word in words))
    assert (ran.code, ran.doc["error"]["code"]) == (1, code)


def test_a_corrected_change_is_handed_in_again(refused: Guide) -> None:
    (held,) = refused("parked", "list").doc["parked"]
    wrong = refused("parked", "resubmit", held["mid"], "phone=12")
    assert wrong.doc["error"]["code"] == "phone.invalid"
    assert refused("parked", "resubmit", held["mid"], "colour=red").doc["error"]["code"] == "field.colour"
    assert refused("parked", "resubmit", held["mid"], "name=").doc["error"]["code"] == "field.name"
    again = refused("parked", "resubmit", held["mid"], "phone=139 1111 3333")
    assert again.code == 0
    assert refused("parked", "list").doc["parked"] == []
    assert refused("status").doc["outbox"]["waiting"] == 1
    assert [row["phone"] for row in refused("clients", "search", "何俊").doc["clients"]] == ["139****3333"]


def test_a_refused_change_can_be_given_up(refused: Guide) -> None:
    (held,) = refused("parked", "list").doc["parked"]
    assert refused("parked", "discard", held["mid"]).code == 0
    assert refused("status").doc["parked"] == 0


# -- status and doctor -------------------------------------------------------------------------------------------------


def test_the_status_is_complete(manned: Guide) -> None:
    doc = manned("status").doc
    assert doc["chain"]["known"] in (True, False)
    assert doc["outbox"] == {"waiting": 0, "oldest_ms": None, "bytes": 0}
    assert (doc["held_removals"], doc["unknown_kinds"]) == ([], 0)
    assert doc["erasures"] == {"unconfirmed": 0, "oldest_ms": None}
    assert doc["pictures"] == {"missing": 0}
    assert [pc["here"] for pc in doc["pcs"]][:1] == [True]
    assert all("repaired_ms" in scope for scope in doc["scopes"])


def test_a_held_removal_waits_for_staff(manned: Guide) -> None:
    scope = store_scope(STORE)

    def hold(applier: Applier) -> None:
        applier.conn.exec_driver_sql(
            "INSERT INTO held_removal (scope, removed, held, at, epoch, seq) VALUES (?, 40, 100, 1, 'e', 1)", (scope,)
        )

    rewrite(manned, hold)
    told = manned("status")
    assert told.code == 5
    assert told.doc["held_removals"] == [
        {"scope": scope, "removed": 40, "held": 100, "at_ms": 1, "allowed": False, "postponed": False}
    ]
    assert f"--allow-removal {scope}" in manned.says("status").out
    ran = manned("sync", "--once", "--allow-removal", scope)
    assert (ran.code, ran.doc["held"]) == (0, [])
    assert manned("status").doc["held_removals"] in ([], [{**told.doc["held_removals"][0], "allowed": True}])


def test_a_removal_that_is_not_held_cannot_be_allowed(manned: Guide) -> None:
    ran = manned("sync", "--once", "--allow-removal", "brand")
    assert (ran.code, ran.doc["error"]["code"]) == (1, "removal.unknown")


def test_the_doctor_counts_the_rows_themselves(manned: Guide) -> None:
    checks = well(manned("doctor"))
    scope = store_scope(STORE)
    assert checks["总部"][0]
    assert checks["即时消息"] == (True, "通畅")
    assert checks[f"校验 {scope}"][0]
    assert "一致" in checks[f"校验 {scope}"][1]
    for name in ("上交链", "被覆盖", "读不懂的记录", "留给新版本的记录", "批量删除", "抹除待确认", "商品图片"):
        assert checks[name][0], name


def test_the_doctor_names_what_is_wrong(refused: Guide) -> None:
    scope = store_scope(STORE)

    def spoil(applier: Applier) -> None:
        conn = applier.conn
        conn.exec_driver_sql("INSERT INTO erasure (client_id, at) VALUES ('c', 1)")
        conn.exec_driver_sql(
            "INSERT INTO held_removal (scope, removed, held, at, epoch, seq) VALUES ('brand', 40, 100, 1, 'e', 1)"
        )
        conn.exec_driver_sql(
            "INSERT INTO unknown_record (scope, kind, id, seq, data, reason) VALUES (?, 'client', 'x', 9, '{}',"
            " 'invalid')",
            (scope,),
        )
        conn.exec_driver_sql("DELETE FROM client WHERE id = ?", (CLIENT,))
        for row in (
            ("b", "收银台 2", STORE),
            ("c", "旧收银台", STORE),
        ):  # both are silent, and something waits on either
            conn.exec_driver_sql(
                "INSERT INTO store_pc (id, name, store_id, last_contact_ms, waiting) VALUES (?, ?, ?, 5, 3)", row
            )
        note_former(conn, "c", 5)
        conn.exec_driver_sql("UPDATE device SET office = 'http://127.0.0.1:9'")  # nothing is mended meanwhile

    rewrite(refused, spoil)
    ran = refused("doctor")
    assert ran.code == 5
    wrong = {name for name, (fine, _) in well(ran).items() if not fine}
    assert wrong == {"总部", "未被接受", "读不懂的记录", "批量删除", "抹除待确认", f"校验 {scope}", "本店电脑 收银台 2"}
    assert well(ran)["本店电脑 旧收银台"] == (True, "本机以前的登记, 若没有别的电脑在用, 请总部停用")
