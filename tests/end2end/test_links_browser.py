"""A customer's browser on codes that head office has led elsewhere, taken out of use, or printed as GS1 codes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from guide_app.base.gs1_link import Gs1Link
from guide_app.protocol.scopes import BRAND
from head_office.feed.write import in_transaction, write_all
from head_office.sharing.link_rules import Detour, Range, decree, take_back
from tests.end2end.test_landing_browser import CHROMIUM, LOW_CONTRAST, chromium, customer, office
from tests.head_office.landing.shop import NOW, PRODUCT, SKUS, Shop, link_code, record_id

__all__ = ["chromium", "customer", "office"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed on this machine")
CODE = link_code(share_no=77)
BOOTS = record_id(90)


def test_a_label_leads_through_its_share_to_the_page(office: tuple[str, Shop], customer: Page) -> None:
    office[1].change("sku", SKUS["37"], gtin="6901234567892")
    label = Gs1Link("06901234567892", lot="A/1+B", attributes=(("17", "271231"),), own=(("s", CODE),))
    customer.goto(label.url(""))
    assert customer.url.endswith(f"/s/{CODE}")
    assert "王敏" in customer.inner_text("body")
    customer.goto(label.path())
    assert "软底乐福鞋" in customer.inner_text("body")
    assert "王敏" not in customer.inner_text("body")


def test_a_printed_code_changes_what_it_opens_and_back(office: tuple[str, Shop], customer: Page) -> None:
    shop = office[1]
    boots = {"no": 302, "spu": "RM26A302", "name": "羊皮短靴", "price_fen": 89_900}
    write_all(shop.engine, NOW, [((BRAND, "product", BOOTS), boots)])
    about = Range("product", PRODUCT)

    def seen() -> str:
        customer.goto(f"/s/{CODE}")
        return customer.inner_text("body")

    try:
        in_transaction(shop.engine, lambda c: decree(c, about, Detour(BOOTS), by="李总", reason="换季", now_ms=NOW))
        assert "羊皮短靴" in seen()
        in_transaction(shop.engine, lambda c: decree(c, about, None, by="李总", reason="撤柜", now_ms=NOW))
        assert "这个链接已停用" in seen()
        assert customer.evaluate(LOW_CONTRAST) == []
        assert customer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        in_transaction(shop.engine, lambda c: take_back(c, about, by="李总", now_ms=NOW))
    assert "软底乐福鞋" in seen()
