"""`today --pdf` and `clients brief --pdf`: sheets of A5 with masked phones, and a note of who printed them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.guide_app.cli.conftest import Guide
from tests.helpers.book import CHEN, PIN


def told(tool: str, file: Path, *more: str) -> str:
    return subprocess.run([tool, str(file), *more], check=True, capture_output=True, text=True).stdout


def test_todays_list_is_printed_with_masked_phones_reasons_and_boxes(guide: Guide, tmp_path: Path) -> None:
    file = tmp_path / "today.pdf"
    ran = guide("today", "--pdf", file)
    assert ran.code == 0
    words = told("pdftotext", file, "-").replace("\u00a0", " ")
    listed = ran.doc["suggestions"]
    assert listed
    for one in listed:
        assert one["name"] in words
    assert words.count("□ 1 已联系") == len(listed)
    assert "****" in words
    assert "13800005678" not in words
    assert "A5" in told("pdfinfo", file)


def test_a_brief_says_on_one_page_what_matters_before_she_comes(guide: Guide, tmp_path: Path) -> None:
    assert guide("clients", "note", CHEN, "喜欢软底").code == 0
    file = tmp_path / "brief.pdf"
    assert guide("clients", "brief", CHEN, "--pdf", file).code == 0
    words = told("pdftotext", file, "-")
    for said in ("陈雅婷", "138****5678", "喜欢软底", "鞋码 37", "1991-03-08", "累计"):
        assert said in words
    assert "13800005678" not in words
    assert "Pages:           1" in told("pdfinfo", file)
    assert guide("login", "--guide", "0300", stdin=PIN).code == 0
    assert "print_list" in str(guide("privacy", "log").doc)
