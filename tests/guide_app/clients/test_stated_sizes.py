"""Sizes as said: the latest of each kind and brand, with its day; the closet of what she kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import NotFoundError
from guide_app.clients.closet import Piece
from guide_app.clients.stated_sizes import StatedSize, stated_sizes
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LOAFER, WANG, HandClock, actor, ident

_NONE = {"shoe_size": "", "top_size": "", "trousers_size": "", "ring_size": ""}


def test_a_stated_size_has_its_day_and_stands_in_her_record(desk: Desk, clock: HandClock) -> None:
    (before,) = desk.card.card(CHEN, WANG).stated
    assert before == StatedSize("shoe", "", "37", None)
    assert desk.card_deeds.sizes.state(CHEN, "shoe", " 38 ", actor()) == "37"
    (said,) = desk.card.card(CHEN, WANG).stated
    assert said == StatedSize("shoe", "", "38", clock.now_ms())
    assert desk.clients.portrait(CHEN).fields["shoe_size"] == "38"


def test_sizes_are_said_per_brand(desk: Desk) -> None:
    desk.card_deeds.sizes.state(CHEN, "shoe", "38.5", actor(), brand="Nike")
    desk.card_deeds.sizes.state(CHEN, "shoe", "39", actor(), brand="nike")
    said = [(s.brand, s.size) for s in desk.card.card(CHEN, WANG).stated]
    assert said == [("", "37"), ("nike", "39")]
    assert desk.clients.portrait(CHEN).fields["shoe_size"] == "37"
    desk.card_deeds.sizes.state(CHEN, "shoe", "", actor(), brand="NIKE")
    assert [s.brand for s in desk.card.card(CHEN, WANG).stated] == [""]


def test_a_size_that_another_program_wrote_counts_without_a_day(desk: Desk) -> None:
    desk.card_deeds.sizes.state(CHEN, "top", "M", actor())
    desk.client_deeds.edit(CHEN, {"top_size": "L"}, actor())
    assert StatedSize("top", "", "L", None) in desk.card.card(CHEN, WANG).stated


def test_a_size_of_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.card_deeds.sizes.state(ident(9999), "shoe", "37", actor())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["shoe", "top"]), st.sampled_from(["", "Nike", "ECCO"]), st.sampled_from(["", "S", "M"])
        )
    )
)
def test_what_was_said_last_stands(sayings: list[tuple[str, str, str]]) -> None:
    facts = [(kind, brand, size, at) for at, (kind, brand, size) in enumerate(sayings, start=1)]
    last = {(kind, brand): (size, at) for kind, brand, size, at in facts}
    fields = _NONE | {f"{kind}_size": size for (kind, brand), (size, _) in last.items() if not brand}
    found = {(s.kind, s.brand): (s.size, s.at) for s in stated_sizes(fields, facts)}  # type: ignore[arg-type]
    assert found == {key: said for key, said in last.items() if said[0]}


def test_the_closet_holds_what_she_kept_for_herself(desk: Desk) -> None:
    pieces = desk.card.card(CHEN, WANG).closet
    assert pieces
    assert all(piece.product_id == LOAFER for piece in pieces)
    line = pieces[0].line_id
    desk.card_deeds.bought.mark(CHEN, line, actor(), who="同事")
    assert line not in [piece.line_id for piece in desk.card.card(CHEN, WANG).closet]


def test_a_piece_is_found_by_any_of_its_words() -> None:
    piece = Piece("1", "软底乐福鞋", "黑", "37", 1, 5 * DAY_MS, "鞋/女鞋/乐福鞋", spu="RM-1001")
    assert piece.matches("")
    assert piece.matches("乐福 黑")
    assert piece.matches("rm-10 37")
    assert not piece.matches("乐福 白")
