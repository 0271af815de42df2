"""Makes one parameterised condition of a rule, over `client c JOIN client_figure f`.

Every value travels as a bound parameter. Every condition is true or false, never NULL, so that `not` is the opposite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide_app.base.clock import DAY_MS
from guide_app.segments import model as m
from guide_app.segments.rhythm import WEEK_MS, Model
from guide_app.store.codec import json_list
from guide_app.store.copied_shares import COPIED_SHARE
from guide_app.store.shown_tags import SHOWN_TAGS
from guide_app.store.standing_consents import STANDS

_CONTACT_NOTES = "('call', 'message')"
LAST_CONTACT = f"""max(
    coalesce((SELECT max(n.at) FROM note n WHERE n.client_id = c.id AND n.kind IN {_CONTACT_NOTES}), 0),
    coalesce((SELECT max(share.at) FROM share WHERE share.client_id = c.id AND NOT {COPIED_SHARE}), 0))"""

#: Moments since which days are counted; 0 is never.
_MOMENTS = {
    "days_since_purchase": "f.last_at",
    "days_since_contact": LAST_CONTACT,
    "days_known": "c.created_at",
}
#: Whole percent of her usual interval that has passed; NULL below two receipts and for who asked not to be profiled.
RHYTHM = """CASE WHEN f.orders > 1 AND f.last_at > f.first_at AND NOT c.no_profiling
    THEN (:now - f.last_at) * 100 * (f.orders - 1) / (f.last_at - f.first_at) END"""
_NUMBERS = {
    "orders": "f.orders",
    "total_fen": "f.total_fen",
    "birth_month": "c.birth_month",
    "rhythm_percent": f"({RHYTHM})",
}
#: Odds that she left (Fader, Hardie, Lee 2005), by the store's model.
_LEFT_ODDS = f"""({{a}} / ({{b}} + f.orders - 2) * power(
    ({{alpha}} + (:now - f.first_at) / {WEEK_MS}.0) / ({{alpha}} + (f.last_at - f.first_at) / {WEEK_MS}.0),
    {{r}} + f.orders - 1))"""
_WHOLE = 100

_FLAGS = {
    "starred": "c.starred",
    "no_profiling": "c.no_profiling",
    "has_phone": "c.phone <> ''",
    "has_wechat": "c.wechat <> ''",
    "has_birthday": "(c.birth_month IS NOT NULL AND c.birth_day IS NOT NULL)",
}

#: (client_id, at) of each event.
_EVENTS = {
    "contact": f"""SELECT client_id, at FROM note WHERE kind IN {_CONTACT_NOTES}
        UNION ALL SELECT client_id, at FROM share WHERE NOT {COPIED_SHARE}""",
    "call": "SELECT client_id, at FROM note WHERE kind = 'call'",
    "message": "SELECT client_id, at FROM note WHERE kind = 'message'",
    "visit": "SELECT client_id, at FROM note WHERE kind = 'visit'",
    "reply": "SELECT client_id, at FROM note WHERE kind = 'reply'",
    "share": "SELECT client_id, at FROM share",
    "scan": "SELECT client_id, at FROM share_event WHERE kind = 'scan'",
    "claim": "SELECT client_id, at FROM share_event WHERE kind = 'claim'",
    "redeemed": "SELECT client_id, coalesce(redeemed_at, claimed_at) AS at FROM coupon WHERE status = 'redeemed'",
    # Who was given a coupon has held it since then, however long ago its giver claimed it.
    "held_coupon": """SELECT client_id, coalesce(given_at, claimed_at) AS at FROM coupon
        WHERE status = 'claimed' AND valid_from <= :now AND (valid_until = 0 OR valid_until > :now)""",
    "open_wish": "SELECT client_id, at FROM wish WHERE state = 'open'",
}

#: What her record caps, whatever was written down: head office lowers the state when she withdraws on her page, and a
#: guide who sets it back to one-to-one writes no withdrawal. Where nothing was written it is all there is.
_CAPS = {
    "service": "c.contact_state IN ('one_to_one', 'marketing')",
    "marketing": "c.contact_state = 'marketing'",
    "profiling": "NOT c.no_profiling",
}

# The hour of the business day, Asia/Shanghai: eight hours ahead all year.
_HOUR = "((at + 28800000) / 3600000 % 24)"

_FOR_OTHERS = "SELECT purchase_line_id FROM bought_for WHERE purchase_line_id IS NOT NULL"
# Pieces of a return are negative.
_KEPT_PIECES = "sum(l.qty)"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and its parameters; `:now` and `:viewer` are among them."""

    sql: str
    params: Mapping[str, Any]


def compile_rule(
    rule: m.Rule, now_ms: int, viewer: str | None, prefix: str = "p", model: Model | None = None
) -> Condition:
    """The condition of `rule` at `now_ms` (UTC ms), as `viewer` (guide id) may see tags.

    `prefix` begins the names of parameters, so that two conditions can stand in one statement. `model` says who left;
    without one nobody is known to have left or stayed.
    """
    maker = _Maker(now_ms, prefix, model)
    sql = maker.node(rule)
    return Condition(sql, {"now": now_ms, "viewer": viewer, **maker.params})


class _Maker:
    def __init__(self, now_ms: int, prefix: str, model: Model | None) -> None:
        self._now = now_ms
        self._model = model
        self._prefix = prefix
        self.params: dict[str, Any] = {}

    def node(self, rule: m.Rule) -> str:  # noqa: C901, PLR0911 - one case for each kind of condition
        match rule:
            case m.All(parts):
                return self._joined(parts, " AND ", "1")
            case m.Some(parts):
                return self._joined(parts, " OR ", "0")
            case m.Not(part):
                return f"(NOT {self.node(part)})"
            case m.Field(name, values):
                return f"(coalesce(c.{_known(name, m.TEXT_FIELDS)}, '') IN {self._among(values)})"
            case m.Flag(name):
                return f"({_FLAGS[name]})"
            case m.Figure():
                return self._figure(rule)
            case m.Tagged(name, group):
                return self._tagged(name, group)
            case m.Bought():
                return self._bought(rule)
            case m.Event():
                return self._event(rule)
            case m.Said(word, days):
                since = "" if days is None else f" AND at > {self._days_ago(days)}"
                return f"""(c.id IN (SELECT client_id FROM note WHERE client_id IS NOT NULL AND NOT private
                    AND kind IN ('note', 'reply') AND instr(lower(body), lower({self._bind(word)})) > 0{since}))"""
            case m.Consented(purpose):
                return self._consented(purpose)
            case m.Listed(segment_id):
                return f"""(c.id IN (SELECT client_id FROM segment_member
                    WHERE segment_id = {self._bind(segment_id)} AND client_id IS NOT NULL))"""

    def _joined(self, parts: tuple[m.Rule, ...], word: str, empty: str) -> str:
        return "(" + (word.join(map(self.node, parts)) or empty) + ")"

    def _event(self, event: m.Event) -> str:
        asked = ["client_id IS NOT NULL"]
        if event.within_days is not None:
            asked.append(f"at > {self._days_ago(event.within_days)}")
        if event.hours is not None:
            first, last = event.hours
            word = "AND" if first < last else "OR"
            asked.append(f"({_HOUR} >= {self._bind(first)} {word} {_HOUR} < {self._bind(last)})")
        having = "" if event.times == 1 else f" GROUP BY client_id HAVING count(*) >= {self._bind(event.times)}"
        return f"(c.id IN (SELECT client_id FROM ({_EVENTS[event.name]}) WHERE {' AND '.join(asked)}{having}))"

    def _figure(self, figure: m.Figure) -> str:
        low, high = figure.at_least, figure.at_most
        if figure.name == "left_percent":
            return self._left(low, high)
        if figure.name in _MOMENTS:
            moment = _MOMENTS[figure.name]
            asked = [f"{moment} > 0"]
            asked += [] if low is None else [f"{moment} <= {self._days_ago(low)}"]
            asked += [] if high is None else [f"{moment} > {self._days_ago(high + 1)}"]
        elif figure.name == "average_fen":
            asked = ["f.orders > 0"]
            asked += [] if low is None else [f"f.total_fen >= {self._bind(low)} * f.orders"]
            asked += [] if high is None else [f"f.total_fen < {self._bind(high + 1)} * f.orders"]
        else:
            number = _NUMBERS[figure.name]
            asked = [f"{number} IS NOT NULL"]
            asked += [] if low is None else [f"{number} >= {self._bind(low)}"]
            asked += [] if high is None else [f"{number} <= {self._bind(high)}"]
        return f"({' AND '.join(asked)})"

    def _left(self, low: int | None, high: int | None) -> str:
        if self._model is None:
            return "(0)"
        bound = {name: self._bind(getattr(self._model.params, name)) for name in ("a", "b", "alpha", "r")}
        odds = _LEFT_ODDS.format(**bound)
        asked = ["f.orders > 1", "NOT c.no_profiling"]
        # In whole percent, rounded down as `rhythm.percent` does: nobody stands at 100.
        asked += [] if low is None else ["0" if low >= _WHOLE else f"{odds} >= {self._bind(_odds(low))}"]
        asked += [] if high is None or high >= _WHOLE - 1 else [f"{odds} < {self._bind(_odds(high + 1))}"]
        return f"({' AND '.join(asked)})"

    def _tagged(self, name: str, group: str) -> str:
        asked = [] if not name else [f"name = {self._bind(name)}"]
        asked += [] if not group else [f'"group" = {self._bind(group)}']
        return f"(c.id IN (SELECT client_id FROM {SHOWN_TAGS} WHERE {' AND '.join(asked)}))"

    def _bought(self, rule: m.Bought) -> str:
        asked = ["p.client_id IS NOT NULL"]
        if rule.category:
            category = self._bind(rule.category)
            # Products first: they are few, and their lines are found by index.
            asked.append(f"""l.product_id IN (SELECT g.id FROM product g WHERE g.category = {category}
                OR substr(g.category, 1, length({category}) + 1) = {category} || '/')""")
        if rule.product_id:
            asked.append(f"l.product_id = {self._bind(rule.product_id)}")
        if rule.size:
            # What was bought for somebody else says nothing of her own size.
            asked += [f"l.size = {self._bind(rule.size)}", f"l.id NOT IN ({_FOR_OTHERS})"]
        if rule.colour:
            asked.append(f"l.colour = {self._bind(rule.colour)}")
        if rule.within_days is not None:
            asked.append(f"p.at > {self._days_ago(rule.within_days)}")
        return f"""(c.id IN (SELECT p.client_id FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id
            WHERE {" AND ".join(asked)}
            GROUP BY p.client_id HAVING {_KEPT_PIECES} >= {self._bind(rule.times)}))"""

    def _consented(self, purpose: str) -> str:
        stands = f"""SELECT {STANDS} FROM consent
            WHERE client_id = c.id AND channel = 'any' AND purpose = {self._bind(purpose)}"""
        unwritten = int(purpose in _CAPS)
        return f"(c.contact_state <> 'refused' AND {_CAPS.get(purpose, '1')} AND coalesce(({stands}), {unwritten}))"

    def _days_ago(self, days: int) -> str:
        return self._bind(self._now - days * DAY_MS)

    def _among(self, values: tuple[str, ...]) -> str:
        return f"(SELECT value FROM json_each({self._bind(json_list(values))}))"

    def _bind(self, value: str | float) -> str:
        name = f"{self._prefix}{len(self.params)}"
        self.params[name] = value
        return f":{name}"


def _odds(percent: int) -> float:
    return percent / (_WHOLE - percent)


def _known(name: str, names: tuple[str, ...]) -> str:
    """A column name that goes into the text of a statement: only ever one of ours."""
    if name not in names:
        raise ValueError(f"unknown field {name}")
    return name
