"""The page behind a product's own bar code."""

from __future__ import annotations

import pytest

from head_office.landing.gtin_page import gtin_spellings
from tests.head_office.landing.shop import SKUS, Browser, Shop

GTIN = "6901234567892"


@pytest.mark.parametrize("asked", [GTIN, "0" + GTIN])
@pytest.mark.parametrize("stored", [GTIN, "0" + GTIN])
def test_the_bar_code_leads_to_the_product(shop: Shop, visitor: Browser, asked: str, stored: str) -> None:
    shop.change("sku", SKUS["37"], gtin=stored)
    answer = visitor.get(f"/01/{asked}")
    assert answer.status == 200
    assert "软底乐福鞋" in answer.text
    assert "¥" in answer.text
    for words in ("王敏", "立即领取", "券后", "本店", "/privacy"):
        assert words not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert shop.rows("share_event") == []


@pytest.mark.parametrize("asked", [GTIN, "6901234567893", "123", "x" * 13, "６９０１２３４５６７８９２", "' OR 1=1"])
def test_other_bar_codes_lead_nowhere(visitor: Browser, asked: str) -> None:
    answer = visitor.get(f"/01/{asked}")
    assert answer.status == 404
    assert "没有这个商品" in answer.text


def test_spellings() -> None:
    assert gtin_spellings("96385074") == ("96385074", "000096385074", "0000096385074", "00000096385074")
    assert gtin_spellings(GTIN) == (GTIN, "0" + GTIN)
    assert gtin_spellings("16901234567899") == ("16901234567899",)
    assert gtin_spellings("6901234567891") == ()
