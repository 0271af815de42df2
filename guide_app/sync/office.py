"""Head office as the desktop sees it: the questions of the sync protocol, typed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from guide_app.protocol.coupon_asked import CodeAsked, CodeTold
from guide_app.protocol.envelope import SPREAD_HEADER
from guide_app.protocol.external_coupon import ExternalCheck, ExternalTold, ExternalUse
from guide_app.protocol.messages import (
    PAGE_LIMIT,
    Buckets,
    Cursor,
    EndFrame,
    Enrol,
    Enrolled,
    Erased,
    Filled,
    Frame,
    LinkPlace,
    Mutation,
    Push,
    Pushed,
    StorePcs,
    decode_lines,
    encode,
    page_end,
)
from guide_app.protocol.scopes import Scope
from guide_app.sync.errors import unreachable
from guide_app.sync.plan import Offset, measured_offset
from guide_app.sync.transport import Answer, Transport

T = TypeVar("T")

ENROL, PUSH, PULL, BLOBS = "/sync/v1/enrol", "/sync/v1/push", "/sync/v1/pull", "/sync/v1/blobs/"
HINT, BACKFILL, LINKS = "/sync/v1/hint", "/sync/v1/backfill", "/sync/v1/links"
BUCKETS, BUCKET, ERASED, DEVICES = "/sync/v1/buckets", "/sync/v1/bucket", "/sync/v1/erased", "/sync/v1/devices"
EXTERNAL, COUPON_CODES = "/sync/v1/external-coupons/", "/sync/v1/coupon-codes"
_SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_LONGEST_SPREAD_S = 300.0
IMAGE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a pull; `end` is its last frame. `offset` is the office's clock minus ours."""

    frames: tuple[Frame, ...]
    end: EndFrame
    offset: Offset


@dataclass(frozen=True, slots=True)
class Hint:
    """What a wait for news brought. After `news` the device should look within `spread_s` seconds."""

    news: bool
    spread_s: float = 0.0


class Office:
    """Asks head office. Every method raises what `Transport.request` raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def enrol(self, message: Enrol) -> Enrolled:
        """Have this PC taken in."""
        key = hashlib.sha256(f"{message.code}\0{message.signing_key}".encode()).hexdigest()
        answer = self._transport.request("POST", ENROL, message=encode(message), key=key)
        return _decode(answer.body, Enrolled)

    def push(self, mutations: Sequence[Mutation], after: str) -> tuple[Pushed, Offset]:
        """Hand in changes; returns the answer and the office's clock minus ours. None asks where it stands."""
        key = f"{mutations[0].mid}-{mutations[-1].mid}-{mutations[-1].stamp}" if mutations else None
        answer = self._transport.request(
            "POST", PUSH, message=encode(Push(list(mutations), after, brief=True)), key=key
        )
        pushed = _decode(answer.body, Pushed)
        return pushed, measured_offset(answer.sent_ms, answer.got_ms, pushed.server_ms)

    def pull(self, cursors: Sequence[Cursor], limit: int = PAGE_LIMIT, *, waiting: int = 0) -> Page | None:
        """The next page after `cursors`; None: nothing new. `waiting` changes have not been handed in."""
        params = [("c", cursor.text()) for cursor in cursors]
        if limit != PAGE_LIMIT:
            params.append(("limit", str(limit)))
        if waiting:
            params.append(("w", str(waiting)))
        answer = self._transport.request("GET", PULL, params=params)
        return None if answer.nothing_new else _page(answer)

    def hint(self, cursors: Sequence[Cursor], wait_s: int, *, waiting: int = 0) -> Hint:
        """Wait at most `wait_s` seconds, which the transport's limits must allow, for something past `cursors`."""
        params = [*(("c", cursor.text()) for cursor in cursors), ("wait", str(wait_s))]
        if waiting:
            params.append(("w", str(waiting)))
        answer = self._transport.request("GET", HINT, params=params, bare=True)
        if answer.bare:
            return Hint(news=True, spread_s=_seconds(answer.headers.get(SPREAD_HEADER, "")))
        if not answer.nothing_new:
            raise unreachable("office.malformed", "总部的回答读不懂 (等候新内容)。")
        return Hint(news=False)

    def buckets(self, scope: Scope) -> Buckets:
        """What the office holds of a scope, summed by bucket."""
        return _decode(self._transport.request("GET", BUCKETS, params=[("scope", scope)]).body, Buckets)

    def bucket(self, scope: Scope, buckets: Sequence[int]) -> Page:
        """All records that the office holds in these buckets of a scope."""
        params = [("scope", scope), *(("b", str(bucket)) for bucket in buckets)]
        return _page(self._transport.request("GET", BUCKET, params=params))

    def erased(self, clients: Sequence[str], *, wiped: bool = False) -> None:
        """Tell that nothing is left here of these clients, or of anything."""
        said = Erased(list(clients), wiped)
        answer = self._transport.request("POST", ERASED, message=encode(said))
        if _decode(answer.body, Erased) != said:
            raise unreachable("office.malformed", "总部没有确认收到清除回执。")

    def erased_among(self, clients: Sequence[str]) -> list[str]:
        """Those of these clients (1 to 50 ids) who were erased, in whatever store."""
        params = [("id", client) for client in clients]
        told = _decode(self._transport.request("GET", ERASED, params=params).body, Erased)
        return [client for client in told.clients if client in clients]

    def store_pcs(self) -> StorePcs:
        """The PCs of the stores that this one may see."""
        return _decode(self._transport.request("GET", DEVICES).body, StorePcs)

    def link_place(self) -> LinkPlace:
        """With what this PC signs links from now on, and at which domain they open."""
        return _decode(self._transport.request("GET", LINKS).body, LinkPlace)

    def voucher_of(self, code: str) -> str:
        """The voucher of the coupon with this code; a problem of the table says why it cannot be used here."""
        answer = self._transport.request("POST", COUPON_CODES, message=encode(CodeAsked(code=code)))
        return _decode(answer.body, CodeTold).token

    def check_external(self, asked: ExternalCheck) -> ExternalTold:
        """What a coupon of another system takes off."""
        answer = self._transport.request("POST", f"{EXTERNAL}check", message=encode(asked))
        return _decode(answer.body, ExternalTold)

    def use_external(self, asked: ExternalUse) -> ExternalTold:
        """Redeem a coupon of another system; the same number again is the same use."""
        answer = self._transport.request("POST", f"{EXTERNAL}use", message=encode(asked), key=asked.request_no)
        return _decode(answer.body, ExternalTold)

    def backfill(self, scope: Scope, kind: str, fields: Sequence[str], *, after: str, limit: int) -> list[Filled]:
        """Values of fields for records of a kind by id, from after `after` on; fewer than `limit` are the last."""
        params = [("scope", scope), ("kind", kind), *(("f", field) for field in fields), ("limit", str(limit))]
        if after:
            params.append(("after", after))
        body = self._transport.request("GET", BACKFILL, params=params).body
        return [_decode(line, Filled) for line in body.splitlines() if line]


def _page(answer: Answer) -> Page:
    try:
        frames = tuple(decode_lines(answer.body))
        end = page_end(frames)
    except (msgspec.DecodeError, ValueError) as e:
        raise unreachable("office.malformed", f"总部的回答读不懂 ({e})。") from e
    return Page(frames[:-1], end, measured_offset(answer.sent_ms, answer.got_ms, end.server_ms))


def _seconds(text: str) -> float:
    """The seconds in a header, at most `_LONGEST_SPREAD_S`; 0 where it says nothing that can be read."""
    return min(float(text), _LONGEST_SPREAD_S) if _SECONDS.fullmatch(text) else 0.0


def _decode(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as e:
        raise unreachable("office.malformed", f"总部的回答读不懂 ({e})。") from e
