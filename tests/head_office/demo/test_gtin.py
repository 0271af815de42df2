from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from head_office.demo.brand import Brand
from head_office.demo.gtin import check_digit, is_valid, restricted_gtin


@pytest.mark.parametrize(
    ("digits", "check"),
    [
        # The example of GS1 General Specifications 7.9: odd places 6+9+0+1+0+2 = 18,
        # even places (2+1+4+5+0+1) x 3 = 39,
        # together 57, up to the next ten 3.
        ("629104150021", 3),
        ("400638133393", 1),
        ("590123412345", 7),
        ("978030640615", 7),
        ("200000000000", 8),
    ],
)
def test_check_digits_worked_out_by_hand(digits: str, check: int) -> None:
    assert check_digit(digits) == check


@pytest.mark.parametrize("bad", ["", "12a", "１２３", "-1", "1 2"])
def test_refuses_what_is_not_digits(bad: str) -> None:
    with pytest.raises(ValueError, match="not digits only"):
        check_digit(bad)


@given(st.integers(0, 99_999), st.integers(0, 9_999))
def test_restricted_numbers_are_valid_and_in_the_range(product_no: int, variant: int) -> None:
    gtin = restricted_gtin(product_no, variant)
    assert is_valid(gtin)
    assert 200 <= int(gtin[:3]) <= 299


@given(st.integers(0, 99_999), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(product_no: int, place: int, step: int) -> None:
    gtin = restricted_gtin(product_no, 7)
    wrong = gtin[:place] + str((int(gtin[place]) + step) % 10) + gtin[place + 1 :]
    assert not is_valid(wrong)


@pytest.mark.parametrize(("product_no", "variant"), [(100_000, 0), (0, 10_000)])
def test_numbers_that_do_not_fit_are_refused(product_no: int, variant: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        restricted_gtin(product_no, variant)


def test_every_variant_has_its_own(brand: Brand) -> None:
    gtins = [sku.gtin for sku in brand.skus]
    assert all(map(is_valid, gtins))
    assert len(set(gtins)) == len(gtins)
