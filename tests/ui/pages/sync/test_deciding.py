"""What is told of a value that was overtaken, and of a hold or transfer that head office refused."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from guide_app.store.apply import Applier
from guide_app.sync.queries import LostValue
from tests.helpers.book import CHEN, OTHER_STORE, actor, ident
from tests.helpers.window import flush
from tests.ui.pages.sync.conftest import Shop
from tests.ui.pages.sync.test_sync_page import lines, overtake
from ui.kit.i18n import Language, Tongue
from ui.kit.page import Target
from ui.kit.resources import resource
from ui.pages.sync.dialog import ParkedDialog
from ui.pages.sync.lost_dialog import LostDialog
from ui.pages.sync.needs import Do, LostChange, lost_need

_SKU = ident(10)


def words(dialog: LostDialog | ParkedDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def refuse_a_transfer(shop: Shop, code: str) -> ParkedDialog:
    """Two pieces are asked of another store; head office refuses with `code`."""
    shop.here.desk.stock_requests.ask("transfer", _SKU, 2, 3_600_000, actor(), OTHER_STORE)

    def refuse(applier: Applier) -> None:
        applier.conn.exec_driver_sql("UPDATE outbox SET state = 'parked'")
        columns = "mid, status, code, detail, lost, at"
        sql = f"INSERT INTO result ({columns}) SELECT mid, 'rejected', ?, '', '{{}}', 0 FROM outbox"
        applier.conn.exec_driver_sql(sql, (code,))

    shop.here.desk.db.apply(refuse)
    shop.reread()
    (line,) = lines(shop, "parked")
    assert line.title.text() == "留货或调货 软底乐福鞋 2026 秋 黑色 37 × 2 · 徐家汇店 未被接受"
    line.buttons[Do.LOOK].click()
    return next(one for one in shop.page.findChildren(ParkedDialog) if one.isVisible())


def test_a_lost_value_says_which_rule_decided_and_who_wrote_what(shop: Shop) -> None:
    overtake(shop, shoe_size="36")
    (line,) = lines(shop, "lost")
    line.buttons[Do.LOOK].click()
    (dialog,) = shop.page.findChildren(LostDialog)
    said = words(dialog)
    for part in ("鞋码", "36", "王敏 · 14:32", "37.5", "另一台电脑或总部", "规则：后改的为准", "90 天"):
        assert part in said
    dialog.later.click()
    shop.shown.settle()
    assert lines(shop) == [line], "later is neither seen nor put back"
    line.buttons[Do.LOOK].click()
    next(one for one in shop.page.findChildren(LostDialog) if one.isVisible()).restore.click()
    shop.shown.settle()
    assert lines(shop) == []
    assert shop.here.desk.clients.portrait(CHEN).fields["shoe_size"] == "36"


@pytest.mark.parametrize(
    ("code", "advice", "again"),
    [
        ("stock.settled", "先到总部的为准", False),
        ("stock.over", "时间已过", False),
        ("stock.no_neighbour", "区域内有货的门店", False),
        ("stock.not_manager", "由有货门店的店长答复", True),
    ],
)
def test_a_refused_transfer_leads_to_where_it_is_settled(shop: Shop, code: str, advice: str, *, again: bool) -> None:
    dialog = refuse_a_transfer(shop, code)
    said = words(dialog)
    assert advice in said
    assert "调货" in said
    assert OTHER_STORE not in said, "nobody reads ids"
    assert dialog.resubmit.isVisible() is again
    asked: list[Target] = []
    shop.page.navigate.disconnect()  # this window has the one page
    shop.page.navigate.connect(asked.append)
    dialog.requests.click()
    (target,) = asked
    assert (target.page, target.args) == ("products", {"requests": "1"})
    assert target.record, "the product comes with it"


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("tongue", Tongue)
def test_no_line_of_the_reasons_is_cut(qtbot: QtBot, tongue: Tongue) -> None:
    language = Language(resource("i18n"))
    language.use(tongue)
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    values = [
        LostValue(7, "client", CHEN, "王姐", field, "王女士", "王姐", None, 0, 0, seen=False, rule="first")
        for field in ("name", "preference")
    ]
    dialog = LostDialog(host, LostChange(7, tuple(values)), {}, 0)
    dialog.open()
    flush()
    lines = dialog.findChildren(QLabel)
    wanted = [one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height() for one in lines]
    cut = [one.text() for one, height in zip(lines, wanted, strict=True) if one.height() < height]
    dialog.reject()
    language.use(Tongue.ZH)
    assert cut == []


def test_what_was_chosen_in_a_merge_that_another_pc_had_made_already_is_told_with_its_rule() -> None:
    value = LostValue(7, "client", CHEN, "王姐", "name", "王女士", "王姐", None, 0, 0, seen=False, rule="first")
    need = lost_need(LostChange(7, (value,)), {}, 0)
    assert need.title == "王姐 合并时选的姓名 没有采用"
    assert need.detail.startswith("王女士 → 王姐 · 先合并的为准 · ")
    assert [deed.words for deed in need.deeds] == ["恢复为 王女士", "知道了", "为什么"]
