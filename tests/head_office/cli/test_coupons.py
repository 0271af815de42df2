"""The verbs of coupons as staff use them: real processes on a real database."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS, SystemClock
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.voucher import verify
from head_office.cli.outcome import ATTENTION
from head_office.coupons.signing import ensure_signing, public_keys
from head_office.deeds import push_rules
from head_office.feed.write import in_transaction
from head_office.store.secret import load_secret
from tests.head_office.cli.test_commands import _json, _run
from tests.head_office.kit import Pc, enrol_device, make_guide, make_store, make_template, new_id, rows_of


class Shop:
    """An office with one store, a guide, a PC and a batch whose name would be a formula; verbs run on it."""

    def __init__(self, engine: Engine, url: str, data_dir: Path) -> None:
        self.engine, self.url, self.data_dir = engine, url, data_dir
        self.now = SystemClock().now_ms()
        secret = load_secret(data_dir, {})
        self.guide_id = make_guide(engine, make_store(engine))
        self.pc = Pc(engine, enrol_device(engine, now_ms=self.now), push_rules(secret))
        in_transaction(engine, lambda c: ensure_signing(c, secret, self.now))
        terms = {"no": 7, "name": "=1+1", "quota": 50, "allot_count": 5, "allot_hours": 48}
        self.template_id = make_template(engine, **terms, valid_until=self.now + 30 * DAY_MS, claim_limit=0)
        self.client_id = new_id()
        self.pc.push(self.pc.mutation("put", "client", self.client_id, name="王姐"), now_ms=self.now)

    def json(self, *arguments: str) -> Any:
        return _json(*arguments, data_dir=self.data_dir, url=self.url)

    def text(self, *arguments: str) -> tuple[int, str]:
        done = _run(*arguments, data_dir=self.data_dir, url=self.url)
        return done.returncode, done.stdout + done.stderr

    def issue(self) -> str:
        """A coupon in a customer's hand; returns its signed form."""
        asked: dict[str, Any] = {"template_id": self.template_id, "code": make_code(), "client_id": self.client_id}
        mutation = self.pc.mutation(
            "command", "coupon.issue", new_id(), claimed_at=self.now, guide_id=self.guide_id, **asked
        )
        assert self.pc.push(mutation, now_ms=self.now).results == []
        token: str = next(row for row in rows_of(self.engine, "coupon") if row["id"] == mutation.id)["token"]
        return token

    def lease(self) -> dict[str, Any]:
        """An allotment on the PC."""
        asked: dict[str, Any] = {
            "template_id": self.template_id,
            "guide_id": self.guide_id,
            "device_id": self.pc.who.device_id,
        }
        self.pc.push(self.pc.mutation("command", "allotment.lease", new_id(), **asked), now_ms=self.now)
        return rows_of(self.engine, "allotment")[-1]


@pytest.fixture
def shop(office_engine: Engine, office_url: str, tmp_path: Path) -> Shop:
    return Shop(office_engine, office_url, tmp_path)


def test_a_batch_is_recalled_and_nothing_else_can_be(shop: Shop) -> None:
    assert (
        shop.json("recall", "template", shop.template_id, "--by", "王敏")["recalled"] == f"template:{shop.template_id}"
    )
    assert rows_of(shop.engine, "recall_list")[0]["entries"] == [f"template:{shop.template_id}"]
    for what in ("template", "coupon", "allotment", "device"):
        code, said = shop.text("recall", what, new_id())
        assert (code, "没有" in said) == (1, True)
    assert shop.text("recall", "coupon", "x")[0] == 1


def test_a_new_key_signs_and_the_old_signatures_hold(shop: Shop) -> None:
    old = shop.issue()
    assert shop.json("coupon-key", "new")["key_no"] == 2
    new = shop.issue()
    shop.pc.pull()
    keys = {frame.data["no"] for key, frame in shop.pc.held.items() if key[1] == "office_key"}
    assert keys == {1, 2}
    with shop.engine.connect() as connection:
        public = public_keys(connection)
    assert [verify(token, public).key_no for token in (old, new)] == [1, 2]


def test_what_a_lost_pc_may_still_hand_out_is_recalled_with_it(shop: Shop) -> None:
    allotment = shop.lease()
    assert shop.text("lost-device", shop.pc.who.device_id)[0] == ATTENTION
    assert rows_of(shop.engine, "recall_list")[0]["entries"] == []
    assert shop.text("lost-device", shop.pc.who.device_id, "--revoke")[0] == 0
    listed = rows_of(shop.engine, "recall_list")[0]["entries"]
    assert listed == [f"device:{shop.pc.who.device_id}", f"allotment:{allotment['id']}"]
    assert rows_of(shop.engine, "allotment")[-1]["state"] == "recalled"


def test_the_account_is_written_without_formulas_and_agrees(shop: Shop, tmp_path: Path) -> None:
    shop.issue()
    shop.lease()
    out = tmp_path / "account"
    told = shop.json("coupons", "report", "--template", "7", "--out", str(out))
    assert (told["difference"], told["lines"][0]["issued"], told["lines"][0]["in_allotments"]) == (0, 1, 5)
    assert json.loads((out / "coupons.json").read_text("utf-8")) == told
    with (out / "coupons.csv").open(encoding="utf-8-sig", newline="") as file:
        titles, line = list(csv.reader(file))
    assert (titles[1], titles[2], line[2]) == ("名称", "发出", "1")
    assert not line[1].startswith("=")
    assert {path.name for path in out.iterdir()} == {"coupons.csv", "costs.csv", "conflicts.csv", "coupons.json"}
    early = shop.json("coupons", "report", "--from", "2020-01-01", "--to", "2020-01-31", "--template", "7")
    assert early["lines"][0]["issued"] == 0
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE coupon_quota SET remaining = 0")
    assert shop.text("coupons", "report")[0] == ATTENTION


def test_the_days_work_is_done_and_told(shop: Shop) -> None:
    make_template(shop.engine, occasion="newcomer", valid_until=shop.now + DAY_MS)
    shop.pc.push(
        shop.pc.mutation("put", "client", new_id(), name="李姐", contact_state="one_to_one", created_at=shop.now),
        now_ms=shop.now,
    )
    assert shop.json("coupons", "daily") == {"newcomer": 1, "birthday": 0, "lapsed": 0}
    assert shop.json("coupons", "daily")["newcomer"] == 0
