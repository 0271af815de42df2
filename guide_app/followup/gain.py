"""The chance that a contact ends in a sale, by cause. Pure.

The chances are the house's estimates until the store has own results: what was answered there counts from the first
answer on, the estimate like PRIOR_ANSWERS further ones (the mean of a beta distribution with that prior).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guide_app.followup.model import ESTIMATED, Cause

PRIOR_ANSWERS = 20
#: The first word of a kept cause (`guide_app.followup.causes`), without digits.
CAUSES: Mapping[str, Cause] = MappingProxyType({
    "sop": Cause.STEP, "welcome": Cause.WELCOME, "birthday": Cause.BIRTHDAY, "date": Cause.DATE,
    "first": Cause.FIRST_DAY, "claim": Cause.CLAIMED, "wish": Cause.RESTOCKED, "scan": Cause.SCANNED,
    "expiry": Cause.EXPIRING, "warranty": Cause.WARRANTY, "care": Cause.CARE, "lapse": Cause.OVERDUE,
    "intimate": Cause.INTIMATE,
})  # fmt: skip


def chances(answers: Mapping[str, tuple[int, int]]) -> Mapping[Cause, float]:
    """The chance of a sale by cause; `answers` are (ended, sold) by the first word of the causes that were answered."""
    ended, sold = dict.fromkeys(Cause, 0), dict.fromkeys(Cause, 0)
    for word, (all_of_them, with_sale) in answers.items():
        cause = CAUSES.get(word.rstrip("0123456789"))
        if cause is not None:
            ended[cause] += all_of_them
            sold[cause] += with_sale
    return {cause: (sold[cause] + PRIOR_ANSWERS * ESTIMATED[cause]) / (ended[cause] + PRIOR_ANSWERS) for cause in Cause}
