import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.sharing.caption import fill, plain_words, salutation, unfilled, with_link

NAMES = st.sampled_from(["称呼", "商品", "券", "门店", "导购"])


@pytest.mark.parametrize(
    ("name", "sex", "called"),
    [
        ("陈雅婷", "female", "陈女士"),
        ("周建国", "male", "周先生"),
        ("欧阳娜娜", "female", "欧阳女士"),
        ("单雪", "female", "单女士"),
        ("林小满", "", "林小满"),
        ("张女士", "female", "张女士"),
        ("Anna", "female", "Anna"),
        ("阿卜杜热合曼", "male", "阿卜杜热合曼"),
    ],
)
def test_a_client_is_addressed_as_she_would_be_in_the_store(name: str, sex: str, called: str) -> None:
    assert salutation(name, sex) == called


def test_a_script_is_filled_and_what_has_no_value_stays_in_sight() -> None:
    script = "{称呼}, {商品}到{门店}了, 送您{券}"
    filled = fill(script, {"称呼": "陈女士", "商品": "云感小白鞋", "门店": "南京西路店", "券": ""})
    assert filled == "陈女士, 云感小白鞋到南京西路店了, 送您{券}"
    assert unfilled(filled) == ("{券}",)


@given(st.lists(st.one_of(NAMES.map(lambda n: "{" + n + "}"), st.text(max_size=8))).map("".join))
def test_filling_all_names_leaves_none_of_them_and_touches_nothing_else(script: str) -> None:
    values = dict.fromkeys(["称呼", "商品", "券", "门店", "导购"], "…")
    filled = fill(script, values)
    assert not [name for name in unfilled(filled) if name.strip("{} ") in values]
    assert filled == re.sub("|".join("{" + name + "}" for name in values), "…", script)


@given(st.text(max_size=30), st.dictionaries(NAMES, st.text(alphabet="{}券商品", max_size=6)))
def test_a_value_is_never_read_as_a_script(script: str, values: dict[str, str]) -> None:
    once = fill("{券}" + script.replace("{", "").replace("}", ""), values)
    assert once.startswith(values.get("券") or "{券}")


def test_the_link_stands_alone_on_the_last_line() -> None:
    words = plain_words(product="云感小白鞋", price_fen=42900, coupon=None, guide="王敏", store="南京西路店")
    assert with_link(words + "\n\n", "https://x/s/1").splitlines() == [
        "云感小白鞋 ¥429",
        "库存与现价以页面为准。—— 南京西路店 王敏",
        "https://x/s/1",
    ]
