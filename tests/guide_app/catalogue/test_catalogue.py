from dataclasses import replace

import pytest

from guide_app.base.errors import NotFoundError
from guide_app.catalogue.model import not_shareable
from guide_app.flows.desk import Desk
from tests.helpers.book import LOAFER, NOW, SNEAKER, STORE


@pytest.mark.parametrize(
    "typed", ["乐福", "lf", "LF2601", "2000000000022", "黑色 乐福", "leifu", "lfx", "女鞋/乐", "LF2601-BK-38"]
)
def test_a_product_is_found_by_code_name_pinyin_barcode_and_colour(desk: Desk, typed: str) -> None:
    if typed == "leifu":
        assert desk.catalogue.products(typed) == ()
    else:
        assert [p.id for p in desk.catalogue.products(typed)] == [LOAFER]


def test_nothing_typed_shows_all(desk: Desk) -> None:
    assert [p.id for p in desk.catalogue.products()] == [LOAFER, SNEAKER]
    assert desk.catalogue.products("%") == ()


def test_every_stock_figure_has_its_store_and_moment(desk: Desk) -> None:
    card = desk.catalogue.card(LOAFER, STORE)
    own, nearby = card.skus[0].figures
    assert (own.store_name, own.available, own.on_hand, own.reserved, own.as_of) == (
        "南京西路店",
        2,
        3,
        1,
        NOW - 720_000,
    )
    assert (nearby.store_name, nearby.available, nearby.as_of) == ("徐家汇店", 6, NOW - 3_600_000)
    assert card.skus[1].figures == ()
    assert card.points == ("小牛皮", "记忆棉鞋垫")


def test_a_scanned_code_finds_its_product(desk: Desk) -> None:
    for code in ("2000000000015", "LF2601", "LF2601-BK-37"):
        assert desk.catalogue.find(code).id == LOAFER
    with pytest.raises(NotFoundError, match="999"):
        desk.catalogue.find("999")


def test_the_list_and_the_single_product_say_the_same_of_the_stock(desk: Desk) -> None:
    listed = {row.id: row for row in desk.catalogue.products()}
    assert listed[LOAFER] == desk.catalogue.find("LF2601") == desk.catalogue.card(LOAFER, STORE).row
    assert (listed[LOAFER].available, listed[LOAFER].as_of) == (2, NOW - 720_000)
    assert (listed[SNEAKER].available, listed[SNEAKER].as_of) == (None, 0)


def test_what_is_not_sold_or_better_kept_private_is_not_shared(desk: Desk) -> None:
    row = desk.catalogue.find("LF2601")
    assert not_shareable(row) is None
    assert "停售" in str(not_shareable(replace(row, status="stopped")))
    assert "敏感" in str(not_shareable(replace(row, sensitive=True)))
    assert "私域" in str(not_shareable(replace(row, private=False)))
