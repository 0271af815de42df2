"""The lock: hides everything personal until a guide of this PC gives her PIN; also how guides take turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.kit.buttons import IconButton, button
from ui.kit.card import Card
from ui.kit.errors import Failure
from ui.kit.flow import FlowLayout
from ui.kit.painted import Avatar, Logo, Painted
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.kit.work import Work

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


@dataclass(frozen=True, slots=True)
class GuideFace:
    """One guide who may work at this PC."""

    guide_id: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """Whether the PIN was right; if not, `sentence` says how many tries are left or how long to wait."""

    ok: bool
    sentence: str = ""


Verify = Callable[[str, str], PinAnswer]
"""(guide id, PIN) → answer, on a reader thread, so a slow password hash does not stall the window.

A `GuideError` it raises (locked out, no PIN yet) is shown in its own words.
"""


class PinDots(Painted):
    """As many dots as digits are typed, so that nobody reads the PIN from the screen."""

    def __init__(self, theme: Theme, digits: int) -> None:
        """`digits` places."""
        super().__init__(theme)
        self._digits, self._filled = digits, 0
        self.setFixedSize(digits * 26, 22)

    def set_filled(self, count: int) -> None:
        """Fill the first `count` dots."""
        self._filled = count
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("accent"), 1.4))
        for place in range(self._digits):
            painter.setBrush(self._theme.colour("accent" if place < self._filled else "panel"))
            painter.drawEllipse(QPointF(13 + place * 26, 11), 6, 6)


class PinPad(QWidget):
    """Digits by mouse, touch or keyboard; `entered` once when `digits` are there, or earlier by Enter (4 at least)."""

    entered = Signal(str)

    def __init__(self, theme: Theme, digits: int = 6, fewest: int = 4) -> None:
        """A PIN has `fewest` to `digits` digits."""
        super().__init__()
        self._digits, self._fewest = digits, fewest
        self._pin = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.dots = PinDots(theme, digits)
        column.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignHCenter)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit), place // 3, place % 3)
        self.erase = IconButton(theme, "backspace", QCoreApplication.translate("PinPad", "删除一位"))
        self.enter = IconButton(theme, "check", QCoreApplication.translate("PinPad", "进入"), "accent_text")
        for key in (self.erase, self.enter):
            key.setProperty("pin", True)
            key.setIconSize(QSize(24, 24))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(self.erase, 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        grid.addWidget(self.enter, 3, 2)
        column.addLayout(grid)
        self.erase.clicked.connect(self._erase)
        self.enter.clicked.connect(self._submit)

    def clear(self) -> None:
        """Forget what was typed."""
        self._pin = ""
        self.dots.set_filled(0)

    def type_digit(self, digit: str) -> None:
        """Add one digit."""
        if len(self._pin) < self._digits:
            self._pin += digit
            self.dots.set_filled(len(self._pin))
            if len(self._pin) == self._digits:
                self._submit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits, Backspace, Enter; Esc clears."""
        if event.text().isascii() and event.text().isdigit():
            self.type_digit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._erase()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _key(self, digit: str) -> QPushButton:
        key = button(digit)
        key.setProperty("pin", True)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(partial(self._clicked, digit))
        return key

    def _clicked(self, digit: str, _checked: object = None) -> None:
        self.type_digit(digit)

    def _erase(self) -> None:
        self._pin = self._pin[:-1]
        self.dots.set_filled(len(self._pin))

    def _submit(self) -> None:
        if len(self._pin) >= self._fewest:
            pin, self._pin = self._pin, ""
            self.entered.emit(pin)


class _FaceButton(QPushButton):
    def __init__(self, theme: Theme, face: GuideFace) -> None:
        super().__init__()
        self.face = face
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "quiet")
        self.setAccessibleName(face.name)
        self.setProperty("face", True)
        self.setFixedSize(82, 84)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 6)
        column.setSpacing(5)
        avatar = Avatar(theme, face.name, 40)
        name = label(face.name, "tiny")
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (avatar, name):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)


class LockOverlay(QWidget):
    """Faces of the guides and the PIN pad on an empty ground. `unlocked` carries the `GuideFace` who came in."""

    unlocked = Signal(object)

    def __init__(self, theme: Theme, work: Work, verify: Verify, guides: Sequence[GuideFace] = ()) -> None:
        """Check PINs by `verify` on a reader thread."""
        super().__init__()
        self._theme, self._work, self._verify = theme, work, verify
        self._chosen: GuideFace | None = None
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.hint = label("", "section"), label("", "muted")
        self.message = label("", "danger", wrap=True)
        self.pad = PinPad(theme)
        self._faces_box = QWidget()
        self._faces = FlowLayout(self._faces_box, gap=8, centred=True)
        self._group = QButtonGroup(self)
        self._lay_out()
        self._group.buttonClicked.connect(self._choose_clicked)
        self.pad.entered.connect(self._check)
        self.set_guides(guides)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language now in force."""
        self.title.setText(QCoreApplication.translate("LockOverlay", "导购台已锁定"))
        self.hint.setText(QCoreApplication.translate("LockOverlay", "选择导购，输入 PIN"))

    def set_guides(self, guides: Sequence[GuideFace], last: str = "") -> None:
        """Offer `guides`, with the one of id `last` (else the first) chosen."""
        for shown in self._group.buttons():
            self._group.removeButton(shown)
        self._faces.clear()
        for face in guides:
            made = _FaceButton(self._theme, face)
            self._group.addButton(made)
            self._faces.addWidget(made)
        self._choose(next((g for g in guides if g.guide_id == last), guides[0] if guides else None))

    def prepare(self) -> None:
        """Forget half-typed digits and old messages; call before showing."""
        self.pad.clear()
        self.message.setText("")
        self.pad.setEnabled(True)
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        card = Card(padding=26)
        card.setFixedWidth(340)
        card.use_body().setSpacing(12)
        for widget in (self.title, self.hint, self.message):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(Logo(self._theme, 44), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.title, self.hint, self._faces_box, self.pad, self.message):
            card.body.addWidget(part)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)

    def _choose_clicked(self, clicked: object) -> None:
        if isinstance(clicked, _FaceButton):
            self._choose(clicked.face)

    def _choose(self, face: GuideFace | None) -> None:
        self._chosen = face
        for shown in self._group.buttons():
            if isinstance(shown, _FaceButton):
                shown.setChecked(shown.face == face)
        self.pad.clear()
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self, pin: str) -> None:
        face = self._chosen
        if face is None:
            return
        self.pad.setEnabled(False)
        self.message.setText("")
        verify = self._verify
        self._work.query(
            lambda _job: verify(face.guide_id, pin),
            owner=self,
            slot="pin",
            done=partial(self._answered, face),
            failed=self._failed,
            title=QCoreApplication.translate("LockOverlay", "核对 PIN"),
        )

    def _answered(self, face: GuideFace, answer: PinAnswer) -> None:
        self.prepare()
        if answer.ok:
            self.unlocked.emit(face)
        else:
            self.message.setText(answer.sentence or QCoreApplication.translate("LockOverlay", "PIN 不对，请再试。"))

    def _failed(self, failure: Failure) -> None:
        self.prepare()
        self.message.setText(f"{failure.sentence} {failure.way_out}".strip())


class IdleWatch(QObject):
    """Emits `idle` after a time without key, mouse or touch in any of our windows.

    It filters the native windows only, not every widget: an application-wide filter in Python would be called for
    each paint and timer too.
    """

    idle = Signal()

    def __init__(self, minutes: float) -> None:
        """Wait `minutes`; 0 never fires."""
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())
        self.set_minutes(minutes)

    def set_minutes(self, minutes: float) -> None:
        """Change the waiting time; 0 switches the watch off."""
        self._timer.stop()
        self._timer.setInterval(round(minutes * 60_000))
        if minutes > 0:
            self._timer.start()

    def stop(self) -> None:
        """Stop watching, e.g. while locked."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Start counting again at every input."""
        if event.type() in _INPUT and self._timer.interval() > 0:
            self._timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
