"""First run: head-office address and enrolment code (or the demo), the recovery key, then the guide's PIN.

The window shows it by `MainWindow.cover`. All work is handed in, so that it runs the same against a real office, the
demo and a test.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.buttons import IconTextButton, button
from ui.kit.card import Card, rule
from ui.kit.errors import Failure
from ui.kit.lock import GuideFace, LockOverlay, Verify
from ui.kit.page import PageContext
from ui.kit.painted import Logo
from ui.kit.progress import ProgressStrip
from ui.kit.text import label, restyle
from ui.kit.work import Job


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining brought: the store's name, the guides who may work here, and the key to be kept on paper."""

    store_name: str
    guides: tuple[GuideFace, ...]
    recovery_key: str = ""


@dataclass(frozen=True, slots=True)
class SetupDeeds:
    """What the wizard calls.

    `enrol(address, code, job)` and `demo(job)` run off the GUI thread, report progress and raise `GuideError` in
    words. A `demo` that answers None opens a window of its own; without `demo` none is offered. `verify` is the
    lock's. `print_test`, if given, runs on the GUI thread.
    """

    enrol: Callable[[str, str, Job], Joined]
    demo: Callable[[Job], Joined | None] | None
    verify: Verify
    print_test: Callable[[], object] | None = None


class SetupWizard(QWidget):
    """Three short steps in one card. `finished` carries the `GuideFace` who gave her PIN."""

    finished = Signal(object)

    def __init__(self, context: PageContext, deeds: SetupDeeds, address: str = "", code: str = "") -> None:
        """Start at the first step; `address` and `code` may be filled in from the command line."""
        super().__init__()
        self._context, self._deeds = context, deeds
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.join = JoinStep(context, address, code)
        self.join.demo.setVisible(deeds.demo is not None)
        self.keep = KeyStep(context, deeds.print_test)
        self.pin = LockOverlay(context.theme, context.work, deeds.verify)
        self.pin.title.setText(QCoreApplication.translate("SetupWizard", "你是哪位导购？"))
        self.steps = QStackedWidget()
        for step in (self.join, self.keep, self.pin):
            self.steps.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.steps)
        self.setFocusProxy(self.join)  # the window gives the keyboard to what covers it
        self.join.asked.connect(self._enrol)
        self.join.demo.clicked.connect(self._demo)
        self.keep.kept.connect(self._to_pin)
        self.pin.unlocked.connect(self.finished)

    def _enrol(self) -> None:
        address, code = self.join.address.text().strip(), self.join.code.text().strip()
        enrol = self._deeds.enrol
        self._run(lambda job: enrol(address, code, job))

    def _demo(self) -> None:
        if self._deeds.demo is not None:
            self._run(self._deeds.demo)

    def _run(self, deed: Callable[[Job], Joined | None]) -> None:
        self.join.set_busy(busy=True)
        self._context.work.change(
            deed,
            owner=self,
            done=self._joined,
            failed=self.join.show_failure,
            title=QCoreApplication.translate("SetupWizard", "正在接入总部"),
        )

    def _joined(self, joined: Joined | None) -> None:
        self.join.set_busy(busy=False)
        if joined is None:
            self.join.message.setText(QCoreApplication.translate("SetupWizard", "演示窗口正在打开，请稍候。"))
            return
        self.pin.set_guides(joined.guides)
        self.pin.hint.setText(joined.store_name)
        if joined.recovery_key:
            self.keep.show_key(joined)
            self.steps.setCurrentWidget(self.keep)
            self.keep.setFocus()
        else:
            self._to_pin()

    def _to_pin(self) -> None:
        self.steps.setCurrentWidget(self.pin)
        self.pin.prepare()


class JoinStep(QWidget):
    """Address and code, or the demo. `asked` when both are filled in and the user goes on."""

    asked = Signal()

    def __init__(self, context: PageContext, address: str, code: str) -> None:
        """Offer `address` and `code` as far as they are known."""
        super().__init__()
        card = _card(self, context)
        card.add(_centred(label(QCoreApplication.translate("SetupWizard", "欢迎使用导购台"), "title")))
        hint = QCoreApplication.translate("SetupWizard", "填总部给你的地址和登记码，一分钟内就能开始。")
        card.add(_centred(label(hint, "muted", wrap=True)))
        self.address = _field(card, QCoreApplication.translate("SetupWizard", "总部地址"), address)
        self.address.setPlaceholderText("https://")
        self.code = _field(card, QCoreApplication.translate("SetupWizard", "登记码"), code)
        self.message = label("", "danger", wrap=True)
        card.add(self.message)
        self.progress = ProgressStrip(context.theme, context.work)
        card.add(self.progress)
        self.go = button(QCoreApplication.translate("SetupWizard", "接入总部"), "primary", big=True)
        card.add(self.go)
        card.add(rule())
        self.demo = button(QCoreApplication.translate("SetupWizard", "先看演示数据"), "link")
        card.add(self.demo)
        self.go.clicked.connect(self._ask)
        self.address.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self._ask)
        self.setFocusProxy(self.code if address else self.address)

    def set_busy(self, *, busy: bool) -> None:
        """Block the fields while joining."""
        for widget in (self.address, self.code, self.go, self.demo):
            widget.setEnabled(not busy)
        if busy:
            self.message.setText("")

    def show_failure(self, failure: Failure) -> None:
        """Say what went wrong beside the fields, which stay as they were."""
        self.set_busy(busy=False)
        self.message.setText(f"{failure.sentence}\n{failure.way_out}".strip())
        self.code.setFocus()

    def _ask(self) -> None:
        address, code = self.address.text().strip(), self.code.text().strip()
        good = address.startswith(("http://", "https://"))
        restyle(self.address, invalid=not good)
        restyle(self.code, invalid=not code)
        if not good:
            self.message.setText(QCoreApplication.translate("SetupWizard", "地址要以 https:// 开头。"))
            self.address.setFocus()
        elif not code:
            self.message.setText(QCoreApplication.translate("SetupWizard", "请填登记码，店长或总部可以发给你。"))
            self.code.setFocus()
        else:
            self.asked.emit()


class KeyStep(QWidget):
    """Shows the recovery key once. `kept` when the user says that it is written down."""

    kept = Signal()

    def __init__(self, context: PageContext, print_test: Callable[[], object] | None) -> None:
        """With `print_test`, offer a test page too."""
        super().__init__()
        card = _card(self, context)
        self.title = label("", "title")
        card.add(_centred(self.title))
        hint = QCoreApplication.translate(
            "SetupWizard", "这是本机资料的恢复密钥，只显示这一次。请抄下来交给店长；总部也保存了一份。"
        )
        card.add(_centred(label(hint, "muted", wrap=True)))
        box = Card("wash")
        self.key = label("", "section", wrap=True, selectable=True)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.add(self.key)
        card.add(box)
        line = QHBoxLayout()
        self.copy = IconTextButton(context.theme, "copy", QCoreApplication.translate("SetupWizard", "复制"))
        line.addWidget(self.copy)
        self.print_test = IconTextButton(
            context.theme, "print", QCoreApplication.translate("SetupWizard", "打印测试页")
        )
        self.print_test.setVisible(print_test is not None)
        line.addWidget(self.print_test)
        line.addStretch(1)
        card.use_body().addLayout(line)
        self.written = QCheckBox(QCoreApplication.translate("SetupWizard", "我已抄下恢复密钥"))
        card.add(self.written)
        self.go = button(QCoreApplication.translate("SetupWizard", "下一步"), "primary", big=True)
        self.go.setEnabled(False)
        card.add(self.go)
        self.written.toggled.connect(self.go.setEnabled)
        self.copy.clicked.connect(self._copy)
        self.go.clicked.connect(self.kept)
        self._print = print_test
        self.print_test.clicked.connect(self._print_page)
        self.setFocusProxy(self.written)

    def show_key(self, joined: Joined) -> None:
        """Show the key of the store just joined."""
        self.title.setText(QCoreApplication.translate("SetupWizard", "已接入 {store}").format(store=joined.store_name))
        self.key.setText(joined.recovery_key)

    def _print_page(self) -> None:
        if self._print is not None:
            self._print()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())


def _card(step: QWidget, context: PageContext) -> Card:
    card = Card(padding=30)
    card.setFixedWidth(440)
    card.use_body().setSpacing(10)
    card.body.addWidget(Logo(context.theme), 0, Qt.AlignmentFlag.AlignHCenter)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(card)
    across.addStretch(1)
    down = QVBoxLayout(step)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(1)
    return card


def _centred(made: QLabel) -> QLabel:
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _field(card: Card, name: str, text: str) -> QLineEdit:
    card.add(label(name, "tiny"))
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setMinimumHeight(38)
    card.add(field)
    return field
