"""What a client has agreed to, at any moment. Pure.

Consents are facts that several PCs write while apart; what counts follows from the facts alone, in whatever order they
arrive. A withdrawal holds against every later grant that a guide wrote down: only the client herself (a fact without a
guide, which head office files for her) opens it again (个人信息保护法 15, 消费者权益保护法 29, 广告法 43).

Between a withdrawal that a guide took down and a grant on her page the moment decides at which she said it, not the
order of arrival: a PC that was away brings an older withdrawal to no effect after a newer grant of her own, and a newer
withdrawal ends an older grant. A general grant leaves a withdrawal for one channel standing.

Statements over many clients say the same in SQL (`guide_app.store.standing_consents`); a test holds both together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from guide_app.protocol.records import Consent

Purpose = Literal["service", "marketing", "profiling", "sensitive", "child", "share"]
Channel = Literal["any", "wechat", "phone", "sms", "visit"]
Way = Literal["spoken", "paper", "scan"]
Standing = Literal["granted", "withdrawn", "unasked"]
ContactState = Literal["none", "one_to_one", "marketing", "refused"]

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
#: How a guide may take a consent down; the other ways of the wire (`page`, `office`) are head office's to file.
WAYS: tuple[Way, ...] = get_args(Way)
_PLACES: tuple[Channel, ...] = tuple(channel for channel in CHANNELS if channel != "any")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What holds for one purpose on one channel, and since which fact; `since` None where nobody has asked."""

    purpose: Purpose
    channel: Channel
    standing: Standing
    since: Consent | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All consents of a client on this PC, oldest first, and the contact state of her record."""

    client_id: str
    contact_state: ContactState
    facts: tuple[Consent, ...]

    def agreements(self, at_ms: int) -> tuple[Agreement, ...]:
        """What held at a moment, for each purpose and channel of which anything was said until then."""
        said = {(fact.purpose, fact.channel) for fact in self.facts if fact.at <= at_ms}
        return tuple(
            agreement(self.facts, purpose, channel, at_ms)
            for purpose in PURPOSES
            for channel in CHANNELS
            if (purpose, channel) in said
        )


def agreement(facts: Iterable[Consent], purpose: Purpose, channel: Channel, at_ms: int) -> Agreement:
    """What holds for a purpose on a channel at a moment (UTC ms, included).

    Facts for all channels count for each. The latest counts, except that after a withdrawal what a guide grants does
    not, and that after a withdrawal for this very channel a grant for all channels does not.
    """
    holding: Consent | None = None
    for fact in _in_order(facts):
        if fact.purpose != purpose or fact.channel not in (channel, "any") or fact.at > at_ms:
            continue
        if fact.granted and holding is not None and not holding.granted and not _reopens(fact, holding):
            continue
        if not fact.granted and holding is not None and not holding.granted and fact.channel == "any" != channel:
            continue  # the narrower or the earlier withdrawal stays the one that is named
        holding = fact
    standing: Standing = "unasked" if holding is None else "granted" if holding.granted else "withdrawn"
    return Agreement(purpose, channel, standing, holding)


def state_after(before: ContactState, facts: Iterable[Consent], new: Consent) -> ContactState:
    """The contact state once `new` has joined the facts. `refused` stays, whatever a guide writes down."""
    if before == "refused" or new.purpose not in ("service", "marketing"):
        return before
    known = (*facts, new)

    def granted(purpose: Purpose) -> bool:
        return any(agreement(known, purpose, channel, new.at).standing == "granted" for channel in CHANNELS)

    if new.purpose == "service" and not new.granted:
        gone = new.channel == "any" or all(
            agreement(known, "service", channel, new.at).standing == "withdrawn" for channel in _PLACES
        )
        return "refused" if gone else before
    if new.granted:
        counts = agreement(known, new.purpose, new.channel, new.at).since == new
        if not counts:
            return before
        return "marketing" if new.purpose == "marketing" or before == "marketing" else "one_to_one"
    if before != "marketing" or any(
        agreement(known, "marketing", channel, new.at).standing == "granted" for channel in _PLACES
    ):
        return before
    return "one_to_one" if granted("service") else "none"


def client_fields(before: ContactState, facts: Iterable[Consent], new: Consent) -> dict[str, Any]:
    """The fields of the client's record that follow `new`, as they are then."""
    after = state_after(before, facts, new)
    if new.purpose == "profiling":
        return {"no_profiling": not new.granted}
    if new.purpose not in ("service", "marketing"):
        return {}
    if after in ("none", "refused"):
        return {"contact_state": after, "consent_version": "", "consent_at": None}
    if new.granted:
        return {"contact_state": after, "consent_version": new.version, "consent_at": new.at}
    return {"contact_state": after}


def _reopens(grant: Consent, withdrawal: Consent) -> bool:
    """Whether a grant counts after a withdrawal: hers alone, and not a general one after a narrow withdrawal."""
    return grant.guide_id is None and (grant.channel != "any" or withdrawal.channel == "any")


def _in_order(facts: Iterable[Consent]) -> list[Consent]:
    """By moment; of the same moment a withdrawal is last, so that it counts."""
    return sorted(facts, key=lambda fact: (fact.at, not fact.granted, fact.id))
