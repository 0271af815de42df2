"""The text that goes with a poster into a chat. Pure."""

from __future__ import annotations

from guide_app.base.money import yuan


def caption(*, product: str, price_fen: int, coupon: str | None, guide: str, store: str, url: str) -> str:
    """A caption of three lines; the link stands alone on the last, so that chat programs make it clickable."""
    offer = f"扫码可领「{coupon}」, 到店可用。" if coupon else "库存与现价以页面为准。"
    return f"{product} {yuan(price_fen)}\n{offer}—— {store} {guide}\n{url}"
