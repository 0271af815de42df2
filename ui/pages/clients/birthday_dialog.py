"""Her birthday, by either calendar: a day that there is, with the days on which it is kept next."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from guide_app.base.ages import TOO_YOUNG
from guide_app.base.birth import birth_doubt, is_minor
from guide_app.base.dates import Calendar
from guide_app.clients.dates import birthday_of
from ui.kit.i18n import say
from ui.kit.text import label, restyle
from ui.pages.clients.card_words import kept_text
from ui.pages.clients.dialogs import FormDialog, known, spin


class BirthdayDialog(FormDialog):
    """A birthday by either calendar; year, day or all of it may stay unknown."""

    def __init__(self, parent: QWidget, fields: dict[str, Any], today: dt.date) -> None:
        """Start from the client's fields; the days are those that follow on `today`."""
        super().__init__(
            parent,
            QCoreApplication.translate("BirthdayDialog", "生日"),
            QCoreApplication.translate("BirthdayDialog", "保存"),
        )
        self._today = today
        self.calendar = QComboBox()
        self.calendar.addItem(self.tr("公历"), "solar")
        self.calendar.addItem(self.tr("农历"), "lunar")
        self.calendar.setCurrentIndex(self.calendar.findData(fields["birth_calendar"]))
        self.year = spin(1900, 2100, fields["birth_year"], self.tr("未知"))
        self.month = spin(1, 12, fields["birth_month"], self.tr("未知"))
        self.day = spin(1, 31, fields["birth_day"], self.tr("未知"))
        self.leap = QCheckBox(self.tr("闰月"))
        self.leap.setChecked(bool(fields["birth_leap"]))
        self.told = label("", "hint", wrap=True)
        for text, field in (
            (self.tr("历法"), self.calendar),
            (self.tr("年"), self.year),
            (self.tr("月"), self.month),
            (self.tr("日"), self.day),
        ):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.form.addRow("", self.leap)
        self.form.addRow(self.told)
        for said in (
            self.calendar.currentIndexChanged, self.year.valueChanged, self.month.valueChanged, self.day.valueChanged,
            self.leap.toggled,
        ):  # fmt: skip
            said.connect(self._ready)
        self._ready()
        self.finish()

    def fields(self) -> dict[str, Any]:
        """The birthday's fields."""
        return {
            "birth_calendar": self._calendar,
            "birth_year": known(self.year),
            "birth_month": known(self.month),
            "birth_day": known(self.day),
            "birth_leap": self.leap.isChecked() and self._calendar == "lunar",
        }

    @property
    def _calendar(self) -> Calendar:
        calendar: Calendar = self.calendar.currentData()
        return calendar

    def _ready(self) -> None:
        """A day that no year has is said and not sent off; of others, when it is kept next."""
        self.leap.setEnabled(self._calendar == "lunar")
        fields = self.fields()
        doubt = birth_doubt(fields)
        self.go.setEnabled(doubt is None)
        minor = is_minor(fields, self._today)
        if doubt is not None:
            told = say(doubt)
        elif minor:  # the book knows whether the guardian agreed
            told = say(TOO_YOUNG)
        else:
            coming = birthday_of(fields, self._today).next
            told = self.tr("接下来三年:") + "\n" + kept_text(coming) if coming else ""
        self.told.setText(told)
        restyle(self.told, role="warn" if minor or doubt is not None else "hint")
        self.grow()
