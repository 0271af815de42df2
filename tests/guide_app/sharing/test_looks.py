from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.flows.poster import card_content, look_content, poster_content, price_until
from guide_app.flows.timeline import timeline
from guide_app.protocol.link import Subject, verify
from guide_app.sharing.looks import FEWEST, MOST, checked_parts
from guide_app.sharing.queries import Sender
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LOAFER, NOW, SNEAKER, STORE, Frames, actor, ident

SENDER = Sender("红枫叶 REDMAPLE", "王敏", "南京西路店", "021-62580000")
URL = "https://s.redmaple.example/s/1"


def test_a_look_is_kept_in_the_guides_order_with_todays_prices(desk: Desk) -> None:
    look_id = desk.looks.save("  初冬  通勤一身 ", [SNEAKER, LOAFER, SNEAKER], actor())
    card = desk.looks.card(look_id)
    assert (card.name, [part.name for part in card.parts]) == ("初冬 通勤一身", ["云感小白鞋", "软底乐福鞋 2026 秋"])
    assert card.price_fen == 42900 + 56900
    assert [look.id for look in desk.looks.all()] == [look_id]


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("一件", [LOAFER], "look.count"),
        ("同一件", [LOAFER, LOAFER], "look.count"),
        ("七件", [ident(900 + n) for n in range(7)], "look.count"),
        ("", [LOAFER, SNEAKER], "look.name"),
        ("名" * 31, [LOAFER, SNEAKER], "look.name"),
        ("没有的", [LOAFER, ident(999)], "look.product"),
    ],
)
def test_what_is_no_look_is_refused_with_the_reason(desk: Desk, name: str, parts: list[str], code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        desk.looks.save(name, parts, actor())
    assert refused.value.code == code
    assert desk.looks.all() == ()


@pytest.mark.parametrize("private", [{"sensitive": True}, {"status": "stopped"}], ids=["sensitive", "stopped"])
def test_what_must_not_be_shared_is_in_no_look(desk: Desk, private: dict[str, Any]) -> None:
    kept = desk.looks.save("通勤", [LOAFER, SNEAKER], actor())
    frame = Frames()
    frame._seq = 500
    row = frame("product", SNEAKER, no=8, spu="SN2602", name="云感小白鞋", price_fen=42900, **private)
    desk.db.apply(lambda applier: applier.apply([row]))
    with pytest.raises(InvalidInputError, match="不能分享"):
        desk.looks.save("再一身", [LOAFER, SNEAKER], actor())
    assert desk.looks.all() == ()  # one product alone is no look any more
    with pytest.raises(NotFoundError):
        desk.looks.card(kept)


@given(st.lists(st.sampled_from([ident(n) for n in range(900, 910)]), max_size=9))
def test_a_look_has_two_to_six_different_things(ids: list[str]) -> None:
    different = len(set(ids))
    if FEWEST <= different <= MOST:
        parts = checked_parts(ids)
        assert len(parts) == different
        assert list(parts) == sorted(parts, key=ids.index)
    else:
        with pytest.raises(InvalidInputError):
            checked_parts(ids)


def test_a_look_that_is_offered_no_longer_still_has_its_page(desk: Desk) -> None:
    look_id = desk.looks.save("通勤", [LOAFER, SNEAKER], actor())
    desk.looks.end(look_id, actor())
    assert desk.looks.all() == ()
    assert desk.looks.card(look_id).name == "通勤"
    with pytest.raises(NotFoundError):
        desk.looks.card(ident(999))


def test_the_link_names_the_look_and_the_timeline_tells_of_it(desk: Desk) -> None:
    look = desk.looks.card(desk.looks.save("初冬通勤一身", [LOAFER, SNEAKER], actor()))
    draft = ShareDraft("", 0, look.price_fen, "moments", client_id=CHEN, look_id=look.id, look_no=look.no)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    said = verify(link.code, b"k" * 32)
    assert (said.subject, said.subject_no) == (Subject.LOOK, look.no)
    desk.share_deeds.record(draft, link, "copy", actor())
    assert str(timeline(desk.db, CHEN)[0].title) == "分享「初冬通勤一身」"


def test_a_name_cards_link_names_only_the_guide(desk: Desk) -> None:
    link = desk.share_deeds.link(ShareDraft("", 0, 0, "card"), 5, actor())
    said = verify(link.code, b"k" * 32)
    assert (said.subject, said.subject_no, said.guide_no) == (Subject.CARD, 0, 1)


def test_the_poster_of_a_look_says_what_all_of_it_costs(desk: Desk) -> None:
    look = desk.looks.card(desk.looks.save("初冬通勤一身", [LOAFER, SNEAKER], actor()))
    content = look_content(look, None, SENDER, URL, {}, until=NOW)
    assert (content.about, content.price_fen, content.price_label) == ("look", 99800, "2 件合计")
    assert content.struck_fen() is None
    assert [item.name for item in content.items] == [part.name for part in look.parts]
    assert card_content(None, SENDER, URL).about == "card"


def test_a_poster_says_until_when_its_price_holds(desk: Desk) -> None:
    card = desk.catalogue.card(LOAFER, STORE)
    until = price_until(None, NOW, desk.sharing.poster_days())
    assert (china_date(until) - china_date(NOW)).days == 7
    assert china_date(until + 1) > china_date(until)
    content = poster_content(card, None, SENDER, URL, None, until)
    assert content.price_note == f"海报价至 {china_date(until):%Y-%m-%d}, 以扫码页面为准"
    assert poster_content(card, None, SENDER, URL, None).price_note == "价格与库存以扫码页面为准"


def test_a_poster_does_not_outlast_its_coupon(desk: Desk) -> None:
    (offer,) = desk.sharing.offers()
    late = offer.valid_until - 3_600_000
    assert price_until(offer, late, 7) == offer.valid_until
