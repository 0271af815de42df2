"""Messages that guides of the demo sent with scripts in two texts, and what was answered: simulated, as all here is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from guide_app.base.clock import DAY_MS
from guide_app.protocol import records as wire
from head_office.demo.model import Client, Script
from head_office.demo.rng import make_id, stream

#: How many clients of a store were written to with each pair of texts; more than ranking asks for.
_EACH: Final = 56
#: The latest message is so many days old, so that nobody is kept off today's list by one.
_LATEST: Final = 12
#: Of so many messages one was answered, by variant.
_ANSWERED: Final = {"A": 6, "B": 3}
_HOUR_MS: Final = 3_600_000


def told_messages(
    clients: Sequence[Client], scripts: Sequence[Script], now_ms: int
) -> Iterator[tuple[str | None, wire.Note]]:
    """Notes by store, as of `now_ms` (UTC ms); the same arguments give the same notes."""
    rng = stream("told messages")
    pairs = [(first, second) for second in scripts for first in scripts if second.variant_of == first.id]
    for store_id in dict.fromkeys(client.store_id for client in clients):
        known = [c for c in clients if c.store_id == store_id and c.created_at <= now_ms - (_LATEST + _EACH) * DAY_MS]
        open_to = [client for client in known if client.contact_state in ("one_to_one", "marketing")]
        for turn, pair in enumerate(pairs):
            for n, client in enumerate(open_to[turn * _EACH : (turn + 1) * _EACH]):
                script = pair[n % 2]
                at = now_ms - (_LATEST + n) * DAY_MS - turn * _HOUR_MS
                told = wire.Note(
                    id=make_id(rng, at), client_id=client.id, guide_id=client.primary_guide_id, kind="message",
                    body=f"话术「{script.title}」{script.variant}", at=at, script_id=script.id,
                )  # fmt: skip
                yield store_id, told
                if n // 2 % _ANSWERED[script.variant] == 0:
                    later = at + 2 * _HOUR_MS
                    yield (
                        store_id,
                        wire.Note(
                            id=make_id(rng, later), client_id=client.id, guide_id=client.primary_guide_id,
                            kind="reply", body="谢谢, 周末去看看。", at=later,
                        ),
                    )  # fmt: skip
