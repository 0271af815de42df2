from __future__ import annotations

import math

import pytest

from head_office.demo.brand import build
from head_office.demo.buying import BgNbd, GammaGamma
from head_office.demo.clock import business_day
from head_office.demo.people import people
from head_office.demo.rng import stream
from head_office.demo.shops import staff, stores
from head_office.demo.simulate import YUAN_PER_DOLLAR_OF_FIT
from tests.head_office.demo.conftest import TODAY


def test_the_closed_form_agrees_with_a_numerical_integral() -> None:
    """E[X(t)] is the integral of P(alive at s) x rate; here by a sum over many simulated customers' (rate, leaving)."""
    model, rng = BgNbd(), stream("integral")
    total, customers, weeks = 0.0, 40_000, 52.0
    for _ in range(customers):
        rate = rng.gammavariate(model.r, 1 / model.alpha)
        leaving = rng.betavariate(model.a, model.b)
        # Given rate and leaving: repeats = (1 - exp(-rate p t)) / p  (equation 5 of the paper)
        total += -math.expm1(-rate * leaving * weeks) / leaving if leaving > 1e-9 else rate * weeks
    assert total / customers == pytest.approx(model.expected_repeats(weeks), rel=0.03)


@pytest.mark.parametrize("weeks", [13, 52, 156])
def test_simulated_repeats_have_the_expected_mean(weeks: int) -> None:
    model, rng = BgNbd(), stream("mean", weeks)
    counts = [len(model.repeats(rng, weeks)) for _ in range(30_000)]
    mean = sum(counts) / len(counts)
    spread = math.sqrt(sum((c - mean) ** 2 for c in counts) / len(counts) / len(counts))
    assert abs(mean - model.expected_repeats(weeks)) < 4 * spread


def test_repeats_are_in_order_and_within_the_horizon() -> None:
    model, rng = BgNbd(), stream("order")
    for _ in range(2_000):
        times = model.repeats(rng, 40)
        assert times == sorted(times)
        assert all(0 < t < 40 for t in times)


def test_nobody_comes_back_in_no_time() -> None:
    assert BgNbd().expected_repeats(0) == pytest.approx(0)
    assert BgNbd().repeats(stream("x"), 0) == []


def test_order_values_have_the_fitted_mean() -> None:
    model, rng = GammaGamma(), stream("money")
    values = [model.order(rng, model.customer(rng)) for _ in range(60_000)]
    assert model.mean == pytest.approx(35.2, abs=0.1)  # dollars, as in the note
    assert sum(values) / len(values) == pytest.approx(model.mean, rel=0.03)


@pytest.fixture(scope="module")
def several() -> list[tuple[float, int, int, int]]:
    """For five seeds: expected repeats of all clients, simulated ones, client orders, paid fen."""
    rows = []
    for seed in range(5):
        brand = build(TODAY, seed)
        shops = stores(TODAY, seed)
        known = [p for p in people(shops, staff(shops, TODAY, seed), TODAY, seed) if p.first and not p.hero]
        ids = {p.client.id for p in known}
        sales = [p for p in brand.purchases if p.kind == "sale" and p.client_id in ids]
        expected = sum(
            BgNbd().expected_repeats((TODAY - business_day(p.first)).days / 7) for p in known if p.first is not None
        )
        rows.append((expected, len(sales) - len(known), len(sales), sum(p.total_fen for p in sales)))
    return rows


def test_the_brand_s_clients_come_back_as_the_model_says(several: list[tuple[float, int, int, int]]) -> None:
    expected = sum(row[0] for row in several)
    assert sum(row[1] for row in several) == pytest.approx(expected, rel=0.06)


def test_the_brand_s_orders_are_worth_what_the_model_says(several: list[tuple[float, int, int, int]]) -> None:
    """Baskets are made of real prices, so an order only comes near its drawn value; the mean must not drift."""
    mean_yuan = sum(row[3] for row in several) / sum(row[2] for row in several) / 100
    assert mean_yuan == pytest.approx(GammaGamma().mean * YUAN_PER_DOLLAR_OF_FIT, rel=0.06)
