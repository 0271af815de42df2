from __future__ import annotations

from head_office.demo.brand import Brand
from head_office.demo.coupon_terms import more_batches, terms_of
from head_office.publishing.coupon_terms import fault_of


def test_the_demo_shows_every_kind_and_head_office_would_publish_it(brand: Brand) -> None:
    plain = [terms_of(template) for template in brand.coupon_templates]
    more = more_batches(brand.today, brand.stores, brand.products)
    batches = [*plain, *more]
    assert {terms.kind for terms in batches} == {
        "threshold_off", "cash_off", "percent_off", "nth_item", "random_off", "exchange", "shipping_off",
    }  # fmt: skip
    assert [fault_of(terms) for terms in batches] == [""] * len(batches)
    assert len({terms.no for terms in batches}) == len({terms.id for terms in batches}) == len(batches)
    offered = [terms for terms in batches if terms.status == "active" and not terms.occasion]
    assert all(terms.allot_count for terms in offered)
