"""The Qt application object and its manners: names, settings file, words for what nobody caught."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.kit.errors import Failure, present

_DEATHS = 3


def make_app(arguments: Sequence[str], version: str) -> QApplication:
    """Return the application object, named, with fractional screen scales left as they are."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(list(arguments))
    app.setApplicationName("guide-desk")
    app.setApplicationDisplayName(QCoreApplication.translate("App", "导购台"))
    app.setApplicationVersion(version)
    app.setQuitOnLastWindowClosed(True)
    return app


@contextmanager
def painting() -> Iterator[None]:
    """Let posters be painted without a window or display, for as long as the block runs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["guide"])
    yield
    app.processEvents()


def app_object(arguments: Sequence[str], version: str) -> QApplication:
    """Return the application object of this process, making it if there is none yet. It must be one with widgets."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else make_app(arguments, version)


def bury(*objects: QObject | None) -> None:
    """Destroy `objects` here and now, on the GUI thread, with everything they own.

    Left to Python's collector, they would go at some moment on some thread, or in no good order at the exit.
    """
    for one in objects:
        if one is not None:
            one.deleteLater()
    for _ in range(_DEATHS):  # what dies may let others go
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settings_in(folder: Path) -> QSettings:
    """Settings of this PC (window geometry, theme, language) in `folder`, as a readable file."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def catch_strays(show: Callable[[Failure], None], log: Callable[[BaseException], None]) -> Callable[[], None]:
    """Show and log every exception that reaches Qt's event loop, instead of printing it where nobody looks.

    Returns how to go back to what was there before.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log(error)
        show(present(error))

    def restore() -> None:
        sys.excepthook = before

    sys.excepthook = hook
    return restore
