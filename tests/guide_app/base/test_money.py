import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import apportion, parse_yuan, yuan


@given(st.integers(-(10**12), 10**12))
def test_what_is_shown_reads_back_as_the_same_fen(fen: int) -> None:
    text = yuan(fen)
    assert parse_yuan(text.replace("-", "")) == abs(fen)
    assert text.startswith("-") == (fen < 0)


@pytest.mark.parametrize("text", ["", "abc", "1.234", "NaN", "Infinity", "1e-3"])
def test_what_is_not_whole_fen_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_yuan(text)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=30).filter(any))
def test_apportioned_parts_sum_to_the_whole_and_are_fair_to_a_fen(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_ties_go_to_the_earlier_line() -> None:
    assert apportion(100, [1, 1, 1]) == [34, 33, 33]
    assert apportion(8000, [56900, 11380]) == [6667, 1333]
