from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.sharing.typeset import ELLIPSIS, NEVER_FIRST, NEVER_LAST, Font, Setting, Span, clean, clusters, fit

FONT = Font(10)


class Columns:
    """Chinese signs are one em wide, all else half an em; marks take no room."""

    def width(self, text: str, font: Font) -> float:
        wide = sum(1.0 if unicodedata.east_asian_width(c[0]) in "WF" else 0.5 for c in clusters(text))
        return wide * font.size + len(clusters(text)) * font.spacing


def set_text(text: str, ems: float, lines: int = 99, smallest: float = 1.0) -> Setting:
    return fit([Span(text, FONT)], ems * FONT.size, lines, Columns(), smallest)


def texts(setting: Setting) -> list[str]:
    return [line.text for line in setting.lines]


signs = st.sampled_from("软底乐福鞋女牛皮𠮷，。！？」』）《「（“”…—·")
words = st.sampled_from(["2026", "¥489", "¥1,299.00", "REDMAPLE", "Gore-Tex", "021-6258****", "a", "👨‍👩‍👧", "🇨🇳"])
mixed = st.lists(st.one_of(signs, words, st.just(" ")), max_size=40).map("".join).map(clean).filter(bool)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("软底乐福鞋 2026 秋", 6, ["软底乐福鞋", "2026 秋"]),
        ("轻便，好走。真的！", 2, ["轻", "便，", "好", "走。", "真", "的！"]),
        ("我说「很软」就买", 4, ["我说「很", "软」就买"]),
        ("我说「很软」就买", 3, ["我说", "「很", "软」", "就买"]),
        ("只要¥1,299.00元起", 4, ["只要", "¥1,299.0", "0元起"]),
        ("只要¥1,299.00元起", 6, ["只要", "¥1,299.00元", "起"]),
        ("满 400 减 80 全场通用", 5, ["满 400", "减 80 全", "场通用"]),
        ("REDMAPLE 软底鞋", 4, ["REDMAPLE", "软底鞋"]),
        ("等等……还有", 3, ["等等……", "还有"]),
        ("小牛皮 · 记忆棉鞋垫 · 久站不累", 7, ["小牛皮 · 记忆", "棉鞋垫 · 久站", "不累"]),
    ],
)
def test_lines_break_as_a_chinese_typesetter_would(text: str, ems: float, lines: list[str]) -> None:
    assert texts(set_text(text, ems)) == lines


@given(mixed, st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_its_column(text: str, ems: int) -> None:
    for line in set_text(text, ems).lines:
        assert line.width <= ems * FONT.size + 1e-6 or len(clusters(line.text)) == 1


@given(mixed, st.integers(min_value=2, max_value=30))
def test_nothing_is_lost_but_spaces(text: str, ems: int) -> None:
    assert "".join(texts(set_text(text, ems))).replace(" ", "") == text.replace(" ", "")


@given(mixed, st.integers(min_value=12, max_value=30))
def test_forbidden_signs_neither_begin_nor_end_a_line(text: str, ems: int) -> None:
    pieces = clean(text).split(" ")
    if any(sum(c in NEVER_FIRST or c in NEVER_LAST for c in p) > 6 for p in pieces):
        return  # nothing but punctuation: somewhere it must break
    for line in texts(set_text(text, ems))[1:]:
        assert line[0] not in NEVER_FIRST
    for line in texts(set_text(text, ems))[:-1]:
        assert line[-1] not in NEVER_LAST


@given(st.lists(st.one_of(signs, words.map(" {} ".format)), max_size=40).map("".join), st.integers(9, 30))
def test_words_and_prices_stay_whole(text: str, ems: int) -> None:
    lines = texts(set_text(text, ems))
    for word in ("REDMAPLE", "¥1,299.00"):
        assert sum(line.count(word) for line in lines) == text.count(word)


@given(mixed, st.integers(min_value=3, max_value=20), st.integers(min_value=1, max_value=3))
def test_what_does_not_fit_ends_in_an_ellipsis_and_says_so(text: str, ems: int, most: int) -> None:
    setting = set_text(text, ems, most)
    assert len(setting.lines) <= most
    whole = len(set_text(text, ems).lines) <= most
    assert setting.cut is not whole
    if setting.cut:
        assert setting.lines[-1].text.endswith(ELLIPSIS)
        assert setting.lines[-1].width <= ems * FONT.size + 1e-6


def test_an_ellipsis_never_halves_a_price() -> None:
    assert texts(set_text("现价¥1,299.00", 5, 1)) == ["现价…"]


def test_letters_shrink_before_anything_is_cut() -> None:
    setting = set_text("软底乐福鞋真皮", 6, 1, smallest=0.8)
    assert texts(setting) == ["软底乐福鞋真皮"]
    assert 0.8 <= setting.scale < 1
    assert set_text("软底乐福鞋", 6, 1, smallest=0.8).scale == 1


def test_a_last_line_of_one_sign_gets_company() -> None:
    assert texts(set_text("软底乐福鞋真皮款", 7)) == ["软底乐福鞋真", "皮款"]


def test_spans_keep_their_look_and_follow_each_other() -> None:
    bold = Font(10, 700)
    setting = fit([Span("王敏", bold, 1), Span(" 为你推荐", FONT, 2)], 200, 1, Columns())
    (line,) = setting.lines
    assert [(p.span.text, p.span.mark, p.x) for p in line.pieces] == [("王敏", 1, 0), (" 为你推荐", 2, 20)]


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("  软底\t鞋\n秋 ", "软底 鞋 秋"),
        ("a\u202eb\u200fc", "abc"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("e\u0301", "é"),
        ("𠮷野家👨‍👩‍👧", "𠮷野家👨‍👩‍👧"),
        ("　全角　空格　", "全角 空格"),
    ],
)
def test_cleaned_text_is_one_line_without_tricks(dirty: str, shown: str) -> None:
    assert clean(dirty) == shown


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_clusters_lose_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "".join(clusters(once)) == once


@pytest.mark.parametrize(("text", "count"), [("👨‍👩‍👧", 1), ("🇨🇳🇭🇰", 2), ("👍🏽好", 2), ("𠮷", 1), ("葛\U000e0100", 1)])
def test_one_sign_to_a_reader_is_one_cluster(text: str, count: int) -> None:
    assert len(clusters(text)) == count
