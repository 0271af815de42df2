"""A rule is read and written without loss, and a fault is told with its place."""

from typing import Any

import pytest
from hypothesis import given

from guide_app.base.errors import InvalidInputError
from guide_app.segments import model as m
from guide_app.segments.parse import dump, parse
from tests.helpers.segment_rules import rules


@given(rules())
def test_what_was_written_is_read_again(rule: m.Rule) -> None:
    assert parse(dump(rule)) == rule


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "开头"),
        ({}, "开头"),
        ({"all": [], "any": []}, "开头"),
        ({"all": {}}, "all"),
        ({"all": [{"flag": "starred"}, {"any": [{"figure": "orders"}]}]}, "all[1].any[0]"),
        ({"not": {"field": "phone", "in": ["1"]}}, "not.field"),
        ({"field": "sex", "in": []}, "in"),
        ({"field": "sex", "in": ["female", 3]}, "in[1]"),
        ({"field": "sex"}, "in"),
        ({"all": [{"figure": "orders", "at_least": 5, "at_most": 3}]}, "all[0].at_most"),
        ({"figure": "orders", "at_least": True}, "at_least"),
        ({"figure": "orders", "at_least": 1, "atmost": 3}, "atmost"),
        ({"bought": {"category": "女鞋", "times": 0}}, "bought.times"),
        ({"bought": {"brand": "x"}}, "bought.brand"),
        ({"bought": "女鞋"}, "bought"),
        ({"event": "walked", "within_days": 3}, "event"),
        ({"event": "scan", "hours": [18]}, "hours"),
        ({"event": "scan", "hours": [18, 18]}, "hours"),
        ({"all": [{"event": "scan", "hours": [24, 2]}]}, "all[0].hours"),
        ({"event": "scan", "hours": ["18", 22]}, "hours"),
        ({"said": " "}, "said"),
        ({"said": "靴", "times": 2}, "times"),
        ({"tag": ""}, "tag"),
        ({"consent": "anything"}, "consent"),
        ({"list": ""}, "list"),
        ({"flag": ["starred"]}, "flag"),
        ({"all": [{"flag": "starred"}] * 101}, "开头"),
    ],
)
def test_a_fault_is_told_with_its_place(data: Any, place: str) -> None:
    with pytest.raises(InvalidInputError) as told:
        parse(data)
    assert told.value.code == "segment.rule"
    assert told.value.sentence.startswith(f"分群规则的 {place}: ")


def test_a_rule_that_is_too_deep_is_refused() -> None:
    data: dict[str, Any] = {"flag": "starred"}
    for _ in range(7):
        data = {"not": data}
    assert parse(data)
    with pytest.raises(InvalidInputError, match="套得太深"):
        parse({"not": data})


def test_tags_filter_by_any_of_a_group_and_all_groups() -> None:
    chosen = (("等级", "金卡"), ("等级", "银卡"), ("风格", "通勤"), ("", "老客"))
    assert m.tag_filter(chosen) == m.All(
        (
            m.Some((m.Tagged("金卡", "等级"), m.Tagged("银卡", "等级"))),
            m.Tagged("通勤", "风格"),
            m.Tagged("老客"),
        )
    )
