"""What the database answers to a rule is what a plain evaluation of it says, person by person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.segments import grids
from guide_app.segments import model as m
from guide_app.segments.queries import SegmentQueries
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.search import SearchIndex
from tests.helpers.book import KEY, LI, NOW, STORE, WANG, HandClock, ident
from tests.helpers.segment_book import LISTS, PRODUCTS, Crowd
from tests.helpers.segment_rules import fits, rules

RULES = rules([*PRODUCTS], LISTS)


class Books:
    """A book and who is in it."""

    def __init__(self, crowd: Crowd, segments: SegmentQueries) -> None:
        self.people = crowd.people
        self.segments = segments

    def expected(self, rule: m.Rule, viewer: str = WANG) -> tuple[str, ...]:
        return tuple(sorted(who.id for who in self.people if fits(rule, who, NOW, viewer)))


@pytest.fixture(scope="module", params=[1, 2, 3])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    crowd = Crowd(request.param, 60)
    clock = HandClock()
    db = Database.open(_fresh(tmp_path_factory), KEY, clock, search=SearchIndex())
    try:
        db.apply(
            lambda applier: save_device(
                applier.conn, device_id=ident(99), token="t", store_id=STORE, scopes=[BRAND, store_scope(STORE)]
            )
        )
        db.apply(lambda applier: applier.apply(crowd.frames))
        yield Books(crowd, SegmentQueries(db, clock))
    finally:
        db.close()


def _fresh(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("crowd") / "book.db"


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_the_database_says_what_a_plain_evaluation_says(book: Books, rule: m.Rule) -> None:
    expected = book.expected(rule)
    assert book.segments.ids(rule, WANG) == expected
    assert book.segments.count(rule, WANG) == len(expected)
    assert book.segments.ids(rule, LI) == book.expected(rule, LI)


@pytest.mark.parametrize("days", [3, 30, 300])
def test_a_coupon_that_was_given_on_is_held_since_then(book: Books, days: int) -> None:
    rule = m.Event("held_coupon", days)
    assert book.segments.ids(rule, WANG) == book.expected(rule)


@settings(max_examples=40, deadline=None)
@given(RULES, RULES)
def test_an_overlap_is_what_both_lists_have_in_common(book: Books, first: m.Rule, second: m.Rule) -> None:
    a, b = set(book.expected(first)), set(book.expected(second))
    assert book.segments.overlap(first, second, WANG) == m.Overlap(len(a), len(b), len(a & b))


@settings(max_examples=60, deadline=None)
@given(RULES)
def test_everybody_who_fits_is_reached_or_left_out_for_a_reason(book: Books, rule: m.Rule) -> None:
    reach = book.segments.reach(rule, WANG)
    assert reach.total == len(book.expected(rule))
    assert reach.reached + sum(reach.left_out.values()) == reach.total
    reached = book.segments.reached(rule, WANG)
    assert len(reached) == reach.reached
    quiet = m.All((m.Consented("marketing"), m.Field("flag", ("",)), m.Not(m.Event("contact", 7))))
    assert set(reached) <= set(book.expected(quiet))


@pytest.mark.parametrize("rules_of", [grids.cells, grids.stages])
def test_nobody_stands_in_two_cells_or_stages(book: Books, rules_of: object) -> None:
    parts = grids.cells() if rules_of is grids.cells else grids.stages()
    found = [client_id for rule in parts.values() for client_id in book.segments.ids(rule, WANG)]
    everybody = m.EVERYBODY if rules_of is grids.stages else m.Figure("orders", at_least=1)
    assert sorted(found) == list(book.segments.ids(everybody, WANG))
    counts = book.segments.stages(WANG) if rules_of is grids.stages else book.segments.grid(WANG)
    assert counts == {key: len(book.segments.ids(rule, WANG)) for key, rule in parts.items()}
