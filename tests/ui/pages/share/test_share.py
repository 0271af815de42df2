"""分享: what leaves can be scanned, says whose it is, and is recorded once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from guide_app.flows.desk import Desk
from guide_app.protocol.link import Link, verify
from tests.helpers.book import CHEN, LIN, LOAFER, NOW, OFFER, SNEAKER, STORE, ZHOU, Frames, actor, ident
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.kit.toast import Notice
from ui.pages.share.page import SharePage

ORIGIN = "https://s.redmaple.example/s/"
IMAGE = "a" * 64


class Hands:
    """Stands in for the person at dialogs and for the chat window that takes a drop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.suffix = ".png"
        self.takes = True
        self.dropped: list[QMimeData] = []
        self.asked: list[str] = []
        self.shown_folders: list[Path] = []

    def ask_file(self, parent: QWidget, title: str, name: str, kinds: list[str], then: Callable[[Path], None]) -> None:
        del parent, title
        self.asked = [name, *kinds]
        then((self.folder / name).with_suffix(self.suffix))

    def ask_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        del parent, title
        then(self.folder)

    def show_folder(self, folder: Path) -> None:
        self.shown_folders.append(folder)

    def ask_printer(self, parent: QWidget, printer: QPrinter, then: Callable[[QPrinter], None]) -> None:
        del parent
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "printed.pdf"))
        then(printer)

    def drag(self, source: QWidget, data: QMimeData, picture: QImage) -> bool:
        del source
        assert not picture.isNull()
        self.dropped.append(data)
        return self.takes


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path)


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder, hands: Hands) -> Iterator[Shown]:
    maker = PosterMaker()
    yield open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path, outlets=hands))
    QGuiApplication.clipboard().clear()


def start(shown: Shown, **args: str) -> SharePage:
    shown.go("share", **{"product": LOAFER, **args})
    return shown.page(SharePage)


def link_in(image: QImage | None) -> str:
    """The address a phone would open."""
    assert image is not None
    (text,) = read(image, "test").texts
    return text


def said(url: str) -> Link:
    assert url.startswith(ORIGIN)
    return verify(url.removeprefix(ORIGIN), b"k" * 32)


def shares(desk: Desk) -> list[tuple[object, ...]]:
    statement = "SELECT client_id, product_id, channel, template, share_no FROM share ORDER BY id"
    return [tuple(row) for row in desk.db.query(lambda c: c.exec_driver_sql(statement).all())]


def copied() -> tuple[QImage, Path]:
    data = QGuiApplication.clipboard().mimeData()
    image = data.imageData()
    assert isinstance(image, QImage)
    return image, Path(data.urls()[0].toLocalFile())


def toasts(page: SharePage) -> list[str]:
    heard: list[str] = []

    def hear(notice: Notice) -> None:
        heard.append(notice.text)

    page.notice.connect(hear)
    return heard


# -- the preview -------------------------------------------------------------------------------------------


def test_the_preview_scans_and_says_whose_it_is(shown: Shown, desk: Desk) -> None:
    page = start(shown, offer=OFFER)
    assert page.easel.draft is not None
    assert page.easel.finished is not None
    assert link_in(page.easel.finished.picture) == page.easel.draft.link.url
    link = said(page.easel.draft.link.url)
    assert (link.guide_no, link.subject_no, link.coupon_no) == (1, 7, 3)
    assert page.stage.caption.text() == "实时预览 · 1080 × 1920 · 二维码已自检可识别"
    assert page.side.link.text() == page.easel.draft.link.url.removeprefix("https://")
    assert shares(desk) == []  # looking is not sharing


def test_another_product_coupon_or_client_is_another_link_another_look_is_not(shown: Shown) -> None:
    page = start(shown)
    seen = []

    def remember() -> str:
        shown.settle()
        assert page.easel.draft is not None
        seen.append(page.easel.draft.link.url)
        return seen[-1]

    first = remember()
    page.side.templates.choose("square")
    assert remember() == first
    page.finder.select(SNEAKER)
    assert said(remember()).subject_no == 8
    page.side.offers.choose(OFFER)
    assert said(remember()).coupon_no == 3
    page.side.recipient.wanted.emit(CHEN)
    remember()
    assert len(set(seen)) == 4
    assert len({said(url).share_no for url in seen}) == 4


@pytest.mark.parametrize("template", ["moments", "square", "a4", "shelf"])
def test_every_template_finishes(shown: Shown, template: str) -> None:
    page = start(shown)
    page.side.templates.choose(template)
    shown.settle()
    assert page.easel.finished is not None
    assert "二维码已自检可识别" in page.stage.caption.text()


def test_the_photo_joins_when_it_comes(shown: Shown, pictures: PictureFolder) -> None:
    page = start(shown)
    assert page.easel.finished is not None
    before = page.easel.finished.picture
    pictures.bring(IMAGE, "#203080")
    page.pictures_arrived()
    shown.settle()
    after = page.easel.finished.picture
    assert before.pixelColor(540, 450) != after.pixelColor(540, 450)


def test_a_poster_that_would_not_scan_is_not_handed_out(
    shown: Shown, desk: Desk, pictures: PictureFolder, hands: Hands
) -> None:
    page = start(shown)
    QGuiApplication.clipboard().setText("before")
    pictures.spoil(IMAGE)
    page.pictures_arrived()
    shown.settle()
    assert page.easel.finished is None
    assert "照片" in page.stage.caption.text()
    assert page.stage.caption.property("role") == "danger"
    assert not any(button.isEnabled() for button in page.side.picture_deeds)
    shown.press(Qt.Key.Key_C, control=True)
    page.stage.view.drag_asked.emit()
    shown.settle()
    assert QGuiApplication.clipboard().text() == "before"
    assert hands.dropped == []
    assert shares(desk) == []


def test_stopped_products_are_not_shared(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    row = frame("product", SNEAKER, no=8, spu="SN2602", name="云感小白鞋", price_fen=42900, status="stopped")
    desk.db.apply(lambda applier: applier.apply([row]))
    page = start(shown, product=SNEAKER)
    assert page.easel.draft is None
    assert not page.side.copy_picture.isEnabled()
    assert not page.side.copy_words.isEnabled()
    page.finder.select(LOAFER)
    shown.settle()
    assert page.side.copy_picture.isEnabled()


# -- handing out -------------------------------------------------------------------------------------------


def test_ctrl_c_copies_a_picture_that_scans_and_records_one_share(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    heard = toasts(page)
    assert page.easel.draft is not None
    url, number = page.easel.draft.link.url, page.easel.draft.link.share_no
    page.setFocus()  # the search field, which has nothing selected
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    image, file = copied()
    assert link_in(image) == url
    assert not image.hasAlphaChannel()
    assert (image.width(), image.height()) == (1080, 1920)
    assert link_in(QImage(str(file))) == url
    assert shares(desk) == [(CHEN, LOAFER, "copy", "moments", number)]
    assert heard == ["已复制图片, 到微信里按 Ctrl+V · 已记到陈雅婷的时间线"]


def test_picture_and_words_of_one_message_are_one_share(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    assert page.easel.draft is not None
    url = page.easel.draft.link.url
    page.side.copy_picture.click()
    shown.settle()
    assert page.side.link.text() == url.removeprefix("https://")
    page.side.copy_words.click()
    shown.settle()
    assert QGuiApplication.clipboard().text().splitlines()[-1] == url
    assert len(shares(desk)) == 1
    page.side.copy_words.click()  # the same words again go to somebody else
    shown.settle()
    assert QGuiApplication.clipboard().text().splitlines()[-1] != url
    assert len(shares(desk)) == 2


def test_words_first_then_the_picture_are_one_share_too(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    page.side.copy_words.click()
    shown.settle()
    url = QGuiApplication.clipboard().text().splitlines()[-1]
    page.side.copy_picture.click()
    shown.settle()
    assert link_in(copied()[0]) == url
    assert [row[2] for row in shares(desk)] == ["link"]
    page.side.copy_picture.click()
    shown.settle()
    assert link_in(copied()[0]) != url
    assert [row[2] for row in shares(desk)] == ["link", "copy"]


def test_ctrl_c_pressed_too_early_copies_what_was_asked_for(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    page.finder.select(SNEAKER)
    page.post.copy_picture()  # the link is not even signed yet
    shown.settle()
    assert said(link_in(copied()[0])).subject_no == 8
    assert [row[1] for row in shares(desk)] == [SNEAKER]


def test_selected_words_are_copied_as_words(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    page.side.words.editor.setFocus()
    page.side.words.editor.selectAll()
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert QGuiApplication.clipboard().text() == page.side.words.editor.toPlainText()
    assert shares(desk) == []


def test_the_preview_is_dragged_into_a_chat(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown)
    hands.takes = False
    page.stage.view.drag_asked.emit()
    shown.settle()
    assert shares(desk) == []  # dropped nowhere
    hands.takes = True
    page.stage.view.drag_asked.emit()
    shown.settle()
    data = hands.dropped[-1]
    assert data.hasImage()
    assert link_in(QImage(QUrl(data.urls()[0]).toLocalFile())).startswith(ORIGIN)
    assert [row[2] for row in shares(desk)] == ["copy"]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".pdf"])
def test_a_poster_is_saved(shown: Shown, desk: Desk, hands: Hands, suffix: str) -> None:
    hands.suffix = suffix
    start(shown)
    shown.press(Qt.Key.Key_S, control=True)
    shown.settle()
    file = hands.folder / f"LF2601-moments{suffix}"
    data = file.read_bytes()
    assert data[:4] in {b"\x89PNG", b"%PDF", b"\xff\xd8\xff\xe0"}
    assert [row[2] for row in shares(desk)] == ["save"]
    assert not list(hands.folder.glob("*.part"))


def test_a_disk_that_does_not_take_it_is_told_and_nothing_recorded(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown)
    hands.folder = hands.folder / "nowhere"
    page.side.save.click()
    shown.settle()
    assert len(shown.failures) == 1
    shown.failures.clear()
    assert shares(desk) == []


def test_temporary_files_go_with_the_page(shown: Shown) -> None:
    page = start(shown)
    page.side.copy_picture.click()
    shown.settle()
    _image, file = copied()
    assert file.is_file()
    shown.window.pages.rebuild()
    shown.settle()
    assert not file.exists()


# -- whom it is for ----------------------------------------------------------------------------------------


def test_a_client_is_found_and_chosen_by_keyboard(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.edit(ZHOU, {"name": "周建国&小北"}, actor())
    page = start(shown)
    page.side.recipient.field.setFocus()
    shown.type("zjg")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert page.easel.subject.client_id == ZHOU
    assert page.side.recipient.chip.text() == "周建国&&小北 ×", "a single one would underline the next letter"
    page.side.recipient.chip.click()
    shown.settle()
    assert page.easel.subject.client_id == ""


def test_a_client_who_refused_contact_cannot_be_chosen(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.edit(LIN, {"contact_state": "refused"}, actor())
    page = start(shown, client=LIN)
    assert page.easel.subject.client_id == ""
    assert page.side.recipient.hint.text() == "林小满 已拒绝一切联系, 不能发送。只有客户本人能改回。"
    assert page.side.recipient.hint.isVisible()


def test_who_was_not_asked_yet_is_said(shown: Shown) -> None:
    page = start(shown, client=LIN)
    assert page.easel.subject.client_id == LIN
    assert "还没有征求" in page.side.recipient.hint.text()


def test_another_product_from_elsewhere_is_not_for_the_client_before(shown: Shown) -> None:
    page = start(shown, client=CHEN)
    shown.go("share", product=SNEAKER)
    assert page.easel.subject.client_id == ""
    shown.go("share", client=CHEN)
    assert (page.easel.subject.client_id, page.easel.subject.product_id) == (CHEN, SNEAKER)


# -- what it says ------------------------------------------------------------------------------------------


def give_scripts(desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    rows = [frame("script", ident(80), scene="上新", title="新款", body="{称呼}, {商品}到{门店}了, 送您{券}~", rank=1),
            frame("script", ident(81), scene="节日", title="违规", body="全网最佳!", rank=2)]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))


def test_a_script_is_filled_and_never_sent_with_a_hole(shown: Shown, desk: Desk) -> None:
    give_scripts(desk)
    page = start(shown, client=CHEN)
    heard = toasts(page)
    page.side.words.script.setCurrentIndex(1)
    page.side.words.script.activated.emit(1)
    assert page.side.words.text == "陈女士, 软底乐福鞋 2026 秋到南京西路店了, 送您{券}~"
    assert page.side.words.hint.isVisible()
    QGuiApplication.clipboard().setText("before")
    page.side.copy_words.click()
    shown.settle()
    assert QGuiApplication.clipboard().text() == "before"
    assert "{券}" in heard[-1]
    page.side.offers.choose(OFFER)
    shown.settle()
    page.side.copy_words.click()
    shown.settle()
    assert QGuiApplication.clipboard().text().splitlines()[0].endswith("送您满400减80~")
    assert page.side.words.hint.isHidden()


def test_words_that_the_law_bars_are_not_sent(shown: Shown, desk: Desk) -> None:
    give_scripts(desk)
    page = start(shown)
    page.side.words.script.setCurrentIndex(2)
    page.side.words.script.activated.emit(2)
    page.side.copy_words.click()
    shown.settle()
    assert "广告法 第九条第(三)项不许用「最佳」" in page.side.words.hint.text()
    (mark,) = page.side.words.editor.extraSelections()
    assert mark.cursor.selectedText() == "最佳"
    assert shares(desk) == []


def test_words_that_depend_on_the_truth_are_sent_with_a_reason_that_is_logged(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    page.side.words.editor.setPlainText("头层牛皮, 周六到店")
    assert "要当心 (广告法 第二十八条)" in page.side.words.hint.text()
    QGuiApplication.clipboard().setText("before")
    shown.press(Qt.Key.Key_C, control=True, shift=True)
    shown.settle()
    assert QGuiApplication.clipboard().text() == "before"
    assert page.doubts.dialog is not None
    assert not page.doubts.dialog.keep.isEnabled()
    shown.type("吊牌写明")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert QGuiApplication.clipboard().text().startswith("头层牛皮, 周六到店")
    (kept,) = desk.overrides.since(0)
    assert (kept.at, kept.guide, kept.client, kept.word, kept.reason) == (NOW, "王敏", "陈雅婷", "头层牛皮", "吊牌写明")
    assert len(shares(desk)) == 1


def test_whoever_was_contacted_enough_is_named_with_the_next_day(shown: Shown, desk: Desk) -> None:
    for _ in range(3):
        desk.followup_deeds.message(CHEN, "新品到了", actor())
    page = start(shown, client=CHEN)
    assert page.easel.subject.client_id == ""
    assert "11 月 28 日起可以再发" in page.side.recipient.hint.text()
    desk.followup_deeds.promise(CHEN, "留鞋", NOW, actor())
    shown.go("share", client=CHEN)
    assert page.easel.subject.client_id == CHEN


def test_whoever_wants_no_marketing_by_wechat_is_not_chosen(shown: Shown, desk: Desk) -> None:
    desk.privacy_deeds.withdraw(CHEN, "marketing", actor(), channel="wechat")
    page = start(shown, client=CHEN)
    assert page.easel.subject.client_id == ""
    assert "不接受营销信息" in page.side.recipient.hint.text()


def test_what_the_guide_typed_is_kept(shown: Shown) -> None:
    page = start(shown)
    page.side.words.editor.setPlainText("我自己写的")
    page.finder.select(SNEAKER)
    shown.settle()
    assert page.side.words.text == "我自己写的"
    page.side.words.script.activated.emit(0)
    assert "云感小白鞋" in page.side.words.text


def test_an_offer_says_its_terms_and_what_is_missing(shown: Shown) -> None:
    page = start(shown, offer=OFFER)
    assert page.side.terms.text() == "满 ¥400 减 ¥80 · 12/12 前领取"
    page.side.offers.choose("")
    assert page.side.terms.isHidden()


def test_a_coupon_that_ended_meanwhile_is_let_go(shown: Shown, desk: Desk) -> None:
    page = start(shown, offer=OFFER)
    frame = Frames()
    frame._seq = 500
    row = frame("coupon_template", OFFER, no=3, name="满400减80", min_spend_fen=40000, discount_fen=8000,
                valid_from=NOW, status="ended")  # fmt: skip
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    assert page.side.offers.current is None
    assert page.easel.draft is not None
    assert said(page.easel.draft.link.url).coupon_no == 0


def test_the_product_list_is_a_model_that_qt_accepts(shown: Shown) -> None:
    page = start(shown)
    tester = QAbstractItemModelTester(page.finder.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("乐福", "没有", ""):
        page.finder.search.setText(text)
        shown.settle()
    del tester


def test_the_stock_of_the_store_follows(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    frame = Frames()
    frame._seq = 500
    row = frame("stock", ident(10), store=STORE, on_hand=9, available=9, reserved=0, as_of=NOW)
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    assert "本店 9 · 刚刚" in page.finder.model.index(0, 0).data()
