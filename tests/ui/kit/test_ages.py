import pytest

from ui.kit.ages import age_text, is_stale

NOW = 1_795_242_720_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (-HOUR, "刚刚"),
        (0, "刚刚"),
        (MINUTE - 1, "刚刚"),
        (MINUTE, "1 分钟前"),
        (HOUR - 1, "59 分钟前"),
        (HOUR, "1 小时前"),
        (DAY - 1, "23 小时前"),
        (DAY, "1 天前"),
        (40 * DAY, "40 天前"),
    ],
)
def test_an_age_is_said_in_the_unit_a_person_would_use(age: int, said: str) -> None:
    assert age_text(NOW - age, NOW) == said


def test_figures_are_stale_after_a_day() -> None:
    assert not is_stale(NOW - DAY, NOW)
    assert is_stale(NOW - DAY - 1, NOW)
