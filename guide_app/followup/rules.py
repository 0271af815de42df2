"""Head office's figures for following up, read from its house rules; each has a default that needs no office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.followup.contact import DAILY_BUDGET, ContactLimit
from guide_app.store.house_rules import house_rule

BUDGET_RULE = "contact_budget"
LIMIT_RULE = "contact_limit"


def contact_budget(conn: Connection) -> int:
    """How many clients a guide is asked to contact a day: `contact_budget {"per_day": 18}`."""
    return _figure(house_rule(conn, BUDGET_RULE), "per_day", DAILY_BUDGET)


def contact_limit(conn: Connection) -> ContactLimit:
    """How often one client may be contacted: `contact_limit {"count": 3, "days": 7}`."""
    value, plain = house_rule(conn, LIMIT_RULE), ContactLimit()
    return ContactLimit(_figure(value, "count", plain.contacts), _figure(value, "days", plain.days))


def _figure(value: Mapping[str, Any], name: str, plain: int) -> int:
    """A whole number of at least 1; the default for anything else, since a list of nobody helps nobody."""
    found = value.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 1 else plain
