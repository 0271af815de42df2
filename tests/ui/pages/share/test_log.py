"""分享记录 in the window: each way out of the page is a line; openings only where they may be told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from tests.guide_app.sharing.test_log import came_of, shared
from tests.helpers.book import CHEN, LI, LOAFER, STORE, WANG, ZHOU, actor
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.pages.share.log_dialog import ShareLogDialog
from ui.pages.share.page import SharePage

WHAT, WHOM, WAY, OPENED = 2, 3, 4, 5


@pytest.fixture
def shown(open_pages: Open, desk: Desk, tmp_path: Path) -> Iterator[Shown]:
    pictures = PictureFolder(tmp_path / "pictures")
    maker = PosterMaker()
    yield open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path))
    QGuiApplication.clipboard().clear()


def opened(shown: Shown) -> ShareLogDialog:
    """The log, asked for by keyboard."""
    page = shown.page(SharePage)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_H, control=True)
    shown.settle()
    assert page.log_dialog is not None
    return page.log_dialog


def column(dialog: ShareLogDialog, place: int) -> list[str]:
    items = (dialog.table.item(line, place) for line in range(dialog.table.rowCount()))
    return [item.text() for item in items if item is not None]


def test_what_left_the_page_stands_in_the_log(shown: Shown) -> None:
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.post.copy_picture()
    shown.settle()
    dialog = opened(shown)
    assert column(dialog, WHAT) == ["软底乐福鞋 2026 秋"]
    assert column(dialog, WAY) == ["复制图片"]
    assert dialog.guide.currentData() == WANG
    dialog.way.setCurrentIndex(dialog.way.findData("print"))
    shown.settle()
    assert column(dialog, WAY) == []
    dialog.close()


def test_openings_of_a_client_who_did_not_consent_are_not_told(shown: Shown, desk: Desk) -> None:
    for n, client_id in ((200, CHEN), (210, ZHOU)):
        came_of(desk, n, shared(desk, client_id), client_id=None)
    shown.go("share", product=LOAFER)
    dialog = opened(shown)
    assert dict(zip(column(dialog, WHOM), column(dialog, OPENED), strict=True)) == {"陈雅婷": "1", "周建国": "—"}
    assert "匿名" in dialog.count.text()
    dialog.close()


def test_the_manager_begins_with_the_whole_store(shown: Shown, desk: Desk) -> None:
    shared(desk)
    manager = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")
    page = shown.page(SharePage)
    dialog = ShareLogDialog(page, page.work, desk, manager)
    dialog.show()
    shown.settle()
    assert dialog.guide.currentData() == ""
    assert len(column(dialog, WHAT)) == 1
    dialog.guide.setCurrentIndex(dialog.guide.findData(LI))
    shown.settle()
    assert column(dialog, WHAT) == []
    dialog.close()
