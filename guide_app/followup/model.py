"""Whom to contact today and why: honest rules, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from guide_app.base.clock import DAY_MS
from guide_app.base.phrase import Phrase
from guide_app.followup.contact import DAILY_BUDGET

#: A client contacted within this many days is left alone, whoever contacted her, unless a promise is due.
REST_DAYS = 7


class Cause(IntEnum):
    """Why a client stands on today's list, the most pressing first."""

    PROMISE = 0
    STEP = 1
    WELCOME = 2
    BIRTHDAY = 3
    DATE = 4
    CLAIMED = 5
    RESTOCKED = 6
    SCANNED = 7
    EXPIRING = 8
    CARE = 9
    OVERDUE = 10


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact that speaks for contacting a client. `weight` orders signals of the same cause (greater first).

    `key` is the cause as it is kept with the task once she has been contacted; a promise is a task (`task_id`) itself.
    """

    client_id: str
    cause: Cause
    reason: Phrase
    weight: float = 0.0
    product_id: str | None = None
    task_id: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the list: a client, why, and what to do first. `reasons` holds every fact, the decisive one first.

    `keys` are the causes that a contact answers, the decisive one first; `FollowupService.handle` keeps them.
    """

    client_id: str
    name: str
    tags: tuple[str, ...]
    total_fen: int
    cause: Cause
    reasons: tuple[Phrase, ...]
    product_id: str | None
    task_id: str | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules must know of a client to decide whether she may be contacted.

    `resting`: contacted so often that head office's limit leaves no room today.
    """

    client_id: str
    name: str
    tags: tuple[str, ...]
    total_fen: int
    contact_state: str
    no_profiling: bool
    last_contact_ms: int
    resting: bool = False


#: Causes that serve what a client asked for or bought; all others are marketing to one who has objected to it.
ASKED_FOR = frozenset({Cause.PROMISE, Cause.RESTOCKED, Cause.CARE})

#: Causes that come from looking at a client's behaviour; a client who asked not to be profiled has none of them.
_PROFILING = frozenset({Cause.OVERDUE, Cause.CARE, Cause.SCANNED})


def choose(
    signals: Iterable[Signal], candidates: dict[str, Candidate], now_ms: int, budget: int = DAILY_BUDGET
) -> list[Suggestion]:
    """Today's list: the most pressing cause first, then weight, then value; beyond due promises at most `budget`.

    Promises are kept whatever the budget, and count in it. Left out: clients who refused contact, clients contacted
    within REST_DAYS or as often as the limit allows (unless a promise is due), and signals from behaviour for clients
    who asked not to be profiled (个人信息保护法 art. 24).
    """
    by_client: dict[str, list[Signal]] = {}
    for signal in signals:
        client = candidates.get(signal.client_id)
        if client is not None and _allowed(signal, client, now_ms):
            by_client.setdefault(signal.client_id, []).append(signal)
    ranked: list[tuple[tuple[float, ...], Suggestion]] = []
    for client_id, found in by_client.items():
        found.sort(key=lambda s: (s.cause, -s.weight))
        client, first = candidates[client_id], found[0]
        reasons = _distinct(found)
        suggestion = Suggestion(
            client_id, client.name, client.tags, client.total_fen, first.cause, reasons, first.product_id,
            first.task_id, tuple(dict.fromkeys(s.key for s in found if s.key)),
        )  # fmt: skip
        ranked.append(((first.cause, -first.weight, -client.total_fen), suggestion))
    ranked.sort(key=lambda pair: (pair[0], pair[1].client_id))
    promised = sum(suggestion.cause == Cause.PROMISE for _, suggestion in ranked)
    return [suggestion for _, suggestion in ranked[: max(budget, promised)]]


def _distinct(signals: list[Signal]) -> tuple[Phrase, ...]:
    by_text = {str(signal.reason): signal.reason for signal in signals}
    return tuple(by_text.values())


def _allowed(signal: Signal, client: Candidate, now_ms: int) -> bool:
    if client.contact_state == "refused":
        return False
    if client.no_profiling and signal.cause in _PROFILING:
        return False
    rested = now_ms - client.last_contact_ms >= REST_DAYS * DAY_MS and not client.resting
    return rested or signal.cause == Cause.PROMISE


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of 待办. Times are UTC ms."""

    id: str
    kind: str
    title: str
    body: str
    origin: str
    client_id: str | None
    client_name: str
    due_at: int | None
    status: str
    urged: bool
    result: str = ""
    cause: str = ""
