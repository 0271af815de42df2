"""Dialogs of the card: a date, somebody close, a wish, a service, for whom it was bought, a flag."""

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QTime, QTimeZone
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from guide_app.clients.aftercare import NewService
from guide_app.clients.dates import NewDate, is_day, needs_guardian
from guide_app.clients.model import ClientRow
from guide_app.clients.relations import NewRelation, RelationRow
from guide_app.clients.standing import Flag
from guide_app.clients.wishes import NewWish
from ui.kit.text import label
from ui.pages.clients.card_words import date_kinds, relation_kinds, relation_text, service_kinds
from ui.pages.clients.dialogs import FormDialog, known, spin

_OFFSET_SECONDS = 8 * 3600


class DateDialog(FormDialog):
    """A date of a client; a child's needs the guardian's word."""

    def __init__(self, parent: QWidget, today: dt.date) -> None:
        """Start with a child's birthday; who is a child is told by `today`."""
        self._today = today
        super().__init__(
            parent,
            QCoreApplication.translate("DateDialog", "记一个日子"),
            QCoreApplication.translate("DateDialog", "记下"),
        )
        self.kind = _chooser(date_kinds())
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("如 女儿豆豆、结婚纪念日"))
        self.calendar = _chooser({"solar": self.tr("公历"), "lunar": self.tr("农历")})
        unknown = self.tr("未知")
        self.year, self.month, self.day = (
            spin(1900, 2100, None, unknown),
            spin(1, 12, 1, unknown),
            spin(1, 31, 1, unknown),
        )
        self.leap = QCheckBox(self.tr("闰月"))
        self.before = spin(1, 60, 7, self.tr("当天"))
        for text, field in (
            (self.tr("什么日子"), self.kind), (self.tr("名称"), self.title), (self.tr("历法"), self.calendar),
            (self.tr("年"), self.year), (self.tr("月"), self.month), (self.tr("日"), self.day), ("", self.leap),
            (self.tr("提前几天提醒"), self.before),
        ):  # fmt: skip
            field.setAccessibleName(text or self.leap.text())
            self.form.addRow(text, field)
        self.guardian = QCheckBox(self.tr("监护人已同意记下孩子的生日"))
        self.law = label(self.tr("不满十四周岁须经监护人同意 (个人信息保护法第三十一条)。"), "hint", wrap=True)
        self.form.addRow("", self.guardian)
        self.form.addRow("", self.law)
        self.kind.currentIndexChanged.connect(self._switched)
        self.calendar.currentIndexChanged.connect(self._switched)
        for said in (self.year.valueChanged, self.month.valueChanged, self.day.valueChanged, self.guardian.toggled):
            said.connect(self._ready)
        self._switched()
        self.finish()

    def date(self) -> NewDate:
        """What was typed."""
        lunar = self.calendar.currentData() == "lunar"
        return NewDate(
            kind=self.kind.currentData(), title=self.title.text(), calendar=self.calendar.currentData(),
            year=known(self.year), month=known(self.month), day=known(self.day), leap=self.leap.isChecked() and lunar,
            days_before=self.before.value(), guardian=self.guardian.isChecked(),
        )  # fmt: skip

    def _switched(self) -> None:
        lunar, child = self.calendar.currentData() == "lunar", self.kind.currentData() == "child_birthday"
        self.leap.setEnabled(lunar)
        self.day.setMaximum(30 if lunar else 31)
        self.guardian.setVisible(child)
        self.law.setVisible(child)
        self._ready()

    def _ready(self) -> None:
        """What cannot be kept is not sent off: it would come back as an error after what was typed is gone."""
        said = self.date()
        # While she types, 31 may stand beside February: of such a day nobody asks the age.
        there_is = said.month is not None and is_day(said.calendar, said.month, said.day)
        self.go.setEnabled(there_is and (said.guardian or not needs_guardian(said, self._today)))


class RelationDialog(FormDialog):
    """Somebody close: a client of the book that the name finds, or a name with sizes."""

    def __init__(self, parent: QWidget) -> None:
        """Start with a child."""
        super().__init__(
            parent,
            QCoreApplication.translate("RelationDialog", "记一位家人或朋友"),
            QCoreApplication.translate("RelationDialog", "记下"),
        )
        kinds = relation_kinds()
        del kinds["referred"]
        self.kind = _chooser(kinds)
        self.kind.setCurrentIndex(self.kind.findData("child"))
        self.name = QLineEdit()
        self.relative = _chooser({"": self.tr("不在客户书里, 只记姓名")})
        self.shoe, self.top, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        for text, field in (
            (self.tr("是她的"), self.kind), (self.tr("姓名"), self.name), (self.tr("客户"), self.relative),
            (self.tr("鞋码"), self.shoe), (self.tr("上装"), self.top), (self.tr("备注"), self.note),
        ):  # fmt: skip
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.name.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.setEnabled(False)
        self.finish()

    def show_found(self, rows: Sequence[ClientRow]) -> None:
        """Offer the clients that the name finds; nobody is chosen by itself."""
        while self.relative.count() > 1:
            self.relative.removeItem(1)
        for row in rows:
            self.relative.addItem(f"{row.name} {row.phone}", row.id)

    def relation(self) -> NewRelation:
        """What was typed; a client of the book keeps her own name and sizes."""
        kind = self.kind.currentData()
        if relative := self.relative.currentData():
            return NewRelation(kind, relative, note=self.note.text())
        return NewRelation(
            kind, name=self.name.text(), shoe_size=self.shoe.text(), top_size=self.top.text(), note=self.note.text()
        )


class WishDialog(FormDialog):
    """What she would like, in her words, or a product that they find."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(
            parent,
            QCoreApplication.translate("WishDialog", "记一个心愿"),
            QCoreApplication.translate("WishDialog", "记下"),
        )
        self.want = QLineEdit()
        self.want.setPlaceholderText(self.tr("她的话, 或扫商品条码"))
        self.product = _chooser({"": self.tr("不指定商品")})
        self.colour, self.worn = QLineEdit(), QLineEdit()
        self.tell = QCheckBox(self.tr("到货告诉她"))
        self.tell.setChecked(True)
        for text, field in (
            (self.tr("想要什么"), self.want), (self.tr("商品"), self.product), (self.tr("颜色"), self.colour),
            (self.tr("尺码"), self.worn), ("", self.tell),
        ):  # fmt: skip
            field.setAccessibleName(text or self.tell.text())
            self.form.addRow(text, field)
        self.want.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.setEnabled(False)
        self.finish()

    def show_found(self, found: Sequence[tuple[str, str]]) -> None:
        """Offer (id, name) of products that the words find."""
        while self.product.count() > 1:
            self.product.removeItem(1)
        for ident, name in found:
            self.product.addItem(name, ident)

    def wish(self) -> NewWish:
        """What was typed."""
        return NewWish(
            self.want.text(), self.product.currentData() or None, None, self.colour.text(), self.worn.text(),
            self.tell.isChecked(),
        )  # fmt: skip


class ServiceDialog(FormDialog):
    """A repair, exchange, alteration, complaint or warranty, and the day that goes with it."""

    def __init__(self, parent: QWidget, now_ms: int, lines: Sequence[tuple[str, str]]) -> None:
        """`lines` are (id, words) of what she bought, newest first."""
        super().__init__(
            parent,
            QCoreApplication.translate("ServiceDialog", "售后"),
            QCoreApplication.translate("ServiceDialog", "记下"),
        )
        self.kind = _chooser(service_kinds())
        self.title, self.body = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(self.tr("如 换鞋跟"))
        self.line = _chooser({"": self.tr("不指定"), **dict(lines)})
        today = QDateTime.fromMSecsSinceEpoch(now_ms, QTimeZone(_OFFSET_SECONDS)).date()
        self.day = QDateEdit(today.addDays(7))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setMinimumDate(today)
        for text, field in (
            (self.tr("什么售后"), self.kind), (self.tr("内容"), self.title), (self.tr("哪一件"), self.line),
            (self.tr("约好哪天 / 保到哪天"), self.day), (self.tr("说明"), self.body),
        ):  # fmt: skip
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.title.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.setEnabled(False)
        self.finish()

    def service(self) -> NewService:
        """What was typed; the day ends a warranty and is the promise of everything else."""
        warranty = self.kind.currentData() == "warranty"
        day = _day_ms(self.day.date())
        return NewService(
            self.kind.currentData(), self.title.text(), self.body.text(), None if warranty else day,
            day if warranty else None, self.line.currentData() or None,
        )  # fmt: skip


class ForWhomDialog(FormDialog):
    """For whom a line was bought: somebody close, or a word."""

    def __init__(self, parent: QWidget, people: Sequence[RelationRow]) -> None:
        """Offer those who are written at the client."""
        super().__init__(
            parent,
            QCoreApplication.translate("ForWhomDialog", "给谁买"),
            QCoreApplication.translate("ForWhomDialog", "记下"),
        )
        self.relation = _chooser({row.id: relation_text(row) for row in people if row.own} | {"": self.tr("别人")})
        self.who = QLineEdit()
        self.who.setPlaceholderText(self.tr("如 同事"))
        for text, field in ((self.tr("给谁"), self.relation), (self.tr("写下是谁"), self.who)):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.form.addRow(label(self.tr("不是她自己的尺码, 常买尺码不再算这一件。"), "hint", wrap=True))
        self.relation.currentIndexChanged.connect(self._ready)
        self.who.textChanged.connect(self._ready)
        self._ready()
        self.finish()

    def _ready(self) -> None:
        named = bool(self.relation.currentData())
        self.who.setEnabled(not named)
        self.go.setEnabled(named or bool(self.who.text().strip()))


class FlagDialog(FormDialog):
    """A complaint or a block, and why."""

    def __init__(self, parent: QWidget, flag: Flag, why: str) -> None:
        """Start from what is set now."""
        super().__init__(
            parent,
            QCoreApplication.translate("FlagDialog", "投诉和停止服务"),
            QCoreApplication.translate("FlagDialog", "保存"),
        )
        self.flag = _chooser(
            {"": self.tr("没有"), "complaint": self.tr("投诉处理中"), "blocked": self.tr("停止服务 (由店长解除)")}
        )
        self.flag.setCurrentIndex(self.flag.findData(flag or "complaint"))
        self.why = QLineEdit(why)
        self.why.setMaxLength(200)
        for text, field in ((self.tr("标记"), self.flag), (self.tr("原因"), self.why)):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.flag.currentIndexChanged.connect(self._ready)
        self.why.textChanged.connect(self._ready)
        self._ready()
        self.finish()

    def _ready(self) -> None:
        self.go.setEnabled(not self.flag.currentData() or bool(self.why.text().strip()))


def _chooser(choices: Mapping[str, str]) -> QComboBox:
    made = QComboBox()
    for value, text in choices.items():
        made.addItem(text, value)
    return made


def _day_ms(day: QDate) -> int:
    return QDateTime(day, QTime(0, 0), QTimeZone(_OFFSET_SECONDS)).toMSecsSinceEpoch()
