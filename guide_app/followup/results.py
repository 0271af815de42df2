"""How a task or a contact ended. Pure. The codes are what is stored and sent; their words belong to the window."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """已联系 / 未接 / 无兴趣 / 成交 / 改期 / 拒绝."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    NOT_INTERESTED = "not_interested"
    SOLD = "sold"
    POSTPONED = "postponed"
    REFUSED = "refused"


#: Results that finish a task; a postponed one stays open and falls due later.
FINISHING = frozenset(Result) - {Result.POSTPONED}
