"""What an export is about to take out, said before anything is typed."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from guide_app.flows.take_control import Outlook
from ui.kit.i18n import counted
from ui.kit.text import restyle


def show_outlook(told: QLabel, outlook: Outlook) -> None:
    """Say how many clients leave, how many left before, and that a second person is needed."""
    translate = QCoreApplication.translate
    words = translate("TakeDialog", "将导出自己的 {count} 位客户。").format(count=f"{outlook.rows:,}")
    if outlook.taken:
        words += translate("TakeDialog", "24 小时内已导出 {count} 行。").format(count=f"{outlook.taken:,}")
    if outlook.needs_another:
        words += translate("TakeDialog", "超过 {limit} 行, 须由另一位店长批准。").format(limit=outlook.limit)
    told.setText(counted(words))
    restyle(told, role="warn" if outlook.needs_another else "hint")
