from __future__ import annotations

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.birthdays import Birthday, parse_birthday


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1991-03-08", Birthday("solar", 1991, 3, 8)),
        ("1991年3月8日", Birthday("solar", 1991, 3, 8)),
        ("19910308", Birthday("solar", 1991, 3, 8)),
        ("33305", Birthday("solar", 1991, 3, 8)),  # as a spreadsheet stores it
        ("3月8日", Birthday("solar", None, 3, 8)),
        ("03-08", Birthday("solar", None, 3, 8)),
        ("0308", Birthday("solar", None, 3, 8)),
        ("--0203", Birthday("solar", None, 2, 3)),  # RFC 6350
        ("2/29", Birthday("solar", None, 2, 29)),
        ("农历八月十五", Birthday("lunar", None, 8, 15)),
        ("农历1985年正月初一", Birthday("lunar", 1985, 1, 1)),
        ("1985-10-14 (农)", Birthday("lunar", 1985, 10, 14)),
        ("阴历 腊月廿三", Birthday("lunar", None, 12, 23)),
        ("农历冬月三十", Birthday("lunar", None, 11, 30)),
        ("闰四月初十", Birthday("lunar", None, 4, 10, leap=True)),
        ("腊月三十", Birthday("lunar", None, 12, 30)),
        ("1990年正月初一", Birthday("lunar", 1990, 1, 1)),
        ("三月初三", Birthday("lunar", None, 3, 3)),
        ("8月廿三", Birthday("lunar", None, 8, 23)),
        ("冬月", Birthday("lunar", None, 11, None)),
        ("农历十一月二十", Birthday("lunar", None, 11, 20)),
        ("3月", Birthday("solar", None, 3, None)),
        ("3月份", Birthday("solar", None, 3, None)),
        ("三月", Birthday("solar", None, 3, None)),
        ("十二月", Birthday("solar", None, 12, None)),
        ("1991年3月", Birthday("solar", 1991, 3, None)),
        ("1991-03", Birthday("solar", 1991, 3, None)),
        ("--03", Birthday("solar", None, 3, None)),  # RFC 6350
        ("农历八月", Birthday("lunar", None, 8, None)),
        ("腊月 (农)", Birthday("lunar", None, 12, None)),
        ("农历1982年闰四月", Birthday("lunar", 1982, 4, None, leap=True)),
        ("0000-03-08", Birthday("solar", None, 3, 8)),
        ("?年3月8日", Birthday("solar", None, 3, 8)),
        ("未知年3月", Birthday("solar", None, 3, None)),
        ("农历 xxxx年八月十五", Birthday("lunar", None, 8, 15)),
    ],
)
def test_birthdays_as_people_write_them(text: str, birthday: Birthday) -> None:
    assert parse_birthday(text) == birthday


_NONE = "2-30|1991-13-01|农历十三月初一|农历八月卅一|1800-01-01|农历|5|13月|0月|1800年3月|月|腊月卅一"


@pytest.mark.parametrize("text", _NONE.split("|"))
def test_what_is_no_birthday_is_refused_and_named(text: str) -> None:
    with pytest.raises(InvalidInputError, match=text):
        parse_birthday(text)
