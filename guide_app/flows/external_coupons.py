"""A coupon of another system at the counter: recognised here, judged and redeemed by head office alone.

There is no redeeming without network: the value and the one use are the other system's, and nothing that this PC holds
could prove either. What was asked and not answered is asked again under the same number.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError, InvalidInputError, OfficeUnreachableError
from guide_app.base.ids import uuid7
from guide_app.coupons.bounds import require_order_no
from guide_app.coupons.external import ExternalBook
from guide_app.protocol.external_coupon import ExternalBatch, ExternalCheck, ExternalTold, ExternalUse
from guide_app.store.database import Database

_RANDOM_BITS = 74
_log = logging.getLogger(__name__)


class Asked(Protocol):
    """Head office, as far as this needs it."""

    def check_external(self, asked: ExternalCheck) -> ExternalTold:
        """What a coupon takes off."""

    def use_external(self, asked: ExternalUse) -> ExternalTold:
        """Redeem it."""


Door = Callable[[], AbstractContextManager[Asked]]


@dataclass(frozen=True, slots=True)
class ExternalShown:
    """A coupon of another system: whose it looks like, and what head office says of it.

    `use` is the use whose answer is awaited or was given; None while it was only looked at.
    """

    code: str
    batch: ExternalBatch
    told: ExternalTold
    amount_fen: int
    use: ExternalUse | None = None


class ExternalCoupons:
    """Asks head office about coupons of other systems. `door` opens a line to it."""

    def __init__(self, db: Database, clock: Clock, door: Door) -> None:
        self.book = ExternalBook(db)
        self._clock = clock
        self._door = door

    def check(self, code: str, batch: ExternalBatch, amount_fen: int, order_no: str = "") -> ExternalShown:
        """What it takes off a bill of `amount_fen` (0: not known yet). A use without an answer is shown as that.

        Raises OfficeUnreachableError: without network nothing can be said.
        """
        before = next((use for use in self.book.waiting() if use.code == code), None)
        if before is not None:
            told = ExternalTold(state="unsettled", name=batch.name, reason="external.no_answer")
            return ExternalShown(code, self._batch_of(before, batch), told, before.amount_fen, before)
        asked = ExternalCheck(code=code, stock_id=batch.stock_id, amount_fen=amount_fen, order_no=order_no)
        with self._door() as office:
            return ExternalShown(code, batch, office.check_external(asked), amount_fen)

    def redeem(
        self, code: str, batch: ExternalBatch, amount_fen: int, actor: Actor, *, order_no: str = "", beside: int = 0
    ) -> ExternalShown:
        """Redeem it on a bill of `amount_fen` on which `beside` coupons of ours lie, or ask again what became of it.

        Without a believable answer its state is `unsettled`, and asking again is asking about the same use. Raises
        InvalidInputError where our coupons may not lie beside it.
        """
        require_order_no(order_no)
        if beside and not batch.stacking:
            raise InvalidInputError(
                "coupon.exclusive",
                "「{name}」不和本品牌的券同用。",
                "先把本品牌的券拿下来, 或改用它们。",
                name=batch.name,
            )
        fresh = ExternalUse(
            request_no=uuid7(self._clock.now_ms(), secrets.randbits(_RANDOM_BITS)), code=code,
            stock_id=batch.stock_id, amount_fen=amount_fen, order_no=order_no, guide_id=actor.guide_id,
        )  # fmt: skip
        use = self.book.begin(fresh, actor)
        try:
            with self._door() as office:
                told = office.use_external(use)
        except OfficeUnreachableError as e:
            _log.warning("no answer about a coupon of another system: %s", e.code)
            told = ExternalTold(state="unsettled", name=batch.name, reason=e.code)
        except GuideError as e:
            if use.request_no == fresh.request_no:  # refused out of hand: nothing was asked of the other system
                self.book.end(use.request_no, actor)
                raise
            _log.warning("head office refuses to be asked again about a coupon of another system: %s", e.code)
            told = ExternalTold(
                state="unsettled", name=batch.name, reason=e.code, detail=f"{e.sentence} {e.way_out}".strip()
            )
        if told.state in ("used", "refused"):
            self.book.end(use.request_no, actor)
        return ExternalShown(code, self._batch_of(use, batch), told, told.amount_fen or use.amount_fen, use)

    def _batch_of(self, use: ExternalUse, chosen: ExternalBatch) -> ExternalBatch:
        """The batch that was asked about, which is the first choice where an answer is still awaited."""
        return next((one for one in self.book.batches(use.code) if one.stock_id == use.stock_id), chosen)
