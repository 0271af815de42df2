from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import check_digit, parse_gtin


# The last is worked out in GS1 General Specifications, section 7.9.
@pytest.mark.parametrize(
    "gtin", ["6901234567892", "96385074", "614141000036", "10614141000415", "0000527000057", "6291041500213"]
)
def test_real_numbers_are_taken_as_they_are(gtin: str) -> None:
    assert parse_gtin(gtin) == gtin


def test_a_wrong_check_digit_is_named_with_the_right_one() -> None:
    with pytest.raises(InvalidInputError, match="应为 2, 不是 3"):
        parse_gtin("6901234567893")


@pytest.mark.parametrize("text", ["", "12345", "690123456789X", "６９０１２３４５６７８９２", "69012345678921"])
def test_what_is_no_gtin_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_gtin(text)


@given(st.text("0123456789", min_size=7, max_size=7), st.integers(0, 6), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(body: str, place: int, by: int) -> None:
    wrong = body[:place] + str((int(body[place]) + by) % 10) + body[place + 1 :]
    assert check_digit(body) != check_digit(wrong)
