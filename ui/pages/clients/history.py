"""The tabs of a portrait: timeline, purchases, coupons, people, file."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.clients.model import PurchaseLine
from guide_app.coupons.model import HeldCoupon
from guide_app.protocol.coupon_code import show_code
from ui.kit.buttons import button
from ui.kit.flow import FlowLayout
from ui.kit.i18n import listed, say
from ui.kit.pill import Pill, PillButton
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs
from ui.pages.clients.card_words import category_text, window_text
from ui.pages.clients.closet_view import ClosetView
from ui.pages.clients.file_tab import FileTab
from ui.pages.clients.lines import Deed, clear, deed_button, event_line
from ui.pages.clients.people_tab import PeopleTab
from ui.pages.clients.view import ClientView


class TimelineTab(QWidget):
    """What happened, newest first, and which kinds of it are shown. `narrowed` says that they have changed."""

    narrowed = Signal()

    def __init__(self) -> None:
        """Start with everything."""
        super().__init__()
        self.kinds: frozenset[str] = frozenset()
        self.author = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(9)
        chips = QWidget()
        flow = FlowLayout(chips, 5)
        group = QButtonGroup(self)
        self.chips: dict[str, PillButton] = {}
        for text, kinds in (
            (self.tr("全部"), ()), (self.tr("记录"), ("note",)), (self.tr("购买"), ("purchase",)),
            (self.tr("分享"), ("share", "share_event")), (self.tr("券"), ("coupon", "coupon_gift")),
            (self.tr("任务"), ("task",)), (self.tr("售后"), ("service",)),
        ):  # fmt: skip
            chip = PillButton(text, "grey", checkable=True)
            chip.clicked.connect(lambda _=False, wanted=frozenset(kinds): self._narrow(wanted))
            group.addButton(chip)
            flow.addWidget(chip)
            self.chips["/".join(kinds)] = chip
        self.chips[""].setChecked(True)
        self.authors = QComboBox()
        self.authors.setAccessibleName(self.tr("谁写的"))
        self.authors.addItem(self.tr("全部导购"), "")
        self.authors.currentIndexChanged.connect(self._by)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(chips, 1)
        top.addWidget(self.authors, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(9)
        column.addLayout(self._lines)
        column.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        self._offer(view.authors)
        clear(self._lines)
        for entry in view.timeline:
            detail = " · ".join(filter(None, (say(entry.detail), entry.author)))
            self._lines.addWidget(event_line(f"{china_datetime(entry.at):%Y-%m-%d}", say(entry.title), detail))
        if not view.timeline:
            empty = self.tr("还没有记录。记一笔或发一张海报, 就从这里开始。")
            self._lines.addWidget(
                label(self.tr("没有这一类记录。") if self.kinds or self.author else empty, "hint", wrap=True)
            )

    def _offer(self, names: Sequence[str]) -> None:
        """Offer these authors; the chosen one stays, though she may have written nothing of this client."""
        offered = sorted({*names, self.author} - {""})
        if offered == [self.authors.itemData(n) for n in range(1, self.authors.count())]:
            return
        with QSignalBlocker(self.authors):
            while self.authors.count() > 1:
                self.authors.removeItem(1)
            for name in offered:
                self.authors.addItem(name, name)
            self.authors.setCurrentIndex(max(0, self.authors.findData(self.author)))

    def _by(self, _number: int) -> None:
        self.author = self.authors.currentData() or ""
        self.narrowed.emit()

    def _narrow(self, kinds: frozenset[str]) -> None:
        self.kinds = kinds
        self.narrowed.emit()


class PurchasesTab(QWidget):
    """Her habits, her closet, then every line of her receipts. `asked` carries each `Ask`."""

    asked = Signal(object)

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        """Start empty."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(9)
        self.age = label("", "hint", wrap=True)
        column.addWidget(self.age)
        self.habits = label("", "hint", wrap=True)
        column.addWidget(self.habits)
        self.closet = ClosetView(theme, thumbs)
        column.addWidget(self.closet)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(9)
        column.addLayout(self._lines)
        column.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        clear(self._lines)
        self.closet.set_pieces(view.card.closet)
        self.habits.setText(self._habits(view))
        self.habits.setVisible(bool(self.habits.text()))
        for bought in view.purchases:
            self._lines.addWidget(self._line(bought))
        if not view.purchases:
            self._lines.addWidget(label(self.tr("还没有购买记录。"), "hint"))

    def _habits(self, view: ClientView) -> str:
        habits = view.card.habits
        lines = []
        if habits.categories:
            shares = listed(map(category_text, habits.categories))
            lines.append(self.tr("常买: {categories}").format(categories=shares))
        if habits.average_fen:
            text = self.tr("客单 {average}, 减去退货后共 {kept}")
            lines.append(text.format(average=yuan(habits.average_fen), kept=yuan(habits.kept_fen)))
        return "\n".join([*lines, *map(window_text, habits.windows)])

    def _line(self, p: PurchaseLine) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        title = " ".join(filter(None, (p.title, p.colour, p.size)))
        detail = " · ".join(
            filter(
                None,
                (
                    self.tr("退货") if p.kind == "return" else "",
                    self.tr("给{who}").format(who=p.for_whom) if p.for_whom else "",
                    yuan(p.amount_fen), f"×{p.qty}", p.store_name, p.guide_name,
                    self.tr("用券") if p.coupon_code else "", "" if p.verified else self.tr("补录, 未核实"), p.order_no,
                ),
            )
        )  # fmt: skip
        line.addWidget(event_line(f"{china_datetime(p.at):%Y-%m-%d}", title, detail), 1)
        if p.kind == "sale":
            deed = (
                Deed(self.tr("她自己的"), "line.own", self.tr("是她自己的: {title}").format(title=title))
                if p.for_whom
                else Deed(self.tr("给谁买"), "line.for", self.tr("给别人买的: {title}").format(title=title))
            )
            line.addWidget(deed_button(self, deed, p.line_id))
        if p.photo:
            seen = Deed(self.tr("小票照片"), "receipt", self.tr("看小票照片: {number}").format(number=p.order_no))
            line.addWidget(deed_button(self, seen, p.purchase_id))
        elif not p.verified and p.kind == "sale":
            more = Deed(self.tr("加照片"), "receipt", self.tr("加小票照片: {number}").format(number=p.order_no))
            line.addWidget(deed_button(self, more, p.purchase_id))
        return holder


class CouponsTab(QWidget):
    """The coupons in her hand."""

    give_asked = Signal(str)
    """The code of a coupon that she wants to give to a friend."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 8, 0, 0)
        self._lines.setSpacing(9)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        lines = self._lines
        clear(lines)
        states = {
            "claimed": self.tr("未用"),
            "redeemed": self.tr("已核销"),
            "expired": self.tr("已过期"),
            "void": self.tr("已作废"),
        }
        for held in view.coupons:
            until = (
                self.tr("{date} 前有效").format(date=f"{china_datetime(held.valid_until):%Y-%m-%d}")
                if held.valid_until
                else self.tr("长期有效")
            )
            line = QHBoxLayout()
            alone = self.tr("只限本人") if held.is_hers_alone else ""
            got = self.tr("朋友转赠") if held.given_at is not None else ""
            title = " · ".join(filter(None, (held.terms.name, got, alone)))
            line.addWidget(event_line("", title, f"{show_code(held.code)} · {until}"), 1)
            if held.status == "claimed":
                line.addWidget(self._give(held))
            line.addWidget(Pill(states[held.status], "accent" if held.status == "claimed" else "grey"))
            holder = QWidget()
            holder.setLayout(line)
            line.setContentsMargins(0, 0, 0, 0)
            lines.addWidget(holder)
        if not view.coupons:
            lines.addWidget(label(self.tr("手里没有券。"), "hint"))
        lines.addStretch(1)

    def _give(self, held: HeldCoupon) -> QWidget:
        made = button(self.tr("转赠…"), "link")
        made.setAccessibleName(self.tr("转赠给朋友: {name}").format(name=held.terms.name))
        made.clicked.connect(lambda: self.give_asked.emit(held.code))
        return made


class HistoryTabs(QTabWidget):
    """All tabs. `asked` carries each `Ask`, `said` each `Said`; `narrowed`: other kinds of the timeline are wanted."""

    asked = Signal(object)
    said = Signal(object)
    narrowed = Signal()

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        """Start empty."""
        super().__init__()
        self.timeline, self.purchases, self.coupons = TimelineTab(), PurchasesTab(theme, thumbs), CouponsTab()
        self.people, self.file = PeopleTab(), FileTab()
        for tab, title in (
            (self.timeline, self.tr("时间线")),
            (self.purchases, self.tr("购买")),
            (self.coupons, self.tr("券")),
            (self.people, self.tr("日子家人")),
            (self.file, self.tr("档案售后")),
        ):
            self.addTab(tab, title)
        self.timeline.narrowed.connect(self.narrowed)
        self.file.said.connect(self.said)
        for tab in (self.purchases, self.people, self.file):
            tab.asked.connect(self.asked)
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the tab in sight, whole: what stands below must not wait under the longest one."""
        shown = self.currentWidget()
        hint = super().sizeHint()
        return hint if shown is None else QSize(hint.width(), self._bar() + _height(shown, self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The sheet scrolls, so nothing in a tab is squeezed."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Text in tabs breaks where the pane is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Of the tab in sight."""
        shown = self.currentWidget()
        return super().heightForWidth(width) if shown is None else self._bar() + _height(shown, width)

    def _bar(self) -> int:
        return self.tabBar().sizeHint().height()

    def show_view(self, view: ClientView) -> None:
        """Show a client's in every tab."""
        for tab in (self.timeline, self.purchases, self.coupons, self.people, self.file):
            tab.show_view(view)


def _height(widget: QWidget, width: int) -> int:
    """What a tab needs, pixels."""
    wanted = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    return max(wanted, widget.minimumSizeHint().height())
