from __future__ import annotations

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.birthdays import Birthday
from guide_app.base.tabular.people import (
    client_record,
    missing_fields,
    neutral_name,
    parse_phone,
    parse_sex,
    parse_tags,
)


@pytest.mark.parametrize("text", ["13800005678", "+86 138-0000-5678", "13800005678.0", "０0861３８００００５６７８"])
def test_phones_come_out_in_stored_form(text: str) -> None:
    assert parse_phone(text) == "13800005678"


def test_a_phone_that_a_spreadsheet_spoilt_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="科学计数法"):
        parse_phone("1.38E+10")


def test_sexes_and_tags() -> None:
    assert [parse_sex(word) for word in ("女", "先生", "F", "保密")] == ["female", "male", "female", ""]
    assert parse_tags("金卡、爱穿 37 码, 金卡；周末来") == ("金卡", "爱穿 37 码", "周末来")
    with pytest.raises(InvalidInputError):
        parse_tags("长" * 31)


def test_a_record_leaves_out_what_a_row_does_not_say() -> None:
    row = {"name": "陈雅婷", "phone": None, "wechat": "", "tags": ("金卡",), "birthday": Birthday("lunar", None, 8, 15)}
    assert client_record(row) == {
        "name": "陈雅婷",
        "birth_calendar": "lunar",
        "birth_year": None,
        "birth_month": 8,
        "birth_day": 15,
        "birth_leap": False,
    }


def test_only_empty_fields_are_filled_and_a_birthday_whole_or_not_at_all() -> None:
    held = {"name": "陈雅婷", "wechat": "", "birth_month": 3, "birth_day": 8, "birth_calendar": "solar"}
    offered = {"name": "陈女士", "wechat": "chen", "birth_month": 8, "birth_day": 15, "birth_calendar": "lunar"}
    assert missing_fields(held, offered) == {"wechat": "chen"}
    unborn = {**held, "birth_month": None, "birth_day": None}
    assert missing_fields(unborn, offered) == {
        "wechat": "chen",
        "birth_month": 8,
        "birth_day": 15,
        "birth_calendar": "lunar",
    }


def test_neutral_names() -> None:
    assert neutral_name("17850", "") == "顾客 17850"
    assert neutral_name("", "13800005678") == "顾客 5678"
