"""A poster is for nobody whom the store must leave alone: refused where she is chosen, with the way out."""

from pathlib import Path

import pytest

from guide_app.base.actor import Actor
from guide_app.clients.standing import Flag
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND
from tests.helpers.book import CHEN, LI, LIN, LOAFER, STORE, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.pages.share.page import SharePage

MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    maker = PosterMaker()
    return open_pages(share=lambda context: SharePage(context, desk, actor, maker, lambda _sha: Path("none")))


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("complaint", "林小满 有投诉未结, 不能发送 (鞋底开胶)。先处理投诉, 再取消标记。"),
        ("blocked", "林小满 已停止服务, 不能发送 (鞋底开胶)。请店长先解除停止服务。"),
    ],
)
def test_a_flagged_client_cannot_be_chosen_and_the_way_out_is_said(
    shown: Shown, desk: Desk, flag: Flag, said: str
) -> None:
    desk.card_deeds.standing.flag(LIN, flag, "鞋底开胶", MANAGER)
    shown.go("share", product=LOAFER, client=LIN)
    page = shown.page(SharePage)
    assert page.easel.subject.client_id == ""
    assert page.side.recipient.hint.text() == said
    assert page.side.recipient.hint.isVisible()


def test_a_tag_to_heed_is_said_before_anything_is_sent(shown: Shown, desk: Desk) -> None:
    heed = RecordFrame(BRAND, "tag", ident(7_100), 1_100, {"group": "提醒", "name": "别打电话", "blocks": True})
    desk.db.apply(lambda applier: applier.apply([heed]))
    desk.tag_deeds.hang(CHEN, Hanging("别打电话"), actor())
    shown.go("share", product=LOAFER, client=CHEN)
    recipient = shown.page(SharePage).side.recipient
    assert recipient.recipient is not None
    assert recipient.hint.isVisible()
    assert recipient.hint.text() == "⚠ 发之前注意, 陈雅婷 有标签: 别打电话。"
    recipient.nobody.click()
    shown.settle()
    assert not recipient.hint.isVisible()
