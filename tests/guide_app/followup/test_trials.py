"""Variants are ranked only where the numbers carry it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.followup.trials import LEAST, Variant, compare, wilson

COUNTS = st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_wilson_as_in_the_tables(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=1e-4)


@given(COUNTS)
def test_the_interval_holds_the_rate_and_stays_between_none_and_all(count: tuple[int, int]) -> None:
    hits, n = count
    low, high = wilson(hits, n)
    assert 0 <= low <= high <= 1
    if n:
        assert low - 1e-9 <= hits / n <= high + 1e-9


def test_few_messages_are_not_ranked() -> None:
    worse, better = Variant("a", "A", LEAST, 1), Variant("b", "B", LEAST - 1, LEAST - 1)
    trial = compare([better, worse])
    assert trial.verdict == "few"
    assert [v.name for v in trial.variants] == ["A", "B"]


def test_a_lead_within_chance_is_not_called_clear() -> None:
    even = compare([Variant("a", "A", 40, 10), Variant("b", "B", 40, 12)])
    assert (even.verdict, [v.name for v in even.variants]) == ("even", ["B", "A"])
    clear = compare([Variant("a", "A", 100, 10), Variant("b", "B", 100, 60)])
    assert (clear.verdict, clear.variants[0].name) == ("clear", "B")
