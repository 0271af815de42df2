"""The page by which a printer is checked: a ruler at true millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.pages.share.handout import QtOutlets
from ui.pages.share.printing import new_printer, print_pages, ruler_page
from ui.pages.words import printing_words

if TYPE_CHECKING:
    from ui.kit.poster.maker import PosterMaker
    from ui.kit.work import Work
    from ui.main_window import MainWindow


def print_test_page(window: MainWindow, work: Work, maker: PosterMaker) -> None:
    """Ask for a printer, then print; what goes wrong is shown by the window."""
    pages = ruler_page(maker.renderer)

    def go(printer: Any) -> None:
        work.query(
            lambda job: print_pages(pages, printer, maker.renderer, job),
            owner=window,
            done=lambda _none: None,
            title=printing_words(),
        )

    QtOutlets().ask_printer(window, new_printer(pages), go)
