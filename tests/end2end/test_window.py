"""The whole window over an office in memory: from the first paint on an empty PC to its last thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide_app.base.errors import LockedError
from guide_app.cli.context import Place, open_desk
from guide_app.cli.shell.backstage import Backstage, Ears
from guide_app.cli.shell.desk_window import DeskWindow
from guide_app.cli.shell.logfile import log_stray, log_to
from guide_app.cli.window import open_book, open_window, page_shots
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, COUPON_CODE, LOAFER, PIN, STORE, HandClock, actor
from tests.helpers.book import open_desk as small_book
from tests.helpers.busy_office import CODES, busy_office
from tests.helpers.memory_office import MemoryOffice, OfficeServer, serving
from tests.helpers.window import flush
from ui.kit.empty import EmptyState
from ui.kit.i18n import Tongue
from ui.kit.page import Target
from ui.kit.status import Link
from ui.kit.theme import Mode
from ui.pages.setup.wizard import SetupWizard
from ui.pages.sync.needs import Do
from ui.pages.sync.page import SyncPage
from ui.pages.sync.rejoin import RejoinDialog
from ui.pages.sync.rows import NeedLine
from ui.pages.today.page import TodayPage

PAGES = ["today", "clients", "products", "share", "scripts", "counter", "sync", "settings"]
Open = Callable[[], DeskWindow]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(clock: HandClock) -> MemoryOffice:
    return busy_office(clock)


@pytest.fixture
def server(office: MemoryOffice) -> Iterator[OfficeServer]:
    with serving(office) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "pc").mkdir()
    return Place(tmp_path / "pc", "", {"GUIDE_KEY_FILE": str(tmp_path / "pc.key")})


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@pytest.fixture
def opened(qtbot: QtBot, place: Place, look: None) -> Iterator[Open]:
    """Open a window as `guide` does, once the one before is closed."""
    del look
    made: list[DeskWindow] = []

    def begin() -> DeskWindow:
        for before in made:
            before.close()
        shell = DeskWindow(place, partial(open_book, place))
        made.append(shell)
        with qtbot.waitSignal(shell.window.painted):
            shell.window.show()
        qtbot.waitUntil(lambda: shell._stage is not None, timeout=20_000)
        return shell

    yield begin
    for shell in made:
        shell.close()
    flush()


def settle(qtbot: QtBot, shell: DeskWindow) -> None:
    qtbot.waitUntil(lambda: not shell.work.pending(), timeout=20_000)
    flush()


def wizard_of(shell: DeskWindow) -> SetupWizard:
    (wizard,) = shell.window.findChildren(SetupWizard)
    return wizard


def join(qtbot: QtBot, shell: DeskWindow, server: OfficeServer, code: str = CODES[0]) -> SetupWizard:
    wizard = wizard_of(shell)
    wizard.join.address.setText(server.origin)
    wizard.join.code.setText(code)
    wizard.join.go.click()
    settle(qtbot, shell)
    return wizard


def give_pin(qtbot: QtBot, shell: DeskWindow, pad: QWidget, pin: str = PIN) -> None:
    QTest.keyClicks(pad, pin)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    settle(qtbot, shell)


def enrolled(qtbot: QtBot, opened: Open, server: OfficeServer) -> DeskWindow:
    shell = opened()
    wizard = join(qtbot, shell, server)
    wizard.keep.written.click()
    wizard.keep.go.click()
    give_pin(qtbot, shell, wizard.pin.pad)
    return shell


def test_it_paints_before_the_book_is_opened(qtbot: QtBot, place: Place, look: None) -> None:
    del look
    seen: list[tuple[bool, bool]] = []

    def open_late(ears: Ears) -> Backstage:
        seen.append((shell.window._seen, place.book.exists()))
        return open_book(place, ears)

    shell = DeskWindow(place, open_late)
    try:
        shell.window.show()
        qtbot.waitUntil(lambda: shell._stage is not None, timeout=20_000)
        assert seen == [(True, False)]
    finally:
        shell.close()
        flush()


def test_a_new_pc_joins_loads_its_book_takes_a_pin_and_works(
    qtbot: QtBot, opened: Open, server: OfficeServer, office: MemoryOffice, place: Place
) -> None:
    shell = opened()
    wizard = join(qtbot, shell, server)
    assert wizard.steps.currentWidget() is wizard.keep
    assert len(wizard.keep.key.text().split("-")) == 14
    assert shell.stage.desk.clients.portrait(CHEN).fields["name"] == "陈雅婷", "the book was loaded meanwhile"
    wizard.keep.written.click()
    wizard.keep.go.click()
    give_pin(qtbot, shell, wizard.pin.pad)
    page = shell.window.pages.currentWidget()
    assert isinstance(page, TodayPage)
    assert page.isVisible()
    assert shell.stage.session.acting().name == "李娜", "managers come first"
    qtbot.waitUntil(lambda: shell.window.status._status.link is Link.SYNCED, timeout=20_000)
    assert shell.window.status._status.store == "南京西路店"
    added = shell.stage.desk.client_deeds.add({"name": "何俊"}, shell.stage.session.acting())
    qtbot.waitUntil(lambda: office.read("client", added, STORE) is not None, timeout=20_000)
    assert place.book.exists()


def test_f5_asks_for_a_round_at_once(qtbot: QtBot, opened: Open, server: OfficeServer, office: MemoryOffice) -> None:
    shell = enrolled(qtbot, opened, server)
    qtbot.waitUntil(lambda: shell.window.status._status.link is Link.SYNCED, timeout=20_000)
    office.requests.clear()
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow)
    QTest.keyClick(shell.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "GET /sync/v1/pull" in office.requests, timeout=20_000)


def test_a_first_load_that_breaks_goes_on_with_the_same_button(
    qtbot: QtBot, opened: Open, server: OfficeServer
) -> None:
    shell = opened()
    server.fault = lambda moment, request: "drop" if moment == "before" and "pull" in request else ""
    wizard = join(qtbot, shell, server)
    assert "连不上总部" in wizard.join.message.text()
    server.fault = lambda *_: ""
    wizard.join.go.click()
    settle(qtbot, shell)
    assert wizard.steps.currentWidget() is wizard.keep


def test_closed_while_the_first_load_hangs_it_ends_at_once(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = opened()
    wizard = wizard_of(shell)
    asked: list[str] = []

    def fault(_moment: str, request: str) -> str:
        asked.append(request)
        if "pull" in request:
            shell.stage.hang_up()
        return ""

    server.fault = fault
    wizard.join.address.setText(server.origin)
    wizard.join.code.setText(CODES[0])
    wizard.join.go.click()
    qtbot.waitUntil(lambda: any("pull" in request for request in asked), timeout=20_000)
    shell.close()


def test_the_next_start_goes_straight_to_work(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    enrolled(qtbot, opened, server)
    shell = opened()
    settle(qtbot, shell)
    assert isinstance(shell.window.pages.currentWidget(), TodayPage)
    assert not shell.window.locked


def test_a_lock_outlives_the_program(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = enrolled(qtbot, opened, server)
    shell.window.lock()
    settle(qtbot, shell)
    with pytest.raises(LockedError):
        shell.stage.desk.roster.acting()
    again = opened()
    assert again.window.locked
    overlay = again.window.lock_overlay
    assert overlay is not None
    give_pin(qtbot, again, overlay.pad, "9999")
    assert overlay.message.text().startswith("PIN 不对。")
    assert again.window.locked
    give_pin(qtbot, again, overlay.pad)
    assert not again.window.locked
    assert isinstance(again.window.pages.currentWidget(), TodayPage)


def test_ctrl_k_finds_clients_products_and_coupons(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = enrolled(qtbot, opened, server)
    search = shell.window.search
    shell.rest.came.emit()  # the book's pages are given back: what is asked next reads them anew

    def first(text: str) -> Target | None:
        search.call()
        search.setText(text)
        settle(qtbot, shell)
        return search.hits()[0].target

    assert first("cyt") == Target("clients", CHEN)
    assert first("LF2601") == Target("products", LOAFER)
    assert first(f"{COUPON_CODE[:4]}-{COUPON_CODE[4:].lower()}") == Target("counter", COUPON_CODE)


def test_a_scan_leads_to_what_was_scanned(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = enrolled(qtbot, opened, server)
    scanner = shell._scanner
    assert scanner is not None

    def scanned(code: str) -> Target:
        scanner.scanned.emit(code)
        settle(qtbot, shell)
        return shell.window.pages.current

    assert scanned("2000000000015") == Target("products", LOAFER), "a variant's bar code"
    assert scanned("https://id.example/01/02000000000022") == Target("products", LOAFER), "the code on its label"
    assert scanned(COUPON_CODE) == Target("counter", COUPON_CODE)
    assert scanned("13800005678") == Target("clients", CHEN)
    scanned("9999999999999")
    assert shell.window.toast.text.startswith("没有找到「9999999999999」")
    shell.window.lock()
    settle(qtbot, shell)
    scanned("2000000000015")
    assert shell.window.pages.current == Target("clients", CHEN), "locked, a scan shows nothing"


def test_the_printer_is_asked_for_before_its_test_page(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = enrolled(qtbot, opened, server)
    shell._print_test()
    (dialog,) = shell.window.findChildren(QPrintDialog)
    printer = dialog.printer()
    target = shell._place.data_dir / "ruler.pdf"
    printer.setOutputFileName(str(target))
    dialog.accepted.emit(printer)
    dialog.reject()
    settle(qtbot, shell)
    assert target.read_bytes().startswith(b"%PDF")


def test_what_settings_choose_is_kept_for_the_next_start(qtbot: QtBot, opened: Open, server: OfficeServer) -> None:
    shell = enrolled(qtbot, opened, server)
    shell.preferences.mode = Mode.DARK
    shell.preferences.tongue = Tongue.EN
    again = opened()
    settle(qtbot, again)
    assert again.theme.dark
    assert again.window.rail.items["today"].text() == "Today"
    again.language.use(Tongue.ZH)


def test_a_book_whose_key_is_gone_says_so_and_tries_again(
    qtbot: QtBot, opened: Open, server: OfficeServer, place: Place
) -> None:
    enrolled(qtbot, opened, server).close()
    key = Path(place.environ["GUIDE_KEY_FILE"])
    kept = key.read_bytes()
    key.unlink()
    shell = DeskWindow(place, partial(open_book, place))
    try:
        shell.window.show()
        qtbot.waitUntil(lambda: bool(shell.window.findChildren(EmptyState)), timeout=20_000)
        shut = next(state for state in shell.window.findChildren(EmptyState) if "密钥文件" in state._hint.text())
        assert place.book.exists()
        key.write_bytes(kept)
        shut.action.click()
        qtbot.waitUntil(lambda: shell.active, timeout=20_000)
    finally:
        shell.close()
        flush()


@pytest.mark.usefixtures("look")
def test_every_page_can_be_pictured_without_a_display(tmp_path: Path, clock: HandClock) -> None:
    with small_book(tmp_path, clock) as desk:
        desk.roster.login("0231", PIN)
        place = Place(tmp_path, "http://127.0.0.1:9", {})
        made = page_shots(desk, place, tmp_path / "shots")
        flush()
        assert desk.roster.acting().name == "王敏", "the book stays its owner's"
    assert [path.name for path in made] == [f"window-{page}.png" for page in PAGES] + ["window-today-dark.png"]
    for path in made:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1280, 800)
    colours = [QImage(str(path)).pixelColor(640, 760).lightness() for path in (made[0], made[-1])]
    assert colours[0] > 200, "light"
    assert colours[1] < 60, "dark"


@pytest.mark.usefixtures("look")
def test_the_sync_page_opens_from_the_status_bar(qtbot: QtBot, tmp_path: Path, clock: HandClock) -> None:
    with small_book(tmp_path, clock) as desk:
        desk.roster.login("0231", PIN)
        shell = open_window(desk, Place(tmp_path, "http://127.0.0.1:9", {}))
        try:
            shell.window.show()
            qtbot.waitUntil(lambda: shell.window.status._status.link is Link.OFFLINE, timeout=20_000)
            desk.client_deeds.note(CHEN, "鞋跟略紧", actor())
            qtbot.waitUntil(lambda: shell.window.status._status.waiting == 1, timeout=20_000)
            shell.window.status.clicked.emit()
            settle(qtbot, shell)
            page = shell.window.pages.currentWidget()
            assert isinstance(page, SyncPage)
            assert len(page.waiting_model.rows) == 1
        finally:
            shell.close()
            flush()


def test_a_copied_pc_joins_again_from_the_sync_page_and_loses_nothing(
    qtbot: QtBot, opened: Open, server: OfficeServer, office: MemoryOffice
) -> None:
    shell = enrolled(qtbot, opened, server)
    (desk,) = office.desks.values()
    desk.last_mid += 3  # another copy of this PC has been at work
    shell.stage.desk.client_deeds.note(CHEN, "还没上交", actor())
    shell.stage.sync_now()

    def code() -> str:
        return shell.monitor.status.error_code if shell.monitor.status is not None else ""

    qtbot.waitUntil(lambda: code() == "device.forked", timeout=20_000)
    shell.window.go(Target("sync"))
    settle(qtbot, shell)
    (line,) = [one for one in shell.window.findChildren(NeedLine) if one.need.key.startswith("trouble")]
    line.buttons[Do.REJOIN].click()
    (dialog,) = shell.window.findChildren(RejoinDialog)
    dialog.code.setText(CODES[1])
    dialog.go.click()
    qtbot.waitUntil(lambda: shell.window.status._status.link is Link.SYNCED, timeout=20_000)
    settle(qtbot, shell)
    assert len(office.desks) == 2
    notes = [key for key in office.feeds[store_scope(STORE)].live if key[0] == "note"]
    assert len(notes) == 1


@pytest.mark.error_logs("nobody caught this")
def test_the_log_keeps_where_and_not_what(tmp_path: Path) -> None:
    with log_to(tmp_path) as path:
        try:
            raise ValueError("陈雅婷 13800005678")  # noqa: TRY301 - the case
        except ValueError as e:
            log_stray(e)
        logging.getLogger("guide_app.sync").warning("a round failed")
    told = path.read_text("utf-8")
    assert "13800005678" not in told
    assert "ValueError" in told
    assert "test_the_log_keeps_where_and_not_what" in told
    assert "a round failed" in told


def test_a_place_without_an_actor_opens_locked(qtbot: QtBot, tmp_path: Path, clock: HandClock, look: None) -> None:
    del look
    with small_book(tmp_path, clock) as desk:
        shell = open_window(desk, Place(tmp_path, "http://127.0.0.1:9", {}))
        try:
            shell.window.show()
            qtbot.waitUntil(lambda: shell.window.locked, timeout=20_000)
            assert not shell.active
        finally:
            shell.close()
            flush()


def test_the_desk_opens_elsewhere_at_the_same_time(
    qtbot: QtBot, opened: Open, server: OfficeServer, place: Place
) -> None:
    shell = enrolled(qtbot, opened, server)
    with open_desk(place) as desk:  # the command line beside the window
        desk.client_deeds.note(CHEN, "电话回访", desk.roster.acting())
    assert shell.stage.desk.roster.acting().name == "李娜"
