"""还有更省的组合? The coupons within reach, what each takes off, and why it is not the one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.money import yuan
from guide_app.flows.till import Option, Reckoned
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.i18n import quoted, say, stated
from ui.kit.stack import LineStack
from ui.kit.text import ElidedLabel, label, restyle

_MOST = 12


class OptionLine(QFrame):
    """A coupon: Space or Enter lays it on the bill, or takes it off. `chosen` carries its code."""

    chosen = Signal(str)

    def __init__(self, option: Option, *, counted: bool) -> None:
        """Show `option`; `counted` says whether the bill's amount is known."""
        super().__init__()
        self.text = option.text
        verdict, name = option.shown.verdict, option.coupon.terms.name
        reason = self._reason(option, counted=counted)
        worth = f"-{yuan(option.off_fen)}" if counted and verdict.usable else ""
        if not verdict.usable:
            worth = self.tr("不可用")
        self.setProperty("card", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join(filter(None, (name, reason, worth))))
        self.setToolTip(self.tr("空格: 放到单上或拿下"))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(name, "strong" if option.laid else "muted"))
        if reason:
            words.addWidget(label(reason, "hint", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 8)
        line.addLayout(words, 1)
        line.addWidget(label(worth, "strong" if option.laid else "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by the keyboard."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.text)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by the mouse."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.text)

    def _reason(self, option: Option, *, counted: bool) -> str:
        verdict = option.shown.verdict
        if not verdict.usable:
            return stated(say(reason) for reason in verdict.reasons)
        if option.laid:
            return self.tr("在单上")
        if option.rivals:
            return self.tr("与「{names}」互斥").format(names=quoted(option.rivals))
        return self.tr("可以同用") if counted else ""


class MixCard(Card):
    """`taken` carries the codes of the better combination, `toggled` one coupon's."""

    taken = Signal(object)
    toggled = Signal(str)

    def __init__(self) -> None:
        """Say what it is for."""
        super().__init__()
        self.set_header(self.tr("还有更省的组合?"))
        self._texts: tuple[str, ...] = ()
        self.better = button("", "primary")
        self.better.clicked.connect(self.take)
        self.told = label("", "accent", wrap=True)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(14, 0, 14, 10)
        head.setSpacing(6)
        head.addWidget(self.told)
        head.addWidget(self.better)
        self.add_quiet(self._head)
        self.lines = LineStack(self.tr("可用的券"))
        self.fill(self.lines)
        self.show_nothing()

    def take(self) -> None:
        """Lay the better combination on the bill, if there is one."""
        if self._texts:
            self.taken.emit(self._texts)

    def show_nothing(self) -> None:
        """No coupon and no client yet."""
        self._offer((), "", self.tr("扫券, 或输入客户的手机号: 她的券都会列在这里。"))
        self.lines.set_lines([])

    def show_reckoned(self, seen: Reckoned) -> None:
        """Show the coupons within reach of a bill."""
        if not seen.options:
            self._offer((), "", self.tr("这位客户没有未用的券。") if seen.buyer else "")
            if seen.buyer is None:
                self.show_nothing()
                return
        counted = bool(seen.bill.lines)
        self._show_better(seen, counted=counted)
        lines: list[QWidget] = []
        for option in seen.options[:_MOST]:
            line = OptionLine(option, counted=counted)
            line.chosen.connect(self.toggled)
            lines.append(line)
        self.lines.set_lines(lines)

    def _show_better(self, seen: Reckoned, *, counted: bool) -> None:
        better = seen.better
        if better is not None:
            more = yuan(better.total_fen - seen.discount_fen)
            names = " + ".join(better.names)
            told = self.tr("「{names}」共减 {total}").format(names=names, total=yuan(better.total_fen))
            self._offer(better.texts, self.tr("F8 改用这个组合, 多省 {more}").format(more=more), told)
        elif not seen.options:
            return
        elif not counted:
            self._offer((), "", self.tr("填了金额或扫了商品, 就知道哪种最省。"))
        elif seen.usable:
            self._offer((), "", self.tr("已是最省的用法。"))
        else:
            self._offer((), "", "")

    def _offer(self, texts: tuple[str, ...], action: str, told: str) -> None:
        self._texts = texts
        self.better.setText(action)
        self.better.setAccessibleName(action)
        self.better.setVisible(bool(texts))
        self.told.setText(told)
        self.told.setVisible(bool(told))
        restyle(self.told, role="accent" if texts else "hint")
        self._head.setVisible(bool(texts or told))
