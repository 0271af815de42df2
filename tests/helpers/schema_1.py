"""The shapes with which programs of version 1 read what the office answers, frozen as they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from msgspec import Struct


class Result(Struct):
    """What became of a mutation."""

    mid: int
    status: Literal["applied", "merged", "duplicate", "rejected"]
    code: str = ""
    detail: str = ""
    lost: dict[str, Any] = {}


class RecordFrame(Struct, array_like=True, tag="r"):
    """A record."""

    scope: str
    kind: str
    id: str
    seq: int
    data: dict[str, Any]


class GoneFrame(Struct, array_like=True, tag="x"):
    """Gone for good."""

    scope: str
    kind: str
    id: str
    seq: int


class LeaveFrame(Struct, array_like=True, tag="l"):
    """Left the scope."""

    scope: str
    kind: str
    id: str
    seq: int


class DropFrame(Struct, array_like=True, tag="d"):
    """The grant is lost."""

    scope: str


class ScopeFrame(Struct, array_like=True, tag="c"):
    """Where the cursor stands."""

    scope: str
    epoch: str
    seq: int
    n_live: int
    digest: str
    more: bool


class EndFrame(Struct, array_like=True, tag="end"):
    """The last line."""

    last_mid: int
    server_ms: int
    count: int


Frame = RecordFrame | GoneFrame | LeaveFrame | DropFrame | ScopeFrame | EndFrame


class Pushed(Struct):
    """The answer to a push."""

    last_mid: int
    results: list[Result] = []
    records: list[Frame] = []
    moves: list[tuple[str, str, int, int, str, int]] = []
    server_ms: int = 0


_frames = msgspec.json.Decoder(Frame, strict=True)


def read_page(body: bytes) -> Iterator[Frame]:
    """The frames of a page."""
    return (_frames.decode(line) for line in body.splitlines() if line)


def read_pushed(body: bytes) -> Pushed:
    """The answer to a push."""
    return msgspec.json.decode(body, type=Pushed, strict=True)
