"""A coupon for everybody of a segment who may be addressed: one command each, and a word for each who gets none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phrase import Phrase
from guide_app.coupons.service import CouponService


@dataclass(frozen=True, slots=True)
class Refused:
    """A client who got nothing, and the sentence that says why."""

    client_id: str
    why: Phrase


@dataclass(frozen=True, slots=True)
class Given:
    """Who got one, in the order asked, who did not, and whether the work was stopped before its end."""

    client_ids: tuple[str, ...]
    refused: tuple[Refused, ...]
    stopped: bool = False


def give_coupons(
    coupons: CouponService, template: str, client_ids: Sequence[str], actor: Actor, going: Callable[[int, int], bool]
) -> Given:
    """Issue a coupon of `template` to each of these clients, as if one after the other were asked for.

    Each is a command of its own, as head office counts its quotas command by command and may refuse the last ones;
    the desk shows such an answer where it shows every refusal. `going(done, total)` hears of each and says whether to
    go on; who has got one keeps it: a coupon given is a promise made.
    """
    given: list[str] = []
    refused: list[Refused] = []
    for number, client_id in enumerate(client_ids):
        if not going(number, len(client_ids)):
            return Given(tuple(given), tuple(refused), stopped=True)
        try:
            coupons.issue(template, client_id, actor)
        except (InvalidInputError, NotFoundError) as e:
            refused.append(Refused(client_id, e.said))
        else:
            given.append(client_id)
    return Given(tuple(given), tuple(refused))
