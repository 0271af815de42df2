"""Receipt and label printers in the window: set up once, one deed after, what was printed is recorded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.sharing.printers import Printer
from tests.guide_app.sharing.raster import read_tspl
from tests.helpers.book import LOAFER, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.errors import Failure
from ui.kit.poster.dots import picture_of
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.pages.share.page import SharePage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Iterator[Shown]:
    maker = PosterMaker()
    shown = open_pages(share=lambda context: SharePage(context, desk, actor, maker, lambda _sha: None))
    shown.go("share", product=LOAFER)
    shown.page(SharePage).side.templates.choose("label")
    shown.settle()
    yield shown
    QGuiApplication.clipboard().clear()


def menu_of(shown: Shown) -> QMenu:
    shown.page(SharePage).side.print.click()
    shown.settle()
    menu = shown.page(SharePage).findChild(QMenu)
    assert isinstance(menu, QMenu)
    return menu


def choose(shown: Shown, words: str) -> None:
    menu = menu_of(shown)
    action = next(action for action in menu.actions() if words in action.text())
    action.trigger()
    menu.close()
    shown.settle()


def shares(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT channel, template FROM share ORDER BY id").all())
    return [(row.channel, row.template) for row in rows]


def test_a_label_printer_is_set_up_once_and_prints_what_scans(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    page, device = shown.page(SharePage), tmp_path / "lp0"
    dialog = page.printing.raw.settings("label")
    dialog.way.setCurrentIndex(dialog.way.findData("file"))
    dialog.address.setText(str(device))
    dialog.test.click()
    shown.settle()
    assert read_tspl(device.read_bytes())[0].width == 60 * 8
    dialog.keep.click()
    shown.settle()
    assert desk.printers.all()["label"].address == str(device)
    assert shares(desk) == []
    assert page.easel.draft is not None
    url = page.easel.draft.link.url
    choose(shown, "货签 · 打到")
    bitmap, copies = read_tspl(device.read_bytes())
    assert (read(picture_of(bitmap), "label").texts, copies) == ((url,), 1)
    assert shares(desk) == [("print", "label")]
    job = device.read_bytes()
    device.unlink()
    choose(shown, "再打一次")
    assert device.read_bytes() == job
    assert shares(desk) == [("print", "label")]  # the same link: no second share


def test_a_label_without_a_link_is_no_share(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    desk.printers.keep("label", Printer(way="file", address=str(tmp_path / "lp0")), actor())
    page = shown.page(SharePage)
    page.side.templates.choose("jewel")
    page.refresh()
    shown.settle()
    choose(shown, "货签 · 打到")
    bitmap, _ = read_tspl((tmp_path / "lp0").read_bytes())
    assert read(picture_of(bitmap), "label", bars=True).bars == ("(01)02000000000015",)
    assert (shares(desk), [line.template for line in desk.print_log.lines()]) == ([], ["jewel"])


def test_a_printer_that_does_not_answer_records_nothing_and_says_the_way_out(
    shown: Shown, desk: Desk, tmp_path: Path
) -> None:
    desk.printers.keep("label", Printer(way="file", address=str(tmp_path / "gone" / "lp0")), actor())
    page = shown.page(SharePage)
    page.refresh()
    shown.settle()
    failures: list[Failure] = shown.failures
    choose(shown, "货签 · 打到")
    assert "PDF" in failures[-1].way_out
    assert shares(desk) == []
    failures.clear()


def test_24_stickers_are_offered_for_labels_that_fit(shown: Shown) -> None:
    menu = menu_of(shown)
    assert any("24 枚" in action.text() for action in menu.actions())
    menu.close()
    shown.page(SharePage).side.templates.choose("shelf")
    shown.settle()
    assert not any("24 枚" in action.text() for action in menu_of(shown).actions())


def test_a_label_without_room_for_bars_says_which_ones_have_it(shown: Shown) -> None:
    side = shown.page(SharePage).side
    assert side.template_hint.isVisible()
    assert side.template_hint.text() == "40×30 毫米放不下收银条码; 要条码请选 60×40 货签 / 100×150 货签。"
    for other in ("shelf", "jewel", "a6"):
        side.templates.choose(other)
        shown.settle()
        assert side.template_hint.isHidden()


def test_an_address_that_cannot_be_is_refused_in_its_place(shown: Shown, desk: Desk) -> None:
    dialog = shown.page(SharePage).printing.raw.settings("receipt")
    dialog.way.setCurrentIndex(dialog.way.findData("network"))
    dialog.address.setText("192.168.1.80:99999")
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    shown.settle()
    assert "端口" in dialog.told.text()
    assert desk.printers.all()["receipt"].way == "system"
    with pytest.raises(InvalidInputError):
        desk.printers.keep("receipt", Printer(way="network", address=" "), actor())
    dialog.close()
