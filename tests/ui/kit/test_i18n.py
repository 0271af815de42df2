"""One and many in languages that tell them apart."""

import pytest

from ui.kit.i18n import counted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 day[s] ago", "1 day ago"),
        ("0 day[s] ago", "0 days ago"),
        ("21 day[s] ago", "21 days ago"),
        ("more than 1,001 row[s]", "more than 1,001 rows"),
        ("First purchase 1 year[s] ago, in 2 day[s]", "First purchase 1 year ago, in 2 days"),
        ("¥1.1 day[s]", "¥1.1 day[s]"),
        ("52 天前", "52 天前"),
        ("size[s] 37", "size[s] 37"),
    ],
)
def test_an_ending_follows_its_number(text: str, said: str) -> None:
    assert counted(text) == said
