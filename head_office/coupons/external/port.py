"""What head office asks of a system whose coupons it redeems: the port. Money in fen, moments in UTC ms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from guide_app.base.errors import GuideError


@dataclass(frozen=True, slots=True)
class Terms:
    """What a batch takes off. `percent` is what remains to be paid of each hundred; of other kinds it is 0."""

    name: str
    kind: Literal["amount", "percent", "exchange"]
    min_spend_fen: int = 0
    off_fen: int = 0
    percent: int = 0

    def worth(self, amount_fen: int) -> int:
        """What it takes off `amount_fen`; 0 below the threshold. The price to pay is rounded down to the fen."""
        if amount_fen < self.min_spend_fen:
            return 0
        if self.kind == "percent":
            return amount_fen - amount_fen * self.percent // 100
        return min(self.off_fen, amount_fen) if self.kind == "amount" else 0


@dataclass(frozen=True, slots=True)
class Held:
    """One coupon in its holder's hand; `used_by` is the request number that used it up, where one did."""

    stock_id: str
    name: str
    state: Literal["free", "used", "expired", "unknown"]
    valid_from: str
    valid_until: str
    used_by: str


@dataclass(frozen=True, slots=True)
class Use:
    """A redemption to ask for; asking again with the same values is the same redemption."""

    code: str
    stock_id: str
    request_no: str
    at_ms: int


class ExternalCoupons(Protocol):
    """A system of coupons that are not ours.

    Every method raises `RefusedByIssuerError` when the system said no, believably, and `UnsettledError` when what came
    back says nothing that can be believed: then the deed may have been done or not.
    """

    @property
    def source(self) -> str:
        """How batches name this system."""

    def terms(self, stock_id: str) -> Terms:
        """What a batch takes off. Says nothing of a single coupon."""

    def look_up(self, code: str, holder: str) -> Held:
        """One coupon of a holder known to the system by `holder`."""

    def redeem(self, use: Use) -> int:
        """Use a coupon up; returns when the system did."""

    def give_back(self, code: str, stock_id: str, request_no: str) -> int:
        """Free a coupon that was used up; returns when the system did."""


class RefusedByIssuerError(GuideError):
    """The other system said no. `issuer_code` and `issuer_says` are its own words."""

    def __init__(self, source: str, issuer_code: str, issuer_says: str) -> None:
        super().__init__(
            "external.refused",
            "{source}没有接受: {says} ({code})",
            "请看客户手机上这张券的状态; 不能用就换一张。",
            source=source,
            says=issuer_says or "没有说明原因",
            code=issuer_code,
        )
        self.issuer_code = issuer_code
        self.issuer_says = issuer_says


class UnsettledError(GuideError):
    """What became of it is not known. `sent` is false where the question surely never left."""

    def __init__(self, code: str, sentence: str, way_out: str = "", *, sent: bool = True) -> None:
        super().__init__(code, sentence, way_out)
        self.sent = sent
