"""Trade words' part in a push: the commands they carry out, what follows when records arrive, who was erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guide_app.protocol.messages import Mutation
from head_office.feed.decide import Refusal
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter


@dataclass(frozen=True, slots=True)
class Commanded:
    """What became of a command: refused for a reason or done, the records it touched, and values that do not stand."""

    refused: Refusal | None = None
    touched: tuple[Key, ...] = ()
    duplicate: bool = False
    lost: Mapping[str, Any] = field(default_factory=dict)


Command = Callable[[FeedWriter, Mutation], Commanded]
Arrival = Callable[[FeedWriter, Sequence[Key]], None]
#: Of these clients of a store (its id), those whom the law has had erased, however long ago.
Erased = Callable[[Connection, str, Iterable[str]], set[str]]


def nobody_erased(_connection: Connection, _store_id: str, _client_ids: Iterable[str]) -> set[str]:
    """For offices that keep no memory of erasures beyond the tombstones."""
    return set()


@dataclass(frozen=True, slots=True)
class PushRules:
    """`commands` by name; `arrivals` by kind, told of records that came or changed; `erased` remembers for good."""

    commands: Mapping[str, Command] = field(default_factory=dict)
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    erased: Erased = nobody_erased
