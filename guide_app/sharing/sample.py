"""What a poster says while nothing has been chosen: to judge a template by. Longer than most, so that it tells."""

from __future__ import annotations

from guide_app.sharing.content import PosterContent


def sample(brand: str, link_origin: str) -> PosterContent:
    """A product with everything that a poster may say, and an address as long as those that are shared."""
    return PosterContent(
        brand=brand or "品牌名",
        product="软底乐福女鞋 2026 秋",
        url=f"{link_origin or 'https://example.com'}/s/{'A' * 27}",
        price_fen=48900,
        tag_price_fen=56900,
        selling_points=("小牛皮", "记忆棉鞋垫", "久站不累"),
        article="RM26A-1037",
        price_note="海报价格以扫码页面为准",
        coupon="扫码领 满 400 减 80",
        guide="王敏",
        guide_card="南京西路店 · 021-62580000",
        recommend="为你推荐",
        valid_until="有效期至 2026-11-30",
        footer="本图由门店导购发送; 如不希望再收到, 请告知我们",
    )
