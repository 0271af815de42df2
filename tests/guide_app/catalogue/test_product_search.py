"""Finding products: by any word that is theirs, at once, and never by what they are no longer called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import NotFoundError
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import GoneFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store import product_search
from guide_app.store.product_words import match_of, product_tokens
from tests.helpers.book import LOAFER, NOW, SNEAKER, STORE, Frames, ident


def _later() -> Frames:
    frame = Frames()
    frame._seq = 500
    return frame


def _found(desk: Desk, text: str) -> list[str]:
    return [row.id for row in desk.catalogue.products(text)]


@pytest.mark.parametrize(
    "typed",
    ["乐福鞋", "rdlfx", "lf", "ruandilefu", "LF2601-BK", "2601", "200000000001", "02000000000015", "黑", "黑色 37",
     "黑色 lf 38", "女鞋/乐福"],
)  # fmt: skip
def test_any_word_of_a_product_finds_it(desk: Desk, typed: str) -> None:
    assert _found(desk, typed) == [LOAFER]


@pytest.mark.parametrize("typed", ["黑色 43", "红色", "xbx lf", "999", "- %", "uandi"])
def test_what_is_not_said_of_it_does_not(desk: Desk, typed: str) -> None:
    assert _found(desk, typed) == []


def test_the_one_whose_name_begins_so_comes_first(desk: Desk) -> None:
    desk.db.apply(lambda a: a.apply([_later()("product", ident(70), no=1, spu="XX1", name="一双小白鞋")]))
    assert _found(desk, "小白鞋") == [ident(70), SNEAKER]
    assert _found(desk, "云感") == [SNEAKER]
    desk.db.apply(lambda a: a.apply([_later()("product", ident(71), no=900, spu="XX2", name="小白鞋")]))
    assert _found(desk, "小白鞋")[0] == ident(71)


def test_the_index_follows_new_names_moved_and_ended_variants(desk: Desk) -> None:
    frame = _later()
    desk.db.apply(lambda a: a.apply([frame("product", LOAFER, no=7, spu="LF2601", name="方头单鞋", price_fen=1)]))
    assert (_found(desk, "乐福"), _found(desk, "方头")) == ([], [LOAFER])
    moved = frame(
        "sku", ident(10), product_id=SNEAKER, code="SN2602-BK-37", gtin="2000000000015", colour="墨绿", size="37"
    )
    desk.db.apply(lambda a: a.apply([moved]))
    assert (_found(desk, "墨绿"), _found(desk, "LF2601-BK-37")) == ([SNEAKER], [])
    desk.db.apply(lambda a: a.apply([GoneFrame(BRAND, "sku", ident(10), 900)]))
    assert _found(desk, "墨绿") == []
    desk.db.apply(lambda a: a.apply([GoneFrame(BRAND, "product", LOAFER, 901)]))
    assert _found(desk, "方头") == []


def test_made_anew_it_finds_the_same(desk: Desk) -> None:
    before = {typed: _found(desk, typed) for typed in ("lf", "小白", "黑色", "女鞋")}
    desk.db.apply(lambda a: product_search.rebuild(a.conn))
    assert {typed: _found(desk, typed) for typed in before} == before


def test_a_scanned_barcode_may_have_noughts_in_front(desk: Desk) -> None:
    assert desk.catalogue.find("02000000000015").id == LOAFER
    desk.db.apply(
        lambda a: a.apply([_later()("sku", ident(72), product_id=SNEAKER, code="SN-1", gtin="0036000291452")])
    )
    assert desk.catalogue.find("036000291452").id == SNEAKER


def test_a_misread_barcode_is_said_to_be_one(desk: Desk) -> None:
    with pytest.raises(NotFoundError) as wrong:
        desk.catalogue.find("2000000000016")
    assert "校验位" in wrong.value.way_out
    with pytest.raises(NotFoundError) as unknown:
        desk.catalogue.find("2000000000039")
    assert "校验位" not in unknown.value.way_out


@given(
    name=st.text("软底乐福鞋abc12 -", max_size=8),
    colour=st.text("黑白红 ", max_size=3),
    word=st.text("软乐鞋黑ab1-", max_size=3),
)
def test_every_piece_of_name_or_colour_finds_and_nothing_else(name: str, colour: str, word: str) -> None:
    tokens = product_tokens("", name, "", [("", "", colour, "")]).split()
    match = match_of(word)
    plain = "".join(filter(str.isalnum, word))
    assert (match is None) == (not plain)
    if plain:
        said = ["".join(filter(str.isalnum, text)) for text in (name, colour)]
        assert any(token.startswith(f"n{plain}") for token in tokens) == any(plain in text for text in said)


def test_the_sum_of_a_product_follows_its_stock(desk: Desk) -> None:
    frame = _later()
    desk.db.apply(
        lambda a: a.apply([frame("stock", ident(11), store=STORE, on_hand=4, available=4, as_of=NOW - 1_000)])
    )
    row = desk.catalogue.find("LF2601")
    assert (row.available, row.as_of) == (6, NOW - 720_000)  # as old as its oldest figure
    desk.db.apply(lambda a: a.apply([GoneFrame(store_scope(STORE), "stock", ident(10), 900)]))
    assert desk.catalogue.find("LF2601").available == 4
    desk.db.apply(lambda a: a.drop_scope(store_scope(STORE)))
    assert desk.catalogue.find("LF2601").available is None
