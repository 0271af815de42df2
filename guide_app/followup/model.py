"""Whom to contact today and why: honest rules, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

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
    FIRST_DAY = 5
    CLAIMED = 6
    RESTOCKED = 7
    SCANNED = 8
    EXPIRING = 9
    WARRANTY = 10
    CARE = 11
    OVERDUE = 12
    INTIMATE = 13


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact that speaks for contacting a client. `weight` orders signals of the same cause (greater first).

    `key` is the cause as it is kept with the task once she has been contacted; a promise is a task (`task_id`) itself.
    `scenes` say which scripts fit, the best first; empty for those of the cause (`SCENES`).
    """

    client_id: str
    cause: Cause
    reason: Phrase
    weight: float = 0.0
    product_id: str | None = None
    task_id: str | None = None
    key: str = ""
    scenes: tuple[str, ...] = ()
    script_id: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the list: a client, why, and what to do first. `reasons` holds every fact, the decisive one first.

    `keys` are the causes that a contact answers, the decisive one first; `FollowupService.handle` keeps them.
    `script_id` is the script that fits the decisive reason, `coupon_template_id` the coupon that head office gives for
    it, or of which she is reminded; `order_fen` and `chance` are what the contact is likely to bring
    (`guide_app.followup.gain`).
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
    scenes: tuple[str, ...] = ()
    script_id: str | None = None
    coupon_template_id: str | None = None
    order_fen: int = 0
    chance: float = 0.0

    @property
    def gain_fen(self) -> int:
        """What the contact is likely to bring: an order times its chance, in whole fen."""
        return round(self.order_fen * self.chance)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules must know of a client to decide whether she may be contacted.

    `resting`: contacted so often that head office's limit leaves no room today. `order_fen` is what she usually spends
    on an order, the store's mean if she has not bought yet.
    """

    client_id: str
    name: str
    tags: tuple[str, ...]
    total_fen: int
    contact_state: str
    no_profiling: bool
    last_contact_ms: int
    resting: bool = False
    order_fen: int = 0


#: Share of contacts that end in a sale, as the house estimates it before a store has results of its own.
ESTIMATED: Mapping[Cause, float] = MappingProxyType({
    Cause.PROMISE: 0.5, Cause.STEP: 0.1, Cause.WELCOME: 0.06, Cause.BIRTHDAY: 0.12, Cause.DATE: 0.08,
    Cause.FIRST_DAY: 0.06, Cause.CLAIMED: 0.3, Cause.RESTOCKED: 0.35, Cause.SCANNED: 0.15, Cause.EXPIRING: 0.2,
    Cause.WARRANTY: 0.04, Cause.CARE: 0.05, Cause.OVERDUE: 0.1,
    Cause.INTIMATE: 0.15,
})  # fmt: skip

#: Scenes of head office's script library by cause, the best first.
SCENES: Mapping[Cause, tuple[str, ...]] = MappingProxyType({
    Cause.WELCOME: ("新客 24 小时",), Cause.BIRTHDAY: ("生日",), Cause.FIRST_DAY: ("首购纪念",),
    Cause.CLAIMED: ("优惠券到期", "发券"), Cause.RESTOCKED: ("到货通知",), Cause.SCANNED: ("上新",),
    Cause.EXPIRING: ("优惠券到期", "发券"), Cause.WARRANTY: ("保修到期",), Cause.OVERDUE: ("沉睡唤醒",),
})  # fmt: skip

#: Causes that serve what a client asked for or bought; all others are marketing to one who has objected to it.
ASKED_FOR = frozenset({Cause.PROMISE, Cause.RESTOCKED, Cause.WARRANTY, Cause.CARE})

#: Causes that come from looking at a client's behaviour; a client who asked not to be profiled has none of them.
_PROFILING = frozenset({Cause.OVERDUE, Cause.CARE, Cause.SCANNED, Cause.FIRST_DAY})


def choose(
    signals: Iterable[Signal],
    candidates: dict[str, Candidate],
    now_ms: int,
    budget: int = DAILY_BUDGET,
    *,
    odds: Mapping[Cause, float] = ESTIMATED,
    welcomes: int | None = None,
) -> list[Suggestion]:
    """Today's list: due promises first, then by what a contact is likely to bring; beyond promises at most `budget`.

    Promises are kept whatever the budget, and count in it. `odds` are the chances of a sale by cause; at most
    `welcomes` clients stand there just because they are new. Left out: clients who refused contact, clients contacted
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
        suggestion = _suggestion(candidates[client_id], found, odds)
        ranked.append((_rank(suggestion, found[0]), suggestion))
    ranked.sort(key=lambda pair: (pair[0], pair[1].client_id))
    listed = [suggestion for _, suggestion in ranked]
    if welcomes is not None:
        over = [s.client_id for s in listed if s.cause == Cause.WELCOME][welcomes:]
        listed = [s for s in listed if s.client_id not in set(over)]
    promised = sum(suggestion.cause == Cause.PROMISE for suggestion in listed)
    return listed[: max(budget, promised)]


def _suggestion(client: Candidate, found: list[Signal], odds: Mapping[Cause, float]) -> Suggestion:
    """One line for all facts about a client, the most pressing first; the best chance among them is hers."""
    first = found[0]
    return Suggestion(
        client.client_id, client.name, client.tags, client.total_fen, first.cause, _distinct(found), first.product_id,
        first.task_id, tuple(dict.fromkeys(s.key for s in found if s.key)),
        scenes=first.scenes or SCENES.get(first.cause, ()), script_id=first.script_id,
        order_fen=max(0, client.order_fen), chance=max(odds[signal.cause] for signal in found),
    )  # fmt: skip


def _rank(suggestion: Suggestion, first: Signal) -> tuple[float, ...]:
    promised = suggestion.cause == Cause.PROMISE
    gain = 0.0 if promised else -suggestion.order_fen * suggestion.chance
    return (not promised, gain, first.cause, -first.weight, -suggestion.total_fen)


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
