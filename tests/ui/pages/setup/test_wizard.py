"""The first minute: join by address and code, keep the key, give the PIN; or look at the demo."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guide_app.base.errors import OfficeUnreachableError
from ui.kit.lock import GuideFace, PinAnswer
from ui.kit.page import PageContext
from ui.kit.work import Job
from ui.pages.setup.wizard import Joined, SetupDeeds, SetupWizard

WANG = GuideFace("g1", "王敏", "0231")
KEY = "K7QM 2ZTR"


class Office:
    """Answers enrolments; unreachable until told otherwise."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.reachable = True
        self.printed = 0

    def enrol(self, address: str, code: str, job: Job) -> Joined:
        self.asked.append((address, code))
        job.report(1, 2)
        if not self.reachable:
            raise OfficeUnreachableError("office.unreachable", "总部没有应答。", "请检查网络和地址。")
        return Joined("南京西路店", (WANG,), KEY)

    def demo(self, _job: Job) -> Joined:
        return Joined("演示店", (WANG,))

    def print_page(self) -> None:
        self.printed += 1


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def wizard(qtbot: QtBot, context: PageContext, office: Office) -> SetupWizard:
    deeds = SetupDeeds(office.enrol, office.demo, lambda _guide, pin: PinAnswer(pin == "1234"), office.print_page)
    wizard = SetupWizard(context, deeds)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


def test_joining_takes_two_fields_the_key_and_a_pin(wizard: SetupWizard, office: Office) -> None:
    guides: list[GuideFace] = []
    wizard.finished.connect(guides.append)
    wizard.setFocus()  # as the window does that shows it
    assert wizard.focusWidget() is wizard.join.address
    QTest.keyClicks(wizard.join.address, "https://office.example")
    QTest.keyClick(wizard.join.address, Qt.Key.Key_Return)
    QTest.keyClicks(wizard.join.code, " ABCD-1234 ")
    QTest.keyClick(wizard.join.code, Qt.Key.Key_Return)
    settle()
    assert office.asked == [("https://office.example", "ABCD-1234")]
    assert wizard.keep.key.text() == KEY
    assert not wizard.keep.go.isEnabled()
    wizard.keep.copy.click()
    assert QApplication.clipboard().text() == KEY
    wizard.keep.print_test.click()
    assert office.printed == 1
    wizard.keep.written.click()
    wizard.keep.go.click()
    QTest.keyClicks(wizard.pin.pad, "1234")
    QTest.keyClick(wizard.pin.pad, Qt.Key.Key_Return)
    settle()
    assert guides == [WANG]


@pytest.mark.parametrize(
    ("address", "code", "message"),
    [
        ("office.example", "A", "地址要以 https:// 开头。"),
        ("https://o.example", "", "请填登记码，店长或总部可以发给你。"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(
    wizard: SetupWizard, office: Office, address: str, code: str, message: str
) -> None:
    wizard.join.address.setText(address)
    wizard.join.code.setText(code)
    wizard.join.go.click()
    assert wizard.join.message.text() == message
    assert office.asked == []


def test_an_office_out_of_reach_keeps_what_was_typed(wizard: SetupWizard, office: Office) -> None:
    office.reachable = False
    wizard.join.address.setText("https://o.example")
    wizard.join.code.setText("ABCD")
    wizard.join.go.click()
    settle()
    assert wizard.join.message.text() == "总部没有应答。\n请检查网络和地址。"
    assert wizard.join.code.text() == "ABCD"
    assert wizard.join.go.isEnabled()
    office.reachable = True
    wizard.join.go.click()
    settle()
    assert wizard.steps.currentWidget() is wizard.keep


def test_the_demo_needs_no_key(wizard: SetupWizard) -> None:
    wizard.join.demo.click()
    settle()
    assert wizard.steps.currentWidget() is wizard.pin
    assert wizard.pin.hint.text() == "演示店"
