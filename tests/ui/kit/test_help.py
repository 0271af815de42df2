"""F1: all keys of all pages are seen at once, with the button under them, on the small screens of shops."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.help import ShortcutSheet, page_lines
from ui.kit.i18n import Language, Tongue
from ui.kit.resources import resource
from ui.kit.theme import Theme
from ui.pages.words import page_keys, page_title

PAGES = ("today", "clients", "products", "share", "scripts", "counter")
SMALL = (1366, 720)  # px: a screen of 1366 × 768 without its bar of programs


@pytest.fixture(params=Tongue)
def _tongue(request: pytest.FixtureRequest, theme: Theme) -> Iterator[None]:
    del theme
    language = Language(resource("i18n"))
    language.use(request.param)
    yield
    language.use(Tongue.ZH)


@pytest.mark.usefixtures("_tongue")
def test_the_keys_of_all_pages_fit_a_small_screen(qtbot: QtBot) -> None:
    own = page_lines((page_title(page), page_keys(page)) for page in PAGES)
    window = QWidget()
    qtbot.addWidget(window)
    sheet = ShortcutSheet(window, [*((f"Ctrl+{number}", "一页的名字") for number in range(1, 16)), *own])
    size = sheet.sizeHint()
    assert (size.width() <= SMALL[0], size.height() <= SMALL[1]) == (True, True), size
    assert {words for _, words in own} <= {part.text() for part in sheet.findChildren(QLabel)}
