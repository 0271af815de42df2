"""PCs of one name are told apart wherever they are told of."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from guide_app.base.ids import uuid7
from guide_app.cli.team import names_of
from guide_app.sync.health import TeamPc, same_named
from tests.helpers.book import NOW
from ui.pages.sync.team import name_of


def pc(number: int, name: str) -> TeamPc:
    return TeamPc(uuid7(NOW, number), name, number == 1, NOW, 0, "0.1.0", revoked=False)


def test_pcs_of_one_name_are_told_apart_by_day_and_end_of_their_id(qapp: QApplication) -> None:
    del qapp  # whose language the words are in
    pcs = (pc(1, "DESKTOP-1"), pc(2, "收银台"), pc(3, "DESKTOP-1"))
    assert list(names_of(pcs).values()) == [
        "DESKTOP-1 (2026-11-21 登记, 尾号 0001)", "收银台", "DESKTOP-1 (2026-11-21 登记, 尾号 0003)",
    ]  # fmt: skip
    same = same_named(pcs)
    assert [name_of(one, shared=one.id in same) for one in pcs] == [
        "DESKTOP-1 · 11/21 登记 · 尾号 0001（本机）", "收银台", "DESKTOP-1 · 11/21 登记 · 尾号 0003",
    ]  # fmt: skip
