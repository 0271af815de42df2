"""Choices take effect at once and are kept; the backup is real; what this PC is can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from guide_app.store.backup import backup
from guide_app.sync.queries import SyncQueries
from tests.helpers.book import KEY, NOW, HandClock, open_desk
from tests.helpers.window import Shown, flush, open_window
from ui.kit.burst import GunSetup
from ui.kit.confirm import FailureDialog
from ui.kit.i18n import Language, Tongue
from ui.kit.resources import resource
from ui.kit.theme import Mode, Theme
from ui.kit.work import Job
from ui.pages.settings.deeds import BackedUp, PictureRoom, SettingsDeeds
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.preferences import Preferences


@dataclass
class Room:
    """The page in its window, and what it asked for."""

    shown: Shown
    ini: Path
    folder: Path
    minutes: list[int] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)

    @property
    def page(self) -> SettingsPage:
        return self.shown.page(SettingsPage)

    def kept(self) -> Preferences:
        """What the next start will read."""
        return Preferences(QSettings(str(self.ini), QSettings.Format.IniFormat))


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Room]:
    ini = tmp_path / "choices.ini"
    minutes: list[int] = []
    folders: list[Path] = []
    printed: list[int] = []
    rooms = [2048]
    language = Language(resource("i18n"))
    with open_desk(tmp_path, HandClock()) as desk:

        def back_up(target: Path, _job: Job) -> BackedUp:
            made = backup(tmp_path / "book.db", KEY, target)
            return BackedUp(made.path, made.size, made.records)

        def shown_folder(folder: Path) -> bool:
            folders.append(folder)
            return folder != tmp_path / "log"

        deeds = SettingsDeeds(
            Preferences(QSettings(str(ini), QSettings.Format.IniFormat)), language, tmp_path, tmp_path / "log",
            "1.2.3", lambda: NOW, minutes.append, back_up, lambda: printed.append(1),
            PictureRoom(lambda: rooms[-1], rooms.append), shown_folder,
        )  # fmt: skip
        factories = {"settings": lambda context: SettingsPage(context, SyncQueries(desk.db), deeds)}
        with open_window(qtbot, theme, desk, tmp_path, factories) as shown:
            yield Room(shown, ini, tmp_path, minutes, folders, printed, rooms)
            language.use(Tongue.ZH)
            flush()


def test_the_look_changes_at_once_and_is_kept(room: Room, theme: Theme) -> None:
    room.page.mode.pill(Mode.DARK).click()
    assert theme.dark
    assert room.kept().mode is Mode.DARK
    assert room.page.mode.pill(Mode.DARK).isChecked()
    assert not room.page.mode.pill(Mode.AUTO).isChecked()


def test_the_language_changes_at_once_and_is_kept(room: Room) -> None:
    room.page.tongue.pill(Tongue.EN).click()
    room.shown.settle()
    assert room.shown.window.header.title.text() == "Settings"
    assert room.page.backup.text() == "Back up now…"
    assert room.page.tongue.pill(Tongue.EN).isChecked()
    assert room.kept().tongue is Tongue.EN
    room.page.tongue.pill(Tongue.ZH).click()
    room.shown.settle()
    assert room.page.backup.text() == "立即备份…"


def test_the_lock_waits_as_long_as_chosen(room: Room) -> None:
    assert room.page.idle.pill(5).isChecked(), "five minutes unless chosen otherwise"
    room.page.idle.pill(10).click()
    assert room.minutes == [10]
    assert room.kept().idle_minutes == 10


def test_pictures_take_the_room_that_is_chosen(room: Room) -> None:
    room.shown.settle()
    assert room.page.room.pill(2048).isChecked()
    room.page.room.pill(512).click()
    room.shown.settle()
    assert room.rooms == [2048, 512]
    assert room.page.room.pill(512).isChecked()


def test_a_spoilt_file_counts_as_nothing_chosen(tmp_path: Path) -> None:
    ini = tmp_path / "window.ini"
    ini.write_text("[look]\ntheme=pink\nlanguage=xx\n[lock]\nidle_minutes=-3\n", encoding="utf-8")
    chosen = Preferences(QSettings(str(ini), QSettings.Format.IniFormat))
    assert (chosen.mode, chosen.tongue, chosen.idle_minutes) == (Mode.AUTO, Tongue.ZH, 5)


def test_folders_open_and_one_that_cannot_is_named(room: Room) -> None:
    room.page.open_data.click()
    room.page.open_log.click()
    assert room.folders == [room.folder, room.folder / "log"]
    assert room.shown.window.toast.text == f"打不开文件夹 {room.folder / 'log'}"


def test_a_backup_is_made_verified_and_shown(room: Room) -> None:
    room.page.backup.click()
    (dialog,) = room.page.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("导购台备份-20261121.db")
    target = room.folder / "kept" / "copy.db"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    room.shown.settle()
    assert target.is_file()
    assert room.shown.window.toast.text.startswith("已备份并核对：copy.db（")
    assert room.shown.window.toast.text.endswith("3 位客户）")
    room.shown.window.toast.action.click()
    assert room.folders == [room.folder / "kept"]


def test_a_backup_never_overwrites(room: Room) -> None:
    target = room.folder / "mine.db"
    target.write_bytes(b"mine")
    room.page.back_up(target)
    room.shown.settle()
    (dialog,) = room.shown.window.findChildren(FailureDialog)
    dialog.accept()
    room.shown.settle()
    assert target.read_bytes() == b"mine"
    (failure,) = room.shown.failures
    assert failure.way_out == "请换一个文件名。"
    room.shown.failures.clear()
    assert room.page.backup.isEnabled()


def test_it_says_what_this_pc_is(room: Room) -> None:
    facts = {key: fact.value.text() for key, fact in room.page.facts.items()}
    assert facts["store"] == "南京西路店"
    assert facts["brand"] == "红枫叶 REDMAPLE"
    assert facts["office"] == facts["contact"] == "—"
    assert facts["version"].startswith("1.2.3 · Qt 6.")
    assert facts["size"].endswith(" MB")


def test_a_test_page_can_be_printed(room: Room) -> None:
    room.page.print.click()
    assert room.printed == [1]


def test_how_the_gun_is_programmed_is_kept(room: Room) -> None:
    gun = room.page.gun
    gun.prefix.setText("~")
    gun.prefix.editingFinished.emit()
    gun.ending.pill("pause").click()
    gun.sound.pill(value=False).click()
    assert room.kept().gun == GunSetup("~", "", "pause")
    assert not room.kept().scan_sound
