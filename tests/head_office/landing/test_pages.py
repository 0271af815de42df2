"""The page behind a link, as a customer and as a browser see it."""

from __future__ import annotations

from tests.head_office.landing.shop import Browser, Shop, link_code


def test_the_page_shows_what_the_poster_promised(shop: Shop, visitor: Browser) -> None:
    answer = visitor.get(f"/s/{link_code()}")
    assert answer.status == 200
    for words in ("软底乐福鞋 2026 秋", "569", "券后 ¥489", "本店 37 码余 2 双", "12 分钟前", "王敏", "工号 1024"):
        assert words in answer.text
