"""Words that the law bars are found however they are spaced, and each says which article bars it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.advertising import AdvertisingLaw
from tests.helpers.repository import ROOT

LAW = AdvertisingLaw.load(ROOT / "resources/words/advertising.json")


@pytest.mark.parametrize(
    ("text", "word", "article", "severity"),
    [
        ("全网最佳!", "最佳", "广告法 第九条第(三)项", "bar"),
        ("国 家-级 工艺", "国家级", "广告法 第九条第(三)项", "bar"),
        ("这双鞋能治脚气", "治脚气", "广告法 第十七条", "bar"),
        ("中国驰名商标", "中国驰名商标", "商标法 第十四条第五款", "bar"),
        ("集赞 30 个领券", "集赞", "微信外部链接内容管理规范 第2.1.2条", "bar"),
        ("１００％纯棉", "100%", "广告法 第十一条", "warn"),
        ("最好提前预约", "最好", "广告法 第九条第(三)项", "warn"),
    ],
)
def test_a_word_comes_with_its_article(text: str, word: str, article: str, severity: str) -> None:
    (found,) = LAW.check(text)
    assert (found.word, found.entry.article, found.entry.severity) == (word, article, severity)
    assert found.entry.why
    assert found.entry.instead
    assert len(text[found.start : found.end]) >= len(word)


@pytest.mark.parametrize("text", ["穿着最舒服的一双", "第一次来店有礼", "周六到了两款小白鞋, 帮您留了 37 码", ""])
def test_plain_words_pass(text: str) -> None:
    assert LAW.check(text) == []


@given(st.text(max_size=20), st.sampled_from(["最佳", "驰名商标", "集赞"]), st.text(max_size=20))
def test_wherever_it_stands_it_is_barred(before: str, word: str, after: str) -> None:
    text = before + word + after
    found = LAW.check(text)
    assert any(f.entry.severity == "bar" for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_barred_word_is_refused_with_its_article_and_a_way_out() -> None:
    LAW.require(["最好提前预约", "手感柔软"], "x", "海报")
    with pytest.raises(InvalidInputError, match=r"海报不能用「助力」\(微信外部链接内容管理规范 第2.1.2条\)") as caught:
        LAW.require(["手感柔软", "好友助 力"], "x", "海报")
    assert caught.value.way_out


@pytest.mark.parametrize("text", ["分享有礼", "转发得 10 元", "邀请好友领券", "找好友砍价", "帮我加速", "关注领券"])
def test_a_reward_for_sharing_is_never_promised(text: str) -> None:
    (found, *_) = LAW.check(text)
    assert found.entry.severity == "bar"
