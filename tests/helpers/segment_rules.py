"""Random rules, and a plain evaluation of them that knows no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_datetime
from guide_app.privacy.model import Purpose, agreement
from guide_app.protocol.records import Consent
from guide_app.segments import model as m

SIZES, COLOURS = ("37", "38"), ("黑色", "米色")
CATEGORIES = ("女鞋", "女鞋/乐福鞋", "女鞋/小白鞋", "女鞋子", "男鞋")
TAGS = (("等级", "金卡"), ("等级", "银卡"), ("风格", "通勤"), ("", "老客"))
_BETWEEN = ("days_since_purchase", "days_since_contact", "days_known")
_CONTACTS = {"contact": ("call", "message"), "call": ("call",), "message": ("message",), "visit": ("visit",),
             "reply": ("reply",)}  # fmt: skip


@dataclass
class Person:
    """All that a rule may look at, of one client. Events are (name, at); pieces (category, product, size, colour,
    at, qty, for others); notes (kind, at, words, private); consents in any order;
    tags (group, name, until, private to)."""

    id: str
    fields: Mapping[str, Any]
    receipts: Sequence[tuple[str, int, int]] = ()
    pieces: Sequence[tuple[str, str, str, str, int, int, bool]] = ()
    notes: Sequence[tuple[str, int, str, bool]] = ()
    shares: Sequence[int] = ()
    opened: Sequence[tuple[str, int]] = ()
    tags: Sequence[tuple[str, str, int | None, str | None]] = ()
    consents: Sequence[Consent] = ()
    lists: frozenset[str] = field(default_factory=frozenset)


def fits(rule: m.Rule, who: Person, now: int, viewer: str) -> bool:  # noqa: C901, PLR0911, PLR0912 - one case a condition
    match rule:
        case m.All(parts):
            return all(fits(part, who, now, viewer) for part in parts)
        case m.Some(parts):
            return any(fits(part, who, now, viewer) for part in parts)
        case m.Not(part):
            return not fits(part, who, now, viewer)
        case m.Field(name, values):
            return (who.fields.get(name) or "") in values
        case m.Flag("has_phone"):
            return bool(who.fields.get("phone"))
        case m.Flag("has_wechat"):
            return bool(who.fields.get("wechat"))
        case m.Flag("has_birthday"):
            return bool(who.fields.get("birth_month") and who.fields.get("birth_day"))
        case m.Flag(name):
            return bool(who.fields.get(name))
        case m.Figure(name, low, high):
            value = _figure(name, who, now)
            return value is not None and (low is None or value >= low) and (high is None or value <= high)
        case m.Tagged(name, group):
            return any(
                (not name or name == has) and (not group or group == at)
                for at, has, until, private in who.tags
                if (until is None or until > now) and private in (None, viewer)
            )
        case m.Bought():
            return _kept_pieces(rule, who, now) >= rule.times
        case m.Event(name, days, times, hours):
            since = 0 if days is None else now - days * DAY_MS
            return sum(at > since and _within(at, hours) for at in _moments(name, who)) >= times
        case m.Said(word, days):
            since = 0 if days is None else now - days * DAY_MS
            return any(
                kind in ("note", "reply") and not private and word.lower() in body.lower() and at > since
                for kind, at, body, private in who.notes
            )
        case m.Consented(purpose):
            return _consents(purpose, who, now)
        case m.Listed(segment_id):
            return segment_id in who.lists


def _within(at: int, hours: tuple[int, int] | None) -> bool:
    if hours is None:
        return True
    first, until = hours
    counted = [*range(first, until)] if first < until else [*range(first, 24), *range(until)]
    return china_datetime(at).hour in counted


def _figure(name: str, who: Person, now: int) -> int | None:  # noqa: PLR0911 - one case for each figure
    sales = [at for kind, at, _ in who.receipts if kind == "sale"]
    total = sum(fen for _, _, fen in who.receipts)
    if name == "orders":
        return len(sales)
    if name == "total_fen":
        return total
    if name == "average_fen":
        return total // len(sales) if sales else None
    if name == "birth_month":
        month = who.fields.get("birth_month")
        return None if month is None else int(month)
    if name == "left_percent":
        return None  # nothing was learnt from so small a book
    if name == "rhythm_percent":
        first, latest = min((at for _, at, _ in who.receipts), default=0), max(sales, default=0)
        known = len(sales) > 1 and latest > first and not who.fields.get("no_profiling")
        return (now - latest) * 100 * (len(sales) - 1) // (latest - first) if known else None
    last = {
        "days_since_purchase": max(sales, default=0),
        "days_since_contact": max(_moments("contact", who), default=0),
        "days_known": int(who.fields["created_at"]),
    }[name]
    return (now - last) // DAY_MS if last else None


def _moments(name: str, who: Person) -> list[int]:
    found = [at for kind, at, _, _ in who.notes if kind in _CONTACTS.get(name, ())]
    if name in ("contact", "share"):
        found += who.shares
    return found + [at for kind, at in who.opened if kind == name]


def _kept_pieces(rule: m.Bought, who: Person, now: int) -> int:
    since = 0 if rule.within_days is None else now - rule.within_days * DAY_MS
    found = [
        qty
        for category, product, size, colour, at, qty, others in who.pieces
        if (not rule.category or category == rule.category or category.startswith(rule.category + "/"))
        and rule.product_id in ("", product)
        and (not rule.size or (size == rule.size and not others))
        and rule.colour in ("", colour)
        and at > since
    ]
    return sum(found) if found else 0


def _consents(purpose: str, who: Person, now: int) -> bool:
    state = who.fields["contact_state"]
    standing = agreement(who.consents, cast("Purpose", purpose), "any", now).standing
    if state == "refused" or standing == "withdrawn":
        return False
    allowed = {
        "marketing": state == "marketing", "service": state in ("one_to_one", "marketing"),
        "profiling": not who.fields["no_profiling"],
    }  # fmt: skip
    return bool(allowed.get(purpose, standing == "granted"))


def rules(products: Sequence[str] = ("p",), lists: Sequence[str] = ("s",)) -> st.SearchStrategy[m.Rule]:
    """Rules of every condition, up to a few levels deep."""
    days = st.none() | st.integers(1, 400)
    times = st.integers(1, 3)
    values = {
        "sex": ("", "female", "male"), "contact_state": ("none", "one_to_one", "marketing", "refused"),
        "shoe_size": ("", *SIZES), "flag": ("", "complaint"), "primary_guide_id": ("",),
    }  # fmt: skip
    fields = st.sampled_from(sorted(values)).flatmap(
        lambda name: st.builds(
            m.Field, st.just(name), st.lists(st.sampled_from(values[name]), min_size=1, max_size=2).map(tuple)
        )
    )
    leaf = st.one_of(
        fields,
        st.builds(m.Flag, st.sampled_from(m.FLAGS)),
        _figures(),
        st.sampled_from([*(m.Tagged(name, group) for group, name in TAGS), m.Tagged("金卡"), m.Tagged(group="等级")]),
        st.builds(
            m.Bought, category=st.sampled_from(("", *CATEGORIES)), product_id=st.sampled_from(("", *products)),
            size=st.sampled_from(("", *SIZES)), colour=st.sampled_from(("", *COLOURS)), within_days=days, times=times,
        ),
        st.builds(m.Event, st.sampled_from(m.EVENTS), days, times, st.none() | _hours()),
        st.builds(m.Said, st.sampled_from(("靴", "sale", "说了话")), days),
        st.builds(m.Consented, st.sampled_from(m.PURPOSES)),
        st.builds(m.Listed, st.sampled_from(lists)),
    )  # fmt: skip
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(m.All, st.lists(part, max_size=3).map(tuple)),
            st.builds(m.Some, st.lists(part, max_size=3).map(tuple)),
            st.builds(m.Not, part),
        ),
        max_leaves=6,
    )


def _hours() -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, 23), st.integers(0, 24)).filter(lambda hours: hours[0] != hours[1])


def _figures() -> st.SearchStrategy[m.Rule]:
    most = {"orders": 4, "birth_month": 12, **dict.fromkeys(_BETWEEN, 400)}

    def of(name: str) -> st.SearchStrategy[m.Rule]:
        ends = st.tuples(*[st.none() | st.integers(0, most.get(name, 200_000))] * 2).filter(
            lambda ends: ends != (None, None) and (None in ends or ends[0] <= ends[1])
        )
        return ends.map(lambda pair: m.Figure(name, *pair))

    return st.sampled_from(m.FIGURES).flatmap(of)
