"""How batches get to counters, and how counters and staff ask: the published file, the route, the verb."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from guide_app.base.clock import SystemClock
from guide_app.protocol.coupon_code import ALPHABET
from guide_app.protocol.external_coupon import ExternalBatch, ExternalCheck, ExternalUse, matching, read_batches
from guide_app.protocol.scopes import BRAND
from guide_app.sync.office import Office
from guide_app.sync.transport import Transport
from head_office.api.app import create_app
from head_office.api.front import OUTSIDE
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.coupons.external.port import ExternalCoupons, Held, Terms, Use
from head_office.coupons.external.wechat import SOURCE, WechatCoupons
from head_office.deeds import push_rules
from head_office.publishing.model import PublishError
from head_office.publishing.service import publish
from tests.head_office.api.conftest import Caller, Reply
from tests.head_office.cli.test_commands import _json, _run
from tests.head_office.coupons.external.conftest import BATCHES, DIGITS, write_credentials
from tests.head_office.kit import NOW, SECRET, Pc, new_id, put_all, rows_of
from tests.helpers import wechat_pay as fake
from tests.helpers.plain_book import HeldClock
from tests.helpers.serving import serving

SAID = {"code": fake.CODE, "stock_id": fake.STOCK, "amount_fen": 42_000, "order_no": "A1"}
BATCH: Mapping[str, Any] = {"source": "wechat", "name": "满减", "pattern": DIGITS, "stock_id": "9"}


def _publish(pc: Pc, folder: Path, *batches: Mapping[str, Any]) -> None:
    file = folder / "external.json"
    file.write_text(json.dumps({"external_coupons": batches}), "utf-8")
    publish(pc.engine, file, NOW)


def _published(pc: Pc) -> tuple[ExternalBatch, ...]:
    (rule,) = [row for row in rows_of(pc.engine, "house_rule") if row["name"] == "external_coupons"]
    return read_batches(rule["value"])


def _post(caller: Caller, deed: str, body: Mapping[str, Any]) -> Reply:
    return caller.sealed(f"/sync/v1/external-coupons/{deed}", body)


def test_a_file_adds_to_what_counters_recognise(pc: Pc, tmp_path: Path) -> None:
    _publish(pc, tmp_path, BATCH, BATCHES[1] | {"active": False})
    assert {b.stock_id: b.active for b in _published(pc)} == {fake.STOCK: True, fake.OTHER_STOCK: False, "9": True}


def test_a_batch_that_only_a_newer_office_knows_stays_published(pc: Pc, tmp_path: Path) -> None:
    strange = {"source": "system_of_2032", "stock_id": "77", "name": "新", "pattern": "####", "colour": "red"}
    (rule,) = [row for row in rows_of(pc.engine, "house_rule") if row["name"] == "external_coupons"]
    value = {"batches": [*rule["value"]["batches"], strange]}
    put_all(pc.engine, BRAND, "house_rule", {rule["id"]: {"name": "external_coupons", "value": value}})
    _publish(pc, tmp_path, BATCH)
    (rule,) = [row for row in rows_of(pc.engine, "house_rule") if row["name"] == "external_coupons"]
    assert strange in rule["value"]["batches"]
    assert "9" in {batch.stock_id for batch in _published(pc)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"pattern": "券####"},
        {"pattern": "*" * 14},
        {"pattern": "#" * 33},
        {"source": "alipay"},
        {"stock_id": "../secret"},
        {"name": ""},
        {"colour": "red"},
    ],
)
def test_a_batch_that_cannot_be_is_refused(pc: Pc, tmp_path: Path, wrong: dict[str, Any]) -> None:
    before = _published(pc)
    with pytest.raises(PublishError):
        _publish(pc, tmp_path, {**BATCH, **wrong})
    with pytest.raises(PublishError):
        _publish(pc, tmp_path, BATCH, BATCH)
    assert _published(pc) == before


@given(st.text("0123456789", min_size=22, max_size=22), st.text(ALPHABET, min_size=14, max_size=14))
def test_a_code_is_recognised_by_its_whole_shape(theirs: str, ours: str) -> None:
    batches = read_batches({"batches": [*BATCHES, {"source": "of a newer head office"}, 7]})
    assert [b.stock_id for b in matching(batches, theirs)] == [fake.STOCK]
    assert matching(batches, ours) == ()
    assert matching(batches, theirs[1:]) == matching(batches, f"{theirs}0") == matching(batches, "") == ()
    assert [b.stock_id for b in matching(batches, f"WX{theirs[:9]}")] == [fake.OTHER_STOCK]


def _app(pc: Pc, coupons: ExternalCoupons, clock: HeldClock, *, threads: int = 20) -> Starlette:
    services = Services(
        pc.engine, SECRET, clock, push_rules(SECRET), "红枫叶", "http://127.0.0.1", Metrics(),
        AttemptLimit(9, 60_000), external={SOURCE: coupons},
    )  # fmt: skip
    return create_app(services, threads=threads)


def test_a_counter_asks_by_its_credentials(pc: Pc, coupons: WechatCoupons, clock: HeldClock) -> None:
    anyone = Caller(_app(pc, coupons, clock))
    caller = Caller(anyone.app, {"authorization": f"Bearer {pc.who.token}", "guide-schema": "2"})
    body = {**SAID, "request_no": new_id()}
    assert _post(anyone, "use", body).status == 401
    checked = _post(caller, "check", SAID).json
    assert (checked["state"], checked["discount_fen"]) == ("usable", 5_000)
    told = _post(caller, "use", body)
    assert (told.status, told.json["state"]) == (200, "used")
    assert fake.HOLDER not in told.plain.decode()
    (row,) = rows_of(pc.engine, "redemption")
    assert (row["store_id"], row["device_id"]) == (pc.who.store_id, pc.who.device_id)
    assert _post(caller, "use", {**body, "request_no": "7"}).status == 422


class Hung:
    """WeChat Pay, which says nothing until it is let go."""

    source = SOURCE

    def __init__(self, system: WechatCoupons) -> None:
        self._system = system
        self.asked, self.let_go = threading.Semaphore(0), threading.Event()

    def terms(self, stock_id: str) -> Terms:
        self.asked.release()
        assert self.let_go.wait(60)
        return self._system.terms(stock_id)

    def look_up(self, code: str, holder: str) -> Held:
        return self._system.look_up(code, holder)

    def redeem(self, use: Use) -> int:
        return self._system.redeem(use)

    def give_back(self, code: str, stock_id: str, request_no: str) -> int:
        return self._system.give_back(code, stock_id, request_no)


def test_who_waits_for_wechat_holds_nobody_else_up(pc: Pc, coupons: WechatCoupons, clock: HeldClock) -> None:
    hung, counters = Hung(coupons), OUTSIDE + 1
    asked = ExternalCheck(code=fake.CODE, stock_id=fake.STOCK, amount_fen=42_000)

    def check(line: Transport) -> str:
        return Office(line).check_external(asked).state

    with ExitStack() as open_, ThreadPoolExecutor(counters) as all_at_once:
        origin = open_.enter_context(serving(_app(pc, hung, clock, threads=1)))
        lines = [open_.enter_context(closing(Transport(origin, pc.who.token, clock))) for _ in range(counters + 1)]
        told = [all_at_once.submit(check, line) for line in lines[1:]]
        try:
            for _ in range(OUTSIDE):
                assert hung.asked.acquire(timeout=60)
            assert Office(lines[0]).link_place().origin == "http://127.0.0.1"
            assert not any(one.done() for one in told)
        finally:
            hung.let_go.set()
        assert [one.result() for one in told] == ["usable"] * counters


def test_a_coupon_goes_from_the_counter_to_wechat_and_back(
    pc: Pc, coupons: WechatCoupons, clock: HeldClock, pay: fake.WechatPay
) -> None:
    use = ExternalUse(request_no=new_id(), code=fake.CODE, stock_id=fake.STOCK, amount_fen=42_000, order_no="A1")
    with serving(_app(pc, coupons, clock)) as origin, closing(Transport(origin, pc.who.token, clock)) as line:
        office = Office(line)
        checked = office.check_external(ExternalCheck(code=fake.CODE, stock_id=fake.STOCK, amount_fen=29_900))
        assert (checked.reason, checked.min_spend_fen) == ("coupon.min_spend", 30_000)
        pay.lose = 1
        assert office.use_external(use).state == "unsettled"
        assert office.use_external(use).state == "used"
    assert pay.coupons[fake.CODE].used_by == use.request_no.replace("-", "")


def test_staff_check_redeem_and_return_by_the_verb(pc: Pc, office_url: str, tmp_path: Path) -> None:
    named = ("--stock", fake.STOCK, "--store", "SH01", "--amount", "42000")

    def run(*arguments: str) -> Any:
        return _json("external-coupons", *arguments, data_dir=tmp_path, url=office_url)

    off = _run("external-coupons", "check", fake.CODE, *named, data_dir=tmp_path, url=office_url)
    assert (off.returncode, "没有配置外部券" in off.stderr) == (1, True)
    with fake.wechat_pay(SystemClock().now_ms) as pay:
        write_credentials(tmp_path, pay.origin)
        assert run("check", fake.CODE, *named, "--openid", fake.HOLDER)["coupon"]["state"] == "free"
        pay.lose = 1
        lost = _run("--json", "external-coupons", "use", fake.CODE, *named, data_dir=tmp_path, url=office_url)
        assert lost.returncode == 5
        request = json.loads(lost.stdout)["request"]
        assert run("open")["left"] == []
        told = run("use", fake.CODE, *named, "--request", request)
        assert (told["state"], told["discount_fen"]) == ("used", 5_000)
        assert run("return", request, "--by", "王经理")["returned_at"]
        assert pay.coupons[fake.CODE].state == "SENDED"
    (row,) = rows_of(pc.engine, "redemption")
    assert row["returned_at"] is not None
    assert [one["deed"] for one in rows_of_audit(pc)] == ["external.return"]


def rows_of_audit(pc: Pc) -> list[dict[str, Any]]:
    """The trail's lines about coupons of others."""
    with pc.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT deed FROM audit WHERE deed LIKE 'external.%%' ORDER BY at_ms")
        return [dict(row) for row in found.mappings()]
