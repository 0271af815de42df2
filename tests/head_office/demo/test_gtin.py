from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.gtin import parse_gtin
from head_office.demo.brand import Brand
from head_office.demo.gtin import restricted_gtin


@given(st.integers(0, 99_999), st.integers(0, 9_999))
def test_restricted_numbers_are_valid_and_in_the_range(product_no: int, variant: int) -> None:
    gtin = restricted_gtin(product_no, variant)
    assert len(parse_gtin(gtin)) == 13
    assert 200 <= int(gtin[:3]) <= 299


@pytest.mark.parametrize(("product_no", "variant"), [(100_000, 0), (0, 10_000)])
def test_numbers_that_do_not_fit_are_refused(product_no: int, variant: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        restricted_gtin(product_no, variant)


def test_every_variant_has_its_own(brand: Brand) -> None:
    gtins = [parse_gtin(sku.gtin) for sku in brand.skus]
    assert len(set(gtins)) == len(gtins)
