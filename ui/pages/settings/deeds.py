"""What the settings page is handed: where things lie, and what it may do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.kit.i18n import Language
from ui.kit.work import Job
from ui.pages.settings.preferences import Preferences


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A finished, verified backup: its file, its size in bytes, and how many clients it holds."""

    path: Path
    size: int
    clients: int


@dataclass(frozen=True, slots=True)
class PictureRoom:
    """How much room product pictures may take (MiB), read and kept off the GUI thread."""

    read: Callable[[], int]
    keep: Callable[[int], None]


def open_folder(folder: Path) -> bool:
    """Show `folder` in the system's file manager; False if there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


@dataclass(frozen=True, slots=True)
class SettingsDeeds:
    """`backup(target, job)` runs off the GUI thread and raises `GuideError`; the rest is called on the GUI thread."""

    preferences: Preferences
    language: Language
    data_dir: Path
    log_dir: Path
    version: str
    now_ms: Callable[[], int]
    set_idle_minutes: Callable[[int], None]
    backup: Callable[[Path, Job], BackedUp]
    print_test: Callable[[], None]
    pictures: PictureRoom
    open_folder: Callable[[Path], bool] = open_folder
    gun_changed: Callable[[], None] = lambda: None
