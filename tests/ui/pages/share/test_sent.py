"""分享: copied is asked about by one key, and the fourth in seven days is refused before it is copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from guide_app.base.errors import GuideError
from guide_app.flows.desk import Desk
from guide_app.followup.copies import Outgoing
from tests.helpers.book import CHEN, LOAFER, OFFER, ZHOU, actor, ident
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from tests.ui.pages.share.test_share import Hands, give_scripts, shares, start, toasts
from ui.kit.poster.maker import PosterMaker
from ui.pages.share.page import SharePage


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder, tmp_path: Path) -> Iterator[Shown]:
    maker, hands = PosterMaker(), Hands(tmp_path)
    yield open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path, outlets=hands))
    QGuiApplication.clipboard().clear()


def messages(desk: Desk) -> list[tuple[object, ...]]:
    sql = "SELECT client_id, body, script_id FROM note WHERE kind = 'message' ORDER BY id"
    return [tuple(row) for row in desk.db.query(lambda c: c.exec_driver_sql(sql).all())]


def full_disk(*_asked: object, **_how: object) -> None:
    raise GuideError("disk.full", "磁盘已满。", "请腾出空间。")


def test_one_key_says_that_it_was_sent(shown: Shown, desk: Desk) -> None:
    give_scripts(desk)
    page = start(shown, client=CHEN, offer=OFFER, script=ident(80))
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert page.question.isVisible()
    shown.press(Qt.Key.Key_C, control=True, shift=True)  # the words of the same message: one question
    shown.settle()
    assert len(desk.copies.unanswered(actor().guide_id)) == 1
    assert messages(desk) == []
    shown.press(Qt.Key.Key_Y)
    shown.settle()
    ((client, body, script),) = messages(desk)
    assert (client, script) == (CHEN, ident(80))
    assert str(body).startswith("陈女士, 软底乐福鞋 2026 秋到南京西路店了, 送您满400减80~\nhttps://")
    assert page.question.isHidden()
    assert desk.followup.contact_room(CHEN).used == 1


def test_one_key_says_that_it_was_not_sent_and_nothing_counts(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    shown.press(Qt.Key.Key_N)
    shown.settle()
    assert page.question.isHidden()
    assert messages(desk) == []
    assert desk.followup.contact_room(CHEN).used == 0


def test_a_client_who_stays_chosen_is_not_sent_a_fourth(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    heard = toasts(page)
    for _ in range(3):
        shown.press(Qt.Key.Key_C, control=True)
        shown.settle()
        shown.press(Qt.Key.Key_Y)
        shown.settle()
    assert page.easel.subject.client_id == CHEN
    QGuiApplication.clipboard().setText("before")
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert "11 月 28 日起可以再发" in heard[-1]
    assert QGuiApplication.clipboard().text() == "before"
    assert (len(shares(desk)), len(messages(desk))) == (3, 3)
    page.stage.view.drag_asked.emit()
    shown.settle()
    assert len(shares(desk)) == 3


@pytest.mark.parametrize(("key", "notes"), [(Qt.Key.Key_Y, 2), (Qt.Key.Key_N, 0)])
def test_after_a_batch_one_key_answers_for_all(shown: Shown, desk: Desk, key: Qt.Key, notes: int) -> None:
    for client in (CHEN, ZHOU):
        desk.copies.copy(Outgoing(client, "新款到店"), actor())
    page = start(shown)
    heard = toasts(page)
    page.question.ask()
    shown.settle()
    assert page.question.all.text() == "2 条都已发送 (Shift+Y)"
    shown.press(key, shift=True)
    shown.settle()
    assert (len(messages(desk)), desk.copies.unanswered(actor().guide_id)) == (notes, [])
    assert page.question.isHidden()
    assert "2 条都" in heard[-1]
    desk.copies.copy(Outgoing(ZHOU, "又一条"), actor())
    page.question.ask()
    shown.settle()
    assert page.question.all.isHidden()
    shown.press(key, shift=True)
    shown.settle()
    assert len(desk.copies.unanswered(actor().guide_id)) == 1, "of one alone the plain key is asked"


def test_what_could_not_be_answered_is_asked_once_more(
    shown: Shown, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for client in (CHEN, ZHOU):
        desk.copies.copy(Outgoing(client, "新款到店"), actor())
    page = start(shown)
    page.question.ask()
    shown.settle()
    with monkeypatch.context() as disk:
        disk.setattr(type(desk.copies), "answer_all", full_disk)
        shown.press(Qt.Key.Key_Y, shift=True)
        shown.settle()
    assert [failure.sentence for failure in shown.failures] == ["磁盘已满。"]
    shown.failures.clear()
    shown.press(Qt.Key.Key_Escape)  # what was told of it
    shown.settle()
    shown.press(Qt.Key.Key_Y, shift=True)
    shown.settle()
    assert (len(messages(desk)), desk.copies.unanswered(actor().guide_id)) == (2, [])


def test_the_question_survives_a_restart(shown: Shown) -> None:
    start(shown, client=CHEN)
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    shown.window.pages.rebuild()
    shown.settle()
    page = shown.page(SharePage)
    assert page.question.isVisible()
    assert "陈雅婷" in page.question.words.text()


def test_y_typed_into_the_words_is_a_letter(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    shown.press(Qt.Key.Key_Escape)
    page.side.words.editor.setFocus()
    page.side.words.editor.clear()
    shown.type("yn")
    assert page.side.words.text == "yn"
    assert len(desk.copies.unanswered(actor().guide_id)) == 1


def test_the_coupon_asked_for_is_chosen_when_the_page_opens_for_the_first_time(
    open_pages: Open, desk: Desk, pictures: PictureFolder
) -> None:
    today = lambda context: SharePage(context, desk, actor, PosterMaker(), pictures.path)  # noqa: E731 - any page
    shown = open_pages(today=today, share=today)
    shown.go("share", product=LOAFER, offer=OFFER)
    page = shown.page(SharePage)
    assert page.side.offers.current is not None
    assert page.easel.subject.offer_id == OFFER
