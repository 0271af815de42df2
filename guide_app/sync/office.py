"""Head office as the desktop sees it: the four questions of the sync protocol, typed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from guide_app.protocol.messages import (
    PAGE_LIMIT,
    Cursor,
    EndFrame,
    Enrol,
    Enrolled,
    Frame,
    Mutation,
    Push,
    Pushed,
    decode_lines,
    encode,
    page_end,
)
from guide_app.sync.errors import unreachable
from guide_app.sync.transport import Answer, Transport

T = TypeVar("T")

ENROL, PUSH, PULL, BLOBS = "/sync/v1/enrol", "/sync/v1/push", "/sync/v1/pull", "/sync/v1/blobs/"
IMAGE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a pull; `end` is its last frame. `offset_ms` is the office's clock minus ours."""

    frames: tuple[Frame, ...]
    end: EndFrame
    offset_ms: int


class Office:
    """Asks head office. Every method raises what `Transport.request` raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def enrol(self, message: Enrol) -> Enrolled:
        """Have this PC taken in."""
        key = hashlib.sha256(f"{message.code}\0{message.signing_key}".encode()).hexdigest()
        answer = self._transport.request("POST", ENROL, message=encode(message), key=key)
        return _decode(answer.body, Enrolled)

    def push(self, mutations: Sequence[Mutation], after: str) -> tuple[Pushed, int]:
        """Hand in changes; returns the answer and the office's clock minus ours (ms). None asks where it stands."""
        key = f"{mutations[0].mid}-{mutations[-1].mid}-{mutations[-1].stamp}" if mutations else None
        answer = self._transport.request("POST", PUSH, message=encode(Push(list(mutations), after)), key=key)
        pushed = _decode(answer.body, Pushed)
        return pushed, offset_ms(answer.sent_ms, answer.got_ms, pushed.server_ms)

    def pull(self, cursors: Sequence[Cursor], limit: int = PAGE_LIMIT) -> Page | None:
        """The next page after `cursors`; None: nothing new."""
        params = [("c", cursor.text()) for cursor in cursors]
        answer = self._transport.request("GET", PULL, params=[*params, ("limit", str(limit))])
        return None if answer.nothing_new else _page(answer)

    def blob(self, sha256: str) -> bytes:
        """A picture by the SHA-256 (hex) of its bytes."""
        body = self._transport.request("GET", BLOBS + sha256, types=IMAGE_TYPES).body
        if hashlib.sha256(body).hexdigest() != sha256:
            raise unreachable("office.corrupt", f"图片 {sha256[:8]} 与校验和不符。")
        return body


def offset_ms(sent_ms: int, got_ms: int, server_ms: int) -> int:
    """The office's clock minus ours, taking its answer to be made halfway (Cristian, Distributed Computing 1989)."""
    return server_ms - (sent_ms + got_ms) // 2


def _page(answer: Answer) -> Page:
    try:
        frames = tuple(decode_lines(answer.body))
        end = page_end(frames)
    except (msgspec.DecodeError, ValueError) as e:
        raise unreachable("office.malformed", f"总部的回答读不懂 ({e})。") from e
    return Page(frames[:-1], end, offset_ms(answer.sent_ms, answer.got_ms, end.server_ms))


def _decode(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as e:
        raise unreachable("office.malformed", f"总部的回答读不懂 ({e})。") from e
