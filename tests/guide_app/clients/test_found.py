"""Why a search found somebody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.clients.found import Match, named_match, told_match
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LI, actor


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("雅婷", Match("name", "陈雅婷", 1, 2)),
        ("cyt", Match("pinyin", "陈雅婷")),
        ("chenya", Match("pinyin", "陈雅婷")),
        ("5678", Match("phone", "5678", 0, 4)),
        ("金", Match("tag", "金卡", 0, 1)),
    ],
)
def test_every_hit_says_what_matched(desk: Desk, typed: str, match: Match) -> None:
    (row,) = [row for row in desk.clients.search(typed) if row.id == CHEN]
    assert row.match == match


def test_a_note_is_shown_around_what_was_typed(desk: Desk) -> None:
    desk.client_deeds.note(
        CHEN, "上周来过, 试了两双, 说脚背高, 旧款都偏紧, 等新楦出来再告诉她试一下, 不急着买", actor()
    )
    (row,) = desk.clients.search("脚背高")
    assert row.match is not None
    assert row.match.field == "note"
    assert row.match.words[row.match.start :][: row.match.length] == "脚背高"
    assert row.match.words.startswith("…")
    assert row.match.words.endswith("…")


def test_a_private_note_neither_finds_nor_explains(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "公开地说脚背高", actor())
    desk.client_deeds.note(CHEN, "脚背高, 正在办离婚", replace(actor(), guide_id=LI), private=True)
    (row,) = desk.clients.search("脚背高")
    assert row.match is not None
    assert "公开" in row.match.words
    assert "离婚" not in row.match.words
    assert desk.clients.search("离婚") == ()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾小云", "zeng"), ("曾小云", "zxy"), ("单晓", "shan"), ("单晓", "sx"), ("解小东", "xie"), ("仇英", "qiu"),
        ("区桂芝", "ou"), ("查良镛", "zha"), ("任我行", "ren"), ("朴正", "piao"), ("盖叫天", "ge"), ("尉迟恭", "yuchi"),
    ],
)  # fmt: skip
def test_surnames_with_a_reading_of_their_own_are_found(desk: Desk, name: str, typed: str) -> None:
    desk.client_deeds.add({"name": name}, actor())
    assert name in [row.name for row in desk.clients.search(typed)]


@given(st.text(min_size=1), st.text(), st.text())
def test_the_mark_is_on_what_was_typed(typed: str, before: str, after: str) -> None:
    match = told_match(typed, [("note", before + typed + after)])
    if match is not None:
        marked = match.words[match.start :][: match.length]
        assert marked.casefold() == typed.replace("\n", " ").casefold()


def test_a_number_is_told_as_far_as_it_was_typed() -> None:
    assert named_match("e", "3800", "陈雅婷") == Match("phone", "3800", 0, 4)
