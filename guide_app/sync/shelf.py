"""Which pictures are worth their room: the order in which they come, and which of them go when room runs out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guide_app.base.clock import DAY_MS
from guide_app.sync.blobs import Held

#: Room for pictures unless the setting says otherwise (bytes): some 10,000 of the usual size.
DEFAULT_BUDGET = 2 << 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that a product names; `no` grows with each new product."""

    sha256: str
    on_sale: bool
    no: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture to fetch; `above` are the bytes here of those that are more useful."""

    sha256: str
    above: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch, most useful first, and what to take out, for a budget in bytes."""

    fetch: tuple[Wish, ...]
    drop: tuple[str, ...]
    budget: int


def in_order(
    wanted: Iterable[Wanted], wishes: Sequence[str], held: Mapping[str, Held], now_ms: int
) -> list[str]:  # fmt: skip
    """Names by use to the guide at `now_ms` (UTC).

    First what she looks for now; then what she looked at within a day, then the others: in both, what is on sale before
    what is not any more, what she looked at last before the rest, the newest products first.
    """
    ranks: dict[str, tuple[bool, bool, int, int]] = {}
    for one in wanted:
        shown = held[one.sha256].shown_ms if one.sha256 in held else 0
        rank = (shown <= now_ms - DAY_MS, not one.on_sale, -shown, -one.no)
        ranks[one.sha256] = min(rank, ranks.get(one.sha256, rank))
    first = [sha for sha in dict.fromkeys(wishes) if sha in ranks]
    ahead = set(first)
    return first + sorted((sha for sha in ranks if sha not in ahead), key=ranks.__getitem__)


def plan(order: Sequence[str], held: Mapping[str, Held], budget: int) -> Plan:
    """A picture is worth its room as long as the more useful ones, together, have fewer bytes than `budget`.

    So nothing is fetched that would be taken out again; the budget may be exceeded by one picture. Pictures that no
    product names go first.
    """
    fetch: list[Wish] = []
    drop: list[str] = []
    used = 0
    for sha in order:
        here = held.get(sha)
        if here is None:
            if used < budget:
                fetch.append(Wish(sha, used))
        elif used < budget:
            used += here.size
        else:
            drop.append(sha)
    strangers = held.keys() - set(order)
    return Plan(tuple(fetch), tuple(drop + _beyond(strangers, held, budget - used)), budget)


def _beyond(strangers: Iterable[str], held: Mapping[str, Held], spare: int) -> list[str]:
    """Of pictures without a product those that do not fit into what is left, the longest unseen first to go."""
    gone: list[str] = []
    for sha in sorted(strangers, key=lambda sha: (-held[sha].shown_ms, sha)):
        spare -= held[sha].size
        if spare < 0:
            gone.append(sha)
    return gone
