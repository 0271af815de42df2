"""How the scanner gun is programmed: what it sends before and after a code, what ends it, and whether it is heard."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.kit.card import Card
from ui.pages.settings.parts import Choice, setting
from ui.pages.settings.preferences import Preferences

_MOST, _WIDTH = 8, 96


class GunCard(Card):
    """Every choice is kept at once; `changed` after each."""

    changed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        """Show what is kept."""
        super().__init__()
        self._kept = preferences
        gun = preferences.gun
        self.set_header(self.tr("扫码枪"))
        endings = (("key", self.tr("回车或 Tab")), ("pause", self.tr("没有")))
        sounds = ((True, self.tr("响")), (False, self.tr("不响")))
        self.ending = Choice(self.tr("扫完发送"), endings, gun.ending)
        self.sound = Choice(self.tr("提示音"), sounds, preferences.scan_sound)
        self.prefix, self.suffix = QLineEdit(gun.prefix), QLineEdit(gun.suffix)
        for field, name in ((self.prefix, self.tr("前缀")), (self.suffix, self.tr("后缀"))):
            field.setMaxLength(_MOST)
            field.setFixedWidth(_WIDTH)
            field.setAccessibleName(name)
            field.editingFinished.connect(self._keep_affixes)
        self.add_row(setting(self.tr("扫完发送"), self.tr("多数枪出厂就是回车"), self.ending))
        self.add_row(setting(self.tr("前缀"), self.tr("枪在每个码前面加的字符, 没有就空着"), self.prefix))
        self.add_row(setting(self.tr("后缀"), self.tr("枪在每个码后面加的字符, 没有就空着"), self.suffix))
        self.add_row(setting(self.tr("提示音"), self.tr("找到响一声, 没找到响两声"), self.sound))
        self.ending.chosen.connect(self._keep_ending)
        self.sound.chosen.connect(self._keep_sound)

    def _keep_affixes(self) -> None:
        self._kept.gun = replace(self._kept.gun, prefix=self.prefix.text(), suffix=self.suffix.text())
        self.changed.emit()

    def _keep_ending(self, ending: str) -> None:
        self._kept.gun = replace(self._kept.gun, ending="pause" if ending == "pause" else "key")
        self.changed.emit()

    def _keep_sound(self, on: bool) -> None:
        self._kept.scan_sound = on
        self.changed.emit()
