"""Requests that no page of ours makes: never a broken page, never others' words, and what chats append is cut."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from starlette.types import ASGIApp, Message

from tests.head_office.landing.shop import SKUS, Browser, Shop, link_code, photo_sha
from tests.head_office.landing.test_claim import claim

CODE = link_code()
GTIN = "6901234567892"
LONG = "a" * 20_000
PATHS = (
    "", CODE, f"{CODE}/", f"{CODE}{LONG}", "%00", "%FF%FE", "%F0%9F%98%80", "..%2f..%2fetc", "%0d%0aSet-Cookie:x", LONG,
    f"{CODE}/claim", f"{CODE}/privacy", f"{CODE}/c/x", f"{CODE}/c/{'%FF' * 30}", f"{CODE}/c/{'gAAAA' * 100}",
    f"{CODE}/c/%00", "static/%FF", f"blob/{photo_sha()}/99999999999999999999", f"blob/%EF%BC%91{photo_sha()[1:]}",
    f"blob/{photo_sha()}/%D9%A1",
)  # fmt: skip
GTIN_PATHS = (
    "",
    "/",
    GTIN,
    "%FF",
    "0" * 5000,
    f"{GTIN}/10/%FF",
    f"{GTIN}/21/%E4%BD%A0",
    f"{GTIN}/10/A/21/",
    "%E4%BD%A0",
)
QUERIES = (b"", f"s={CODE}".encode(), b"s=%FF", b"s=\xff", b"s=" + b"x" * 9000, b"%", b"&=&", b"17=261231&17=261231")
HEADERS: tuple[Mapping[bytes, bytes], ...] = (
    {}, {b"cookie": b"slip=\xff\xfe; seen"}, {b"cookie": b"slip=" + b"A" * 590}, {b"if-none-match": b"\xff"},
    {b"host": b"["}, {b"origin": b"http://["}, {b"sec-fetch-site": b"\xff"}, {b"x-forwarded-for": b"\xff,["},
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What came back."""

    status: int
    headers: Mapping[bytes, bytes]
    body: bytes


def ask(app: ASGIApp, method: str, path: str, query: bytes = b"", **more: Any) -> Heard:
    """One request as a server hands it on, with the path decoded and as it was; `body` None hangs up."""
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "query_string": query,
        "root_path": "", "path": unquote_to_bytes(path).decode("utf-8", "replace"), "raw_path": path.encode(),
        "headers": list({b"host": b"office.example", b"user-agent": b"Mozilla/5.0", **more.get("headers", {})}.items()),
        "client": (more.get("address", "203.0.113.9"), 1), "server": ("office.example", 80),
    }  # fmt: skip
    body = more.get("body", b"")
    incoming = [] if body is None else [{"type": "http.request", "body": body, "more_body": False}]
    outgoing: list[Message] = []

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        outgoing.append(message)

    async def visit() -> None:
        await app(scope, receive, send)

    asyncio.run(visit())
    content = b"".join(message.get("body", b"") for message in outgoing[1:])
    return Heard(outgoing[0]["status"], dict(outgoing[0]["headers"]), content)


def test_nothing_that_is_asked_breaks_a_page(shop: Shop) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    form = b"phone=13800138000&claim_id=%00x"
    heard: list[tuple[str | bytes, str, Mapping[bytes, bytes], Heard]] = [
        (method, path, headers, ask(shop.app, method, f"/s/{path}", b"done=%FF&a=%00", headers=headers, body=form))
        for method, path, headers in product(("GET", "HEAD", "POST"), PATHS, HEADERS)
    ]
    heard += [
        (query, path, headers, ask(shop.app, "GET", f"/01/{path}", query, headers=headers))
        for query, path, headers in product(QUERIES, GTIN_PATHS, HEADERS)
    ]
    assert [one[:3] for one in heard if one[3].status >= 500] == []
    open_doors = [one for one in heard if one[3].status not in (304, 405) and "%0a" not in one[1]]
    assert [(*one[:3], one[3].status) for one in open_doors if b"content-security-policy" not in one[3].headers] == []


def test_whoever_hangs_up_within_a_form_breaks_nothing(shop: Shop) -> None:
    own = {b"origin": b"http://office.example"}
    assert ask(shop.app, "POST", f"/s/{CODE}/claim", headers=own, body=None).status == 400
    assert shop.rows("coupon") == []


@pytest.mark.parametrize("tail", ["/", "。", "，快来看", ")", "/。", "?x"])
def test_what_a_chat_takes_for_a_part_of_the_address_is_cut(shop: Shop, tail: str) -> None:
    encoded = "".join(f"%{byte:02X}" for byte in tail.encode())
    for path in (f"/s/{CODE}{encoded}", f"/s/{CODE}{tail}" if tail.startswith("/") and tail.isascii() else ""):
        if path:
            heard = ask(shop.app, "GET", path)
            assert (heard.status, heard.headers[b"location"]) == (303, f"/s/{CODE}".encode())
    assert shop.rows("share_event") == [], "only the page itself is a scan"


def test_a_longer_or_shorter_code_is_another_and_forged(shop: Shop) -> None:
    for code in (f"{CODE}A", CODE[:-1], f"{CODE[:-1]}。", f"{CODE}A/"):
        assert ask(shop.app, "GET", f"/s/{''.join(f'%{b:02X}' for b in code.encode())}").status == 404


def test_a_forwarded_coupon_opens_with_a_full_stop_behind_it(shop: Shop, visitor: Browser) -> None:
    address = claim(visitor).headers["location"]
    for tail in ("", "%E3%80%82", "%EF%BC%8C%E7%BB%99%E4%BD%A0"):
        heard = ask(shop.app, "GET", address + tail)
        assert heard.status == 200
        assert "到店出示".encode() in heard.body
    assert ask(shop.app, "GET", address[:-3]).status == 404


def test_what_wechat_appends_does_no_harm(shop: Shop) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    added = b"from=singlemessage&isappinstalled=0&nsukey=a%2Bb%3D%3D&clicktime=1795500000"
    assert ask(shop.app, "GET", f"/s/{CODE}", added).status == 200
    led = ask(shop.app, "GET", f"/01/{GTIN}", f"s={CODE}&".encode() + added)
    assert (led.status, led.headers[b"location"]) == (307, f"/s/{CODE}".encode())


def test_a_preview_is_told_what_it_is_and_no_more_than_the_page_says(shop: Shop, visitor: Browser) -> None:
    page = visitor.get(f"/s/{CODE}").text
    assert '<meta property="og:title" content="软底乐福鞋 2026 秋 · 红枫叶">' in page
    assert '<meta property="og:description" content="王敏 · 南京西路店 · 小牛皮 · 记忆棉鞋垫 · 久站不累">' in page
    shop.change("product", next(row["id"] for row in shop.rows("product")), sensitive=True)
    hidden = visitor.get(f"/s/{CODE}").text
    assert "乐福鞋" not in hidden
    assert "记忆棉" not in hidden
