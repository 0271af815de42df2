"""Which pictures are worth their room: the order in which they come, and which of them go when room runs out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
class Plan:
    """What to fetch, most useful first, what to take out, and how many bytes the pictures worth keeping have."""

    fetch: tuple[str, ...]
    drop: tuple[str, ...]
    kept_bytes: int


def in_order(wanted: Iterable[Wanted], wishes: Sequence[str], held: Mapping[str, Held]) -> list[str]:
    """Names by use to the guide: what she looks for now, then what is on sale, then the rest.

    In both, what she looked at last comes first, then the newest.
    """
    ranks: dict[str, tuple[bool, int, int]] = {}
    for one in wanted:
        shown = held[one.sha256].shown_ms if one.sha256 in held else 0
        rank = (not one.on_sale, -shown, -one.no)
        ranks[one.sha256] = min(rank, ranks.get(one.sha256, rank))
    first = [sha for sha in dict.fromkeys(wishes) if sha in ranks]
    ahead = set(first)
    return first + sorted((sha for sha in ranks if sha not in ahead), key=ranks.__getitem__)


def plan(order: Sequence[str], held: Mapping[str, Held], budget: int) -> Plan:
    """A picture is worth its room as long as the more useful ones, together, have fewer bytes than `budget`.

    The rule never fetches what it would take out again; it may exceed the budget by one picture. Pictures that no
    product names go first.
    """
    fetch: list[str] = []
    worth: set[str] = set()
    used = 0
    for sha in order:
        if used >= budget:
            break
        worth.add(sha)
        if sha in held:
            used += held[sha].size
        else:
            fetch.append(sha)
    strangers = held.keys() - set(order)
    spare = max(0, budget - used)
    return Plan(tuple(fetch), tuple(_excess(order, worth, held) + _beyond(strangers, held, spare)), used)


def _excess(order: Sequence[str], worth: set[str], held: Mapping[str, Held]) -> list[str]:
    return [sha for sha in order if sha in held and sha not in worth]


def _beyond(strangers: Iterable[str], held: Mapping[str, Held], spare: int) -> list[str]:
    """Of pictures without a product those that do not fit into what is left, the longest unseen first to go."""
    gone: list[str] = []
    for sha in sorted(strangers, key=lambda sha: (-held[sha].shown_ms, sha)):
        spare -= held[sha].size
        if spare < 0:
            gone.append(sha)
    return gone
