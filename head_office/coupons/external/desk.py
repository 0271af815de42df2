"""Coupons of other systems, as counters and staff ask for them: never used twice, never used up unnoticed.

Each use has a number of the counter's. It is written down before the other system hears of it, and asked again under
the same number until an answer can be believed. Nothing here holds a transaction open while it waits for an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.base.money import yuan
from guide_app.protocol.external_coupon import ExternalBatch, ExternalCheck, ExternalTold, ExternalUse
from guide_app.protocol.scopes import store_scope
from head_office.coupons.external import uses
from head_office.coupons.external.port import ExternalCoupons, Held, RefusedByIssuerError, Terms, UnsettledError
from head_office.coupons.external.uses import Asked
from head_office.coupons.returns import hold_orders
from head_office.feed.write import in_transaction
from head_office.store import audit

_OFF = "总部没有配置这个系统的券 (docs/coupons.md), 不能核销。"

_CROWDED = "本单已用了别的券, 这批外部券不能同用。"


@dataclass(frozen=True, slots=True)
class Counter:
    """The PC that asks, and its store."""

    store_id: str
    device_id: str


class ExternalDesk:
    """Checks, redeems and gives back coupons of the systems that are configured."""

    def __init__(self, engine: Engine, systems: Mapping[str, ExternalCoupons], clock: Clock) -> None:
        self._engine = engine
        self._systems = systems
        self._clock = clock

    @property
    def is_on(self) -> bool:
        """Whether any system is configured."""
        return bool(self._systems)

    def check(self, counter: Counter, asked: ExternalCheck) -> ExternalTold:
        """What a coupon of this batch takes off. Whether this one is still unused, only redeeming tells."""
        use = ExternalUse(
            request_no=audit.new_id(self._clock.now_ms()), code=asked.code, stock_id=asked.stock_id,
            amount_fen=asked.amount_fen, order_no=asked.order_no,
        )  # fmt: skip
        try:
            return self._looked(counter, use)[1]
        except UnsettledError as e:
            return _unsettled(e)

    def use(self, counter: Counter, asked: ExternalUse) -> ExternalTold:
        """Redeem. The same number again only asks what became of it; its other values then do not count."""
        try:
            with self._engine.begin() as connection:
                held = uses.find(connection, asked.request_no)
            if held is not None:
                return self._settled(held, again=True)
            if self._is_in_hand(asked):
                return _refused("external.in_hand", "另一次核销同一张券还没有结果, 请稍后再试。")
            request, told = self._looked(counter, asked)
            if request is None or told.state == "refused":
                return told
            registered = in_transaction(self._engine, lambda c: self._register(c, request))
            if registered is None:
                return _refused("coupon.exclusive", _CROWDED, request.name)
            held, is_new = registered
            return self._settled(held, again=not is_new)
        except UnsettledError as e:
            return _unsettled(e)

    def give_back(self, request_no: str, by: str) -> int:
        """Free a coupon that was used up by this request; returns when.

        Raises NotFoundError, InvalidInputError if it was not used up, RefusedByIssuerError, UnsettledError.
        """
        with self._engine.begin() as connection:
            held = uses.find(connection, request_no)
        if held is None:
            raise NotFoundError("external.unknown", "没有这个请求号。", "请核对请求号。")
        if held.state != "used":
            raise InvalidInputError(
                "external.not_used", "这个请求没有核销掉券, 没有可退的。", "请核对请求号; 没有核销就不用退。"
            )
        at = self._system(held.source).give_back(held.code, held.stock_id, held.use.request_no)

        def work(connection: Connection) -> None:
            uses.free(connection, held, at)
            detail = {"request": request_no, "by": by}
            audit.record(connection, self._clock.now_ms(), "office", "external.return", detail)

        in_transaction(self._engine, work)
        return at

    def settle_open(self) -> tuple[list[Asked], list[tuple[Asked, GuideError]]]:
        """Ask again about every request without an answer: those that are settled now, and those that are not."""
        with self._engine.connect() as connection:
            waiting = uses.open_requests(connection)
        done, left = [], []
        for one in waiting:
            try:
                told = self._settled(one, again=True)
            except GuideError as e:
                left.append((one, e))
            else:
                done.append(replace(one, state="used" if told.state == "used" else "refused"))
        return done, left

    def to_give_back(self) -> list[tuple[Asked, int]]:
        """Uses whose receipt was paid back (fen) while the coupon still counts as used: staff give it back."""
        with self._engine.connect() as connection:
            return uses.to_give_back(connection)

    def settle_by_hand(self, request_no: str, *, used: bool, by: str) -> None:
        """Staff have seen at the other system what became of a request. Raises NotFoundError."""
        now = self._clock.now_ms()

        def work(connection: Connection) -> None:
            held = uses.find(connection, request_no)
            if held is None or held.state != "asked":
                raise NotFoundError(
                    "external.unknown", "没有这个还没有结果的请求号。", "请核对请求号; 已有结果的不用再办。"
                )
            state: uses.State = "used" if used else "refused"
            uses.settle(connection, held, state, now, reason="" if used else "by_hand", at=now)
            detail = {"request": request_no, "state": state, "by": by}
            audit.record(connection, now, "office", "external.settle", detail)

        in_transaction(self._engine, work)

    def look_up(self, source: str, code: str, holder: str) -> Held:
        """One coupon of a holder whom the other system knows by `holder`. Raises as the port does."""
        return self._system(source).look_up(code, holder)

    def terms(self, stock_id: str) -> tuple[ExternalBatch, Terms]:
        """A published batch and what it takes off. Raises NotFoundError, and as the port does."""
        batch = next((one for one in self._batches() if one.stock_id == stock_id), None)
        if batch is None:
            raise NotFoundError("external.batch", "没有发布这个批次号的外部券。", "先发布 external_coupons。")
        return batch, self._system(batch.source).terms(stock_id)

    def _system(self, source: str) -> ExternalCoupons:
        system = self._systems.get(source)
        if system is None:
            raise InvalidInputError("external.off", _OFF, "配好后重启总部再来; 在那之前请客户在原来的系统里用。")
        return system

    def _batches(self) -> tuple[ExternalBatch, ...]:
        with self._engine.connect() as connection:
            return uses.published(connection)

    def _looked(self, counter: Counter, asked: ExternalUse) -> tuple[Asked | None, ExternalTold]:
        """The request as it would be written down, and what it would take off; none where it is refused out of hand."""
        batch = next((b for b in self._batches() if b.stock_id == asked.stock_id and b.fits(asked.code)), None)
        if batch is None:
            return None, _refused("external.batch", "总部没有发布这种外部券, 或券码不像这一批。")
        if batch.source not in self._systems:
            return None, _refused("external.off", _OFF)
        try:
            terms = self._system(batch.source).terms(batch.stock_id)
        except RefusedByIssuerError as e:
            return None, _refused(e.code, e.sentence, batch.name)
        request = Asked(
            asked.request_no, batch.source, asked.code, batch.stock_id, batch.name, counter.store_id,
            counter.device_id, asked.guide_id, asked.order_no, asked.amount_fen, terms.worth(asked.amount_fen),
            self._clock.now_ms(),
        )  # fmt: skip
        with self._engine.connect() as connection:
            crowded = not batch.stacking and uses.lies_beside(connection, request)
            before = uses.used_request(connection, batch.source, asked.code)
        told = ExternalTold(
            state="usable", name=batch.name, discount_fen=request.discount_fen, amount_fen=asked.amount_fen,
            min_spend_fen=terms.min_spend_fen,
        )  # fmt: skip
        return request, _against(request, terms, crowded=crowded, before=before) or told

    def _register(self, connection: Connection, request: Asked) -> tuple[Asked, bool] | None:
        """Write the request down; None where another coupon came to lie on its order meanwhile and it suffers none."""
        hold_orders(connection, store_scope(request.store_id), [request.order_no])
        batch = next((b for b in uses.published(connection) if b.stock_id == request.stock_id), None)
        alone = batch is None or not batch.stacking
        is_new = uses.find(connection, request.request_no) is None
        return (
            None if is_new and alone and uses.lies_beside(connection, request) else uses.register(connection, request)
        )

    def _is_in_hand(self, asked: ExternalUse) -> bool:
        """Whether another request about the same coupon has no answer yet; asks for it first."""
        batch = next((b for b in self._batches() if b.stock_id == asked.stock_id), None)
        if batch is None or batch.source not in self._systems:
            return False
        with self._engine.connect() as connection:
            waiting = uses.open_requests(connection, batch.source, asked.code)
        try:
            for one in waiting:
                if one.request_no != asked.request_no:
                    self._settled(one, again=True)
        except UnsettledError:
            return True
        return False

    def _settled(self, asked: Asked, *, again: bool) -> ExternalTold:
        """What became of a request; asks the other system where that is not known. Raises UnsettledError.

        A refusal of a request that was asked more than once leaves it open: another asking, before it or beside it, may
        have used the coupon up.
        """
        if asked.state != "asked":
            return _told(asked)
        system = self._systems.get(asked.source)
        if system is None:
            raise UnsettledError("external.off", _OFF, "前一次可能已核销; 配好后用同一个请求号再问, 在此之前不要优惠。")
        if again:
            held = in_transaction(self._engine, lambda c: uses.ask_again(c, asked.request_no))
            if held is None:
                raise UnsettledError("external.in_hand", "同时的另一次没有问出去。", "请用同一个请求号再问一次。")
            if held.state != "asked":
                return _told(held)
        now = self._clock.now_ms()
        try:
            at = system.redeem(asked.use)
        except RefusedByIssuerError as e:
            why = e.sentence
            settled = in_transaction(self._engine, lambda c: uses.refuse(c, asked, now, why))
            if settled is None:
                raise UnsettledError(
                    "external.doubt",
                    f"{e.sentence}; 但第一次的回答没有收到, 可能就是那一次核销的。",
                    f"请看客户手机上这张券是否刚刚核销, 再由总部处理 (请求号 {asked.request_no})。",
                ) from e
            return _told(settled)
        except UnsettledError as e:
            if e.sent or in_transaction(self._engine, lambda c: uses.withdraw(c, asked.request_no)):
                raise
            raise UnsettledError(e.code, e.sentence, e.way_out) from e  # another asking may have left
        return _told(in_transaction(self._engine, lambda c: uses.settle(c, asked, "used", now, at=at)))


def _against(asked: Asked, terms: Terms, *, crowded: bool, before: Asked | None) -> ExternalTold | None:
    """What the bill and the books say against it before the other system is asked; None if nothing."""
    if before is not None:
        return _refused("coupon.redeemed", "这张券之前已由本品牌的柜台核销。", asked.name)
    if terms.kind == "exchange":
        return _refused("external.kind", "这是换购券, 减多少要看换的商品: 请在收银系统核销。", asked.name)
    if crowded:
        return _refused("coupon.exclusive", _CROWDED, asked.name)
    if 0 < asked.amount_fen < terms.min_spend_fen:
        missing = yuan(terms.min_spend_fen - asked.amount_fen)
        told = _refused("coupon.min_spend", f"还差 {missing} 才到门槛。", asked.name)
        return ExternalTold(
            state="refused", name=told.name, reason=told.reason, detail=told.detail, min_spend_fen=terms.min_spend_fen
        )
    return None


def _told(asked: Asked) -> ExternalTold:
    if asked.state == "used":
        return ExternalTold(
            state="used", name=asked.name, discount_fen=asked.discount_fen, amount_fen=asked.amount_fen,
            used_at=asked.settled_ms or asked.asked_ms,
        )  # fmt: skip
    if asked.state == "returned":
        return _refused("external.returned", "这次核销已退回, 不能再算。", asked.name)
    return _refused("external.refused", asked.reason, asked.name)


def _refused(reason: str, detail: str, name: str = "") -> ExternalTold:
    return ExternalTold(state="refused", name=name, reason=reason, detail=detail)


def _unsettled(error: UnsettledError) -> ExternalTold:
    if not error.sent:
        return ExternalTold(state="refused", reason=error.code, detail=f"{error.sentence} 没有问出去, 券没有被核销。")
    return ExternalTold(state="unsettled", reason=error.code, detail=f"{error.sentence} {error.way_out}".strip())
