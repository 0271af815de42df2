"""A small enrolled book for tests: one store, two guides, a product, coupons, filled as a sync would fill it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.flows.desk import Desk, make_desk
from guide_app.protocol.coupon_code import check_character
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.search import SearchIndex
from tests.helpers.empty_book import lay_empty_book

#: 2026-11-21 14:32 in China.
NOW = 1_795_242_720_000
KEY = bytes(range(32))
#: With which the PC of the book signs.
DEVICE_KEY = Ed25519PrivateKey.from_private_bytes(b"the key of the tests' desktop PC")
PIN = "2468"
COUPON_CODE = "7KQ2M9RTX4HD3" + check_character("7KQ2M9RTX4HD3")


def ident(n: int) -> str:
    """A fixed record id."""
    return uuid7(1_700_000_000_000, n)


STORE, OTHER_STORE, WANG, LI, LOAFER, SNEAKER, OFFER = (ident(n) for n in range(1, 8))
CHEN, ZHOU, LIN = (ident(n) for n in range(20, 23))


class HandClock:
    """A clock that stands where the test puts it."""

    def __init__(self, ms: int = NOW) -> None:
        self.ms = ms

    def now_ms(self) -> int:
        return self.ms


class Frames:
    """Numbers records as an office would."""

    def __init__(self) -> None:
        self._seq = 0

    def __call__(self, kind: str, record_id: str, /, *, store: str = "", **data: Any) -> RecordFrame:
        self._seq += 1
        return RecordFrame(store_scope(store) if store else BRAND, kind, record_id, self._seq, data)


def first_load() -> list[RecordFrame]:
    """What the office sends first."""
    frame = Frames()
    pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    return [
        frame("store", STORE, code="SH001", name="南京西路店", region="上海"),
        frame("store", OTHER_STORE, code="SH002", name="徐家汇店", region="上海"),
        frame("guide", WANG, no=1, number="0231", name="王敏", store_id=STORE),
        frame("guide", LI, no=2, number="0300", name="李娜", role="store_manager", store_id=STORE),
        frame("product", LOAFER, no=7, spu="LF2601", name="软底乐福鞋 2026 秋", category="女鞋/乐福鞋", price_fen=56900,
              tag_price_fen=69900, points=["小牛皮", "记忆棉鞋垫"], image="a" * 64),
        frame("product", SNEAKER, no=8, spu="SN2602", name="云感小白鞋", category="女鞋/小白鞋", price_fen=42900),
        frame("sku", ident(10), product_id=LOAFER, code="LF2601-BK-37", gtin="2000000000015", colour="黑色", size="37"),
        frame("sku", ident(11), product_id=LOAFER, code="LF2601-BK-38", gtin="2000000000022", colour="黑色", size="38"),
        frame("coupon_template", OFFER, no=3, name="满400减80", min_spend_fen=40000, discount_fen=8000,
              valid_from=NOW - DAY_MS, valid_until=NOW + 21 * DAY_MS),
        frame("tag", ident(12), group="等级", name="金卡"),
        frame("guide_pin", WANG, store=STORE, pin_hash=pin),
        frame("guide_pin", LI, store=STORE, pin_hash=pin),
        frame("stock", ident(10), store=STORE, on_hand=3, available=2, reserved=1, as_of=NOW - 720_000),
        frame("stock_nearby", ident(10), store=STORE, stores=[[OTHER_STORE, 6, NOW - 3_600_000]]),
        frame("client", CHEN, store=STORE, name="陈雅婷", phone="13800005678", sex="female", shoe_size="37",
              primary_guide_id=WANG, contact_state="marketing", created_at=NOW - 400 * DAY_MS, birth_calendar="solar",
              birth_year=1991, birth_month=3, birth_day=8),
        frame("client", ZHOU, store=STORE, name="周建国", phone="13900007710", sex="male", primary_guide_id=WANG,
              contact_state="one_to_one", created_at=NOW - 300 * DAY_MS, birth_calendar="lunar", birth_month=10,
              birth_day=14),
        frame("client", LIN, store=STORE, name="林小满", phone="18600000921", primary_guide_id=LI,
              contact_state="none", created_at=NOW - 5 * DAY_MS),
        frame("client_tag", ident(30), store=STORE, client_id=CHEN, group="等级", name="金卡", origin="hq"),
        *(purchase for n, days in enumerate((187, 142, 97, 52)) for purchase in _purchase(frame, 40 + 2 * n, days)),
        frame("coupon", ident(60), store=STORE, template_id=OFFER, code=COUPON_CODE, client_id=CHEN, guide_id=WANG,
              claimed_at=NOW - 2 * DAY_MS, valid_from=NOW - 2 * DAY_MS, valid_until=NOW + 21 * DAY_MS),
    ]  # fmt: skip


def _purchase(frame: Frames, n: int, days_ago: int) -> Iterator[RecordFrame]:
    yield frame(
        "purchase", ident(n), store=STORE, order_no=f"NJ-{n}", client_id=CHEN, guide_id=WANG,
        at=NOW - days_ago * DAY_MS, total_fen=56900,
    )  # fmt: skip
    yield frame(
        "purchase_line", ident(n + 1), store=STORE, purchase_id=ident(n), sku_id=ident(10), product_id=LOAFER,
        title="软底乐福鞋", colour="黑色", size="37", qty=1, amount_fen=56900,
    )  # fmt: skip


@contextmanager
def open_desk(folder: Path, clock: HandClock, *, load: bool = True) -> Iterator[Desk]:
    """A desk over an enrolled book in `folder`; closed at the end."""
    index = SearchIndex()
    lay_empty_book(folder / "book.db", KEY)
    db = Database.open(folder / "book.db", KEY, clock, search=index)
    try:
        if load:

            def fill(applier: Any) -> None:
                save_device(
                    applier.conn, device_id=ident(99), token="t", tag="0000000a", key_no=5, link_key=b"k" * 32,
                    store_id=STORE, store_name="南京西路店", scopes=[BRAND, store_scope(STORE)],
                    link_origin="https://s.redmaple.example", brand="红枫叶 REDMAPLE", enrolled_at=clock.now_ms(),
                    signing_key=DEVICE_KEY.private_bytes_raw(),
                )  # fmt: skip
                applier.apply(first_load())

            db.apply(fill)
        yield make_desk(db, index, clock)
    finally:
        db.close()


def actor(origin: str = "test") -> Actor:
    """王敏, acting."""
    return Actor(WANG, 1, "0231", "王敏", "guide", STORE, "南京西路店", origin)
