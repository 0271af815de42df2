"""The page behind a product's own bar code."""

from __future__ import annotations

import pytest

from guide_app.base.gs1_link import Gs1Link, trade_item
from guide_app.protocol.link import Subject
from head_office.feed.write import in_transaction
from head_office.landing.gtin_page import gtin_spellings
from head_office.landing.limits import Rate
from head_office.landing.services import Rates
from head_office.sharing.link_rules import Detour, Range, decree
from tests.head_office.landing.shop import DEVICE, MINUTE, NOW, SKUS, Browser, Shop, link_code

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


@pytest.mark.parametrize(
    "path", ["/22/2A", "/10/AB%2FC%2B1/21/9", "/21/X?17=261231", "?17=261231&linkType=gs1:pip", "?s=" + "A" * 27]
)
def test_variant_lot_serial_and_date_are_read(shop: Shop, visitor: Browser, path: str) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    answer = visitor.get(f"/01/0{GTIN}{path}")
    assert answer.status == 200
    assert "软底乐福鞋" in answer.text
    assert "王敏" not in answer.text


@pytest.mark.parametrize("path", ["/21/9/10/A", "/10", "/10/A%20B", "/17/261231", "?17=261399", "?10=A", "/x/y"])
def test_what_the_standard_forbids_leads_nowhere(shop: Shop, visitor: Browser, path: str) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    assert visitor.get(f"/01/0{GTIN}{path}").status == 404


def test_a_code_with_a_share_leads_to_its_page_and_counts_once(shop: Shop, visitor: Browser) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    code = link_code()
    answer = visitor.get(Gs1Link("0" + GTIN, lot="A/1", own=(("s", code),)).url(""))
    assert (answer.status, answer.headers["location"]) == (307, f"/s/{code}")
    assert "王敏" in visitor.get(answer.headers["location"]).text
    assert len(shop.rows("share_event")) == 1
    in_transaction(
        shop.engine, lambda c: decree(c, Range("device", DEVICE), Detour(None), by="李总", reason="换季", now_ms=NOW)
    )
    assert visitor.get(trade_item(GTIN, code).url("")).status == 307, "led elsewhere, it still is its share"
    device = Range("device", DEVICE)
    in_transaction(shop.engine, lambda c: decree(c, device, None, by="李总", reason="遗失", now_ms=NOW))
    answer = visitor.get(trade_item(GTIN, code).url(""))
    assert answer.status == 200
    assert "王敏" not in answer.text


def test_a_forged_share_gives_nobody_credit(shop: Shop, visitor: Browser) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    code = link_code()
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    for wrong in (forged, link_code(subject_no=302), link_code(subject=Subject.CARD, subject_no=0), "x", "../x"):
        answer = visitor.get(trade_item(GTIN, wrong).url(""))
        assert answer.status == 200
        assert "王敏" not in answer.text
    assert shop.rows("share_event") == []


def test_guessing_shares_is_slowed_down(shop: Shop) -> None:
    shop.change("sku", SKUS["37"], gtin=GTIN)
    shop.rates = Rates(misses_by_address=Rate(3, MINUTE))
    browser = Browser(shop.make_app())
    answers = [browser.get(trade_item(GTIN, link_code(subject_no=9)).url("")).status for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_spellings() -> None:
    assert gtin_spellings("96385074") == ("96385074", "000096385074", "0000096385074", "00000096385074")
    assert gtin_spellings(GTIN) == (GTIN, "0" + GTIN)
    assert gtin_spellings("16901234567899") == ("16901234567899",)
    assert gtin_spellings("6901234567891") == ()
