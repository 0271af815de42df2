"""The page of clients in the narrowest window that the program allows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, actor
from tests.ui.pages.conftest import Open
from ui.kit.i18n import Language, Tongue
from ui.kit.resources import resource
from ui.pages.clients.page import ClientsPage


@pytest.fixture
def english() -> Iterator[None]:
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    yield
    language.use(Tongue.ZH)
    QCoreApplication.removeTranslator(language._qts)


@pytest.mark.usefixtures("english")
def test_in_english_nothing_is_cut_off_in_the_narrowest_window(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(clients=lambda context: ClientsPage(context, desk, actor))
    shown.window.resize(shown.window.minimumSize())
    shown.go("clients", CHEN)
    page = shown.page(ClientsPage)
    page.count.setText("128,000 clients · 1,200 ms")
    shown.settle()
    assert shown.window.width() == 960
    assert page.minimumSizeHint().width() <= page.width()
    assert page.portrait.mapTo(page, QPoint(page.portrait.width(), 0)).x() <= page.width()
    assert page.add.width() >= page.add.sizeHint().width()
    assert page.search.geometry().top() > page.add.geometry().bottom(), "search has a line of its own"
    shown.window.resize(1280, 800)
    shown.settle()
    assert abs(page.search.geometry().center().y() - page.add.geometry().center().y()) <= 2, "side by side"
