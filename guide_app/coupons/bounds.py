"""What the counter refuses before it gives a discount, because head office could not take the redemption."""

from __future__ import annotations

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.coupon_bill import Bill
from guide_app.protocol.coupon_bounds import AMOUNT_FEN, BESIDE, LINES, ORDER_NO, is_whole


def require_order_no(order_no: str) -> None:
    """Raise InvalidInputError for an order number that is too long."""
    if len(order_no) > ORDER_NO:
        raise InvalidInputError(
            "coupon.order_no",
            "单号有 {n} 个字符, 最多 {most} 个。",
            "请核对单号; 扫到了别的条码就重新输入。",
            n=len(order_no),
            most=ORDER_NO,
        )


def require_bounds(order_no: str, bill: Bill, coupons: int) -> None:
    """Raise InvalidInputError, naming the bound and the way out, if order number, bill or coupons go beyond one."""
    require_order_no(order_no)
    if len(bill.lines) > LINES:
        raise InvalidInputError(
            "coupon.too_many_lines",
            "这张单有 {n} 行商品, 用券的单最多 {most} 行。",
            "请分成两张单, 把要用券的商品放在一张里。",
            n=len(bill.lines),
            most=LINES,
        )
    if coupons > BESIDE + 1:
        raise InvalidInputError(
            "coupon.too_many",
            "这张单放了 {n} 张券, 一张单最多 {most} 张。",
            "请拿掉几张, 留下最省的。",
            n=coupons,
            most=BESIDE + 1,
        )
    if not is_whole(bill):
        raise InvalidInputError(
            "coupon.not_a_sale", "单里有退货或负数的金额, 不能用券。", "退货请另开退货单, 再用券结这张单。"
        )
    if bill.total_fen > AMOUNT_FEN or bill.freight_fen > AMOUNT_FEN:
        raise InvalidInputError("coupon.amount", "这张单的金额太大, 不能用券。", "请核对金额有没有多输几位。")
