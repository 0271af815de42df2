"""The model of when clients leave: as published on CDNOW, true in its own world."""

import csv
import os
import random
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.segments.btyd import Bought, Params, alive, expected, fit, hyp2f1, log_likelihood
from guide_app.segments.rhythm import WEEK_MS, History, learn, left_percent, likely_orders, outlook
from tests.helpers.book import NOW

#: Fader, Hardie, Lee 2005, table 2.
PUBLISHED = Params(0.243, 4.414, 0.793, 2.426)
CDNOW = Path(os.environ.get("GUIDE_REAL_DATA", Path(__file__).parents[4] / "shared" / "data")) / "cdnow"
real = pytest.mark.skipif(not CDNOW.is_dir(), reason="the CDNOW data is not here")
params = st.builds(Params, *(st.floats(0.05, 20) for _ in range(4)))
buyers = st.builds(lambda x, last, more: Bought(x, last if x else 0.0, last + more), st.integers(0, 40),
                   st.floats(0.1, 100), st.floats(0, 300))  # fmt: skip


def cdnow() -> list[Bought]:
    with (CDNOW / "cdnow_summary_x_tx_T_zbar.csv").open() as file:
        return [Bought(int(row["x"]), float(row["t_x"]), float(row["T"])) for row in csv.DictReader(file)]


@real
def test_the_published_parameters_are_found_again() -> None:
    found = fit(cdnow())
    assert found.settled
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    for name in ("r", "alpha", "a", "b"):
        assert getattr(found.params, name) == pytest.approx(getattr(PUBLISHED, name), abs=0.001)


def test_the_published_client_is_foretold_as_published() -> None:
    """Equation 10 of the paper, worked by its authors (technical note of 2004): x = 2, t_x = 30.43, T = 38.86."""
    assert expected(PUBLISHED, Bought(2, 30.43, 38.86), 39) == pytest.approx(1.226, abs=0.001)


@real
def test_what_was_held_back_is_foretold() -> None:
    """Learnt from 26 weeks of CDNOW, the next 12 bring within a sixth of the purchases that it says, group by group."""
    dates: dict[str, set[str]] = {}
    with (CDNOW / "cdnow_sample_calibration_1997-01_1997-09.csv").open() as file:
        for row in csv.DictReader(file):
            dates.setdefault(row["master_id"], set()).add(row["date"])
    crowd, came = [], []
    for days in dates.values():
        weeks = sorted(_weeks(day) for day in days)
        known = [week for week in weeks if week < 26]
        crowd.append(Bought(len(known) - 1, known[-1] - known[0], 26 - known[0]))
        came.append(sum(26 <= week < 38 for week in weeks))
    learnt = fit(crowd).params
    said = [expected(learnt, one, 12) for one in crowd]
    assert sum(said) == pytest.approx(sum(came), rel=1 / 6)
    for least, most in ((0, 0), (1, 1), (2, 3), (4, 99)):
        group = [n for n, one in enumerate(crowd) if least <= one.again <= most]
        assert sum(said[n] for n in group) == pytest.approx(sum(came[n] for n in group), rel=0.25)


def test_of_those_said_to_have_left_with_80_percent_80_percent_have() -> None:
    """A world made by the model: the probability that it tells is the share that has really left."""
    people = [_life(random.Random(n)) for n in range(6_000)]  # noqa: S311 - a simulation
    learnt = fit([one for one, _ in people]).params
    for least in range(0, 100, 20):
        told = [(1 - alive(learnt, one), gone) for one, gone in people if one.again > 0]
        group = [(said, gone) for said, gone in told if least <= said * 100 < least + 20]
        if len(group) > 50:
            said, share = (sum(values) / len(group) for values in zip(*group, strict=True))
            assert share == pytest.approx(said, abs=3 * sqrt(said * (1 - said) / len(group)) + 0.02)


@given(params, buyers)
def test_a_probability_is_one_and_falls_with_silence(model: Params, one: Bought) -> None:
    later = Bought(one.again, one.last, one.seen + 10)
    assert 0 <= alive(model, later) <= alive(model, one) <= 1
    assert log_likelihood(model, [one]) < float("inf")


@given(params, buyers, st.floats(1, 26))
def test_more_time_brings_no_fewer_purchases(model: Params, one: Bought, ahead: float) -> None:
    assert 0 <= expected(model, one, ahead) <= expected(model, one, ahead * 2) + 1e-6


def test_the_series_is_gausss() -> None:
    """2F1(1, 1; 2; z) = -ln(1 - z) / z; 2F1(1/2, 1; 3/2; z²) = artanh(z) / z (DLMF 15.4)."""
    assert hyp2f1(1, 1, 2, 0.5) == pytest.approx(1.3862943611198906)
    assert hyp2f1(0.5, 1, 1.5, 0.25) == pytest.approx(1.0986122886681098)
    assert hyp2f1(2, 3, 1.5, 0.9) == pytest.approx((0.1 ** (-3.5)) * hyp2f1(-0.5, -1.5, 1.5, 0.9))


def test_too_few_who_came_back_teach_nothing() -> None:
    assert learn([History(NOW - 90 * DAY_MS, NOW - 30 * DAY_MS, 2)] * 49, NOW) is None


def test_the_interval_holds_the_word_and_narrows_with_the_book() -> None:
    small, large = (learn([_history(n) for n in range(size)], NOW) for size in (400, 4_000))
    assert small is not None
    assert large is not None
    hers = History(NOW - 40 * WEEK_MS, NOW - 20 * WEEK_MS, 4)
    widths = []
    for model in (small, large):
        told = outlook(model, hers, NOW)
        assert told is not None
        assert told.left_low <= told.left <= told.left_high
        assert told.left == left_percent(model, hers, NOW)
        assert told.orders_low <= told.orders == likely_orders(model, hers, NOW) <= told.orders_high
        widths.append(told.left_high - told.left_low)
    assert 0 < widths[1] < widths[0]


def test_below_two_receipts_nothing_is_said() -> None:
    model = learn([_history(n) for n in range(400)], NOW)
    assert model is not None
    assert outlook(model, History(NOW - 40 * WEEK_MS, NOW - 40 * WEEK_MS, 1), NOW) is None


def _weeks(day: str) -> float:
    month, of_month = int(day[5:7]), int(day[8:10])
    return (sum((31, 28, 31, 30, 31, 30, 31, 31, 30)[: month - 1]) + of_month - 1) / 7


def _life(dice: random.Random, model: Params = PUBLISHED) -> tuple[Bought, bool]:
    """A client of the model's world, and whether she has left."""
    rate, leaves, seen = dice.gammavariate(model.r, 1 / model.alpha), dice.betavariate(model.a, model.b), 39.0
    moment, times, last = 0.0, 0, 0.0
    while True:
        moment += dice.expovariate(rate) if rate > 0 else seen
        if moment > seen:
            return Bought(times, last, seen), False
        times, last = times + 1, moment
        if dice.random() < leaves:
            return Bought(times, last, seen), True


def _history(n: int) -> History:
    one, _ = _life(random.Random(n))  # noqa: S311 - a simulation
    first = NOW - round(one.seen * WEEK_MS)
    return History(first, first + round(one.last * WEEK_MS), one.again + 1)
