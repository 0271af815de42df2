"""渠道价: what a piece costs whoever comes by a guide's link, decided alike by posters and by the pages behind them."""

from __future__ import annotations


def chat_price(price_fen: int, private_price_fen: int) -> int:
    """The price (fen) in the private channel of what costs `price_fen` in the shop.

    One price for everybody in the channel, and never above the shop's: nobody pays more for having been recommended it
    (价格法 art. 14: no misleading prices), nor for who she is (个人信息保护法 art. 24). 0 is no price of its own.
    """
    return min(price_fen, private_price_fen) if private_price_fen > 0 else price_fen
