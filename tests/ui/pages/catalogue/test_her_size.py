"""Goods scanned while a client is in sight: is it there in her size?"""

import pytest

from guide_app.flows.desk import Desk
from guide_app.flows.her_size import HerSize
from tests.helpers.book import CHEN, LOAFER, NOW, actor
from tests.ui.pages.conftest import Open
from ui.pages.catalogue.her_size import her_size_words
from ui.pages.catalogue.page import ProductsPage


def test_her_size_is_told_as_soon_as_the_goods_are_there(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(products=lambda context: ProductsPage(context, desk, actor, lambda _sha: None))
    shown.go("products", LOAFER, client=CHEN)
    assert shown.window.toast.text == "陈雅婷穿 37: 本店 2 件 (12 分钟前), 附近门店 6 件"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (HerSize("周建国", "42", False, None, 0, 0), "周建国常买 42: 本店库存未知"),
        (HerSize("周建国", "42", True, 0, NOW, 3), "周建国穿 42: 本店 0 件 (刚刚), 附近门店 3 件"),
    ],
)
def test_stock_is_never_told_without_its_age(found: HerSize, words: str) -> None:
    assert her_size_words(found, NOW) == words
