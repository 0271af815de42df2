"""A small shop on a real database for the landing pages' tests, and a browser without a screen to visit it."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from PIL import Image, ImageDraw
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.protocol.link import Link, Subject, sign
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services as ApiServices
from head_office.deeds import push_rules
from head_office.feed.write import write_all
from head_office.landing.routes import routes
from head_office.landing.services import Rates, make_services
from head_office.landing.site import Site
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, blob, link_key

NOW = 1_795_500_000_000  # 2026-11-24 13:20 in Shanghai
MINUTE = 60_000
PHONE_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "MicroMessenger/8.0.50"
)


def record_id(n: int) -> str:
    """The id of the fixture record with this number."""
    return uuid7(NOW - DAY_MS, n)


STORE, NEXT_STORE, GUIDE, PRODUCT, TEMPLATE, DEVICE = (record_id(n) for n in range(1, 7))
SKUS = {size: record_id(100 + i) for i, size in enumerate(("35", "36", "37", "38", "39"))}
SITE = Site(brand="红枫叶", company="红枫叶(上海)鞋服有限公司", contact="400-820-0000")
SECRET = OfficeSecret(bytes(range(32)))


@dataclass
class StillClock:
    """A clock that moves only when told to."""

    ms: int = NOW

    def now_ms(self) -> int:
        """UTC milliseconds."""
        return self.ms


@lru_cache(1)
def photo() -> bytes:
    """A JPEG of 1200 x 1200 px."""
    image = Image.new("RGB", (1200, 1200), "#d8c4ad")
    ImageDraw.Draw(image).ellipse((200, 560, 1000, 800), fill="#3b2a22")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def photo_sha() -> str:
    """The name of the product's picture."""
    return hashlib.sha256(photo()).hexdigest()


def product_link(**changes: int) -> Link:
    """The link of the fixture's poster, or one that differs from it."""
    parts = {"key_no": 7, "guide_no": 21, "subject_no": 301, "coupon_no": 9, "share_no": 1} | changes
    return Link(
        key_no=parts["key_no"],
        guide_no=parts["guide_no"],
        subject=Subject(parts.get("subject", Subject.PRODUCT)),
        subject_no=parts["subject_no"],
        coupon_no=parts["coupon_no"],
        share_no=parts["share_no"],
    )


def link_code(**changes: int) -> str:
    """The signed code of `product_link`."""
    link = product_link(**changes)
    return sign(link, SECRET.link_key(link.key_no))


def default_records() -> dict[tuple[Scope, str, str], dict[str, Any]]:
    """The shop: one guide, one shoe in five sizes, one coupon, one neighbour."""
    shop = store_scope(STORE)
    stores = {
        STORE: {
            "code": "SH01",
            "name": "南京西路店",
            "address": "上海市静安区南京西路 1266 号 2 层",
            "phone": "021-6288 0000",
            "hours": "10:00–22:00",
        },
        NEXT_STORE: {"code": "SH02", "name": "徐家汇店"},
    }
    left = {"35": 8, "36": 5, "37": 2, "38": 0, "39": 6}
    records: dict[tuple[Scope, str, str], dict[str, Any]] = {
        (BRAND, "store", store_id): data for store_id, data in stores.items()
    }
    records[BRAND, "guide", GUIDE] = {"no": 21, "number": "1024", "name": "王敏", "store_id": STORE}
    records[BRAND, "product", PRODUCT] = {
        "no": 301,
        "spu": "RM26A301",
        "name": "软底乐福鞋 2026 秋",
        "category": "女鞋/单鞋",
        "season": "2026 秋",
        "points": ["小牛皮", "记忆棉鞋垫", "久站不累"],
        "material": "鞋面头层牛皮, 内里猪皮, 橡胶大底",
        "care": "避免浸水, 阴干, 用软布擦拭",
        "image": photo_sha(),
        "price_fen": 56_900,
        "tag_price_fen": 69_900,
    }
    for rank, (size, sku_id) in enumerate(SKUS.items()):
        sku = {"product_id": PRODUCT, "code": f"RM26A301-{size}", "size": size, "colour": "深棕", "rank": rank}
        records[BRAND, "sku", sku_id] = sku
        records[shop, "stock", sku_id] = {"available": left[size], "on_hand": left[size], "as_of": NOW - 12 * MINUTE}
    records[shop, "stock_nearby", SKUS["38"]] = {"stores": [[NEXT_STORE, 3, NOW - 180 * MINUTE]]}
    records[BRAND, "coupon_template", TEMPLATE] = {
        "no": 9,
        "name": "秋季满减券",
        "kind": "threshold_off",
        "min_spend_fen": 40_000,
        "discount_fen": 8_000,
        "valid_from": NOW - DAY_MS,
        "valid_until": NOW + 18 * DAY_MS,
        "claim_limit": 1,
    }
    return records


@dataclass
class Shop:
    """The shop's database, clock and pages. `records` not given here are the usual ones."""

    engine: Engine
    clock: StillClock = field(default_factory=StillClock)
    rates: Rates | None = None
    records: Mapping[tuple[Scope, str, str], Mapping[str, Any]] = field(default_factory=default_records)

    def __post_init__(self) -> None:
        write_all(self.engine, NOW, list(self.records.items()))
        with self.engine.begin() as connection:
            connection.execute(sa.insert(link_key), {"key_no": 7, "store_id": STORE, "device_id": DEVICE})
            connection.execute(sa.insert(blob), {"sha256": photo_sha(), "media_type": "image/jpeg", "bytes": photo()})
        self.app: ASGIApp = self.make_app()

    def make_app(self, site: Site = SITE) -> Starlette:
        """The pages as an application of their own."""
        return Starlette(routes=routes(make_services(self.engine, SECRET, site, self.clock, self.rates)))

    def change(self, kind: str, record_id: str, scope: Scope = BRAND, **fields: Any) -> None:
        """Rewrite a record with other fields."""
        write_all(self.engine, NOW, [((scope, kind, record_id), {**self.records[scope, kind, record_id], **fields})])

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """All rows of a kind."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(KIND_TABLES[kind])).mappings()]


def api_services(shop: Shop) -> ApiServices:
    """What the office's other routes need, on the same database."""
    return ApiServices(
        engine=shop.engine,
        secret=SECRET,
        clock=shop.clock,
        rules=push_rules(SECRET),
        brand=SITE.brand,
        link_origin="http://office.example",
        metrics=Metrics(),
        enrolments=AttemptLimit(10, MINUTE),
    )


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Browser:
    """Visits an ASGI application, keeps cookies by name and path, does not follow redirects."""

    def __init__(self, app: ASGIApp, *, address: str = "203.0.113.7", agent: str = PHONE_AGENT) -> None:
        self._app = app
        self._address = address
        self._agent = agent
        self.jar: dict[tuple[str, str], str] = {}

    def get(self, url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> Answer:
        """Open an address."""
        return asyncio.run(self.send(method, url, b"", headers or {}))

    def post(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form as our own page does."""
        return asyncio.run(self.send("POST", url, urlencode(fields).encode(), self.form_headers(headers)))

    def form_headers(self, headers: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """What a browser sends along with a form of the same site."""
        own = {"origin": "http://office.example", "sec-fetch-site": "same-origin"}
        return {"content-type": "application/x-www-form-urlencoded", **own, **(headers or {})}

    async def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One request."""
        parts = urlsplit(url)
        cookies = "; ".join(
            f"{name}={value}" for (name, path), value in self.jar.items() if parts.path.startswith(path)
        )
        sent = {"host": "office.example", "user-agent": self._agent, **headers} | (
            {"cookie": cookies} if cookies else {}
        )
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": (self._address, 50_000),
            "server": ("office.example", 80),
        }
        incoming = [{"type": "http.request", "body": body, "more_body": False}]
        outgoing: list[Message] = []

        async def receive() -> Message:
            return incoming.pop(0) if incoming else {"type": "http.disconnect"}

        async def take(message: Message) -> None:
            outgoing.append(message)

        await self._app(scope, receive, take)
        return self._answer(outgoing)

    def _answer(self, outgoing: list[Message]) -> Answer:
        start = outgoing[0]
        pairs = [(name.decode().lower(), value.decode()) for name, value in start["headers"]]
        set_cookies = tuple(value for name, value in pairs if name == "set-cookie")
        for line in set_cookies:
            for name, morsel in SimpleCookie(line).items():
                self.jar[name, morsel["path"]] = morsel.value
        content = b"".join(message.get("body", b"") for message in outgoing[1:])
        return Answer(start["status"], dict(pairs), set_cookies, content)
