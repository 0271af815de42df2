"""A tag on the portrait: pressed it goes; pointed at, or reached with Tab, it says where it comes from."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QToolTip

from guide_app.clients.tags import HangingTag
from ui.kit.pill import PillButton
from ui.kit.tag_tones import tag_tone
from ui.kit.text import plain_tip
from ui.pages.clients.tag_words import provenance

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class TagChip(PillButton):
    """One tag with its source."""

    def __init__(self, tag: HangingTag) -> None:
        """A private tag wears a ring, one with an end a clock hand."""
        marks = ("◦ " if tag.private else "") + tag.name + (" ◷" if tag.until is not None else "")
        super().__init__(f"{marks} ×", "red" if tag.blocks else tag_tone(tag.name))
        self.tag = tag
        self.source = provenance(tag)
        self.setToolTip(plain_tip(self.source))
        self.setAccessibleName(self.tr("去掉标签 {name}").format(name=tag.name))
        self.setAccessibleDescription(self.source)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Reached by keyboard: show what pointing at it would."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), plain_tip(self.source), self)
