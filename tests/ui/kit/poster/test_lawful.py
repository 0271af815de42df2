"""A poster with a word that the law bars is not made, whoever asks for it."""

import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.content import LookItem, PosterContent
from ui.kit.poster.maker import PosterMaker

pytestmark = pytest.mark.usefixtures("qapp")
URL = "https://s.redmaple.example/s/EAABAAEAAKgAAAAARXJoW51xVye"


@pytest.mark.parametrize(
    ("content", "word", "article"),
    [
        (PosterContent("红枫叶", "顶级小牛皮乐福鞋", URL), "顶级", "广告法 第九条第(三)项"),
        (PosterContent("红枫叶", "乐福鞋", URL, selling_points=("治 脚气",)), "治脚气", "广告法 第十七条"),
        (PosterContent("红枫叶", "乐福鞋", URL, coupon="转发有礼"), "转发有礼", "微信外部链接内容管理规范"),
        (PosterContent("红枫叶", "一身", URL, items=(LookItem("国家级靴", 1),) * 2, about="look"), "国家级", "广告法"),
    ],
)
def test_a_barred_word_is_refused_with_its_article(content: PosterContent, word: str, article: str) -> None:
    maker = PosterMaker()
    with pytest.raises(InvalidInputError) as caught:
        maker.make("moments", content, "png")
    assert caught.value.code == "poster.law"
    assert word in caught.value.sentence
    assert article in caught.value.sentence
    assert caught.value.way_out


def test_plain_words_become_a_poster() -> None:
    assert PosterMaker().make("moments", PosterContent("红枫叶", "软底乐福鞋", URL), "png").report.passed
