"""Whether a piece is still there: certain where nothing sells, modest where little is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.catalogue.outlook import LOOK_BACK_MS, still_there
from guide_app.flows.desk import Desk
from tests.helpers.book import LOAFER, NOW, STORE, Frames, HandClock, ident

_AGES = st.integers(0, 60 * DAY_MS)


def test_a_figure_of_this_moment_is_sure() -> None:
    assert still_there(1, 30, LOOK_BACK_MS, 0) == pytest.approx(1)
    assert still_there(0, 0, LOOK_BACK_MS, 0) == 0


def test_too_little_watched_says_nothing() -> None:
    assert still_there(3, 2, 6 * DAY_MS, DAY_MS) is None


def test_the_last_piece_of_what_sells_daily() -> None:
    """One a day: after a day the last piece is there with about exp(-1), a little more for what is not known."""
    assert still_there(1, 28, LOOK_BACK_MS, DAY_MS) == pytest.approx(0.3679, abs=0.01)


@given(available=st.integers(1, 40), sold=st.integers(0, 200), age=_AGES, more=st.integers(1, 10 * DAY_MS))
def test_older_figures_and_quicker_sellers_are_less_sure(available: int, sold: int, age: int, more: int) -> None:
    now = still_there(available, sold, LOOK_BACK_MS, age)
    later, quicker = (
        still_there(available, sold, LOOK_BACK_MS, age + more),
        still_there(available, sold + 1, LOOK_BACK_MS, age),
    )
    plenty = still_there(available + 1, sold, LOOK_BACK_MS, age)
    assert now is not None
    assert later is not None
    assert quicker is not None
    assert plenty is not None
    assert 0 <= later <= now + 1e-9
    assert quicker <= now + 1e-9
    assert now <= plenty + 1e-9 <= 1 + 2e-9


def test_what_was_sold_here_since_the_figure_counts(desk: Desk, clock: HandClock) -> None:
    before = desk.catalogue.card(LOAFER, STORE).skus[0]
    assert before.chance is not None
    assert before.chance > 0.99
    frame = Frames()
    frame._seq = 700
    sale = {"client_id": None, "at": NOW - 60_000, "total_fen": 1, "kind": "sale"}
    line = {"purchase_id": ident(80), "sku_id": ident(10), "product_id": LOAFER, "title": "鞋", "qty": 2}
    desk.db.apply(lambda a: a.apply([
        frame("purchase", ident(80), store=STORE, order_no="N80", **sale),
        frame("purchase_line", ident(81), store=STORE, **line),
    ]))  # fmt: skip
    after = desk.catalogue.card(LOAFER, STORE).skus[0]
    assert (after.sold, after.chance) == (2, 0.0)
    clock.ms += 30 * DAY_MS
    assert desk.catalogue.card(LOAFER, STORE).skus[0].sold == 0
