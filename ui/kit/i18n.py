"""Languages: Chinese is written in the source, English is complete in `resources/i18n/guide_en.ts`; switched live.

After adding or changing any `tr` string run

    .venv/bin/python -m ui.kit.i18n

which collects all strings (of `ui/` and the `Phrase` templates of `guide_app/`) into the .ts file and compiles the
.qm file. It fails, naming them, while strings lack an English text. Edit the .ts file by hand or with Qt Linguist.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from guide_app.base.phrase import Phrase
from ui.kit.resources import resource

_PHRASE_CONTEXT = "Phrase"


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
    """The sentence of a core `Phrase` in the language in force."""
    return QCoreApplication.translate(_PHRASE_CONTEXT, phrase.template).format(**phrase.params)


# -- the command ----------------------------------------------------------------------------------------------------


def _templates(root: Path) -> Iterator[str]:
    """Template texts of all `Phrase("…")` calls below `root`."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name == "Phrase" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _run(program: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / program), *arguments], check=True)  # noqa: S603 - Qt's own tools


def collect(root: Path, ts: Path) -> None:
    """Write all strings of `root/ui` and the core's phrases into `ts`, keeping translations, dropping dead ones."""
    with tempfile.TemporaryDirectory() as folder:
        phrases = Path(folder) / "phrases.py"
        lines = [f"translate({_PHRASE_CONTEXT!r}, {text!r})" for text in dict.fromkeys(_templates(root / "guide_app"))]
        phrases.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = [str(path) for path in sorted((root / "ui").rglob("*.py"))]
        options = (
            "-source-language",
            "zh_CN",
            "-target-language",
            "en",
            "-locations",
            "none",
            "-no-obsolete",
            "-silent",
        )
        _run("pyside6-lupdate", *options, *sources, str(phrases), "-ts", str(ts))


def missing(ts: Path) -> list[str]:
    """Source strings without a finished translation."""
    found = []
    for message in ET.parse(ts).getroot().iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        forms = (
            [] if translation is None else [translation.text, *(form.text for form in translation.iter("numerusform"))]
        )
        if not any(text and text.strip() for text in forms) or (
            translation is not None and translation.get("type") == "unfinished"
        ):
            found.append(message.findtext("source", ""))
    return found


def main() -> int:
    """Collect and compile; 1 when English is incomplete."""
    root = Path(__file__).resolve().parents[2]
    ts = resource("i18n", "guide_en.ts")
    collect(root, ts)
    left = missing(ts)
    for text in left:
        sys.stderr.write(f"no English: {text}\n")
    _run("pyside6-lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
