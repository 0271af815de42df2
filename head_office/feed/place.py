"""How far the office has taken in what a device did: its last number, the chain and the stamp it was counted with.

The lock on the device's row puts its pushes in a line; the row moves in the same transaction as what the push wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.chain import EMPTY_CHAIN, Chain, chain_over
from guide_app.protocol.hlc import Stamp
from guide_app.protocol.messages import Mutation, Push, ScopeMove
from guide_app.protocol.scopes import Scope

_LOCK = (
    "SELECT last_mid, last_chain, last_effective, first_mid, moves FROM device"
    " WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid FOR UPDATE"
)
_SETTLE = (
    "UPDATE device SET last_mid = %(last)s, last_chain = %(chain)s, last_effective = %(effective)s,"
    " first_mid = %(first)s, moves = %(moves)s::jsonb, last_contact_ms = %(now_ms)s"
    " WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid"
)
_CHAIN = re.compile(r"[0-9a-f]{16}")


class MutationGapError(GuideError):
    """The batch does not follow what the office has; the device must begin at `last_mid` + 1."""

    def __init__(self, last: int) -> None:
        super().__init__("mutation.gap", f"总部已有第 {last} 号修改, 上传必须从第 {last + 1} 号开始。")
        self.last_mid = last


class ForkedError(GuideError):
    """Two copies of one PC write under its name: what this one sent before is not what the office has."""

    def __init__(self) -> None:
        super().__init__("device.forked", "这台电脑的数据曾被复制或恢复, 需要重新登记。")


@dataclass(frozen=True, slots=True)
class Sender:
    """The device that pushes, the scopes it may touch, and until when (UTC ms) it could touch others."""

    store_id: str
    device_id: str
    granted: frozenset[Scope]
    ended: Mapping[Scope, int] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, str]:
        """What names the device in statements: `store`, `device`."""
        return {"store": self.store_id, "device": self.device_id}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device stands: its last mutation, chain and counted stamp, and the batch that ended there."""

    last: int
    chain: Chain
    effective: Stamp
    first: int
    moves: tuple[ScopeMove, ...]

    def chain_after(self, message: Push) -> Chain:
        """The chain once `message` has been taken in. Raises ForkedError if the device's past is not the office's.

        A past that either side does not know any more (empty) is taken on trust, and so is that of programs which
        said a stamp instead of a chain.
        """
        mutations = message.mutations
        if not mutations:
            return self.chain
        known = [mutation for mutation in mutations if mutation.mid <= self.last]
        if mutations[-1].mid < self.last:
            return self.chain  # an old batch once more; the device compares what the answer says with its own chain
        past = message.after if _CHAIN.fullmatch(message.after) else ""
        before = EMPTY_CHAIN if mutations[0].mid == 1 else past
        here = chain_over(before, known) if before else ""
        if here and self.chain and here != self.chain:
            raise ForkedError
        here = here or self.chain
        return chain_over(here, mutations[len(known) :]) if here else ""

    def moves_of(self, mutations: Sequence[Mutation]) -> tuple[ScopeMove, ...]:
        """How heads moved by exactly these mutations, if they were the device's last batch."""
        if mutations and (mutations[0].mid, mutations[-1].mid) == (self.first, self.last):
            return self.moves
        return ()


def lock_place(connection: Connection, sender: Sender) -> Place:
    """The device's place, held by this transaction until it ends."""
    last, chain, effective, first, moves = connection.exec_driver_sql(_LOCK, sender.row).one()
    return Place(last, chain, effective, first, tuple(ScopeMove(*move) for move in moves))


def settle_place(connection: Connection, sender: Sender, place: Place, now_ms: int) -> None:
    """Let the device stand at `place`, heard of at `now_ms` (UTC ms)."""
    values = {
        "last": place.last,
        "chain": place.chain,
        "effective": place.effective,
        "first": place.first,
        "moves": msgspec.json.encode(place.moves).decode(),
        "now_ms": now_ms,
    }
    connection.exec_driver_sql(_SETTLE, {**sender.row, **values})
