"""Small dialogs of the client page: a new client, a promise, which coupon; what dialogs of clients are made of."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from guide_app.base.said import Said
from guide_app.clients.model import ClientRow
from guide_app.flows.poster import offer_phrase
from guide_app.sharing.queries import CouponOffer
from ui.kit.buttons import button
from ui.kit.form import form_of
from ui.kit.i18n import say
from ui.kit.moment import CHINA, china_moment, moment_field
from ui.kit.spin import roomy
from ui.kit.text import plain_tip

_NUMBER_LETTERS = "0123456789 +-"
#: A run long enough to be a telephone number, full-width digits too.
_NUMBER = re.compile(r"\+?\d[\d -]{5,}\d")
#: Letters of a name that fit beside a number on one line of a dialog.
_SHOWN = 8


class FormDialog(QDialog):
    """A few fields, and two buttons below them: the deed by its name, and the way back."""

    def __init__(self, parent: QWidget, title: str, action: str) -> None:
        """`action` names the deed on its button."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self.form = form_of(self)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("kind", "primary")
        self.back = self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def finish(self) -> None:
        """Put the buttons under the fields."""
        self.form.addRow(self.buttons)

    def grow(self) -> None:
        """Make room for words that wrap: Qt does not, once a dialog is shown."""
        self.form.activate()
        self.resize(self.width(), max(self.height(), self.form.totalHeightForWidth(self.width())))


class NewClientDialog(FormDialog):
    """Quick add: five fields, keyboard only, in under ten seconds. Who is in the book already is shown while typing.

    Where she agrees to be contacted, the words she was shown and how she said it are taken down with her.
    """

    typed = Signal(str, str)
    """Phone and WeChat as they stand; the page answers with `show_same`."""
    open_asked = Signal(str)
    """The id of a client who is in the book already."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty, with the cursor in the name."""
        super().__init__(
            parent,
            QCoreApplication.translate("NewClientDialog", "新增客户"),
            QCoreApplication.translate("NewClientDialog", "保存"),
        )
        self.name = QLineEdit()
        self.phone = QLineEdit()
        self.wechat = QLineEdit()
        self.sex = QComboBox()
        for text, value in ((self.tr("未知"), ""), (self.tr("女"), "female"), (self.tr("男"), "male")):
            self.sex.addItem(text, value)
        self.age = QComboBox()
        for text in ("", "18-24", "25-34", "35-44", "45-54", "55+"):
            self.age.addItem(text or self.tr("未知"), text)
        self.preference = QLineEdit()
        self.preference.setPlaceholderText(self.tr("喜欢什么, 如 乐福鞋、宽楦"))
        self.contact = QComboBox()
        for text, value in (
            (self.tr("还没问"), "none"),
            (self.tr("只接受一对一联系"), "one_to_one"),
            (self.tr("同意接收优惠 (本人已明确同意)"), "marketing"),
        ):
            self.contact.addItem(text, value)
        self.name.setPlaceholderText(self.tr("称呼; 只知道微信时可以空着"))
        self.version = QLineEdit()
        self.version.setPlaceholderText(self.tr("给她看的告知书版本, 如 2026-1"))
        self.proof = QLineEdit(self.tr("当面口头同意"))
        self.proof.setPlaceholderText(self.tr("告知书编号, 或她说了什么"))
        for text, field in (
            (self.tr("姓名"), self.name),
            (self.tr("手机"), self.phone),
            (self.tr("微信"), self.wechat),
            (self.tr("性别"), self.sex),
            (self.tr("年龄段"), self.age),
            (self.tr("偏好"), self.preference),
            (self.tr("联系意愿"), self.contact),
            (self.tr("告知书版本"), self.version),
            (self.tr("凭据"), self.proof),
        ):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.same = button("", "link")
        self.same.setAutoDefault(False)
        self.same.clicked.connect(self._open_same)
        self.same.hide()
        self.form.addRow(self.same)
        self._same_id = ""
        for line in (self.name, self.phone, self.wechat, self.version, self.proof):
            line.textChanged.connect(self._ready)
        for line in (self.phone, self.wechat):
            line.textChanged.connect(lambda: self.typed.emit(self.phone.text(), self.wechat.text()))
        self.contact.currentIndexChanged.connect(self._ready)
        self._ready()
        self.finish()

    def propose(self, typed: str) -> None:
        """Put what was looked for where it belongs: digits, also after a name, are her number, all else her name."""
        number = _NUMBER.search(typed)
        if number is None:
            few = not typed.strip(_NUMBER_LETTERS)
            (self.phone if few else self.name).setText(typed)
            (self.name if few else self.phone).setFocus()
            return
        self.phone.setText(number[0])
        self.name.setText(f"{typed[: number.start()]} {typed[number.end() :]}".strip())
        (self.wechat if self.name.text() else self.name).setFocus()

    def set_notice(self, version: str) -> None:
        """Propose the version of the words that are in use, unless one is typed already."""
        if not self.version.text():
            self.version.setText(version)

    def show_same(self, rows: Sequence[ClientRow]) -> None:
        """Say who is in the book with this phone or WeChat; a button leads there."""
        self._same_id = rows[0].id if rows else ""
        if rows:
            name = rows[0].name if len(rows[0].name) <= _SHOWN else f"{rows[0].name[:_SHOWN]}…"
            known = " · ".join(filter(None, (name, rows[0].phone)))
            self.same.setToolTip(plain_tip(rows[0].name))
            self.same.setText(self.tr("已在客户本里: {known} — 打开她").format(known=known))
        self.same.setVisible(bool(rows))
        self.grow()

    def said(self) -> Said | None:
        """What she said of contact; None where nobody has asked."""
        if not self._agrees:
            return None
        return Said(self.contact.currentData(), self.version.text(), "spoken", self.proof.text())

    @property
    def _agrees(self) -> bool:
        return bool(self.contact.currentData() != "none")

    def _ready(self) -> None:
        for field in (self.version, self.proof):
            self.form.setRowVisible(field, self._agrees)
        named = bool(self.name.text().strip() or self.wechat.text().strip())
        proven = bool(self.version.text().strip() and self.proof.text().strip())
        self.go.setEnabled(named and (proven or not self._agrees))

    def _open_same(self) -> None:
        self.open_asked.emit(self._same_id)
        self.reject()

    def fields(self) -> dict[str, Any]:
        """What was typed, as fields of a client."""
        return {
            "name": self.name.text(),
            "phone": self.phone.text(),
            "wechat": self.wechat.text(),
            "sex": self.sex.currentData(),
            "age_band": self.age.currentData(),
            "preference": self.preference.text(),
        }


class PromiseDialog(FormDialog):
    """答应过的事 and when it is due."""

    def __init__(self, parent: QWidget, now_ms: int) -> None:
        """The due moment starts as tomorrow 18:00."""
        super().__init__(
            parent,
            QCoreApplication.translate("PromiseDialog", "答应一件事"),
            QCoreApplication.translate("PromiseDialog", "记下"),
        )
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("如 留 38 码黑色乐福鞋"))
        today = china_moment(now_ms)
        self.due = moment_field(QDateTime(today.date().addDays(1), QTime(18, 0), CHINA))
        self.due.setMinimumDate(QDate(today.date()))
        self.due.setCalendarPopup(True)
        for text, field in ((self.tr("答应什么"), self.title), (self.tr("什么时候"), self.due)):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.title.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.setEnabled(False)
        self.finish()

    def due_ms(self) -> int:
        """The due moment, UTC ms."""
        return self.due.dateTime().toMSecsSinceEpoch()


def coupon_chooser(offers: Sequence[CouponOffer], without: str = "") -> QComboBox:
    """Which coupon, by name and worth; its data is the coupon's id. `without`: the words for none, whose data is ""."""
    chooser = QComboBox()
    if without:
        chooser.addItem(without, "")
    for offer in offers:
        chooser.addItem(f"{offer.name} · {say(offer_phrase(offer))}", offer.id)
    chooser.setAccessibleName(QCoreApplication.translate("OfferDialog", "券"))
    return chooser


class OfferDialog(FormDialog):
    """Which coupon to give."""

    def __init__(self, parent: QWidget, offers: Sequence[CouponOffer]) -> None:
        """Offer what may be given now."""
        super().__init__(
            parent,
            QCoreApplication.translate("OfferDialog", "发券"),
            QCoreApplication.translate("OfferDialog", "发给客户"),
        )
        self.offer = coupon_chooser(offers)
        self.form.addRow(self.offer.accessibleName(), self.offer)
        self.finish()


def spin(low: int, high: int, value: int | None, unknown: str) -> QSpinBox:
    """A number field whose place below `low` means that it is not known."""
    made = roomy(QSpinBox())
    made.setRange(low - 1, high)
    made.setSpecialValueText(unknown)
    made.setValue(low - 1 if value is None else value)
    return made


def known(field: QSpinBox) -> int | None:
    """The number of such a field, None if it is not known."""
    return None if field.value() == field.minimum() else field.value()
