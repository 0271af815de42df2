"""Languages: Chinese is written in the source, English is complete in `resources/i18n/guide_en.ts`; switched live.

`python -m ui.kit.strings` brings that file up to date.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from guide_app.base.phrase import Phrase

_PLURAL = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+) ([A-Za-z]+)\[s\]")
PHRASE_CONTEXT = "Phrase"


class Tongue(StrEnum):
    """Languages of the interface."""

    ZH = "zh_CN"
    EN = "en"


class Language(QObject):
    """The language in force. Widgets hear of a switch by Qt's own LanguageChange event; `changed` follows it."""

    changed = Signal(object)
    """`Tongue` now in force."""

    def __init__(self, folder: Path) -> None:
        """Take the folder with `guide_<code>.qm`; Chinese, the source language, needs no file."""
        super().__init__()
        self._folder = folder
        self._tongue = Tongue.ZH
        self._own = QTranslator(self)
        self._qts = QTranslator(self)

    @property
    def tongue(self) -> Tongue:
        """Language in force."""
        return self._tongue

    def use(self, tongue: Tongue) -> None:
        """Switch. Raises `FileNotFoundError` when the language's file is missing from the installation."""
        for translator in (self._own, self._qts):
            QCoreApplication.removeTranslator(translator)
        self._tongue = tongue
        QLocale.setDefault(QLocale(tongue.value))
        if tongue is Tongue.ZH:
            # Qt's own words (context menus, file dialogs); absent from some distributions' packages.
            path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._qts.load("qtbase_zh_CN", path):
                QCoreApplication.installTranslator(self._qts)
        else:
            file = self._folder / f"guide_{tongue.value}.qm"
            if not self._own.load(str(file)):
                raise FileNotFoundError(file)
            QCoreApplication.installTranslator(self._own)
        self.changed.emit(tongue)


def say(phrase: Phrase) -> str:
    """The sentence of a core `Phrase` in the language in force, phrases within it too."""
    template = QCoreApplication.translate(PHRASE_CONTEXT, phrase.template) if phrase.template else ""
    if not phrase.params:
        return template
    said = {name: say(value) if isinstance(value, Phrase) else value for name, value in phrase.params.items()}
    return counted(template.format(**said))


def counted(text: str) -> str:
    """A sentence with its numbers in it, in which `1 day[s]` becomes `1 day` and `2 day[s]` becomes `2 days`.

    Translations into languages with a plural write the ending so; Qt's own forms (`%n`) count one number a sentence,
    and sentences of the core are filled in after they are translated.
    """
    return _PLURAL.sub(lambda found: f"{found[1]} {found[2]}{'' if found[1] == '1' else 's'}", text)


def listed(parts: Iterable[str]) -> str:
    """`红、黑、白`: several words of a sentence, as the language in force strings them together."""
    return QCoreApplication.translate("List", "、").join(parts)


def quoted(parts: Iterable[str]) -> str:
    """`红」「黑`: several words that stand in quotation marks each; the sentence has the outer ones."""
    return QCoreApplication.translate("List", "」「").join(parts)


def stated(parts: Iterable[str]) -> str:
    """`只限本人；满 300 可用`: several clauses."""
    return QCoreApplication.translate("List", "；").join(parts)
