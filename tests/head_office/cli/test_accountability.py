"""What head office answers for: whose data a lost PC holds, when an erasure is due, who did what with data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from guide_app.base.clock import DAY_MS, SystemClock, china_date
from guide_app.protocol.scopes import store_scope
from head_office.cli.outcome import ATTENTION, FAILED
from head_office.clients.confirmations import ErasureLine, PcStanding
from head_office.clients.erasure_clock import certificate, done_ms, due_ms, state
from head_office.enrolment.grants import end_grant, grant
from head_office.feed.write import in_transaction
from tests.head_office.cli.test_deeds import Shop, shop  # noqa: F401 - the fixture
from tests.head_office.kit import new_id, put_all


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_lost_pc_names_the_clients_of_every_store_it_could_see(shop: Shop, tmp_path: Path) -> None:  # noqa: F811
    now = SystemClock().now_ms()
    device = shop.pc.who.device_id
    there = {new_id(): {"name": "=林", "phone": "13800005678", "created_at": now - DAY_MS}}
    put_all(shop.engine, store_scope(shop.there), "client", there)
    code, said = shop.text("--json", "lost-device", device)
    assert code == ATTENTION  # it is not shut out yet
    loss = json.loads(said)
    assert {one["client_id"] for one in loss["clients"]} == set(shop.clients)
    in_transaction(shop.engine, lambda c: grant(c, device, "SH02", None, now))
    out = tmp_path / "affected.csv"
    loss = shop.json("lost-device", device, "--revoke", "--out", str(out))
    assert loss["stores"] == ["SH01", "SH02"]
    assert loss["revoked_ms"] is not None
    assert {one["client_id"] for one in loss["clients"]} == {*shop.clients, *there}
    assert "13800005678" not in json.dumps(loss)
    (lin,) = [row for row in rows(out) if row["姓名"] == "'=林"]
    assert lin["手机号"] == "13800005678"
    with shop.engine.connect() as connection:
        deeds = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT deed, detail FROM audit")}
    assert "device.revoke" in deeds
    assert deeds["device.lost"] == {"device_id": device, "clients": 11}


def test_a_pc_that_is_not_known_is_told(shop: Shop) -> None:  # noqa: F811
    for text in ("KASSE-1", new_id()):
        code, said = shop.text("lost-device", text, "--revoke")
        assert (code, "没有设备" in said) == (FAILED, True)


def test_a_store_whose_grant_ended_before_the_last_contact_is_not_on_it(shop: Shop) -> None:  # noqa: F811
    now = SystemClock().now_ms()
    device = shop.pc.who.device_id
    put_all(shop.engine, store_scope(shop.there), "client", {new_id(): {"name": "林"}})
    in_transaction(shop.engine, lambda c: grant(c, device, "SH02", None, now - 2 * DAY_MS))
    in_transaction(shop.engine, lambda c: end_grant(c, device, "SH02", now - DAY_MS))
    assert "SH02" not in shop.text("lost-device", device)[1]


def test_who_came_after_the_last_contact_is_not_on_it_and_a_wiped_pc_holds_nobody(shop: Shop) -> None:  # noqa: F811
    device = shop.pc.who.device_id
    late = SystemClock().now_ms() + DAY_MS
    put_all(shop.engine, store_scope(shop.here), "client", {new_id(): {"name": "新", "created_at": late}})
    assert "可能涉及 10 位客户" in shop.text("lost-device", device)[1]
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE device SET wiped_ms = 1")
    assert shop.json("lost-device", device, "--revoke")["clients"] == []


def test_an_erasure_has_a_clock_and_a_certificate_that_names_nobody(shop: Shop, tmp_path: Path) -> None:  # noqa: F811
    now = SystemClock().now_ms()
    put_all(
        shop.engine, store_scope(shop.here), "client", {shop.clients[0]: {"name": "陈雅婷", "phone": "13800005678"}}
    )
    shop.pc.push(shop.pc.mutation("command", "client.erase", shop.clients[0], ms=now, reason="本人要求"), now_ms=now)
    line = json.loads(shop.text("--json", "erasures")[1])["erasures"][0]
    assert (line["due_ms"] - line["at_ms"], line["state"], line["done_ms"]) == (15 * DAY_MS, "running", None)
    out = tmp_path / "proof.txt"
    code, _ = shop.text("erasures", "--certificate", shop.clients[0], "--out", str(out))
    text = out.read_text(encoding="utf-8")
    assert (code, "还有电脑没有确认" in text, shop.clients[0] in text) == (ATTENTION, True, True)
    assert "陈雅婷" not in text
    assert shop.text("erasures", "--certificate", shop.clients[1])[0] == 1


def _line(*confirmed: int | None, at: int = 0) -> ErasureLine:
    pcs = tuple(
        PcStanding(str(n), "收银台", 0, revoked=False, confirmed_ms=moment) for n, moment in enumerate(confirmed)
    )
    return ErasureLine("SH01", "c", at, "", "", pcs)


@pytest.mark.parametrize(
    ("line", "now", "wanted"),
    [
        (_line(None), 15 * DAY_MS, "running"),
        (_line(None), 15 * DAY_MS + 1, "overdue"),
        (_line(5, None), 16 * DAY_MS, "overdue"),
        (_line(5, 9), 99 * DAY_MS, "done"),
        (_line(), 99 * DAY_MS, "done"),
    ],
)
def test_the_clock_runs_until_the_last_pc_and_not_beyond_fifteen_days(line: ErasureLine, now: int, wanted: str) -> None:
    assert state(line, now) == wanted
    assert due_ms(line) == 15 * DAY_MS


def test_a_certificate_is_complete_with_the_last_confirmation() -> None:
    assert done_ms(_line(5, 9)) == 9
    text = certificate([_line(5, 9 * DAY_MS), _line(at=3)], 10 * DAY_MS, "红枫叶有限公司")
    assert "全部电脑已于 1970-01-10 08:00 确认清除" in text
    assert "红枫叶有限公司" in text


def test_the_account_of_a_time_has_every_access_and_no_formula(shop: Shop, tmp_path: Path) -> None:  # noqa: F811
    now = SystemClock().now_ms()
    scope = store_scope(shop.here)
    log = {"guide_id": None, "client_id": shop.clients[0], "reason": "=cmd|'/c calc'!A1", "records": 1, "at": now}
    put_all(shop.engine, scope, "access_log", {
        new_id(): log | {"deed": "reveal"}, new_id(): log | {"deed": "export", "client_id": None, "records": 180},
        new_id(): log | {"deed": "reveal", "at": now - 40 * DAY_MS},
    })  # fmt: skip
    consent = {"client_id": shop.clients[0], "purpose": "marketing", "channel": "any", "way": "paper", "at": now}
    put_all(shop.engine, scope, "consent", {
        new_id(): consent | {"granted": True, "version": "2026-1"}, new_id(): consent | {"granted": False},
    })  # fmt: skip
    erase = shop.pc.mutation("command", "client.erase", shop.clients[1], ms=now, reason="本人要求")
    shop.pc.push(erase, now_ms=now)
    today = china_date(now).isoformat()
    out = tmp_path / "account"
    done = shop.json("audit", "--from", today, "--to", today, "--out", str(out))
    counts = done["counts"]
    assert (counts["reveal"], counts["export"], counts["export_rows"], counts["erasures"]) == (1, 1, 180, 1)
    assert (counts["consents"], counts["withdrawals"]) == (1, 1)
    assert {path.name for path in out.iterdir()} == {
        "accesses.csv", "erasures.csv", "consents.csv", "trail.csv", "account.json",
    }  # fmt: skip
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert all(cell[:1] not in ("=", "+", "-", "@") for row in csv.reader(stream) for cell in row)
    assert {row["原因"] for row in rows(out / "accesses.csv")} == {"'=cmd|'/c calc'!A1"}
    assert "client.erase" in {row["行为"] for row in rows(out / "trail.csv")}
    assert json.loads((out / "account.json").read_text(encoding="utf-8"))["counts"] == counts
    assert shop.text("audit", "--from", today, "--to", today, "--out", str(out))[0] == 1
    assert shop.text("audit", "--from", today, "--to", "gestern", "--out", str(tmp_path / "x"))[0] == 1


def test_who_looks_at_nearly_as_many_numbers_as_she_may_is_named(shop: Shop) -> None:  # noqa: F811
    looks = {new_id(): {"deed": "reveal", "client_id": new_id(), "at": SystemClock().now_ms()} for _ in range(24)}
    put_all(shop.engine, store_scope(shop.here), "access_log", looks)
    code, said = shop.text("reveals")
    assert code == ATTENTION
    assert "查看了 24 位客户的号码, 每天最多 30 位" in said
