"""Who is close to a client, what she would like, and what she bought for others."""

import pytest

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.relations import NewRelation
from guide_app.clients.wishes import NewWish
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LIN, LOAFER, WANG, ZHOU, actor, ident


def close(desk: Desk, client: str) -> list[tuple[str, str]]:
    return [(row.kind, row.name) for row in desk.card.card(client, WANG).relations]


def test_a_relation_is_seen_from_both_sides_one_step_only(desk: Desk) -> None:
    deeds = desk.card_deeds.relations
    deeds.add(CHEN, NewRelation("child", LIN), actor())
    deeds.add(LIN, NewRelation("referred_by", ZHOU), actor())
    assert close(desk, CHEN) == [("child", "林小满")]
    assert close(desk, LIN) == [("referred_by", "周建国"), ("parent", "陈雅婷")]
    assert close(desk, ZHOU) == [("referred", "林小满")]


def test_somebody_outside_the_book_is_known_by_name_and_sizes(desk: Desk) -> None:
    relation = desk.card_deeds.relations.add(CHEN, NewRelation("child", name=" 豆豆 ", shoe_size="24"), actor())
    (row,) = desk.card.card(CHEN, WANG).relations
    assert (row.name, row.shoe_size, row.relative_id, row.own) == ("豆豆", "24", None, True)
    desk.card_deeds.relations.end(relation, actor())
    assert close(desk, CHEN) == []
    desk.card_deeds.relations.resume(relation, actor())
    assert close(desk, CHEN) == [("child", "豆豆")]


def test_a_relation_needs_somebody_else(desk: Desk) -> None:
    deeds = desk.card_deeds.relations
    for wrong in (NewRelation("child"), NewRelation("spouse", CHEN)):
        with pytest.raises(InvalidInputError):
            deeds.add(CHEN, wrong, actor())
    with pytest.raises(NotFoundError):
        deeds.add(CHEN, NewRelation("friend", ident(777)), actor())
    deeds.add(CHEN, NewRelation("friend", LIN), actor())
    with pytest.raises(InvalidInputError, match="林小满"):
        deeds.add(CHEN, NewRelation("friend", LIN), actor())
    assert close(desk, CHEN) == [("friend", "林小满")]


def test_a_purchase_for_a_relation_bears_her_name(desk: Desk) -> None:
    daughter = desk.card_deeds.relations.add(CHEN, NewRelation("child", name="豆豆"), actor())
    line = desk.clients.purchases(CHEN)[0].line_id
    desk.card_deeds.bought.mark(CHEN, line, actor(), relation_id=daughter)
    assert desk.clients.purchases(CHEN)[0].for_whom == "豆豆"


def test_only_her_own_purchases_are_marked(desk: Desk) -> None:
    line = desk.clients.purchases(CHEN)[0].line_id
    with pytest.raises(NotFoundError):
        desk.card_deeds.bought.mark(ZHOU, line, actor(), who="妹妹")
    with pytest.raises(InvalidInputError):
        desk.card_deeds.bought.mark(CHEN, line, actor(), who=" ")


def test_a_wish_from_a_scan_names_product_and_stock(desk: Desk) -> None:
    desk.card_deeds.wishes.add(CHEN, NewWish(sku_id=ident(10), tell=True), actor())
    (wish,) = desk.card.card(CHEN, WANG).wishes
    assert (wish.title, wish.product_id, wish.colour, wish.size, wish.available, wish.tell) == (
        "软底乐福鞋 2026 秋", LOAFER, "黑色", "37", 2, True,
    )  # fmt: skip


def test_a_wish_is_open_until_fulfilled_or_dropped_for_good(desk: Desk) -> None:
    deeds = desk.card_deeds.wishes
    first = deeds.add(CHEN, NewWish("酒红色短靴", size="37"), actor())
    deeds.add(CHEN, NewWish("手套"), actor())
    assert [wish.title for wish in desk.card.card(CHEN, WANG).wishes] == ["手套", "酒红色短靴"]
    deeds.settle(first, "fulfilled", actor())
    assert [wish.title for wish in desk.card.card(CHEN, WANG).wishes] == ["手套"]
    with pytest.raises(InvalidInputError):
        deeds.settle(first, "open", actor())
    with pytest.raises(InvalidInputError):
        deeds.add(CHEN, NewWish(" "), actor())
    with pytest.raises(NotFoundError):
        deeds.add(CHEN, NewWish(sku_id=ident(777)), actor())


def test_only_who_still_waits_and_asked_to_be_told_is_counted_with_a_missing_size(desk: Desk) -> None:
    wishes = desk.card_deeds.wishes
    desk.missing.register(ident(11), actor())
    for tell in (True, False):
        wishes.add(CHEN, NewWish(sku_id=ident(11), tell=tell), actor())
    settled = wishes.add(ZHOU, NewWish(sku_id=ident(11), tell=True), actor())
    assert [row.waiting for row in desk.missing.listed()] == [2]
    wishes.settle(settled, "fulfilled", actor())
    assert [row.waiting for row in desk.missing.listed()] == [1]
