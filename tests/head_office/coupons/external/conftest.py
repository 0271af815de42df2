"""WeChat Pay on loopback, a merchant's credentials in files, and a counter that asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from sqlalchemy import Engine

from guide_app.protocol.scopes import BRAND
from head_office.coupons.external.config import FILE, load_systems
from head_office.coupons.external.desk import Counter, ExternalDesk
from head_office.coupons.external.wechat import SOURCE, WechatCoupons
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all
from tests.helpers import wechat_pay as fake
from tests.helpers.plain_book import HeldClock

DIGITS = "#" * 22
BATCHES: list[dict[str, Any]] = [
    {"source": "wechat", "name": "微信满300减50", "pattern": DIGITS, "stock_id": fake.STOCK},
    {
        "source": "wechat",
        "name": "微信八八折",
        "pattern": "WX*********",
        "stock_id": fake.OTHER_STOCK,
        "stacking": True,
    },
]


@pytest.fixture
def clock() -> HeldClock:
    """The office's clock; WeChat Pay keeps the same time."""
    return HeldClock(NOW)


@pytest.fixture
def pay(clock: HeldClock) -> Iterator[fake.WechatPay]:
    """WeChat Pay, running."""
    with fake.wechat_pay(clock.now_ms) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, pay: fake.WechatPay) -> Path:
    """A data folder with the merchant's credentials."""
    return write_credentials(tmp_path, pay.origin)


@pytest.fixture
def coupons(folder: Path, clock: HeldClock) -> WechatCoupons:
    """The adapter, as the configuration makes it."""
    system = load_systems(folder, {}, clock)[SOURCE]
    assert isinstance(system, WechatCoupons)
    return system


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    """The till PC of store SH01."""
    make_store(office_engine)
    put_all(office_engine, BRAND, "house_rule", {new_id(): {"name": "external_coupons", "value": {"batches": BATCHES}}})
    return Pc(office_engine, enrol_device(office_engine))


@pytest.fixture
def counter(pc: Pc) -> Counter:
    """Who asks."""
    return Counter(pc.who.store_id, pc.who.device_id)


@pytest.fixture
def desk(pc: Pc, coupons: WechatCoupons, clock: HeldClock) -> ExternalDesk:
    """Head office's desk for coupons of others."""
    return ExternalDesk(pc.engine, {SOURCE: coupons}, clock)


def write_credentials(folder: Path, origin: str) -> Path:
    """The files that a merchant gets from WeChat Pay, and the configuration beside them."""
    key = folder / "apiclient_key.pem"
    key.touch(0o600)
    key.write_bytes(
        fake.merchant_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    public = fake.platform_key().public_key()
    (folder / "pub_key.pem").write_bytes(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    said = {
        "mch_id": fake.MCH_ID,
        "serial_no": fake.SERIAL_NO,
        "appid": fake.APPID,
        "private_key": key.name,
        "platform_keys": {fake.KEY_ID: "pub_key.pem"},
        "origin": origin,
    }
    (folder / FILE).write_text(json.dumps(said), "utf-8")
    return folder
