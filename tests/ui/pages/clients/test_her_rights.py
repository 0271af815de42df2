"""What a client may ask for in the window: her will on record with its proof, no profiling, a copy of her own."""

import json
from pathlib import Path

import pytest

from guide_app.flows.desk import Desk
from guide_app.protocol.messages import GoneFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, LIN, STORE, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog, field
from tests.ui.pages.clients.test_handing_over import choose
from tests.ui.pages.conftest import Open
from ui.kit.confirm import ConfirmDialog
from ui.kit.toast import Notice
from ui.pages.clients.consent_dialog import ConsentDialog
from ui.pages.clients.copy_dialog import CopyDialog
from ui.pages.clients.page import ClientsPage


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def asked(shown: Shown, page: ClientsPage) -> ConsentDialog:
    page.portrait.contact.click()
    shown.settle()
    made = page.findChildren(ConsentDialog)[-1]
    assert isinstance(made, ConsentDialog)
    return made


def say(made: ConsentDialog, purpose: str, *, granted: bool) -> None:
    made.purpose.setCurrentIndex(made.purpose.findData(purpose))
    made.says.setCurrentIndex(made.says.findData(granted))


def test_a_consent_is_taken_down_with_its_proof_and_shown(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    made = asked(shown, page)
    say(made, "marketing", granted=True)
    assert not made.go.isEnabled()
    made.version.setText("2026-1")
    assert not made.go.isEnabled()
    made.proof.setText("告知书 0231")
    made.way.setCurrentIndex(made.way.findData("paper"))
    made.go.click()
    shown.settle()
    (fact,) = desk.privacy.ledger(LIN).facts
    assert (fact.purpose, fact.channel, fact.granted, fact.way) == ("marketing", "any", True, "paper")
    assert (fact.version, fact.proof) == ("2026-1", "告知书 0231")
    assert page.portrait.contact.text() == "已同意接收优惠"
    again = asked(shown, page)
    assert again.lines() == ["接收优惠 · 全部渠道 · 同意 · 2026-11-21 · 纸质 · 2026-1 · 告知书 0231"]
    assert again.version.text() == "2026-1"
    again.reject()


def test_a_refusal_is_hers_alone_to_take_back(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    made = asked(shown, page)
    say(made, "service", granted=False)
    made.go.click()
    shown.settle()
    assert field(desk, LIN, "contact_state") == "refused"
    assert page.portrait.contact.text() == "已拒绝联系"
    again = asked(shown, page)
    say(again, "marketing", granted=True)
    again.version.setText("2026-1")
    again.proof.setText("她点头了")
    assert not again.go.isEnabled()
    assert "只有客户本人" in again.told.text()
    again.reject()


def test_a_withdrawal_of_one_channel_leaves_the_others(shown: Shown, desk: Desk) -> None:
    desk.privacy_deeds.grant(CHEN, "marketing", actor(), version="2026-1", way="spoken", proof="当面")
    page = at(shown, CHEN)
    made = asked(shown, page)
    say(made, "marketing", granted=False)
    made.channel.setCurrentIndex(made.channel.findData("phone"))
    made.go.click()
    shown.settle()
    held = {(one.channel, one.standing) for one in desk.privacy.ledger(CHEN).agreements(desk.clock.now_ms())}
    assert held == {("any", "granted"), ("phone", "withdrawn")}
    assert field(desk, CHEN, "contact_state") == "marketing"


def test_no_profiling_is_asked_for_once_and_filed_as_her_will(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    choose(shown, page, "不做画像")
    dialog(page, ConfirmDialog).accept()
    shown.settle()
    assert field(desk, CHEN, "no_profiling")
    assert page.portrait.no_profiling.isChecked()
    (fact,) = desk.privacy.ledger(CHEN).facts
    assert (fact.purpose, fact.granted) == ("profiling", False)
    choose(shown, page, "不做画像")
    again = page.findChildren(ConsentDialog)[-1]
    assert again.purpose.currentData() == "profiling"
    assert page.portrait.no_profiling.isChecked()
    again.reject()


def test_who_thinks_better_of_it_changes_nothing(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    choose(shown, page, "不做画像")
    dialog(page, ConfirmDialog).reject()
    shown.settle()
    assert not field(desk, CHEN, "no_profiling")
    assert not page.portrait.no_profiling.isChecked()


def test_she_gets_a_copy_only_once_it_is_said_how_she_was_known(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    page = at(shown, CHEN)
    choose(shown, page, "给客户一份副本…")
    made = dialog(page, CopyDialog)
    assert isinstance(made, CopyDialog)
    assert "陈雅婷" in made.folder().name
    made.where.setText(str(tmp_path / "副本"))
    assert not made.go.isEnabled()
    made.known_by.setEditText("当面, 手机号验证")
    made.go.click()
    shown.settle()
    copy = json.loads((tmp_path / "副本" / "copy.json").read_text(encoding="utf-8"))
    assert copy["client_id"] == CHEN
    assert (tmp_path / "副本" / "copy.html").exists()
    pdf = (tmp_path / "副本" / "copy.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 5_000
    (line,) = desk.privacy.accesses(0)
    assert (line.deed, line.client_id, line.reason) == ("access_copy", CHEN, "当面, 手机号验证")


def test_who_is_erased_on_another_pc_leaves_the_screen(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    said: list[Notice] = []
    page.notice.connect(said.append)
    gone = GoneFrame(store_scope(STORE), "client", LIN, 900)
    desk.db.apply(lambda applier: applier.apply([gone]))
    shown.settle()
    assert not page.portrait.isVisible()
    assert [notice.text for notice in said] == ["这位客户已不在本机: 被抹除, 或转到了别店"]
