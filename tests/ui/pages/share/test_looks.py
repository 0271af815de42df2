"""搭配: gathered under the list, one poster, one link, one share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from guide_app.flows.desk import Desk
from guide_app.protocol.link import Subject, verify
from guide_app.protocol.scopes import BRAND
from guide_app.sharing.drawing import Image
from guide_app.sharing.print_log import pages_of
from tests.guide_app.coupons.office import publish
from tests.helpers.book import LOAFER, SNEAKER, actor
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from tests.ui.pages.share.test_printing import PaperHands, page_picture
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.pages.share.page import SharePage

BOOT = {"no": 8, "spu": "SN2602", "name": "云感小白鞋", "category": "女鞋/小白鞋", "price_fen": 42900}
ORIGIN = "https://s.redmaple.example/s/"


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    made = PictureFolder(tmp_path / "pictures")
    made.bring("a" * 64)
    return made


@pytest.fixture
def hands(tmp_path: Path) -> PaperHands:
    return PaperHands(tmp_path / "printed.pdf")


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder, hands: PaperHands) -> Iterator[Shown]:
    maker = PosterMaker()
    yield open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path, outlets=hands))
    QGuiApplication.clipboard().clear()


def gathered(shown: Shown) -> SharePage:
    """A page with both products of the book in the look, by keyboard."""
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_B, control=True)
    page.finder.select(SNEAKER)
    shown.settle()
    shown.press(Qt.Key.Key_B, control=True)
    return page


def shared(shown: Shown) -> SharePage:
    page = gathered(shown)
    page.looks.name.setText("初冬通勤一身")
    page.looks.name.setFocus()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    return page


def test_two_products_become_one_poster_with_one_link(shown: Shown, desk: Desk) -> None:
    page = shared(shown)
    (look,) = desk.looks.all()
    assert [part.product_id for part in look.parts] == [LOAFER, SNEAKER]
    finished = page.easel.finished
    assert finished is not None
    (url,) = read(finished.picture, "test").texts
    said = verify(url.removeprefix(ORIGIN), b"k" * 32)
    assert (said.subject, said.subject_no) == (Subject.LOOK, look.no)
    assert "初冬通勤一身" in finished.drawing.title
    assert "¥998" in finished.drawing.title


def test_copying_a_look_records_one_share_of_it(shown: Shown, desk: Desk) -> None:
    page = shared(shown)
    (look,) = desk.looks.all()
    page.post.copy_picture()
    shown.settle()
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT look_id, product_id, price_until FROM share").all())
    assert [(row.look_id, row.product_id) for row in rows] == [(look.id, None)]
    assert rows[0].price_until > 0


def test_a_printed_look_goes_out_again_with_its_photo_while_all_its_things_may_be_shown(
    shown: Shown, desk: Desk, hands: PaperHands, tmp_path: Path
) -> None:
    publish(desk, (BRAND, "product", SNEAKER, {**BOOT, "image": "a" * 64}))
    page = shared(shown)
    page.post.print_picture(page, lambda made: [made])
    shown.settle()
    first = page_picture(hands.file, 100)
    hands.file.unlink()
    photo = tmp_path / "pictures" / ("a" * 64)
    (line,) = desk.print_log.lines()
    (kept,) = pages_of(desk.print_log.job(line.id)).pages
    assert {command.photo.source for command in kept.commands if isinstance(command, Image)} == {photo.read_bytes()}
    photo.unlink()
    page.printing.raw.again()
    shown.settle()
    assert page_picture(hands.file, 100) == first
    publish(desk, (BRAND, "product", SNEAKER, {**BOOT, "status": "stopped"}), seq=6_000)
    hands.file.unlink()
    page.printing.raw.again()
    shown.settle()
    (refused,) = shown.failures
    assert ("云感小白鞋" in refused.sentence, hands.file.exists()) == (True, False)
    shown.failures.clear()


def test_a_look_is_offered_only_templates_that_show_all_of_it(shown: Shown) -> None:
    page = gathered(shown)
    page.side.templates.choose("shelf")
    page.looks.name.setText("一身")
    page.looks.share.click()
    shown.settle()
    assert page.side.templates.offered == ("moments", "square", "a4", "a5", "a6", "table")
    assert page.look.template == "moments"
    for name in page.side.templates.offered:
        page.side.templates.choose(name)
        shown.settle()
        assert page.easel.finished is not None, name


def test_another_product_brings_the_single_poster_back(shown: Shown) -> None:
    page = shared(shown)
    page.finder.select(LOAFER)
    shown.settle()
    assert page.easel.subject.look_id == ""
    assert page.easel.draft is not None
    assert page.easel.draft.look is None
    assert "shelf" in page.side.templates.offered


def test_one_product_is_no_look_yet(shown: Shown, desk: Desk) -> None:
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.looks.add_current()
    page.looks.name.setText("一件")
    assert not page.looks.share.isEnabled()
    assert not page.looks.add.isEnabled()  # it is in already
    assert "再选一件" in page.looks.hint.text()
    assert desk.looks.all() == ()


def test_a_screen_reader_hears_what_the_poster_shows(shown: Shown) -> None:
    page = shared(shown)
    heard = page.stage.view.accessibleDescription()
    assert "初冬通勤一身" in heard
    assert page.easel.draft is not None
    assert page.easel.draft.link.url in heard


def test_what_is_proposed_beside_a_product_begins_a_look(shown: Shown) -> None:
    shown.go("share", product=LOAFER, **{"with": SNEAKER})
    page = shown.page(SharePage)
    assert page.looks.parts == (LOAFER, SNEAKER)
    assert page.looks.name.isVisibleTo(page)
