"""The faults of networks, by name: what each does to an exchange, and what the desktop may make of it.

`codes` are the codes of the errors it may raise; a fault that does not show (a delay) has none. Each is what a shop's
line, a gateway, a captive portal or a failing office does, or what a careless proxy could.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import msgspec
import zstandard

from guide_app.protocol.envelope import SHA_HEADER
from guide_app.protocol.problems import problem
from tests.helpers.fault_proxy import Act, Exchange, Message, reply

#: Seconds after which a case's transport gives up; faults of time last longer than this.
DEADLINE_S = 0.6
_JSON, _HTML, _PROBLEM = "application/json", "text/html; charset=utf-8", "application/problem+json"
_PORTAL = "<html><title>商场免费无线网</title><form>手机号登录</form></html>".encode()
#: Zeros that a bomb unfolds to; it travels in less than 100 KB.
_BOMB_MB = 1_024


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault. `at_connect`: strikes before anything is asked."""

    name: str
    act: Act
    codes: frozenset[str]
    at_connect: bool = False

    def __str__(self) -> str:
        return self.name


def _fault(name: str, act: Act, *codes: str, at_connect: bool = False) -> Fault:
    return Fault(name, act, frozenset(codes), at_connect)


async def _reset_before_request(exchange: Exchange) -> None:
    exchange.reset()


async def _reset_mid_request(exchange: Exchange) -> None:
    if not exchange.request.method:  # armed for one request, it has been read: it breaks off where an answer would come
        await exchange.reader.readexactly(40)
    exchange.reset()


async def _reply_lost(exchange: Exchange) -> None:
    await exchange.ask()


async def _drop_mid_reply(exchange: Exchange) -> None:
    raw = (await exchange.ask()).raw()
    await exchange.say(raw[: len(raw) * 2 // 3])
    exchange.reset()


async def _cut_with_length(exchange: Exchange) -> None:
    whole = await exchange.ask()
    await exchange.say(whole.head() + whole.body[: len(whole.body) // 2])


async def _cut_without_length(exchange: Exchange) -> None:
    whole = (await exchange.ask()).but(Content_Length=None, Connection="close")
    await exchange.say(whole.head() + whole.body[: len(whole.body) // 2])


async def _cut_lying_about_length(exchange: Exchange) -> None:
    whole = await exchange.ask()
    half = whole.body[: len(whole.body) // 2]
    await exchange.say(whole.but(half, Content_Length=str(len(half))).raw())


async def _delay(exchange: Exchange) -> None:
    await exchange.pause(DEADLINE_S / 12)
    await exchange.answer(await exchange.ask())


async def _silence(exchange: Exchange) -> None:
    await exchange.ask()
    await exchange.pause(60)


async def _drip(exchange: Exchange) -> None:
    for byte in (await exchange.ask()).raw():
        await exchange.say(bytes([byte]))
        if await exchange.pause(DEADLINE_S / 20):
            return


async def _endless_headers(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n")
    while not await exchange.pause(0.001):
        await exchange.say(b"X-Portal: " + b"x" * 500 + b"\r\n")


async def _endless_body(exchange: Exchange) -> None:
    whole = (await exchange.ask()).but(Content_Length=None)
    await exchange.say(whole.head())
    while not exchange.proxy.over.is_set():
        await exchange.say(whole.body or b" " * 65536)


async def _duplicate(exchange: Exchange) -> None:
    """The office gets the request twice, one after the other; the first answer goes back."""
    first = await exchange.ask()
    await exchange.ask()
    await exchange.answer(first)


async def _at_once(exchange: Exchange) -> None:
    """The office gets the request three times at the same moment; one answer goes back."""
    answers = await asyncio.gather(exchange.ask(), exchange.ask(), exchange.ask())
    await exchange.answer(next((one for one in answers if one.status in (200, 304)), answers[0]))


async def _stale_reply(exchange: Exchange) -> None:
    """A cache answers with what was right some time ago."""
    old = exchange.proxy.last_reply(exchange.request)
    await exchange.answer(old or await exchange.ask())


async def _flip_reply(exchange: Exchange) -> None:
    whole = await exchange.ask()
    await exchange.answer(whole.but(_flipped(whole.body)))


async def _flip_request(exchange: Exchange) -> None:
    asked = exchange.request
    if asked.body:
        broken = asked.but(_flipped(asked.body))
    else:
        broken = asked.but(Authorization="".join(map(chr, _flipped(asked.header("Authorization").encode()))))
    await exchange.answer(await exchange.ask(broken))


async def _garbage(exchange: Exchange) -> None:
    await exchange.say(bytes(range(256)) * 8)


async def _stale_keep_alive(exchange: Exchange) -> None:
    """The answer promises to keep the line, which is closed all the same."""
    await exchange.say((await exchange.ask()).but(Connection="keep-alive").raw())


def _saying(make: Callable[[Exchange], Message]) -> Act:
    async def act(exchange: Exchange) -> None:
        await exchange.answer(make(exchange))

    return act


def _instead(body: bytes, **headers: str) -> Act:
    """An answer with a checksum that is right and a content that is not."""
    named = {"Content_Type": _JSON, SHA_HEADER.replace("-", "_"): hashlib.sha256(body).hexdigest(), **headers}
    return _saying(lambda _: reply("200 OK", body, **named))


def _refusing(status: str, code: str = "", **headers: str) -> Act:
    if not code:
        return _saying(lambda _: reply(status, b"<html>proxy error</html>", Content_Type=_HTML, **headers))
    body = msgspec.json.encode(problem(code))
    return _saying(lambda _: reply(status, body, Content_Type=_PROBLEM, **headers))


@cache
def bomb() -> bytes:
    """A small body that unfolds to a gigabyte; it takes half a second to make."""
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join([packer.compress(bytes(1 << 20)) for _ in range(_BOMB_MB)]) + packer.flush()


async def _unfolding(exchange: Exchange) -> None:
    await _instead(bomb(), Content_Encoding="zstd")(exchange)


async def _other_type(exchange: Exchange) -> None:
    await exchange.answer((await exchange.ask()).but(Content_Type="text/plain"))


def portal(thief: str) -> Fault:
    """A captive portal that sends the desktop to its own host."""
    return _fault("portal_302", _saying(lambda _: reply("302 Found", Location=f"{thief}/login")), "office.redirect")


def _flipped(body: bytes) -> bytes:
    place = len(body) // 2
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :] if body else body


_LOST, _BUSY = "office.unreachable", "office.busy"


def faults(thief: str) -> Iterable[Fault]:
    """All faults of an open line; `thief` is the origin that a portal redirects to."""
    return (
        _fault("reset_before_request", _reset_before_request, _LOST, at_connect=True),
        _fault("reset_mid_request", _reset_mid_request, _LOST, at_connect=True),
        _fault("reply_lost", _reply_lost, _LOST),
        _fault("drop_mid_reply", _drop_mid_reply, _LOST, "office.corrupt"),
        _fault("cut_with_length", _cut_with_length, _LOST, "office.corrupt"),
        _fault("cut_without_length", _cut_without_length, "office.corrupt"),
        _fault("cut_lying_about_length", _cut_lying_about_length, "office.corrupt"),
        _fault("delay", _delay),
        _fault("silence", _silence, "office.timeout"),
        _fault("drip", _drip, "office.timeout"),
        _fault("endless_headers", _endless_headers, _LOST, "office.timeout"),
        _fault("endless_body", _endless_body, "office.too_large", "office.timeout"),
        _fault("duplicate", _duplicate),
        _fault("at_once", _at_once),
        _fault("stale_reply", _stale_reply, "mutation.gap", "office.stale", "office.corrupt", "office.malformed"),
        _fault("flip_reply", _flip_reply, "office.corrupt"),
        _fault("flip_request", _flip_request, "request.corrupt", "auth.invalid"),
        _fault("garbage", _garbage, _LOST),
        _fault("garbage_zstd", _instead(b"\x28\xb5\x2f\xfd" + bytes(range(99)), Content_Encoding="zstd"),
               "office.corrupt", "office.foreign"),
        _fault("bomb", _unfolding, "office.corrupt", "office.foreign"),
        _fault("portal_200", _saying(lambda _: reply("200 OK", _PORTAL, Content_Type=_HTML)), "office.foreign"),
        portal(thief),
        _fault("unauthorised", _refusing("401 Unauthorized", "auth.invalid"), "auth.invalid"),
        _fault("login_page_401", _refusing("401 Unauthorized", WWW_Authenticate="Basic"), "office.foreign"),
        _fault("conflict", _refusing("409 Conflict", "mutation.gap"), "mutation.gap"),
        _fault("too_many", _refusing("429 Too Many Requests", "rate.limited", Retry_After="7"), _BUSY),
        _fault("internal", _refusing("500 Internal Server Error", "office.internal"), _BUSY),
        _fault("bad_gateway", _refusing("502 Bad Gateway"), _BUSY),
        _fault("unavailable", _refusing("503 Service Unavailable", "office.busy", Retry_After="3"), _BUSY),
        _fault("nan", _instead(b'{"last_mid": NaN, "results": []}'), "office.malformed", "office.foreign"),
        _fault("other_type", _other_type, "office.foreign"),
        _fault("stale_keep_alive", _stale_keep_alive),
    )  # fmt: skip
