from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import NotFoundError
from guide_app.catalogue.model import not_shareable
from guide_app.flows.desk import Desk
from guide_app.flows.poster import poster_content
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.book import LOAFER, NOW, OTHER_STORE, SNEAKER, STORE, HandClock, actor, ident


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


def test_the_sum_of_a_product_leaves_out_what_is_kept(desk: Desk, clock: HandClock) -> None:
    def said() -> tuple[int | None, ...]:
        queries = desk.catalogue
        rows = (queries.find("LF2601"), queries.products("乐福")[0], queries.card(LOAFER, STORE).row)
        return tuple(row.available for row in rows)

    assert said() == (2, 2, 2)
    desk.stock_requests.ask("hold", ident(10), 1, DAY_MS, actor())
    assert said() == (1, 1, 1)
    assert [row.available for row in desk.catalogue.products() if row.id == LOAFER] == [1]
    desk.stock_requests.ask("hold", ident(10), 1, DAY_MS, actor())
    assert said() == (0, 0, 0)
    clock.ms += DAY_MS
    assert said() == (2, 2, 2)


def test_what_is_kept_to_the_last_piece_is_nothing_to_show_instead(desk: Desk) -> None:
    like = {"no": 8, "spu": "SN2602", "name": "小白鞋", "category": "女鞋/乐福鞋", "price_fen": 50_000}
    desk.db.apply(lambda applier: applier.apply([RecordFrame(BRAND, "product", SNEAKER, 900, like)]))
    for left in ([LOAFER], []):
        desk.stock_requests.ask("hold", ident(10), 1, DAY_MS, actor())
        assert [row.id for row in desk.catalogue.substitutes(SNEAKER, "", STORE)] == left


def test_a_neighbour_reports_four_figures_or_what_an_older_office_knew(desk: Desk) -> None:
    frame = RecordFrame(
        store_scope(STORE), "stock_nearby", ident(10), 900, {"stores": [[OTHER_STORE, 6, NOW, 9, 3, 2]]}
    )
    known = desk.catalogue.card(LOAFER, STORE).skus[0].figures[1]
    assert (known.available, known.on_hand, known.reserved, known.in_transit) == (6, None, None, None)
    desk.db.apply(lambda applier: applier.apply([frame]))
    told = desk.catalogue.card(LOAFER, STORE).skus[0].figures[1]
    assert (told.available, told.on_hand, told.reserved, told.in_transit, told.as_of) == (6, 9, 3, 2, NOW)


@pytest.mark.parametrize(("private", "asked"), [(0, 56_900), (49_900, 49_900), (60_000, 56_900)])
def test_a_poster_asks_the_price_of_the_private_channel_and_strikes_the_shops(
    desk: Desk, private: int, asked: int
) -> None:
    said = {"no": 7, "spu": "LF2601", "name": "软底乐福鞋", "price_fen": 56_900, "private_price_fen": private}
    desk.db.apply(lambda applier: applier.apply([RecordFrame(BRAND, "product", LOAFER, 900, said)]))
    card = desk.catalogue.card(LOAFER, STORE)
    poster = poster_content(card, None, desk.sharing.sender(actor()), "https://x.example/s/1", None)
    below = asked < 56_900
    assert (card.row.price_fen, card.row.chat_price_fen, poster.price_fen) == (56_900, asked, asked)
    assert (poster.tag_price_fen, poster.price_label, poster.tag_label) == (
        (56_900, "专享价", "门店价") if below else (None, "", "")
    )
