"""The bill in hand: which coupons lie on it, whom it is for, what follows; kept from the first scan to the last key.

Coupons on it are held for it on this PC, and given free when it is given up. A hold ends by itself, so it is renewed
while somebody works on the bill.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from guide_app.coupons.holds import HOLD_MS
from guide_app.coupons.model import HeldCoupon
from guide_app.flows.till import Draft, Reckoned
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure

_RENEW_MS = HOLD_MS // 3


class Bills(QObject):
    """Keeps the draft and asks for it to be reckoned. All on the GUI thread; reading and writing elsewhere."""

    reckoned = Signal(object)
    """`Reckoned`: this follows from the bill as it is now."""
    unknown = Signal(object)
    """`Refused`: what was shown last cannot be looked up, and why."""
    refused = Signal(object)
    """`Failure`: the bill could not be reckoned."""
    redeemed = Signal(object)
    """The coupons that were redeemed just now."""

    def __init__(self, page: DeskPage) -> None:
        """Work for `page`, with an empty bill."""
        super().__init__(page)
        self._page = page
        self.draft = Draft(_new_id())
        self.seen: Reckoned | None = None
        self._held: frozenset[str] = frozenset()
        self._held_at = 0
        self._done = False
        self._redeeming = False
        self._reckoning = False
        self._wish: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing lies on the bill and nobody is named."""
        draft = self.draft
        return not (draft.texts or draft.beside or draft.client_id or draft.lines or draft.amount_fen)

    def lay(self, text: str) -> None:
        """Lay a coupon on the bill; after a redemption, on the next customer's."""
        draft = self.draft if text in self.draft.texts else self._next()
        self._change(draft.with_coupon(text))

    def show_again(self, text: str) -> None:
        """Show a coupon in place of all others, as after it was redeemed."""
        self._change(replace(self.draft.without_coupons(), texts=(text,), beside=()))

    def lay_only(self, texts: Sequence[str]) -> None:
        """Let exactly these coupons lie on the bill; the others stay within reach."""
        self._change(replace(self.draft.without_coupons(), texts=tuple(texts)))

    def toggle(self, text: str) -> None:
        """Lay a coupon on the bill, or take it off."""
        if text not in self.draft.texts:
            self.lay(text)
            return
        left = tuple(known for known in self.draft.texts if known != text)
        self._change(replace(self.draft, texts=left, beside=(*self.draft.beside, text)))

    def name_client(self, client_id: str | None) -> None:
        """Say for whom it is; None: for whoever the first coupon belongs to."""
        self._change(replace(self._next(), client_id=client_id))

    def change_goods(self, draft: Callable[[Draft], Draft]) -> None:
        """Take over lines, amount and freight."""
        changed = draft(self.draft)
        if changed == self.draft:
            return
        self._change(changed if changed.total_fen is None else draft(self._next()))

    def look_again(self) -> None:
        """Something in the book changed."""
        if not self.empty:
            self._reckon()

    def forget(self, *, coupons_only: bool = False) -> None:
        """Give the bill up, or what was shown of coupons; its coupons are free again."""
        self._release()
        self._done, self._reckoning = False, False
        goods = replace(self.draft, texts=(), beside=()) if coupons_only else Draft("")
        self.draft = replace(goods, id=_new_id())
        self.seen = None
        self._reckon() if coupons_only and not self.empty else self.reckoned.emit(None)

    def let_go(self, then: Callable[[], None]) -> None:
        """Take the coupons off the bill; `then`, once they are free."""
        page, holds, bill_id = self._page, self._page.desk.coupon_holds, self.draft.id
        actor = page.actor
        self.forget(coupons_only=True)
        page.work.change(lambda _job: holds.release(bill_id, actor), owner=page, done=lambda _none: then())

    def redeem(self, order_no: str) -> bool:
        """Redeem all coupons on the bill, as soon as it is reckoned; False if it is not ready."""
        seen, page = self.seen, self._page
        if self._reckoning and not self._redeeming:
            self._wish = order_no  # Enter came before the answer to what was typed last
            return True
        if seen is None or not seen.usable or not seen.bill.lines or self._redeeming:
            return False
        self._redeeming = True
        actor, deeds, texts = page.actor, page.desk.coupon_deeds, seen.draft.texts
        bill, draft = seen.bill, seen.draft
        page.work.change(
            lambda _job: deeds.redeem_bill(
                texts, bill, actor, bill_id=draft.id, order_no=order_no, client_id=draft.client_id
            ),
            owner=page, done=self._redeemed, failed=self._not_redeemed, title=self.tr("核销"),
        )  # fmt: skip
        return True

    # -- within ------------------------------------------------------------------------------------------

    def _next(self) -> Draft:
        """What to go on with: after a redemption a bill without its coupons, which are only looked at."""
        if not self._done:
            return self.draft
        self._done = False
        return replace(self.draft, texts=(), beside=(), client_id=None)

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self._reckon()

    def _reckon(self) -> None:
        self._reckoning, self._wish = True, None
        page, draft = self._page, self.draft
        till, served_by = page.desk.till, page.actor.guide_id
        page.work.query(
            lambda _job: till.reckon(draft, served_by), owner=page, slot="bill", done=self._show, failed=self._failed
        )

    def _show(self, seen: Reckoned) -> None:
        if seen.draft.id != self.draft.id:
            return  # given up meanwhile
        self._reckoning, wish = False, self._wish
        self.seen, self.draft = seen, seen.draft
        self._hold(seen)
        self.reckoned.emit(seen)
        if seen.refused:
            self.unknown.emit(seen.refused[-1])
        elif wish is not None:
            self.redeem(wish)

    def _failed(self, failure: Failure) -> None:
        self.seen, self._reckoning = None, False
        self.refused.emit(failure)

    def _hold(self, seen: Reckoned) -> None:
        """Let the usable coupons on the bill lie in it for this PC."""
        wanted = frozenset(one.coupon.id for one in seen.laid if one.verdict.usable)
        renew = bool(wanted) and seen.state.present_ms - self._held_at > _RENEW_MS
        if wanted == self._held and not renew:
            return
        self._held, self._held_at = wanted, seen.state.present_ms
        page, holds, bill_id = self._page, self._page.desk.coupon_holds, seen.draft.id
        actor, ids = page.actor, sorted(wanted)
        page.work.change(
            lambda _job: holds.hold(bill_id, ids, actor), owner=page, done=lambda _none: None,
            failed=lambda _failure: self._reckon(),
        )  # fmt: skip

    def _release(self) -> None:
        if not self._held:
            return
        self._held = frozenset()
        page, holds, bill_id = self._page, self._page.desk.coupon_holds, self.draft.id
        actor = page.actor
        page.work.change(lambda _job: holds.release(bill_id, actor), owner=page, done=lambda _none: None)

    def _redeemed(self, coupons: tuple[HeldCoupon, ...]) -> None:
        text = self.draft.texts[-1]
        self._redeeming, self._held = False, frozenset()
        self.draft, self.seen = Draft(_new_id()), None
        self._done = True
        self.redeemed.emit(coupons)
        self.show_again(text)

    def _not_redeemed(self, failure: Failure) -> None:
        self._redeeming = False
        self._held = frozenset()  # whether it still lies there is asked anew
        self._reckon()
        self._page.failure.emit(failure)


def _new_id() -> str:
    return str(uuid4())  # never leaves this PC
