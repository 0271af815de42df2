"""What is shared besides a product: a coupon alone, the guide's card, a pack for one post; and when nothing leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, get_ident
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QWidget

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.protocol.link import Link, Subject, verify
from guide_app.sharing import print_log
from guide_app.sharing.calibration import Offset
from guide_app.sharing.print_log import Printout
from guide_app.sharing.printers import Printer
from tests.helpers.book import CHEN, LI, LOAFER, NOW, OFFER, SNEAKER, STORE, Frames, actor, ident
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.kit.toast import Notice
from ui.pages.share.batch import Batch
from ui.pages.share.batch_dialog import BatchDialog, Choice
from ui.pages.share.page import SharePage
from ui.pages.share.print_log_dialog import PrintLogDialog
from ui.pages.share.ruler_dialog import RulerDialog
from ui.pages.today.page import TodayPage
from ui.pages.today.rows import SuggestionLine

ORIGIN = "https://s.redmaple.example/s/"
MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


class Hands:
    """Takes the folder and the file that the test names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown: list[Path] = []

    def ask_file(self, parent: QWidget, title: str, name: str, kinds: list[str], then: Callable[[Path], None]) -> None:
        del parent, title, kinds
        then(self.folder / name)

    def ask_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        del parent, title
        then(self.folder)

    def show_folder(self, folder: Path) -> None:
        self.shown.append(folder)

    def ask_printer(self, *_: object) -> None:
        raise AssertionError

    def drag(self, *_: object) -> bool:
        raise AssertionError


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    (tmp_path / "out").mkdir()
    return Hands(tmp_path / "out")


@pytest.fixture
def shown(open_pages: Open, desk: Desk, hands: Hands, tmp_path: Path) -> Iterator[Shown]:
    maker, pictures = PosterMaker(), PictureFolder(tmp_path / "pictures")
    pictures.bring("a" * 64)
    yield open_pages(
        share=lambda context: SharePage(context, desk, actor, maker, pictures.path, outlets=hands),
        today=lambda context: TodayPage(context, desk, actor),
    )
    QGuiApplication.clipboard().clear()


def start(shown: Shown, **args: str) -> SharePage:
    shown.go("share", **{"product": LOAFER, **args})
    return shown.page(SharePage)


def shares(desk: Desk) -> list[tuple[object, ...]]:
    asked = """SELECT product_id, coalesce(look_id, campaign_id), coupon_template_id, client_id, channel
        FROM share ORDER BY at, id"""
    return [tuple(row) for row in desk.db.query(lambda c: c.exec_driver_sql(asked).all())]


def scanned(picture: QImage) -> Link:
    (url,) = read(picture, "test").texts
    return verify(url.removeprefix(ORIGIN), b"k" * 32)


def stop_selling(desk: Desk, product: str) -> None:
    frame = Frames()
    frame._seq = 500
    row = frame("product", product, no=7, spu="RM26A", name="软底乐福鞋", price_fen=56900, status="stopped")
    desk.db.apply(lambda applier: applier.apply([row]))


def test_a_coupon_alone_becomes_a_poster_and_one_share(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    page.about.choose("coupon")
    shown.settle()
    finished = page.easel.finished
    assert finished is not None
    said = scanned(finished.picture)
    assert (said.subject, said.coupon_no) == (Subject.CARD, 3)
    assert "满400减80" in finished.drawing.title
    assert page.side.templates.offered == ("coupon",)
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert shares(desk) == [(None, None, OFFER, None, "copy")]
    page.side.offers.choose("")  # no coupon, no poster of one
    shown.settle()
    assert page.easel.draft is None
    page.about.choose("product")
    shown.settle()
    assert page.easel.subject.product_id == LOAFER


CAMPAIGN, PLAIN, NOTICE, PAST = (ident(n) for n in range(200, 204))


def launch(desk: Desk) -> None:
    """Two campaigns that run, a message of head office, and a campaign that is over."""
    frame = Frames()
    frame._seq = 500
    when: dict[str, Any] = {"starts_at": NOW - DAY_MS, "ends_at": NOW + 3 * DAY_MS}
    body = "全场满 400 减 80\n到店出示, 当场减"
    rows = [
        frame("campaign", CAMPAIGN, no=4, title="双十二满减", body=body, coupon_template_id=OFFER, **when),
        frame("campaign", PLAIN, no=5, title="免费养护", body="到店即可", starts_at=NOW - DAY_MS, ends_at=0),
        frame("campaign", NOTICE, no=0, title="内部通知", body="不给客户看", **when),
        frame("campaign", PAST, no=6, title="过去的", body="过去", starts_at=NOW - 2 * DAY_MS, ends_at=NOW),
    ]
    desk.db.apply(lambda applier: applier.apply(rows))


def test_a_running_campaign_leaves_with_its_coupon_under_her_link(shown: Shown, desk: Desk) -> None:
    launch(desk)
    page = start(shown, client=CHEN)
    shown.settle()
    page.about.choose("campaign")
    shown.settle()
    offered = [page.about.campaigns.itemText(n) for n in range(page.about.campaigns.count())]
    assert offered == ["双十二满减", "免费养护"]  # the one that ends first; no message, none that is over
    assert page.about.campaigns.isVisibleTo(page)
    assert page.side.templates.offered == ("campaign",)
    finished = page.easel.finished
    assert finished is not None
    said = scanned(finished.picture)
    assert (said.subject, said.subject_no, said.coupon_no) == (Subject.CAMPAIGN, 4, 3)
    assert "双十二满减" in finished.drawing.title
    assert "双十二满减" in page.side.words.text
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert shares(desk) == [(None, CAMPAIGN, OFFER, CHEN, "copy")]
    assert [line.what for line in desk.share_log.lines()] == ["双十二满减"]


def test_another_campaign_takes_its_own_coupon_and_products_come_back(shown: Shown, desk: Desk) -> None:
    launch(desk)
    page = start(shown)
    shown.settle()
    page.about.choose("campaign")
    shown.settle()
    page.about.campaigns.setCurrentIndex(1)
    page.about.campaigns.activated.emit(1)
    shown.settle()
    assert page.easel.finished is not None
    said = scanned(page.easel.finished.picture)
    assert (said.subject, said.subject_no, said.coupon_no) == (Subject.CAMPAIGN, 5, 0)
    page.about.choose("product")
    shown.settle()
    assert page.easel.subject.product_id == LOAFER
    assert not page.about.campaigns.isVisibleTo(page)


def test_where_no_campaign_runs_nothing_is_drafted_and_the_page_says_so(shown: Shown) -> None:
    page = start(shown)
    page.about.choose("campaign")
    shown.settle()
    assert page.easel.draft is None
    assert page.about.campaign_id == ""


def test_the_guides_card_and_the_invitation_leave_under_her_own_link(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    page.about.choose("card")
    shown.settle()
    assert page.side.templates.offered == ("card", "invite")
    page.side.templates.choose("invite")
    shown.settle()
    assert page.easel.finished is not None
    assert scanned(page.easel.finished.picture).subject is Subject.CARD
    assert "¥" not in page.side.words.text
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert shares(desk) == [(None, None, None, CHEN, "copy")]


def test_what_arrives_meanwhile_does_not_take_the_card_away(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    page.about.choose("card")
    shown.settle()
    frame = Frames()
    frame._seq = 500
    row = frame("product", SNEAKER, no=8, spu="SN2602", name="云感小白鞋", price_fen=39900)
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    assert page.easel.subject.about == "card"
    assert page.about.current == "card"


def test_a_pack_is_one_folder_the_words_on_the_clipboard_and_one_share(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown, offer=OFFER)
    desk.looks.save("初冬通勤一身", [LOAFER, SNEAKER], actor())
    (look,) = desk.looks.all()
    page.looks.wanted.emit(look.id)
    shown.settle()
    shown.press(Qt.Key.Key_S, control=True, shift=True)
    shown.settle()
    (folder,) = hands.folder.iterdir()
    assert hands.shown == [folder]
    *pictures, words = sorted(folder.iterdir())
    assert 2 <= len(pictures) <= 9
    *squares, poster = (QImage(str(path)) for path in pictures)
    assert {(one.width(), one.height()) for one in squares} == {(1080, 1080)}
    url = ORIGIN + read(poster, "test").texts[0].removeprefix(ORIGIN)
    assert QGuiApplication.clipboard().text().splitlines()[-1] == url
    assert words.read_text("utf-8-sig").splitlines()[-1] == url
    assert shares(desk) == [(None, look.id, OFFER, None, "save")]


def test_a_folder_that_takes_nothing_leaves_no_record(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown)
    draft = page.easel.draft
    assert draft is not None
    (hands.folder / f"{draft.card.row.spu}-{draft.link.share_no}").write_text("in the way")
    page.save_pack()
    shown.settle()
    assert shares(desk) == []
    shown.failures.clear()


def test_a_file_that_cannot_get_its_name_leaves_no_record(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown)
    draft = page.easel.draft
    assert draft is not None
    (hands.folder / f"{draft.card.row.spu}-moments.png" / "full").mkdir(parents=True)
    page.save_picture()
    shown.settle()
    assert shares(desk) == []
    assert not list(hands.folder.glob("*.part"))
    shown.failures.clear()


def test_a_product_stopped_meanwhile_is_not_saved(shown: Shown, desk: Desk, hands: Hands) -> None:
    page = start(shown)
    draft, finished = page.easel.draft, page.easel.finished
    assert draft is not None
    assert finished is not None
    stop_selling(desk, LOAFER)
    page.post._to_file(draft, finished, hands.folder / "late.png")
    shown.settle()
    assert list(hands.folder.iterdir()) == []
    assert shares(desk) == []
    assert "已停售" in shown.failures.pop().sentence


def test_a_client_flagged_meanwhile_gets_nothing(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    assert page.easel.finished is not None
    desk.card_deeds.standing.flag(CHEN, "complaint", "鞋底开胶", MANAGER)
    QGuiApplication.clipboard().setText("before")
    page.post.copy_picture()
    shown.settle()
    assert QGuiApplication.clipboard().text() == "before"
    assert shares(desk) == []
    shown.failures.clear()


def test_a_sign_that_no_font_draws_is_named_before_the_poster_leaves(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    frame = Frames()
    frame._seq = 500
    row = frame("product", LOAFER, no=7, spu="RM26A", name="软底 \U00013000 乐福鞋", price_fen=56900, image="a" * 64)
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    page.easel.renew()
    shown.settle()
    assert "「\U00013000」" in page.stage.caption.text()


def test_a_look_is_renamed_and_ended_and_both_are_taken_back(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    desk.looks.save("通勤", [LOAFER, SNEAKER], actor())
    (look,) = desk.looks.all()
    dialog = page.looks.rename(look)
    dialog.setTextValue("冬日通勤")
    shown.press(Qt.Key.Key_Return)
    dialog.accept()
    shown.settle()
    assert [one.name for one in desk.looks.all()] == ["冬日通勤"]
    page.looks.end(look)
    shown.settle()
    assert desk.looks.all() == ()
    assert shown.context.undo.undo()
    shown.settle()
    assert shown.context.undo.undo()
    shown.settle()
    assert [one.name for one in desk.looks.all()] == ["通勤"]


def test_a_ruler_moves_the_print_and_nonsense_is_refused(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    dialog = page.printing.calibrate()
    shown.settle()
    dialog.left.setValue(50)
    dialog.keep.click()
    shown.settle()
    assert "再量一次" in dialog.told.text()
    dialog.left.setValue(21.5)
    dialog.top.setValue(19.2)
    dialog.keep.click()
    shown.settle()
    assert desk.calibration.offset() == Offset(-1.5, 0.8)


class SlowPrinters:
    """Names of printers, one of which answers only when the test says so."""

    def __init__(self) -> None:
        self.answers = Event()
        self.threads: list[int] = []

    def __call__(self) -> list[str]:
        self.threads.append(get_ident())
        assert self.answers.wait(20)
        return ["前台激光", "仓库热敏"]


def test_dialogs_open_before_the_printers_have_answered(shown: Shown, desk: Desk) -> None:
    page, printers = start(shown), SlowPrinters()
    desk.calibration.keep(Offset(1.0, 2.0), actor(), "前台激光")
    choice = Choice((), page.look, page._maker.templates[page.look.template], "", "")
    work, offsets, who = page.work, desk.calibration, page.actor
    ruler = RulerDialog(page, work, offsets, lambda: who, printers)
    typed = RulerDialog(page, work, offsets, lambda: who, printers)
    batch = BatchDialog(page, work, Batch(desk, page._maker, page._studio), offsets, choice, who, names=printers)
    dialogs = (ruler, typed, batch)
    assert [dialog.printer.count() for dialog in dialogs] == [1, 1, 1]
    typed.left.setValue(22.5)
    printers.answers.set()
    shown.settle()
    assert get_ident() not in printers.threads
    assert len(printers.threads) == len(dialogs)
    for dialog in dialogs:
        assert [dialog.printer.itemData(n) for n in range(3)] == ["前台激光", "仓库热敏", ""]
    assert [dialog.printer.currentData() for dialog in dialogs] == ["前台激光", "", "前台激光"]
    assert (ruler.left.value(), ruler.top.value(), typed.left.value()) == (19.0, 18.0, 22.5)
    assert (batch.right.value(), batch.down.value()) == (1.0, 2.0)
    for dialog in dialogs:
        dialog.reject()


def test_the_print_log_says_which_job_was_too_large_to_keep(
    shown: Shown, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_log, "MOST_BYTES", 1)
    ticket = Printer(way="network", address="192.168.1.80", language="escpos")
    desk.print_log.note(Printout("大图", "slip58", ticket.address, data=bytes(9), printer=ticket), actor())
    desk.print_log.note(Printout("PDF", "square", "前台激光"), actor())
    page = start(shown)
    dialog = PrintLogDialog(page, page.work, desk.print_log)
    shown.settle()
    cells = dialog.table.model()
    told = {cells.index(n, 2).data(): cells.index(n, 4).data() for n in range(2)}
    assert told == {"大图": "太大, 没有留存", "PDF": "由系统打印"}
    dialog.reject()


def test_a_poster_takes_a_few_keys_and_less_than_twenty_seconds(shown: Shown, desk: Desk) -> None:
    """From the open page: her name, Enter; the product's initials; copy. Machine time, the guide's typing excluded."""
    page = start(shown)
    heard: list[Notice] = []
    page.notice.connect(heard.append)
    begun = perf_counter()
    page.side.recipient.field.setFocus()
    shown.type("cyt")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    page.finder.search.setFocus()
    shown.type("xbx")
    shown.settle()
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    spent = perf_counter() - begun
    assert [share[:1] + share[3:] for share in shares(desk)] == [(SNEAKER, CHEN, "copy")]
    assert heard
    assert spent < 20


def test_from_a_line_of_today_to_the_clipboard_in_three_deeds(shown: Shown) -> None:
    shown.go("today")
    lines = shown.page(TodayPage).contact_lines.findChildren(SuggestionLine)
    (line,) = [one for one in lines if not one.isHidden() and one.suggestion.name == "周建国"]
    deeds: list[Callable[[], None]] = [
        next(b for b in line.findChildren(QPushButton) if b.accessibleName().startswith("发祝福")).click,
        lambda: shown.press(Qt.Key.Key_C, control=True),
    ]
    for deed in deeds:
        deed()
        shown.settle()
    held = QGuiApplication.clipboard().mimeData()
    assert held.hasImage()
    assert held.hasUrls()
    assert not QGuiApplication.clipboard().image().hasAlphaChannel()
    assert shown.page(SharePage).side.recipient.recipient is not None
    assert len(deeds) <= 3
