"""What stands in the ledger of consents beside a date: words, not addresses."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.pages.clients.consent_words import proof_text, version_text


@pytest.mark.parametrize(
    ("version", "proof", "said"),
    [
        ("landing-1", "/privacy", ("领券页告知 1", "隐私页面")),
        ("landing-12", "/s/AbC", ("领券页告知 12", "领券页面")),
        ("2026-1", "告知书编号 0231", ("2026-1", "告知书编号 0231")),
        ("", "", ("", "")),
    ],
)
def test_what_a_page_filed_is_named_and_what_a_person_wrote_stays(
    qapp: QApplication, version: str, proof: str, said: tuple[str, str]
) -> None:
    del qapp
    assert (version_text(version), proof_text(proof)) == said
