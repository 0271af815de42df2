"""Sheets of A5: their size, their words, and how they leave the window."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.kit.paper import paper_pdf
from ui.kit.paper_dialog import PaperDialog

HTML = "<html><body><h1>陈雅婷</h1><p>138****5678 · 鞋码 37.5</p></body></html>"


def told(tool: str, file: Path, *more: str) -> str:
    return subprocess.run([tool, str(file), *more], check=True, capture_output=True, text=True).stdout


@pytest.mark.usefixtures("qapp")
def test_a_sheet_is_a5_and_its_words_can_be_searched(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(paper_pdf(HTML, "陈雅婷"))
    info = told("pdfinfo", file)
    assert "(A5)" in info or "419.5" in info
    assert "Pages:           1" in info
    words = told("pdftotext", file, "-")
    assert "陈雅婷" in words
    assert "138****5678 · 鞋码 37.5" in words


@pytest.mark.usefixtures("qapp")
def test_a_long_sheet_goes_on_overleaf(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(paper_pdf("<p>一行</p>" * 200, "长"))
    pages = int(told("pdfinfo", file).split("Pages:")[1].split()[0])
    assert pages > 1
    assert told("pdftotext", file, "-").count("一行") == 200


def test_a_sheet_is_kept_as_pdf_by_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    dialog = PaperDialog(None, "速览", HTML, "速览.pdf", lambda _parent, _name, then: then(file))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    said: list[str] = []
    dialog.left.connect(said.append)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert said == ["save"]
    assert file.read_bytes().startswith(b"%PDF")
    assert "陈雅婷" in dialog.sheet.toPlainText()
    assert dialog.sheet.accessibleName() == "速览"
