"""How far off a day is said to be."""

from __future__ import annotations

import pytest

from guide_app.followup.soon import soon


@pytest.mark.parametrize(("ahead", "said"), [(0, "今天"), (1, "明天"), (2, "2 天后"), (6, "6 天后")])
def test_a_day_is_named_as_one_says_it(ahead: int, said: str) -> None:
    assert str(soon(ahead)) == said
