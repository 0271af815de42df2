"""隐私货签: what sensitive goods are printed on tells nobody what they are; and the log of prints in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from guide_app.flows.desk import Desk
from guide_app.flows.poster import discreet_content
from guide_app.protocol.scopes import BRAND
from guide_app.sharing.drawing import Image, TextRun
from guide_app.sharing.printers import Printer
from tests.guide_app.coupons.office import publish
from tests.guide_app.sharing.raster import read_tspl
from tests.helpers.book import LOAFER, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from tests.ui.pages.share.test_printing import PaperHands, page_picture
from ui.kit.poster.dots import picture_of
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.pages.share.page import SharePage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
GTIN = "2000000000015"
NAME = "软底乐福鞋 2026 秋"
SHOE = {"no": 7, "spu": "LF2601", "name": NAME, "category": "女鞋/乐福鞋", "price_fen": 56900, "sensitive": True}


@pytest.fixture
def hands(tmp_path: Path) -> PaperHands:
    return PaperHands(tmp_path / "printed.pdf")


@pytest.fixture
def shown(open_pages: Open, desk: Desk, hands: PaperHands) -> Iterator[Shown]:
    publish(desk, (BRAND, "product", LOAFER, SHOE))
    maker = PosterMaker()
    yield open_pages(share=lambda c: SharePage(c, desk, actor, maker, lambda _sha: None, outlets=hands))
    QGuiApplication.clipboard().clear()


def menu_of(shown: Shown) -> QMenu:
    page = shown.page(SharePage)
    page.setFocus()
    shown.press(Qt.Key.Key_P, control=True)
    menu = page.findChild(QMenu)
    assert isinstance(menu, QMenu)
    return menu


def choose(shown: Shown, words: str) -> None:
    menu = menu_of(shown)
    next(action for action in menu.actions() if words in action.text()).trigger()
    menu.close()
    shown.settle()


def shares(desk: Desk) -> int:
    return int(desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar_one()))


def test_the_label_says_article_and_bar_code_and_nothing_else(desk: Desk, qapp: QGuiApplication) -> None:
    del qapp
    card = desk.catalogue.card(LOAFER, actor().store_id)
    drawing = PosterMaker().drawing("plain", discreet_content(card, desk.sharing.sender(actor())))
    texts = {run.text for run in drawing.commands if isinstance(run, TextRun)}
    assert texts == {"LF2601", GTIN[0], GTIN[1:7], GTIN[7:]}
    assert not any(isinstance(command, Image) for command in drawing.commands)
    assert (drawing.url, drawing.symbols()) == ("", [])
    assert drawing.title == "红枫叶 REDMAPLE LF2601"  # what the printer's queue shows


def test_sensitive_goods_get_a_discreet_label_and_no_share(shown: Shown, desk: Desk, hands: PaperHands) -> None:
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    assert page.easel.draft is None
    assert [b.isEnabled() for b in page.side.picture_deeds] == [False, True, False, False]
    titles: list[str] = []
    ask = hands.ask_printer

    def asked(parent: object, printer: QPrinter, then: object) -> None:
        titles.append(printer.docName())
        ask(parent, printer, then)  # type: ignore[arg-type]

    hands.ask_printer = asked  # type: ignore[method-assign]
    choose(shown, "隐私货签")
    assert read(page_picture(hands.file, 300), "paper", bars=True).bars == (GTIN,)
    assert read(page_picture(hands.file, 300), "paper").texts == ()
    assert (shares(desk), titles) == (0, ["红枫叶 REDMAPLE LF2601"])
    (line,) = desk.print_log.lines()
    assert (line.discreet, line.again, NAME in line.title) == (True, True, False)


def test_the_log_prints_again_what_a_label_printer_got(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    desk.printers.keep("label", Printer(way="file", address=str(device)), actor())
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.refresh()
    shown.settle()
    choose(shown, "隐私货签")
    job = device.read_bytes()
    assert read(picture_of(read_tspl(job)[0]), "label", bars=True).bars == (GTIN,)
    device.unlink()
    publish(desk, (BRAND, "product", LOAFER, {**SHOE, "status": "stopped"}), seq=6_000)  # recalled meanwhile
    page.printing.raw.again()
    shown.settle()
    (refused,) = shown.failures
    assert (refused.code, NAME in refused.sentence, device.exists()) == ("print.not_again", True, False)
    shown.failures.clear()
    publish(desk, (BRAND, "product", LOAFER, SHOE), seq=7_000)
    shown.settle()
    dialog = page.printing.raw.show_log()
    shown.settle()
    assert dialog.table.rowCount() == 1
    assert dialog.current is not None
    assert dialog.current.discreet
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    shown.settle()
    assert device.read_bytes() == job
    assert (shares(desk), len(desk.print_log.lines())) == (0, 2)


def test_other_goods_may_have_one_as_well(shown: Shown, desk: Desk) -> None:
    data = {"no": 7, "spu": "LF2601", "name": NAME, "category": "女鞋", "price_fen": 56900, "sensitive": False}
    publish(desk, (BRAND, "product", LOAFER, data), seq=6_000)
    shown.go("share", product=LOAFER)
    shown.page(SharePage).side.templates.choose("shelf")
    shown.settle()
    choose(shown, "隐私货签")
    assert [(line.discreet, line.template) for line in desk.print_log.lines()] == [(True, "plain")]
    assert shares(desk) == 0
