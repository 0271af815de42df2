"""How much one redemption may say: head office takes no more, so no counter may give a discount beyond it.

A counter without network that did would be refused days later, when the customer has long had her discount.
"""

from __future__ import annotations

from guide_app.protocol.coupon_bill import Bill

#: Characters of an order number.
ORDER_NO = 64
#: Lines of a bill.
LINES = 200
#: Other coupons on the bill of one.
BESIDE = 10
#: Characters of a voucher.
TOKEN = 400
#: The greatest amount, fen.
AMOUNT_FEN = 1 << 53

#: What a counter without network may redeem where the house rule `offline_redeem` says nothing else: coupons, fen of
#: discount, hours since its last contact.
OFFLINE_COUNT, OFFLINE_FEN, OFFLINE_HOURS = 200, 2_000_000, 720


def is_whole(bill: Bill) -> bool:
    """Whether every line sells something: goods that come back are a refund and lie on no bill with coupons."""
    return all(line.qty > 0 and line.amount_fen >= 0 for line in bill.lines) and bill.freight_fen >= 0
