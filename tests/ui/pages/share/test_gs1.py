"""GS1 码: the same poster says the short link or the variant's bar code with the share in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from guide_app.base.gs1_link import parse_gs1_link
from guide_app.flows.desk import Desk
from guide_app.protocol.link import Subject, verify
from tests.helpers.book import LOAFER, SNEAKER, actor
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.pages.share.page import SharePage

GTIN = "2000000000022"


@pytest.fixture
def shown(open_pages: Open, desk: Desk, tmp_path: Path) -> Iterator[Shown]:
    pictures = PictureFolder(tmp_path / "pictures")
    pictures.bring("a" * 64)
    maker = PosterMaker()
    yield open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path))
    QGuiApplication.clipboard().clear()


def symbol(page: SharePage) -> str:
    """What a phone reads off the finished poster."""
    assert page.easel.finished is not None
    (text,) = read(page.easel.finished.picture, "test").texts
    return text


@pytest.mark.parametrize("template", ["moments", "label", "shelf"])
def test_one_symbol_says_the_bar_code_and_the_share(shown: Shown, template: str) -> None:
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.side.templates.choose(template)
    shown.settle()
    assert "/s/" in symbol(page)
    assert [page.side.codes.itemText(i) for i in range(page.side.codes.count())] == [
        "短链接", "GS1 码 · 黑色 37", "GS1 码 · 黑色 38",
    ]  # fmt: skip
    page.side.codes.choose(GTIN)
    shown.settle()
    link = parse_gs1_link(symbol(page))
    assert link.gtin == "0" + GTIN
    said = verify(link.share_code, b"k" * 32)
    assert (said.subject, said.subject_no, said.guide_no) == (Subject.PRODUCT, 7, 1)
    assert page.side.codes.currentData() == GTIN


def test_another_product_begins_with_the_short_link(shown: Shown, desk: Desk) -> None:
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.side.codes.choose(GTIN)
    shown.settle()
    page.finder.select(SNEAKER)
    shown.settle()
    assert "/s/" in symbol(page)
    assert page.side.codes.currentData() == ""
    page.finder.select(LOAFER)
    shown.settle()
    assert ("/01/" in symbol(page)) == (page.side.codes.currentData() == GTIN)
    page.post.copy_picture()
    shown.settle()
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar()) == 1
