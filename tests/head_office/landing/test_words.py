"""How moments, pieces and sizes are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from head_office.landing import words
from tests.head_office.landing.shop import MINUTE, NOW


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (-5 * MINUTE, "刚刚"),
        (0, "刚刚"),
        (MINUTE - 1, "刚刚"),
        (MINUTE, "1 分钟前"),
        (12 * MINUTE, "12 分钟前"),
        (60 * MINUTE - 1, "59 分钟前"),
        (60 * MINUTE, "1 小时前"),
        (DAY_MS, "1 天前"),
        (40 * DAY_MS, "40 天前"),
    ],
)
def test_the_age_of_a_figure(passed: int, said: str) -> None:
    assert words.age(NOW - passed, NOW) == said


@given(st.integers(0, 400 * DAY_MS))
def test_an_age_is_never_understated_by_a_whole_unit(passed: int) -> None:
    number, _, unit = words.age(NOW - passed, NOW).partition(" ")
    if unit:
        ms = int(number) * {"分钟前": MINUTE, "小时前": 60 * MINUTE, "天前": DAY_MS}[unit]
        assert ms <= passed < 2 * ms + DAY_MS


def test_the_last_day_of_a_coupon_that_ends_at_midnight_is_the_day_before() -> None:
    midnight = 1_797_004_800_000  # 2026-12-12 00:00 in Shanghai
    assert words.last_day(midnight, NOW) == "12 月 11 日"
    assert words.last_day(midnight + 1, NOW) == "12 月 12 日"
    assert words.day(NOW + 60 * DAY_MS, NOW) == "2027 年 1 月 23 日"
    assert words.moment(NOW, NOW) == "11 月 24 日 14:00"


@pytest.mark.parametrize(
    ("category", "unit"), [("女鞋/单鞋", "双"), ("男靴", "双"), ("袜子", "双"), ("羽绒服", "件"), ("", "件")]
)
def test_what_is_sold_in_pairs(category: str, unit: str) -> None:
    assert words.counter(category) == unit


@pytest.mark.parametrize(
    ("label", "said"), [("37", "37 码"), ("37.5", "37.5 码"), ("M", "M"), ("165/88A", "165/88A"), (" ", "均码")]
)
def test_sizes(label: str, said: str) -> None:
    assert words.size(label) == said
