"""A field for a day and a time of the business, which is China's wherever the PC's own clock is set to."""

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit

CHINA = QTimeZone(8 * 3600)


def china_moment(ms: int) -> QDateTime:
    """A moment in UTC ms as a clock in China shows it."""
    return QDateTime.fromMSecsSinceEpoch(ms, CHINA)


def moment_field(at: QDateTime) -> QDateTimeEdit:
    """Edit `at` in China's time; a field left to itself turns it into the PC's."""
    field = QDateTimeEdit()
    field.setTimeZone(CHINA)
    field.setDateTime(at)
    field.setDisplayFormat("yyyy-MM-dd HH:mm")
    return field
